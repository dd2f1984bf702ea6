"""What passed the check, kept for the next start: the factors, every page as JSON, and a fingerprint of every file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from kb import snapshot
from kb.garbage import no_garbage_collection
from kb.model import Factor, Intervention


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that passed the check, drafts and withdrawn pages too."""

    interventions: tuple[Intervention, ...]
    factors: tuple[Factor, ...]
    written: Mapping[str, bytes]
    """By id the interventions as JSON, as they were read."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Fingerprint of every page it was read from, by file name; only in what is remembered."""
    stamps: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    """What the system said of those files; without the ones that were written only just before."""


class _Head(BaseModel):
    """What is remembered besides the interventions."""

    files: dict[str, str]
    stamps: dict[str, tuple[int, int, int, int]]
    factors: tuple[Factor, ...]


def keep(place: Path, rules: str, found: Collection) -> None:
    """Remember this under the fingerprint of the rules: an intervention on a line, so that the JSON of each is at hand later."""
    head = _Head(files=dict(found.files), stamps=dict(found.stamps), factors=found.factors)
    snapshot.keep_bytes(
        place, rules, b"\n".join((head.model_dump_json(by_alias=True).encode(), *found.written.values()))
    )


def recall(place: Path, rules: str) -> Collection | None:
    """What was remembered under these rules; None when there is nothing, or when it was damaged."""
    if not rules:
        return None
    with suppress(ValueError), no_garbage_collection():
        first, *lines = (snapshot.recall_bytes(place, rules) or b"").split(b"\n")
        head = _Head.model_validate_json(first)
        interventions = tuple(map(Intervention.model_validate_json, lines))
        written = {i.id: line for i, line in zip(interventions, lines, strict=True)}
        return Collection(interventions, head.factors, written, head.files, head.stamps)
    return None

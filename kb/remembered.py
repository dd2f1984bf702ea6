"""What passed the check, kept for the next start: the factors, every page as JSON, and a fingerprint of every file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pydantic_core import from_json, to_json

from kb import snapshot
from kb.garbage import no_garbage_collection
from kb.model import Factor, Intervention


class Collection(NamedTuple):
    """Everything that passed the check, drafts and withdrawn pages too."""

    interventions: tuple[Intervention, ...]
    factors: tuple[Factor, ...]
    written: Mapping[str, bytes]
    """By id the interventions as JSON, as they were read."""
    files: Mapping[str, str] = MappingProxyType({})
    """Fingerprint of every page it was read from, by file name; only in what is remembered."""
    stamps: Mapping[str, tuple[int, int, int, int]] = MappingProxyType({})
    """What the system said of those files; without the ones that were written only just before."""


def keep(place: Path, rules: str, found: Collection) -> None:
    """Remember this under the fingerprint of the rules: an intervention on a line, so that the JSON of each is at hand later."""
    head = {
        "files": found.files,
        "stamps": found.stamps,
        "factors": [factor.as_json().decode() for factor in found.factors],
    }
    snapshot.keep_lines(place, rules, [to_json(head), *found.written.values()])


def recall(place: Path, rules: str) -> Collection | None:
    """What was remembered under these rules; None when there is nothing, or when it was damaged."""
    lines = snapshot.recall_lines(place, rules) if rules else []
    if not lines:
        return None
    with suppress(ValueError, KeyError, TypeError, AttributeError), no_garbage_collection():
        head = from_json(lines.pop(0))
        files = dict(head["files"])
        interventions = tuple(map(Intervention.model_validate_json, lines))
        written = {i.id: line for i, line in zip(interventions, lines, strict=True)}
        factors = tuple(map(Factor.model_validate_json, head["factors"]))
        stamps = {name: tuple(stamp) for name, stamp in head["stamps"].items() if name in files}
        return Collection(interventions, factors, written, files, stamps)
    return None

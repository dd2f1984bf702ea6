"""What Git tells of the pages: when visitors could first see them, when they changed, and what changed. For kb.history, which remembers it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kb import written
from kb.history import Change, History, PageHistory
from kb.loading import page_files
from kb.model import FrontMatter, Status
from kb.prose import HEADINGS

PATIENCE = 120
"""Seconds that Git gets before we do without."""

_WORDS: dict[str, tuple[str, ...]] = {
    "titel": ("titel",),
    "andere namen": ("ook_bekend_als",),
    "samenvatting": ("samenvatting",),
    "doelgroep": ("leeftijd", "geslacht", "situatie", "lvb", "alleen_bij", "niet_bij"),
    "indeling": ("soort", "vorm", "preventieniveau", "fase", "karakter", "zwaarte", "setting"),
    "indicatie": ("indicatie",),
    "praktische gegevens": (
        "uitvoerder", "eigenaar", "partners", "duur", "intensiteit", "kosten", "beschikbaarheid", "regio",
    ),
    "bewijs": ("bewijs", "elders_beoordeeld"),
    "factoren": ("risicofactoren", "beschermende_factoren"),
    "aandachtspunten": ("aandachtspunten",),
    "combinaties": ("combineert_met",),
    "bronnen": ("bronnen",),
    "zekerheid": ("zekerheid",),
    "beheerder": ("beheerder",),
    "adres": ("voorheen",),
    "status": ("status", "ingetrokken"),
}  # fmt: skip
"""What a reader calls the fields that belong together. A field that is not here is called by its own name."""
_CHECKED = "gecontroleerd_op"
_CALLED = {key: words for words, keys in _WORDS.items() for key in keys}


def present(folder: Path) -> str:
    """The name of the commit that lies in this folder; nothing when there is no Git."""
    return _git(folder, "rev-parse", "HEAD").strip()


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> str:
    """What Git answers; nothing when there is no Git, no repository, or no answer in time."""
    return _git_bytes(folder, *arguments, given=given).decode("utf-8", errors="replace")


def _git_bytes(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout


@dataclass(slots=True)
class _Version:
    """One committed version of a page."""

    on: datetime
    blob: str


@dataclass(slots=True)
class _Trail:
    """Follows the pages back in time, through changes of name."""

    owner: dict[str, str | None]
    """Path then -> id now; None for what belonged to another page."""
    versions: dict[str, list[_Version]] = field(default_factory=dict)
    """Id -> versions, newest first."""

    def step(self, on: datetime, entry: _Entry) -> None:
        page = self.owner.get(entry.path)
        if page is None or entry.kind == "D":
            if entry.kind == "D":
                self.owner[entry.path] = None
            return
        self.versions.setdefault(page, []).append(_Version(on, entry.blob))
        if entry.kind in ("A", "R", "C"):
            self.owner[entry.path] = None
        if entry.kind == "R":
            self.owner[entry.before] = page


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    """A(dded), M(odified), D(eleted), R(enamed)."""
    blob: str
    before: str
    path: str


def read(folder: Path) -> History | None:
    """The history of the pages of a folder from Git; None when it cannot be known for certain."""
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() != "false":
        return None
    prefix = _git(folder, "rev-parse", "--show-prefix").strip()
    trail = _Trail({f"{prefix}{path.name}": path.stem for path in page_files(folder)})
    for on, entry in _log(folder):
        trail.step(on, entry)
    texts = _texts(folder, {version.blob for versions in trail.versions.values() for version in versions})
    told = {page: _told(versions, texts) for page, versions in trail.versions.items()}
    return History(pages={page: history for page, history in sorted(told.items()) if history})


def _log(folder: Path) -> Iterator[tuple[datetime, _Entry]]:
    """Every change of every file, newest first, as it came on the main line."""
    raw = _git(
        folder, "log", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "-M", "-z",
        "--format=%x01%cI", "--", ".",
    )  # fmt: skip
    for commit in raw.split("\x01")[1:]:
        day, _, rest = commit.partition("\0")
        yield from ((datetime.fromisoformat(day.strip()), entry) for entry in _entries(rest))


def _entries(raw: str) -> Iterator[_Entry]:
    parts = iter(raw.lstrip("\n").split("\0"))
    for part in parts:
        if part.startswith(":"):
            _, _, _, blob, kind = part.split(" ")
            before = next(parts)
            yield _Entry(kind[0], blob, before, next(parts) if kind[0] in "RC" else before)


def _texts(folder: Path, blobs: set[str]) -> dict[str, bytes]:
    """The bytes behind Git's names."""
    wanted = sorted(blobs)
    raw = _git_bytes(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode())
    found, position = {}, 0
    for blob in wanted:
        head, _, _ = raw[position : position + 200].partition(b"\n")
        if not (match := re.fullmatch(rb"\S+ blob (\d+)", head)):
            break
        start = position + len(head) + 1
        found[blob] = raw[start : start + int(match[1])]
        position = start + int(match[1]) + 1
    return found


def _told(versions: list[_Version], texts: Mapping[str, bytes]) -> PageHistory | None:
    """From the first version that was no concept; None when there is none, or when a version is missing."""
    if any(version.blob not in texts for version in versions):
        return None
    read = [(version.on, written.parts(texts[version.blob])) for version in reversed(versions)]
    shown = next((at for at, (_, parts) in enumerate(read) if parts.get("status") != Status.DRAFT), None)
    if shown is None:
        return None
    pairs = zip(read[shown:], read[shown + 1 :], strict=False)
    changes = [Change(on=on, what=what) for (_, old), (on, new) in pairs if (what := _changed(old, new)) is not None]
    return PageHistory(blob=versions[0].blob, added=read[shown][0], changes=tuple(reversed(changes)))


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...] | None:
    """What is different, in words of readers and in the order of the page; None when only the lay-out is."""
    keys = [str(one.alias) for one in FrontMatter.model_fields.values()]
    keys += [*HEADINGS, *sorted({*old, *new} - {*keys, *HEADINGS})]
    different = [key for key in keys if old.get(key) != new.get(key)]
    if "status" in different and new.get("status") == Status.WITHDRAWN:
        return ("ingetrokken",)
    words = [f"tekst bij '{key}'" if key in HEADINGS else _CALLED.get(key, key) for key in different if key != _CHECKED]
    return tuple(dict.fromkeys(words)) if different else None

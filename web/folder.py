"""A folder that an export fills: every file whole or not at all, only what changed is written, what is no longer made is taken away.

A manifest in the folder says which files are ours. Knows nothing of what is in them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MANIFEST = ".kast-manifest.json"
FORMAT = 2
"""Of the manifest; another one is as good as none, and everything is written anew."""


class FolderError(Exception):
    """This folder cannot be used; the text says why and what to do, in Dutch."""


class Folder:
    """One export into a folder. Use `opened`; the manifest is written when all went well."""

    def __init__(self, path: Path, kind: str, found: dict[str, Any]) -> None:
        """`found` is the manifest that the last export left."""
        self.path = path
        self._root = os.path.join(path, "")
        self.kind = kind
        self.memory: dict[str, Any] = {}
        """What the export wants to know next time; see `remembered`."""
        self._found = found
        self._before: dict[str, list[Any]] = found.get("bestanden", {})
        self._now: dict[str, list[Any]] = {}
        self.remembered: dict[str, Any] = found.get("geheugen", {})
        """What the last export that was finished wanted to know."""
        self.written = 0

    def _place(self, name: str) -> str:
        """Where a file lies."""
        return f"{self._root}{name}"

    def write(self, name: str, content: bytes) -> None:
        """Put a file in the folder, whole or not at all; untouched when it has these bytes already."""
        place = self._place(name)
        if not _holds(place, content):
            _replace(place, content)
            self.written += 1
        self._now[name] = _stamp(place)

    def keep(self, name: str) -> bool:
        """Leave a file as the last export made it. False when it is not there, or not as it was: then it must be made."""
        before = self._before.get(name)
        if before is None or _stamp(self._place(name)) != before:
            return False
        self._now[name] = before
        return True

    def part(self) -> Folder:
        """The same folder for another process of this export: what it writes it tells back, and `adopt` takes it over."""
        return Folder(self.path, self.kind, self._found)

    def adopt(self, name: str, entry: list[Any]) -> None:
        """Count a file as ours that another process of this export wrote; `entry` comes from its own `entries`."""
        self._now[name] = entry

    @property
    def entries(self) -> dict[str, list[Any]]:
        """Name to what the manifest says of it, of every file of this run."""
        return dict(self._now)

    def finish(self) -> int:
        """Take away what the export no longer makes, and write the manifest. Gives the number of files taken away."""
        gone = [name for name in self._before if name not in self._now]
        for name in gone:
            (self.path / name).unlink(missing_ok=True)
        for folder in sorted({(self.path / name).parent for name in gone}, reverse=True):
            if folder != self.path and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        self._write_manifest(self._now, self.memory)
        return len(gone)

    def claim(self) -> None:
        """Say in the folder that it is ours before anything else is written, so that a run cut short can be run again."""
        if not (self.path / MANIFEST).exists():
            self._write_manifest({}, {})

    def _write_manifest(self, files: dict[str, list[Any]], memory: dict[str, Any]) -> None:
        content = {"formaat": FORMAT, "soort": self.kind, "bestanden": files, "geheugen": memory}
        _replace(self._place(MANIFEST), json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


@contextmanager
def opened(path: Path, kind: str) -> Iterator[Folder]:
    """A folder to fill; finished when nothing went wrong. Raises FolderError when it is not for us or cannot be written."""
    try:
        found = _manifest(path)
        _refuse_what_is_not_ours(path, kind, found)
        path.mkdir(parents=True, exist_ok=True)
        folder = Folder(path, kind, found)
        folder.claim()
        yield folder
        folder.finish()
    except OSError as error:
        raise FolderError(
            f"{path}: hier kan niet worden geschreven ({error.strerror or 'fout van het systeem'})."
        ) from error


def _refuse_what_is_not_ours(path: Path, kind: str, found: dict[str, Any]) -> None:
    if path.exists() and not path.is_dir():
        raise FolderError(f"{path} is een bestand, geen map. Geef de naam van een map.")
    if not path.is_dir() or not any(path.iterdir()):
        return
    if not (path / MANIFEST).is_file():
        raise FolderError(f"{path} is niet leeg en is niet met kast export gemaakt. Geef een lege of een nieuwe map.")
    before = found.get("soort", kind)
    if before != kind:
        raise FolderError(f"In {path} staat al een export van een andere soort ({before}). Geef een andere map.")


def _manifest(path: Path) -> dict[str, Any]:
    """What the last export left, or nothing when there is none or it cannot be read."""
    try:
        found = json.loads((path / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict) or found.get("formaat") != FORMAT or not isinstance(found.get("bestanden"), dict):
        return {}
    # A manifest that was tampered with must not make us take away files elsewhere.
    own = {name: entry for name, entry in found["bestanden"].items() if _is_inside(name) and isinstance(entry, list)}
    return found | {"bestanden": own}


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/") and name != MANIFEST


def _stamp(path: str) -> list[int]:
    try:
        found = os.stat(path)
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]


def _holds(path: str, content: bytes) -> bool:
    """Are these the bytes of this file, whoever wrote it?"""
    if _stamp(path)[:1] != [len(content)]:
        return False
    try:
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False


def _replace(path: str, content: bytes) -> None:
    folder, last = os.path.split(path)
    half = os.path.join(folder, f".{last}.{os.getpid()}.half")
    try:
        _put(half, content)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        _put(half, content)
    os.replace(half, path)


def _put(path: str, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)

"""What is known of the pages over time: added on, changed on, and what changed. Read from Git once, then remembered; serving needs no Git.

Says nothing rather than something false: without Git and without a remembered history, in a shallow copy, or for a page that is
not the one that was committed, there is no history. Names of people are not read.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict

from kb import snapshot

FORM = "1"
"""Of what is remembered. Raise it when kb.git finds other words for a change: a site without Git has nothing but this to go by."""


class Change(BaseModel):
    """One change of one page that a reader can see."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    on: AwareDatetime
    what: tuple[str, ...] = ()
    """In words of readers; nothing means that the page was looked over and left as it was."""


class PageHistory(BaseModel):
    """Of one page, from the day that visitors could see it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    blob: str
    """Git's name for the bytes of the page; with other bytes this history is not of that page."""
    added: AwareDatetime
    changes: tuple[Change, ...] = ()
    """Newest first."""

    @property
    def last(self) -> datetime:
        return self.changes[0].on if self.changes else self.added


class History(BaseModel):
    """Of every page that is in Git, by id."""

    model_config = ConfigDict(defer_build=True)

    pages: dict[str, PageHistory] = {}


def load(folder: Path, remembered: Path, *, ask_git: bool = True) -> History:
    """The history of the pages as they lie in this folder: as it was remembered, or from Git when that knows more."""
    commit, known = _remembered(remembered)
    if ask_git:
        known = _newer(folder, remembered, commit) or known
    files = (folder / f"{name}.md" for name in known.pages)
    blobs = {path.stem: _blob(path.read_bytes()) for path in files if path.is_file()}
    return History(pages={name: page for name, page in known.pages.items() if blobs.get(name) == page.blob})


def _newer(folder: Path, remembered: Path, commit: str) -> History | None:
    """What Git knows since this commit, remembered at once; None when that is nothing, or not certain."""
    from kb import git

    present = git.present(folder)
    found = git.read(folder) if present not in ("", commit) else None
    if found:
        snapshot.keep(remembered, FORM, _Kept(commit=present, history=found))
    return found


def read_git(folder: Path) -> History | None:
    """The history of the pages of a folder from Git; None when it cannot be known for certain."""
    from kb import git

    return git.read(folder)


class _Kept(BaseModel):
    model_config = ConfigDict(defer_build=True)

    commit: str
    history: History


def _remembered(place: Path) -> tuple[str, History]:
    kept = snapshot.recall(place, FORM, _Kept)
    return (kept.commit, kept.history) if kept else ("", History())


def _blob(raw: bytes) -> str:
    """Git's name for these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()

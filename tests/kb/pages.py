"""Makes pages for tests: the good page of the small cupboard, with something changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb import Intervention, Problem, content
from tests.conftest import SMALL_CUPBOARD

GOOD_PAGE = SMALL_CUPBOARD / "leerwerkplek.md"
GOOD_TEXT = GOOD_PAGE.read_text(encoding="utf-8")


def write(folder: Path, text: str, name: str = "mijn-aanpak.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(*changes: tuple[str, str]) -> str:
    """The good page with these words replaced; each must be there."""
    text = GOOD_TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def problems(folder: Path, *changes: tuple[str, str]) -> list[Problem]:
    return list(content.read(write(folder, changed(*changes))).problems)


def page(folder: Path, *changes: tuple[str, str], name: str = "mijn-aanpak.md") -> Intervention:
    read = content.read(write(folder, changed(*changes), name))
    assert read.intervention, read.problems
    return read.intervention


def lines_with(text: str, words: str) -> Iterator[int]:
    return (number for number, line in enumerate(text.split("\n"), start=1) if words in line)

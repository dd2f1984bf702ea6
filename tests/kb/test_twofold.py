"""Reading with a second process: the same knowledge base, the same objections, and a helper that fails is no harm."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import kb
from kb import ContentError, loading, twofold
from tests.conftest import SMALL_CUPBOARD


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small cupboard, to be read as if it were a big one."""
    monkeypatch.setattr(loading, "MANY", 2)
    return Path(shutil.copytree(SMALL_CUPBOARD, tmp_path / "inhoud"))


def test_two_processes_read_what_one_reads(content: Path, kleine_kast: kb.KnowledgeBase) -> None:
    assert kb.load(content).visible == kleine_kast.visible


@pytest.mark.parametrize("place", [0, -1])
def test_a_mistake_is_told_with_its_line_whoever_found_it(content: Path, place: int) -> None:
    page = sorted(content.glob("*.md"))[place]
    page.write_text(page.read_text().replace("soort: ", "soort: x", 1))
    with pytest.raises(ContentError) as told:
        kb.load(content)
    assert [(problem.path.name, problem.field) for problem in told.value.problems] == [(page.name, "soort")]
    assert told.value.problems[0].line > 1


def test_a_mistake_between_pages_is_told_with_its_line(content: Path) -> None:
    first, second = sorted(content.glob("*.md"))[:2]
    title = next(line for line in first.read_text().splitlines() if line.startswith("titel:"))
    other = next(line for line in second.read_text().splitlines() if line.startswith("titel:"))
    second.write_text(second.read_text().replace(other, title))
    with pytest.raises(ContentError) as told:
        kb.load(content)
    assert told.value.problems[0].field == "titel"
    assert told.value.problems[0].line > 1


def _die(_: object) -> None:
    os._exit(1)


def test_a_helper_that_dies_gives_nothing() -> None:
    with twofold.beside(_die, None) as other:
        assert other() is None

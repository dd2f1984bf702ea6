"""Reading many pages with a second process, and only what changed: the same knowledge base and the same objections."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import kb
from kb import ContentError, loading, twofold, written
from kb import content as module
from kb.prose import HINTS
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


@pytest.mark.parametrize("helper_dies", [False, True])
def test_two_processes_give_the_advice_that_one_gives(
    content: Path, monkeypatch: pytest.MonkeyPatch, helper_dies: bool
) -> None:
    for page in content.glob("*.md"):
        page.write_text(page.read_text() + "Dit is een qwxzbrief.\n")
    pages = [module.read(path) for path in loading.page_files(content)]
    alone = loading._advice(pages, pages)
    assert len({problem.path for problem in alone}) > 1
    monkeypatch.setattr(loading, "MANY_TO_ADVISE", 2)
    if helper_dies:
        monkeypatch.setattr(twofold, "_outcome", lambda *_: os._exit(1))
    assert sorted(loading._advice(pages, pages)) == sorted(alone)


def _fail(_: object) -> None:
    raise OSError(28, "De schijf is vol")


def test_what_a_helper_raises_is_heard() -> None:
    with twofold.beside(_fail, None) as other, pytest.raises(OSError, match="vol"):
        other()


def _die(_: object) -> None:
    os._exit(1)


def test_a_helper_that_dies_gives_nothing() -> None:
    with twofold.beside(_die, None) as other:
        assert other() is None


def test_a_changed_page_is_read_again_and_the_others_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Path(shutil.copytree(SMALL_CUPBOARD, tmp_path / "inhoud"))
    kb.load(content, tmp_path / "geheugen.json")
    page = sorted(content.glob("*.md"))[1]
    page.write_text(page.read_text().replace("## Doel\n\n", "## Doel\n\nEen nieuwe zin. ", 1))
    read: list[str] = []
    original = written.read

    def noted(path: Path) -> written.Written:
        read.append(path.name)
        return original(path)

    monkeypatch.setattr(written, "read", noted)
    renewed = kb.load(content, tmp_path / "geheugen.json")
    assert read == [page.name]
    assert renewed.visible == kb.load(content).visible


def test_a_changed_page_with_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SMALL_CUPBOARD, tmp_path / "inhoud"))
    kb.load(content, tmp_path / "geheugen.json")
    page = sorted(content.glob("*.md"))[1]
    page.write_text(page.read_text().replace("soort: ", "soort: x", 1))
    with pytest.raises(ContentError) as told:
        kb.load(content, tmp_path / "geheugen.json")
    assert [(problem.path.name, problem.field) for problem in told.value.problems] == [(page.name, "soort")]
    assert told.value.problems[0].line > 1


@pytest.mark.parametrize(
    ("field", "mistake"),
    [("combineert_met", "combineert_met: [bestaat-niet]\nsoort: "), ("Doel", "soort: ")],
)
def test_a_changed_page_that_spoils_the_whole_or_holds_the_template_is_refused(
    tmp_path: Path, field: str, mistake: str
) -> None:
    content = Path(shutil.copytree(SMALL_CUPBOARD, tmp_path / "inhoud"))
    kb.load(content, tmp_path / "geheugen.json")
    page = next(path for path in sorted(content.glob("*.md")) if "combineert_met" not in path.read_text())
    text = page.read_text().replace("soort: ", mistake, 1)
    page.write_text(text.replace("## Doel\n\n", f"## Doel\n\n{HINTS['Doel']}\n\n", 1) if field == "Doel" else text)
    with pytest.raises(ContentError) as told:
        kb.load(content, tmp_path / "geheugen.json")
    assert {problem.field.partition("[")[0] for problem in told.value.problems} == {field}


@pytest.mark.parametrize("count", [0, 1, 3, 25_000])
def test_every_task_is_done_once_whoever_takes_it(count: int) -> None:
    with twofold.shared(range(count)) as line, twofold.beside(list, line) as other:
        mine = list(line)
        theirs = other()
    assert theirs is not None
    assert sorted([*mine, *theirs]) == list(range(count))

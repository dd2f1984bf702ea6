"""Reading a whole folder: nothing gets in that does not pass, and what passed need not be read again."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kb
from kb import ContentError, content, loading, snapshot, written
from kb.prose import HINTS
from tests.kb.pages import GOOD_TEXT, changed, write

SMALL = Path(__file__).parent.parent / "content" / "kast"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small cupboard that may be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "kast"))


@pytest.fixture
def remembered(tmp_path: Path) -> Path:
    return tmp_path / "var" / "inhoud.json"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The pages that are really read."""
    found: list[Path] = []
    real = written.read

    def noting(path: Path) -> written.Written:
        found.append(path)
        return real(path)

    monkeypatch.setattr(written, "read", noting)
    return found


def everything(cupboard: kb.KnowledgeBase) -> tuple[object, ...]:
    return cupboard.interventions, cupboard.factors, [cupboard.get(path.stem) for path in loading.page_files(SMALL)]


def a_page(folder: Path) -> Path:
    return loading.page_files(folder)[0]


def read_quickly(path: Path) -> kb.Intervention | None:
    found = loading._as_interventions(loading._as_json([path], [0]), [0])
    return found[0] if found else None


@pytest.mark.parametrize(
    "path", [*SMALL.glob("*.md"), *(SMALL.parent / "fouten").glob("*.md")], ids=lambda path: path.name
)
def test_reading_quickly_gives_a_page_when_reading_closely_does(path: Path) -> None:
    assert read_quickly(path) == content.read(path).intervention


LINES = GOOD_TEXT.split("\n")
ODD = [
    "",
    "  ",
    "\t",
    "titel: nog een",
    "- los",
    "## Doel",
    "---",
    "'",
    ": ",
    "no",
    "012",
    "id: x",
    "\xa0x",
    "<b>",
    HINTS["Doel"],
]


@settings(max_examples=150)
@given(st.integers(0, len(LINES) - 1), st.sampled_from(["weg", "dubbel", "ingesprongen", *ODD]), st.booleans())
def test_the_same_holds_for_a_page_with_one_odd_line(number: int, odd: str, beside: bool) -> None:
    line = LINES[number]
    made = {"weg": [], "dubbel": [line, line], "ingesprongen": [f" {line}"]}.get(
        odd, [line + odd] if beside else [line, odd]
    )
    with TemporaryDirectory() as folder:
        path = write(Path(folder), "\n".join([*LINES[:number], *made, *LINES[number + 1 :]]))
        assert read_quickly(path) == content.read(path).intervention


def test_the_real_content_is_remembered_as_it_was_read(echte_kast: kb.KnowledgeBase, remembered: Path) -> None:
    kb.load(remembered=remembered)
    again = kb.load(remembered=remembered)
    assert (again.interventions, again.factors) == (echte_kast.interventions, echte_kast.factors)


def test_what_passed_is_not_read_again(folder: Path, remembered: Path, read: list[Path]) -> None:
    first = kb.load(folder, remembered)
    read.clear()
    assert (everything(kb.load(folder, remembered)), read) == (everything(first), [])


def test_a_page_that_changed_by_one_letter_is_read(folder: Path, remembered: Path, read: list[Path]) -> None:
    kb.load(folder, remembered)
    page = a_page(folder)
    kb_before = kb.load(folder, remembered).get(page.stem)
    page.write_text(page.read_text().replace("titel: ", "titel: X", 1))
    found = kb.load(folder, remembered).get(page.stem)
    assert kb_before
    assert found
    assert (found.title[0], found.title != kb_before.title, page in read) == ("X", True, True)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages of which the bytes are looked at, to know whether they are still the same."""
    found: list[str] = []
    real = snapshot.fingerprint

    def noting(files: Iterable[str | Path]) -> str:
        paths = [str(file) for file in files]
        found.extend(path for path in paths if path.endswith(".md"))
        return real(paths)

    monkeypatch.setattr(snapshot, "fingerprint", noting)
    return found


def test_a_page_that_nobody_touched_for_a_while_is_not_even_opened(
    folder: Path, remembered: Path, read: list[Path], opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "UNSETTLED", -(10**12))
    first = kb.load(folder, remembered)
    read.clear()
    opened.clear()
    assert (everything(kb.load(folder, remembered)), read, opened) == (everything(first), [], [])


def test_a_page_that_was_written_only_just_is_known_by_its_bytes(
    folder: Path, remembered: Path, opened: list[str]
) -> None:
    kb.load(folder, remembered)
    opened.clear()
    kb.load(folder, remembered)
    assert len(opened) == len(loading.page_files(folder))


def test_a_page_that_was_touched_but_not_changed_is_opened_and_not_read(
    folder: Path, remembered: Path, read: list[Path], opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "UNSETTLED", -(10**12))
    kb.load(folder, remembered)
    read.clear()
    opened.clear()
    page = a_page(folder)
    page.write_bytes(page.read_bytes())
    kb.load(folder, remembered)
    assert (read, opened) == ([], [str(page)])


def test_a_page_that_was_touched_is_opened_once(
    folder: Path, remembered: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "UNSETTLED", -(10**12))
    kb.load(folder, remembered)
    a_page(folder).touch()
    kb.load(folder, remembered)
    opened.clear()
    kb.load(folder, remembered)
    assert opened == []


HEADS = [
    "null",
    "[]",
    "7",
    "{}",
    '{"files": null, "stamps": {}, "factors": []}',
    '{"files": {}, "stamps": [], "factors": []}',
    '{"files": {}, "stamps": {"a.md": 5}, "factors": null}',
    '{"files": {"a.md": "x"}, "stamps": {"a.md": 5}, "factors": []}',
    '{"files": {}, "stamps": {}, "factors": [{}]}',
    "[" * 1000,
]


@pytest.mark.parametrize("head", HEADS)
def test_a_memory_of_another_shape_costs_only_time(folder: Path, remembered: Path, head: str) -> None:
    whole = everything(kb.load(folder, remembered))
    snapshot.keep_lines(remembered, loading._rules(), [head.encode()])
    assert everything(kb.load(folder, remembered)) == whole


def test_another_page_of_the_same_size_and_date_is_read(
    folder: Path, remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "UNSETTLED", -(10**12))
    page = a_page(folder)
    then = page.stat()
    kb.load(folder, remembered)
    page.write_text(re.sub(r"(?m)^titel: .", "titel: Z", page.read_text(), count=1))
    os.utime(page, ns=(then.st_atime_ns, then.st_mtime_ns))
    found = kb.load(folder, remembered).get(page.stem)
    assert (page.stat().st_size, page.stat().st_mtime_ns) == (then.st_size, then.st_mtime_ns)
    assert found
    assert found.title[0] == "Z"


def test_a_page_that_broke_is_refused_and_not_remembered_as_good(folder: Path, remembered: Path) -> None:
    kb.load(folder, remembered)
    good = a_page(folder).read_text()
    a_page(folder).write_text("kapot")
    for _ in range(2):
        with pytest.raises(ContentError):
            kb.load(folder, remembered)
    a_page(folder).write_text(good)
    assert kb.load(folder, remembered).get(a_page(folder).stem)


def test_a_page_that_was_added_or_taken_away_counts(folder: Path, remembered: Path) -> None:
    kb.load(folder, remembered)
    withdrawn = a_page(folder)
    withdrawn.unlink()
    assert kb.load(folder, remembered).get(withdrawn.stem) is None


def test_a_folder_between_the_pages_is_still_refused(folder: Path, remembered: Path) -> None:
    kb.load(folder, remembered)
    (folder / "map.md").mkdir()
    with pytest.raises(ContentError):
        kb.load(folder, remembered)


def test_what_another_version_of_the_rules_passed_is_read_again(
    folder: Path, remembered: Path, read: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kb.load(folder, remembered)
    read.clear()
    factors = tmp_path / "factors.yaml"
    factors.write_bytes(loading.FACTORS_FILE.read_bytes() + b"# een andere versie\n")
    monkeypatch.setattr(loading, "FACTORS_FILE", factors)
    kb.load(folder, remembered)
    assert read


def test_content_that_changed_while_it_was_read_is_not_remembered(
    folder: Path, remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, page = content.read_factors, a_page(folder)

    def meanwhile(path: Path) -> dict[str, kb.Factor]:
        page.write_text(page.read_text() + "\n")
        return real(path)

    monkeypatch.setattr(content, "read_factors", meanwhile)
    kb.load(folder, remembered)
    assert not remembered.exists()


@pytest.mark.parametrize("damage", [b"", b"onzin", b"\x00" * 1000])
def test_a_damaged_snapshot_costs_only_time(folder: Path, remembered: Path, damage: bytes) -> None:
    whole = everything(kb.load(folder, remembered))
    remembered.write_bytes(damage)
    assert everything(kb.load(folder, remembered)) == whole


def test_a_draft_is_remembered_but_not_shown(folder: Path, remembered: Path) -> None:
    page = a_page(folder)
    page.write_text(page.read_text().replace("status: gepubliceerd", "status: concept", 1))
    assert [kb.load(folder, remembered).get(page.stem) for _ in range(2)] == [None, None]


def test_without_a_place_nothing_is_remembered(folder: Path, read: list[Path]) -> None:
    kb.load(folder)
    kb.load(folder)
    assert len(read) == 2 * len(loading.page_files(folder))


def test_a_folder_with_one_mistake_is_not_served(tmp_path: Path) -> None:
    write(tmp_path, GOOD_TEXT)
    write(tmp_path, changed(("zwaarte: midden", "zwaarte: x")), "kapot.md")
    with pytest.raises(ContentError) as refused:
        kb.load(tmp_path)
    assert ("kapot.md", "zwaarte") in {(problem.path.name, problem.field) for problem in refused.value.problems}


def test_guide_and_template_are_no_pages(tmp_path: Path) -> None:
    for name in ("README.md", "_sjabloon.md", ".verborgen.md"):
        write(tmp_path, "geen bladzijde", name)
    assert kb.load(tmp_path).interventions == ()


def test_the_check_of_one_page_knows_the_whole_collection(tmp_path: Path) -> None:
    path = write(tmp_path, changed(("zekerheid:", "combineert_met: [halt-straf]\nzekerheid:")))
    assert kb.check([path]) == []


def test_the_check_of_a_folder_speaks_of_that_folder_only() -> None:
    folder = SMALL.parent / "fouten"
    assert {problem.path.parent for problem in kb.check([folder])} == {folder}


def test_the_real_cupboard_has_no_errors_and_no_more_advice_than_one_can_act_on() -> None:
    said = kb.check()
    assert [problem for problem in said if problem.weight is kb.Weight.ERROR] == []
    assert len(said) < 150

"""A new page is a valid concept, and nothing that exists is ever lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb import Status, content, drafts
from kb.drafts import CannotBeginError, begin_page
from tests.conftest import SMALL_CUPBOARD

DAY = date(2027, 2, 3)


@pytest.fixture(autouse=True)
def _a_small_cupboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new page may look like is read in full, for every page that is begun."""
    monkeypatch.setattr(drafts, "CONTENT_FOLDER", SMALL_CUPBOARD)


def begun(folder: Path, title: str) -> content.Page:
    path, _ = begin_page(title, folder, lambda: DAY)
    return content.read(path)


@pytest.mark.parametrize(
    "title",
    [
        "Sportcoach",
        "Werk: een kans",
        "Samen # sterk",
        "'s Middags sporten",
        'De "Kracht" van nu',
        "Het 'echte' \"werk\" \\ nu",
        "no",
        "12:30",
        "2027",
        "- streepje",
        "*ster*",
        "Café Élan",
        "[Titel]",
        "ja, nee",
        "x" * 120,
    ],
)
def test_any_title_gives_a_valid_concept_that_is_called_so(tmp_path: Path, title: str) -> None:
    page = begun(tmp_path, title)
    assert page.problems == ()
    assert page.intervention
    assert (page.intervention.title, page.intervention.status) == (title, Status.DRAFT)


def test_a_new_page_was_looked_over_today(tmp_path: Path) -> None:
    found = begun(tmp_path, "Sportcoach").intervention
    assert found
    assert found.checked_on == DAY


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Multisysteem Therapie (MST)", "multisysteem-therapie.md"),
        ("(MST)", "mst.md"),
        ("  Crème   brûlée! ", "creme-brulee.md"),
        ("woord " * 20, "-".join(["woord"] * 13) + ".md"),
        ("a" * 110, "a" * 80 + ".md"),
    ],
)
def test_the_name_of_the_file_is_made_of_the_title(tmp_path: Path, title: str, name: str) -> None:
    assert begin_page(title, tmp_path)[0].name == name


def test_a_page_that_exists_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "sportcoach.md").write_text("van iemand anders", encoding="utf-8")
    with pytest.raises(CannotBeginError, match=r"^sportcoach\.md bestaat al\. Vul die bladzijde aan"):
        begin_page("Sportcoach", tmp_path)
    assert (tmp_path / "sportcoach.md").read_text(encoding="utf-8") == "van iemand anders"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "Van deze titel is geen adres te maken"),
        ("!?", "Van deze titel is geen adres te maken"),
        ("日本", "Van deze titel is geen adres te maken"),
        ("x" * 121, "Deze tekst is te lang"),
        ("Sport\x00coach", "onzichtbaar teken"),
        ("README", "al in gebruik voor uitleg"),
    ],
)
def test_a_title_that_cannot_be_used_makes_no_file(tmp_path: Path, title: str, said: str) -> None:
    with pytest.raises(CannotBeginError, match=said):
        begin_page(title, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_nothing_may_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CannotBeginError, match="Kijk of u daar mag schrijven"):
        begin_page("Sportcoach", tmp_path)


def test_a_page_in_another_folder_is_laid_beside_the_cupboard_too(tmp_path: Path) -> None:
    assert [other.id for other in begin_page("Gezinscoaches thuis", tmp_path)[1]] == ["gezinscoach-thuis"]


def test_a_page_that_looks_like_it_is_named(tmp_path: Path) -> None:
    begin_page("Leerwerkplek", tmp_path)
    assert "leerwerkplek" in [other.id for other in begin_page("Leerwerkplekken", tmp_path)[1]]


def test_a_broken_page_in_the_folder_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "kapot.md").write_bytes(b"\xff\xfe\x00")
    assert begin_page("Xylofoonkring", tmp_path)[1] == []

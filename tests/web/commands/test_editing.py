"""What an editor types: a new page, the schema, and the check in the form of each forge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kb
from tests.conftest import SMALL_CUPBOARD
from tests.web.test_cli import typed

Output = pytest.CaptureFixture[str]


@pytest.fixture
def misspelt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good page with one bad word in it, in the folder where we stand."""
    monkeypatch.chdir(tmp_path)
    page = (kb.CONTENT_FOLDER / "multisysteem-therapie.md").read_text(encoding="utf-8")
    path = Path("mst-nieuw.md")
    path.write_text(page.replace("zwaarte: zwaar", "zwaarte: zwar", 1), encoding="utf-8")
    return path


def test_a_new_page_is_made_and_passes_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert typed("new", "Voorbeeld van een aanpak", "--map", str(tmp_path)) == 0
    told = capsys.readouterr().out
    assert (
        "voorbeeld-van-een-aanpak.md staat klaar, als concept.\nGeen bladzijde heeft een naam die hierop lijkt." in told
    )
    assert typed("check", "voorbeeld-van-een-aanpak.md") == 0


def test_a_new_page_lands_where_the_content_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAST_CONTENT", str(tmp_path))
    typed("new", "Voorbeeld van een aanpak")
    assert [path.name for path in tmp_path.iterdir()] == ["voorbeeld-van-een-aanpak.md"]


def test_a_page_is_begun_once(tmp_path: Path, capsys: Output) -> None:
    typed("new", "Voorbeeld", "--map", str(tmp_path))
    assert typed("new", "Voorbeeld", "--map", str(tmp_path)) == 1
    assert capsys.readouterr().err.startswith("voorbeeld.md bestaat al.")


def test_a_new_page_that_looks_like_another_says_so(tmp_path: Path, capsys: Output) -> None:
    typed("new", "Leerwerkplek", "--map", str(tmp_path))
    assert typed("new", "Leerwerkplekken", "--map", str(tmp_path)) == 0
    assert "Let op: dit lijkt op 'Leerwerkplek' (leerwerkplek)." in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: Output) -> None:
    assert typed("new", "Voorbeeld", "--map", str(tmp_path / "weg")) == 2
    assert "weg bestaat niet." in capsys.readouterr().err


def test_the_schema_is_json(capsys: Output) -> None:
    assert typed("schema") == 0
    assert json.loads(capsys.readouterr().out)["properties"]["titel"]["maxLength"] == 120


def test_a_problem_is_told_as_gitlab_wants_it(misspelt: Path, capsys: Output) -> None:
    assert typed("check", str(misspelt), "--format", "gitlab") == 1
    report = json.loads(capsys.readouterr().out)
    (found,) = [entry for entry in report if entry["description"].startswith("zwaarte: 'zwar'")]
    line = misspelt.read_text(encoding="utf-8").split("\n").index("zwaarte: zwar") + 1
    assert found["location"] == {"path": "mst-nieuw.md", "lines": {"begin": line}}
    assert (found["severity"], found["check_name"]) == ("major", "fout")


def test_gitlab_can_tell_every_problem_from_the_others(misspelt: Path, capsys: Output) -> None:
    misspelt.write_text(misspelt.read_text(encoding="utf-8").replace("fase: [zorg", "fase: [zrg"), encoding="utf-8")
    typed("check", str(misspelt), "--format", "gitlab")
    prints = [entry["fingerprint"] for entry in json.loads(capsys.readouterr().out)]
    assert len(prints) == len(set(prints)) > 1


def test_gitlab_gets_an_empty_report_when_all_is_well(capsys: Output) -> None:
    typed("check", str(kb.CONTENT_FOLDER / "halt-straf.md"), "--format", "gitlab")
    assert json.loads(capsys.readouterr().out) == []


def test_the_report_tells_every_keeper_what_is_to_be_done(capsys: Output) -> None:
    assert typed("report") == 0
    said = capsys.readouterr().out
    assert said.startswith("Platform IVZ: ")
    assert "  zonder oordeel: " in said


def test_the_report_is_also_json(capsys: Output) -> None:
    typed("report", "--json")
    (kept,) = json.loads(capsys.readouterr().out)
    assert set(kept) == {"beheerder", "bladzijden", "te_laat", "binnenkort", "zonder_oordeel", "zonder_webadres"}
    assert {"id", "nakijken_voor"} == set(kept["zonder_oordeel"][0])


def test_a_history_that_cannot_be_known_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv("KAST_CONTENT", str(tmp_path))
    assert typed("history") == 1
    assert "geen volledige Git-geschiedenis" in capsys.readouterr().err


def test_links_tells_which_page_holds_what_does_not_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    page = (SMALL_CUPBOARD / "leerwerkplek.md").read_text(encoding="utf-8")
    (tmp_path / "leerwerkplek.md").write_text(
        page.replace("https://example.org/", "http://127.0.0.1:9/"), encoding="utf-8"
    )
    monkeypatch.setenv("KAST_CONTENT", str(tmp_path))
    assert typed("links") == 1
    said = capsys.readouterr().out
    assert "geen antwoord (1)\n  http://127.0.0.1:9/leerwerkplek\n" in said
    assert "staat op: leerwerkplek" in said


def test_links_of_a_page_that_is_not_there_are_not_asked(capsys: Output) -> None:
    assert typed("links", "bestaat-niet") == 2
    assert "Geef een id" in capsys.readouterr().err

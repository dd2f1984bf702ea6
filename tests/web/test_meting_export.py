"""A meting to take along: whole, safe in a spreadsheet, and without anybody's own answers."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette

from tests.web.people import Person, begin, fill_in, links, member, new_meting
from tests.web.test_conversation import agreed, measured, meting

__all__ = ["meting"]


def export(coordinator: Person, meting: str, kind: str) -> bytes:
    answer = coordinator.client.get(f"/metingen/{meting}/export.{kind}")
    assert answer.status_code == 200
    assert f'filename="meting-{meting}.{kind}"' in answer.headers["content-disposition"]
    return answer.content


def test_json_holds_the_profile_the_numbers_and_what_was_agreed(coordinator: Person, meting: str) -> None:
    agreed(coordinator, meting)
    found = json.loads(export(coordinator, meting, "json"))
    assert found["titel"] == "Wesselerbrink in Enschede"
    assert {row["rol"]: row["begonnen"] for row in found["invullers"]} == {"politie-boa": 2, "jongerenwerk": 2, "school-leerplicht": 2}  # fmt: skip
    assert found["profiel"]
    assert all(row["score"] % 5 == 0 for row in found["profiel"])
    assert [row["plaats"] for row in found["afspraken"]][:2] == [1, 2]


def test_csv_is_the_profile_as_excel_reads_it(coordinator: Person, meting: str) -> None:
    text = export(coordinator, meting, "csv").decode("utf-8")
    assert text.startswith("\ufefffactor;naam;soort;score;")
    assert len(text.splitlines()) > 5


def test_a_workbook_has_a_sheet_for_everything(coordinator: Person, meting: str) -> None:
    book = load_workbook(io.BytesIO(export(coordinator, meting, "xlsx")), read_only=True)
    assert book.sheetnames[1:] == ["profiel", "meting", "invullers", "cijfers", "afspraken"]
    book.close()


def test_an_area_that_looks_like_a_formula_stays_a_text(light_site: Starlette, coordinator: Person) -> None:
    made = measured(light_site, coordinator, C02="=1+1")
    book = load_workbook(io.BytesIO(export(coordinator, made, "xlsx")))
    cells = [cell for row in book["meting"].iter_rows() for cell in row if "1+1" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_an_open_meting_has_numbers_but_no_profile(light_site: Starlette) -> None:
    coordinator = member(light_site, "coordinator", "GM0153", "an@enschede.nl")
    made = new_meting(coordinator)
    link = links(light_site, made)["politie-boa"]
    fill_in(begin(Person(light_site), link), link)
    found = json.loads(export(coordinator, made, "json"))
    assert (found["profiel"], found["invullers"]) == ([], [{"rol": "politie-boa", "begonnen": 1, "klaar": 1}])


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_no_answer_of_one_person_leaves(coordinator: Person, meting: str, kind: str) -> None:
    text = export(coordinator, meting, kind).decode("utf-8")
    assert "IND01" not in text
    assert "Z-" not in text


def test_another_kind_of_file_does_not_exist(coordinator: Person, meting: str) -> None:
    assert coordinator.open(f"/metingen/{meting}/export.sql").status == 404

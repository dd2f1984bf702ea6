"""A meting to take along: whole, safe in a spreadsheet, and without anybody's own answers."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette

from tests.web.people import Person, begin, fill_in, links, member, new_meting
from tests.web.test_conversation import agreed, measured, meting, owner

__all__ = ["meting", "owner"]


def export(owner: Person, meting: str, kind: str) -> bytes:
    answer = owner.client.get(f"/metingen/{meting}/export.{kind}")
    assert answer.status_code == 200
    assert f'filename="meting-{meting}.{kind}"' in answer.headers["content-disposition"]
    return answer.content


def test_json_holds_the_profile_the_numbers_and_what_was_agreed(owner: Person, meting: str) -> None:
    agreed(owner, meting)
    found = json.loads(export(owner, meting, "json"))
    assert found["titel"] == "Wesselerbrink in Enschede"
    assert {row["rol"]: row["begonnen"] for row in found["invullers"]} == {"politie-boa": 2, "jongerenwerk": 2, "school-leerplicht": 2}  # fmt: skip
    assert found["profiel"]
    assert all(row["score"] % 5 == 0 for row in found["profiel"])
    assert [row["plaats"] for row in found["afspraken"]][:2] == [1, 2]


def test_csv_is_the_profile_as_excel_reads_it(owner: Person, meting: str) -> None:
    text = export(owner, meting, "csv").decode("utf-8")
    assert text.startswith("\ufefffactor;naam;soort;score;")
    assert len(text.splitlines()) > 5


def test_a_workbook_has_a_sheet_for_everything(owner: Person, meting: str) -> None:
    book = load_workbook(io.BytesIO(export(owner, meting, "xlsx")), read_only=True)
    assert book.sheetnames[1:] == ["profiel", "meting", "invullers", "cijfers", "afspraken"]
    book.close()


def test_an_area_that_looks_like_a_formula_stays_a_text(light_site: Starlette, owner: Person) -> None:
    made = measured(light_site, owner, C02="=1+1")
    book = load_workbook(io.BytesIO(export(owner, made, "xlsx")))
    cells = [cell for row in book["meting"].iter_rows() for cell in row if "1+1" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_an_open_meting_has_numbers_but_no_profile(light_site: Starlette) -> None:
    owner = member(light_site, "coordinator", "GM0153", "an@enschede.nl")
    made = new_meting(owner)
    link = links(light_site, made)["politie-boa"]
    fill_in(begin(Person(light_site), link), link)
    found = json.loads(export(owner, made, "json"))
    assert (found["profiel"], found["invullers"]) == ([], [{"rol": "politie-boa", "begonnen": 1, "klaar": 1}])


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_no_answer_of_one_person_leaves(owner: Person, meting: str, kind: str) -> None:
    text = export(owner, meting, kind).decode("utf-8")
    assert "IND01" not in text
    assert "Z-" not in text


def test_another_kind_of_file_does_not_exist(owner: Person, meting: str) -> None:
    assert owner.open(f"/metingen/{meting}/export.sql").status == 404

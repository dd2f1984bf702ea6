"""Spreadsheets: nothing in a cell is run, nothing is lost, and the same content gives the same bytes."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import Cell, Column, Table
from web import spreadsheet

DAY = date(2026, 11, 22)
DANGEROUS = ["=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1+1", "'=1"]


def table_of(*cells: Cell) -> Table:
    return Table("proef", "Een proef", (Column("a", "een cel", "tekst"),), tuple((cell,) for cell in cells))


def read_csv(table: Table) -> list[str]:
    text = spreadsheet.csv_text(table).removeprefix(spreadsheet.BYTE_ORDER_MARK)
    return [
        row[0] if row else "" for row in csv.reader(io.StringIO(text, newline=""), delimiter=spreadsheet.SEPARATOR)
    ][1:]


def read_xlsx(table: Table) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook([table], "Proef", DAY)))
    return [row[0] for row in book["proef"].iter_rows(min_row=2)]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_in_csv_is_only_text(text: str) -> None:
    assert not read_csv(table_of(text))[0].startswith(spreadsheet.FORMULA_STARTS)


@pytest.mark.parametrize("text", [*DANGEROUS, "#N/A"])
def test_a_formula_in_a_workbook_is_only_text(text: str) -> None:
    assert [cell.data_type for cell in read_xlsx(table_of(text))] == ["s"]


@pytest.mark.parametrize("text", ["=1+1", "#N/A", "-2"])
def test_a_formula_in_a_workbook_stays_text_when_it_is_saved_as_csv(text: str) -> None:
    assert [cell.quotePrefix for cell in read_xlsx(table_of(text))] == [True]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1))
def test_every_text_comes_back_from_csv(texts: list[str]) -> None:
    assert [spreadsheet.from_csv_cell(cell) for cell in read_csv(table_of(*texts))] == texts


@pytest.mark.parametrize("text", [*DANGEROUS, "twee\nregels", 'met "aanhaling"; en puntkomma', "", "'"])
def test_difficult_text_comes_back_from_csv(text: str) -> None:
    assert spreadsheet.from_csv_cell(read_csv(table_of(text, "x"))[0]) == text


@pytest.mark.parametrize("text", ["=1+1", "twee\nregels", "é – ‘ ’ 🙂", "'aan het begin"])
def test_text_comes_back_from_a_workbook(text: str) -> None:
    assert [cell.value for cell in read_xlsx(table_of(text))] == [text]


def test_csv_begins_with_the_mark_that_excel_needs_to_see_utf_8() -> None:
    assert spreadsheet.csv_text(table_of("é")).encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("value", "written"), [(5.5, "5,5"), (2500.0, "2500"), (3, "3"), (None, ""), (DAY, "2026-11-22")]
)
def test_numbers_and_days_are_written_as_a_dutch_excel_reads_them(value: Cell, written: str) -> None:
    assert spreadsheet.csv_cell(value) == written


def test_numbers_and_days_stay_numbers_and_days_in_a_workbook() -> None:
    assert [cell.data_type for cell in read_xlsx(table_of(5.5, 3, DAY))] == ["n", "n", "d"]


def test_a_text_too_long_for_a_cell_says_that_it_was_cut_off() -> None:
    found = read_xlsx(table_of("a" * 40_000))[0].value
    assert len(found) == spreadsheet.LONGEST_CELL
    assert found.endswith(spreadsheet.CUT_OFF)


def test_the_same_tables_give_the_same_workbook() -> None:
    assert spreadsheet.workbook([table_of("a")], "P", DAY) == spreadsheet.workbook([table_of("a")], "P", DAY)


def test_a_workbook_begins_with_what_is_in_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook([table_of("a", "b")], "Proef", DAY)))
    assert [[cell.value for cell in row] for row in book["inhoud"]] == [
        ["blad", "wat erin staat", "regels"],
        ["proef", "Een proef", 2],
    ]


def test_a_table_without_rows_is_a_sheet_with_a_heading() -> None:
    assert read_xlsx(table_of()) == []

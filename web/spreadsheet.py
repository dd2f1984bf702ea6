"""Tables as files that an office program opens: CSV the way Dutch Excel reads it, and one XLSX workbook. Nothing in a cell is ever run.

A spreadsheet takes a text that begins with = + - or @ for a formula. In CSV such a text gets one apostrophe in front (and so
does a text that begins with an apostrophe, so that taking one off always gives back what was there); in XLSX every text is
marked as text. Knows nothing of interventions.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb import Cell, Table

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel does not see that a CSV is UTF-8."""
SEPARATOR = ";"
"""What Excel expects in a country that writes a comma in its decimals."""
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""Also the wide forms, which some versions of Excel read the same way."""
LONGEST_CELL = 32_767
"""Characters that fit in a cell of Excel."""
CUT_OFF = " … [afgekapt: te lang voor een cel; de hele tekst staat in de CSV en de JSON]"
WIDEST_COLUMN, NARROWEST_COLUMN = 60, 10
"""Widths in characters."""
NO_CLOCK = (1980, 1, 1, 0, 0, 0)
"""Time of the parts within a workbook: the same content gives the same bytes."""
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def csv_text(table: Table) -> str:
    """The table as CSV: byte order mark, semicolons, decimal commas, a line end as RFC 4180 has it."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([csv_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def csv_cell(cell: Cell) -> str:
    """A cell as text that no spreadsheet runs."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith((*FORMULA_STARTS, "'")) else cell
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return "" if cell is None else str(cell)


def from_csv_cell(text: str) -> str:
    """The text that was written by `csv_cell`."""
    return text.removeprefix("'")


def workbook(tables: Sequence[Table], title: str, made_on: date) -> bytes:
    """One XLSX with a sheet per table, the first of which says what the others hold."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, title
    _fill(book.create_sheet("inhoud"), ("blad", "wat erin staat", "regels"), _contents(tables))
    for table in tables:
        _fill(book.create_sheet(table.name[:31]), [column.name for column in table.columns], table.rows)
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue(), made_on)


def _contents(tables: Iterable[Table]) -> Iterator[tuple[Cell, ...]]:
    return ((table.name, table.title, len(table.rows)) for table in tables)


def _fill(sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A sheet with a heading that stays in sight and can be filtered on."""
    from openpyxl.utils import get_column_letter

    kept = list(rows)
    for number, head in enumerate(heads):
        longest = max([len(head) + 4, *(len(str(row[number] or "")) for row in kept[:200])])
        width = max(NARROWEST_COLUMN, min(longest, WIDEST_COLUMN))
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(kept) + 1}"
    sheet.append([_xlsx_cell(sheet, head, bold=True) for head in heads])
    for row in kept:
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])


def _xlsx_cell(sheet: Any, cell: Cell, *, bold: bool = False) -> object:
    """Numbers and dates as they are; a text is marked as text, or Excel would run '=1+1' and read '#N/A' as an error."""
    if not isinstance(cell, str) or not (
        bold or cell.startswith((*FORMULA_STARTS, "#", "'")) or len(cell) > LONGEST_CELL
    ):
        return cell
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made = WriteOnlyCell(sheet, _fitting(cell))
    made.data_type = "s"
    if bold:
        made.font = Font(bold=True)
    else:
        # The mark that Excel itself sets for a typed apostrophe: it stays text when saved again as CSV.
        made.quotePrefix = True
    return made


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT_OFF)] + CUT_OFF


def _without_clock(raw: bytes, made_on: date) -> bytes:
    """The same workbook with a fixed time on its parts; openpyxl writes the moment of saving, whatever one asks."""
    day = f"{made_on}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(day, content)
            new.writestr(zipfile.ZipInfo(name, NO_CLOCK), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()

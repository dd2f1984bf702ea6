"""Bytes of an uploaded table to rows of text with their line numbers, and Dutch texts to numbers. Knows no indicators.

Never raises on what people send: what cannot be read is a Dutch sentence.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_BYTES = 2_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 200
"""Characters of one cell that are read."""
SEPARATORS = ";\t,|"
_SEEN_LINES = 60
"""Enough to find the separator, past titles and notes above the table."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OTHER_FILES = (
    (b"PK", "Dit is een Excel- of zipbestand."),
    (b"\xd0\xcf\x11\xe0", "Dit is een oud Excel-bestand."),
    (b"%PDF", "Dit is een PDF."),
)
_SAVE_AS = "Bewaar de tabel als CSV (in Excel: Opslaan als, CSV) en probeer het opnieuw."

SUPPRESSED = {
    "",
    ".",
    "..",
    "...",
    "-",
    "–",
    "—",
    "x",
    "*",
    "?",
    "n.b.",
    "nb",
    "n.v.t.",
    "nvt",
    "onbekend",
    "geheim",
    "nan",
}
"""How sources write that they do not give a number. It is unknown, never zero."""
_SMALL = re.compile(r"(?a)(<|≤|<=|minder dan|max\.?)\s*\d+")
_DOTS = re.compile(r"(?a)[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_SPACES = re.compile(r"(?a)[1-9]\d{0,2}( \d{3})+(,\d+)?")
_COMMAS = re.compile(r"(?a)[1-9]\d{0,2}(,\d{3})+\.\d+|[1-9]\d{0,2}(,\d{3}){2,}")
_PLAIN = re.compile(r"(?a)\d+([.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    """In the file, from 1."""
    cells: tuple[str, ...]


def read(data: bytes) -> tuple[list[Row], str | None]:
    """The rows that are not empty, or a sentence that says why there are none."""
    if len(data) > MAX_BYTES:
        return [], "Het bestand is groter dan 2 MB. Neem alleen uw gemeente, de regio en de jaren die u nodig heeft."
    refusal = next((words for mark, words in _OTHER_FILES if data.startswith(mark)), None)
    text = None if refusal else _decoded(data)
    if text is None:
        return [], f"{refusal or 'Dit is geen leesbare tabel.'} {_SAVE_AS}"
    try:
        rows = list(_rows(text))
    except csv.Error:
        return [], f"Dit is geen leesbare tabel. {_SAVE_AS}"
    if len(rows) > MAX_ROWS:
        return [], f"De tabel heeft meer dan {MAX_ROWS:,} regels.".replace(",", ".") + " Neem alleen wat u nodig heeft."
    return (rows, None) if rows else ([], "Het bestand is leeg.")


def _decoded(data: bytes) -> str | None:
    """Text with a byte order mark, UTF-8, or else what Windows calls ANSI; None for what is no text."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = "" if encoding else data.decode("cp1252", errors="replace")
    return None if "\0" in text or (data and not text) else text


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    for cells in reader:
        clean = tuple(" ".join(cell[:MAX_CELL].split()) for cell in cells[:MAX_COLUMNS])
        if any(clean):
            yield Row(reader.line_num, clean)
        if reader.line_num > MAX_ROWS + _SEEN_LINES:
            break


def separator(text: str) -> str:
    """The sign that cuts most lines into the same number of cells; a decimal comma loses from a semicolon."""
    lines = [line for line in text.splitlines()[:_SEEN_LINES] if line.strip()]

    def fit(sign: str) -> int:
        counts = [line.count(sign) for line in lines if sign in line]
        return max((counts.count(count) * min(count, 50) for count in set(counts)), default=0)

    return max(SEPARATORS, key=lambda sign: (fit(sign) > 0 and _steady(lines, sign), fit(sign)))


def _steady(lines: list[str], sign: str) -> bool:
    """Do at least half of the lines have this sign?"""
    return 2 * sum(sign in line for line in lines) >= len(lines)


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says: a value, that the source keeps it to itself, or neither."""

    value: float | None = None
    suppressed: bool = False


def number(text: str) -> Number:
    """A number of 0 or more as Dutch or English tables write it: 1.234 and 1 234 are thousands, 12,5 and 12.5 are decimals."""
    plain = text.strip().lstrip("'").replace("\u00a0", " ").replace("\u202f", " ").removesuffix("%").strip()
    if plain.casefold() in SUPPRESSED or _SMALL.fullmatch(plain.casefold()):
        return Number(suppressed=True)
    if _DOTS.fullmatch(plain) or _SPACES.fullmatch(plain):
        return Number(float(plain.replace(".", "").replace(" ", "").replace(",", ".")))
    if _COMMAS.fullmatch(plain):
        return Number(float(plain.replace(",", "")))
    return Number(float(plain.replace(",", "."))) if _PLAIN.fullmatch(plain) and len(plain) <= 15 else Number()

"""Rows of police, Halt, leerplicht, GGD and CBS tables to figures of one area: which column is what, which row, which year.

A figure is a count beside the count one would expect with the rate of the region or the country. Knows no storage and no HTTP.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assessment import tables
from assessment.disclosure import MIN_MUNICIPALITIES
from assessment.indicators import AreaLevel, Indicator, IndicatorValue, is_usable, load_indicators
from assessment.municipalities import REGION_NAMES, Municipality, find, get
from assessment.reading import quoted
from assessment.tables import Row, number

COUNTRY: Final = "Nederland"
YEARS_TOGETHER = 3
"""So many years are taken together when one year has too few cases (vragenlijst, kleine_aantallen)."""
MAX_MESSAGES = 30
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "area": ("regios", "regio", "gebied", "gemeente", "gemeentenaam", "gemeentecode", "wijkenenbuurten", "wijk", "buurt", "naam", "codering", "regionaam", "regiocode"),
    "year": ("jaar", "perioden", "periode", "schooljaar", "peiljaar", "verslagjaar"),
    "count": ("aantal", "waargenomen", "totaal", "aantalverdachten", "verdachten", "geregistreerdemisdrijven", "aantalmeldingen", "meldingen", "verwijzingen", "aantalverwijzingen", "haltverwijzingen", "aantalleerlingen", "verzuim", "vsv", "aantalvsv"),
    "share": ("percentage", "pct", "procent", "aandeel"),
    "per_thousand": ("per1000", "per1000jongeren", "per1000inwoners", "promille"),
    "base": ("noemer", "inwoners", "aantalinwoners", "bevolking", "jongeren", "aantaljongeren", "leerplichtigen", "deelnemers", "leerlingen", "respondenten", "huishoudens", "aantalhuishoudens", "totaalleerlingen"),
    "expected": ("verwacht", "verwachtaantal"),
    "indicator": ("indicator", "cijfer", "indicatorcode"),
    "source": ("bron",),
}  # fmt: skip
"""What a column means, by the words above it without capitals, spaces and signs."""
WANTED = "een kolom met het gebied (gemeente of regio), een met het jaar, en een met het aantal"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its origin."""

    value: IndicatorValue
    source: str
    year: int
    """The last year when several were taken together."""
    years: int = 1


@dataclass(frozen=True, slots=True)
class LineMessage:
    """What is worth knowing about a line of the file; 0 is the file as a whole."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    figures: tuple[Figure, ...]
    messages: tuple[LineMessage, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the file should be about, and what it may leave out."""

    municipality: Municipality
    area: str = ""
    """Name of the neighbourhood, when rows may be about it."""
    indicator: str = ""
    """Id, for a file without a column that says it."""
    source: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """Where a figure may come from, the nearest first."""
        return (*((self.area,) if self.area else ()), self.municipality.code)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that could be read."""

    line: int
    indicator: str
    place: str
    """CBS code, COUNTRY, name of a region in capitals off, or the area."""
    year: int
    count: float
    base: float | None
    expected: float | None
    source: str


def import_figures(data: bytes, wanted: Wanted) -> Imported:
    """Every figure of the area that the file holds, with a sentence for every line that could not be used."""
    rows, refusal = tables.read(data)
    if refusal:
        return Imported((), (LineMessage(0, refusal),))
    head, columns = _heading(rows)
    missing = _missing(columns, wanted)
    if missing:
        return Imported((), (LineMessage(rows[head].line, missing),))
    messages: list[LineMessage] = []
    entries = list(_entries(rows[head + 1 :], columns, wanted, messages))
    figures = list(_figures(entries, wanted, messages))
    if not entries and not messages:
        messages.append(LineMessage(0, "Onder de kopregel staan geen gegevens."))
    return Imported(tuple(figures), _shortened(messages))


def _shortened(messages: Sequence[LineMessage]) -> tuple[LineMessage, ...]:
    """The first messages, by line, and how many there are besides."""
    found = sorted(messages, key=lambda message: message.line)
    left = len(found) - MAX_MESSAGES
    return (*found[:MAX_MESSAGES], *([LineMessage(0, f"En nog {left} andere regels.")] if left > 0 else []))


# Columns


def _plain(text: str) -> str:
    """Letters and digits only, without accents, capitals, and what CBS puts after a name (`_78`)."""
    kept = unicodedata.normalize("NFKD", re.sub(r"_\d+$", "", text)).casefold()
    return "".join(character for character in kept if character.isalnum())


def _heading(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    """The row of the first sixty with most known headings, and what is in which column; CBS puts titles above it."""
    candidates = [(place, _columns(row)) for place, row in enumerate(rows[:60])]
    return max(candidates, key=lambda candidate: (len(candidate[1]), -candidate[0]))


def _columns(row: Row) -> dict[str, int]:
    words = [_plain(cell) for cell in row.cells]
    found = {}
    for meaning, names in COLUMNS.items():
        place = next((words.index(name) for name in names if name in words), None)
        if place is not None:
            found[meaning] = place
    return found


def _missing(columns: Mapping[str, int], wanted: Wanted) -> str | None:
    if not columns.keys() & {"count", "share", "per_thousand"} or "year" not in columns or "area" not in columns:
        return f"Wij zoeken {WANTED}. Geef de kolommen een van deze namen: gemeente, jaar, aantal, noemer, bron."
    if not columns.keys() & {"count"} and "base" not in columns:
        return "Bij een percentage is ook het aantal nodig waarover het gaat. Voeg een kolom ‘noemer’ toe."
    if "indicator" not in columns and wanted.indicator not in load_indicators():
        return "Kies eerst welk cijfer dit is, of voeg een kolom ‘indicator’ toe met een code zoals R03."
    return None


# Rows


def _entries(
    rows: Iterable[Row], columns: Mapping[str, int], wanted: Wanted, messages: list[LineMessage]
) -> Iterator[Entry]:
    seen: dict[tuple[str, str, int], int] = {}
    for row in rows:
        entry = _entry(row, columns, wanted)
        if isinstance(entry, str):
            messages.append(LineMessage(row.line, entry))
        elif entry:
            key = (entry.indicator, entry.place, entry.year)
            if key in seen:
                text = f"Dit staat ook op regel {seen[key]}; de eerste telt. Laat één regel per gebied en jaar staan."
                messages.append(LineMessage(row.line, text))
            else:
                seen[key] = row.line
                yield entry


def _entry(row: Row, columns: Mapping[str, int], wanted: Wanted) -> Entry | str | None:
    """What the row says, why it cannot be used, or None for a row about elsewhere or below the table."""

    def cell(meaning: str) -> str:
        place = columns.get(meaning)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    if not cell("area") or len(row.cells) < 2:  # a note such as 'Bron: CBS' below the table
        return None
    place = place_of(cell("area"), wanted)
    if place is None:
        return f"{quoted(cell('area'))} kennen we niet als gemeente of regio." if _looks_like_place(cell) else None
    indicator = indicator_of(cell("indicator")) if "indicator" in columns else wanted.indicator
    if indicator is None:
        return f"{quoted(cell('indicator'))} is geen cijfer uit onze lijst. Gebruik een code zoals R03."
    year = year_of(cell("year"))
    if year is None:
        return f"{quoted(cell('year'))} is geen jaar. Schrijf bijvoorbeeld 2024."
    return _counted(row.line, indicator, place, year, cell, wanted)


def _looks_like_place(cell: Callable[[str], str]) -> bool:
    """Is there a number beside the name? Otherwise it is a note or a heading within the table."""
    return any(number(cell(meaning)).value is not None for meaning in ("count", "share", "per_thousand"))


def _counted(
    line: int, indicator: str, place: str, year: int, cell: Callable[[str], str], wanted: Wanted
) -> Entry | str | None:
    base, expected = number(cell("base")), number(cell("expected"))
    counts = [(meaning, factor) for meaning, factor in _UNITS.items() if cell(meaning).strip()]
    if not counts:
        return "Hier staat geen aantal. Onbekend is niet nul: laat de regel zo, of vul het aantal in."
    meaning, factor = counts[0]
    found = number(cell(meaning))
    if found.suppressed:
        return "De bron geeft dit aantal niet. Onbekend is niet nul; deze regel telt niet mee."
    if found.value is None:
        return f"{quoted(cell(meaning))} is geen aantal. Schrijf een getal zoals 1.234 of 12,5."
    count = found.value if factor is None else found.value * factor * (base.value or 0.0)
    if factor is None and count != int(count):
        return f"{quoted(cell(meaning))} is geen heel aantal. Is het een percentage? Noem de kolom dan ‘percentage’."
    if base.value is not None and count > base.value:
        return f"Het aantal is groter dan de noemer ({quoted(cell('base'))}). Kijk de kolommen na."
    return Entry(
        line, indicator, place, year, count, base.value or None, expected.value, cell("source") or wanted.source
    )


_UNITS: Mapping[str, float | None] = {"count": None, "share": 0.01, "per_thousand": 0.001}


def place_of(text: str, wanted: Wanted) -> str | None:
    """CBS code of a municipality, the country, the region of the municipality, or the area that was asked for."""
    name = text.strip()
    if wanted.area and _plain(name) == _plain(wanted.area):
        return wanted.area
    if _plain(name) in {"nederland", "nl01", "nl00", "nl", "totaalnederland", "landelijk"}:
        return COUNTRY
    region = REGION_NAMES.get(wanted.municipality.safety_region, "")
    if region and _plain(re.sub(r"^(regio|ggd-regio|ggd regio|politieregio)\s+", "", name.casefold())) == _plain(
        region
    ):
        return region
    if re.fullmatch(r"[0-9]{1,4}", name):
        name = f"GM{int(name):04}"
    found = find(re.sub(r"^gemeente\s+", "", name, flags=re.IGNORECASE))
    return found.code if found else None


def indicator_of(text: str) -> str | None:
    """Id of an indicator from its id (`r3`, `R03`) or its exact name."""
    code = re.fullmatch(r"(?a)[Rr]0?(\d{1,2})", text.strip())
    wanted = f"R{int(code[1]):02}" if code else _plain(text)
    return next((key for key, one in load_indicators().items() if wanted in (key, _plain(one.name))), None)


def year_of(text: str) -> int | None:
    """The (last) year of 2023, 2023*, 2023JJ00, 2021-2023; a school year 2023/2024 counts as the year it began in."""
    plain = text.strip().rstrip("*").strip()
    school = re.fullmatch(r"(?a)(\d{4})\s*[/-]\s*(\d{2}|\d{4})(SJ00)?", plain)
    if school and "/" in plain:
        found = school[1]
    else:
        single = re.fullmatch(r"(?a)(\d{4})(JJ00|SJ00|\.0)?", plain)
        found = school[2] if school and len(school[2]) == 4 else single[1] if single else ""
    return int(found) if found and EARLIEST_YEAR <= int(found) <= LATEST_YEAR else None


# Figures


def _figures(entries: Sequence[Entry], wanted: Wanted, messages: list[LineMessage]) -> Iterator[Figure]:
    for indicator in load_indicators().values():
        about = [entry for entry in entries if entry.indicator == indicator.id]
        own = [entry for entry in about if entry.place in wanted.places]
        if about and not own:
            text = f"{indicator.id}: er staat geen regel in over {wanted.municipality.name}."
            messages.append(LineMessage(0, text))
        elif own:
            yield from _figure(indicator, own, about, wanted, messages)


def _figure(
    indicator: Indicator,
    own: Sequence[Entry],
    about: Sequence[Entry],
    wanted: Wanted,
    messages: list[LineMessage],
) -> Iterator[Figure]:
    """The nearest area with enough cases in its last year, or in its last three together."""
    for place in wanted.places:
        mine = sorted((entry for entry in own if entry.place == place), key=lambda entry: entry.year)
        compared = [(entry, expected_of(entry, about, wanted)) for entry in mine]
        known = [(entry, expected) for entry, expected in compared if expected]
        for years in (1, YEARS_TOGETHER) if known else ():
            figure = _together(known[-years:], place == wanted.area, years)
            if figure and is_usable(figure.value):
                yield figure
                return
        if mine:
            messages.append(LineMessage(mine[-1].line, _too_little(indicator, bool(known))))


def _too_little(indicator: Indicator, compared: bool) -> str:
    if not compared:
        return (
            f"{indicator.id}: er is niets om mee te vergelijken. Voeg een regel toe van de regio of van Nederland, met noemer, "
            "of een kolom ‘verwacht’."
        )
    return f"{indicator.id}: minder dan 10 gevallen, ook over drie jaar. Zo’n klein aantal bewaren en tonen we niet."


def _together(known: Sequence[tuple[Entry, float]], of_area: bool, years: int) -> Figure | None:
    """One figure of so many consecutive years, or None when the file does not have them."""
    if len(known) != years or known[-1][0].year - known[0][0].year != years - 1:
        return None
    last = known[-1][0]
    value = IndicatorValue(
        last.indicator,
        sum(entry.count for entry, _ in known),
        sum(expected for _, expected in known),
        AreaLevel.AREA if of_area else AreaLevel.MUNICIPALITY,
    )
    return Figure(value, last.source, last.year, years)


def expected_of(entry: Entry, about: Sequence[Entry], wanted: Wanted) -> float | None:
    """What one would count here with the rate of the region, else of the country, in the same year; None when not in the file."""
    if entry.expected:
        return entry.expected
    same_year = [other for other in about if other.year == entry.year and other.base and other.place != entry.place]
    region = REGION_NAMES.get(wanted.municipality.safety_region)
    for others in (
        [other for other in same_year if other.place == region],
        _neighbours(same_year, wanted.municipality),
        [other for other in same_year if other.place == COUNTRY],
    ):
        if others and entry.base:
            return entry.base * sum(o.count for o in others) / sum(o.base or 0.0 for o in others)
    return None


def _neighbours(entries: Sequence[Entry], municipality: Municipality) -> list[Entry]:
    """The other municipalities of the region, when there are enough of them."""
    found = []
    for entry in entries:
        other = get(entry.place)
        if other and other.safety_region == municipality.safety_region and other != municipality:
            found.append(entry)
    return found if len(found) >= MIN_MUNICIPALITIES else []

"""Registration figures of a meting: by hand and from a table. They count beside the answers, and are shown in tens, never under ten.

Figures can change only while the meting is open: beside a closed profile their effect would tell how people differed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from assessment import (
    MIN_YOUTH,
    AreaLevel,
    Figure,
    Imported,
    Indicator,
    IndicatorValue,
    WantedFigures,
    figure_verdict,
    get_municipality,
    import_figures,
    is_usable_figure,
    load_indicators,
    number,
    screening,
    shown_number,
    store,
    year_of,
)
from web import accounts
from web.accounts import Account
from web.assessments import area_in_words, own
from web.intake import Typed
from web.visitors import Doors, coordinator, database, go, one, reader, show

router = Doors()

MAX_SOURCE = 100
CLOSED = "De meting is gesloten. Cijfers kunt u alleen toevoegen of weghalen zolang de meting open is; anders is te herleiden hoe invullers verschilden."
NO_FILE = "Kies een bestand."
FIELDS = ("cijfer", "aantal", "noemer", "aantal-regio", "noemer-regio", "gebied", "jaar", "bron")
LABELS = {
    "cijfer": "Welk cijfer?",
    "aantal": "Aantal in dit gebied",
    "noemer": "Van hoeveel?",
    "aantal-regio": "Aantal in de regio of in Nederland",
    "noemer-regio": "Van hoeveel daar?",
    "gebied": "Waarover gaat het aantal?",
    "jaar": "Jaar",
    "bron": "Bron",
    "bestand": "Bestand",
}
LEVELS = {
    AreaLevel.AREA: "Over dit gebied zelf",
    AreaLevel.MUNICIPALITY: "Over de hele gemeente",
    AreaLevel.REGION: "Over de regio",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it may be seen."""

    indicator: Indicator
    observed: int | None
    expected: int | None
    verdict: str
    level: str
    year: int
    source: str


def rows(stored: Sequence[store.StoredIndicator]) -> Iterator[Row]:
    for each, value in zip(stored, store.indicator_values(stored), strict=True):
        yield Row(
            load_indicators()[each.indicator_id],
            shown_number(value.observed),
            shown_number(value.expected),
            figure_verdict(value),
            LEVELS[value.level].lower(),
            each.year,
            each.source,
        )


@router.get("/metingen/{id}/cijfers", reader)
def figures(request: Request, account: Account, id: str) -> Response:  # noqa: A002  the name in the address
    """What is there, and two ways to add."""
    return _page(request, account, id, {}, {})


def _page(
    request: Request,
    account: Account,
    assessment_id: str,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    imported: Imported | None = None,
    status: int = 200,
) -> Response:
    with database(request).read() as session:
        meting = own(session, account, assessment_id)
        stored = store.indicators_of(session, meting)
    return show(
        request,
        "assessment_figures.html",
        400 if wrong else status,
        account,
        meting=meting,
        area=area_in_words(meting),
        rows=list(rows(stored)),
        indicators=load_indicators(),
        levels=LEVELS,
        labels=LABELS,
        typed=typed,
        problems=wrong,
        wrong=[(name, LABELS.get(name, "De meting"), message) for name, message in wrong.items()],
        imported=imported,
        minimum=MIN_YOUTH,
    )


@router.post("/metingen/{id}/cijfers", coordinator)
def add(request: Request, account: Account, typed: Typed, id: str) -> Response:  # noqa: A002
    """One figure by hand."""
    given = {name: one(typed, name) for name in FIELDS}
    figure = read_figure(given)
    if isinstance(figure, dict):
        return _page(request, account, id, given, figure)
    if not _keep(request, account, id, [figure]):
        return _page(request, account, id, given, {"gesloten": CLOSED})
    return go(f"/metingen/{id}/cijfers")


def read_figure(given: Mapping[str, str]) -> Figure | dict[str, str]:
    """A figure, or what is wrong with each field."""
    numbers = {name: number(given[name]).value for name in ("aantal", "noemer", "aantal-regio", "noemer-regio")}
    wrong = {name: "Vul een getal in, bijvoorbeeld 1.234." for name, value in numbers.items() if value is None}
    wrong |= {name: "Dit moet meer dan nul zijn." for name in ("noemer", "noemer-regio") if numbers[name] == 0}
    year, source = year_of(given["jaar"]), given["bron"]
    wrong |= {} if year else {"jaar": "Vul een jaar in, zoals 2024."}
    wrong |= {} if given["cijfer"] in load_indicators() else {"cijfer": "Kies een cijfer."}
    wrong |= {} if given["gebied"] in set(AreaLevel) else {"gebied": "Kies waarover het aantal gaat."}
    said = "Schrijf op waar het cijfer vandaan komt." if not source else screening.objection(source)
    said = f"Gebruik hoogstens {MAX_SOURCE} tekens." if len(source) > MAX_SOURCE else said
    wrong |= {"bron": said} if said else {}
    if wrong or year is None:
        return {name: wrong[name] for name in FIELDS if name in wrong}
    return _compared(given, {name: value or 0.0 for name, value in numbers.items()}, year)


def _compared(given: Mapping[str, str], numbers: Mapping[str, float], year: int) -> Figure | dict[str, str]:
    if numbers["aantal"] > numbers["noemer"] or numbers["aantal-regio"] > numbers["noemer-regio"]:
        return {"noemer": "Het aantal is groter dan waar het uit komt. Kijk de getallen na."}
    expected = numbers["noemer"] * numbers["aantal-regio"] / numbers["noemer-regio"]
    value = IndicatorValue(given["cijfer"], numbers["aantal"], expected, AreaLevel(given["gebied"]))
    if not is_usable_figure(value):
        return {
            "aantal": f"Dit aantal is te klein. Onder de {MIN_YOUTH} bewaren en tonen wij het niet. Neem drie jaar samen, of het cijfer van de gemeente."
        }
    return Figure(value, given["bron"], year)


def _keep(request: Request, account: Account, assessment_id: str, found: Sequence[Figure]) -> bool:
    """Store the figures; False when the meting has closed."""
    try:
        with database(request).write() as session:
            meting = own(session, account, assessment_id)
            store.put_indicators(session, meting, [_stored(figure) for figure in found])
            accounts.log(session, account, "cijfers toevoegen", meting.id)
    except store.ClosedError:
        return False
    return True


def _stored(figure: Figure) -> store.StoredIndicator:
    value = figure.value
    return store.StoredIndicator(
        assessment_id="",
        indicator_id=value.indicator_id,
        observed=value.observed,
        expected=value.expected,
        level=str(value.level),
        source=figure.source[:MAX_SOURCE] or "onbekend",
        year=figure.year,
    )


@router.post("/metingen/{id}/cijfers/bestand", coordinator, files=1)
def read_in(request: Request, account: Account, typed: Typed, id: str) -> Response:  # noqa: A002
    """A table: what could be used is kept, and every line that could not is named."""
    data: bytes = request.state.files.get("bestand", b"")
    given = {"soort": one(typed, "soort"), "bron-bestand": one(typed, "bron-bestand")[:MAX_SOURCE]}
    if not data:
        return _page(request, account, id, given, {"bestand": NO_FILE})
    with database(request).read() as session:
        meting = own(session, account, id)
    municipality = get_municipality(meting.municipality)
    assert municipality  # noqa: S101  the gemeente of an account exists
    found = import_figures(data, WantedFigures(municipality, meting.area, given["soort"], given["bron-bestand"]))
    if found.figures and not _keep(request, account, id, found.figures):
        return _page(request, account, id, given, {"gesloten": CLOSED})
    return _page(request, account, id, given, {}, found, 200 if found.figures else 422)


@router.post("/metingen/{id}/cijfers/weg", coordinator)
def take_away(request: Request, account: Account, typed: Typed, id: str) -> Response:  # noqa: A002
    try:
        with database(request).write() as session:
            meting = own(session, account, id)
            store.drop_indicator(session, meting, one(typed, "cijfer")[:40])
            accounts.log(session, account, "cijfer weghalen", meting.id)
    except store.ClosedError:
        return _page(request, account, id, {}, {"gesloten": CLOSED})
    return go(f"/metingen/{id}/cijfers")

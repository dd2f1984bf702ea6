"""*Vergelijk* and *mijn lijst*: interventions next to each other, and a list to print. The list is in the address; see shortlist.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kb import NOT_FOUND, Choice, Evidence, EvidenceLevel, FactorLink, Intervention, KnowledgeBase, Outcome, per_outcome
from web import leaflet, shortlist
from web.pages import Pages
from web.render import dutch_date, dutch_number, judged, page

router = Pages()

MOST = 4
"""Interventions side by side; more do not fit on a sheet of paper."""
ADD_KEY = "erbij"
ONLY_KEY, ONLY_DIFFERENCES = "alleen", "verschillen"
DIFFERS, SAME, PARTLY_KNOWN, PROSE = "Verschilt", "Gelijk", "Niet overal bekend", ""
"""Running text is shown and never marked: two authors always write differently."""
IN_PROSE = ("Duur", "Hoe vaak", "Uitvoerder", "Niet geschikt voor", "Wat het vraagt")


@dataclass(frozen=True, slots=True)
class Value:
    """One thing in a cell."""

    text: str
    href: str | None = None
    everywhere: bool = True
    """Do all interventions of the comparison have it?"""


@dataclass(frozen=True, slots=True)
class Row:
    """One property of all interventions."""

    label: str
    cells: tuple[tuple[Value, ...], ...]
    """An empty cell: not found in the sources."""
    state: str

    @property
    def differs(self) -> bool:
        return self.state != SAME


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the page shows."""

    listed: shortlist.Shortlist
    shown: tuple[Intervention, ...]
    rows: tuple[Row, ...]
    only_differences: bool

    @property
    def too_many(self) -> tuple[Intervention, ...]:
        return self.listed.interventions[MOST:]


Read = Callable[[Intervention], Iterable[Value]]


def _labels(choices: Iterable[Choice]) -> list[Value]:
    return [Value(choice.label) for choice in choices]


def _text(text: str | None) -> list[Value]:
    return [Value(text)] if text and text != NOT_FOUND else []


def _duration(i: Intervention) -> list[Value]:
    if i.duration is None:
        return []
    months = f"ongeveer {i.duration.words}" if i.duration.words else None
    return _text(i.duration.note or months)


def _cost(i: Intervention) -> list[Value]:
    if i.cost is None:
        return []
    year = f" (prijspeil {i.cost.year})" if i.cost.year else ""
    return [Value(f"€ {dutch_number(i.cost.amount)} {i.cost.per.label}{year}")]


def _where(i: Intervention) -> list[Value]:
    return [*_labels([i.availability] if i.availability else ()), *map(Value, i.regions)]


def _elsewhere(i: Intervention) -> list[Value]:
    return [
        Value(f"{each.register_name}: ‘{each.verdict}’" + (f" ({each.year})" if each.year else ""), each.url)
        for each in i.judged_elsewhere
    ]


FIELDS: tuple[tuple[str, Read], ...] = (
    ("Soort", lambda i: _labels([i.kind])),
    ("Bedoeld bij", lambda i: _labels(i.indication.problems)),
    ("Ernst van het probleem", lambda i: [Value(f"{i.indication.severity.start} tot en met {i.indication.severity.end} van 5")]),
    ("Leeftijd", lambda i: _text(leaflet.ages(i))),
    ("Preventieniveau", lambda i: _labels(i.prevention_levels)),
    ("Vorm", lambda i: _labels(i.forms)),
    ("Karakter", lambda i: _labels([i.character])),
    ("Zwaarte", lambda i: _labels([i.intensity])),
    ("Rol in de aanpak", lambda i: _labels([i.indication.role])),
    ("Fase", lambda i: _labels(i.phases)),
    ("Plek", lambda i: _labels(i.settings)),
    ("Duur", _duration),
    ("Hoe vaak", lambda i: _text(i.frequency)),
    ("Kosten", _cost),
    ("Te krijgen of loopt in", _where),
    ("Uitvoerder", lambda i: _text(i.provider)),
    ("Partners", lambda i: map(Value, i.partners)),
)  # fmt: skip
LAST: tuple[tuple[str, Read], ...] = (
    ("Elders beoordeeld", _elsewhere),
    ("Let op", lambda i: _labels(concern.kind for concern in i.concerns)),
    ("Niet geschikt voor", lambda i: _text(i.sections.not_suitable)),
    ("Wat het vraagt", lambda i: _text(i.sections.requirements)),
    ("Hoe zeker deze bladzijde is", lambda i: _labels([i.certainty])),
    ("Laatst gecontroleerd", lambda i: [Value(dutch_date(i.checked_on))]),
)


def compare(kb: KnowledgeBase, params: shortlist.Pairs) -> Comparison:
    """The first four of the list side by side. Unknown, double and missing ids are said kindly."""
    listed = shortlist.read(kb, params)
    shown = listed.interventions[:MOST]
    only = (ONLY_KEY, ONLY_DIFFERENCES) in params and len(shown) > 1
    found = rows(kb, shown) if shown else ()
    return Comparison(listed, shown, tuple(row for row in found if row.differs or not only), only)


def rows(kb: KnowledgeBase, shown: Sequence[Intervention]) -> tuple[Row, ...]:
    """Every property that at least one of them has."""
    reads = [*FIELDS, *_evidence_fields(shown), *_factor_fields(kb), *LAST]
    found = [_row(label, [tuple(read(i)) for i in shown]) for label, read in reads]
    return tuple(row for row in found if any(row.cells))


def _evidence_fields(shown: Sequence[Intervention]) -> Iterable[tuple[str, Read]]:
    """One row for every outcome that someone judged for one of them."""
    for outcome in Outcome:
        if any(outcome in per_outcome(i) for i in shown):
            yield f"Bewijs {leaflet.about(outcome) or 'in het algemeen'}", _judgements_on(outcome)


def _judgements_on(outcome: Outcome) -> Read:
    return lambda i: [Value(_judged(entry)) for entry in per_outcome(i).get(outcome, ())]


def _judged(entry: Evidence) -> str:
    """Without the year of a study where nobody judged: that is no difference between two judgements."""
    label: str = entry.level.label
    return label if entry.level is EvidenceLevel.NOT_ASSESSED else f"{label} ({judged(entry)})"


def _factor_fields(kb: KnowledgeBase) -> Iterable[tuple[str, Read]]:
    def named(links: Iterable[FactorLink]) -> list[Value]:
        return [Value(kb.factors[link.id].name, f"/factoren/{link.id}") for link in links if link.id in kb.factors]

    yield "Werkt aan risicofactoren", lambda i: named(i.risk_factors)
    yield "Versterkt beschermende factoren", lambda i: named(i.protective_factors)


def _row(label: str, cells: Sequence[tuple[Value, ...]]) -> Row:
    """A row with what not all have marked, and whether the known cells differ."""
    known = [{value.text for value in cell} for cell in cells if cell]
    shared = set.intersection(*known) if len(known) == len(cells) else set()
    state = SAME if len(known) == len(cells) else PARTLY_KNOWN
    state = DIFFERS if any(each != known[0] for each in known) else state
    marked = (tuple(Value(v.text, v.href, v.text in shared) for v in cell) for cell in cells)
    return Row(label, tuple(marked), PROSE if label in IN_PROSE and state == DIFFERS else state)


@router.get(shortlist.COMPARE_PATH)
async def side_by_side(request: Request) -> Response:
    kb, params = request.app.state.kb, request.query_params.multi_items()
    return _added(kb, shortlist.COMPARE_PATH, params) or _show(
        request, "compare.html", comparison=compare(kb, params), most=MOST
    )


@router.get(shortlist.LIST_PATH)
async def my_list(request: Request) -> Response:
    kb, params = request.app.state.kb, request.query_params.multi_items()
    return _added(kb, shortlist.LIST_PATH, params) or _show(
        request, "my_list.html", listed=shortlist.read(kb, params), most=MOST
    )


def _added(kb: KnowledgeBase, path: str, params: shortlist.Pairs) -> Response | None:
    """To the address with what was typed to add, when that names something; what names nothing is said on the page."""
    typed = _typed(params)
    found = kb.find(typed) if typed else None
    if found is None:
        return None
    return RedirectResponse(shortlist.adding(path, shortlist.read(kb, params).ids, found.id), 303)


def _typed(params: shortlist.Pairs) -> str:
    return next((" ".join(value.split())[: shortlist.MAX_ID] for key, value in params if key == ADD_KEY), "")


def _show(request: Request, template: str, **shown: Any) -> HTMLResponse:
    kb: KnowledgeBase = request.app.state.kb
    titles = tuple(sorted((i.title for i in kb.interventions), key=str.casefold))
    typed = _typed(request.query_params.multi_items())
    return page(request, template, typed=typed, titles=titles, shortlist=shortlist, leaflet=leaflet, **shown)

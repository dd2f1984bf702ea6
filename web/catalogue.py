"""The pages one reads: home, search, bijsluiter, and what the site says about itself. Thin routes over pure views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from kb import Domain, Evidence, Facet, FacetOption, Intervention, KnowledgeBase, is_stale, review_due
from web import changes, leaflet, shortlist
from web.pages import Pages, moved, not_here
from web.render import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import HTMLResponse, Response

    from kb import Hit

router = Pages()

PAGE_SIZE = 24
ALWAYS_OPEN = ("probleem", "leeftijd")
MAX_QUERY = 200

Pairs = Sequence[tuple[str, str]]


class Card(NamedTuple):
    """One result of a search."""

    intervention: Intervention
    hit: Hit | None = None

    @property
    def why(self) -> str:
        """What it was found by, ready for 'Gevonden op ...'; empty without a question."""
        return "; ".join(self.hit.why) if self.hit else ""

    @property
    def evidence(self) -> Evidence:
        return leaflet.main_evidence(self.intervention)


class Chip(NamedTuple):
    """A choice that was made, and the address without it."""

    facet: str
    label: str
    href: str
    left: int | None = None
    """Interventions that there would be without this choice; only worked out when there are none with it."""


class FacetView(NamedTuple):
    facet: Facet
    options: tuple[FacetOption, ...]

    @property
    def chosen(self) -> int:
        return sum(option.selected for option in self.options)

    @property
    def is_open(self) -> bool:
        return bool(self.chosen) or self.facet.key in ALWAYS_OPEN

    @property
    def groups(self) -> dict[str, list[FacetOption]]:
        """Options by the heading they stand under; all under an empty one when there are no headings."""
        found: dict[str, list[FacetOption]] = {}
        for option in self.options:
            found.setdefault(option.group, []).append(option)
        return found


class Results(NamedTuple):
    """Everything the search page shows."""

    query: str
    cards: tuple[Card, ...]
    """Of this page only."""
    total: int
    chips: tuple[Chip, ...]
    facets: tuple[FacetView, ...]
    suggestion: str | None = None
    number: int = 1
    pages: int = 1
    previous: str | None = None
    """Address of the page before, where there is one."""
    next: str | None = None
    listed: tuple[str, ...] = ()
    """What is on the reader's list; it travels along in every address."""


def search(kb: KnowledgeBase, params: Pairs) -> Results:
    """Search and facets, from the pairs of an address. Unknown keys and codes are left aside."""
    query = " ".join(next((value for key, value in params if key == "q"), "").split())[:MAX_QUERY]
    chosen = _chosen(kb, params)
    selection = _grouped(chosen)
    hits = {hit.intervention_id: hit for hit in kb.search(query)} if query else {}
    pool = [i for i in map(kb.get, hits) if i] if query else kb.interventions
    found = kb.filter(selection, pool)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(_page_number(params), pages)
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    listed = shortlist.read(kb, params, shortlist.CARRIED_KEY).ids
    kept = [("q", query)] * bool(query) + [(shortlist.CARRIED_KEY, each) for each in listed]
    base = [*kept, *chosen]
    return Results(
        query=query,
        cards=tuple(Card(i, hits.get(i.id)) for i in shown),
        total=len(found),
        chips=tuple(_chips(kb, kept, chosen, None if found else pool)),
        facets=tuple(_facet_views(kb, selection, pool)),
        suggestion=None if found or not query else kb.suggest(query),
        number=number,
        pages=pages,
        previous=address([*base, ("pagina", str(number - 1))]) if number > 1 else None,
        next=address([*base, ("pagina", str(number + 1))]) if number < pages else None,
        listed=tuple(listed),
    )


def _chosen(kb: KnowledgeBase, params: Pairs) -> list[tuple[str, str]]:
    """The facet choices of an address that exist, each once."""
    options = {facet.key: facet.options for facet in kb.facets}
    return list(dict.fromkeys((key, code) for key, code in params if code in options.get(key, ())))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    selection: dict[str, list[str]] = {}
    for key, code in pairs:
        selection.setdefault(key, []).append(code)
    return selection


def _chips(kb: KnowledgeBase, kept: Pairs, chosen: Pairs, count_among: Iterable[Intervention] | None) -> Iterable[Chip]:
    facets = {facet.key: facet for facet in kb.facets}
    for pair in chosen:
        rest = [other for other in chosen if other != pair]
        facet = facets[pair[0]]
        left = None if count_among is None else len(kb.filter(_grouped(rest), count_among))
        yield Chip(facet.label, facet.options[pair[1]], address([*kept, *rest]), left)


def _facet_views(
    kb: KnowledgeBase, selection: Mapping[str, Sequence[str]], pool: Iterable[Intervention]
) -> Iterable[FacetView]:
    counted = kb.count(selection, pool)
    for facet in kb.facets:
        if counted[facet.key]:
            yield FacetView(facet, counted[facet.key])


def _page_number(params: Pairs) -> int:
    typed = next((value for key, value in params if key == "pagina"), "1")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def address(pairs: Pairs) -> str:
    """The search page with these choices."""
    return "/interventies" + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True, slots=True)
class Drawer:
    """One drawer of the cabinet."""

    domain: Domain
    count: int

    @property
    def href(self) -> str:
        return address([("leefgebied", str(self.domain))])


def drawers(kb: KnowledgeBase) -> tuple[Drawer, ...]:
    return tuple(Drawer(domain, len(kb.in_domain(domain))) for domain in Domain)


def _kb(request: Request) -> KnowledgeBase:
    found: KnowledgeBase = request.app.state.kb
    return found


@router.get("/")
async def home(request: Request) -> HTMLResponse:
    kb = _kb(request)
    return page(request, "home.html", drawers=drawers(kb), total=len(kb.interventions))


@router.get("/interventies")
async def interventions(request: Request) -> HTMLResponse:
    results = search(_kb(request), request.query_params.multi_items())
    return page(request, "catalogue.html", results=results, leaflet=leaflet, shortlist=shortlist)


@router.get("/interventies/{intervention_id}")
async def intervention(request: Request, intervention_id: str) -> Response:
    kb = _kb(request)
    found = kb.get(intervention_id)
    if found is None:
        raise not_here("Deze interventie staat niet in de kast.")
    if found.id != intervention_id:
        return moved(request, f"/interventies/{found.id}")
    companions = [other for other in map(kb.get, found.combines_with) if other]
    return page(
        request,
        "intervention.html",
        i=found,
        verdicts=leaflet.verdicts(found),
        names=leaflet.other_names(found),
        risk=leaflet.linked(kb, found.risk_factors),
        protective=leaflet.linked(kb, found.protective_factors),
        only_with=leaflet.conditions(kb, found.only_with),
        never_with=leaflet.conditions(kb, found.never_with),
        companions=companions,
        due=review_due(found),
        stale=is_stale(found, changes.today()),
        history=request.app.state.history.of(found),
        in_words=changes.in_words,
        listed=lambda: shortlist.read(kb, request.query_params.multi_items(), shortlist.CARRIED_KEY).ids,
        shortlist=shortlist,
        leaflet=leaflet,
    )


@router.get("/over")
async def about(request: Request) -> HTMLResponse:
    kb = _kb(request)
    return page(request, "about.html", kb=kb, leaflet=leaflet)


@router.get("/privacy")
async def privacy(request: Request) -> HTMLResponse:
    return page(request, "privacy.html")


@router.get("/toegankelijkheid")
async def accessibility(request: Request) -> HTMLResponse:
    return page(request, "accessibility.html", contact=request.app.state.settings.contact)


@router.get("/api")
async def api(request: Request) -> HTMLResponse:
    return page(request, "api.html")

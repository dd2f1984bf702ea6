"""*Witte vlekken*: the gap matrix as a page. What the cells hold is worked out in kb; this gives them words and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from kb import (
    Coverage,
    CoverageCell,
    CoverageRow,
    Domain,
    Facet,
    Factor,
    Ground,
    KnowledgeBase,
    Outcome,
    PreventionLevel,
)
from web.catalogue import Pairs, address
from web.pages import Pages
from web.render import page

router = Pages()

PATH = "/witte-vlekken"
FACETS = ("leeftijd", "twente")
"""Facets with which the matrix can be narrowed."""
OUTCOME_KEY = "voor"
"""The outcome whose evidence counts; without it any outcome does."""


@dataclass(frozen=True, slots=True)
class Cell:
    cell: CoverageCell
    href: str
    """The same interventions in the catalogue."""

    @property
    def words(self) -> str:
        """What the cell says of the evidence: the level itself, or that there is nothing."""
        return self.cell.best.label if self.cell.best else self.cell.ground.label


@dataclass(frozen=True, slots=True)
class Row:
    row: CoverageRow
    factors: tuple[Factor, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything the page shows."""

    coverage: Coverage
    domains: dict[Domain, list[Row]]
    gaps: tuple[Row, ...]
    """Axes one can do something about, with nothing that was shown to help."""
    facets: tuple[Facet, ...]
    chosen: frozenset[tuple[str, str]]
    outcome: Outcome | None
    query: str
    """What was chosen, as the query string that the API understands too."""


def matrix(kb: KnowledgeBase, params: Pairs) -> Matrix:
    """The matrix of an address. Unknown keys and codes are left aside."""
    facets = tuple(facet for facet in kb.facets if facet.key in FACETS)
    chosen = [
        (f.key, code) for f in facets for key, code in dict.fromkeys(params) if key == f.key and code in f.options
    ]
    asked_about = {value for key, value in params if key == OUTCOME_KEY}
    outcome = next((outcome for outcome in Outcome if outcome in asked_about), None)
    selection = {facet.key: [code for key, code in chosen if key == facet.key] for facet in facets}
    found = kb.coverage(selection, outcome)
    rows = [_row(kb, row, chosen) for row in found.rows]
    by_domain: dict[Domain, list[Row]] = {domain: [] for domain in Domain}
    for row in rows:
        by_domain[row.row.domain].append(row)
    asked = [*chosen, *([(OUTCOME_KEY, str(outcome))] if outcome else [])]
    gaps = tuple(row for row in rows if row.row.is_gap)
    return Matrix(found, by_domain, gaps, facets, frozenset(chosen), outcome, address(asked).partition("?")[2])


def _row(kb: KnowledgeBase, row: CoverageRow, chosen: Sequence[tuple[str, str]]) -> Row:
    sides = [("factor", factor_id) for factor_id in row.factors]
    cells = (Cell(c, address([*sides, ("preventieniveau", str(c.level)), *chosen])) for c in row.cells)
    return Row(row, tuple(kb.factors[factor_id] for factor_id in row.factors), tuple(cells))


@router.get(PATH)
async def gaps(request: Request) -> HTMLResponse:
    found = matrix(request.app.state.kb, request.query_params.multi_items())
    return page(
        request,
        "gaps.html",
        matrix=found,
        levels=tuple(PreventionLevel),
        grounds=tuple(Ground),
        outcomes=tuple(Outcome),
    )

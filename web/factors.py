"""The map of factors, and the page of one: what it is, how strong, how changeable, and what works on both its sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kb import GROUNDS, Certainty, Domain, EvidenceLevel, Factor, Ground, Intervention, KnowledgeBase, Strength
from web.catalogue import address
from web.pages import Pages, not_here
from web.render import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import HTMLResponse

router = Pages()

STEPS = {strength: step for step, strength in enumerate(Strength, start=1)}
"""How many of three steps a strength fills."""
CERTAINTY_WORDS: dict[Certainty, str] = {
    Certainty.HIGH: "goed onderzocht",
    Certainty.MEDIUM: "redelijk zeker",
    Certainty.LOW: "niet gemeten",
}
Listed = tuple[tuple[Ground, tuple[tuple[Intervention, str], ...]], ...]
"""Interventions by how firm the ground is, firmest first; each with the best that is known of it, where that is another word."""


_GROUND_AND_WORDS = {
    level: (ground, "" if level.label == ground.label else level.label.lower()) for level, ground in GROUNDS.items()
}


class Side(NamedTuple):
    """One factor with what works on it."""

    factor: Factor
    working: tuple[Intervention, ...]
    levels: Mapping[str, EvidenceLevel]
    """The best that is known of each."""

    @property
    def strength(self) -> str:
        """'groot verband, goed onderzocht'; a neutral starting value is no finding."""
        factor = self.factor
        if factor.strength_certainty is Certainty.LOW:
            return f"verband {CERTAINTY_WORDS[Certainty.LOW]}"
        return f"verband {factor.strength.label}, {CERTAINTY_WORDS[factor.strength_certainty]}"

    @property
    def steps(self) -> int:
        """Filled steps of three; none when nothing was measured."""
        return 0 if self.factor.strength_certainty is Certainty.LOW else STEPS[self.factor.strength]

    @property
    def href(self) -> str:
        return address([("factor", self.factor.id)])

    @property
    def by_ground(self) -> Listed:
        found: dict[Ground, list[tuple[Intervention, str]]] = {ground: [] for ground in Ground}
        for intervention in self.working:
            ground, words = _GROUND_AND_WORDS[self.levels[intervention.id]]
            found[ground].append((intervention, words))
        return tuple((ground, tuple(members)) for ground, members in found.items() if members)


@dataclass(frozen=True)
class Pair:
    """Two sides of one thing; one of them may be missing."""

    risk: Side | None
    protective: Side | None

    @property
    def sides(self) -> tuple[Side, ...]:
        return tuple(side for side in (self.risk, self.protective) if side)

    @cached_property
    def place(self) -> tuple[int, str]:
        """Strongest first, then by name."""
        return -max(side.steps for side in self.sides), self.sides[0].factor.name.casefold()


@dataclass(frozen=True, slots=True)
class Region:
    """One leefgebied on the map."""

    domain: Domain
    pairs: tuple[Pair, ...]
    interventions: int

    @property
    def both(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if len(pair.sides) > 1)

    def alone(self, *, risk: bool) -> tuple[Side, ...]:
        """Factors without another side."""
        single = [pair.sides[0] for pair in self.pairs if len(pair.sides) == 1]
        return tuple(side for side in single if side.factor.is_risk is risk)

    def count(self, *, risk: bool) -> int:
        return sum(side.factor.is_risk is risk for pair in self.pairs for side in pair.sides)


def side(kb: KnowledgeBase, factor: Factor) -> Side:
    return Side(factor, kb.working_on(factor.id), kb.best_levels)


def pair(kb: KnowledgeBase, factors: Iterable[Factor]) -> Pair:
    sides = {factor.is_risk: side(kb, factor) for factor in factors}
    return Pair(sides.get(True), sides.get(False))


def regions(kb: KnowledgeBase) -> tuple[Region, ...]:
    """All factors, each once, in pairs per leefgebied."""
    axes: dict[Domain, dict[str, list[Factor]]] = {domain: {} for domain in Domain}
    for factor in kb.factors.values():
        axes[factor.domain].setdefault(factor.axis, []).append(factor)
    return tuple(
        Region(
            domain,
            tuple(sorted((pair(kb, factors) for factors in found.values()), key=lambda each: each.place)),
            len(kb.in_domain(domain)),
        )
        for domain, found in axes.items()
    )


def buffered_by(kb: KnowledgeBase, factor: Factor) -> list[Factor]:
    """Factors that by our estimate work against this one."""
    return [other for other in kb.factors.values() if factor.id in other.buffers]


@router.get("/factoren")
async def factors(request: Request) -> HTMLResponse:
    return page(request, "factors.html", regions=regions(request.app.state.kb))


@router.get("/factoren/{factor_id}")
async def factor(request: Request, factor_id: str) -> HTMLResponse:
    kb: KnowledgeBase = request.app.state.kb
    found = kb.factors.get(factor_id)
    if found is None:
        raise not_here("Deze factor kennen wij niet.")
    others = [side(kb, other) for other in kb.factors.values() if other.axis == found.axis and other.id != found.id]
    return page(
        request,
        "factor.html",
        f=found,
        own=side(kb, found),
        others=others,
        related=[kb.factors[other] for other in found.buffers if other in kb.factors],
        buffers=buffered_by(kb, found),
    )

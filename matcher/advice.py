"""What the matcher says: priorities, flags, recommendations with their reasons, exclusions, a package. Values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kb import Factor, Intervention
from matcher.on_demand import OnDemand


class Result(StrEnum):
    """The three outcomes of an advice; only the first ranks interventions."""

    ADVICE = "advies"
    INSUFFICIENT_DATA = "onvoldoende-gegevens"
    LOW_NEED = "lage-problematiek"


class Fit(StrEnum):
    """Relative words: measured from the best in this question, never an absolute grade."""

    GOOD = "past goed"
    POSSIBLE = "kan passen"
    WEAK = "past minder goed"


@dataclass(frozen=True, slots=True)
class Axis:
    """The need on one axis (two sides of one thing are counted once)."""

    id: str
    factors: tuple[Factor, ...]
    """The scored factors on this axis."""
    need: float
    """N: 0-100, risk score or shortage of protection, weighted by confidence."""
    weight: float
    """P of scoring.md paragraph 3, 0-100: what makes an axis a priority."""
    confidence: float
    """Mean Z of the factors, 0-1."""
    trend: int
    """-2 to 2; higher is getting worse, for both sides of the axis."""


@dataclass(frozen=True, slots=True)
class Priorities:
    """The three lists beside each other, and the safety flags that stand outside every ranking."""

    act: tuple[Axis, ...]
    """Aanpakken: worth acting on and sure enough; at most five, more only when tied."""
    find_out: tuple[Axis, ...]
    """Eerst uitzoeken: high need, too little certainty."""
    background: tuple[Axis, ...]
    """Achtergrond: high need that can hardly be changed; it shapes the form of an intervention."""
    flags: tuple[Factor, ...]
    """Safety first: factors for which the screen names whom to call, whatever the ranking."""
    present: frozenset[str] = frozenset()
    """Ids of all axes with a high need, sure or not, priority or not: what shows at all."""


class Reason(NamedTuple):
    """A piece of the score with a Dutch sentence. Points are multiples of 1/8, so that sums are exact."""

    criterion: str
    points: float
    text: str
    factor_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """How an intervention works on one axis; two factors of one axis are never added up."""

    value: float
    """1 when a source says so, 0.6 when the editors estimate it."""
    factor_ids: tuple[str, ...]


@dataclass(frozen=True)
class Recommendation:
    """An intervention that passed every gate. Its reasons are worked out when asked for, and are the score."""

    intervention: Intervention
    score: float
    """Sum of the points of the reasons; higher fits better, within this advice only."""
    place: int
    """1 is best; neighbours that are nearly equal share a place."""
    steady: float
    """Share of the recalculations in which this stands among the first three, 0-1 (see stability.py)."""
    fit: Fit
    links: Mapping[str, Link]
    """Axis id to link, for every axis it works on."""
    running: bool
    """Does it run here already?"""
    priorities: Sequence[Axis] = field(compare=False, repr=False)
    """The priorities asked about, most important first."""
    judge: Callable[[], tuple[Reason, ...]] = field(compare=False, repr=False)
    """Works out the reasons."""

    @cached_property
    def covers(self) -> tuple[Axis, ...]:
        """The priorities this works on, most important first."""
        return tuple(axis for axis in self.priorities if axis.id in self.links)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """In the order of the criteria; their points add up to the score exactly."""
        return self.judge()


@dataclass(frozen=True)
class Exclusion:
    """A gate that closed: why an intervention is not in the advice."""

    intervention: Intervention
    gate: str
    explain: Callable[[], str] = field(compare=False, repr=False)
    """Works out the text."""

    @cached_property
    def text(self) -> str:
        """One sentence or two, in Dutch."""
        return self.explain()


@dataclass(frozen=True, slots=True)
class PackageMember:
    recommendation: Recommendation
    adds: tuple[Axis, ...]
    """Priorities that no earlier member covers."""
    why: str
    """What it adds, in Dutch: priorities, balance, what it goes well with."""


@dataclass(frozen=True, slots=True)
class Package:
    """The recept: a few interventions that together cover the priorities. Without members when its aim cannot be reached."""

    members: tuple[PackageMember, ...]
    uncovered: tuple[Axis, ...]
    notes: tuple[str, ...]
    """Remarks on balance, double work, money and what the package lacks."""
    name: str = "recept"
    """*recept*, or the name of an alternative: *minder geld*, *meer bewijs*."""
    why: str = ""
    """Of an alternative: one sentence on what it gives up."""


Composed = tuple[Package | None, Callable[[], tuple[Package, ...]]]
"""A recept, and what works out its alternatives."""


def nothing_composed() -> Composed:
    return None, tuple


@dataclass(frozen=True, slots=True)
class Step:
    """Something useful to do that is not an intervention from the list."""

    title: str
    text: str


@dataclass(frozen=True)
class Advice:
    result: Result
    priorities: Priorities
    steps: tuple[Step, ...]
    """What to do first or next, also when nothing is ranked."""
    not_weighed: tuple[str, ...]
    """What this advice could not take into account."""
    provisional: bool
    acute: bool
    """Severity 5: act now, choose later."""
    version: str
    """Version of the weights, thresholds and formulas."""
    recommended: OnDemand[Recommendation] = field(default_factory=OnDemand)
    """Best first; every intervention that passed the gates. The first screen shows at most five."""
    services: OnDemand[Recommendation] = field(default_factory=OnDemand)
    """Standing services and instruments that fit, apart from interventions."""
    excluded: OnDemand[Exclusion] = field(default_factory=OnDemand)
    """In order of id."""
    compose: Callable[[], Composed] = field(default=nothing_composed, compare=False, repr=False)
    """Works out the recept."""

    @cached_property
    def package(self) -> Package | None:
        """The recept, when there is something new to choose. Worked out when asked for."""
        return self._composed[0]

    @cached_property
    def alternatives(self) -> tuple[Package, ...]:
        """The package again with another aim: less money, more evidence. Worked out when asked for."""
        return self._composed[1]()

    @cached_property
    def _composed(self) -> Composed:
        return self.compose()

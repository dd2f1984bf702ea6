"""What a recept may be chosen from, and what it is after: a question and its ranking, posed as a Problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kb import Character, Form, Intensity, Intervention, Kind, KnowledgeBase, RoleInApproach
from matcher import weights as w
from matcher.advice import Recommendation
from matcher.candidate import Candidate
from matcher.choice import Problem
from matcher.criteria import evidence_key
from matcher.on_demand import OnDemand
from matcher.pool import Flags, Floats, Ints, Kinds, Pool, pool_of, sort
from matcher.question import Question
from matcher.standing import Standing

Scalar = TypeVar("Scalar", bound=np.generic)
PROOF = "bewijs"
TEAM = "hoog"
SERIOUS = 3


class Demand(NamedTuple):
    """What a balanced recept has at least one of."""

    missing: str
    only: str
    """What a member does that is the only one to meet it."""
    has: Callable[[Intervention], bool]
    asked: Callable[[Question], bool]


def _limits_asked(question: Question) -> bool:
    return (question.context.severity or 0) >= SERIOUS or question.context.balance == "gezag"


def _group_asked(question: Question) -> bool:
    return question.context.level in ("groep", "netwerk")


DEMANDS: tuple[Demand, ...] = (
    Demand(
        "iets dat helpt of voorkomt",
        "helpt of voorkomt",
        lambda i: i.character is not Character.LIMITING,
        lambda _: True,
    ),
    Demand("iets dat grenzen stelt", "stelt grenzen", lambda i: i.character is not Character.PREVENTIVE, _limits_asked),
    Demand(
        "iets dat de aanpak kan dragen",
        "kan de aanpak dragen",
        lambda i: i.indication.role is RoleInApproach.CORE,
        lambda _: True,
    ),
    Demand(
        "iets per jongere of gezin",
        "werkt per jongere of gezin",
        lambda i: bool({Form.INDIVIDUAL, Form.FAMILY} & set(i.forms)),
        _group_asked,
    ),
    Demand(
        "iets voor de groep of de buurt",
        "werkt met de groep of de buurt",
        lambda i: bool({Form.GROUP, Form.NEIGHBOURHOOD} & set(i.forms)),
        _group_asked,
    ),
)
"""The most important first, given up last."""

# --- what is on the shelf: traits that no question changes ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shelf:
    """Traits of every candidate of a knowledge base, row by row as in its pool."""

    pool: Pool
    axes: Floats
    """Candidates by axes: 1 where it works on the axis."""
    marks: Flags
    """Candidates by DEMANDS and then forms: which of them it has."""
    heavy: Flags
    cheaper: Floats
    """What *minder geld* thinks of it, in points."""
    cost: Floats
    """Known cost of one unit in euros; 0 when unknown, which is not the same as free."""
    evidence: Kinds
    combines: tuple[frozenset[int], ...]
    """Rows that a page says go well with this one, said on either page."""


_made: WeakKeyDictionary[KnowledgeBase, Shelf] = WeakKeyDictionary()


def shelf_of(kb: KnowledgeBase) -> Shelf:
    """The shelf of a knowledge base, made once."""
    if kb not in _made:
        _made[kb] = _make_shelf(pool_of(kb))
    return _made[kb]


def _make_shelf(pool: Pool) -> Shelf:
    found = [c.intervention for c in pool.candidates]
    return Shelf(
        pool=pool,
        axes=(pool.by_axis.T > 0).astype(np.float64),
        marks=np.array([_marks(i) for i in found], dtype=bool).reshape(len(found), len(DEMANDS) + len(Form)),
        heavy=np.array([i.intensity is Intensity.HEAVY for i in found], dtype=bool),
        cheaper=np.array([_cheaper(i) for i in found], dtype=np.float64),
        cost=np.array([i.cost.amount if i.cost else 0.0 for i in found], dtype=np.float64),
        evidence=sort({PROOF: evidence_key}, pool.candidates),
        combines=_combinations(found, pool.row),
    )


def _marks(intervention: Intervention) -> list[bool]:
    return [demand.has(intervention) for demand in DEMANDS] + [form in intervention.forms for form in Form]


def _cheaper(intervention: Intervention) -> float:
    points = w.CHEAPER_INTENSITY[intervention.intensity]
    points += w.CHEAPER_SERVICE if intervention.kind is Kind.SERVICE else 0.0
    points += w.CHEAPER_KNOWN if intervention.cost else 0.0
    return points


def _combinations(found: Sequence[Intervention], row: Mapping[str, int]) -> tuple[frozenset[int], ...]:
    pairs: list[set[int]] = [set() for _ in found]
    for number, intervention in enumerate(found):
        for other in intervention.combines_with:
            if other in row and row[other] != number:
                pairs[number].add(row[other])
                pairs[row[other]].add(number)
    return tuple(frozenset(rows) for rows in pairs)


# --- what may be chosen from: a question and its ranking, in arrays -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """What passed the gates for one question, best first, services after interventions."""

    question: Question
    shelf: Shelf
    found: OnDemand[Recommendation]
    rows: Ints
    """Row on the shelf of each."""
    fit: Floats
    """Points for how well each fits, by MEMBER_FIT."""
    likeness: Floats
    """Of every row of the shelf, to what runs here already, 0-1."""
    apart: Flags
    """Standing services and instruments."""
    eligible: Flags
    """Does not run here, and fits well enough."""
    affordable: Flags
    """Not known to cost more than there is."""
    money: float
    """Euros a year, or infinity. Only known costs count, each for one unit: the least it costs."""


def offer_of(kb: KnowledgeBase, ranked: Standing, services: Standing) -> Offer:
    shelf, question = shelf_of(kb), ranked.question
    rows, scores = np.concatenate([ranked.rows, services.rows]), np.concatenate([ranked.scores, services.scores])
    runs = np.zeros(len(shelf.heavy), dtype=np.bool_)
    runs[_running(shelf, question)] = True
    best = ranked.scores[0] if len(ranked) else 0.0
    money = w.BUDGET_LIMIT.get(question.context.budget or "", np.inf)
    return Offer(
        question=question,
        shelf=shelf,
        found=OnDemand(len(rows), partial(_found, ranked, services)),
        rows=rows,
        fit=w.MEMBER_FIT * (scores - best + w.MEMBER_FROM),
        likeness=_likeness(shelf, question),
        apart=np.arange(len(rows)) >= len(ranked),
        eligible=~runs[rows] & (scores >= best - w.PACKAGE_WITHIN),
        affordable=shelf.cost[rows] <= money,
        money=money,
    )


def _found(ranked: Standing, services: Standing, place: int) -> Recommendation:
    return ranked.listed[place] if place < len(ranked) else services.listed[place - len(ranked)]


def _running(shelf: Shelf, question: Question) -> list[int]:
    """Rows of what runs here already."""
    return [shelf.pool.row[i] for i in sorted(question.running) if i in shelf.pool.row]


def _likeness(shelf: Shelf, question: Question) -> Floats:
    """For every row: the largest share of axes it has in common with something that runs here in one of the same forms."""
    running = _running(shelf, question)
    if not running:
        return np.zeros(len(shelf.axes))
    forms = shelf.marks[:, len(DEMANDS) :].astype(np.float64)
    both = shelf.axes @ shelf.axes[running].T
    either = shelf.pool.breadth[:, None] + shelf.pool.breadth[running] - both
    likeness: Floats = (both / np.maximum(either, 1.0) * (forms @ forms[running].T > 0)).max(axis=1)
    return likeness


class Aim(NamedTuple):
    """What a recept is after: its size, and how it rates candidates."""

    name: str
    size: tuple[int, int]
    rates: Callable[[Offer], Floats]
    """Points for each candidate; minus infinity when it is not admitted."""
    promise: str = ""
    """What an alternative gives, to which is added what it gives up."""
    impossible: str = ""
    """What is said when it admits nothing."""


def _usual(offer: Offer) -> Floats:
    return np.where(offer.apart, -np.inf, 0.0)


def _cheaply(offer: Offer) -> Floats:
    """Also standing services; nothing heavy, nothing known to be dear."""
    dear = offer.shelf.heavy[offer.rows] | (offer.shelf.cost[offer.rows] > w.CHEAP)
    return np.where(dear, -np.inf, offer.shelf.cheaper[offer.rows])


def _proven(offer: Offer) -> Floats:
    """Only recognised evidence on the problem asked about, by its level."""
    value = offer.shelf.evidence.spread({PROOF: _recognised}, offer.question, offer.rows)[0]
    return np.where(offer.apart | (value == 0), -np.inf, w.PROVEN_POINTS * value)


def _recognised(question: Question, candidate: Candidate) -> float:
    levels = [found.level for found in candidate.verdicts if found.outcome in question.outcomes]
    return max((w.EVIDENCE_VALUE[level] for level in levels if level in w.RECOGNISED), default=0.0)


USUAL = Aim("recept", w.PACKAGE_SIZE, _usual)
CHEAPER = Aim(
    "minder geld",
    w.CHEAPER_SIZE,
    _cheaply,
    promise="Lichter en kleiner",
    impossible="Dit kan hier niet: alles wat past, is zwaar of duur.",
)
PROVEN = Aim(
    "meer bewijs",
    w.PACKAGE_SIZE,
    _proven,
    promise="Alleen met erkend bewijs voor uw probleem",
    impossible="Dit kan hier niet: geen enkele geschikte interventie heeft erkend bewijs voor uw probleem.",
)

# --- as a choice -----------------------------------------------------------------------------------------------------


def pose(offer: Offer, aim: Aim, short: bool = True) -> Problem:
    """The choice that this aim makes of an offer, from a shortlist or from everything eligible."""
    alone = offer.fit - w.DOUBLE_WORK * offer.likeness[offer.rows] + aim.rates(offer)
    places = np.flatnonzero(offer.eligible & offer.affordable & np.isfinite(alone))
    links = offer.shelf.pool.links(offer.question, offer.rows[places]).T
    weights = np.array([axis.weight for axis in offer.question.priorities.values()])
    weights = w.COVER * weights / offer.question.total_weight
    if short:
        kept = shortlist(links @ weights + alone[places], links, offer.shelf, offer.rows[places])
        places, links = places[kept], links[kept]
    rows, capacity = offer.rows[places], offer.question.context.capacity
    return Problem(
        places=places,
        links=_and_nobody(links),
        weights=weights,
        alone=_and_nobody(alone[places]),
        marks=_and_nobody(
            np.concatenate([offer.shelf.marks[rows], links >= w.ENOUGH_COVERED], axis=1).astype(np.float64)
        ),
        worth=_worth(offer.question),
        pairs=_pairs(offer.shelf, rows),
        heavy=_and_nobody(offer.shelf.heavy[rows]),
        cost=_and_nobody(offer.shelf.cost[rows]),
        size=aim.size,
        heavies=aim.size[1] if capacity == TEAM else 1,
        money=offer.money,
    )


def _and_nobody(rows: NDArray[Scalar]) -> NDArray[Scalar]:
    return np.concatenate([rows, np.zeros((1, *rows.shape[1:]), dtype=rows.dtype)])


def _worth(question: Question) -> Floats:
    """Every demand outweighs all later demands and three members together; what is not asked is worth nothing."""
    demands = [w.DEMAND * 2.0 ** (len(DEMANDS) + 1 - n) * demand.asked(question) for n, demand in enumerate(DEMANDS)]
    return np.array([*demands, *(w.FORM for _ in Form), *(w.TOUCHED for _ in question.priorities)])


def _pairs(shelf: Shelf, rows: Ints) -> Floats:
    pairs = np.zeros((len(rows) + 1, len(rows) + 1))
    number = {row: n for n, row in enumerate(rows.tolist())}
    for row, n in number.items():
        for other in shelf.combines[row]:
            if other in number:
                pairs[n, number[other]] = w.PAIR
    return pairs


def shortlist(promise: Floats, links: Floats, shelf: Shelf, rows: Ints) -> Ints:
    """The most promising alone: in all, of those that are not heavy, for each priority, and for each demand and form.

    Alone is an upper bound of what a candidate can add but for its pairs; who is left out is beaten in every one of its own groups.
    """
    order = np.argsort(-promise, kind="stable")
    light = ~shelf.heavy[rows[order]]
    groups = np.concatenate([links >= w.ENOUGH_COVERED, shelf.marks[rows]], axis=1)[order]
    kept = _first(groups, w.SHORTLIST_EACH).any(axis=1) | _first(light, w.SHORTLIST)
    kept[: w.SHORTLIST] = True
    return np.sort(order[kept])


def _first(flags: Flags, most: int) -> Flags:
    """The first so many that are true, of each column."""
    first: Flags = flags & (flags.cumsum(axis=0) <= most)
    return first

"""The recept: the best set of three to five under budget, capacity and balance; and the same with less money or more evidence.

A set S is worth, in points:

    COVER     x  share of the priorities covered, by weight; the best member counts in full, a second a quarter, a third nothing
  + TOUCHED   x  priorities covered at all
  + MEMBER_FIT x how far each member stands above MEMBER_FROM below the best (further below: minus)
  + FORM      x  ways of working in S      + PAIR x pairs that combine well      - DOUBLE_WORK x likeness to what runs here
  + DEMAND      x  (what a balanced recept has, the most important heaviest): outweighs all else, so that it acts as a demand

Never: more than five, what runs already, two heavy ones without a team, known costs above the budget. What cannot be met together is
given up in the reverse order of DEMANDS, three members first, and said in the notes. `exact.py` solves the same Problem to the optimum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kb import Character, Form, Intensity, Intervention, Kind, KnowledgeBase, RoleInApproach
from matcher import weights as w
from matcher.advice import Axis, Composed, Package, PackageMember, Recommendation, nothing_composed
from matcher.candidate import Candidate
from matcher.criteria import evidence_key
from matcher.on_demand import OnDemand
from matcher.pool import Floats, Ints, Kinds, Pool, pool_of, sort
from matcher.question import Question
from matcher.standing import Standing

Bools = NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)
PROOF = "bewijs"
TEAM = "hoog"
SERIOUS = 3
SAME = 1e-9
"""Values closer than this are equal: sums of the same numbers in another order."""


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
    marks: Bools
    """Candidates by DEMANDS and then forms: which of them it has."""
    heavy: Bools
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
    apart: Bools
    """Standing services and instruments."""
    eligible: Bools
    """Does not run here, and fits well enough."""
    affordable: Bools
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

# --- objective and constraints --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Problem:
    """A choice in arrays: the objective and the constraints, the same for every solver. The last row is nobody: all zero."""

    places: Ints
    """Place in the offer of every row but the last."""
    links: Floats
    """Rows by priorities, 0-1."""
    weights: Floats
    """Points for covering each priority in full."""
    alone: Floats
    """Points that a row brings whatever else is chosen."""
    marks: Floats
    """1 where a row has the mark."""
    worth: Floats
    """Points for having each mark at least once: demands, forms, and priorities that are covered at all."""
    pairs: Floats
    """Rows by rows: points for both."""
    heavy: Bools
    cost: Floats
    size: tuple[int, int]
    heavies: int
    """Most heavy members."""
    money: float

    @property
    def nobody(self) -> int:
        return len(self.places)

    @cached_property
    def gains(self) -> Floats:
        """Marks by rows: points for a mark that a row is the first to bring."""
        return np.ascontiguousarray((self.worth * self.marks).T)

    @cached_property
    def own(self) -> Floats:
        """Points of every row in an empty set, without those for what it covers and for being a member."""
        own: Floats = self.alone + self.gains.sum(axis=0)
        return own

    @cached_property
    def uses(self) -> Floats:
        """Rows by what is limited: a seat, room for what is heavy, and money."""
        seat = np.arange(self.nobody + 1) < self.nobody
        return np.stack([seat, self.heavy, self.cost], axis=1)

    @cached_property
    def limits(self) -> Floats:
        return np.array([[self.size[1]], [self.heavies], [self.money]])

    def value(self, chosen: Sequence[int]) -> float:
        """Points of a set of rows; minus infinity when it is not allowed."""
        size = self.size[1]
        if len(chosen) > size:
            return float("-inf")
        state = np.full((1, size), self.nobody)
        state[0, : len(chosen)] = chosen
        return float(extended(self, state)[0, self.nobody])


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


def _first(flags: Bools, most: int) -> Bools:
    """The first so many that are true, of each column."""
    first: Bools = flags & (flags.cumsum(axis=0) <= most)
    return first


def extended(problem: Problem, bases: Ints) -> Floats:
    """For sets (one a line, filled up with nobody): the points of each with each row added; minus infinity when not allowed."""
    inside = np.zeros((len(bases), problem.nobody + 1))
    inside[np.arange(len(bases))[:, None], bases] = 1
    inside[:, problem.nobody] = 0
    marked = np.minimum(inside @ problem.marks, 1)
    paired = inside @ problem.pairs
    once = inside @ problem.alone + marked @ problem.worth + (inside * paired).sum(axis=1) / 2
    used = (inside @ problem.uses)[:, :, None] + problem.uses.T
    points = _covered_by(problem, bases) + problem.own - marked @ problem.gains + paired
    points += once[:, None] + w.DEMAND * np.minimum(used[:, 0], problem.size[0])
    points[(used > problem.limits).any(axis=1) | (inside > 0)] = -np.inf
    return points


def _covered_by(problem: Problem, bases: Ints) -> Floats:
    """Points for the priorities that each set covers with each row added."""
    best = np.sort(problem.links[bases], axis=1)
    first, second = best[:, -1:], best[:, -2:-1]
    second = np.maximum(second, np.minimum(first, problem.links))
    points: Floats = (np.maximum(first, problem.links) + w.SECOND_COVER * second) @ problem.weights
    return points


# --- search ---------------------------------------------------------------------------------------------------------


def search(problem: Problem) -> tuple[int, ...]:
    """Greedy with swaps: from a few starts add what is best, then take the best single swap, addition or removal until none helps.

    Deterministic: rows stand in order of score and then id, and the first of equals is taken.
    """
    if not problem.nobody:
        return ()
    states = _different(_grown(problem, _starts(problem)))
    values = np.full(len(states), -np.inf)
    rising = np.arange(len(states))
    while rising.size:
        moved, reached = _best_moves(problem, states[rising])
        better = reached > values[rising] + SAME
        rising = rising[better]
        states[rising], values[rising] = moved[better], reached[better]
    best = states[np.flatnonzero(values >= values.max() - SAME)[0]]
    return tuple(int(row) for row in np.sort(best[best != problem.nobody]))


def _starts(problem: Problem) -> Ints:
    """Nothing, and each of the most promising alone, in the last seat."""
    fits = np.flatnonzero((problem.uses <= problem.limits.T).all(axis=1)[: problem.nobody])
    promise = problem.links[fits] @ problem.weights + problem.own[fits]
    first = fits[np.argsort(-promise, kind="stable")[: w.STARTS]]
    states = np.full((1 + len(first), problem.size[1]), problem.nobody, dtype=np.intp)
    states[1:, -1] = first
    return states


def _grown(problem: Problem, states: Ints) -> Ints:
    """Fill the seats one by one with what adds most, or with nobody."""
    for seat in range(problem.size[1] - 1):
        states[:, seat] = extended(problem, states).argmax(axis=1)
    return states


def _different(states: Ints) -> Ints:
    """Every set once, in whatever order its seats were filled."""
    first: dict[tuple[int, ...], int] = {}
    for number, state in enumerate(states.tolist()):
        first.setdefault(tuple(sorted(state)), number)
    return states[list(first.values())]


def _best_moves(problem: Problem, states: Ints) -> tuple[Ints, Floats]:
    """For each state the best that comes from giving one of its seats to another, or to nobody; and its points."""
    count, seats = states.shape
    bases = np.repeat(states[:, None], seats, axis=1)
    bases[:, np.arange(seats), np.arange(seats)] = problem.nobody
    points = extended(problem, bases.reshape(-1, seats)).reshape(count, -1)
    best = points.argmax(axis=1)
    seat, row = np.divmod(best, problem.nobody + 1)
    moved = states.copy()
    moved[np.arange(count), seat] = row
    return moved, points[np.arange(count), best]


# --- words ----------------------------------------------------------------------------------------------------------


def compose(offer: Offer) -> Composed:
    """The recept and what works out its alternatives; None and nothing when there is nothing new to choose."""
    chosen = choose(offer, USUAL)
    if not chosen:
        return nothing_composed()
    recept = _package(offer, USUAL, chosen)
    return recept, lambda: tuple(_alternative(offer, aim, recept) for aim in (CHEAPER, PROVEN))


def _alternative(offer: Offer, aim: Aim, recept: Package) -> Package:
    other = _package(offer, aim, choose(offer, aim))
    return replace(other, why=_why_other(offer.question, aim, recept, other))


def choose(offer: Offer, aim: Aim) -> tuple[Recommendation, ...]:
    """The members, best score first."""
    problem = pose(offer, aim)
    chosen = [offer.found[problem.places[row]] for row in search(problem)]
    return tuple(sorted(chosen, key=lambda r: (-r.score, r.intervention.id)))


def _package(offer: Offer, aim: Aim, chosen: Sequence[Recommendation]) -> Package:
    uncovered, members = list(offer.question.in_order), []
    for member in chosen:
        adds = tuple(axis for axis in uncovered if _covers(member, axis))
        uncovered = [axis for axis in uncovered if not _covers(member, axis)]
        members.append(PackageMember(member, adds, " ".join(_why(offer, chosen, member, adds))))
    notes = tuple(_notes(offer, aim, chosen)) if chosen else ()
    return Package(tuple(members), tuple(uncovered), notes, aim.name)


def _covers(member: Recommendation, axis: Axis) -> bool:
    return axis.id in member.links and member.links[axis.id].value >= w.ENOUGH_COVERED


def _why(offer: Offer, chosen: Sequence[Recommendation], member: Recommendation, adds: Sequence[Axis]) -> Iterator[str]:
    if adds:
        yield f"Voegt toe: {', '.join(axis.factors[0].name.lower() for axis in adds)}."
    else:
        yield f"Versterkt wat er al in zit ({member.intervention.character.label.lower()})."
    others = [r.intervention for r in chosen if r is not member]
    only = [demand.only for demand in _demands(offer.question) if _only_one(member.intervention, others, demand)]
    if only and others:
        yield f"Als enige hier: {_listed(only)}."
    row = offer.shelf.pool.row
    combines = offer.shelf.combines[row[member.intervention.id]]
    good = [r.intervention.title for r in chosen if row[r.intervention.id] in combines]
    if good:
        yield f"Gaat volgens de bladzijden goed samen met {_listed(good)}."


def _demands(question: Question) -> list[Demand]:
    return [demand for demand in DEMANDS if demand.asked(question)]


def _only_one(member: Intervention, others: Sequence[Intervention], demand: Demand) -> bool:
    return demand.has(member) and not any(map(demand.has, others))


def _meeting(chosen: Sequence[Recommendation], demand: Demand) -> list[Recommendation]:
    return [r for r in chosen if demand.has(r.intervention)]


def _listed(words: Sequence[str]) -> str:
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _notes(offer: Offer, aim: Aim, chosen: Sequence[Recommendation]) -> Iterator[str]:
    for demand in _demands(offer.question):
        if not _meeting(chosen, demand):
            yield f"In dit recept ontbreekt {demand.missing}. Zoek dat erbij, of kijk wat er al loopt."
    if len(chosen) < aim.size[0]:
        yield f"Dit recept heeft er minder dan {aim.size[0]}: meer past er hier niet bij elkaar."
    if not any(r.intervention.protective_factors for r in chosen):
        yield "Geen van deze interventies versterkt een beschermende factor. Zoek er een bij die dat wel doet."
    yield from _about_direction(offer.question, chosen)
    yield from _about_what_runs(offer, chosen)
    yield from _about_money(offer, chosen)


def _about_direction(question: Question, chosen: Sequence[Recommendation]) -> Iterator[str]:
    balance = question.context.balance
    if balance == "gezag" and all(r.intervention.character is Character.PREVENTIVE for r in chosen):
        yield "Uw bestuur wil vooral begrenzen; wat hier past, helpt vooral. Preventie met Gezag vraagt aandacht voor beide."
    if balance in ("gezag", "preventie"):
        yield "U koos één richting. Wij laten altijd een mix zien: helpen en begrenzen werken samen."


def _about_what_runs(offer: Offer, chosen: Sequence[Recommendation]) -> Iterator[str]:
    row = offer.shelf.pool.row
    alike = [r.intervention.title for r in chosen if offer.likeness[row[r.intervention.id]] >= w.DOUBLE_SAID]
    if alike:
        yield f"Lijkt op wat al loopt: {_listed(alike)}. Stem dat af, zodat er niets dubbel gebeurt."


def _about_money(offer: Offer, chosen: Sequence[Recommendation]) -> Iterator[str]:
    """Unknown is not free: it is said, and never a ground to leave something out."""
    known = [_price(r.intervention) for r in chosen if r.intervention.cost]
    if known:
        yield f"Bekende kosten: {'; '.join(known)}."
    dear = [offer.found[place].intervention.title for place in np.flatnonzero(offer.eligible & ~offer.affordable)[:3]]
    if dear:
        yield f"Niet gekozen, want het kost meer dan u heeft: {_listed(dear)}."
    if len(known) < len(chosen):
        which = f"{len(chosen) - len(known)} van de {len(chosen)}" if known else "wat hier staat"
        yield f"Van {which} zijn de kosten niet bekend. Onbekend is niet gratis: vraag ze na vóór u kiest."


def _price(intervention: Intervention) -> str:
    return f"{intervention.title} ({intervention.cost.words})" if intervention.cost else intervention.title


def _why_other(question: Question, aim: Aim, recept: Package, other: Package) -> str:
    """One sentence: what this alternative gives up next to the recept."""
    if not other.members:
        return aim.impossible
    return f"{aim.promise}; {_given_up(question, recept, other)}."


def _given_up(question: Question, recept: Package, other: Package) -> str:
    ours, theirs = _chosen(recept), _chosen(other)
    if ours == theirs:
        return "het is hetzelfde als het recept, dus u geeft niets op"
    lost = [axis.factors[0].name.lower() for axis in other.uncovered if axis not in recept.uncovered]
    if lost:
        return f"niemand werkt dan aan {_listed(lost)}"
    missing = [x.missing for x in _demands(question) if _meeting(ours, x) and not _meeting(theirs, x)]
    if missing:
        return f"dan ontbreekt {_listed(missing)}"
    if len(theirs) < len(ours):
        return f"u doet {len(theirs)} dingen in plaats van {len(ours)}, dus minder steun voor elkaar"
    if _mean_score(theirs) < _mean_score(ours):
        return "de leden passen gemiddeld minder goed bij uw vraag"
    return "de leden vullen elkaar minder goed aan"


def _chosen(package: Package) -> list[Recommendation]:
    return [member.recommendation for member in package.members]


def _mean_score(chosen: Sequence[Recommendation]) -> float:
    return sum(r.score for r in chosen) / len(chosen)

"""All candidates at once: every criterion and gate judged once per kind of candidate, then spread over the collection.

A criterion reads only a few fields of a candidate (its key). Candidates with the same key get the same points, so one of them is
judged for all; coverage, which differs for nearly every candidate, is a product of matrices. The reasons stay the only definition:
a test holds these sums against them. Knows no profile.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kb import Intervention, Kind, KnowledgeBase, ProblemKind, RoleInApproach
from matcher import weights as w
from matcher.candidate import Candidate, axes_of, candidate
from matcher.criteria import CRITERIA, Criterion
from matcher.gates import GATES, helps_with_lvb, made_for_one, needs_title
from matcher.question import Question

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
Rows = Ints | slice
Judge = Callable[[Question, Candidate], Any]
ALL = slice(None)
PROBLEM = "probleem"
LEVEL = "niveau"
COVERAGE = "dekking"
AGE = "leeftijd"
TAILORED = "op-maat"
OTHER_PROBLEM = "ander-probleem"
NO_MATCH = "past-niet"
LEFT_OUT = "weggelaten"


@dataclass(frozen=True, slots=True)
class Kinds:
    """Candidates by kind, for several judges at once: a kind is what one judge sees no difference between."""

    line: Mapping[str, int]
    """Name of a judge to its line of `kind`."""
    kind: Ints
    """Judges by candidates: the kind of each candidate to each judge."""
    examples: Mapping[str, Sequence[Candidate]]
    """By judge: of each of its kinds one candidate, in order of the numbers of the kinds."""

    def kinds_of(self, row: int) -> dict[str, int]:
        """Name of a judge to the kind that it takes a candidate for."""
        return dict(zip(self.line, self.kind[:, row].tolist(), strict=True))

    def spread(
        self, judges: Mapping[str, Judge], question: Question, rows: Rows = ALL, number: Callable[[Any], float] = float
    ) -> Floats:
        """Judges by candidates: what each judge says of one of each kind that is among these, as a number, for each of them."""
        kind = self.kind[:, rows]
        present = np.zeros(sum(map(len, self.examples.values())), dtype=np.bool_)
        present[kind] = True
        here = iter(present.tolist())  # each judge takes from it as many as it has kinds
        judged = ((judges[name], compress(examples, here)) for name, examples in self.examples.items())
        said = np.zeros(len(present))
        said[present] = [number(judge(question, found)) for judge, examples in judged for found in examples]
        return said[kind]


@dataclass(frozen=True, slots=True)
class Pool:
    candidates: tuple[Candidate, ...]
    row: Mapping[str, int]
    """Id to place among the candidates."""
    by_axis: Floats
    """Axes by candidates: how well each works on each axis, 0-1."""
    axes: Mapping[str, int]
    """Axis id to row of `by_axis`."""
    breadth: Ints
    """Number of axes that each works on."""
    criteria: Kinds
    gates: Kinds
    serves: Mapping[int, Flags]
    """Year of youth to whom it is for, without who names no age."""
    span: Ints
    """Number of years that each is for; 0 when it names none."""
    meant_for: Mapping[ProblemKind, Flags]
    made_for_one: Flags
    """Made for one problem, while it is not there for everyone."""
    about: Mapping[ProblemKind, Flags]
    """Of who is made for one problem: is it that one, or any other of its problems?"""
    titled: Flags
    """Measures that need a sentence or another legal title."""
    for_lvb: Flags
    """Help that is about a mild intellectual disability itself."""
    apart: Flags
    """Standing services and instruments that are not the core of an approach."""
    unpriced: Flags
    """Of these no cost is known."""

    def links(self, question: Question, rows: Rows = ALL) -> Floats:
        """Priorities, most important first, by candidates: how well each works on each, 0-1."""
        return self.by_axis[[self.axes[axis] for axis in question.priorities]][:, rows]


_made: WeakKeyDictionary[KnowledgeBase, Pool] = WeakKeyDictionary()


def pool_of(kb: KnowledgeBase) -> Pool:
    """The pool of a knowledge base, made once."""
    if kb not in _made:
        axis_of = axes_of(kb.factors)
        made = tuple(candidate(intervention, axis_of) for intervention in sorted(kb.interventions, key=lambda i: i.id))
        _made[kb] = make_pool(made, sorted(set(axis_of.values())))
    return _made[kb]


def make_pool(candidates: tuple[Candidate, ...], axes: Sequence[str]) -> Pool:
    """Candidates in order of id, so that a stable sort breaks ties by id."""
    numbers = {axis: number for number, axis in enumerate(axes)}
    found = [candidate.intervention for candidate in candidates]
    spans = [candidate.ages or frozenset() for candidate in candidates]
    by_axis = np.zeros((len(axes), len(candidates)))
    for row, one in enumerate(candidates):
        for axis, link in one.links.items():
            by_axis[numbers[axis], row] = link.value
    return Pool(
        candidates=candidates,
        row={i.id: row for row, i in enumerate(found)},
        by_axis=by_axis,
        axes=numbers,
        breadth=np.count_nonzero(by_axis, axis=0),
        criteria=sort({name: c.key for name, c in CRITERIA.items() if c.key}, candidates),
        gates=sort({name: g.key for name, g in GATES.items() if g.key}, candidates),
        serves={year: _flags(year in ages for ages in spans) for year in frozenset().union(*spans)},
        span=np.array([len(ages) for ages in spans], dtype=np.intp),
        meant_for={p: _flags(p in i.indication.problems for i in found) for p in ProblemKind},
        made_for_one=_flags(made_for_one(i) for i in found),
        about={p: _flags(p in (i.indication.main_problem, *i.indication.problems) for i in found) for p in ProblemKind},
        titled=_flags(needs_title(c) for c in candidates),
        for_lvb=_flags(helps_with_lvb(c) for c in candidates),
        apart=_flags(stands_apart(i) for i in found),
        unpriced=_flags(i.cost is None for i in found),
    )


def _flags(said: Iterable[bool]) -> Flags:
    return np.fromiter(said, dtype=np.bool_)


def sort(keys: Mapping[str, Callable[[Candidate], Hashable]], candidates: Sequence[Candidate]) -> Kinds:
    """By judge what it reads of a candidate."""
    numbers: dict[Hashable, int] = {}
    examples: dict[str, list[Candidate]] = {name: [] for name in keys}
    kind = np.empty((len(keys), len(candidates)), dtype=np.intp)
    for line, (name, key) in enumerate(keys.items()):
        for row, found in enumerate(candidates):
            count = len(numbers)
            kind[line, row] = number = numbers.setdefault((name, key(found)), count)
            if number == count:
                examples[name].append(found)
    return Kinds({name: line for line, name in enumerate(keys)}, kind, examples)


def stands_apart(intervention: Intervention) -> bool:
    """Services and instruments have a list of their own, unless they are the core of an approach."""
    return (
        intervention.kind in (Kind.SERVICE, Kind.INSTRUMENT) and intervention.indication.role is not RoleInApproach.CORE
    )


def closed_gates(pool: Pool, question: Question) -> Ints:
    """For every candidate the number of the first gate that closes, or -1 when all stay open."""
    judged = pool.gates.spread({name: gate.close for name, gate in GATES.items()}, question, number=bool)
    shut = np.zeros((len(GATES), len(pool.candidates)), dtype=np.bool_)
    shut[[name in pool.gates.line for name in GATES]] = judged
    links = pool.links(question)
    shut[_place(GATES, AGE)] = _of_another_age(pool, question)
    shut[_place(GATES, OTHER_PROBLEM)] = _for_other_problem(pool, question, links)
    shut[_place(GATES, NO_MATCH)] = _without_match(pool, question, links)
    shut[_place(GATES, LEFT_OUT), [pool.row[i] for i in question.left_out if i in pool.row]] = True
    closed: Ints = np.where(shut.any(axis=0), shut.argmax(axis=0), -1)
    return closed


def _of_another_age(pool: Pool, question: Question) -> Flags:
    """The gate of ages: too few years in common."""
    shared = np.zeros(len(pool.candidates), dtype=np.intp)
    for year in question.ages & pool.serves.keys():
        shared += pool.serves[year]
    narrowest = np.minimum(pool.span, len(question.ages))
    shut: Flags = shared < np.maximum(w.LEAST_AGE_OVERLAP * narrowest, np.minimum(w.LEAST_SHARED_YEARS, narrowest))
    return shut


def _for_other_problem(pool: Pool, question: Question, links: Floats) -> Flags:
    """The gate before the last: made for a problem that was not named and does not show, and too few priorities by a source."""
    if not question.problems:
        return np.zeros(len(pool.candidates), dtype=np.bool_)
    known = _any(pool.about, (*question.problems, *question.shown_problems))
    grounds = np.count_nonzero(links == 1.0, axis=0)
    shut: Flags = pool.made_for_one & ~known & (grounds < w.OTHER_PROBLEM_GROUNDS)
    return shut & ~pool.for_lvb if question.lvb else shut


def _without_match(pool: Pool, question: Question, links: Floats) -> Flags:
    """The last gate: no priority, and no problem that was named or a title that needs a priority."""
    shut: Flags = ~links.any(axis=0) & (~_any(pool.meant_for, question.problems) | pool.titled)
    return shut & ~pool.for_lvb if question.lvb else shut


def _any(flags: Mapping[ProblemKind, Flags], problems: Iterable[ProblemKind]) -> Flags:
    """Is one of these true, for at least one of the problems?"""
    found = np.zeros_like(flags[ProblemKind.UNCLEAR])
    for problem in problems:
        found |= flags[problem]
    return found


def points_by_criterion(pool: Pool, question: Question, rows: Rows = ALL) -> Floats:
    """Candidates by criteria (in the order of CRITERIA): the points that each criterion gives, concerns included."""
    return points_for(question, worth_by_criterion(pool, question, rows))


def points_for(question: Question, worth: Floats) -> Floats:
    """The points for what worth_by_criterion found."""
    most = [1.0 if criterion.further else question.weights[name] for name, criterion in CRITERIA.items()]
    return _rounded(np.array(most)[:, None] * worth).T


def worth_by_criterion(pool: Pool, question: Question, rows: Rows = ALL) -> Floats:
    """Criteria by candidates: the value that each gives, 0-1; or its points, when there is more to them than a share of the most."""
    judged = pool.criteria.spread({name: _worth(criterion) for name, criterion in CRITERIA.items()}, question, rows)
    worth = np.empty((len(CRITERIA), judged.shape[1]))
    worth[[name in pool.criteria.line for name in CRITERIA]] = judged
    worth[_place(CRITERIA, COVERAGE)] = coverage_points(pool, question, rows)
    worth[_place(CRITERIA, TAILORED)] = _tailored(pool, question, rows, judged)
    return worth


def _worth(criterion: Criterion) -> Judge:
    return criterion.points if criterion.further or not criterion.value else criterion.value


def _tailored(pool: Pool, question: Question, rows: Rows, judged: Floats) -> Floats:
    """Being made to measure is what problem and level come to together."""
    if not question.knows_level:
        return np.zeros(judged.shape[1])
    fit: Floats = judged[pool.criteria.line[PROBLEM]] * judged[pool.criteria.line[LEVEL]]
    return fit * _any(pool.meant_for, question.problems)[rows]


def _place(table: Mapping[str, object], name: str) -> int:
    return list(table).index(name)


def coverage_points(pool: Pool, question: Question, rows: Rows = ALL) -> Floats:
    """The coverage criterion for all candidates: the same parts, rounded in the same way, as its reasons."""
    links = pool.links(question, rows)
    weights = np.array([axis.weight for axis in question.in_order])
    parts = (1 - w.FOCUS_SHARE) * weights[:, None] * links / question.total_weight
    focused = w.FOCUS_SHARE * focus(pool, links, rows)
    most = question.weights[COVERAGE]
    points: Floats = _rounded(most * parts).sum(axis=0) + _rounded(most * focused)
    return points


def focus(pool: Pool, links: Floats, rows: Rows = ALL) -> Floats:
    """Share of the axes of each candidate that is a priority, 0-1; `links` are those to the priorities."""
    shares: Floats = np.count_nonzero(links, axis=0) / np.maximum(pool.breadth[rows], 1)
    return shares


def _rounded(points: Floats) -> Floats:
    """To the nearest multiple of POINT, as `criteria.share` does."""
    rounded: Floats = np.rint(points / w.POINT) * w.POINT
    return rounded

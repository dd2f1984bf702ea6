"""All candidates at once: every criterion and gate judged once per kind of candidate, then spread over the collection.

A criterion reads only a few fields of a candidate (its key). Candidates with the same key get the same points, so one of them is
judged for all; coverage, which differs for nearly every candidate, is a product of matrices. The reasons stay the only definition:
a test holds these sums against them. Knows no profile.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kb import Intervention, Kind, KnowledgeBase, ProblemKind, RoleInApproach
from matcher import weights as w
from matcher.candidate import Candidate, axes_of, candidate
from matcher.criteria import CRITERIA
from matcher.gates import GATES, needs_title
from matcher.question import Question

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
Rows = Ints | slice
ALL = slice(None)
PROBLEM = "probleem"
LEVEL = "niveau"
COVERAGE = "dekking"
TAILORED = "op-maat"
NO_MATCH = "past-niet"
LEFT_OUT = "weggelaten"
WHOLE = (COVERAGE, TAILORED, NO_MATCH, LEFT_OUT)
"""Worked out for all candidates at once, because nearly every candidate has a key of its own."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Candidates grouped by a key: the group of each, and one of every group to judge."""

    group: Ints
    examples: tuple[Candidate, ...]

    def spread(self, judge: Callable[[Candidate], float], rows: Rows = ALL) -> Floats:
        """What `judge` says of one of each group that is among these candidates, for each of them."""
        group = self.group[rows]
        present = np.zeros(len(self.examples), dtype=np.bool_)
        present[group] = True
        judged = np.zeros(len(self.examples))
        judged[present] = [judge(self.examples[number]) for number in np.flatnonzero(present).tolist()]
        return judged[group]


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
    criteria: Mapping[str, Sorted]
    gates: Mapping[str, Sorted]
    meant_for: Mapping[ProblemKind, Flags]
    titled: Flags
    """Measures that need a sentence or another legal title."""
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
    by_axis = np.zeros((len(axes), len(candidates)))
    for row, found in enumerate(candidates):
        for axis, link in found.links.items():
            by_axis[numbers[axis], row] = link.value
    return Pool(
        candidates=candidates,
        row={found.intervention.id: row for row, found in enumerate(candidates)},
        by_axis=by_axis,
        axes=numbers,
        breadth=np.count_nonzero(by_axis, axis=0),
        criteria={name: _sorted(candidates, c.key) for name, c in CRITERIA.items() if name not in WHOLE},
        gates={name: _sorted(candidates, g.key) for name, g in GATES.items() if name not in WHOLE},
        meant_for={
            p: np.array([p in c.intervention.indication.problems for c in candidates], dtype=np.bool_)
            for p in ProblemKind
        },
        titled=np.array([needs_title(c) for c in candidates], dtype=np.bool_),
        apart=np.array([stands_apart(c.intervention) for c in candidates], dtype=np.bool_),
        unpriced=np.array([c.intervention.cost is None for c in candidates], dtype=np.bool_),
    )


def _sorted(candidates: Sequence[Candidate], key: Callable[[Candidate], Hashable]) -> Sorted:
    numbers: dict[Hashable, int] = {}
    examples: list[Candidate] = []
    group = np.empty(len(candidates), dtype=np.intp)
    for row, found in enumerate(candidates):
        number = numbers.setdefault(key(found), len(numbers))
        if number == len(examples):
            examples.append(found)
        group[row] = number
    return Sorted(group, tuple(examples))


def stands_apart(intervention: Intervention) -> bool:
    """Services and instruments have a list of their own, unless they are the core of an approach."""
    return (
        intervention.kind in (Kind.SERVICE, Kind.INSTRUMENT) and intervention.indication.role is not RoleInApproach.CORE
    )


def closed_gates(pool: Pool, question: Question) -> Ints:
    """For every candidate the number of the first gate that closes, or -1 when all stay open."""
    names = list(GATES)
    closed = np.full(len(pool.candidates), -1, dtype=np.intp)
    for number in reversed(range(len(names))):
        closed[_shut(pool, question, names[number])] = number
    return closed


def _shut(pool: Pool, question: Question, name: str) -> Flags | Sequence[int]:
    """Where this gate closes: a flag for every candidate, or their rows."""
    if name == NO_MATCH:
        return _without_match(pool, question)
    if name == LEFT_OUT:
        return [pool.row[i] for i in question.left_out if i in pool.row]
    return pool.gates[name].spread(lambda c: GATES[name].close(question, c) is not None).astype(np.bool_)


def _without_match(pool: Pool, question: Question) -> Flags:
    """The last gate for all candidates: no priority, and no problem that was named or a title that needs a priority."""
    shut: Flags = ~pool.links(question).any(axis=0) & (~_named(pool, question) | pool.titled)
    return shut


def _named(pool: Pool, question: Question, rows: Rows = ALL) -> Flags:
    """Is it meant for a problem that was named?"""
    named = np.zeros(len(pool.candidates), dtype=np.bool_)
    for problem in question.problems:
        named |= pool.meant_for[problem]
    return named[rows]


def points_by_criterion(pool: Pool, question: Question, rows: Rows = ALL) -> Floats:
    """Candidates by criteria (in the order of CRITERIA): the points that each criterion gives, concerns included."""
    values = _values(pool, question, rows)
    given = [
        coverage_points(pool, question, rows)
        if name == COVERAGE
        else _rounded(question, name, values[name])
        if name in values
        else pool.criteria[name].spread(partial(criterion.points, question), rows)
        for name, criterion in CRITERIA.items()
    ]
    return np.stack(given).T


def _values(pool: Pool, question: Question, rows: Rows) -> dict[str, Floats]:
    """0-1, of every criterion that has one; being made to measure is what problem and level come to together."""
    values = {
        name: pool.criteria[name].spread(partial(criterion.value, question), rows)
        for name, criterion in CRITERIA.items()
        if criterion.value
    }
    fit = values[PROBLEM] * values[LEVEL] if question.knows_level else np.zeros_like(values[PROBLEM])
    return {**values, TAILORED: np.where(_named(pool, question, rows), fit, 0.0)}


def coverage_points(pool: Pool, question: Question, rows: Rows = ALL) -> Floats:
    """The coverage criterion for all candidates: the same parts, rounded in the same way, as its reasons."""
    links = pool.links(question, rows)
    weights = np.array([axis.weight for axis in question.in_order])
    parts = (1 - w.FOCUS_SHARE) * weights[:, None] * links / question.total_weight
    focused = _rounded(question, COVERAGE, w.FOCUS_SHARE * focus(pool, links, rows))
    points: Floats = _rounded(question, COVERAGE, parts).sum(axis=0) + focused
    return points


def focus(pool: Pool, links: Floats, rows: Rows = ALL) -> Floats:
    """Share of the axes of each candidate that is a priority, 0-1; `links` are those to the priorities."""
    shares: Floats = np.count_nonzero(links, axis=0) / np.maximum(pool.breadth[rows], 1)
    return shares


def _rounded(question: Question, criterion: str, values: Floats) -> Floats:
    result: Floats = np.rint(question.weights[criterion] * values / w.POINT) * w.POINT
    return result

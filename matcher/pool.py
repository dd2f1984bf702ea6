"""All candidates at once: every criterion and gate judged once per kind of candidate, then spread over the collection.

A criterion reads only a few fields of a candidate (its key). Candidates with the same key get the same points, so one of them is
judged for all; coverage, which differs for nearly every candidate, is a product of matrices. The reasons stay the only definition:
a test holds these sums against them. Knows no profile.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kb import Intervention, Kind, KnowledgeBase, RoleInApproach
from matcher import weights as w
from matcher.candidate import Candidate, axes_of, candidate
from matcher.criteria import CRITERIA, known_level_value, named_value
from matcher.gates import GATES, needs_title
from matcher.question import Question

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
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

    def spread(self, judge: Callable[[Candidate], float]) -> Floats:
        """What `judge` says of one of each group, for every candidate."""
        judged: Floats = np.array([judge(example) for example in self.examples], dtype=np.float64)
        return judged[self.group]


@dataclass(frozen=True, slots=True)
class Pool:
    candidates: tuple[Candidate, ...]
    links: Floats
    """Candidates by axes: how well each works on each axis, 0-1."""
    axes: dict[str, int]
    """Axis id to column of `links`."""
    criteria: dict[str, Sorted]
    gates: dict[str, Sorted]
    titled: Flags
    """Measures that need a sentence or another legal title."""
    apart: Flags
    """Standing services and instruments that are not the core of an approach."""

    def columns(self, question: Question) -> Floats:
        """Links to the priorities of a question, most important first."""
        return self.links[:, [self.axes[axis] for axis in question.priorities if axis in self.axes]]


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
    column = {axis: number for number, axis in enumerate(axes)}
    links = np.zeros((len(candidates), len(axes)))
    for row, found in enumerate(candidates):
        for axis, link in found.links.items():
            links[row, column[axis]] = link.value
    return Pool(
        candidates=candidates,
        links=links,
        axes=column,
        criteria={name: _sorted(candidates, c.key) for name, c in CRITERIA.items() if name not in WHOLE},
        gates={name: _sorted(candidates, g.key) for name, g in GATES.items() if name not in WHOLE},
        titled=np.array([needs_title(c) for c in candidates], dtype=np.bool_),
        apart=np.array([stands_apart(c.intervention) for c in candidates], dtype=bool),
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


def _shut(pool: Pool, question: Question, name: str) -> Flags:
    if name == NO_MATCH:
        return _without_match(pool, question)
    if name == LEFT_OUT:
        return np.array([c.intervention.id in question.left_out for c in pool.candidates], dtype=np.bool_)
    return pool.gates[name].spread(lambda c: GATES[name].close(question, c) is not None).astype(np.bool_)


def _without_match(pool: Pool, question: Question) -> Flags:
    """The last gate for all candidates: no priority, and no problem that was named or a title that needs a priority."""
    idle: Flags = np.count_nonzero(pool.columns(question), axis=1) == 0
    strange = pool.criteria["probleem"].spread(lambda c: not question.names_problem_of(c.intervention)) > 0
    shut: Flags = idle & (strange | pool.titled)
    return shut


def points_by_criterion(pool: Pool, question: Question) -> Floats:
    """Candidates by criteria (in the order of CRITERIA): the points that each criterion gives, concerns included."""
    return np.stack([_points(pool, question, name) for name in CRITERIA], axis=1)


def _points(pool: Pool, question: Question, name: str) -> Floats:
    if name == COVERAGE:
        return coverage_points(pool, question)
    if name == TAILORED:
        fit = pool.criteria["probleem"].spread(lambda c: named_value(question, c))
        return _rounded(
            question, TAILORED, fit * pool.criteria["niveau"].spread(lambda c: known_level_value(question, c))
        )
    return pool.criteria[name].spread(lambda c: sum(reason.points for reason in CRITERIA[name].judge(question, c)))


def coverage_points(pool: Pool, question: Question) -> Floats:
    """The coverage criterion for all candidates: the same parts, rounded in the same way, as its reasons."""
    links = pool.columns(question)
    weights = np.array([axis.weight for axis in question.priorities.values()])
    parts = (1 - w.FOCUS_SHARE) * weights * links / question.total_weight
    points: Floats = _rounded(question, COVERAGE, parts).sum(axis=1) + _rounded(
        question, COVERAGE, w.FOCUS_SHARE * focus(pool, question)
    )
    return points


def focus(pool: Pool, question: Question) -> Floats:
    """Share of the axes of each candidate that is a priority, 0-1."""
    own = np.count_nonzero(pool.links, axis=1)
    shares: Floats = np.count_nonzero(pool.columns(question), axis=1) / np.maximum(own, 1)
    return shares


def _rounded(question: Question, criterion: str, values: Floats) -> Floats:
    result: Floats = np.rint(question.weights[criterion] * values / w.POINT) * w.POINT
    return result

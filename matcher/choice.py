"""The best choice of a few rows: an objective, constraints, and a search. Arrays only; knows no interventions and no words.

A set S is worth, in points:

    COVER     x  share of the priorities covered, by weight; the best member counts in full, a second a quarter, a third nothing
  + TOUCHED   x  priorities covered at all
  + MEMBER_FIT x how far each member stands above MEMBER_FROM below the best (further below: minus)
  + FORM      x  ways of working in S      + PAIR x pairs that combine well      - DOUBLE_WORK x likeness to what runs here
  + DEMAND      x  (what a balanced recept has, the most important heaviest): outweighs all else, so that it acts as a demand

Never: more than there are seats, more heavy ones than there is room for, known costs above the money there is.
`exact.py` solves the same Problem to the optimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher import weights as w
from matcher.pool import Flags, Floats, Ints

SAME = 1e-9
"""Values closer than this are equal: sums of the same numbers in another order."""


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
    heavy: Flags
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
    fits = np.flatnonzero((problem.uses[: problem.nobody] <= problem.limits.T).all(axis=1))
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

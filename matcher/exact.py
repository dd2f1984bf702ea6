"""The recept solved to the optimum, as a mixed-integer programme with HiGHS: how far is the quick search from the best? Not on the request path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from kb import KnowledgeBase
from matcher import weights as w
from matcher.advice import Result
from matcher.choice import Problem, search
from matcher.evaluate import Case
from matcher.offer import CHEAPER, DEMANDS, PROVEN, USUAL, Aim, offer_of, pose
from matcher.pool import pool_of
from matcher.priorities import prioritise
from matcher.question import ask
from matcher.ranking import rank, recommend

AIMS = (USUAL, CHEAPER, PROVEN)


class Gap(NamedTuple):
    """How much better the optimum over everything eligible is than what was found."""

    case: str
    aim: str
    points: float
    share: float
    """Of the points of the optimum without its demands, 0-1."""
    chosen_from: int
    """Number of eligible candidates."""


def gaps(kb: KnowledgeBase, cases: Iterable[Case], aims: Sequence[Aim] = AIMS) -> list[Gap]:
    """For every case that gets an advice, and every aim that can be reached."""
    return [gap for case in cases for gap in _gaps(kb, case, aims)]


def _gaps(kb: KnowledgeBase, case: Case, aims: Sequence[Aim]) -> Iterable[Gap]:
    if recommend(kb, case.profile, case.context).result is not Result.ADVICE:
        return
    question = ask(case.context, prioritise(kb.factors, case.profile))
    ranked = rank(question, pool_of(kb), case.profile)
    offer = offer_of(kb, ranked.recommended, ranked.services)
    for aim in aims:
        whole, short = pose(offer, aim, short=False), pose(offer, aim)
        if whole.nobody:
            row = {int(place): number for number, place in enumerate(whole.places)}
            found = [row[int(short.places[chosen])] for chosen in search(short)]
            yield gap(case.id, aim.name, whole, found)


def gap(case: str, aim: str, problem: Problem, found: Sequence[int]) -> Gap:
    best = solve(problem)
    points = problem.value(best) - problem.value(found)
    return Gap(case, aim, points, points / max(plain_value(problem, best), 1.0), problem.nobody)


def plain_value(problem: Problem, chosen: Sequence[int]) -> float:
    """Points without what the demands and the least number of members are worth."""
    demands = problem.marks[list(chosen), : len(DEMANDS)].max(axis=0, initial=0.0) @ problem.worth[: len(DEMANDS)]
    return float(problem.value(chosen) - demands - w.DEMAND * min(len(chosen), problem.size[0]))


# --- the programme --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Programme:
    """A linear programme in the making: variables with their points, and rows of coefficients with an upper bound."""

    gain: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    """Row, variable, coefficient."""
    bounds: list[float] = field(default_factory=list)

    def variable(self, gain: float, whole: bool = False, most: float = 1.0) -> int:
        """From 0 to `most`; its number."""
        self.gain.append(gain)
        self.whole.append(int(whole))
        self.most.append(most)
        return len(self.gain) - 1

    def at_most(self, bound: float, terms: Iterable[tuple[int, float]]) -> None:
        """Sum of coefficient x variable <= bound."""
        self.entries += [(len(self.bounds), variable, coefficient) for variable, coefficient in terms]
        self.bounds.append(bound)

    def maximise(self) -> list[float]:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        rows, columns, values = zip(*self.entries, strict=True)
        matrix = coo_array((values, (rows, columns)), shape=(len(self.bounds), len(self.gain))).tocsr()
        solved = milp(
            -np.array(self.gain),
            integrality=np.array(self.whole),
            bounds=Bounds(0.0, np.array(self.most)),
            constraints=LinearConstraint(matrix, ub=np.array(self.bounds)),
            options={"mip_rel_gap": 0.0},
        )
        if not solved.success:
            raise RuntimeError(solved.message)
        return [float(value) for value in solved.x]


def solve(problem: Problem) -> tuple[int, ...]:
    """The best set of rows there is: the objective and constraints of package.py, word for word."""
    programme = Programme()
    members = [programme.variable(float(points), whole=True) for points in problem.alone[: problem.nobody]]
    _add_cover(programme, problem, members)
    _add_marks(programme, problem, members)
    _add_pairs(programme, problem, members)
    _add_limits(programme, problem, members)
    solution = programme.maximise()
    return tuple(member for member in members if solution[member] > 1 / 2)


def _add_cover(programme: Programme, problem: Problem, members: Sequence[int]) -> None:
    """Each priority has a first and a second seat; a member takes at most one of them. The larger link gains most in the first."""
    for column, weight in enumerate(problem.weights):
        links = [(m, float(weight * problem.links[m, column])) for m in members if problem.links[m, column] > 0]
        first = [programme.variable(gain) for _, gain in links]
        second = [programme.variable(gain * w.SECOND_COVER) for _, gain in links]
        for seats in (first, second):
            programme.at_most(1.0, ((seat, 1.0) for seat in seats))
        for (member, _), one, other in zip(links, first, second, strict=True):
            programme.at_most(0.0, [(one, 1.0), (other, 1.0), (member, -1.0)])


def _add_marks(programme: Programme, problem: Problem, members: Sequence[int]) -> None:
    """A mark is there when somebody has it; so is each of the least number of members."""
    for column, worth in enumerate(problem.worth):
        there = programme.variable(float(worth))
        programme.at_most(0.0, [(there, 1.0), *((m, -1.0) for m in members if problem.marks[m, column] > 0)])
    least = programme.variable(w.DEMAND, most=float(problem.size[0]))
    programme.at_most(0.0, [(least, 1.0), *((m, -1.0) for m in members)])


def _add_pairs(programme: Programme, problem: Problem, members: Sequence[int]) -> None:
    for one, other in zip(*np.nonzero(np.triu(problem.pairs)), strict=True):
        both = programme.variable(float(problem.pairs[one, other]))
        programme.at_most(0.0, [(both, 1.0), (members[one], -1.0)])
        programme.at_most(0.0, [(both, 1.0), (members[other], -1.0)])


def _add_limits(programme: Programme, problem: Problem, members: Sequence[int]) -> None:
    programme.at_most(float(problem.size[1]), ((m, 1.0) for m in members))
    programme.at_most(float(problem.heavies), ((m, 1.0) for m in members if problem.heavy[m]))
    if np.isfinite(problem.money):
        programme.at_most(float(problem.money), ((m, float(problem.cost[m])) for m in members))

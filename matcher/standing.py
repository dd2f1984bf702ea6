"""Who stands where: rows of a pool from the best score down, in arrays; a Recommendation is made of one when somebody looks at it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

import numpy as np

from matcher import weights as w
from matcher.advice import Fit, Reason, Recommendation
from matcher.candidate import Candidate
from matcher.criteria import CRITERIA, Criterion
from matcher.on_demand import OnDemand
from matcher.pool import COVERAGE, Floats, Ints, Pool
from matcher.question import Question


@dataclass(frozen=True)
class Standing:
    question: Question
    pool: Pool
    rows: Ints
    """Rows of the pool, best first."""
    scores: Floats
    places: Ints
    covered: Floats
    """Points for coverage."""
    steady: Floats
    best: float
    """The best score in this question, here or in another list."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def unpriced(self) -> int:
        """How many have no known cost?"""
        return int(np.count_nonzero(self.pool.unpriced[self.rows]))

    @cached_property
    def listed(self) -> OnDemand[Recommendation]:
        return OnDemand(len(self), self._recommendation)

    def _recommendation(self, number: int) -> Recommendation:
        row, score = int(self.rows[number]), float(self.scores[number])
        candidate = self.pool.candidates[row]
        return Recommendation(
            intervention=candidate.intervention,
            score=score,
            place=int(self.places[number]),
            steady=float(self.steady[number]),
            fit=fit(score, self.best, float(self.covered[number])),
            links=candidate.links,
            running=candidate.intervention.id in self.question.running,
            priorities=self.question.in_order,
            judge=partial(self._reasons, row),
        )

    def _reasons(self, row: int) -> tuple[Reason, ...]:
        """Those of criteria.reasons; what holds for a whole kind is put into words once."""
        candidate, kinds = self.pool.candidates[row], self.pool.criteria.kinds_of(row)
        said = (self._said(criterion, candidate, kinds.get(name)) for name, criterion in CRITERIA.items())
        return tuple(chain.from_iterable(said))

    def _said(self, criterion: Criterion, candidate: Candidate, kind: int | None) -> tuple[Reason, ...]:
        if kind not in self._told:
            reasons = tuple(criterion.judge(self.question, candidate))
            if not criterion.same_words:
                return reasons
            self._told[kind] = reasons
        return self._told[kind]

    @cached_property
    def _told(self) -> dict[int | None, tuple[Reason, ...]]:
        """The reasons of the kinds that were asked for."""
        return {}


def places(scores: Floats) -> Ints:
    """Places for scores from high to low; 1 is best, and who is nearly equal to the first of a place shares it."""
    found = np.empty(len(scores), dtype=np.intp)
    rising = (-scores).tolist()
    start = 0
    while start < len(rising):
        end = bisect_left(rising, rising[start] + w.NEARLY_EQUAL)
        found[start:end] = start + 1
        start = end
    return found


def fit(score: float, best: float, covered: float) -> Fit:
    """Relative to the best in this question: a fixed limit does not work, the best score differs per question."""
    if score >= best - w.GOOD_WITHIN and covered >= w.GOOD_COVERAGE * w.WEIGHTS[COVERAGE]:
        return Fit.GOOD
    return Fit.POSSIBLE if score >= best - w.POSSIBLE_WITHIN else Fit.WEAK

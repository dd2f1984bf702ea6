"""Who stands where: rows of a pool from the best score down, in arrays; a Recommendation is made of one when somebody looks at it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from matcher import weights as w
from matcher.advice import Fit, Reason, Recommendation
from matcher.criteria import CRITERIA
from matcher.on_demand import OnDemand
from matcher.pool import COVERAGE, Floats, Ints, Pool
from matcher.question import Question

NO_KIND = -1
_COVERAGE = list(CRITERIA).index(COVERAGE)


@dataclass(frozen=True)
class Standing:
    question: Question
    pool: Pool
    rows: Ints
    """Rows of the pool, best first."""
    scores: Floats
    places: Ints
    worth: Floats
    """Criteria by rows: see worth_by_criterion."""
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
            fit=fit(score, self.best, float(self.worth[_COVERAGE, number])),
            links=candidate.links,
            running=candidate.intervention.id in self.question.running,
            priorities=self.question.in_order,
            judge=partial(self._reasons, number),
        )

    def _reasons(self, number: int) -> tuple[Reason, ...]:
        """Those of criteria.reasons; what holds for a whole kind is put into words once, and no value is worked out again."""
        row, told = int(self.rows[number]), self._told
        candidate, kinds = self.pool.candidates[row], self.pool.criteria.kinds_of(row)
        said: list[Reason] = []
        for (name, criterion), worth in zip(CRITERIA.items(), self.worth[:, number].tolist(), strict=True):
            kind = kinds.get(name, NO_KIND)
            reasons = told.get(kind)
            if reasons is None:
                reasons = criterion.reasons(self.question, candidate, None if criterion.further else worth)
                if criterion.same_words:
                    told[kind] = reasons
            said += reasons
        return tuple(said)

    @cached_property
    def _told(self) -> dict[int, list[Reason]]:
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

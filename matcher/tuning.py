"""How the weights were chosen: a stated search on the tune half of the expert cases, with what it would give on cases it did not see.

Run `python -m matcher.tuning CASES.yaml`. It prints a proposal; a person sets matcher/weights.py and raises the version. Two things are
held fixed by principle: what evidence weighs (cases made by reading pages say little about effect) and every penalty (safety is not
for sale). Not on the request path.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import kb
from kb import KnowledgeBase
from matcher import weights as w
from matcher.criteria import CRITERIA
from matcher.evaluate import HARMFUL, Case, ndcg, read_cases
from matcher.pool import Floats, closed_gates, points_by_criterion, pool_of
from matcher.priorities import prioritise
from matcher.question import ask
from matcher.wishes import Wishes

FIXED = {"bewijs"}
BESIDE = {"lvb"}
"""Counts only where a mild intellectual disability plays a part, next to the hundred points of the others."""
SEEDS = (0, 1, 2)
FOLDS = 5
TRIES = 600
STEPS = (0.5, 0.67, 0.8, 1.25, 1.5, 2.0)
LOYALTY = 0.002
"""Cost of moving one weight by a factor e away from where it was reasoned to be."""
HARM = 0.01
"""Cost of one harmful record in the first ten."""

WEIGHTLESS = Wishes(emphasis=dict.fromkeys(w.WEIGHTS, 0.0))
"""What is left of the points then, comes off whatever the weights: severity and disability give points and penalties both."""

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case with everything that does not depend on weights worked out."""

    case: Case
    ids: Sequence[str]
    values: Floats
    """Candidates by weighted criteria, 0-1."""
    penalties: Floats
    """Points off per candidate, whatever the weights."""


def prepare(cupboard: KnowledgeBase, case: Case) -> Prepared | None:
    """None when the case has no priorities, so that nothing is ranked whatever the weights."""
    priorities = prioritise(cupboard.factors, case.profile)
    if not priorities.act:
        return None
    pool, question = pool_of(cupboard), ask(case.context, priorities)
    off = points_by_criterion(pool, ask(case.context, priorities, WEIGHTLESS))
    weighted = [number for number, name in enumerate(CRITERIA) if name in w.WEIGHTS]
    points = (points_by_criterion(pool, question) - off)[:, weighted]
    values = points / np.array([w.WEIGHTS[name] for name in CRITERIA if name in w.WEIGHTS])
    penalties = off.sum(axis=1)
    penalties[closed_gates(pool, question) >= 0] = -np.inf
    return Prepared(case, [c.intervention.id for c in pool.candidates], values, penalties)


def quality(cases: Sequence[Prepared], weights: Mapping[str, float]) -> tuple[float, int]:
    """Mean nDCG@10, and the number of harmful records in the first tens."""
    vector = np.array([weights[name] for name in CRITERIA if name in w.WEIGHTS])
    gains, harmful = [], 0
    for prepared in cases:
        scores = prepared.values @ vector + prepared.penalties
        first = [prepared.ids[n] for n in np.argsort(-scores, kind="stable")[:10] if np.isfinite(scores[n])]
        gains.append(ndcg(prepared.case.grades, first, 10))
        harmful += sum(prepared.case.grades.get(i, 0) == HARMFUL for i in first)
    return sum(gains) / len(gains), harmful


def search(cases: Sequence[Prepared], seeds: Sequence[int] = SEEDS) -> Weights:
    """The best of several walks from the weights as they are. Of each walk every step adds up to a hundred, as penalties do not grow along."""
    walks = [_walk(cases, seed) for seed in seeds]
    return max(walks, key=lambda found: _worth(cases, found))


def _walk(cases: Sequence[Prepared], seed: int) -> Weights:
    """Move one weight at a time; keep a move only when it pays for itself."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable search, no secret
    best = to_hundred(w.WEIGHTS)
    worth = _worth(cases, best)
    for _ in range(TRIES):
        tried = dict(best)
        tried[chance.choice([name for name in tried if name not in FIXED])] *= chance.choice(STEPS)
        tried = to_hundred(tried)
        if (found := _worth(cases, tried)) > worth:
            best, worth = tried, found
    return best


def _worth(cases: Sequence[Prepared], weights: Weights) -> float:
    gain, harmful = quality(cases, weights)
    moved = sum(abs(math.log((weights[name] + 0.5) / (w.WEIGHTS[name] + 0.5))) for name in weights)
    return gain - HARM * harmful - LOYALTY * moved


def cross_validated(cases: Sequence[Prepared]) -> float:
    """Mean nDCG@10 on cases that the search did not see, over five folds."""
    gains = []
    for fold in range(FOLDS):
        seen = [c for n, c in enumerate(cases) if n % FOLDS != fold]
        unseen = [c for n, c in enumerate(cases) if n % FOLDS == fold]
        found = search(seen, seeds=SEEDS[:1])
        gains += [quality([c], found)[0] for c in unseen]
    return sum(gains) / len(gains)


def to_hundred(weights: Mapping[str, float]) -> Weights:
    """The same weights, adding up to 100; what only counts where a disability plays a part stands beside that. Evidence stays what it is."""
    moving = sum(value for name, value in weights.items() if name not in (*FIXED, *BESIDE))
    left = 100.0 - sum(w.WEIGHTS[name] for name in FIXED)
    return {
        name: w.WEIGHTS[name] if name in FIXED else value if name in BESIDE else value * left / moving
        for name, value in weights.items()
    }


def in_halves(weights: Weights) -> Weights:
    """Whole and half points; the largest takes what rounding leaves over."""
    halves = {name: round(2 * value) / 2 for name, value in weights.items()}
    largest = max((name for name in halves if name not in BESIDE), key=lambda name: halves[name])
    halves[largest] += 100.0 - sum(value for name, value in halves.items() if name not in BESIDE)
    return halves


def main(path: Path) -> None:
    cupboard = kb.load()
    cases = [found for found in (prepare(cupboard, case) for case in read_cases(path)) if found]
    print(f"nu: nDCG@10 {quality(cases, w.WEIGHTS)[0]:.3f} op {len(cases)} gevallen")
    print(f"op gevallen die het zoeken niet zag: {cross_validated(cases):.3f}")
    found = in_halves(search(cases))
    print(f"voorstel: nDCG@10 {quality(cases, found)[0]:.3f}; {found}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The quick search next to the optimum: never above it, and on real cases hardly below it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import weights as w
from matcher.evaluate import Case, read_cases
from matcher.exact import gap, gaps, plain_value, solve
from matcher.package import DEMANDS, Problem, search
from tests.matcher.samples import CASES, cupboard
from tests.matcher.test_ranking import worked_profiles

NOBODY = 1
seeds = st.integers(0, 10_000)


def small_problem(seed: int) -> Problem:
    """A random choice from at most fourteen, with demands that often cannot all be met."""
    chance = np.random.default_rng(seed)
    rows, axes = int(chance.integers(1, 15)), int(chance.integers(1, 6))
    pairs = np.triu(chance.random((rows, rows)) < 0.1, 1) * w.PAIR
    return Problem(
        places=np.arange(rows),
        links=np.pad(chance.choice([0.0, 0.6, 1.0], (rows, axes)), ((0, NOBODY), (0, 0))),
        weights=w.COVER * chance.dirichlet(np.ones(axes)),
        alone=np.pad(chance.uniform(-40, 10, rows), (0, NOBODY)),
        marks=np.pad((chance.random((rows, len(DEMANDS) + 2)) < 0.3).astype(np.float64), ((0, NOBODY), (0, 0))),
        worth=np.array([w.DEMAND * 2.0 ** (6 - n) for n in range(len(DEMANDS))] + [w.FORM] * 2),
        pairs=np.pad(pairs + pairs.T, (0, NOBODY)),
        heavy=np.pad(chance.random(rows) < 0.4, (0, NOBODY)),
        cost=np.pad(chance.choice([0.0, 10_000.0, 20_000.0], rows), (0, NOBODY)),
        size=w.PACKAGE_SIZE,
        heavies=int(chance.choice([1, 5])),
        money=float(chance.choice([0.0, 25_000.0, np.inf])),
    )


def every_set(problem: Problem) -> float:
    """The best value by trying all sets of at most five: slow, and beyond doubt."""
    from itertools import combinations

    sets = (c for size in range(problem.size[1] + 1) for c in combinations(range(problem.nobody), size))
    return max(problem.value(chosen) for chosen in sets)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_the_optimum_is_never_below_the_quick_search(seed: int) -> None:
    problem = small_problem(seed)
    assert problem.value(solve(problem)) >= problem.value(search(problem)) - 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_the_optimum_is_what_trying_every_set_gives(seed: int) -> None:
    problem = small_problem(seed)
    assert problem.value(solve(problem)) == pytest.approx(every_set(problem), abs=1e-6)


def test_the_quick_search_is_nearly_always_optimal_on_random_choices() -> None:
    found = [gap("", "", problem, search(problem)) for problem in map(small_problem, range(150))]
    assert sum(g.points < 1e-6 for g in found) >= 140
    assert max(g.points for g in found) < 50


def test_points_without_demands_are_small() -> None:
    problem = small_problem(3)
    assert abs(plain_value(problem, solve(problem))) < w.DEMAND


def test_on_the_worked_profiles_and_the_expert_cases_the_mean_gap_is_small() -> None:
    """Measured 2026-11-22: no gap at all in 79 choices. The bound leaves room for other content, not for another search."""
    worked = [Case(name, measured, asked, {}) for name, measured, asked in worked_profiles()]
    found = gaps(cupboard(), [*worked, *read_cases(CASES / "deskundigen-a.yaml")])
    assert len(found) > 50
    assert sum(g.share for g in found) / len(found) < 0.005
    assert max(g.share for g in found) < 0.05

"""Who stands where: shared places for who is nearly equal, and words for how well something fits, next to the best."""

from __future__ import annotations

import numpy as np
import pytest

from matcher import Fit
from matcher import weights as w
from matcher.standing import fit, places

ENOUGH = w.GOOD_COVERAGE * w.WEIGHTS["dekking"]


@pytest.mark.parametrize(
    ("scores", "given"),
    [
        ([], []),
        ([50.0], [1]),
        ([50.0, 48.125, 48.0, 46.0], [1, 1, 3, 4]),
        ([50.0, 48.5, 47.0, 45.5], [1, 1, 3, 3]),
        ([50.0, 50.0, 50.0, 40.0], [1, 1, 1, 4]),
        ([-1.0, -2.5, -3.0], [1, 1, 3]),
    ],
)
def test_who_is_less_than_two_points_behind_the_first_of_a_place_shares_it(
    scores: list[float], given: list[int]
) -> None:
    assert places(np.array(scores)).tolist() == given


@pytest.mark.parametrize(
    ("behind", "covered", "word"),
    [
        (0.0, ENOUGH, Fit.GOOD),
        (10.0, ENOUGH, Fit.GOOD),
        (10.125, ENOUGH, Fit.POSSIBLE),
        (0.0, ENOUGH - 0.125, Fit.POSSIBLE),
        (20.0, 0.0, Fit.POSSIBLE),
        (20.125, ENOUGH, Fit.WEAK),
    ],
)
def test_how_well_it_fits_is_how_near_the_best_and_how_much_of_the_priorities(
    behind: float, covered: float, word: Fit
) -> None:
    assert fit(70.0 - behind, 70.0, covered) is word

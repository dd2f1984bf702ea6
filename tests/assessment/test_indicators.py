from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import IndicatorValue, load_indicators
from assessment.indicators import indicator_score, relative_risk, scores_by_factor
from kb import Factor

COUNTS = st.floats(0, 100_000)


@pytest.mark.parametrize(("observed", "score"), [(45, 25), (95, 50), (195, 75), (395, 100)])
def test_half_is_25_equal_is_50_double_is_75_and_fourfold_is_100(observed: float, score: float) -> None:
    assert indicator_score(IndicatorValue("R03", observed, 95), 1).score == pytest.approx(score)


def test_small_counts_pull_towards_one() -> None:
    assert relative_risk(2, 1) < relative_risk(20, 10) < 2


@given(COUNTS, COUNTS)
def test_a_score_lies_within_0_and_100(observed: float, expected: float) -> None:
    assert 0 <= indicator_score(IndicatorValue("R03", observed, expected), 1).score <= 100


@given(COUNTS, st.floats(0.25, 1))
def test_the_standard_error_is_that_of_the_formula(observed: float, weight: float) -> None:
    expected = math.sqrt((36 / math.sqrt(observed + 5)) ** 2 + (12 / weight) ** 2)
    assert indicator_score(IndicatorValue("R03", observed, 50), weight).standard_error == pytest.approx(expected)


def test_every_indicator_supports_a_factor_that_exists(factors: Mapping[str, Factor]) -> None:
    assert {indicator.factor for indicator in load_indicators().values() if indicator.factor} <= set(factors)


def test_there_are_23_indicators_in_order() -> None:
    assert list(load_indicators()) == [f"R{number:02}" for number in range(1, 24)]


@pytest.mark.parametrize("indicator_id", ["R01", "R11", "R19"])
def test_a_figure_that_is_only_background_does_not_count(indicator_id: str) -> None:
    assert scores_by_factor([IndicatorValue(indicator_id, 100, 50)]) == {}


@pytest.mark.parametrize(("observed", "expected"), [(9, 50), (50, 4.9), (0, 0), (-3, 50)])
def test_a_figure_on_too_few_cases_does_not_count(observed: float, expected: float) -> None:
    assert scores_by_factor([IndicatorValue("R03", observed, expected)]) == {}


def test_the_same_young_people_are_not_counted_twice() -> None:
    both = scores_by_factor([IndicatorValue("R05", 60, 30), IndicatorValue("R03", 40, 30)])
    assert [figure.indicator_id for figure in both["eerder-politiecontact"]] == ["R03"]


def test_the_second_figure_counts_when_the_first_is_too_small() -> None:
    both = scores_by_factor([IndicatorValue("R05", 60, 30), IndicatorValue("R03", 4, 30)])
    assert [figure.indicator_id for figure in both["eerder-politiecontact"]] == ["R05"]

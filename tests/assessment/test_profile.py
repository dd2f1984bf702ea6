from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import FactorScore, Profile, band, confidence_word, rounded, score_word
from assessment.profile import band_edges


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(1.0, "hoog"), (0.70, "hoog"), (0.69, "midden"), (0.45, "midden"), (0.44, "laag"), (0, "laag")],
)
def test_confidence_has_three_words(confidence: float, word: str) -> None:
    assert confidence_word(confidence) == word


@pytest.mark.parametrize(
    ("score", "word"), [(0, "zeer laag"), (25, "laag"), (50, "midden"), (75, "hoog"), (100, "zeer hoog")]
)
def test_each_of_the_five_answers_has_a_word_of_its_own(score: float, word: str) -> None:
    assert score_word(score) == word


@pytest.mark.parametrize(("points", "shown"), [(0, 0), (2.4, 0), (2.5, 5), (62.5, 65), (97.5, 100), (100, 100)])
def test_a_score_is_shown_in_fives(points: float, shown: int) -> None:
    assert rounded(points) == shown


def test_the_band_is_1_28_standard_errors_on_each_side() -> None:
    assert band(FactorScore("agressie", 50, 0.6, standard_error=10)) == (35, 65)


def test_without_a_standard_error_the_band_is_what_the_confidence_allows() -> None:
    assert band(FactorScore("agressie", 50, 0.6)) == (35, 65)


@given(st.floats(0, 100), st.floats(0, 1000))
def test_the_band_holds_the_shown_score_and_stays_within_0_and_100(score: float, error: float) -> None:
    limits = band(FactorScore("agressie", score, 0.6, standard_error=error))
    assert limits is not None
    assert 0 <= limits[0] <= rounded(score) <= limits[1] <= 100


@pytest.mark.parametrize(
    ("respondents", "provisional"), [({"gemeente": 1}, True), ({"gemeente": 2}, False), ({}, False)]
)
def test_only_the_estimate_of_one_person_is_provisional(respondents: dict[str, int], provisional: bool) -> None:
    assert Profile({}, respondents).provisional is provisional


@pytest.mark.parametrize(
    ("score", "low", "high"), [(50, 37.2, 62.8), (95, 82.2, 100.0), (5, 0.0, 17.8), (100, 87.2, 100.0), (0, 0.0, 12.8)]
)
def test_the_edges_of_the_band_stay_within_the_scale_before_rounding_too(score: float, low: float, high: float) -> None:
    edges = band_edges(FactorScore("agressie", score, 0.6, standard_error=10))
    assert edges == pytest.approx((low, high))


@pytest.mark.parametrize(("points", "shown"), [(-10, 0), (-2.6, 0), (102, 100), (140, 100), (99.9, 100), (52.4, 50)])
def test_what_is_shown_never_leaves_the_scale(points: float, shown: int) -> None:
    assert rounded(points) == shown
    assert isinstance(rounded(points), int)


@pytest.mark.parametrize(
    ("score", "word"),
    [(19.9, "zeer laag"), (20, "laag"), (39.9, "laag"), (40, "midden"), (60, "hoog"), (80, "zeer hoog")],
)
def test_a_word_begins_at_its_limit(score: float, word: str) -> None:
    assert score_word(score) == word


@pytest.mark.parametrize(("confidence", "error"), [(1.0, 0.0), (0.0, 30.0), (0.5, 15.0)])
def test_without_a_standard_error_doubt_is_its_measure(confidence: float, error: float) -> None:
    assert FactorScore("agressie", 50, confidence).error == error
    assert FactorScore("agressie", 50, confidence, standard_error=0.0).error == 0.0

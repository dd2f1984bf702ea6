from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import FactorScore, Profile, band, confidence_word, rounded, score_word


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

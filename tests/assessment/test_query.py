from __future__ import annotations

from random import Random
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import Context, FactorScore, Profile, from_query, to_query
from tests.assessment.samples import CONTEXTS, PROFILES

FULL = FactorScore("agressie", 70.0, 0.6, 1, 16.0, 0.8)


@given(PROFILES, CONTEXTS)
def test_an_address_keeps_everything(profile: Profile, context: Context) -> None:
    assert from_query(to_query(profile, context)) == (profile, context, ())


@given(PROFILES, CONTEXTS)
def test_an_address_survives_being_encoded(profile: Profile, context: Context) -> None:
    assert from_query(parse_qsl(urlencode(to_query(profile, context)))) == (profile, context, ())


@given(PROFILES, CONTEXTS, st.randoms(use_true_random=False))
def test_the_same_profile_gives_the_same_address(profile: Profile, context: Context, random: Random) -> None:
    shuffled = list(profile.scores.items())
    random.shuffle(shuffled)
    assert to_query(Profile(dict(shuffled), profile.respondents), context) == to_query(profile, context)


@given(st.lists(st.tuples(st.text() | st.sampled_from(["factor", "leeftijd", "ernst", "invullers"]), st.text())))
def test_a_malformed_address_never_raises(pairs: list[tuple[str, str]]) -> None:
    from_query(pairs)


@given(st.text(alphabet="0123456789.eE+-~_naifuteon ", max_size=40))
def test_a_malformed_factor_never_raises_and_never_leaves_its_range(tail: str) -> None:
    profile, _, _ = from_query([("factor", f"agressie~{tail}")])
    for score in profile.scores.values():
        assert 0 <= score.score <= 100
        assert 0 <= score.confidence <= 1
        assert score.trend in range(-2, 3)


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (FULL, "agressie~70~0.6~1~16~0.8"),
        (FactorScore("agressie", 70, 0.6), "agressie~70~0.6"),
        (FactorScore("agressie", 70, 0.6, standard_error=16), "agressie~70~0.6~~16"),
        (FactorScore("agressie", 70, 0.6, diverging=True), "agressie~70~0.6~~~~uiteen"),
    ],
)
def test_a_factor_is_one_short_value(score: FactorScore, text: str) -> None:
    assert ("factor", text) in to_query(Profile({"agressie": score}), Context())


def test_the_order_of_problems_is_kept() -> None:
    pairs = [("probleem", "wapens"), ("probleem", "drugs")]
    assert from_query(pairs)[1].problems == ("wapens", "drugs")


@pytest.mark.parametrize(
    "value",
    [
        "agressie",
        "agressie~",
        "agressie~101~0.5",
        "agressie~-1",
        "agressie~50~1.1",
        "agressie~50~0.5~3",
        "agressie~50~0.5~0.5",
        "agressie~nan",
        "agressie~inf",
        "agressie~50~0.5~1~-3",
        "agressie~50~0.5~1~3~1.5",
        "agressie~50~0.5~1~3~0.5~x",
        "agressie~50~0.5~1~3~0.5~uiteen~",
    ],
)
def test_a_factor_that_cannot_be_read_is_named_and_left_out(value: str) -> None:
    profile, _, problems = from_query([("factor", value)])
    assert profile.scores == {}
    assert [problem.field for problem in problems] == ["agressie"]


def test_a_factor_without_confidence_gets_the_default() -> None:
    assert from_query([("factor", "agressie~50")])[0].scores["agressie"].confidence == 0.6


def test_an_unknown_factor_is_named_with_a_suggestion() -> None:
    (problem,) = from_query([("factor", "agresie~70~0.6")])[2]
    assert problem.message == "'agresie' is geen factor die wij kennen. Bedoelde u 'agressie'?"


def test_a_factor_that_comes_twice_counts_once() -> None:
    profile, _, problems = from_query([("factor", "agressie~70~0.6"), ("factor", "agressie~10~0.6")])
    assert profile.scores["agressie"].score == 70
    assert len(problems) == 1


def test_an_unknown_key_is_named_and_ignored() -> None:
    profile, context, (problem,) = from_query([("utm_source", "x"), ("ernst", "3")])
    assert (profile, context.severity, problem.field) == (Profile(), 3, "utm_source")


def test_a_key_with_a_typing_error_gets_a_suggestion() -> None:
    assert "Bedoelde u 'leeftijd'?" in from_query([("leeftyd", "12-17")])[2][0].message


def test_another_version_of_the_questionnaire_is_said_aloud() -> None:
    assert [problem.field for problem in from_query([("vragenlijst", "0.0")])[2]] == ["vragenlijst"]


@pytest.mark.parametrize("value", ["baas~1", "gemeente", "gemeente~0", "gemeente~x", "gemeente~99999999"])
def test_respondents_that_cannot_be_read_are_named(value: str) -> None:
    profile, _, problems = from_query([("invullers", value)])
    assert profile.respondents == {}
    assert [problem.field for problem in problems] == ["invullers"]


def test_a_flood_of_nonsense_gives_a_bounded_answer() -> None:
    pairs = [("factor", f"agresie{number}~1") for number in range(5000)] + [
        (f"sleutel{number}", "") for number in range(5000)
    ]
    assert len(from_query(pairs)[2]) == 50

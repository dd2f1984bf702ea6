from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import CONTEXT_KEYS, Context, Profile, read_context, read_profile
from kb import AgeRange

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([*CONTEXT_KEYS, "invullers", "vorm"])


@given(ANYTHING | st.dictionaries(KEYS, ANYTHING))
def test_no_context_makes_it_raise(context: Any) -> None:
    read_context(context)


@given(
    ANYTHING
    | st.fixed_dictionaries(
        {
            "scores": st.dictionaries(
                st.just("agressie") | st.text(), ANYTHING | st.dictionaries(st.sampled_from("sz"), ANYTHING)
            ),
            "context": ANYTHING,
        }
    )
)
def test_no_case_makes_it_raise(case: Any) -> None:
    read_profile(case)


@pytest.mark.parametrize(
    ("ages", "ranges"),
    [
        (["12-17", "18-22"], [(12, 17), (18, 22)]),
        ({"van": 10, "tot": 14}, [(10, 14)]),
        ([{"van": 10, "tot": 14}, "18-22"], [(10, 14), (18, 22)]),
        ([8, 27], [(8, 27)]),
        ("12-17", [(12, 17)]),
        (None, []),
        ([], []),
    ],
)
def test_ages_can_be_written_in_several_ways(ages: object, ranges: list[tuple[int, int]]) -> None:
    context, problems, _ = read_context({"leeftijd": ages})
    assert context.ages == tuple(AgeRange(van=start, tot=end) for start, end in ranges)
    assert problems == ()


@pytest.mark.parametrize(
    "ages", [[27, 8], {"van": 10}, {"tot": 14}, "jong", [[12, 17]], [True, 9], pytest.param(10**5000, id="huge")]
)
def test_ages_that_make_no_sense_are_named(ages: object) -> None:
    context, problems, _ = read_context({"leeftijd": ages})
    assert context.ages == ()
    assert {problem.field for problem in problems} == {"leeftijd"}


def test_numbers_may_stand_without_quotes() -> None:
    context, problems, _ = read_context({"ernst": 4, "budget": 2, "jongeren": 400})
    assert (context.severity, context.budget, context.youth_count, problems) == (4, "2", 400, ())


def test_every_key_is_optional() -> None:
    assert read_context({}) == read_context(None) == (Context(), (), ())


def test_unknown_keys_are_named_so_that_they_can_be_ignored_aloud() -> None:
    assert read_context({"vorm": ["groep"], "ernst": 3, "invullers": {}})[2] == ("vorm",)


def test_a_wrong_value_gets_a_dutch_message() -> None:
    (problem,) = read_context({"probleem": ["wapen"]})[1]
    assert (problem.field, "Bedoelde u 'wapens'?" in problem.message) == ("probleem", True)


def test_a_context_that_is_no_mapping_is_named() -> None:
    assert [problem.field for problem in read_context(["ernst"])[1]] == ["context"]


def test_a_profile_takes_scores_and_respondents() -> None:
    case = {"scores": {"agressie": {"s": 70, "z": 0.7, "trend": 1}}, "context": {"invullers": {"politie-boa": 2}}}
    profile, problems = read_profile(case)
    score = profile.scores["agressie"]
    assert (score.score, score.confidence, score.trend) == (70, 0.7, 1)
    assert (profile.respondents, problems) == ({"politie-boa": 2}, ())


def test_confidence_is_0_6_when_left_out() -> None:
    assert read_profile({"scores": {"agressie": {"s": 70}}})[0].scores["agressie"].confidence == 0.6


@pytest.mark.parametrize(
    ("given_score", "message"),
    [
        ({"s": 101}, "s van agressie moet een getal van 0 tot en met 100 zijn."),
        ({"s": "70"}, "s van agressie moet een getal"),
        ({"s": True}, "s van agressie moet een getal"),
        ({"s": float("nan")}, "s van agressie moet een getal"),
        ({"s": 10**5000}, "s van agressie moet een getal"),
        ({"s": 70, "z": 1.1}, "z van agressie moet een getal van 0 tot en met 1 zijn."),
        ({"s": 70, "z": None}, "z van agressie"),
        ({"s": 70, "trend": 0.5}, "trend van agressie moet -2, -1, 0, 1 of 2 zijn."),
        (70, "agressie heeft een score nodig, zoals {s: 70, z: 0.6}."),
        ({"z": 0.5}, "agressie heeft een score nodig"),
    ],
)
def test_a_score_out_of_range_is_named_and_left_out(given_score: object, message: str) -> None:
    profile, (problem,) = read_profile({"scores": {"agressie": given_score}})
    assert profile == Profile()
    assert message in problem.message


def test_an_extra_key_of_a_score_is_named_and_ignored() -> None:
    profile, (problem,) = read_profile({"scores": {"agressie": {"s": 70, "bron": "x"}}})
    assert "agressie" in profile.scores
    assert problem.message == "'bron' bij agressie kennen we niet en telt niet mee."


def test_an_unknown_factor_gets_a_suggestion() -> None:
    (problem,) = read_profile({"scores": {"wapenbezitt": {"s": 70}}})[1]
    assert problem.message == "'wapenbezitt' is geen factor die wij kennen. Bedoelde u 'wapenbezit'?"


@pytest.mark.parametrize(
    "respondents", [{"politie": 2}, {"politie-boa": 0}, {"politie-boa": "2"}, {"politie-boa": True}, ["politie-boa"]]
)
def test_respondents_that_make_no_sense_are_named(respondents: object) -> None:
    profile, problems = read_profile({"context": {"invullers": respondents}})
    assert profile.respondents == {}
    assert [problem.field for problem in problems] == ["invullers"]

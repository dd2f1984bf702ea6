from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import (
    HIGH_CONFIDENCE,
    MEDIUM_CONFIDENCE,
    Context,
    FactorScore,
    Profile,
    Questionnaire,
    Response,
    parse,
    quick_scan,
    to_answers,
)
from kb import Factor
from tests.assessment.samples import CERTAINTY, CONTEXTS, FACTORS, RESPONSES, ROLES, Q, say

SHORT_ITEMS = Q.items(short=True)


SHORT_RESPONSES = st.builds(
    Response,
    st.none() | st.sampled_from(ROLES),
    st.fixed_dictionaries(
        {}, optional={item.id: st.sampled_from(["0", "1", "2", "3", "4", "wn"]) for item in SHORT_ITEMS}
    ),
    st.fixed_dictionaries({}, optional={section.id: CERTAINTY for section in Q.all_sections}),
    st.dictionaries(st.sampled_from([item.factor for item in SHORT_ITEMS]), st.integers(-2, 2), max_size=4),
    short=st.just(True),
)


@given(SHORT_RESPONSES, CONTEXTS)
def test_going_back_to_the_questions_loses_nothing(response: Response, context: Context) -> None:
    profile = quick_scan(Q, FACTORS, response)
    context = Context(role=response.role, area=context.area, problems=context.problems, ages=context.ages)
    again = parse(to_answers(profile, context, Q), short=True)
    assert quick_scan(Q, FACTORS, again.response) == profile
    assert again.context == context


@given(CONTEXTS)
def test_the_context_comes_back_but_for_the_region_that_no_form_asks(context: Context) -> None:
    again = parse(to_answers(Profile(), context, Q)).context
    assert {name: getattr(again, name) for name in Context.__slots__ if name != "region"} == {
        name: getattr(context, name) for name in Context.__slots__ if name != "region"
    }


@given(RESPONSES)
def test_one_person_is_never_very_sure(response: Response) -> None:
    for score in quick_scan(Q, FACTORS, response).scores.values():
        assert score.confidence < HIGH_CONFIDENCE


@given(RESPONSES)
def test_a_score_lies_within_0_and_100(response: Response) -> None:
    assert all(0 <= score.score <= 100 for score in quick_scan(Q, FACTORS, response).scores.values())


@pytest.mark.parametrize(
    ("certainty", "confidence", "error"),
    [("1", 0.40, 28.3), ("2", 0.50, 23.1), ("3", 0.60, 20), ("4", 0.65, 17.9), ("wn", 0.30, 28.3)],
)
def test_certainty_gives_confidence_and_doubt(
    questionnaire: Questionnaire, factors: Mapping[str, Factor], certainty: str, confidence: float, error: float
) -> None:
    profile = quick_scan(questionnaire, factors, say("gemeente", certainty, IND05="3"))
    assert profile.scores == {"agressie": FactorScore("agressie", 75, confidence, 0, error)}


def test_without_certainty_the_confidence_is_lowest(
    questionnaire: Questionnaire, factors: Mapping[str, Factor]
) -> None:
    assert (
        quick_scan(questionnaire, factors, Response("gemeente", {"IND05": "3"}, {})).scores["agressie"].confidence
        == 0.30
    )


@pytest.mark.parametrize("certainty", ["1", "wn"])
def test_a_mere_feeling_leads_to_finding_out_first(
    questionnaire: Questionnaire, factors: Mapping[str, Factor], certainty: str
) -> None:
    assert (
        quick_scan(questionnaire, factors, say("gemeente", certainty, IND05="3")).scores["agressie"].confidence
        < MEDIUM_CONFIDENCE
    )


def test_it_is_provisional_also_without_a_role(questionnaire: Questionnaire, factors: Mapping[str, Factor]) -> None:
    assert quick_scan(questionnaire, factors, Response(None)).provisional


def test_weet_niet_everywhere_gives_an_empty_profile(
    questionnaire: Questionnaire, factors: Mapping[str, Factor]
) -> None:
    nothing = say("gemeente", **{item.id: "wn" for item in questionnaire.items()})
    assert quick_scan(questionnaire, factors, nothing).scores == {}


def test_the_whole_short_version_scores_21_factors(questionnaire: Questionnaire, factors: Mapping[str, Factor]) -> None:
    answers = {item.id: "2" for item in questionnaire.items(short=True)}
    assert len(quick_scan(questionnaire, factors, Response("bewoners-jongeren", answers, short=True)).scores) == 21


def test_a_score_between_two_answers_becomes_the_nearest(questionnaire: Questionnaire) -> None:
    profile = Profile({"agressie": FactorScore("agressie", 70, 0.52), "lvb": FactorScore("lvb", 70, 0.52)})
    assert to_answers(profile, Context(), questionnaire) == {"IND05": ["3"], "Z-individu": ["2"]}

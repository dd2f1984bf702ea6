"""Made-up answers, contexts and profiles to state the laws with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from assessment import UNKNOWN_ROLE, Context, FactorScore, Profile, Questionnaire, Response, municipalities
from assessment.context import CONTEXT_KEYS
from assessment.questionnaire import QuestionKind
from assessment.reading import clean
from kb import AgeRange, Factor, ProblemKind
from kb.content import read_factors
from kb.loading import FACTORS_FILE

FACTORS: Mapping[str, Factor] = read_factors(FACTORS_FILE)
Q = Questionnaire.load()
ROLES = tuple(Q.roles)

AREA_TEXT = st.text(max_size=120).map(lambda text: clean(text)[:80].strip()).filter(bool)
ROLE = st.sampled_from(ROLES)


def _ages() -> st.SearchStrategy[AgeRange]:
    pairs = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(sorted)
    return pairs.map(lambda pair: AgeRange(van=pair[0], tot=pair[1]))


def _field(key: str) -> st.SearchStrategy[Any]:
    """Any valid value of one field of Context, unanswered included."""
    question = Q.question(key)
    if question is None or question.kind is QuestionKind.TEXT:
        return st.none() | AREA_TEXT
    if question.kind is QuestionKind.MUNICIPALITY:
        return st.none() | st.sampled_from([municipality.code for municipality in municipalities()])
    if question.kind is QuestionKind.NUMBER:
        return st.none() | st.integers(question.minimum, question.maximum)
    return _choices(key)


def _choices(key: str) -> st.SearchStrategy[Any]:
    question = Q.question(key)
    assert question is not None
    codes = st.sampled_from([option.code for option in question.options if not option.exclusive])
    values = {
        "leeftijd": _ages(),
        "probleem": st.sampled_from(list(ProblemKind)),
        "ernst": codes.map(int),
    }.get(key, codes)
    if question.kind.takes_many:
        return st.lists(values, unique_by=str, max_size=question.max_choices).map(tuple)
    return st.none() | values


CONTEXTS = st.builds(Context, **{attribute: _field(key) for key, attribute in CONTEXT_KEYS.items()})


def factor_scores(factor_id: str) -> st.SearchStrategy[FactorScore]:
    return st.builds(
        FactorScore,
        st.just(factor_id),
        st.floats(0, 100),
        st.floats(0, 1),
        st.integers(-2, 2),
        st.none() | st.floats(0, allow_infinity=False),
        st.none() | st.floats(max_value=1, allow_infinity=False),
        st.booleans(),
    )


SCORES = st.lists(st.sampled_from(sorted(FACTORS)), unique=True, max_size=12).flatmap(
    lambda ids: st.tuples(*(factor_scores(factor_id) for factor_id in ids)).map(
        lambda scores: {score.factor_id: score for score in scores}
    )
)
RESPONDENTS = st.dictionaries(st.sampled_from([*ROLES, UNKNOWN_ROLE]), st.integers(1, 10_000))
PROFILES = st.builds(Profile, SCORES, RESPONDENTS)

SOME_ITEMS = [
    item
    for item in Q.items()
    if item.factor in ("agressie", "jeugdgroep", "veilig-schoolklimaat", "steunende-volwassene")
]
"""Factors with two or three items, some of them reversed, one with 'niet van toepassing'."""


CERTAINTY = st.sampled_from(["1", "2", "3", "4", "wn"])
RESPONSES = st.builds(
    Response,
    ROLE,
    st.fixed_dictionaries(
        {},
        optional={item.id: st.sampled_from([answer.code for answer in Q.choices(item.scale)]) for item in SOME_ITEMS},
    ),
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(sorted({Q.section_by_factor[item.factor].id for item in SOME_ITEMS}), CERTAINTY)
    ),
    st.fixed_dictionaries({}, optional={"agressie": st.integers(-2, 2)}),
    short=st.booleans(),
)
"""One colleague's answers to a few factors, in any role and either version."""


def say(role: str, certainty: str = "3", **answers: str) -> Response:
    """A response with the same certainty everywhere: say('gemeente', IND05='3')."""
    return Response(role, answers, {section.id: certainty for section in Q.all_sections})

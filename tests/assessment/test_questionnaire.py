from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from assessment import Questionnaire, QuestionnaireError
from kb import SEVERITIES, Domain, Factor, ProblemKind, ProblemLevel


def test_it_is_read_once() -> None:
    assert Questionnaire.load() is Questionnaire.load()


def test_every_factor_is_asked_and_every_item_is_about_a_factor(
    questionnaire: Questionnaire, factors: Mapping[str, Factor]
) -> None:
    assert set(questionnaire.items_by_factor) == set(factors)


def test_an_item_about_an_unknown_factor_is_refused(
    questionnaire: Questionnaire, factors: Mapping[str, Factor]
) -> None:
    with pytest.raises(QuestionnaireError, match="IND05: factor 'agressie'"):
        questionnaire.check({key: factor for key, factor in factors.items() if key != "agressie"})


def test_the_long_version_has_74_items_and_the_short_21(questionnaire: Questionnaire) -> None:
    assert (len(questionnaire.items()), len(questionnaire.items(short=True))) == (74, 21)


def test_in_the_short_version_a_factor_has_at_most_one_item(questionnaire: Questionnaire) -> None:
    assert max(Counter(item.factor for item in questionnaire.items(short=True)).values()) == 1


def test_the_sections_are_the_six_drawers_in_order(questionnaire: Questionnaire) -> None:
    assert [section.domain for section in questionnaire.sections()] == list(Domain)


@pytest.mark.parametrize(
    ("role", "count"),
    [
        ("politie-boa", 30),
        ("jongerenwerk", 54),
        ("school-leerplicht", 53),
        ("wijkteam-jgz", 36),
        ("gemeente", 19),
        ("bewoners-jongeren", 11),
    ],
)
def test_a_role_gets_only_its_own_items(questionnaire: Questionnaire, role: str, count: int) -> None:
    asked = [item for section in questionnaire.sections(role=role) for item in section.items]
    assert len(asked) == count
    assert all(role in item.roles for item in asked)


def test_a_section_without_items_for_a_role_is_left_out(questionnaire: Questionnaire) -> None:
    assert [section.id for section in questionnaire.sections(short=True, role="bewoners-jongeren")] == [
        "vrienden",
        "wijk",
    ]


def test_an_item_measures_its_factor_in_the_right_direction(
    questionnaire: Questionnaire, factors: Mapping[str, Factor]
) -> None:
    """Scales of coverage and supply say how much protection there is, the others how much risk."""
    wrong = [
        item.id
        for item in questionnaire.items()
        if (item.scale in ("dekking", "aanbod")) == (factors[item.factor].is_risk) and not item.reversed
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("probleem", [str(problem) for problem in ProblemKind]),
        ("ernst", [str(severity) for severity in SEVERITIES]),
        ("niveau", [*(str(level) for level in ProblemLevel), "onbekend"]),
        ("leeftijd", ["0-11", "12-17", "18-22", "23-27"]),
    ],
)
def test_closed_lists_come_from_the_knowledge_base(questionnaire: Questionnaire, key: str, codes: list[str]) -> None:
    question = questionnaire.question(key)
    assert question is not None
    assert [option.code for option in question.options] == codes


def test_a_place_to_reach_young_people_stands_for_settings(questionnaire: Questionnaire) -> None:
    question = questionnaire.question("setting")
    assert question is not None
    assert all(option.settings for option in question.options)


def test_every_item_can_be_answered_with_weet_niet(questionnaire: Questionnaire) -> None:
    assert all("wn" in {answer.code for answer in questionnaire.choices(item.scale)} for item in questionnaire.items())


@pytest.mark.parametrize("code", ["wn", "nvt", "", "7", "x"])
def test_what_is_no_estimate_has_no_points(questionnaire: Questionnaire, code: str) -> None:
    assert questionnaire.points(questionnaire.items_by_id["VRI05"], code) is None


@pytest.mark.parametrize(("item", "points"), [("IND05", [0, 25, 50, 75, 100]), ("GEZ02", [100, 75, 50, 25, 0])])
def test_points_go_from_0_to_100_and_back_for_a_reversed_item(
    questionnaire: Questionnaire, item: str, points: list[int]
) -> None:
    assert [questionnaire.points(questionnaire.items_by_id[item], code) for code in "01234"] == points


@pytest.mark.parametrize(
    ("code", "weight"), [("1", 0.5), ("2", 0.75), ("3", 1), ("4", 1.25), ("wn", 0.5), (None, 0.5), ("x", 0.5)]
)
def test_certainty_gives_weight(questionnaire: Questionnaire, code: str | None, weight: float) -> None:
    assert questionnaire.weight(code) == weight


def test_an_answer_about_all_young_people_becomes_a_number_in_tens(questionnaire: Questionnaire) -> None:
    item = questionnaire.items_by_id["IND01"]
    numbers = [questionnaire.local_number(item, answer, 400) for answer in questionnaire.choices(item.scale)]
    assert numbers == [None, 20, 40, 80, 130, None]


def test_a_number_under_ten_is_never_given(questionnaire: Questionnaire) -> None:
    item = questionnaire.items_by_id["IND03"]
    numbers = [questionnaire.local_number(item, answer, 400) for answer in questionnaire.choices(item.scale)]
    assert numbers == [None, None, None, 10, 20, None]


@pytest.mark.parametrize(("item", "youth"), [("IND05", 400), ("GEZ01", 400), ("IND01", None)])
def test_no_number_when_it_is_not_about_all_young_people_or_they_are_not_counted(
    questionnaire: Questionnaire, item: str, youth: int | None
) -> None:
    asked = questionnaire.items_by_id[item]
    assert not any(questionnaire.local_number(asked, answer, youth) for answer in questionnaire.choices(asked.scale))


def test_the_questionnaire_cannot_be_changed(questionnaire: Questionnaire) -> None:
    with pytest.raises(ValidationError):
        questionnaire.version = "9"  # type: ignore[misc]

"""The laws of the score, and the formulas of scoring.md worked out once more, apart from the code."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from assessment import AreaLevel, IndicatorValue, Item, Profile, Questionnaire, Response, role_scores, score
from assessment.indicators import indicator_score
from assessment.scoring import SMALL_SAMPLE, experience_error
from kb import Factor
from tests.assessment.samples import FACTORS, RESPONSES, ROLE, SOME_ITEMS, Q, say

MANY = st.lists(RESPONSES, max_size=9)
WEIGHTS = {"1": 0.5, "2": 0.75, "3": 1.0, "4": 1.25, "wn": 0.5}


def profile(people: Sequence[Response], *figures: IndicatorValue) -> Profile:
    return score(Q, FACTORS, people, figures)


def three(code: str, *roles: str) -> list[Response]:
    """One respondent per role who all say the same about aggression."""
    return [say(role, IND05=code, IND06=code) for role in roles]


# Laws


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(people: list[Response], random: Random) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)
    assert _nearly(profile(shuffled)) == _nearly(profile(people))


@given(MANY)
def test_scores_confidence_and_trend_stay_in_range(people: list[Response]) -> None:
    for found in profile(people).scores.values():
        assert 0 <= found.score <= 100
        assert 0 <= found.confidence <= 1
        assert -2 <= found.trend <= 2
        assert found.standard_error is not None
        assert found.standard_error > 0


@given(MANY, st.sampled_from(SOME_ITEMS), st.sampled_from(["0", "1", "2", "3", "4", "wn"]), st.integers(0, 8))
def test_one_more_answer_changes_no_other_factor(people: list[Response], item: Item, code: str, who: int) -> None:
    changed = [
        replace(person, answers={**person.answers, item.id: code}) if position == who else person
        for position, person in enumerate(people)
    ]
    before, after = dict(profile(people).scores), dict(profile(changed).scores)
    before.pop(item.factor, None)
    after.pop(item.factor, None)
    assert after == before


@given(MANY)
def test_a_role_that_says_the_same_twice_does_not_outvote(people: list[Response]) -> None:
    doubled = people + [person for person in people if person.role == "politie-boa"]
    once, twice = profile(people), profile(doubled)
    for factor, found in once.scores.items():
        assert twice.scores[factor].score == pytest.approx(found.score)
        assert twice.scores[factor].standard_error == pytest.approx(found.standard_error)


@given(MANY)
def test_weet_niet_from_everyone_gives_an_empty_profile(people: list[Response]) -> None:
    nobody_knows = [replace(person, answers=dict.fromkeys(person.answers, "wn")) for person in people]
    assert profile(nobody_knows).scores == {}


@given(MANY)
def test_what_nobody_was_asked_is_absent(people: list[Response]) -> None:
    assert set(profile(people).scores) <= {item.factor for item in SOME_ITEMS}


@given(st.floats(0, 5000), st.floats(0, 5000), st.integers(2, 6))
def test_disagreement_widens_the_band(spread: float, more: float, roles: int) -> None:
    assert experience_error(spread + more, roles) >= experience_error(spread, roles)


@given(st.floats(0, 400), st.integers(2, 9))
def test_one_more_role_narrows_the_band_when_roles_agree_at_least_as_assumed(spread: float, roles: int) -> None:
    assert experience_error(spread, roles + 1) < experience_error(spread, roles)


@given(MANY, st.sampled_from(SOME_ITEMS), st.integers(0, 8))
def test_a_higher_estimate_never_lowers_a_score(people: list[Response], item: Item, who: int) -> None:
    code = people[who].answers.get(item.id, "") if who < len(people) else ""
    if code not in {"0", "1", "2", "3"}:
        return
    higher = [
        replace(one, answers={**one.answers, item.id: str(int(code) + 1)}) if place == who else one
        for place, one in enumerate(people)
    ]
    before, after = profile(people).scores.get(item.factor), profile(higher).scores.get(item.factor)
    assert (before is None) == (after is None)
    if before and after:
        change = before.score - after.score if item.reversed else after.score - before.score
        assert change > -1e-9


@given(MANY, ROLE)
def test_someone_who_knows_nothing_changes_no_score(people: list[Response], role: str) -> None:
    silent = Response(role, {item.id: "wn" for item in SOME_ITEMS}, {section.id: "4" for section in Q.all_sections})
    assert profile([*people, silent]).scores == profile(people).scores


@given(MANY)
def test_saying_weet_niet_where_one_passed_over_changes_nothing(people: list[Response]) -> None:
    said = [replace(one, answers=dict.fromkeys(_own_items(one), "wn") | dict(one.answers)) for one in people]
    assert profile(said).scores == profile(people).scores


def _own_items(person: Response) -> list[str]:
    return [item.id for item in Q.items(person.short, person.role)]


@given(MANY)
def test_a_score_lies_between_the_lowest_and_the_highest_estimate(people: list[Response]) -> None:
    for factor, found in profile(people).scores.items():
        given_points = [
            points
            for item in Q.items_by_factor[factor]
            for person in people
            if (points := Q.points(item, person.answers.get(item.id, ""))) is not None
        ]
        assert min(given_points) - 1e-9 <= found.score <= max(given_points) + 1e-9


@given(st.sampled_from("01234"), st.floats(10, 500), st.floats(10, 500))
def test_with_a_figure_the_score_lies_between_experience_and_the_figure(
    code: str, observed: float, expected: float
) -> None:
    people = [say(role, SCH05=code) for role in ("gemeente", "jongerenwerk", "wijkteam-jgz")]
    value = IndicatorValue("R20", observed, expected)
    points = indicator_score(value, 1).score
    found = profile(people, value).scores["geen-werk-dagbesteding"].score
    assert min(25 * int(code), points) - 1e-9 <= found <= max(25 * int(code), points) + 1e-9


def _nearly(found: Profile) -> object:
    """Sums may differ in the last digits when their order does."""
    rows = {
        factor: (round(s.score, 6), round(s.confidence, 6), s.trend, round(s.standard_error or 0, 6), s.diverging)
        for factor, s in found.scores.items()
    }
    return rows, found.respondents


# Who is shown


@pytest.mark.parametrize("roles", [(), ("gemeente",), ("gemeente", "politie-boa"), ("politie-boa",) * 6])
def test_too_few_people_or_roles_show_nothing(roles: tuple[str, ...]) -> None:
    assert profile(three("4", *roles)).scores == {}


def test_three_people_in_two_roles_show_a_score() -> None:
    assert set(profile(three("4", "politie-boa", "politie-boa", "jongerenwerk")).scores) == {"agressie"}


def test_figures_alone_show_nothing() -> None:
    assert profile(three("3", "gemeente"), IndicatorValue("R03", 100, 50)).scores == {}


def test_respondents_are_counted_per_role_whatever_they_answered() -> None:
    people = [*three("wn", "gemeente", "gemeente", "politie-boa"), Response(None)]
    assert profile(people).respondents == {"gemeente": 2, "politie-boa": 1, "onbekend": 1}


def test_unknown_is_never_a_middle_score() -> None:
    people = [
        *three("4", "politie-boa", "jongerenwerk", "school-leerplicht"),
        *three("wn", "wijkteam-jgz", "wijkteam-jgz"),
    ]
    assert profile(people).scores["agressie"].score == 100


# Half of what was asked


def _answers_of(person: Response, factor: str = "agressie") -> bool:
    return factor in profile([person, *three("2", "jongerenwerk", "school-leerplicht")]).scores


@pytest.mark.parametrize(
    "person",
    [
        pytest.param(say("jongerenwerk", IND05="4", IND06="wn"), id="half"),
        pytest.param(say("jongerenwerk", IND05="4"), id="half, the other passed over"),
        pytest.param(say("politie-boa", IND05="4"), id="the only item of this role"),
        pytest.param(replace(say("jongerenwerk", IND05="4"), short=True), id="the only short item"),
        pytest.param(say("politie-boa", IND06="4", IND05="4"), id="an item of another role as well"),
    ],
)
def test_half_of_what_someone_was_asked_is_enough(person: Response) -> None:
    assert _answers_of(person)


@pytest.mark.parametrize(
    "person",
    [
        pytest.param(say("politie-boa", VRI03="4"), id="one of three"),
        pytest.param(say("politie-boa", VRI03="4", VRI04="wn", VRI05="wn"), id="one of three, twice weet niet"),
    ],
)
def test_less_than_half_counts_as_no_answer(person: Response) -> None:
    others = [say(role, VRI03="2", VRI04="2") for role in ("jongerenwerk", "gemeente")]
    assert "jeugdgroep" not in profile([person, *others]).scores


def test_who_is_asked_one_of_three_items_has_said_all_with_that_one() -> None:
    """A municipality is asked one item about groups, the others all three; and who has no role is asked everything."""
    others = [say(role, VRI03="2", VRI04="2") for role in ("jongerenwerk", "politie-boa")]
    assert profile([say("gemeente", VRI03="4"), *others]).scores["jeugdgroep"].respondents == 3
    assert "jeugdgroep" not in profile([say("", VRI03="4"), *others]).scores


def test_an_item_that_does_not_apply_was_not_really_asked() -> None:
    person = say("politie-boa", VRI03="4", VRI05="nvt")
    others = [say(role, VRI03="4", VRI04="4") for role in ("jongerenwerk", "gemeente")]
    assert profile([person, *others]).scores["jeugdgroep"].score == 100


# The formulas


def test_six_officers_and_one_youth_worker_weigh_the_same() -> None:
    people = [*three("4", *["politie-boa"] * 6), *three("0", "jongerenwerk")]
    people = [replace(person, answers={"IND05": person.answers["IND05"]}) for person in people]
    assert profile(people).scores["agressie"].score == 50


def test_a_role_outside_the_item_weighs_half() -> None:
    people = [say("politie-boa", GEZ05="4"), say("politie-boa", GEZ05="4"), say("gemeente", GEZ05="0")]
    assert profile(people).scores["crimineel-gezin"].score == pytest.approx(100 * 1 / 1.5)


def test_a_role_that_fits_one_of_two_items_weighs_the_mean_of_both() -> None:
    people = [say("politie-boa", IND05="4", IND06="4"), *three("0", "jongerenwerk", "jongerenwerk")]
    assert profile(people).scores["agressie"].score == pytest.approx(100 * 0.75 / 1.75)


def test_a_reversed_item_counts_the_other_way() -> None:
    people = [say(role, GEZ01="3", GEZ02="1") for role in ("wijkteam-jgz", "school-leerplicht", "school-leerplicht")]
    assert profile(people).scores["zwak-toezicht"].score == 75


def test_certainty_weighs_within_a_role() -> None:
    people = [
        say("gemeente", "4", SCH03="4"),
        say("gemeente", "1", SCH03="0"),
        say("school-leerplicht", "3", SCH03="2", SCH04="2"),
    ]
    people = [replace(person, answers={"SCH03": person.answers["SCH03"]}) for person in people]
    assert profile(people).scores["verzuim-schooluitval"].score == pytest.approx((100 * 1.25 / 1.75 + 50) / 2)


def test_a_profile_equals_the_formulas_worked_out_by_hand() -> None:
    """Two roles at 100 and 50 (three people), one figure of the municipality: scoring.md paragraphs 1 and 2."""
    people = [say("gemeente", "4", SCH05="4"), say("gemeente", "3", SCH05="4"), say("jongerenwerk", "2", SCH05="2")]
    found = profile(people, IndicatorValue("R20", 75, 55, AreaLevel.MUNICIPALITY)).scores["geen-werk-dagbesteding"]
    assert (found.factor_id, found.respondents, found.roles) == ("geen-werk-dagbesteding", 3, 2)
    variance = 1250.0
    experience_variance = (variance + 3 * 400) / 4 / 2 * (1.533 / 1.28) ** 2
    figure, figure_variance = 50 + 25 * math.log2(80 / 60), 36**2 / 80 + 12**2
    precision = 1 / experience_variance + 1 / figure_variance
    assert found.score == pytest.approx((75 / experience_variance + figure / figure_variance) / precision)
    assert found.standard_error == pytest.approx(math.sqrt(1 / precision))
    assert found.agreement == pytest.approx(0)
    assert found.confidence == pytest.approx(
        0.4 * 0.3 * 0.5 + 0 + 0.2 * 0.5 + 0.1 * ((1.25 + 1 + 0.75) / 3 - 0.5) / 0.75
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["politie-boa", "jongerenwerk", "gemeente"]),
            st.sampled_from("01234"),
            st.sampled_from(["1", "2", "3", "4", "wn"]),
        ),
        min_size=3,
        max_size=12,
    )
)
def test_any_profile_without_figures_equals_the_formulas(given_answers: list[tuple[str, str, str]]) -> None:
    found = profile([say(role, certainty, VRI06=code) for role, code, certainty in given_answers])
    means = _role_means(given_answers)
    if len(means) < 2:
        assert found.scores == {}
        return
    item = Q.items_by_id["VRI06"]
    u = {role: 1.0 if role in item.roles else 0.5 for role in means}
    center = sum(means.values()) / len(means)
    spread = sum((mean - center) ** 2 for mean in means.values()) / (len(means) - 1)
    result = found.scores["ongestructureerde-vrije-tijd"]
    assert result.score == pytest.approx(sum(u[role] * means[role] for role in means) / sum(u.values()))
    assert result.standard_error == pytest.approx(
        math.sqrt(((len(means) - 1) * spread + 1200) / (len(means) + 2) / len(means))
        * t.ppf(0.9, len(means) + 2)
        / 1.28,
        rel=1e-3,
    )
    assert result.agreement == pytest.approx(1 - spread / 1250)
    numbers = min(1, len(given_answers) / 10) * min(1, len(means) / 4)
    source = (sum(WEIGHTS[certainty] for _, _, certainty in given_answers) / len(given_answers) - 0.5) / 0.75
    assert result.confidence == pytest.approx(0.4 * numbers + 0.3 * max(0, 1 - spread / 1250) + 0.1 * source)


def _role_means(given_answers: list[tuple[str, str, str]]) -> dict[str, float]:
    sums: dict[str, tuple[float, float]] = {}
    for role, code, certainty in given_answers:
        total, weight = sums.get(role, (0.0, 0.0))
        sums[role] = (total + WEIGHTS[certainty] * 25 * int(code), weight + WEIGHTS[certainty])
    return {role: total / weight for role, (total, weight) in sums.items()}


@pytest.mark.parametrize("freedom", SMALL_SAMPLE)
def test_the_table_is_student_t_at_ninety_per_cent(freedom: int) -> None:
    assert SMALL_SAMPLE[freedom] == pytest.approx(t.ppf(0.9, freedom), abs=0.0005)


@pytest.mark.parametrize(
    ("spread", "roles", "error"),
    [
        (0.0, 2, math.sqrt(1200 / 4 / 2) * 1.533 / 1.28),
        (1250.0, 2, math.sqrt(2450 / 4 / 2) * 1.533 / 1.28),
        (400.0, 4, math.sqrt(2400 / 6 / 4) * 1.440 / 1.28),
        (100.0, 7, math.sqrt(1800 / 9 / 7) * 1.383 / 1.28),
        (100.0, 9, math.sqrt(2000 / 11 / 9) * 1.383 / 1.28),
    ],
)
def test_the_error_of_experience_is_that_of_the_formula(spread: float, roles: int, error: float) -> None:
    assert experience_error(spread, roles) == pytest.approx(error, rel=1e-9)


# Figures


def test_figures_that_lie_far_from_experience_are_said_aloud() -> None:
    people = [say(role, SCH05="0") for role in ("gemeente", "jongerenwerk", "wijkteam-jgz")]
    assert profile(people, IndicatorValue("R20", 100, 100)).scores["geen-werk-dagbesteding"].diverging


def test_figures_that_lie_near_experience_are_not() -> None:
    people = [say(role, SCH05="2") for role in ("gemeente", "jongerenwerk", "wijkteam-jgz")]
    assert not profile(people, IndicatorValue("R20", 100, 100)).scores["geen-werk-dagbesteding"].diverging


def test_a_score_says_on_how_many_people_in_how_many_roles_it_rests() -> None:
    people = [*three("4", "politie-boa", "politie-boa", "jongerenwerk"), *three("wn", "gemeente")]
    found = profile(people).scores["agressie"]
    assert (found.respondents, found.roles) == (3, 2)


def test_a_figure_makes_the_score_surer() -> None:
    people = [say(role, SCH05="2") for role in ("gemeente", "jongerenwerk", "wijkteam-jgz")]
    without, beside = (
        profile(people, *f).scores["geen-werk-dagbesteding"] for f in ([], [IndicatorValue("R20", 100, 100)])
    )
    assert (beside.standard_error or 0) < (without.standard_error or 0)
    assert beside.confidence == pytest.approx(without.confidence + 0.2)


# Trend


@pytest.mark.parametrize(
    ("trends", "trend"),
    [
        ([("gemeente", 2), ("politie-boa", 1)], 1),
        ([("gemeente", -2), ("politie-boa", -1)], -1),
        ([("gemeente", 1), ("politie-boa", 0)], 0),
        ([("gemeente", 2)] * 3 + [("politie-boa", -2)], 0),
        ([], 0),
    ],
)
def test_the_trend_is_the_mean_over_roles_cautiously_rounded(trends: list[tuple[str, int]], trend: int) -> None:
    people = three("2", "politie-boa", "jongerenwerk", "school-leerplicht")
    people += [Response(role, trends={"agressie": change}) for role, change in trends]
    assert profile(people).scores["agressie"].trend == trend


# Per role


def test_a_score_per_role_needs_three_people_in_that_role(questionnaire: Questionnaire) -> None:
    people = three("4", *["politie-boa"] * 3, *["jongerenwerk"] * 3)
    assert role_scores(questionnaire, "agressie", people) == {"politie-boa": 100, "jongerenwerk": 100}


def test_one_hidden_role_hides_all_because_it_could_be_worked_out(questionnaire: Questionnaire) -> None:
    people = three("4", *["politie-boa"] * 4, *["jongerenwerk"] * 3, "school-leerplicht")
    assert role_scores(questionnaire, "agressie", people) == {}


def test_hidden_roles_that_are_too_few_people_together_hide_all(questionnaire: Questionnaire) -> None:
    people = three("4", *["politie-boa"] * 3, "jongerenwerk", "school-leerplicht")
    assert role_scores(questionnaire, "agressie", people) == {}


def test_hidden_roles_with_enough_people_together_leave_the_others_visible(questionnaire: Questionnaire) -> None:
    others = ["jongerenwerk", "school-leerplicht", "wijkteam-jgz"] * 2
    people = three("3", *["politie-boa"] * 3, *others)
    assert role_scores(questionnaire, "agressie", people) == {"politie-boa": 75}


def test_only_the_factors_that_are_asked_for_are_scored(factors: Mapping[str, Factor]) -> None:
    people = [say(role, IND05="4", VRI06="4") for role in ("politie-boa", "politie-boa", "jongerenwerk")]
    assert set(score(Q, {"agressie": factors["agressie"]}, people).scores) == {"agressie"}


def test_more_people_or_roles_than_needed_do_not_make_it_surer_than_sure() -> None:
    """Twelve in five roles count as ten in four; agreeing wholly and sure of it, but without a figure: 0.4 + 0.3 + 0 + 0.1."""
    roles = ["gemeente", "jongerenwerk", "politie-boa", "school-leerplicht", "jeugdhulp"]
    found = profile([say(roles[n % 5], "4", SCH05="4") for n in range(12)]).scores["geen-werk-dagbesteding"]
    assert found.confidence == pytest.approx(0.8)
    assert (found.respondents, found.roles) == (12, 5)

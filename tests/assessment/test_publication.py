"""What leaves a meting: coarse enough to give nobody's answer away, and comparisons that tell no more than what they compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import FactorScore, IndicatorValue, Profile, disclosure, role_scores, score
from assessment.publication import (
    RegionScore,
    Verdict,
    beside_region,
    changes,
    published,
    region_scores,
)
from tests.assessment.samples import FACTORS, PROFILES, RESPONSES, Q, say

FACTOR = "ongestructureerde-vrije-tijd"
"""Asked with one question, so that a score is as near to an answer as it can get."""
POLICE, YOUTH_WORK, RESIDENT, TOWN = "politie-boa", "jongerenwerk", "bewoners-jongeren", "gemeente"


def one(score: float, error: float = 10, confidence: float = 0.6) -> Profile:
    return Profile({FACTOR: FactorScore(FACTOR, score, confidence, standard_error=error)})


# What leaves


@given(PROFILES)
def test_publishing_twice_changes_nothing(profile: Profile) -> None:
    if any(found.error > 1e6 for found in profile.scores.values()):
        return
    assert published(published(profile)) == published(profile)


@given(st.lists(RESPONSES, max_size=9))
def test_scores_and_errors_leave_in_fives_and_agreement_as_yes_no_or_untold(people: list) -> None:  # type: ignore[type-arg]
    for found in published(score(Q, FACTORS, people)).scores.values():
        assert found.score % 5 == 0
        assert found.error % 5 == 0
        assert found.agreement in (None, 0.0, 0.5)
        assert (found.respondents, found.roles) == (None, None)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            FactorScore(FACTOR, 62.5, 0.61, 1, 11.0, 0.9, True, 6, 3),
            FactorScore(FACTOR, 65, 0.55, 1, 10, 0.5, True),
        ),
        (FactorScore(FACTOR, 62.4, 0.40, 0, 10.0, 0.49, False, 9, 4), FactorScore(FACTOR, 60, 0.35, 0, 15, 0.0)),
        (FactorScore(FACTOR, 50, 0.40, 0, 31.0, -2.0, False, 4, 3), FactorScore(FACTOR, 50, 0.55, 0, 15, None)),
        (FactorScore(FACTOR, 50, 0.40, 0, 31.0, 1.0, False, 9, 2), FactorScore(FACTOR, 50, 0.25, 0, 15, None)),
        (FactorScore(FACTOR, 50, 0.98, 0, 2.0, 0.5, False, 9, 4), FactorScore(FACTOR, 50, 1.0, 0, 10, 0.5)),
        (FactorScore(FACTOR, 50, 0.05, 0, 5.0, 1.0, False, 9, 2), FactorScore(FACTOR, 50, 0.0, 0, 15, None)),
        (FactorScore(FACTOR, 50, 0.62, 0, None, None), FactorScore(FACTOR, 50, 0.6, 0, 10, None)),
    ],
)
def test_what_leaves_of_one_factor(found: FactorScore, expected: FactorScore) -> None:
    assert published(Profile({FACTOR: found})).scores[FACTOR] == expected


def test_who_took_part_stays_in_numbers_per_role() -> None:
    assert published(Profile({}, {POLICE: 2})).respondents == {POLICE: 2}


# Two views of one meting: what is shown together


def given_away(roles: tuple[str, ...], coarse: bool) -> float:
    """Share of all possible answers with which somebody's answer can be worked out from everything that is shown.

    The attacker knows the formulas, every role, and that everybody is equally certain: more than a reader ever does.
    """
    views: dict[object, list[tuple[str, ...]]] = {}
    for codes in product("01234", repeat=len(roles)):
        people = [say(role, VRI06=code) for role, code in zip(roles, codes, strict=True)]
        whole = score(Q, {FACTOR: FACTORS[FACTOR]}, people)
        shown = published(whole) if coarse else whole
        views.setdefault(repr((shown, role_scores(Q, FACTOR, people))), []).append(codes)
    told = [codes for codes in views.values() if any(len(set(of_one)) == 1 for of_one in zip(*codes, strict=True))]
    return float(sum(map(len, told)) / 5 ** len(roles))


PANELS = [
    (POLICE, POLICE, YOUTH_WORK),
    (POLICE, YOUTH_WORK, RESIDENT),
    (POLICE, YOUTH_WORK, TOWN),
    (POLICE, POLICE, POLICE, YOUTH_WORK),
    (POLICE, POLICE, YOUTH_WORK, TOWN),
    (POLICE, POLICE, YOUTH_WORK, YOUTH_WORK, TOWN),
]


@pytest.mark.parametrize("roles", PANELS, ids="-".join)
def test_what_is_shown_together_hardly_ever_gives_an_answer_away(roles: tuple[str, ...]) -> None:
    """What is left is (nearly) everybody at one end of the scale: a mean of 0 cannot hide that all said 0.

    With six people, the first that may be told to agree or differ, at most 1.2% of all answers does so (worked out once: it takes a minute).
    """
    assert given_away(roles, coarse=True) <= 0.05


def test_without_rounding_an_answer_could_be_worked_out() -> None:
    assert given_away((POLICE, POLICE, YOUTH_WORK), coarse=False) > 0.5


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 6), max_size=6))
def test_the_total_minus_the_shown_roles_is_nobody_or_enough_people(sizes: Mapping[str, int]) -> None:
    shown = disclosure.shown_groups(sizes)
    hidden = [size for role, size in sizes.items() if role not in shown]
    assert all(sizes[role] >= disclosure.MIN_PER_ROLE for role in shown)
    assert not hidden or not shown or disclosure.spread_is_shown(sum(hidden), len(hidden))


# Two moments


def test_a_factor_that_only_one_moment_shows_has_no_change() -> None:
    assert changes(Profile({}), one(50)) == {}
    assert changes(one(50), Profile({})) == {}


@given(PROFILES, PROFILES)
def test_a_change_tells_no_more_than_the_two_published_profiles(before: Profile, now: Profile) -> None:
    if any(found.error > 1e6 for profile in (before, now) for found in profile.scores.values()):
        return
    assert changes(before, now) == changes(published(before), published(now))


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (50, 70, Verdict.HIGHER),
        (70, 50, Verdict.LOWER),
        (50, 65, Verdict.UNCLEAR),
        (65, 50, Verdict.UNCLEAR),
        (50, 50, Verdict.UNCLEAR),
    ],
)
def test_a_change_counts_when_it_is_more_than_chance(before: float, now: float, verdict: Verdict) -> None:
    """Two errors of 10: 1.28 times 14.1 is 18.1 points."""
    (found,) = changes(one(before), one(now)).values()
    assert (found.before, found.now, found.verdict) == (before, now, verdict)


# Region


def towns(*scores: float) -> dict[str, list[Profile]]:
    return {f"GM{place:04}": [one(points)] for place, points in enumerate(scores)}


@pytest.mark.parametrize("scores", [(), (40,), (40, 60)])
def test_a_region_of_fewer_than_three_municipalities_shows_nothing(scores: tuple[float, ...]) -> None:
    assert region_scores(towns(*scores)) == {}


def test_three_municipalities_make_a_region() -> None:
    assert region_scores(towns(40, 50, 70)) == {FACTOR: RegionScore(FACTOR, 55, 3)}


def test_many_metingen_of_one_municipality_count_once() -> None:
    many = towns(0, 60) | {"GM9999": [one(100)] * 9}
    assert region_scores(many)[FACTOR].score == 55
    assert region_scores({"GM1": [one(0), one(50)], **towns(50, 50)})[FACTOR].score == 40


def test_a_municipality_without_a_factor_does_not_count_for_it() -> None:
    assert region_scores(towns(40, 60) | {"GM9999": [Profile({})]}) == {}


@given(st.lists(st.sampled_from(range(0, 101, 5)), min_size=4, max_size=8))
def test_one_more_municipality_does_not_give_its_score_away(scores: list[int]) -> None:
    """From the region before and after, its score can only be placed within an interval wider than one answer of the scale."""
    before = region_scores(towns(*scores[:-1]))[FACTOR].score
    after = region_scores(towns(*scores))[FACTOR].score
    n = len(scores)
    lowest, highest = n * (after - 2.5) - (n - 1) * (before + 2.5), n * (after + 2.5) - (n - 1) * (before - 2.5)
    assert lowest <= scores[-1] <= highest
    assert highest - lowest >= 25


@pytest.mark.parametrize(("now", "verdict"), [(65, Verdict.HIGHER), (60, Verdict.UNCLEAR), (35, Verdict.LOWER)])
def test_an_area_is_held_against_the_region_with_its_own_doubt(now: float, verdict: Verdict) -> None:
    (found,) = beside_region(one(now), region_scores(towns(50, 50, 50))).values()
    assert (found.before, found.verdict) == (50, verdict)


def test_an_area_has_nothing_to_compare_where_the_region_is_silent() -> None:
    assert beside_region(one(50), {}) == {}


# Two areas: counts of young people


def possible(shown: int | None) -> Iterable[int]:
    """Every true count behind a shown number."""
    return [count for count in range(200) if disclosure.shown_number(count) == shown]


@given(st.integers(0, 150), st.integers(0, 150))
def test_a_municipality_minus_one_area_does_not_give_the_rest_away(area: int, rest: int) -> None:
    """Even beside an exact total from elsewhere, what remains can be nine different numbers or more; five next to ten."""
    left = {area + rest - count for count in possible(disclosure.shown_number(area))}
    assert rest in left
    assert len(left) >= (5 if 10 <= area < 15 else 9)


def test_a_figure_does_not_show_a_factor_that_too_few_people_answered() -> None:
    people = [say(TOWN, SCH05="4"), say(YOUTH_WORK, SCH05="4")]
    assert published(score(Q, FACTORS, people, [IndicatorValue("R20", 100, 50)])).scores == {}

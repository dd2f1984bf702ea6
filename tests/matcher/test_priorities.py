"""From scores to priorities: formulas of the scoring notes, computed here once more by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from assessment import FactorScore, Profile
from matcher import Axis, Priorities, strength_of
from matcher import weights as w
from matcher.priorities import measure_axes, prioritise, to_act_on
from tests.matcher.samples import cupboard, profile

FACTORS = cupboard().factors


def weight(measured: Profile, axis_id: str) -> float:
    return next(axis.weight for axis in measure_axes(FACTORS, measured) if axis.id == axis_id)


def priorities(measured: Profile) -> Priorities:
    return prioritise(FACTORS, measured)


def test_the_weight_of_a_risk_follows_the_formula() -> None:
    # zwak-toezicht: strength groot (1.2) with high certainty, well changeable (1.0); N = 60, Z = .7
    assert weight(profile(zwak_toezicht=60), "opvoeding") == pytest.approx(
        100 * 30 / 70 * 1.2 * 1.0 * (0.6 + 0.4 * 0.7)
    )


def test_a_strength_without_a_source_counts_as_neutral() -> None:
    # toekomstperspectief: low certainty of strength (1.0), well changeable (1.0); shortage N = 60, Z = .7
    assert weight(profile(toekomstperspectief=40), "perspectief") == pytest.approx(100 * 30 / 70 * (0.6 + 0.4 * 0.7))


def test_two_sides_of_one_axis_are_weighted_by_confidence() -> None:
    scores = {
        "zwak-toezicht": FactorScore("zwak-toezicht", 80, 0.9),
        "opvoedvaardigheden": FactorScore("opvoedvaardigheden", 50, 0.3),
    }
    (axis,) = measure_axes(FACTORS, Profile(scores))
    assert axis.need == pytest.approx((80 * 0.9 + 50 * 0.3) / 1.2)


def test_a_shortage_of_protection_is_a_need() -> None:
    (axis,) = measure_axes(FACTORS, profile(toekomstperspectief=20))
    assert axis.need == 80


def test_below_thirty_there_is_no_need() -> None:
    assert weight(profile(agressie=29), "agressie") == 0


def test_a_rising_trend_weighs_more() -> None:
    steady = weight(profile(agressie=70), "agressie")
    rising = weight(Profile({"agressie": FactorScore("agressie", 70, 0.7, trend=2)}), "agressie")
    assert rising == pytest.approx(1.2 * steady)


def test_growing_protection_weighs_less() -> None:
    steady = weight(profile(toekomstperspectief=30), "perspectief")
    growing = weight(
        Profile({"toekomstperspectief": FactorScore("toekomstperspectief", 30, 0.7, trend=2)}), "perspectief"
    )
    assert growing == pytest.approx(0.8 * steady)


def test_doubt_dampens_but_never_erases() -> None:
    assert weight(profile(confidence=0, agressie=90), "agressie") > 0


def test_high_but_uncertain_is_found_out_first() -> None:
    found = priorities(profile(confidence=0.3, agressie=90))
    assert ([a.id for a in found.find_out], found.act) == (["agressie"], ())


def test_what_can_hardly_be_changed_is_background() -> None:
    found = priorities(profile(wijkarmoede=90, agressie=90))
    assert ([a.id for a in found.background], [a.id for a in found.act]) == (["wijkarmoede"], ["agressie"])


def test_flags_ignore_confidence_and_ranking() -> None:
    assert [f.id for f in priorities(profile(confidence=0.0, geweld_in_gezin=50)).flags] == ["geweld-in-gezin"]


def test_below_fifty_there_is_no_flag() -> None:
    assert priorities(profile(geweld_in_gezin=49.9)).flags == ()


def test_at_most_five_priorities_unless_the_sixth_is_as_good_as_the_fifth() -> None:
    measured = profile(
        agressie=95,
        wapenbezit=95,
        middelengebruik=95,
        jeugdgroep=95,
        online_conflict=95,
        geldproblemen=95,
        zwak_toezicht=95,
    )
    assert 5 <= len(priorities(measured).act) <= 6


def test_a_factor_nobody_knows_is_left_aside() -> None:
    assert measure_axes(FACTORS, profile(bestaat_niet=90)) == []


def test_no_confidence_at_all_divides_by_nothing() -> None:
    (axis,) = measure_axes(FACTORS, profile(confidence=0.0, zwak_toezicht=80, opvoedvaardigheden=40))
    assert axis.need == 70


def test_what_people_agreed_on_goes_before_our_suggestion_in_their_order() -> None:
    measured = profile(zwak_toezicht=90, agressie=90, wapenbezit=80)
    axes = [axis.id for axis in prioritise(FACTORS, measured).act]
    turned = prioritise(FACTORS, measured, axes[::-1]).act
    assert [axis.id for axis in turned] == axes[::-1]
    weights = [axis.weight for axis in turned]
    assert weights == sorted(weights, reverse=True)


def test_an_agreed_axis_that_nobody_measured_is_left_aside() -> None:
    measured = profile(zwak_toezicht=90)
    assert prioritise(FACTORS, measured, ["bestaat-niet"]) == prioritise(FACTORS, measured)


def test_an_agreement_never_takes_a_safety_flag_away() -> None:
    measured = profile(wapenbezit=90, zwak_toezicht=90)
    before = prioritise(FACTORS, measured)
    assert before.flags
    assert prioritise(FACTORS, measured, ["opvoeding"]).flags == before.flags


BACKGROUND, DOUBTFUL, SURE = "wijkarmoede", "wapenbezit", "agressie"
MIXED = Profile(
    {
        SURE: FactorScore(SURE, 80, 0.45),
        DOUBTFUL: FactorScore(DOUBTFUL, 50, 0.44),
        BACKGROUND: FactorScore(BACKGROUND, 50, 0.7),
    }
)


def ids(axes: Iterable[Axis]) -> list[str]:
    return [axis.id for axis in axes]


def test_an_axis_is_acted_on_found_out_or_kept_in_mind() -> None:
    found = priorities(MIXED)
    assert (ids(found.act), ids(found.find_out), ids(found.background)) == ([SURE], ["wapens"], [BACKGROUND])


@pytest.mark.parametrize(
    ("factor", "score", "confidence"), [(DOUBTFUL, 49.9, 0.44), (BACKGROUND, 49.9, 0.7), (SURE, 29.9, 0.7)]
)
def test_just_below_a_threshold_it_is_none_of_these(factor: str, score: float, confidence: float) -> None:
    found = priorities(Profile({factor: FactorScore(factor, score, confidence)}))
    assert (found.act, found.find_out, found.background) == ((), (), ())


def test_what_was_agreed_on_leaves_the_other_lists_and_the_rest_stays() -> None:
    agreed = prioritise(FACTORS, MIXED, ["wapens"])
    assert (ids(agreed.act), ids(agreed.find_out), ids(agreed.background)) == (["wapens"], [], [BACKGROUND])
    agreed = prioritise(FACTORS, MIXED, [BACKGROUND, SURE])
    assert (ids(agreed.act), ids(agreed.find_out), ids(agreed.background)) == ([BACKGROUND, SURE], ["wapens"], [])


def test_an_agreed_axis_weighs_at_least_what_a_priority_weighs() -> None:
    (axis,) = prioritise(FACTORS, profile(agressie=20), [SURE]).act
    assert axis.weight == w.PRIORITY_FROM


def test_lists_stand_in_order_of_weight_and_of_equals_the_first_by_name() -> None:
    measured = profile(0.4, wapenbezit=80, agressie=80, jeugdgroep=60)
    found = priorities(measured).find_out
    assert [(-axis.weight, axis.id) for axis in found] == sorted((-axis.weight, axis.id) for axis in found)
    assert len(found) == 3


def axis(axis_id: str, weight: float, need: float = 80, confidence: float = 0.7) -> Axis:
    return Axis(axis_id, (FACTORS[SURE],), need, weight, confidence, 0)


@pytest.mark.parametrize(
    ("weights", "kept"),
    [
        ([90, 80, 70, 60], 4),
        ([90, 80, 70, 60, 50], 5),
        ([90, 80, 70, 60, 50, 45.1], 6),
        ([90, 80, 70, 60, 50, 45], 5),
        ([90, 80, 70, 60, 50, 49, 48], 6),
        ([25, 24.9], 1),
    ],
)
def test_five_are_acted_on_and_a_sixth_that_is_as_good_as_the_fifth(weights: list[float], kept: int) -> None:
    found = to_act_on(axis(f"as-{n}", weight) for n, weight in enumerate(weights))
    assert [each.weight for each in found] == weights[:kept]


def test_a_weight_is_never_above_a_hundred() -> None:
    heavy = Profile({"zwak-toezicht": FactorScore("zwak-toezicht", 100, 1.0, trend=2)})
    assert weight(heavy, "opvoeding") == 100.0


def test_the_worst_trend_and_the_mean_confidence_of_both_sides_count() -> None:
    scores = {
        "zwak-toezicht": FactorScore("zwak-toezicht", 80, 0.9, trend=-1),
        "opvoedvaardigheden": FactorScore("opvoedvaardigheden", 50, 0.3, trend=-2),
    }
    (found,) = measure_axes(FACTORS, Profile(scores))
    assert found.trend == 2
    assert found.confidence == pytest.approx(0.6)
    need = (80 * 0.9 + 50 * 0.3) / 1.2
    strong = max(strength_of(FACTORS[f]) for f in scores)
    assert found.weight == pytest.approx(100 * (need - 30) / 70 * strong * 1.0 * 1.2 * (0.6 + 0.4 * 0.6))


@pytest.mark.parametrize(("score", "flagged"), [(50, ["wapenbezit"]), (49.9, [])])
def test_a_safety_flag_shows_from_fifty(score: float, flagged: list[str]) -> None:
    assert [factor.id for factor in priorities(profile(0.0, wapenbezit=score)).flags] == flagged

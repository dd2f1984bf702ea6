"""From scores to priorities: formulas of the scoring notes, computed here once more by hand."""

from __future__ import annotations

import pytest

from assessment import FactorScore, Profile
from matcher import Priorities
from matcher.priorities import measure_axes, prioritise
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

"""A page as a candidate: the years it is for, the axes it works on and how surely, and what its evidence comes to."""

from __future__ import annotations

from typing import Any

import pytest

from kb import EvidenceLevel, Outcome
from matcher import weights as w
from matcher.advice import Link
from matcher.candidate import Candidate, axes_of, candidate
from matcher.evidence import told, weigh, without_effect
from tests.matcher.samples import cupboard, evidence, page

AXES = axes_of(cupboard().factors)


def made(**changed: Any) -> Candidate:
    return candidate(page(**changed), AXES)


@pytest.mark.parametrize(
    ("ages", "years"),
    [
        ({"van": 12, "tot": 14}, {12, 13, 14}),
        ({"van": 25, "tot": 99}, {25, 26, 27}),
        ({"van": 27, "tot": 27}, {27}),
        ({"van": 40, "tot": 60}, {40}),
        (None, None),
    ],
)
def test_ages_are_years_of_youth_and_never_none_of_them(ages: dict[str, int] | None, years: set[int] | None) -> None:
    assert made(leeftijd=ages).ages == years


def both(first: str, second: str) -> dict[str, Any]:
    return {
        "risicofactoren": [{"id": "antisociale-vrienden", "basis": first}],
        "beschermende_factoren": [{"id": "prosociale-vrienden", "basis": second}],
    }


NAMED = ("antisociale-vrienden", "prosociale-vrienden")


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [("expliciet", "afgeleid", 1.0), ("afgeleid", "expliciet", 1.0), ("afgeleid", "afgeleid", w.DERIVED_LINK)],
)
def test_two_factors_of_one_axis_are_one_link_as_sure_as_the_surest(first: str, second: str, value: float) -> None:
    assert made(**both(first, second)).links == {"vrienden": Link(value, NAMED)}


def test_a_factor_unknown_to_the_taxonomy_makes_no_link() -> None:
    without = {factor: axis for factor, axis in AXES.items() if factor != "agressie"}
    assert candidate(page(), without).links == {}


# ---- evidence ---------------------------------------------------------------------------------------------------------


def test_every_outcome_has_its_lowest_judgement_the_best_outcome_first() -> None:
    found = made(
        bewijs=[
            evidence("middelengebruik", "goede-aanwijzingen"),
            evidence("delictgedrag", "sterke-aanwijzingen"),
            evidence("delictgedrag", "praktijkvoorbeeld"),
            evidence("school-werk", "goede-aanwijzingen"),
        ]
    ).verdicts
    assert [(v.outcome, v.level) for v in found] == [
        (Outcome.SUBSTANCES, EvidenceLevel.GOOD),
        (Outcome.SCHOOL_WORK, EvidenceLevel.GOOD),
        (Outcome.OFFENDING, EvidenceLevel.PRACTICE),
    ]
    assert found[2].conflicting == (EvidenceLevel.STRONG, EvidenceLevel.PRACTICE)
    assert found[0].conflicting == ()
    assert all(v.relevant for v in found)


def test_the_best_on_an_outcome_that_matters_counts_else_the_best_of_all_as_about_something_else() -> None:
    found = made(bewijs=[evidence("school-werk", "sterke-aanwijzingen"), evidence(level="praktijkvoorbeeld")]).verdicts
    about, other = weigh(found, {Outcome.OFFENDING}), weigh(found, {Outcome.SUBSTANCES})
    assert (about.outcome, about.relevant) == (Outcome.OFFENDING, True)
    assert (other.outcome, other.relevant) == (Outcome.SCHOOL_WORK, False)


def test_a_null_result_counts_on_an_outcome_that_matters_and_only_as_the_lowest() -> None:
    judged = made(
        bewijs=[evidence("school-werk", "geen-effect"), evidence("delictgedrag", "geen-effect"), evidence()]
    ).judged
    found = without_effect(judged, {Outcome.OFFENDING})
    assert found is not None
    assert found.outcome is Outcome.OFFENDING
    assert without_effect(judged, {Outcome.SUBSTANCES}) is None
    harmful = made(bewijs=[evidence(level="geen-effect"), evidence(level="schadelijk")]).judged
    assert without_effect(harmful, {Outcome.OFFENDING}) is None


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"oordeel_van": "NJi", "datum": "2021-05-01"}, " (NJi, 2021)"),
        ({"oordeel_van": "NJi"}, " (NJi)"),
        ({"datum": "2021-05-01"}, " (2021)"),
        ({}, ""),
    ],
)
def test_who_judged_and_when_is_told_as_far_as_it_is_known(known: dict[str, str], said: str) -> None:
    assert told(page(bewijs=[evidence(**known)]).evidence[0]) == said

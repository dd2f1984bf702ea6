"""The recept: covers, balances, respects capacity, and says what it lacks."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from kb import Intensity, Intervention
from matcher import Package, recommend
from tests.matcher.samples import context, cupboard, page, profile, small_cupboard
from tests.matcher.test_ranking import contexts, profiles

WEAPONS = [{"id": "wapenbezit", "basis": "expliciet"}]


def package(*pages: Intervention, **asked: Any) -> Package:
    found = recommend(small_cupboard(*pages), profile(agressie=80, wapenbezit=80), context(**asked)).package
    assert found is not None
    return found


def test_it_covers_every_priority_it_can() -> None:
    found = package(page("agressie"), page("wapens", risicofactoren=WEAPONS))
    assert found.uncovered == ()


def test_it_says_what_stays_uncovered() -> None:
    assert [axis.id for axis in package(page("agressie")).uncovered] == ["wapens"]


def test_it_adds_something_that_limits_when_it_is_serious() -> None:
    many = [page(f"helpt-{n}") for n in range(5)]
    limiting = page("begrenst", karakter="begrenzend", preventieniveau=["justitieel"])
    assert "begrenst" in {m.recommendation.intervention.id for m in package(*many, limiting).members}


def test_it_says_so_when_nothing_limits() -> None:
    assert any("grenzen stelt" in note for note in package(page()).notes)


def test_a_group_problem_also_gets_something_per_person() -> None:
    groups = [page(f"groep-{n}", vorm=["wijk"]) for n in range(5)]
    found = package(*groups, page("persoon"), level="groep")
    assert "persoon" in {m.recommendation.intervention.id for m in found.members}


def test_what_runs_already_is_not_prescribed_again() -> None:
    found = package(page("persoonsgerichte-aanpak"), page("nieuw"), running=("pga",))
    assert [m.recommendation.intervention.id for m in found.members] == ["nieuw"]


def test_with_little_time_at_most_one_is_heavy() -> None:
    heavy = [page(f"zwaar-{n}", zwaarte="zwaar") for n in range(4)]
    assert len(package(*heavy, capacity="laag").members) == 1


@settings(max_examples=40, deadline=None)
@given(profiles, contexts)
def test_never_more_than_five_and_never_two_heavy_without_a_team(measured: Any, asked: Any) -> None:
    found = recommend(cupboard(), measured, asked).package
    members = [m.recommendation.intervention for m in found.members] if found else []
    heavy = sum(i.intensity is Intensity.HEAVY for i in members)
    assert len(members) <= 5
    assert heavy <= 1 or asked.capacity == "hoog"

"""What is asked of every candidate: an answer in the terms in which pages are written, and nothing for what was not answered."""

from __future__ import annotations

from typing import Any

import pytest

from assessment import Context, FactorScore, Profile
from kb import AgeRange, Outcome, ProblemKind
from matcher import weights as w
from matcher.advice import Axis, Link
from matcher.priorities import prioritise
from matcher.question import Question, ask
from matcher.wishes import Wishes
from tests.matcher.samples import context, cupboard, page, profile

FACTORS = cupboard().factors
GROUP, ONLINE = ProblemKind.YOUTH_GROUP, ProblemKind.ONLINE


def asked(measured: Profile | None = None, wishes: Wishes | None = None, **answers: Any) -> Question:
    priorities = prioritise(FACTORS, measured or profile(agressie=80, wapenbezit=60))
    return ask(Context(**answers), priorities, wishes or Wishes())


def test_without_answers_nothing_is_asked_but_what_always_matters() -> None:
    found = asked(Profile())
    assert (found.ages, found.problems, found.shown_problems) == (frozenset(), (), ())
    assert (found.settings, found.partners, found.running, found.places) == (frozenset(),) * 4
    assert (found.priorities, found.in_order, found.total_weight, found.lvb) == ({}, (), 0, False)
    assert (found.left_out, found.weights) == (frozenset(), w.WEIGHTS)
    assert found.outcomes == {Outcome.OFFENDING, Outcome.BEHAVIOUR, Outcome.SAFETY, Outcome.GENERAL}


def test_priorities_stand_in_order_of_weight_and_add_up() -> None:
    found = asked(profile(agressie=80, wapenbezit=60, zwak_toezicht=90))
    weights = [axis.weight for axis in found.in_order]
    assert list(found.priorities) == [axis.id for axis in found.in_order]
    assert weights == sorted(weights, reverse=True)
    assert found.total_weight == pytest.approx(sum(weights))


def test_ages_are_years_of_all_bands_ends_included() -> None:
    bands = AgeRange(van=8, tot=9), AgeRange(van=12, tot=12)
    assert asked(ages=bands).ages == {8, 9, 12}


def test_a_problem_that_is_not_clear_is_no_problem_and_the_third_counts_like_any_later() -> None:
    named = (ProblemKind.DRUGS, ProblemKind.UNCLEAR, GROUP, ONLINE, ProblemKind.EARLY)
    found = asked(problems=named)
    assert found.problems == (ProblemKind.DRUGS, GROUP, ONLINE, ProblemKind.EARLY)
    assert found.problem_values == {ProblemKind.DRUGS: 1.0, GROUP: 0.7, ONLINE: 0.5, ProblemKind.EARLY: 0.5}
    assert asked(problems=(ProblemKind.UNCLEAR,)).outcomes == asked().outcomes
    assert asked(problems=(ProblemKind.DRUGS,)).outcomes == {Outcome.SUBSTANCES, Outcome.GENERAL}


def test_what_priorities_show_is_a_problem_once_in_their_order() -> None:
    measured = profile(drugs_beschikbaar=95, middelengebruik=60, agressie=80, toekomstperspectief=10)
    shown = asked(measured).shown_problems
    assert sorted(shown) == [ProblemKind.DRUGS, ProblemKind.VIOLENCE]


def test_answers_become_the_words_of_pages_and_unknown_codes_nothing() -> None:
    found = asked(
        settings=("school", "straat", "onzin"), partners=("om", "school", "onzin"), running=("pga", "niets", "onzin")
    )
    assert found.settings == {"school", "straat", "wijk"}
    assert found.partners == {"OM", "school", "leerplicht"}
    assert found.running == {"persoonsgerichte-aanpak"}


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        ({"municipality": "GM0153"}, {"Enschede", "Twente"}),
        ({"region": "Gelderland"}, {"Gelderland"}),
        ({"municipality": "GM0153", "region": "Gelderland"}, {"Enschede", "Twente", "Gelderland"}),
        ({}, set()),
    ],
)
def test_a_municipality_lies_in_its_region_and_a_region_may_be_named_apart(
    answers: dict[str, Any], places: set[str]
) -> None:
    assert asked(**answers).places == places


def test_a_wish_changes_the_weight_it_names_and_leaves_out_what_it_names() -> None:
    found = asked(wishes=Wishes({"bewijs": 2.0, "rol": 0.0}, frozenset({"mst"})))
    assert found.weights == {**w.WEIGHTS, "bewijs": 2 * w.WEIGHTS["bewijs"], "rol": 0.0}
    assert found.left_out == {"mst"}


@pytest.mark.parametrize(("score", "plays"), [(49, False), (50, True)])
def test_a_mild_disability_plays_a_part_from_the_need_at_which_background_shows(score: float, plays: bool) -> None:
    assert asked(profile(agressie=80, lvb=score)).lvb is plays


@pytest.mark.parametrize(
    ("level", "problems", "known", "group"),
    [
        ("groep", (GROUP,), True, True),
        ("netwerk", (GROUP,), True, True),
        ("onbekend", (GROUP,), False, True),
        ("individueel", (GROUP,), True, False),
        ("groep", (ONLINE,), True, False),
        (None, (GROUP,), False, False),
    ],
)
def test_whether_it_is_about_a_group(
    level: str | None, problems: tuple[ProblemKind, ...], known: bool, group: bool
) -> None:
    found = asked(level=level, problems=problems)
    assert (found.knows_level, found.about_a_group) == (known, group)


def test_a_group_may_show_from_the_answers_alone() -> None:
    assert asked(profile(jeugdgroep=90), level="groep").about_a_group


SEXTING, HACKING = "online-grens", "online-delict"


@pytest.mark.parametrize(
    ("problems", "sides", "measured", "misses"),
    [
        ((ONLINE,), {HACKING}, {"online_grensoverschrijding": 90}, True),
        ((ONLINE,), {SEXTING}, {"online_grensoverschrijding": 90}, False),
        ((ONLINE,), {SEXTING, HACKING}, {"online_grensoverschrijding": 90}, False),
        ((ONLINE,), set(), {"online_grensoverschrijding": 90}, False),
        ((ONLINE,), {HACKING}, {"agressie": 90}, False),
        ((GROUP,), {HACKING}, {"online_grensoverschrijding": 90}, False),
    ],
)
def test_another_side_of_the_problem_than_the_answers_show_misses(
    problems: tuple[ProblemKind, ...], sides: set[str], measured: dict[str, float], misses: bool
) -> None:
    assert asked(profile(**measured), problems=problems).misses(ONLINE, sides) is misses


def test_a_page_is_meant_for_a_named_problem_or_not() -> None:
    assert asked(problems=(ProblemKind.DRUGS, ProblemKind.VIOLENCE)).names_problem_of(page())
    assert not asked(problems=(ProblemKind.DRUGS,)).names_problem_of(page())
    assert not asked().names_problem_of(page())


def test_the_names_of_a_priority_are_the_factors_that_the_page_names_or_else_the_axis() -> None:
    scores = {
        f: FactorScore(f, 20.0 if f.startswith("pro") else 80.0, 0.7)
        for f in ("antisociale-vrienden", "prosociale-vrienden")
    }
    (axis,) = prioritise(FACTORS, Profile(scores)).act
    question = asked()

    def named(axis: Axis, *factors: str) -> tuple[str, ...]:
        return question.names(axis, Link(1.0, factors))

    assert named(axis, "prosociale-vrienden") == ("Vrienden met een goede invloed",)
    assert named(axis, "prosociale-vrienden", "antisociale-vrienden") == (
        "Vrienden die delicten plegen",
        "Vrienden met een goede invloed",
    )
    assert named(axis) == ("Vrienden die delicten plegen",)


def test_the_problem_and_severity_of_the_sample_are_asked_as_they_stand() -> None:
    question = ask(context(), prioritise(FACTORS, profile(agressie=80)))
    assert question.context == context()
    assert question.ages == frozenset(range(12, 18))

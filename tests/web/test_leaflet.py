"""What a bijsluiter says beyond its fields."""

from __future__ import annotations

import pytest

from kb import AgeRange, Evidence, EvidenceLevel, Intervention, KnowledgeBase
from web import leaflet


@pytest.fixture
def some(kleine_kast: KnowledgeBase) -> Intervention:
    return kleine_kast.interventions[0]


def judged(intervention: Intervention, *pairs: tuple[str, str]) -> Intervention:
    """The same page with other evidence: (outcome, level)."""
    evidence = tuple(Evidence.model_validate({"uitkomst": outcome, "niveau": level}) for outcome, level in pairs)
    return intervention.model_copy(update={"evidence": evidence})


def test_every_level_has_a_mark() -> None:
    assert set(leaflet.MARKS) == set(EvidenceLevel)


def test_more_squares_mean_more_known_about_effect() -> None:
    ladder = [leaflet.MARKS[level].filled for level in list(EvidenceLevel)[:5]]
    assert ladder == [4, 3, 2, 1, 0]


def test_of_two_judgements_on_one_outcome_the_lower_counts(some: Intervention) -> None:
    found = judged(some, ("delictgedrag", "goede-aanwijzingen"), ("delictgedrag", "geen-effect"))
    assert leaflet.verdicts(found)[0].counts.level is EvidenceLevel.NO_EFFECT


def test_two_judgements_on_one_outcome_are_both_shown(some: Intervention) -> None:
    found = judged(some, ("delictgedrag", "goede-aanwijzingen"), ("delictgedrag", "geen-effect"))
    assert len(leaflet.verdicts(found)[0].entries) == 2


def test_judgements_on_two_outcomes_do_not_conflict(some: Intervention) -> None:
    found = judged(some, ("delictgedrag", "goede-aanwijzingen"), ("school-werk", "geen-effect"))
    assert not any(verdict.conflict for verdict in leaflet.verdicts(found))


def test_a_card_shows_harm_before_anything_else(some: Intervention) -> None:
    found = judged(some, ("delictgedrag", "goede-aanwijzingen"), ("gezin-opvoeding", "schadelijk"))
    assert leaflet.main_evidence(found).level is EvidenceLevel.HARMFUL


def test_a_card_shows_delicts_before_other_outcomes(some: Intervention) -> None:
    found = judged(some, ("gezin-opvoeding", "goede-aanwijzingen"), ("delictgedrag", "eerste-aanwijzingen"))
    assert leaflet.main_evidence(found).outcome == "delictgedrag"


def test_what_is_not_judged_gives_no_warning(some: Intervention) -> None:
    assert not any(verdict.warns for verdict in leaflet.verdicts(judged(some, ("delictgedrag", "niet-beoordeeld"))))


def test_what_does_nothing_gives_a_warning(some: Intervention) -> None:
    assert leaflet.verdicts(judged(some, ("delictgedrag", "geen-effect")))[0].warns


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        (AgeRange(van=10, tot=19), "10 tot en met 19 jaar"),
        (AgeRange(van=18, tot=99), "vanaf 18 jaar"),
        (AgeRange(van=12, tot=12), "12 jaar"),
        (None, None),
    ],
)
def test_ages_are_said_in_words(some: Intervention, ages: AgeRange | None, said: str | None) -> None:
    assert leaflet.ages(some.model_copy(update={"ages": ages})) == said


def test_what_a_page_is_not_for_is_said_by_name(echte_kast: KnowledgeBase) -> None:
    assert leaflet.conditions(echte_kast, ("wapenbezit", "uitbuiting")) == (
        f"{echte_kast.factors['wapenbezit'].name} of seksuele uitbuiting, loverboys".lower()
    )
    assert leaflet.conditions(echte_kast, ()) == ""

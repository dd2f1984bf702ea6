"""Why not, and what a change moved: sentences that follow from the reasons."""

from __future__ import annotations

from typing import Any

import pytest

from assessment import Profile
from kb import AgeRange, Intervention, ProblemKind
from matcher import Wishes, moved, recommend, why_not
from matcher.contrast import points_by_criterion
from tests.matcher.samples import context, cupboard, evidence, indication, page, profile, small_cupboard

ASKED = profile(agressie=80), context()


def test_a_closed_gate_is_the_answer_to_why_not() -> None:
    harmful = page(bewijs=[evidence(level="schadelijk")])
    assert "erger" in why_not(recommend(small_cupboard(harmful), *ASKED), harmful)


def test_what_is_shown_is_said_to_be_shown() -> None:
    assert "staat er wel bij" in why_not(recommend(small_cupboard(page()), *ASKED), page())


def test_what_stands_lower_names_what_holds_it_back() -> None:
    many = [page(f"goed-{n}") for n in range(5)]
    weak = page(
        "zwak",
        karakter="preventief",
        bewijs=[evidence(level="niet-beoordeeld")],
        aandachtspunten=[{"soort": "averechts", "tekst": "Kan erger maken."}],
    )
    said = why_not(recommend(small_cupboard(*many, weak), *ASKED), weak)
    assert "plaats 6 van 6" in said
    assert "Kan erger maken." in said


def test_without_a_ranking_there_is_no_place_to_explain() -> None:
    assert "geen rangorde" in why_not(recommend(cupboard(), Profile(), context()), page())


def test_nothing_moves_when_nothing_changes() -> None:
    advice = recommend(cupboard(), *ASKED)
    assert list(moved(advice, advice)) == []


def test_what_is_left_out_is_said_to_fall_out() -> None:
    before = recommend(cupboard(), *ASKED)
    first = before.recommended[0].intervention
    after = recommend(cupboard(), *ASKED, Wishes(left_out=frozenset({first.id})))
    assert f"{first.title} valt nu af." in list(moved(before, after))


def test_another_outcome_is_said_as_a_whole() -> None:
    assert list(moved(recommend(cupboard(), *ASKED), recommend(cupboard(), Profile(), context()))) == [
        "Door uw wijziging verandert de uitslag als geheel."
    ]


# ---- the whole paragraph --------------------------------------------------------------------------------------------

WORSE = [{"soort": "averechts", "tekst": "Kan erger maken."}]
GOOD = [page(f"goed-{n}") for n in range(5)]
WEAK = page("zwak", bewijs=[evidence(level="niet-beoordeeld")], aandachtspunten=WORSE, vorm=["school"])
SERVICE = page("dienst", soort="dienst", indicatie=indication(rol_in_aanpak="aanvulling"))
ELSEWHERE = page("elders", risicofactoren=[{"id": "wapenbezit", "basis": "expliciet"}])
SAME = page("zelfde")
HARMFUL = page("fout", bewijs=[evidence(level="schadelijk")])
APART = "Dienst staat apart, bij de voorzieningen en instrumenten: nuttig naast een aanpak, maar geen kern ervan."


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (GOOD[4], "Goed 4 staat er wel bij, op plaats 1."),
        (HARMFUL, "Fout valt af. Schadelijk voor delicten: onderzoek laat zien dat het erger werd."),
        (page("vreemd"), "Vreemd is geen gepubliceerde bladzijde en telt niet mee."),
        (SAME, "Zelfde staat op plaats 1 van 8. Het scheelt op veel punten een beetje met de eerste."),
        (
            ELSEWHERE,
            "Elders staat op plaats 7 van 8. Wat scheelt met de eerste: Het werkt aan geen van uw prioriteiten.",
        ),
        (SERVICE, f"{APART} Wat scheelt met de eerste: Aanvulling: alleen naast iets anders."),
        (
            WEAK,
            (
                "Zwak staat op plaats 8 van 8. Wat scheelt met de eerste: Kan averechts werken: Kan erger maken. "
                "Bewijs voor delicten: niet beoordeeld. Vorm: school; dat past niet goed bij uw vraag."
            ),
        ),
    ],
)
def test_why_not_is_one_paragraph(found: Intervention, said: str) -> None:
    advice = recommend(small_cupboard(*GOOD, WEAK, SERVICE, ELSEWHERE, SAME, HARMFUL), *ASKED)
    assert why_not(advice, found) == said


def test_what_stands_apart_is_not_compared_when_nothing_else_is_ranked() -> None:
    assert why_not(recommend(small_cupboard(SERVICE), *ASKED), SERVICE) == APART


def test_without_a_ranking_that_is_the_answer_for_everything() -> None:
    assert why_not(recommend(small_cupboard(SAME), Profile(), context()), SAME) == (
        "Er is geen rangorde, dus ook Zelfde heeft geen plaats. Lees eerst wat u kunt doen."
    )


def changed(other: Intervention, **asked: Any) -> list[str]:
    """What moves among six when the question becomes this."""
    kast = small_cupboard(*GOOD, other)
    return list(moved(recommend(kast, *ASKED), recommend(kast, ASKED[0], context(**asked))))


def test_who_enters_or_leaves_the_first_five_is_said_with_the_reason_that_changed_most() -> None:
    drugs = page("drugs", indicatie=indication(problemen=["drugs"]))
    assert changed(drugs, problems=(ProblemKind.DRUGS,)) == [
        "Drugs komt bij de eerste vijf: bedoeld voor drugs gebruiken en verkopen (inschatting van de redactie).",
        (
            "Goed 4 gaat uit de eerste vijf: niet gemaakt voor het probleem dat u noemt, "
            "wel voor iets dat uit uw antwoorden komt: geweld en bedreiging."
        ),
    ]


def test_who_falls_out_or_is_new_is_said_after_who_moves() -> None:
    old = page("oud", leeftijd={"van": 19, "tot": 23})
    assert changed(old, ages=(AgeRange(van=19, tot=23),)) == [
        "Oud is nieuw: eerst viel deze af.",
        *(f"Goed {n} valt nu af." for n in range(5)),
    ]


MUCH_WRONG = page(
    "slecht",
    bewijs=[evidence(level="niet-beoordeeld")],
    aandachtspunten=WORSE,
    vorm=["school"],
    indicatie=indication(problemen=["drugs"], niveau=["wijkbreed"], ernst={"van": 1, "tot": 2}),
    risicofactoren=[{"id": "agressie", "basis": "afgeleid"}],
)
BEST = page("best", bewijs=[evidence(level="sterke-aanwijzingen")], leeftijd={"van": 12, "tot": 17})


def test_at_most_three_reasons_are_told_the_furthest_behind_the_very_first_first() -> None:
    said = why_not(recommend(small_cupboard(*GOOD, MUCH_WRONG, BEST), *ASKED), MUCH_WRONG)
    assert said == (
        "Slecht staat op plaats 7 van 7. Wat scheelt met de eerste: Kan averechts werken: Kan erger maken. "
        "Niet gemaakt voor uw probleem, wel voor drugs gebruiken en verkopen. Bewijs voor delicten: niet beoordeeld."
    )


def test_the_points_of_a_criterion_are_those_of_all_its_reasons() -> None:
    (found,) = recommend(small_cupboard(BEST), *ASKED).recommended
    points = points_by_criterion(found)
    assert sum(points.values()) == found.score
    assert list(points) == list(dict.fromkeys(reason.criterion for reason in found.reasons))
    assert points["dekking"] == sum(r.points for r in found.reasons if r.criterion == "dekking") == 14.5


def test_behind_is_behind_the_first_and_not_the_second() -> None:
    second = page("tweede", bewijs=[evidence(level="niet-beoordeeld")])
    third = page("z-derde", bewijs=[evidence(level="niet-beoordeeld")], vorm=["gezin"], zwaarte="licht")
    last = page("z-laatste", bewijs=[evidence(level="praktijkvoorbeeld")], vorm=["school"])
    many = [page(f"z-{n}", bewijs=[evidence(level="niet-beoordeeld")]) for n in range(4)]
    said = why_not(recommend(small_cupboard(BEST, second, third, last, *many), *ASKED), last)
    assert "Bewijs voor delicten: praktijkvoorbeeld." in said


def test_a_reason_that_holds_no_more_is_told_as_such() -> None:
    """Where no disability plays a part, what is only for that loses fifteen points: nothing changes more."""
    kast = small_cupboard(*GOOD, page("alleen", lvb="alleen"))
    before, after = (recommend(kast, profile(agressie=80, lvb=lvb), context()) for lvb in (10, 80))
    assert next(moved(before, after)) == (
        "Alleen komt bij de eerste vijf, want dit geldt niet meer: "
        "alleen voor jongeren met een licht verstandelijke beperking (lvb); uw antwoorden wijzen daar niet op."
    )

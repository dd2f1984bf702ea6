"""Why not, and what a change moved: sentences that follow from the reasons."""

from __future__ import annotations

from assessment import Profile
from matcher import Wishes, moved, recommend, why_not
from tests.matcher.samples import context, cupboard, evidence, page, profile, small_cupboard

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

"""Pages about the same thing under another name are found; variants and namesakes of one letter are left in peace."""

from __future__ import annotations

import pytest

from kb import KnowledgeBase
from kb.similar import Named, pairs, resembling

MST = Named("mst", "Multisysteem Therapie (MST)", ("MST",), "Hulp aan huis voor jongeren met ernstige problemen.")


@pytest.mark.parametrize(
    "other",
    [
        Named("x", "Multi-systeem therapie"),
        Named("x", "Therapie: Multisysteem"),
        Named("x", "De multisysteemtherapie"),
        Named("x", "Multisysteem Terapie"),
        Named("x", "MST"),
        Named("x", "Hulp thuis", ("multisysteem therapie",)),
        Named("x", "Iets anders", (), "Hulp aan huis voor jongeren met ernstige problemen."),
    ],
    ids=lambda other: f"{other.title} {other.aliases}",
)
def test_the_same_thing_under_another_name_is_found(other: Named) -> None:
    assert list(pairs([MST, other])) == [(other, MST)]


@pytest.mark.parametrize(
    "other",
    [
        Named("x", "MDFT", ("MDFT",)),
        Named("x", "Multisysteem Therapie bij een licht verstandelijke beperking", ("MST-LVB",)),
        Named("x", "Een variant", ("MST",), "Iets heel anders dat op straat gebeurt met vrijwilligers."),
        Named("x", "IPTA"),
    ],
    ids=lambda other: other.title,
)
def test_another_thing_is_left_in_peace(other: Named) -> None:
    alias_only = Named("mst", "Multisysteem Therapie", ("MST",), MST.summary)
    assert list(pairs([alias_only, Named("ipt", "IPT"), other])) == []


def test_what_stands_between_brackets_keeps_two_apart() -> None:
    assert list(pairs([Named("a", "Basta (Borne)", ("Basta",)), Named("b", "Basta (12-min)")])) == []


def test_our_own_pages_are_all_about_something_else(echte_kast: KnowledgeBase) -> None:
    named = [Named(i.id, i.title, i.aliases, i.summary) for i in echte_kast.interventions]
    assert [(later.id, earlier.id) for later, earlier in pairs(named)] == []


def test_a_new_title_is_laid_beside_the_names_there_are(echte_kast: KnowledgeBase) -> None:
    named = [Named(i.id, i.title, i.aliases, i.summary) for i in echte_kast.interventions]
    assert [found.id for found in resembling("Buurt vaders", named)] == ["buurtvaders"]


def test_the_same_town_makes_no_resemblance() -> None:
    assert resembling("Omgevingsbeheergroepen Enschede-Zuid", [Named("pmg", "PmG Enschede")]) == []


@pytest.mark.parametrize("title", ["", "()", "!!"])
def test_a_title_without_words_resembles_nothing(title: str) -> None:
    assert resembling(title, [MST]) == []


def test_no_pages_is_no_pairs() -> None:
    assert list(pairs([])) == []

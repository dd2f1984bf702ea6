"""Free text to factors: what it finds, what it leaves alone, and how good it is on sixty descriptions next to plain keywords."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import Factor
from matcher.text import Suggestion, suggest_factors
from tests.matcher.samples import CASES, cupboard

FACTORS = cupboard().factors
SENTENCES: list[dict[str, Any]] = yaml.safe_load((CASES / "zinnen.yaml").read_text())
Finder = Callable[[str], set[str]]


def suggested(text: str) -> dict[str, Suggestion]:
    return {suggestion.factor.id: suggestion for suggestion in suggest_factors(text, FACTORS)}


def by_keywords(text: str) -> set[str]:
    """The yardstick: a factor for every synonym that stands in the text as it is, as whole words."""
    low = text.casefold()
    return {
        factor.id
        for factor in FACTORS.values()
        if any(re.search(rf"\b{re.escape(synonym.casefold())}\b", low) for synonym in factor.synonyms)
    }


def by_reading(text: str) -> set[str]:
    """What is suggested for a text."""
    return set(suggested(text))


class Figures(NamedTuple):
    precision: float
    recall: float
    forbidden: int

    def __str__(self) -> str:
        return f"precisie {self.precision:.2f}, vindkans {self.recall:.2f}, verboden {self.forbidden}"


@cache
def figures(part: str, finder: Finder) -> Figures:
    """Precision and recall over all ticks of one half; what experts would differ about counts for neither."""
    right = wrong = missed = forbidden = 0
    for case in (case for case in SENTENCES if case["deel"] == part):
        found, good = finder(case["tekst"]), set(case["goed"])
        right += len(found & good)
        wrong += len(found - good - set(case.get("mag", ())))
        missed += len(good - found)
        forbidden += len(found & set(case.get("niet", ())))
    return Figures(right / (right + wrong), right / (right + missed), forbidden)


# ---- the sixty descriptions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "precision", "recall"), [("afstellen", 0.95, 0.95), ("toets", 0.85, 0.80)])
def test_it_is_precise_and_finds_most_on_both_halves(part: str, precision: float, recall: float) -> None:
    found = figures(part, by_reading)
    print(f"\n{part}: {found}\n  trefwoorden: {figures(part, by_keywords)}")
    assert found.precision >= precision
    assert found.recall >= recall


@pytest.mark.parametrize("part", ["afstellen", "toets"])
def test_it_is_better_than_plain_keywords_on_both_counts(part: str) -> None:
    found, plain = figures(part, by_reading), figures(part, by_keywords)
    assert found.precision > plain.precision
    assert found.recall > plain.recall


def test_the_halves_are_equal_and_name_only_known_factors() -> None:
    named = {i for case in SENTENCES for key in ("goed", "mag", "niet") for i in case.get(key, ())}
    assert [case["deel"] for case in SENTENCES].count("toets") == len(SENTENCES) // 2 == 30
    assert named <= FACTORS.keys()


# ---- denial -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "geen drugs",
        "Jongeren gebruiken hier geen drugs of alcohol.",
        "Er zijn geen drugs, wapens of geweld in het spel.",
        "Drugs en alcohol zien we bij deze jongeren nauwelijks.",
        "Er wordt door de jongeren niet gespijbeld.",
        "zonder wapens",
        "nauwelijks spijbelen",
        "In onze wijk is geen sprake van drugshandel.",
        "Ik heb nooit gezien dat er in de wijk gevochten wordt.",
        "Het drugsprobleem onder jongeren is opgelost.",
        "Het jongerencentrum is drugsvrij.",
    ],
)
def test_a_risk_that_is_denied_is_not_suggested(text: str) -> None:
    assert not [s for s in suggested(text).values() if s.factor.is_risk]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De jongeren gebruiken geen drugs, maar vechten veel.", "agressie"),
        ("Ze zijn niet alleen agressief.", "agressie"),
        ("Ze hebben geen stage en hangen op straat.", "ongestructureerde-vrije-tijd"),
        ("Het spijbelen op school is niet opgelost.", "verzuim-schooluitval"),
        ("De docenten grijpen niet in bij vechten.", "agressie"),
    ],
)
def test_a_denial_reaches_no_further_than_what_it_denies(text: str, expected: str) -> None:
    assert expected in suggested(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ze zien geen toekomst voor zichzelf.", "toekomstperspectief"),
        ("Er is niemand die naar ze omkijkt.", "steunende-volwassene"),
        ("Jongeren hebben weinig vertrouwen in de politie.", "vertrouwen-in-instanties"),
        ("Het jongerencentrum is gesloten.", "kansen-tot-meedoen"),
    ],
)
def test_a_protective_factor_that_is_missed_is_a_signal(text: str, expected: str) -> None:
    assert expected in suggested(text)


def test_a_missed_protective_factor_becomes_its_mirror_image_if_it_has_one() -> None:
    found = suggested("De jongeren hebben geen bijbaan.")
    assert "geen-werk-dagbesteding" in found
    assert "werk-of-dagbesteding" not in found


def test_a_protective_factor_that_is_there_comes_after_the_problems() -> None:
    found = suggested("De sportclub in de wijk loopt goed, maar de jongeren spijbelen.")
    assert list(found) == ["verzuim-schooluitval", "zinvolle-vrije-tijd"]


@pytest.mark.parametrize(
    ("text", "word"), [("Zij zien GEEN toekomst.", "GEEN"), ("Er is geen enkele sportclub in de wijk.", "geen")]
)
def test_the_denial_is_shown_with_what_it_denies(text: str, word: str) -> None:
    assert any(word in suggestion.words for suggestion in suggested(text).values())


# ---- ways of writing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agresieve jongeren", "agressie"),
        ("hangjongren bij de winkels", "jeugdgroep"),
        ("psychiese problemen bij jongeren", "psychische-problemen"),
        ("schoolverzuim", "verzuim-schooluitval"),
        ("alcoholmisbruik", "middelengebruik"),
        ("er wordt gedeald in de wijk", "drugs-beschikbaar"),
        ("spijbelt", "verzuim-schooluitval"),
    ],
)
def test_slips_compounds_and_forms_are_understood(text: str, expected: str) -> None:
    assert expected in suggested(text)


def test_what_is_said_of_a_parent_is_not_said_of_the_young() -> None:
    assert set(suggested("Moeder is verslaafd.")) == {"ouderproblemen"}


def test_a_few_keywords_are_enough() -> None:
    assert set(suggested("spijbelen, blowen, messen, schulden")) == {
        "verzuim-schooluitval",
        "middelengebruik",
        "wapenbezit",
        "geldproblemen",
    }


def test_the_words_are_shown_as_typed() -> None:
    assert suggested("JONGEREN Spijbelen veel")["verzuim-schooluitval"].words == ("Spijbelen",)


# ---- what is left alone -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t",
        "asdf qwerty zxcv",
        "😀🔪",
        "12345 67890",
        "De trein naar Utrecht vertrekt om kwart over acht van spoor drie.",
        "Het recept vraagt om een scherp mes en een snuf zout.",
        "De boer had grote schulden en verkocht zijn land.",
        "De aandelenkoersen daalden scherp door angst voor een recessie.",
        "De nieuwe fietsbrug in de wijk wordt in mei geopend door de wethouder.",
        "Kunt u mij vertellen hoe ik mijn kind inschrijf voor de basisschool?",
        "Er staan nog een hoop stoelen in het gemeentehuis.",
    ],
)
def test_nonsense_and_other_subjects_yield_nothing(text: str) -> None:
    assert suggested(text) == {}


def test_at_most_eight_are_suggested_unless_asked_otherwise() -> None:
    everything = ". ".join(synonym for factor in FACTORS.values() for synonym in factor.synonyms[:2])
    assert len(suggest_factors(everything, FACTORS)) == 8
    assert len(suggest_factors(everything, FACTORS, limit=3)) == 3
    assert suggest_factors(everything, FACTORS, limit=0) == []


# ---- laws -------------------------------------------------------------------------------------------------------------

PIECES = [
    "geen",
    "niet",
    "drugs",
    "jongeren",
    ",",
    ".",
    "en",
    "of",
    "mes",
    "spijbelen",
    "ouders",
    "toekomst",
    "maar",
    "straat",
]
texts = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))


@settings(max_examples=60, deadline=None)
@given(texts)
def test_any_text_yields_at_most_eight_scores_between_zero_and_one_in_order(text: str) -> None:
    found = suggest_factors(text, FACTORS)
    scores = [suggestion.score for suggestion in found]
    assert len(found) <= 8
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_every_suggestion_shows_words_that_stand_in_the_text(text: str) -> None:
    for suggestion in suggest_factors(text, FACTORS):
        assert suggestion.words
        assert all(word in text for word in suggestion.words)


@settings(max_examples=50, deadline=None)
@given(texts)
def test_the_same_text_yields_the_same_whatever_the_order_of_the_factors(text: str) -> None:
    turned: dict[str, Factor] = dict(reversed(FACTORS.items()))
    assert suggest_factors(text, FACTORS) == suggest_factors(text, turned)


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: str(case["id"]))
def test_capitals_make_no_difference(case: dict[str, Any]) -> None:
    text = case["tekst"]
    found = [(s.factor.id, s.score) for s in suggest_factors(text, FACTORS)]
    assert [(s.factor.id, s.score) for s in suggest_factors(text.upper(), FACTORS)] == found


@pytest.mark.parametrize(
    "text",
    [
        "jongeren spijbelen en blowen. " * 3500,
        "a" * 100_000,
        "geen drugs, " * 9000,
        "".join(map(chr, range(32))) * 3000,
        "\x00spijbelen\ud800\u202e\ufeff",
        "ß" * 50_000,
    ],
    ids=["zinnen", "één woord", "ontkenningen", "stuurtekens", "halve tekens", "ss"],
)
def test_long_and_broken_text_is_read_without_trouble(text: str) -> None:
    assert len(suggest_factors(text, FACTORS)) <= 8


def test_other_factors_have_their_own_reading() -> None:
    one = {"agressie": FACTORS["agressie"]}
    assert [s.factor.id for s in suggest_factors("jongeren vechten en spijbelen", one)] == ["agressie"]
    assert suggest_factors("jongeren vechten", {}) == []

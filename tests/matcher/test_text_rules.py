"""How a text is read, rule by rule, with a taxonomy of a few made-up factors: which are heard, how surely, in which words."""

from __future__ import annotations

from typing import Any

import pytest

from kb import PARTICIPLE, Factor, stem
from matcher import text as reading
from matcher.text import (
    ALIKE,
    HEAD,
    NEGATION,
    PHRASE,
    PRESENT,
    SHARED,
    SLIP,
    TAIL,
    VAGUE,
    WORD,
    _denied,
    _denies_a_list,
    _free_of,
    _lay_way,
    _list_goes_on,
    _texts,
    _way_of,
    _ways,
    suggest_factors,
)


def factor(factor_id: str, *synonyms: str, risk: bool = True, **changed: Any) -> Factor:
    values: dict[str, Any] = {
        "id": factor_id,
        "naam": changed.pop("naam", factor_id.capitalize()),
        "soort": "risico" if risk else "bescherming",
        "leefgebied": "wijk",
        "omschrijving": "Zonder betekenis.",
        "synoniemen": list(synonyms),
        "meet_as": factor_id,
        "beinvloedbaar": "goed",
        "sterkte": "middel",
        "zekerheid_sterkte": "laag",
    }
    return Factor.model_validate({**values, **changed})


def read(text: str, *factors: Factor) -> dict[str, Any]:
    """Factor to how sure and the words, of what is suggested."""
    found = suggest_factors(text, {each.id: each for each in factors})
    return {each.factor.id: (each.score, each.words) for each in found}


FIRE = factor("vuur", "fikkie", "brand stichten", leefgebied="individu")
NOISE = factor("herrie", "lawaai", "harde muziek", tegenhanger="stilte")
QUIET = factor("stilte", "rustige avonden", risk=False, tegenhanger="herrie")
BAND = factor("fanfare", "fanfare", "samen musiceren", risk=False)
FEW = (FIRE, NOISE, QUIET, BAND)


# ---- what is heard, and how surely ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Jongeren maken een fikkie", {"vuur": (WORD, ("fikkie",))}),
        ("Jongeren stichten brand", {"vuur": (PHRASE, ("stichten", "brand"))}),
        ("Jongeren willen brand op het plein stichten", {"vuur": (PHRASE, ("brand", "stichten"))}),
        ("Jongeren willen brand op het grote koude plein stichten", {}),
        ("Jongeren stichten snel brand", {"vuur": (PHRASE, ("stichten", "brand"))}),
        ("Jongeren stichten snel weer brand", {}),
        (
            "Harde muziek bij jongeren en een fikkie",
            {"herrie": (PHRASE, ("Harde", "muziek")), "vuur": (WORD, ("fikkie",))},
        ),
        ("Lawaai van jongeren, harde muziek", {"herrie": (0.9625, ("Lawaai", "harde", "muziek"))}),
        ("Jongeren hebben rustige avonden", {"stilte": (PHRASE * PRESENT, ("rustige", "avonden"))}),
        ("Jongeren doen iets anders", {}),
        ("", {}),
        ("fikkie fikkie fikkie", {"vuur": (WORD, ("fikkie",))}),
    ],
)
def test_a_factor_is_heard_as_surely_as_it_is_said(text: str, heard: dict[str, Any]) -> None:
    assert read(text, *FEW) == {key: (pytest.approx(score), words) for key, (score, words) in heard.items()}


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Er is geen fikkie bij jongeren", {}),
        ("Jongeren maken geen fikkie en herrie lawaai", {"herrie": (WORD, ("lawaai",))}),
        ("Geen lawaai, fikkie of brand bij jongeren", {}),
        ("Geen lawaai, wel een fikkie van jongeren", {"vuur": (WORD, ("fikkie",))}),
        ("Geen lawaai. Een fikkie van jongeren", {"vuur": (WORD, ("fikkie",))}),
        ("Geen rustige avonden voor jongeren", {"herrie": (PHRASE, ("Geen", "rustige", "avonden"))}),
        ("Er is geen fanfare voor jongeren", {"fanfare": (WORD, ("geen", "fanfare"))}),
        ("De fanfare voor jongeren is dicht", {"fanfare": (WORD, ("fanfare",))}),
        ("Jongeren missen de fanfare", {"fanfare": (WORD, ("fanfare",))}),
        ("Er is geen sprake van lawaai door jongeren", {}),
        ("Het lawaai van jongeren is voorbij", {}),
        ("Het lawaai van jongeren is niet voorbij", {"herrie": (WORD, ("lawaai",))}),
        ("Niet alleen lawaai van jongeren", {"herrie": (WORD, ("lawaai",))}),
        ("Lawaai horen wij niet van jongeren", {}),
    ],
)
def test_what_is_denied_is_left_out_or_turned_round(text: str, heard: dict[str, Any]) -> None:
    assert read(text, *FEW) == {key: (pytest.approx(score), words) for key, (score, words) in heard.items()}


def test_what_is_said_of_a_parent_counts_half_for_a_factor_of_young_people_themselves() -> None:
    fire = factor("vuur", "fikkie stoken", leefgebied="individu")
    street = factor("straat", "vuurwerk knallen")
    said = "Vader gaat fikkie stoken bij de buurt"
    assert read(f"{said} en jongeren", fire)["vuur"][0] == PHRASE
    assert read(said, fire) == {}
    assert read("Vader gaat vuurwerk knallen in de buurt", street)["straat"][0] == PHRASE


def test_a_long_text_that_names_nobody_must_be_surer() -> None:
    recipe = "Verwarm langzaam twintig gram boter met fikkie en suiker"
    assert read(recipe, FIRE) == {}
    assert read(f"{recipe} voor jongeren", FIRE)["vuur"][0] == WORD
    assert read("Verwarm langzaam fikkie", FIRE)["vuur"][0] == WORD
    assert read("Verwarm langzaam boter brand stichten gram", FIRE)["vuur"][0] == PHRASE
    assert read("fikkie lawaai boter suiker", FIRE, NOISE).keys() == {"vuur", "herrie"}
    assert read("fikkie lawaai boter suiker gram", FIRE, NOISE) == {}


def test_words_within_a_longer_way_to_say_another_factor_count_half() -> None:
    short, long = factor("kort", "vlam"), factor("lang", "vlam in pan")
    assert read("jongeren met vlam in pan", short, long) == {"lang": (PHRASE, ("vlam", "pan"))}
    assert read("jongeren met vlam", short, long) == {"kort": (WORD, ("vlam",))}


def test_the_surest_comes_first_and_of_equals_the_first_by_name() -> None:
    two = factor("b-twee", "knal"), factor("a-een", "plof"), factor("c-drie", "harde klap")
    assert list(read("jongeren: knal en plof en harde klap", *two)) == ["c-drie", "a-een", "b-twee"]


# ---- forms, compounds and slips ---------------------------------------------------------------------------------------

DEAL = factor("handel", "schreeuwen", "fietsendiefstal", "pleinen")


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("jongeren en schreeuwen", WORD),
        ("jongeren en fietsendiefstal", WORD),
        ("jongeren en fietsendiefstol", WORD * SLIP),
        ("jongeren en fietsenduafstel", None),
        ("jongeren en pleinem", WORD * SLIP),
        ("jongeren en plein", WORD),
        ("jongeren en plijm", None),
        ("jongeren en geschreeuwd", WORD * PARTICIPLE),
    ],
)
def test_a_form_or_a_slip_is_a_little_less_sure(text: str, score: float | None) -> None:
    found = read(text, DEAL)
    assert found == ({} if score is None else {"handel": (pytest.approx(score, abs=1e-4), (text.split()[-1],))})


COMPOUND = factor("kermis", "kermis", "drukte"), factor("overlast", "overlast bij kermis")


def test_the_last_part_of_a_compound_says_more_than_the_first() -> None:
    found = reading._reader(reading._Taxonomy({each.id: each for each in COMPOUND}))._meanings("kermisoverlast")
    stems = sorted(found.values())
    assert stems == [HEAD, TAIL, 1.0]


@pytest.mark.parametrize("word", ["niet", "geen", "noch"])
def test_a_denial_means_any_denial(word: str) -> None:
    found = reading._reader(reading._Taxonomy({FIRE.id: FIRE}))._meanings(word)
    assert found[NEGATION] == 1.0


def test_a_word_longer_than_any_dutch_word_is_itself_only() -> None:
    reader = reading._reader(reading._Taxonomy({DEAL.id: DEAL}))
    assert reader._meanings("fietsendiefstal" * 3) == {stem("fietsendiefstal" * 3): 1.0}


# ---- ways of saying ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("synonym", "places", "weight", "adjoining"),
    [
        ("vechten", "vecht", WORD, False),
        ("harde muziek", "hard muziek", PHRASE, False),
        ("sport", "spor", VAGUE, False),
        ("met rust laten", "met rust lat", PHRASE, True),
        ("geen zin", "- zin", PHRASE, False),
        ("weinig", "-", WORD, False),
        ("niet te doen", "- te doen", PHRASE, True),
        ("te doen niet", "-", WORD, True),
        ("geen geld voor sport", "- geld spor", PHRASE, False),
    ],
)
def test_a_synonym_becomes_a_way_of_saying(synonym: str, places: str, weight: float, adjoining: bool) -> None:
    """Small words count only where too little would be left, and then all must follow each other."""
    wanted = tuple(frozenset([place]) for place in places.split())
    assert _way_of("iets", synonym) == ("iets", wanted, weight, adjoining)


def test_a_synonym_of_nothing_is_no_way_of_saying() -> None:
    assert _way_of("iets", "!") is None


def test_a_lay_way_has_choices_per_place_and_may_hold_a_denial() -> None:
    way = _lay_way("iets", "ouders|vader - weten")
    assert way.places == (
        frozenset({stem("ouders"), stem("vader")}),
        frozenset({"-"}),
        frozenset({stem("weten")}),
    )
    assert (way.weight, way.adjoining, way.denies, way.factor_id) == (PHRASE, False, True, "iets")
    assert (_lay_way("iets", "knokken").weight, _lay_way("iets", "knokken").denies) == (WORD, False)


def test_a_way_that_two_factors_have_is_worth_less() -> None:
    one, other = factor("een", "grenzen stellen", "knal"), factor("twee", "grenzen stellen")
    weights = {(way.factor_id, len(way.places)): way.weight for way in _ways([one, other])}
    assert weights == {
        ("een", 2): pytest.approx(PHRASE * SHARED),
        ("twee", 2): pytest.approx(PHRASE * SHARED),
        ("een", 1): WORD,
    }


def test_the_same_way_said_twice_of_one_factor_is_one_way() -> None:
    (way,) = _ways([factor("een", "grenzen stellen", "Grenzen stellen")])
    assert way.weight == PHRASE


def test_a_synonym_that_mostly_means_something_else_is_left_out() -> None:
    assert _ways([factor("een", "eigen kracht")]) == []


# ---- denial -----------------------------------------------------------------------------------------------------------


def places(words: str) -> list[int]:
    return sorted(_denied(words.split()))


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("wij zien geen drugs", [3]),
        ("drugs zien wij niet", [0, 1, 2]),
        ("drugs zijn verdwenen", [0, 1, 2]),
        ("drugs zijn niet verdwenen", []),
        ("er is geen sprake van drugs", [0, 1, 2, 3, 4, 5]),
        ("een drugsvrije drugsvrij plein", [2]),
        ("drugs", []),
        ("", []),
    ],
)
def test_which_words_of_a_clause_are_denied(words: str, denied: list[int]) -> None:
    assert places(words) == denied


@pytest.mark.parametrize(
    ("word", "free"),
    [
        ("drugsvrij", True),
        ("vrij", False),
        ("xxvrij", False),
        ("xxxvrij", True),
        ("alcoholbeleid", True),
        ("drugs", False),
    ],
)
def test_what_ends_in_free_of_speaks_of_the_opposite(word: str, free: bool) -> None:
    assert _free_of(word) is free


@pytest.mark.parametrize(
    ("words", "a_list"),
    [
        ("geen drugs", True),
        ("geen harde drugs", True),
        ("geen heel harde drugs", False),
        ("geen", False),
        ("niet drugs", False),
    ],
)
def test_a_clause_that_ends_in_a_denied_noun_may_begin_a_list(words: str, a_list: bool) -> None:
    assert _denies_a_list(words.split()) is a_list


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        (" wapens of geweld", True),
        (" wapens noch geweld", True),
        (" wapens. Of niet", False),
        (" wapens", False),
        (" OF zo", True),
    ],
)
def test_a_list_goes_on_when_its_or_comes_before_the_end(text: str, goes_on: bool) -> None:
    assert _list_goes_on(text) is goes_on


# ---- resemblance ------------------------------------------------------------------------------------------------------

LETTERS = factor(
    "letters",
    "kort woord",
    "jongens gooien stenen tegen ramen",
    naam="Ruiten ingooien",
    omschrijving="Jongeren vernielen ramen van leegstaande fabriekshallen.",
)


def test_a_description_and_long_synonyms_may_be_resembled_and_short_ones_not() -> None:
    assert _texts(LETTERS) == (LETTERS.name, LETTERS.description, "jongens gooien stenen tegen ramen")


def test_a_clause_that_looks_like_a_description_is_heard_with_the_words_that_carry_it() -> None:
    found = read("De jongeren vernielden raampjes in een leegstaande fabriekshal", LETTERS)
    score, words = found["letters"]
    assert score == pytest.approx(ALIKE)
    assert {"vernielden", "leegstaande", "fabriekshal"} <= set(words)
    assert not {"De", "in", "een"} & set(words)


def test_one_word_alone_carries_no_resemblance() -> None:
    assert read("fabriekshallen", LETTERS) == {}
    assert read("jongeren fabriekshallen", LETTERS)["letters"][1] == ("jongeren", "fabriekshallen")


def test_what_is_denied_does_not_resemble_what_is_not() -> None:
    assert read("De jongeren vernielden geen raampjes in een leegstaande fabriekshal", LETTERS) == {}


# ---- words alone ------------------------------------------------------------------------------------------------------

WORDS = factor("woorden", "dealen", "pak", "schreeuwen", "fietsendiefstal", "pleinen")
READER = reading._reader(reading._Taxonomy({WORDS.id: WORDS}))


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("gedeald", "dealen"),
        ("gedealen", "dealen"),
        ("gepakt", "pak"),
        ("gepak", None),
        ("geschreeuwd", "schreeuwen"),
        ("beschreeuwen", None),
        ("opdealen", None),
        ("geblaft", None),
    ],
)
def test_a_participle_belongs_to_a_known_verb(word: str, verb: str | None) -> None:
    assert READER._participle(word) == (stem(verb) if verb else None)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("schreewen", "schreeuwen"),
        ("shreeuwen", "schreeuwen"),
        ("fietsendifstal", "fietsendiefstal"),
        ("gietsendiefstal", None),
        ("fietsendoefstel", None),
        ("pleine", "plein"),
        ("plain", None),
        ("dealem", None),
    ],
)
def test_a_slip_is_put_right_only_in_a_long_word_that_begins_alike(word: str, meant: str | None) -> None:
    assert READER._meant(word) == meant

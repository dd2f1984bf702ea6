"""Dutch measured as a reader would: sentences, ease, stiff words, and the words nobody knows."""

from __future__ import annotations

import random

import pytest

from kb import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Een zin.", ["Een zin."]),
        ("Een zin. Nog een zin! En dit?", ["Een zin.", "Nog een zin!", "En dit?"]),
        ("Kosten: bijv. 100 euro. Klaar.", ["Kosten: bijv. 100 euro.", "Klaar."]),
        ("Op 3.500 plekken, d.w.z. overal.", ["Op 3.500 plekken, d.w.z. overal."]),
        ("Een lijst:\n- een\n- twee", ["Een lijst:", "- een", "- twee"]),
        ("Een\nzin over regels.\n\nNieuwe alinea", ["Een\nzin over regels.", "Nieuwe alinea"]),
        ("Hij zei 'ja.' Toen ging hij.", ["Hij zei 'ja.", "Toen ging hij."]),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert [sentence for _, sentence in language.sentences(text)] == expected


def test_a_sentence_knows_where_it_starts() -> None:
    text = "  Een zin.\n\n  Nog een."
    assert [text[position:][:3] for position, _ in language.sentences(text)] == ["Een", "Nog"]


def test_short_words_read_more_easily_than_long_ones() -> None:
    def score(text: str) -> float:
        return language.reading_ease(text.split(), [len(text.split())])

    assert score("Dit is een zin die je zo snapt.") > 80
    assert score("Multidisciplinaire samenwerkingsverbanden organiseren verantwoordelijkheden.") < 0


def test_the_formula_is_that_of_douma() -> None:
    words = ["een", "boom", "groeide", "langzaam"]  # 1 + 1 + 2 + 2 syllables
    assert language.reading_ease(words, [4]) == pytest.approx(206.84 - 0.93 * 4 - 77 * 6 / 4)


def test_a_stiff_word_comes_with_a_plain_one() -> None:
    assert list(language.stiff_words("Hij dient te komen; Indien nodig.")) == [
        (4, "dient te", "moet"),
        (20, "Indien", "als"),
    ]


@pytest.mark.parametrize(
    "word",
    ["jongeren", "jeugdreclassering", "foto's", "coördinatie", "groepsbijeenkomsten", "cyberdelicten", "jeugdboa's",
     "schoolverzuimaanpak", "verantwoordelijkheid", "niet-aangeboren", "e-learning"],
)  # fmt: skip
def test_a_good_word_is_known(word: str) -> None:
    assert list(language.unknown_words(f"Het woord {word} staat hier.")) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("jongern", "jongen"), ("behandleing", "behandeling"), ("geweldd", "geweld"), ("schoool", "school"), ("ervarring", "ervaring")],
)  # fmt: skip
def test_a_slip_is_seen_and_put_right(wrong: str, right: str) -> None:
    assert list(language.unknown_words(f"Een {wrong} hier.")) == [(4, wrong)]
    assert language.meant(wrong) == right


def test_most_slips_in_our_own_words_are_seen() -> None:
    dice = random.Random(3)
    words = [
        "behandeling",
        "gemeente",
        "politie",
        "begeleiding",
        "overlast",
        "trainer",
        "ouders",
        "gesprek",
        "leerling",
        "vrienden",
        "toezicht",
    ]
    slips = {
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for word in words
        for at in [dice.randrange(1, len(word) - 1)]
    }
    slips -= set(words)
    seen = [slip for slip in slips if list(language.unknown_words(slip))]
    assert len(seen) >= 0.9 * len(slips) > 0


@pytest.mark.parametrize("text", ["", "   ", "123 456", "---", "https://example.org/abcdqwer", "Naam Xqwerty", "A b c"])
def test_what_holds_no_word_of_the_language_is_left_alone(text: str) -> None:
    assert list(language.unknown_words(text)) == []


def test_our_own_words_are_in_order_once_and_needed() -> None:
    lines = language.OWN_WORDS.read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    assert len(words) == len(set(words))
    assert all(word == word.strip().lower() for word in words)


def test_a_very_long_word_is_no_trouble() -> None:
    assert len(list(language.unknown_words("a" * 2000 + " school"))) == 1

"""Names and words that look alike: what is left out beforehand is never what was looked for."""

from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import OSA

import kb
from kb import near, words

NAMES = sorted({name for q in kb.own_questions() if len(name := "".join(words.tokens(q.text))) >= 5})
FEWEST = 2
"""Pairs in common below which no name is looked at, however short it is."""
SIMILARITIES = (0.55, 0.69, 0.79, 0.95)


def damaged(name: str, chance: random.Random) -> str:
    """The name with a few letters lost, added and swapped."""
    letters = list(name)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(letters))
        letters[place : place + 2] = chance.choice(
            [letters[place : place + 2][::-1], letters[place : place + 1], ["e", *letters[place : place + 2]]]
        )
    return "".join(letters)


@pytest.mark.parametrize("similarity", SIMILARITIES)
def test_names_that_are_as_similar_as_asked_share_the_pairs_of_letters_that_are_asked(similarity: float) -> None:
    chance = random.Random(5)
    for name in NAMES:
        typed = damaged(name, chance)
        if OSA.normalized_similarity(typed, name) >= similarity and abs(len(name) - len(typed)) <= 9:
            needed = near._pairs_needed(len(typed), 9, similarity)[len(name)]
            assert needed == FEWEST or shared(typed, name) >= needed, (typed, name)


def shared(typed: str, name: str) -> int:
    """Pairs of letters in common, as the names are asked for them."""
    pairs = [f" {name} "[at : at + 2] for at in range(len(name) + 1)]
    return sum(pairs.count(pair) for pair in {f" {typed} "[at : at + 2] for at in range(len(typed) + 1)})


def test_a_misspelt_name_is_recognised_and_an_unlike_one_is_not() -> None:
    names = near.Lookalikes(["kanjertraining", "straatcoaches", "halt"])
    assert [name for name, _ in names.alike("kanjretrainin", 0.69, 5)] == ["kanjertraining"]
    assert names.alike("zeemeermin", 0.69, 5) == []


def test_no_names_look_like_nothing() -> None:
    assert near.Lookalikes([]).alike("kanjertraining", 0.69, 5) == []


def test_words_within_so_many_slips_come_nearest_first_and_then_by_alphabet() -> None:
    known = near.Misspellings(["coaches", "coach", "coack", "poach", "kachel"])
    assert known.within("coach", 1, 12) == [("coach", 0), ("coack", 1), ("poach", 1)]
    assert known.within("coach", 1, 2) == [("coach", 0), ("coack", 1)]

"""Which words stand on which pages, and what they are worth there: many texts in, one sorted table out.

Knows no Dutch and no ranking. Everything is done for all pages at once, so that ten thousand of them take a second or two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from kb.words import plain

Numbers = np.ndarray[tuple[int], np.dtype[Any]]

BREAK = "\x01"
"""A letter no text has: it parts the texts while they are read in one go."""
AT_ONCE = 100
"""Texts that are read in one go."""
_ONLY_WORDS = {number: " " for number in range(128) if not chr(number).isalnum() and chr(number) != BREAK}


class Field(NamedTuple):
    """A part of a page: what to call it, what a word in it is worth, how much of a question it answers, and its texts."""

    label: str
    weight: float
    answers: float
    most: float = 2.0
    """What a word that is repeated in this field is worth at most, in times its worth."""
    by_length: bool = False
    """Is a word worth less in a longer text?"""


class Numbering:
    """Words in order of first appearance; the BREAK between texts is number 0."""

    def __init__(self) -> None:
        self.words: dict[str, int] = defaultdict(count().__next__)
        self.of([BREAK])

    def of(self, words: Sequence[str]) -> Numbers:
        """The number of each of these words; new ones are added."""
        return np.fromiter(map(self.words.__getitem__, words), np.int64, len(words))


class Spoken(NamedTuple):
    """The words of many texts: for each the text it stands in, and its number."""

    texts: Numbers
    words: Numbers


def split(texts: Sequence[str]) -> list[str]:
    """The words of many texts in plain spelling, with a BREAK after each text."""
    return _only_words(texts).split()


def split_each(texts: Sequence[str]) -> list[list[str]]:
    """The words of each of many texts, in plain spelling."""
    return [text.split() for text in _only_words(texts).split(BREAK)[:-1]]


def _only_words(texts: Sequence[str]) -> str:
    return plain(f" {BREAK} ".join([*texts, ""])).translate(_ONLY_WORDS)


def read(texts: Sequence[str], numbering: Numbering) -> Spoken:
    """The words of many texts, numbered. A few texts at a time: what fits in the memory near the processor goes twice as fast."""
    parts = [numbering.of(split(texts[start : start + AT_ONCE])) for start in range(0, len(texts), AT_ONCE)]
    return _spoken(np.concatenate([np.empty(0, np.int64), *parts]))


def spoken(words: Sequence[str], numbering: Numbering) -> Spoken:
    """The words of many texts, numbered; as `split` gives them."""
    return _spoken(numbering.of(words))


def _spoken(numbers: Numbers) -> Spoken:
    breaks = numbers == 0
    return Spoken(breaks.cumsum()[~breaks], numbers[~breaks])


@dataclass(frozen=True, slots=True)
class Rows:
    """A table by number: what belongs to number n lies from starts[n] to starts[n + 1]."""

    starts: list[int]
    items: Numbers
    values: Numbers

    def __getitem__(self, number: int) -> slice:
        return slice(self.starts[number], self.starts[number + 1])

    def count(self, number: int) -> int:
        return self.starts[number + 1] - self.starts[number]


def rows(owners: Numbers, items: Numbers, values: Numbers, size: int) -> Rows:
    """The items of every owner, in the order they came."""
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(size + 1)).tolist()
    return Rows(starts, items[order], values[order])


@dataclass(frozen=True, slots=True)
class Postings:
    """Per term its pages in order, what it is worth there by its fields, and the heaviest field that has it."""

    rows: Rows
    parts: Numbers


def postings(fields: Mapping[Field, Spoken], terms: Rows, pages: int, size: int) -> Postings:
    """All fields together, the heaviest first. `terms` says per word which of so many terms it counts for, and how much."""
    weighed = [_weighed(field, said, terms, pages) for field, said in fields.items()]
    keys, bits = np.concatenate([keys for keys, _ in weighed]), pages.bit_length()
    weights = np.concatenate([weights for _, weights in weighed])
    parts = np.repeat(np.arange(len(fields), dtype=np.uint8), [len(keys) for keys, _ in weighed])
    order = np.argsort(keys, kind="stable")
    first = _firsts(keys[order])
    unique = keys[order][first]
    starts = np.searchsorted(unique, np.arange(size + 1) << bits).tolist()
    summed = np.add.reduceat(weights[order], first) if len(first) else weights
    return Postings(Rows(starts, _low(unique, bits), summed), parts[order][first])


def _weighed(field: Field, said: Spoken, terms: Rows, pages: int) -> tuple[Numbers, Numbers]:
    """Term and page in one number, and what the term is worth there; a second time in the same field adds little."""
    bits, counting = pages.bit_length(), np.diff(terms.starts)
    telling = counting[said.words] > 0
    pairs, times = np.unique((said.words << bits | said.texts)[telling], return_counts=True)
    words, owners = pairs >> bits, _low(pairs, bits)
    reach = counting[words]
    places = np.repeat(np.asarray(terms.starts)[words] - np.cumsum(reach) + reach, reach) + np.arange(reach.sum())
    keys = terms.items[places] << bits | np.repeat(owners, reach)
    order = np.argsort(keys, kind="stable")
    first = _firsts(keys[order])
    counts = np.repeat(times, reach) * terms.values[places]
    summed = np.add.reduceat(counts[order], first) if len(first) else counts
    unique = keys[order][first]
    worth = np.where(summed == 1.0, 1.0, np.minimum(np.sqrt(summed), field.most)) * field.weight
    if field.by_length:
        lengths = np.bincount(said.texts, minlength=pages)
        worth /= (0.5 + 0.5 * lengths * pages / max(1, lengths.sum()))[_low(unique, bits)]
    return unique, worth


def _low(numbers: Numbers, bits: int) -> Numbers:
    """So many of the last bits of each."""
    return numbers & (1 << bits) - 1


def _firsts(ordered: Numbers) -> Numbers:
    """Where each new number begins."""
    return np.nonzero(np.diff(ordered, prepend=-1))[0]


def distinct(numbers: Numbers) -> Numbers:
    """Each number once, in order; for so many, np.unique would make a table first, which takes longer than sorting."""
    ordered = np.sort(numbers)
    return ordered[_firsts(ordered)]


def numbered(words: Iterable[str]) -> Mapping[str, int]:
    return {word: number for number, word in enumerate(words)}

"""Which known words look like this one? A quick look at the letters of all of them, so that few of many need a closer look.

numpy waits until there are words, rapidfuzz until somebody makes a slip. Knows letters only; how many slips a word may hold is for whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import repeat
from operator import add
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[tuple[int], np.dtype[Any]]

LOOKED_AT = 40
"""Names with most pairs of letters in common that get a closer look."""
_LETTERS = 26
_BIT_OF = {chr(ord("a") + place): 1 << place for place in range(_LETTERS)}
_MOST = 255
"""What fits in a byte."""


class Misspellings:
    """Words of the letters a to z, to be asked which of them a word may be a slip of.

    Each word is a number with a bit for every letter it has, and one for every letter it has twice. A slip turns two of them
    at most, so that one pass over these numbers leaves a handful of words to compare letter by letter, and misses none.
    """

    def __init__(self, words: Sequence[str]) -> None:
        import numpy as np

        self.words = sorted(words, key=lambda word: (len(word), word))
        lengths, self._starts = _by_length(self.words)
        flat = np.frombuffer("".join(self.words).encode("ascii"), np.uint8) - ord("a")
        owners = np.arange(len(self.words)).repeat(lengths)
        times = np.bincount(owners * _LETTERS + flat, minlength=len(self.words) * _LETTERS).reshape(-1, _LETTERS)
        bits = np.uint64(1) << np.arange(2 * _LETTERS, dtype=np.uint64)
        self._count = np.bitwise_count
        self._marks = np.hstack((times > 0, times > 1)).astype(np.uint64) @ bits

    def within(self, word: str, slips: int, limit: int) -> list[tuple[str, int]]:
        """Words at most so many slips away, nearest first, with the number of slips."""
        start, end = _between(self._starts, len(word) - slips, len(word) + slips)
        turned = self._count(self._marks[start:end] ^ _mark(word))
        near = [self.words[start + place] for place in (turned <= 2 * slips).nonzero()[0].tolist()]
        if not near:
            return []
        extract, alignment = _rapidfuzz()
        found = extract(word, near, scorer=alignment.distance, score_cutoff=slips, limit=None)
        return [(known, slips) for slips, known in sorted([(slips, known) for known, slips, _ in found])[:limit]]


def _mark(word: str) -> int:
    once = twice = 0
    for letter in word:
        bit = _BIT_OF[letter]
        twice |= once & bit
        once |= bit
    return once | twice << _LETTERS


class Lookalikes:
    """Names in plain spelling, to be asked which of them look like another, however many slips that holds."""

    def __init__(self, names: Sequence[str]) -> None:
        import numpy as np

        self.names = sorted(names, key=lambda name: (len(name), name))
        lengths, self._starts = _by_length(self.names)
        self._lengths = lengths
        flat = np.frombuffer(" ".join(["", *self.names, ""]).encode("ascii", "replace"), np.uint8).astype(np.int16)
        owners = np.arange(len(self.names)).repeat(lengths + 1)
        pairs = ((flat[:-1] << 7) + flat[1:])[: len(owners)]
        there = np.bincount(pairs, minlength=1) > 0
        codes, rows = there.nonzero()[0], there.cumsum()[pairs] - 1
        self._row_of = {chr(code >> 7) + chr(code & 127): row for row, code in enumerate(codes.tolist())}
        self._times = np.zeros((len(codes) + 1, len(self.names)), np.uint8)
        """Per pair of letters how often each name has it; rows of bytes are added up faster than lists of names.
        The last is for pairs that no name has."""
        np.add.at(self._times.reshape(-1), rows * len(self.names) + owners, np.uint8(1))
        self._add = np.add.reduce

    def alike(self, name: str, similarity: float, limit: int) -> list[tuple[str, float]]:
        """Names of which at least this share of the letters is in place, 0-1, most alike first."""
        slips = int((1 - similarity) * len(name) / similarity) + 1
        near = self._sharing(name, _pairs_needed(len(name), slips, similarity), slips)
        if not near:
            return []
        extract, alignment = _rapidfuzz()
        found = extract(name, near, scorer=alignment.normalized_similarity, score_cutoff=similarity, limit=None)
        return [(known, -unlike) for unlike, known in sorted([(-alike, known) for known, alike, _ in found])[:limit]]

    def _sharing(self, name: str, needed: Numbers, longer: int) -> list[str]:
        """The names of about the same length with most pairs in common, and as many as a name of their length needs."""
        edged, row_of = f" {name} ", self._row_of
        rows = [*map(row_of.get, {*map(add, edged, edged[1:])}, repeat(len(row_of)))]
        start, end = _between(self._starts, len(name) - longer, len(name) + longer)
        common = self._add(self._times.take(rows, 0), 0, "uint8")[start:end]
        near = (common >= needed[self._lengths[start:end]]).nonzero()[0]
        if len(near) > LOOKED_AT:
            near = near[(_MOST - common[near]).argsort(kind="stable")[:LOOKED_AT]]
        return [self.names[start + place] for place in near.tolist()]


@cache
def _pairs_needed(letters: int, longer: int, similarity: float) -> Numbers:
    """By the length of a name how many pairs of letters it has in common, at least, with one of so many letters to be worth a look.

    Two letters that change places take three pairs away, any other slip takes two.
    """
    import numpy as np

    usual, most = max(2, letters + 1 - 2 * longer), [max(letters, other) for other in range(letters + longer + 1)]
    kept = [long + 1 - 3 * int((1 - similarity) * long + 0.001) for long in most]
    return np.array([min(max(usual, least), _MOST) for least in kept], np.uint8)


def _by_length(words: Sequence[str]) -> tuple[Numbers, list[int]]:
    """The lengths of words in order of length, and per length where they begin; the last is where they end."""
    import numpy as np

    lengths = np.fromiter(map(len, words), np.int64, len(words))
    return lengths, np.searchsorted(lengths, np.arange(lengths.max(initial=0) + 2)).tolist()


def _between(starts: Sequence[int], shortest: int, longest: int) -> tuple[int, int]:
    """Where the words of these lengths are."""
    last = len(starts) - 1
    return starts[min(max(shortest, 0), last)], starts[min(longest + 1, last)]


@cache
def _rapidfuzz() -> tuple[Any, Any]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return process.extract, OSA

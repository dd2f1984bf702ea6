"""Which known words look like this one? Two letters in a row at a time, so that few of many words need a closer look.

numpy waits until there are words, rapidfuzz until somebody makes a slip. Knows letters only; how many slips a word may hold is for whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

LOST_PER_SLIP = 3
"""Pairs of letters that two swapped letters cost; any other slip costs two."""
LOOKED_AT = 40
"""Words with most pairs in common that get a closer look."""


class Lookalikes:
    """A list of words in plain spelling, to be asked which of them look like another."""

    def __init__(self, words: Sequence[str]) -> None:
        import numpy as np

        self.words = list(words)
        self._lengths = np.fromiter(map(len, self.words), np.int64, len(self.words))
        flat = np.frombuffer(" ".join(["", *self.words, ""]).encode("ascii", "replace"), np.uint8).astype(np.int16)
        pairs = (flat[:-1] << 7) + flat[1:]
        owners = np.arange(len(self.words), dtype=np.int32).repeat(self._lengths + 1)
        order = pairs[: len(owners)].argsort(kind="stable")
        codes, starts = np.unique(pairs[order], return_index=True)
        parts = np.split(owners[order], starts[1:])
        self._with_pair = {chr(c >> 7) + chr(c & 127): part for c, part in zip(codes.tolist(), parts, strict=True)}

    def within(self, word: str, slips: int, limit: int) -> list[tuple[str, int]]:
        """Words at most so many slips away, nearest first, with the number of slips."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = self._sharing(word, max(2, len(word) + 1 - LOST_PER_SLIP * slips), slips)
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=limit)
        return [(known, int(distance)) for known, distance, _ in found]

    def alike(self, word: str, similarity: float, limit: int) -> list[tuple[str, float]]:
        """Words of which at least this share of the letters is in place, 0-1, most alike first."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = int((1 - similarity) * len(word) / similarity) + 1
        near = self._sharing(word, max(2, len(word) + 1 - 2 * slips), slips)
        found = process.extract(word, near, scorer=OSA.normalized_similarity, score_cutoff=similarity, limit=limit)
        return [(known, alike) for known, alike, _ in found]

    def _sharing(self, word: str, least: int, longer: int) -> list[str]:
        """The words with most pairs in common and about the same length, in the order of the list."""
        import numpy as np

        edged, known = f" {word} ", self._with_pair
        pairs = {edged[place : place + 2] for place in range(len(word) + 1)}
        parts = [known[pair] for pair in pairs if pair in known]
        if len(parts) < 2:
            return []
        common: np.ndarray[Any, Any] = np.bincount(np.concatenate(parts))
        near = (common >= least).nonzero()[0]
        near = near[abs(self._lengths[near] - len(word)) <= longer]
        if len(near) > LOOKED_AT:
            near = near[(-common[near]).argsort(kind="stable")[:LOOKED_AT]]
            near.sort()
        return [self.words[number] for number in near.tolist()]

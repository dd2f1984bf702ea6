"""Reading a query: what each typed word may stand for, and how sure that is. Half words, slips, compounds, everyday words, ages.

Knows the words of the collection (kb/words.py), not its pages; what a match is worth is for kb/search.py.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import ModuleType
from typing import Any, NamedTuple

from kb import words
from kb.words import SHORTEST_PREFIX, STOP_WORDS, Vocabulary, plain, stem, tokens, words_in

MAX_WORDS, MAX_LETTERS = 40, 600
"""Words and letters of a query that count; longer texts are for matcher.text."""
JOINED, SOUNDS_ALIKE, SPLIT, PARTICIPLE, REGION, EVERYDAY = 0.9, 0.95, 0.8, 0.8, 0.8, 0.8
"""How sure we are of a word after joining two, hearing it, taking it apart, taking off ge-, going from place to region, or
from an everyday word to ours."""
REMEMBERED = 10_000
"""Typed words of which the meaning is kept; people type the same words."""
SLIP = 1.6
"""What a slip costs in sureness, as a share of the letters of the word."""
BEGUN = 0.66
"""How sure we are of a half word at least: enough to show a page that has it in its name."""
GUESSED_IN = 8
"""Words of a query up to which two unknown neighbours may be one misspelt word; a longer one is a sentence, no name."""
SHORTEST_TAIL = 5
"""Letters from which the last part of a compound is looked for: bemiddel in buurtbemiddeling."""
PREFIX_WORDS = 40
"""Completions of a half word that are looked at."""
LONGEST_JOIN = 3
"""Neighbouring words that may be one word to us."""

_DIGIT = re.compile(r"[0-9]")
_AGE = re.compile(r"\b(\d{1,2})(?:(?: tot en met | tot | t/m | a |-|/| en )(\d{1,2}))?[ -]?(?:jaar|jarige?n?|jr)\b")
_AGE_OF_SOMEONE = re.compile(r"\b(?:zoon|dochter|kind|jongen|jongens|meisje|meiden|leerling|jongeren) van (\d{1,2})\b")
_PARTICLES_TEXT = "aan achter af bij door in langs mee na om op over rond tegen toe uit voor weg"
_PARTICLES = frozenset(_PARTICLES_TEXT.split())


class Match(NamedTuple):
    """What a typed word may stand for, how sure that is, and the word to show for it."""

    stem: str
    quality: float
    shown: str
    typed: str = ""
    """What was typed for it, when that is something else."""


@dataclass(slots=True)
class Query:
    """A query as read: its letters without spaces, and per word that counts what it may stand for."""

    joined: str
    words: list[list[Match]]
    ages: tuple[int, int] | None

    def typed(self, places: Iterable[int]) -> str:
        """What was typed for these words; of 'geld' and 'geld ezel' only the longer."""
        said = dict.fromkeys(found[0].typed or found[0].shown for place in places if (found := self.words[place]))
        return " ".join(word for word in said if not any(word in other for other in said if other != word))

    @property
    def misspelt(self) -> bool:
        return not all([any([match.quality >= 1.0 for match in found]) for found in self.words])  # noqa: C419 - as quick again


def typed_words(text: str) -> list[str]:
    """The words of a query that count."""
    return tokens(text[:MAX_LETTERS])[:MAX_WORDS]


class Reader:
    """Reads a query with the words of the collection at hand."""

    def __init__(self, vocabulary: Vocabulary, everyday: Mapping[str, Any]) -> None:
        self.vocabulary = vocabulary
        self._led = _leads(everyday)
        self._led_from = {typed.split()[0] for typed in self._led if " " in typed}
        """The first words of what is said in more than one."""
        self._ages_of = {stem(word): (ages[0], ages[1]) for word, ages in everyday["leeftijden"].items()}
        self._meanings = lru_cache(maxsize=REMEMBERED)(self._mean)
        self._guesses = lru_cache(maxsize=REMEMBERED)(self._guess)

    def forget(self) -> None:
        """Forget what was typed before."""
        for remembered in (self._meanings, self._guesses, stem):
            remembered.cache_clear()

    def read(self, text: str) -> Query:
        """The words that count, each with what it may stand for."""
        low = plain(text[:MAX_LETTERS])
        typed = words_in(low)[:MAX_WORDS]
        stem_of = self.vocabulary.stem_of
        bases = [stem_of[word] for word in typed]
        numbers, joins = _ages_in(low), self._joins(typed, bases)
        found: list[list[Match]] = []
        last = len(typed) - 1
        for place, word in enumerate(typed):
            if place not in joins and (len(word) == 1 or word in STOP_WORDS or word in numbers):
                continue
            joined = joins.get(place, [])
            if word in stem_of and word not in STOP_WORDS:
                found.append([Match(bases[place], 1.0, word), *joined])
            else:
                found.extend(self._stands_for(word, joined, last=place == last))
        return Query("".join(typed), found, self._ages(bases, numbers))

    def _ages(self, bases: Sequence[str], numbers: Sequence[str]) -> tuple[int, int] | None:
        if numbers:
            return min(map(int, numbers)), max(map(int, numbers))
        return None if self._ages_of.keys().isdisjoint(bases) else next(filter(None, map(self._ages_of.get, bases)))

    def _stands_for(self, word: str, joined: list[Match], *, last: bool) -> Sequence[list[Match]]:
        """What a word that no page has may mean; an unknown compound becomes two words."""
        found = [] if word in STOP_WORDS else self._meanings(word, last)
        if found or joined:
            return [[*found, *joined]] if joined else [found]
        if parts := self.vocabulary.parts(word):
            return [[Match(self.vocabulary.stem_of[part], SPLIT, part, word)] for part in parts]
        return [self._guesses(word)]

    def _mean(self, word: str, last: bool) -> list[Match]:
        """Another form of a known word; else what it is the beginning of, or what sounds like it."""
        known = self.vocabulary
        begun = self._begun(word) if last else []
        if (base := known.stem_of[word]) in known.stems:
            return [Match(base, 1.0, word), *begun]
        if begun:
            return begun
        if alike := known.sounding_like(word):
            return [Match(known.stem_of[alike], SOUNDS_ALIKE, alike, word)]
        if word.startswith("ge") and (bare := stem(word[2:])) in known.stems:
            return [Match(bare, PARTICIPLE, word)]
        return []

    def _guess(self, word: str) -> list[Match]:
        """What a word that means nothing may be part of, or a slip of."""
        known = self.vocabulary
        return self._tails(word) or [
            Match(known.stem_of[near], 1 - SLIP * slips / len(word), near, word) for near, slips in known.nearest(word)
        ]

    def _tails(self, word: str) -> list[Match]:
        """Longer words of which this is the last part, or the beginning of it."""
        if len(word) < SHORTEST_TAIL:
            return []
        known = self.vocabulary
        found = known.ending_with(word, PREFIX_WORDS)
        return [Match(known.stem_of[whole], BEGUN + 0.2 * len(word) / len(tail), whole, word) for tail, whole in found]

    def _begun(self, prefix: str) -> list[Match]:
        """What the last word may become: someone is still typing."""
        if len(prefix) < SHORTEST_PREFIX:
            return []
        known = self.vocabulary
        found = (word for word in known.beginning_with(prefix, PREFIX_WORDS) if word not in STOP_WORDS)
        return [Match(known.stem_of[word], BEGUN + 0.3 * len(prefix) / len(word), word, prefix) for word in found]

    def _joins(self, typed: Sequence[str], bases: Sequence[str]) -> dict[int, list[Match]]:
        """Per place, the compounds the word makes with its neighbours, and the region when they name a town."""
        found: dict[int, list[Match]] = {}
        for place, base in enumerate(bases):
            if base in self._led and typed[place] not in STOP_WORDS:
                found[place] = self._said_for(base, typed[place])
        for start, end, begins, unknown in self._windows(typed, bases) if len(typed) > 1 else ():
            said = " ".join(typed[start:end])
            meant = self._said_for(" ".join(bases[start:end]), said) if bases[start] in self._led_from else []
            if joined := self._joined(typed[start:end], begins=begins, guess=unknown):
                meant.append(joined._replace(typed=said))
            for place in range(start, end) if meant else ():
                if typed[place] not in STOP_WORDS:
                    found.setdefault(place, []).extend(meant)
        return found

    def _said_for(self, bases: str, said: str) -> list[Match]:
        """What everyday words, by their stems, stand for."""
        return [Match(match.stem, match.quality, match.shown, said) for match in self._led.get(bases, ())]

    def _windows(self, typed: Sequence[str], bases: Sequence[str]) -> Iterator[tuple[int, int, bool, bool]]:
        """Neighbours of which something may come, two first: start, end, how they begin, and whether a slip may be guessed at.

        Most neighbours make no word, which is seen at once by how it begins.
        """
        begins, last = self.vocabulary.begins, len(typed)
        opens = [begins(first + second[0]) for first, second in pairwise(typed)]
        new = [last <= GUESSED_IN and base not in self.vocabulary.stems for base in bases]
        turns = [word in _PARTICLES for word in typed]
        for size in range(2, min(LONGEST_JOIN, last) + 1):
            for start in range(last - size + 1):
                end = start + size
                unknown = True in new[start:end]
                if unknown or opens[start] or bases[start] in self._led_from or True in turns[start:end]:
                    yield start, end, opens[start], unknown

    def _joined(self, window: Sequence[str], *, begins: bool, guess: bool) -> Match | None:
        """What neighbouring words mean as one word; `begins` says whether any word begins as they do."""
        joined = "".join(window)
        compound = self._compound(joined) if begins else None
        compound = compound or self._turned(window)
        return self._misspelt_compound(joined) if not compound and guess and min(map(len, window)) > 2 else compound

    def _compound(self, joined: str) -> Match | None:
        """The known word that words make together."""
        known = self.vocabulary
        return Match(known.stem_of[joined], JOINED, joined) if len(joined) > 4 and not known.is_new(joined) else None

    def _turned(self, window: Sequence[str]) -> Match | None:
        """The known word of 'hangen rond' and 'uit te lenen'."""
        turned = ""
        if len(window) == 2 and window[1] in _PARTICLES:
            turned = window[1] + window[0]
        elif len(window) == 3 and window[1] == "te" and window[0] in _PARTICLES:
            turned = window[0] + window[2]
        known = self.vocabulary
        return Match(known.stem_of[turned], JOINED, turned) if turned and not known.is_new(turned) else None

    def _misspelt_compound(self, joined: str) -> Match | None:
        known = self.vocabulary
        if alike := known.sounding_like(joined):
            return Match(known.stem_of[alike], JOINED * SOUNDS_ALIKE, alike)
        near = known.nearest(joined)
        if not near:
            return None
        return Match(known.stem_of[near[0][0]], JOINED - SLIP * near[0][1] / len(joined), near[0][0])

    def as_plain(self) -> dict[str, Any]:
        """The rules of reading as plain data, for a search in the browser; see kb/search_export.py."""
        return {
            "stopwoorden": sorted(STOP_WORDS),
            "stamregels": [[pattern.pattern, replacement] for _, pattern, replacement in words.STEM_STEPS],
            "klanken": words.SOUNDS,
            "lekenwoorden": {
                typed: [[match.stem, match.quality, match.shown] for match in meant]
                for typed, meant in self._led.items()
            },
            "leeftijden": self._ages_of,
            "leesgetallen": numbers_of(words) | numbers_of(sys.modules[__name__]),
        }

    def respelt(self, word: str) -> str:
        """A known word for an unknown one, if there is one near enough."""
        known = self.vocabulary
        if word in STOP_WORDS or known.stem_of[word] in known.stems or known.parts(word) or self._begun(word):
            return word
        return known.sounding_like(word) or next((near for near, _ in known.nearest(word)), word)


def _leads(everyday: Mapping[str, Any]) -> dict[str, list[Match]]:
    """From the stems of what people type to the words of the pages: towns to their region, everyday words to ours."""
    found: dict[str, list[Match]] = {}
    for section, sure in (("plaatsen", REGION), ("woorden", EVERYDAY)):
        for ours, theirs in everyday[section].items():
            for typed in theirs:
                known = found.setdefault(" ".join(map(stem, tokens(typed))), [])
                meant = (Match(stem(part), sure, ours, typed) for part in tokens(ours))
                known.extend(match for match in meant if match.stem not in {other.stem for other in known})
    return found


def _ages_in(low: str) -> list[str]:
    """The numbers in a text in plain spelling that are ages."""
    if not _DIGIT.search(low):
        return []
    return [age for ages in _AGE.findall(low) for age in ages if age] + _AGE_OF_SOMEONE.findall(low)


def numbers_of(module: ModuleType) -> dict[str, float]:
    """The named numbers of a module, for whoever does the same elsewhere."""
    return {name: value for name, value in vars(module).items() if name.isupper() and isinstance(value, int | float)}

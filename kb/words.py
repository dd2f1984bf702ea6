"""Dutch words as people type them: one spelling, one stem, one sound, compounds taken apart, and the nearest known word.

Knows nothing of interventions or of ranking. The stemmer is our own, because the usual one costs half a second on our
text in plain Python and keeps gezin and gezinnen apart; tests/kb/test_search.py holds the words it must bring together.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

STOP_WORDS = frozenset(
    """
    a aan aangezien achter af al alle alleen allemaal alles als altijd ander andere anders as b beetje ben bent bij bijna
    bijv bijvoorbeeld binnen c d daar daarbij daardoor daarna daarom dan dat de den der deze die diens dit doe doen doet
    door dus e echt een eens eerst eigenlijk elk elke en enkele er erg ergens etc even f g ga gaan gaat ge gedaan geen
    gegeven gehad gekregen geworden geweest gewoon graag h haar had hadden hebben hebt heeft hele heel hem hen hier hij hoe
    hoeveel hun i iedereen ieder iedere iemand iets ik in is j ja jaar jarig jarige je jij jou jouw jullie k kan kon konden
    krijgen krijgt kunnen kun kwam l laat laten m maak maakt maar maken mag me meer meerdere meest men met mij mijn min
    misschien mocht moest moet moeten mogen n na naar nee niemand niet niets nog nooit nu o of om omdat ondanks onder ons
    onze ook op over p per pas q r s sinds soms steeds t te tegen terug toch toe toen tot tussen u uit uw v vaak van
    vanaf vandaag vanwege veel via vooral voor voordat w waar waarom waarbij waardoor was waren wat we weer weet weg welk
    welke wel werd werden weten wie wij wil willen wilt word worden wordt x y z zal ze zeer zei zelf zich zij zijn zo zoals
    zodat zonder zou zouden zulke zullen help graag hoi hallo dag avond elke wij hele dagen heb gebeurt beste iemand het hetzelfde nou dag tijdens
    zoek zoeken zoekt weinig vinden vind vindt heet gaat over the and for of
    """.split()
)
"""Words that say nothing about a subject. They still help to recognise a name (Er is meer te winnen)."""

_MARKS = str.maketrans({"'": "", "’": "", "‘": "", "`": "", "´": "", "&": " en "})  # noqa: RUF001
_TOKEN = re.compile(r"[a-z0-9]+")
_VOWELS = frozenset("aeiouy")
_LONG_VOWEL = re.compile(r"([aeou])\1")
_DOUBLE = re.compile(r"(.)\1+")
_SOUNDS = tuple(
    pair.split(">")
    for pair in """
    sch>s sj>s sh>s ch>g th>t dt>t ph>f v>f ce>se ci>si z>s ck>k c>k q>k x>ks ij>i ei>i y>i ouw>o ou>o auw>o au>o ie>i ee>i h>
    """.split()
)
"""Letters that sound alike, applied in this order; the last one drops every other h."""
SHORTEST_PART = 4
"""Letters a part of a compound must have; with three, 'inbraak' would hold 'aak'."""


def plain(text: str) -> str:
    """The text in one spelling: small letters, no accents, no apostrophes."""
    folded = text.casefold().translate(_MARKS)
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)).casefold()


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, in plain spelling; hyphens part words."""
    return _TOKEN.findall(plain(text))


def _without_ending(word: str) -> str:
    """The word without the ending of a plural, a verb, an adjective or -ing."""
    for ending, replacement, shortest in (
        ("heden", "heid", 7),
        ("ingen", "", 8),
        ("ing", "", 7),
        ("tjes", "", 7),
        ("tje", "", 6),
        ("jes", "", 7),
        ("je", "", 6),
        ("ens", "", 6),
        ("en", "", 5),
        ("es", "", 6),
        ("e", "", 4),
    ):
        if len(word) >= shortest and word.endswith(ending) and not word.endswith(("ie", "ies")):
            return word[: -len(ending)] + replacement
    return word


def _closed(stem: str) -> str:
    """The stem as it sounds at the end of a word: one consonant, f for v, s for z."""
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        stem = stem[:-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of one word share: messen and mes, gezinnen and gezin, blowt and blowen, scholen and school."""
    if len(word) < 4 or not word.isalpha():
        return word
    base = _closed(_without_ending(word))
    if len(base) > 4 and base[-1] == "s" and (base[-2] not in "iusj" or base[-3:-1] == "ie"):
        base = base[:-1]
    if len(base) > 4 and base[-1] == "t" and base[-2] not in _VOWELS and base[-2] not in "hs":
        base = base[:-1]
    return _LONG_VOWEL.sub(r"\1", base)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a word sounds, roughly, so that terapie is therapie and krimineel is crimineel."""
    for letters, heard in _SOUNDS:
        word = word.replace(letters, heard)
    word = word.removesuffix("d") + "t" if word.endswith("d") else word
    return _DOUBLE.sub(r"\1", word)


def typos_allowed(word: str) -> int:
    """Slips of the keyboard a word of this length may hold; more would join words that differ in meaning."""
    if len(word) < 5:
        return 0
    return 1 if len(word) < 7 else 2 if len(word) < 14 else 3


class Vocabulary:
    """The words the collection uses, and the ways from what someone types to one of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self.known = frozenset(self.words)
        self.stems = frozenset(stem(word) for word in self.words)
        self._parts = frozenset(
            w for w in self.words if len(w) >= SHORTEST_PART and w not in STOP_WORDS and w.isalpha()
        )
        self._by_length: dict[int, list[str]] = {}
        for word in self.words:
            if word.isalpha() and word not in STOP_WORDS:
                self._by_length.setdefault(len(word), []).append(word)
        self._sounds = {sound(word): word for word in reversed(self.words) if len(word) >= SHORTEST_PART}

    def parts(self, word: str) -> tuple[str, ...]:
        """The known words a compound is made of (jeugdgroep: jeugd, groep), or nothing."""
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            tail = word[cut:]
            if tail in self._parts and (head := self._head(word[:cut])):
                return (*head, tail)
        return ()

    def _head(self, head: str) -> tuple[str, ...]:
        """The first part of a compound, without the s, e or en that glues it to the next."""
        for glue in ("", "s", "e", "en"):
            bare = head.removesuffix(glue)
            if head.endswith(glue) and bare in self._parts:
                return (bare,)
        return ()

    def beginning_with(self, prefix: str, limit: int) -> list[str]:
        """Known words that begin like this, in order of the alphabet."""
        start = bisect_left(self.words, prefix)
        found = self.words[start : start + limit]
        return [word for word in found if word.startswith(prefix)]

    def sounding_like(self, word: str) -> str | None:
        """A known word that sounds the same."""
        return self._sounds.get(sound(word)) if len(word) >= SHORTEST_PART else None

    def nearest(self, word: str) -> Iterator[tuple[str, int]]:
        """Known words within the typos allowed, nearest first, with the number of typos."""
        allowed = typos_allowed(word)
        if allowed and word.isalpha():
            lengths = range(len(word) - allowed, len(word) + allowed + 1)
            near = [known for length in lengths for known in self._by_length.get(length, ())]
            found = process.extract(word, near, scorer=OSA.distance, score_cutoff=allowed, limit=6)
            yield from ((known, int(distance)) for known, distance, _ in found)

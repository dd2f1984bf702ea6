"""Dutch words as people type them: one spelling, one stem, one sound, compounds taken apart, and the nearest known word.

Knows nothing of interventions or of ranking. The stemmer is our own, because the usual one costs half a second on our
text in plain Python and keeps gezin and gezinnen apart; tests/kb/test_search.py holds the words it must bring together.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_STOP_WORDS = """
a aan aangezien achter af al alle alleen allemaal alles als altijd and ander andere anders as avond b beetje ben
bent beste bij bijna bijv bijvoorbeeld binnen c d daar daarbij daardoor daarna daarom dag dagen dan dat de den der
deze die diens dit doe doen doet door dus e echt een eens eerst eigenlijk elk elke en enkele er erg ergens etc even
f for g ga gaan gaat ge gebeurt gedaan geen gegeven gehad gekregen geweest gewoon geworden graag h haar had hadden
hallo heb hebben hebt heeft heel heet hele help hem hen het hetzelfde hier hij hoe hoeveel hoi hun i ieder iedere
iedereen iemand iets ik in is j ja jaar jarig jarige je jij jou jouw jullie k kan konden krijgen krijgt kun kunnen l
laten m maak maakt maar mag maken me meer meerdere meest men met mij mijn min misschien mocht moest moet moeten
mogen n na naar nee niemand niet niets nog nooit nou nu o of om omdat ondanks onder ons onze ook op over p pas per q
r s rond rondom sinds soms steeds t te tegen terug the tijdens toch toe toen tot tussen u uit uw v vaak van vanaf vandaag
vanwege veel via vind vinden vindt voor vooral voordat w waar waarbij waardoor waarom waren was wat we weer weet weg
wel welk welke werd werden weten wie wij wil willen wilt word worden wordt x y z zal ze zeer zei zelf zich zij zijn
zo zoals zodat zoek zoeken zoekt zonder zou zouden zulke zullen
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about a subject. They still help to recognise a name (Er is meer te winnen)."""

_TOKEN = re.compile(r"[a-z0-9]+")

_STEM_STEPS = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"heden$(?<=[a-z]{3}heden)", "heid"),
        (r"ing$(?<=[a-z]{4}ing)|ingen$(?<=[a-z]{4}ingen)|jes?$(?<=[a-z]{4}je|[a-z]{3}jes)", ""),
        (r"en$(?<=[a-z]{3}en)|ens$(?<=[a-z]{3}ens)|es$(?<=[a-z]{2}[^i\n]es)|e$(?<=[a-z]{2}[^i\n]e)", ""),
        (r"([b-df-hj-np-tvz])\1$(?<=[a-z]{4})", r"\1"),
        (r"v$(?<=[a-z]{3})", "f"),
        (r"z$(?<=[a-z]{3})", "s"),
        (r"s$(?<=[a-z]{3}[^iusj\n]s|[a-z]{2}ies)", ""),
        (r"t$(?<=[a-z]{3}[^aeiouyhs\n]t)", ""),
        (r"([aeou])\1", r"\1"),
    )
)
"""From the forms of a word to what they share, in this order: -heid, -ing and diminutives, plurals and verbs, one
consonant at the end, f for v, s for z, plural -s, verbal -t, and no doubled vowels."""

_ALIKE = """
sch>s sj>s sh>s ch>g th>t dt>t ph>f v>f ce>se ci>si z>s ck>k c>k q>k x>ks ij>i ei>i y>i ouw>o ou>o auw>o au>o ie>i ee>i h>
"""
_SOUNDS = tuple(pair.split(">") for pair in _ALIKE.split())
"""Letters that sound alike, applied in this order; the last one drops every other h."""
_DOUBLED = re.compile(r"([a-z])\1+")
FREE_FIRST_LETTER = 8
"""Letters from which a slip in the first letter is forgiven, if it is the only one: 'koken' is not 'roken'."""
NEAREST = 6
"""Known words to consider for one misspelt word."""
SHORTEST_PART = 4
"""Letters a part of a compound must have; with three, 'inbraak' would hold 'aak'."""


def plain(text: str) -> str:
    """The text in one spelling: small letters, no accents, no apostrophes."""
    low = text.casefold().replace("'", "").replace("`", "").replace("&", " en ")
    if low.isascii():
        return low
    for dash in "–—‑":
        low = low.replace(dash, " ")
    return unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode("ascii").lower()


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, in plain spelling; hyphens part words."""
    return _TOKEN.findall(plain(text))


def stems(words: Sequence[str]) -> list[str]:
    """What the forms of each word share: messen and mes, gezinnen and gezin, blowt and blowen, scholen and school.

    All words go through each step at once, one to a line: twenty times faster than word by word.
    """
    lines = "\n".join(words)
    for pattern, replacement in _STEM_STEPS:
        lines = pattern.sub(replacement, lines)
    return lines.split("\n") if words else []


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """What the forms of one word share."""
    return stems([word])[0]


def sounds(words: Sequence[str]) -> list[str]:
    """How each word sounds, roughly, so that terapie is therapie and krimineel is crimineel."""
    lines = "\n".join(words) + "\n"
    for letters, heard in _SOUNDS:
        lines = lines.replace(letters, heard)
    return _DOUBLED.sub(r"\1", lines.replace("d\n", "t\n")).split("\n")[:-1]


def typos_allowed(word: str) -> int:
    """Slips of the keyboard a word of this length may hold; more would join words that differ in meaning."""
    if len(word) < 5:
        return 0
    return 1 if len(word) < 8 else 2 if len(word) < 14 else 3


class Vocabulary:
    """The words the collection uses, and the ways from what someone types to one of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self.stem_of = dict(zip(self.words, stems(self.words), strict=True))
        self.stems = frozenset(self.stem_of.values())
        telling = [word for word in self.words if len(word) >= SHORTEST_PART and word not in STOP_WORDS]
        self._parts = frozenset(word for word in telling if word.isalpha())
        self._sounds = dict(zip(reversed(sounds(telling)), reversed(telling), strict=True))
        self._by_length: dict[int, list[str]] = {}
        for word in telling:
            self._by_length.setdefault(len(word), []).append(word)

    def stem(self, word: str) -> str:
        return self.stem_of.get(word) or stem(word)

    def parts(self, word: str) -> tuple[str, ...]:
        """The known words a compound is made of (jeugdgroep: jeugd, groep), or nothing."""
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            if word[cut:] in self._parts and (head := self._head(word[:cut])):
                return head, word[cut:]
        return ()

    def _head(self, head: str) -> str | None:
        """The first part of a compound, without the s, e or en that glues it to the next."""
        for glue in ("", "s", "e", "en"):
            if head.endswith(glue) and (bare := head.removesuffix(glue)) in self._parts:
                return bare
        return None

    def beginning_with(self, prefix: str, limit: int) -> list[str]:
        """Known words that begin like this, in order of the alphabet."""
        return beginning_with(prefix, self.words, limit)

    def sounding_like(self, word: str) -> str | None:
        """A known word that sounds the same."""
        return self._sounds.get(sounds([word])[0]) if len(word) >= SHORTEST_PART else None

    def nearest(self, word: str) -> list[tuple[str, int]]:
        """Known words within the typos allowed, nearest first, with the number of typos."""
        allowed = typos_allowed(word)
        if not allowed or not word.isalpha():
            return []
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        near = [known for length in lengths for known in self._of_length(length, word[0], len(word))]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=allowed, limit=NEAREST)
        return [(known, int(slips)) for known, slips, _ in found if slips < 2 or known[0] == word[0]]

    def _of_length(self, length: int, first: str, typed: int) -> list[str]:
        """Known words of a length; for short words only those with the same first letter, where slips are rare."""
        words = self._by_length.get(length, [])
        if typed >= FREE_FIRST_LETTER:
            return words
        start = bisect_left(words, first)
        return words[start : bisect_left(words, chr(ord(first) + 1), start)]


def beginning_with(prefix: str, ordered: Sequence[str], limit: int | None = None) -> list[str]:
    """The words of an ordered list that begin like this."""
    start = bisect_left(ordered, prefix)
    end = bisect_left(ordered, prefix + "\uffff", start)
    return list(ordered[start:end][:limit])

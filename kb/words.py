"""Dutch words: one spelling, stem and sound, compounds taken apart, slips put right. Reading a query is in kb/reading.py.

Knows nothing of interventions or of ranking. The stemmer is our own, because the usual one costs half a second on our
text in plain Python and keeps gezin and gezinnen apart; tests/kb/test_search.py holds the words it must bring together.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from kb.near import Misspellings

EVERYDAY_WORDS_FILE = Path(__file__).with_name("everyday_words.yaml")

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
week weken maand maanden uur uren ochtend middag nacht gisteren keer lijkt lijken lijk kom komt komen kwam kwamen gekomen
zit zitten zat staat staan stond neem neemt nemen geef geeft geven gaf zeg zegt zeggen hand nergens overal zelfs helemaal
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about a subject. They still help to recognise a name (Er is meer te winnen)."""

_TOKEN = re.compile(r"[a-z0-9]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")

_CONSONANTS = "bcdfghjklmnpqrstvz"
_FIRST = itemgetter(1)
_TWICE = " ".join(letter * 2 for letter in _CONSONANTS)
STEM_STEPS = tuple(
    (tuple(ends.split()) or ("",), re.compile(pattern, re.MULTILINE), replacement)
    for ends, pattern, replacement in (
        ("heden", r"heden$(?<=[a-z]{3}heden)", "heid"),
        ("ing ingen je jes", r"ing$(?<=[a-z]{4}ing)|ingen$(?<=[a-z]{4}ingen)|jes?$(?<=[a-z]{4}je|[a-z]{3}jes)", ""),
        ("en ens es e", r"en$(?<=[a-z]{3}en)|ens$(?<=[a-z]{3}ens)|es$(?<=[a-z]{2}[^i\n]es)|e$(?<=[a-z]{2}[^i\n]e)", ""),
        (_TWICE, rf"([{_CONSONANTS}])\1$(?<=[a-z]{{4}})", r"\1"),
        ("v", r"v$(?<=[a-z]{3})", "f"),
        ("z", r"z$(?<=[a-z]{3})", "s"),
        ("s", r"s$(?<=[a-z]{3}[^iusj\n]s|[a-z]{2}ies)", ""),
        ("t", r"t$(?<=[a-z]{3}[^aeiouyhs\n]t)", ""),
        ("", r"([aeou])\1", r"\1"),
    )
)
"""From the forms of a word to what they share, in this order: -heid, -ing and diminutives, plurals and verbs, one
consonant at the end, f for v, s for z, plural -s, verbal -t, and no doubled vowels. Each with what it takes a word to end on."""

_STEPS = tuple(
    (ends, pattern.sub, _FIRST if replacement == r"\1" else replacement) for ends, pattern, replacement in STEM_STEPS
)
"""The same, ready to use: a replacement with a backslash is read anew at every call, even when nothing is replaced."""

_ALIKE = """
sch>s sj>s sh>s ch>g th>t dt>t ph>f v>f ce>se ci>si z>s ck>k c>k q>k x>ks ij>i ei>i y>i ouw>o ou>o auw>o au>o ie>i ee>i h>
"""
SOUNDS = tuple(pair.split(">") for pair in _ALIKE.split())
"""Letters that sound alike, applied in this order; the last one drops every other h."""
_DOUBLED = re.compile(r"([a-z])\1+")
FREE_FIRST_LETTER = 8
"""Letters from which a slip in the first letter is forgiven, if it is the only one: 'koken' is not 'roken'."""
NEAREST = 6
"""Known words to consider for one misspelt word."""
SHORTEST_PREFIX = 3
"""Letters from which a half word is completed."""
SHORTEST_PART = 4
"""Letters a part of a compound must have; with three, 'inbraak' would hold 'aak'."""
GLUE = ("", "s", "e", "en")
"""What may stand between the parts of a compound."""


def as_slug(words: str) -> str:
    """An id made of words: small letters, digits and hyphens; empty when nothing of them can stay."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(_TOKEN.findall(bare))


def plain(text: str) -> str:
    """The text in one spelling: small letters, no accents, no apostrophes."""
    if not text.isascii():
        text = _NOT_ASCII.sub(_respelt, text)
    low = text.lower().replace("'", "").replace("`", "")
    return low.replace("&", " en ") if "&" in low else low


def _respelt(found: re.Match[str]) -> str:
    return _in_ascii(found.group())


@cache
def _in_ascii(letter: str) -> str:
    """A dash parts words; accents and other signs disappear."""
    if letter in "–—‑":
        return " "
    return unicodedata.normalize("NFKD", letter.casefold()).encode("ascii", "ignore").decode("ascii")


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, in plain spelling; hyphens part words."""
    return words_in(plain(text))


def words_in(low: str) -> list[str]:
    """The words and numbers of a text that is in plain spelling already."""
    return _TOKEN.findall(low)


def stems(words: Sequence[str]) -> list[str]:
    """What the forms of each word share: messen and mes, gezinnen and gezin, blowt and blowen, scholen and school.

    All words go through each step at once, one to a line: twenty times faster than word by word.
    """
    lines = "\n".join(words)
    for _, replaced, replacement in _STEPS:
        lines = replaced(replacement, lines)
    return lines.split("\n") if words else []


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """What the forms of one word share."""
    for ends, replaced, replacement in _STEPS:
        if word.endswith(ends):
            word = replaced(replacement, word)
    return word


def sounds(words: Sequence[str]) -> list[str]:
    """How each word sounds, roughly, so that terapie is therapie and krimineel is crimineel."""
    lines = "\n".join(words) + "\n"
    for letters, heard in SOUNDS:
        lines = lines.replace(letters, heard)
    return _DOUBLED.sub(_FIRST, lines.replace("d\n", "t\n")).split("\n")[:-1]


def sound(word: str) -> str:
    """How one word sounds."""
    for letters, heard in SOUNDS:
        word = word.replace(letters, heard)
    return _DOUBLED.sub(_FIRST, word[:-1] + "t" if word.endswith("d") else word)


def typos_allowed(word: str) -> int:
    """Slips of the keyboard a word of this length may hold; more would join words that differ in meaning."""
    if len(word) < 5:
        return 0
    return 1 if len(word) < 8 else 2 if len(word) < 14 else 3


class _StemOf(dict[str, str]):
    def __missing__(self, word: str) -> str:
        return stem(word)


class Vocabulary:
    """The words the collection uses, and the ways from what someone types to one of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self.stem_of = _StemOf(zip(self.words, stems(self.words), strict=True))
        """The known words with their stems; of another word it works out the stem."""
        self.stems = frozenset(self.stem_of.values())
        telling = [word for word in self.words if len(word) >= SHORTEST_PART and word not in STOP_WORDS]
        self._telling = [word for word in telling if word.isalpha()]
        self._parts = frozenset(self._telling)
        self._sounds = dict(zip(reversed(sounds(telling)), reversed(telling), strict=True))

    def prepare(self) -> Vocabulary:
        """This vocabulary, with all that the first slip would otherwise wait for."""
        _ = self._misspellings, self._tails
        return self

    @cached_property
    def _misspellings(self) -> Misspellings:
        return Misspellings(self._telling)

    @cached_property
    def _tails(self) -> tuple[list[str], list[str]]:
        """What follows the first part of a compound, in order, with the compound: buurtbemiddeling, jongerenbuurtbemiddeling."""
        heads = {part + glue for part in self._parts for glue in GLUE}
        found = sorted(
            (word[cut:], word)
            for word in self._telling
            for cut in range(SHORTEST_PART, len(word) - SHORTEST_PREFIX)
            if word[:cut] in heads and word[cut:] not in self.stem_of
        )
        return [tail for tail, _ in found], [word for _, word in found]

    def ending_with(self, tail: str, limit: int) -> list[tuple[str, str]]:
        """Compounds of which the last part begins like this, with that part."""
        tails, wholes = self._tails
        start = bisect_left(tails, tail)
        found = beginning_with(tail, tails, limit)
        return list(zip(found, wholes[start : start + len(found)], strict=True))

    def is_new(self, word: str) -> bool:
        """Does no known word share its stem?"""
        return word not in self.stem_of and stem(word) not in self.stems

    def parts(self, word: str) -> tuple[str, ...]:
        """The known words a compound is made of (jeugdgroep: jeugd, groep), or nothing."""
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1) if word.isalpha() else ():
            if word[cut:] in self._parts and (head := self._head(word[:cut])):
                return head, word[cut:]
        return ()

    def compounds(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The known words that are made of others, with their parts."""
        for word in self._telling:
            if parts := self.parts(word):
                yield word, parts

    def _head(self, head: str) -> str | None:
        """The first part of a compound, without what glues it to the next."""
        for glue in GLUE:
            if head.endswith(glue) and (bare := head.removesuffix(glue)) in self._parts:
                return bare
        return None

    def begins(self, prefix: str) -> bool:
        """Does any known word begin like this?"""
        place = bisect_left(self.words, prefix)
        return place < len(self.words) and self.words[place].startswith(prefix)

    def beginning_with(self, prefix: str, limit: int) -> list[str]:
        """Known words that begin like this, in order of the alphabet."""
        return beginning_with(prefix, self.words, limit)

    def sounding_like(self, word: str) -> str | None:
        """A known word that sounds the same."""
        return self._sounds.get(sound(word)) if len(word) >= SHORTEST_PART else None

    def nearest(self, word: str) -> list[tuple[str, int]]:
        """Known words within the typos allowed, nearest first, with the number of typos."""
        allowed = typos_allowed(word)
        if not allowed or not word.isalpha():
            return []
        found = self._misspellings.within(word, allowed, 2 * NEAREST)
        free = len(word) >= FREE_FIRST_LETTER
        return [(near, slips) for near, slips in found if near[0] == word[0] or (free and slips < 2)][:NEAREST]


def beginning_with(prefix: str, ordered: Sequence[str], limit: int | None = None) -> list[str]:
    """The words of an ordered list that begin like this."""
    start = bisect_left(ordered, prefix)
    if start == len(ordered) or not ordered[start].startswith(prefix):
        return []
    return list(ordered[start : bisect_left(ordered, prefix + "\uffff", start)][:limit])


@cache
def everyday_words() -> dict[str, Any]:
    """The words of residents, parents and police, by what they lead to; see everyday_words.yaml."""
    import yaml

    read: dict[str, Any] = yaml.load(EVERYDAY_WORDS_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    return read


def everyday_names() -> dict[str, list[str]]:
    """Per factor id the words that residents, parents and police use for it."""
    return dict(everyday_words()["factoren"])


@cache
def towns_of(region: str) -> frozenset[str]:
    """The names of a region and of the towns in it, as everyday_words.yaml has them; only the name when it has none."""
    return frozenset([region, *everyday_words()["plaatsen"].get(region, ())])

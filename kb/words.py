"""Dutch words as people type them: one spelling, stem and sound, compounds taken apart, slips put right, a query read.

Knows nothing of interventions or of ranking. The stemmer is our own, because the usual one costs half a second on our
text in plain Python and keeps gezin and gezinnen apart; tests/kb/test_search.py holds the words it must bring together.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

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
MAX_WORDS, MAX_LETTERS = 40, 600
"""Words and letters of a query that count; longer texts are for matcher.text."""
JOINED, SOUNDS_ALIKE, SPLIT, PARTICIPLE, REGION = 0.9, 0.95, 0.8, 0.8, 0.8
"""How sure we are of a word after joining two, hearing it, taking it apart, taking off ge-, or going from place to region."""
SLIP = 1.6
"""What a slip costs in sureness, as a share of the letters of the word."""
SHORTEST_PREFIX, PREFIX_WORDS = 3, 40
"""Letters from which a half word is completed, and the number of completions looked at."""
FREE_FIRST_LETTER = 8
"""Letters from which a slip in the first letter is forgiven, if it is the only one: 'koken' is not 'roken'."""
NEAREST = 6
"""Known words to consider for one misspelt word."""
SHORTEST_PART = 4
"""Letters a part of a compound must have; with three, 'inbraak' would hold 'aak'."""


_AGE = re.compile(r"\b(\d{1,2})(?:(?: tot en met | tot | t/m | a |-|/| en )(\d{1,2}))?[ -]?(?:jaar|jarige?n?|jr)\b")
_AGE_OF_SOMEONE = re.compile(r"\b(?:zoon|dochter|kind|jongen|jongens|meisje|meiden|leerling|jongeren) van (\d{1,2})\b")
_PARTICLES = frozenset(
    [
        "aan",
        "achter",
        "af",
        "bij",
        "door",
        "in",
        "langs",
        "mee",
        "na",
        "om",
        "op",
        "over",
        "rond",
        "tegen",
        "toe",
        "uit",
        "voor",
        "weg",
    ]
)


class Match(NamedTuple):
    """What a typed word may stand for, how sure that is, and the word to show for it."""

    stem: str
    quality: float
    shown: str


@dataclass(slots=True)
class Query:
    """A query as read: its letters without spaces, and per word that counts what it may stand for."""

    joined: str
    words: list[list[Match]]
    ages: tuple[int, int] | None

    @property
    def misspelt(self) -> bool:
        return any(all(match.quality < 1.0 for match in found) for found in self.words)


def as_slug(words: str) -> str:
    """An id made of words: small letters, digits and hyphens; empty when nothing of them can stay."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(_TOKEN.findall(bare))


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


def typed_words(text: str) -> list[str]:
    """The words of a query that count."""
    return tokens(text[:MAX_LETTERS])[:MAX_WORDS]


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


class Reader:
    """Reads a query with the words of the collection at hand."""

    def __init__(
        self, vocabulary: Vocabulary, region_of: Mapping[str, str], ages_of: Mapping[str, tuple[int, int]]
    ) -> None:
        self.vocabulary = vocabulary
        self._region_of = {"".join(tokens(town)): region for town, region in region_of.items()}
        self._ages_of = {stem(word): ages for word, ages in ages_of.items()}

    def read(self, text: str) -> Query:
        """The words that count, each with what it may stand for."""
        typed = typed_words(text)
        numbers = _ages_in(text[:MAX_LETTERS])
        joins = self._joins(typed)
        words: list[list[Match]] = []
        for place, word in enumerate(typed):
            if joins[place] or not (len(word) == 1 or word in STOP_WORDS or word in numbers):
                words.extend(self._stands_for(word, joins[place], last=place == len(typed) - 1))
        named = [self._ages_of[stem(word)] for word in typed if stem(word) in self._ages_of]
        ages = (min(map(int, numbers)), max(map(int, numbers))) if numbers else next(iter(named), None)
        return Query("".join(typed), words, ages)

    def _stands_for(self, word: str, joined: list[Match], *, last: bool) -> list[list[Match]]:
        """What a word may mean; an unknown compound becomes two words."""
        found = [] if word in STOP_WORDS else self._meanings(word, last=last)
        if not found and not joined and (parts := self.vocabulary.parts(word)):
            return [[Match(stem(part), SPLIT, part)] for part in parts]
        return [[*found, *joined]]

    def _meanings(self, word: str, *, last: bool) -> list[Match]:
        """A word itself; else what sounds like it, what it is the beginning of, or what it is a slip of."""
        known = self.vocabulary
        if (base := known.stem(word)) in known.stems:
            return [Match(base, 1.0, word)]
        if alike := known.sounding_like(word):
            return [Match(known.stem(alike), SOUNDS_ALIKE, alike)]
        if word.startswith("ge") and (bare := stem(word[2:])) in known.stems:
            return [Match(bare, PARTICIPLE, word)]
        if last and (begun := self._begun(word)):
            return begun
        if known.parts(word):
            return []
        return [Match(known.stem(near), 1 - SLIP * slips / len(word), near) for near, slips in known.nearest(word)]

    def _begun(self, prefix: str) -> list[Match]:
        """What the last word may become: someone is still typing."""
        if len(prefix) < SHORTEST_PREFIX:
            return []
        known = self.vocabulary
        found = (word for word in known.beginning_with(prefix, PREFIX_WORDS) if word not in STOP_WORDS)
        return [Match(known.stem(word), 0.5 + 0.4 * len(prefix) / len(word), word) for word in found]

    def _joins(self, typed: Sequence[str]) -> list[list[Match]]:
        """Per word, the compounds it makes with its neighbours, and the region when they name a town."""
        found: list[list[Match]] = [[] for _ in typed]
        for size in (1, 2, 3):
            for start in range(len(typed) - size + 1):
                window = typed[start : start + size]
                if not STOP_WORDS.issuperset(window):
                    matches = list(self._together(window))
                    for place in range(start, start + size):
                        if typed[place] not in STOP_WORDS:
                            found[place].extend(matches)
        return found

    def _together(self, window: Sequence[str]) -> Iterator[Match]:
        """What neighbouring words mean as one."""
        if region := self._region_of.get("".join(window)):
            yield from (Match(stem(part), REGION, region) for part in tokens(region))
        if len(window) > 1 and (compound := self._compound(window)):
            yield compound

    def _compound(self, window: Sequence[str]) -> Match | None:
        """The known word these words make together; also 'hangen rond' and 'uit te lenen'."""
        known = self.vocabulary
        orders = ["".join(window)]
        if len(window) == 2 and window[1] in _PARTICLES:
            orders.append(window[1] + window[0])
        if len(window) == 3 and window[1] == "te" and window[0] in _PARTICLES:
            orders.append(window[0] + window[2])
        for word in orders:
            if len(word) > 4 and known.stem(word) in known.stems:
                return Match(known.stem(word), JOINED, word)
        if all(len(word) > 2 for word in window) and any(known.stem(word) not in known.stems for word in window):
            return self._misspelt_compound(orders[0])
        return None

    def _misspelt_compound(self, joined: str) -> Match | None:
        known = self.vocabulary
        if alike := known.sounding_like(joined):
            return Match(known.stem(alike), JOINED * SOUNDS_ALIKE, alike)
        near = known.nearest(joined)
        return Match(known.stem(near[0][0]), JOINED - SLIP * near[0][1] / len(joined), near[0][0]) if near else None

    def respelt(self, word: str) -> str:
        """A known word for an unknown one, if there is one near enough."""
        known = self.vocabulary
        if word in STOP_WORDS or known.stem(word) in known.stems or known.parts(word) or self._begun(word):
            return word
        return known.sounding_like(word) or next((near for near, _ in known.nearest(word)), word)


def _ages_in(text: str) -> list[str]:
    """The numbers in a text that are ages."""
    low = plain(text)
    if not any(c.isdigit() for c in low):
        return []
    return [age for ages in _AGE.findall(low) for age in ages if age] + _AGE_OF_SOMEONE.findall(low)


def beginning_with(prefix: str, ordered: Sequence[str], limit: int | None = None) -> list[str]:
    """The words of an ordered list that begin like this."""
    start = bisect_left(ordered, prefix)
    end = bisect_left(ordered, prefix + "\uffff", start)
    return list(ordered[start:end][:limit])


@cache
def _everyday() -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.load(
        Path(__file__).with_name("everyday_words.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return found


def everyday_names() -> dict[str, list[str]]:
    """Per factor id the words that residents, parents and police use for it; see everyday_words.yaml."""
    return dict(_everyday()["factoren"])


def towns_of(region: str) -> frozenset[str]:
    """The names of a region and of the towns in it, as everyday_words.yaml has them; only the name when it has none."""
    return frozenset([region, *_everyday()["plaatsen"].get(region, ())])

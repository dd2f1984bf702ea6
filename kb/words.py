"""Dutch words as people type them: one spelling, stem and sound, compounds taken apart, slips put right, a query read.

Knows nothing of interventions or of ranking. The stemmer is our own, because the usual one costs half a second on our
text in plain Python and keeps gezin and gezinnen apart; tests/kb/test_search.py holds the words it must bring together.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from kb.near import Lookalikes

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
SHORTEST_PREFIX, PREFIX_WORDS = 3, 40
"""Letters from which a half word is completed, and the number of completions looked at."""
FREE_FIRST_LETTER = 8
"""Letters from which a slip in the first letter is forgiven, if it is the only one: 'koken' is not 'roken'."""
NEAREST = 6
"""Known words to consider for one misspelt word."""
SHORTEST_PART = 4
"""Letters a part of a compound must have; with three, 'inbraak' would hold 'aak'."""


_DIGIT = re.compile(r"[0-9]")
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
        return any(all(match.quality < 1.0 for match in found) for found in self.words)


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


@lru_cache(maxsize=1 << 16)
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
        self._telling = [word for word in telling if word.isalpha()]

    def prepare(self) -> Vocabulary:
        """This vocabulary, with all that the first slip would otherwise wait for."""
        _ = self._lookalikes, self._tails
        return self

    @cached_property
    def _lookalikes(self) -> Lookalikes:
        return Lookalikes(self._telling)

    @cached_property
    def _tails(self) -> list[tuple[str, str]]:
        """What follows the first part of a compound, in order, with the compound: buurtbemiddeling, jongerenbuurtbemiddeling."""
        return sorted(
            (word[cut:], word)
            for word in self._telling
            for cut in range(SHORTEST_PART, len(word) - SHORTEST_PREFIX)
            if self._head(word[:cut]) and word[cut:] not in self.stem_of
        )

    def ending_with(self, tail: str, limit: int) -> list[tuple[str, str]]:
        """Compounds of which the last part begins like this, with that part."""
        start = bisect_left(self._tails, (tail,))
        return list(takewhile(lambda found: found[0].startswith(tail), self._tails[start : start + limit]))

    def stem(self, word: str) -> str:
        return self.stem_of.get(word) or stem(word)

    def is_new(self, word: str) -> bool:
        """Does no known word share its stem?"""
        return word not in self.stem_of and stem(word) not in self.stems

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

    def begins(self, prefix: str) -> bool:
        """Does any known word begin like this?"""
        place = bisect_left(self.words, prefix)
        return place < len(self.words) and self.words[place].startswith(prefix)

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
        found = self._lookalikes.within(word, allowed, 2 * NEAREST)
        free = len(word) >= FREE_FIRST_LETTER
        return [(near, slips) for near, slips in found if near[0] == word[0] or (free and slips < 2)][:NEAREST]


class Reader:
    """Reads a query with the words of the collection at hand."""

    def __init__(self, vocabulary: Vocabulary, everyday: Mapping[str, Any]) -> None:
        self.vocabulary = vocabulary
        self._led = _leads(everyday)
        self._ages_of = {stem(word): (ages[0], ages[1]) for word, ages in everyday["leeftijden"].items()}
        self._meanings = lru_cache(maxsize=REMEMBERED)(self._mean)
        self._guesses = lru_cache(maxsize=REMEMBERED)(self._guess)

    def read(self, text: str) -> Query:
        """The words that count, each with what it may stand for."""
        low = plain(text[:MAX_LETTERS])
        typed = _TOKEN.findall(low)[:MAX_WORDS]
        numbers = _ages_in(low)
        joins = self._joins(typed)
        words: list[list[Match]] = []
        last = len(typed) - 1
        for place, word in enumerate(typed):
            if place in joins or not (len(word) == 1 or word in STOP_WORDS or word in numbers):
                words.extend(self._stands_for(word, joins.get(place, []), last=place == last))
        return Query("".join(typed), words, self._ages(typed, numbers))

    def _ages(self, typed: Sequence[str], numbers: Sequence[str]) -> tuple[int, int] | None:
        if numbers:
            return min(map(int, numbers)), max(map(int, numbers))
        return next(
            (self._ages_of[base] for word in typed if (base := self.vocabulary.stem(word)) in self._ages_of), None
        )

    def _stands_for(self, word: str, joined: list[Match], *, last: bool) -> Sequence[list[Match]]:
        """What a word may mean; an unknown compound becomes two words."""
        found = [] if word in STOP_WORDS else self._meanings(word, last)
        if found or joined:
            return [[*found, *joined]] if joined else [found]
        if parts := self.vocabulary.parts(word):
            return [[Match(self.vocabulary.stem(part), SPLIT, part, word)] for part in parts]
        return [self._guesses(word)]

    def _mean(self, word: str, last: bool) -> list[Match]:
        """A word itself; else what it is the beginning of, or what sounds like it."""
        known = self.vocabulary
        begun = self._begun(word) if last and word not in known.stem_of else []
        if (base := known.stem(word)) in known.stems:
            return [Match(base, 1.0, word), *begun]
        if begun:
            return begun
        if alike := known.sounding_like(word):
            return [Match(known.stem(alike), SOUNDS_ALIKE, alike, word)]
        if word.startswith("ge") and (bare := stem(word[2:])) in known.stems:
            return [Match(bare, PARTICIPLE, word)]
        return []

    def _guess(self, word: str) -> list[Match]:
        """What a word that means nothing may be part of, or a slip of."""
        known = self.vocabulary
        return self._tails(word) or [
            Match(known.stem(near), 1 - SLIP * slips / len(word), near, word) for near, slips in known.nearest(word)
        ]

    def _tails(self, word: str) -> list[Match]:
        """Longer words of which this is the last part, or the beginning of it."""
        if len(word) < SHORTEST_TAIL:
            return []
        known = self.vocabulary
        found = known.ending_with(word, PREFIX_WORDS)
        return [Match(known.stem(whole), BEGUN + 0.2 * len(word) / len(tail), whole, word) for tail, whole in found]

    def _begun(self, prefix: str) -> list[Match]:
        """What the last word may become: someone is still typing."""
        if len(prefix) < SHORTEST_PREFIX:
            return []
        known = self.vocabulary
        found = (word for word in known.beginning_with(prefix, PREFIX_WORDS) if word not in STOP_WORDS)
        return [Match(known.stem(word), BEGUN + 0.3 * len(prefix) / len(word), word, prefix) for word in found]

    def _joins(self, typed: Sequence[str]) -> dict[int, list[Match]]:
        """Per place, the compounds the word makes with its neighbours, and the region when they name a town."""
        found: dict[int, list[Match]] = {}
        known = self.vocabulary
        bases = [known.stem(word) for word in typed]
        telling = [word not in STOP_WORDS for word in typed]
        unknown = [base not in known.stems for base in bases]
        guess = len(typed) <= GUESSED_IN
        for size in range(1, min(3, len(typed)) + 1):
            for start in range(len(typed) - size + 1):
                end = start + size
                if any(telling[start:end]):
                    matches = self._led.get(" ".join(bases[start:end]), ())
                    joined = (
                        self._joined(typed[start:end], guess=guess and any(unknown[start:end])) if size > 1 else None
                    )
                    if matches or joined:
                        said = " ".join(typed[start:end])
                        meant = [match._replace(typed=said) for match in (*matches, *([joined] if joined else ()))]
                        for place in range(start, end):
                            if telling[place]:
                                found.setdefault(place, []).extend(meant)
        return found

    def _joined(self, window: Sequence[str], *, guess: bool) -> Match | None:
        """What neighbouring words mean as one word."""
        joined = "".join(window)
        compound = self._compound(window, joined)
        return self._misspelt_compound(joined) if not compound and guess and min(map(len, window)) > 2 else compound

    def _compound(self, window: Sequence[str], joined: str) -> Match | None:
        """The known word these words make together; also 'hangen rond' and 'uit te lenen'."""
        known = self.vocabulary
        # most neighbours make no word, which is seen at once by how it begins
        if known.begins(window[0] + window[1][0]) and len(joined) > 4 and not known.is_new(joined):
            return Match(known.stem(joined), JOINED, joined)
        turned = ""
        if len(window) == 2 and window[1] in _PARTICLES:
            turned = window[1] + window[0]
        elif len(window) == 3 and window[1] == "te" and window[0] in _PARTICLES:
            turned = window[0] + window[2]
        return Match(known.stem(turned), JOINED, turned) if turned and not known.is_new(turned) else None

    def _misspelt_compound(self, joined: str) -> Match | None:
        known = self.vocabulary
        if alike := known.sounding_like(joined):
            return Match(known.stem(alike), JOINED * SOUNDS_ALIKE, alike)
        near = known.nearest(joined)
        if not near:
            return None
        return Match(known.stem(near[0][0]), JOINED - SLIP * near[0][1] / len(joined), near[0][0])

    def as_plain(self) -> dict[str, Any]:
        """The rules of reading as plain data, for a search in the browser; see SearchIndex.as_plain."""
        return {
            "stopwoorden": sorted(STOP_WORDS),
            "stamregels": [[pattern.pattern, replacement] for pattern, replacement in _STEM_STEPS],
            "klanken": _SOUNDS,
            "lekenwoorden": {
                typed: [[match.stem, match.quality, match.shown] for match in meant]
                for typed, meant in self._led.items()
            },
            "leeftijden": self._ages_of,
            "leesgetallen": {
                name: value for name, value in globals().items() if name.isupper() and isinstance(value, int | float)
            },
        }

    def respelt(self, word: str) -> str:
        """A known word for an unknown one, if there is one near enough."""
        known = self.vocabulary
        if word in STOP_WORDS or known.stem(word) in known.stems or known.parts(word) or self._begun(word):
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


def beginning_with(prefix: str, ordered: Sequence[str], limit: int | None = None) -> list[str]:
    """The words of an ordered list that begin like this."""
    start = bisect_left(ordered, prefix)
    end = bisect_left(ordered, prefix + "\uffff", start)
    return list(ordered[start:end][:limit])


@cache
def everyday_words() -> dict[str, Any]:
    """The words of residents, parents and police, by what they lead to; see everyday_words.yaml."""
    import yaml

    read: dict[str, Any] = yaml.load(EVERYDAY_WORDS_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    return read


def everyday_names() -> dict[str, list[str]]:
    """Per factor id the words that residents, parents and police use for it."""
    return dict(everyday_words()["factoren"])


def towns_of(region: str) -> frozenset[str]:
    """The names of a region and of the towns in it, as everyday_words.yaml has them; only the name when it has none."""
    return frozenset([region, *everyday_words()["plaatsen"].get(region, ())])

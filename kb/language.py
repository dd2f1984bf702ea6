"""Dutch prose measured: sentences, how easy they read, stiff words with a plain one, and words the dictionary does not know.

Knows nothing of pages. The dictionary is OpenTaal's word list (licence in LICENSES/OpenTaal.txt): every word up to fifteen
letters, and longer ones that are no compound of those. Beside it stands our own list, woorden.txt.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

DICTIONARY = Path(__file__).with_name("opentaal.txt.gz")
OWN_WORDS = Path(__file__).with_name("woorden.txt")

SHORTEST_PART, SHORTEST_OF_THREE = 4, 5
"""Letters of a part of a compound; shorter parts make a word of nearly every slip of the pen."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_VOWELS = re.compile(r"[ëïöü]|[aeiouyáàâäéèêíìîóòôúùû]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[)\"'’]*\s+(?=[\"'‘(]?[A-ZÀ-Ý0-9])|\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|#+)\s)")
_MARKUP = re.compile(r"\]\([^)]*\)|https?://\S+|[*_`#]")
_NO_END = re.compile(r"\b(?:bijv|bv|nr|art|ca|o\.a|d\.w\.z|t/m|e\.d|mr|dr|drs|prof|St)\.\Z")

_CUT_OFF = re.compile(r"[-@/.][^\W\d_]|.?[^\W\d_]+(?:-(?!\w)|\)\w)")
"""A word that is part of an address, or the first half of one: 'gewelds- en', '(gewelds)delicten'."""

PLAIN: dict[str, str] = {
    "aangaande": "over",
    "adequaat": "goed",
    "alsmede": "en",
    "betreffende": "over",
    "conform": "volgens",
    "continueren": "doorgaan met",
    "derhalve": "daarom",
    "desbetreffende": "deze",
    "desalniettemin": "toch",
    "dient te": "moet",
    "dienen te": "moeten",
    "door middel van": "met",
    "effectueren": "uitvoeren",
    "evenwel": "maar",
    "faciliteren": "mogelijk maken",
    "gedurende": "tijdens",
    "genereren": "opleveren",
    "implementatie": "invoering",
    "implementeren": "invoeren",
    "in het kader van": "voor",
    "indien": "als",
    "initiëren": "beginnen",
    "inzake": "over",
    "met betrekking tot": "over",
    "middels": "met",
    "niettemin": "toch",
    "omtrent": "over",
    "optimaliseren": "verbeteren",
    "participatie": "meedoen",
    "participeren": "meedoen",
    "prevaleren": "voorgaan",
    "reduceren": "verminderen",
    "reeds": "al",
    "teneinde": "om",
    "ten aanzien van": "over",
    "ten behoeve van": "voor",
    "ten gevolge van": "door",
    "tevens": "ook",
    "thans": "nu",
}
"""Words of offices with the everyday word for them."""
_STIFF = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, PLAIN), key=len, reverse=True))})\b")

Found = tuple[int, str]
"""(position in the text, words)."""


def sentences(text: str) -> Iterator[Found]:
    """The sentences of a text; an item of a list is one too."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if text[end.start() - 1] == "." and _NO_END.search(text, max(start, end.start() - 8), end.start()):
            continue
        yield from _stripped(start, text[start : end.start()])
        start = end.end()
    yield from _stripped(start, text[start:])


def _stripped(start: int, words: str) -> Iterator[Found]:
    if words.strip():
        yield start + len(words) - len(words.lstrip()), words.strip()


def words_in(text: str) -> list[str]:
    """What stands between spaces and is no mere dash: enough to count, and far quicker than taking words apart."""
    return [word for word in _blanked(text).split() if len(word) > 1 or word.isalnum()]


def reading_ease(words: Sequence[str], lengths: Sequence[int]) -> float:
    """Flesch-Douma: 206.84 - 0.93 x words per sentence - 77 x syllables per word; 45-60 is fairly hard, 30-45 hard.

    Takes the words of a text and the length of each sentence. Syllables are estimated as groups of vowels.
    Source: W.H. Douma, De leesbaarheid van landbouwbladen (1960). Raises ZeroDivisionError for an empty text.
    """
    return 206.84 - 0.93 * sum(lengths) / len(lengths) - 77 * sum(map(_syllables, words)) / len(words)


@cache
def _syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(word.lower())))


def stiff_words(text: str) -> Iterator[tuple[int, str, str]]:
    """(position, word of offices, everyday word)."""
    low = text.lower()
    if any(word in low for word in PLAIN):  # far quicker than the pattern, and nearly always no
        for match in _STIFF.finditer(low):
            yield match.start(), text[match.start() : match.end()], PLAIN[match[0]]


def unknown_words(text: str, known: Collection[str] = ()) -> Iterator[Found]:
    """Words in small letters that neither the dictionary, our own list nor `known` has. A name has a capital and is left alone."""
    plain = _blanked(text)
    if all(map(_is_known, _WORD.findall(plain))):
        return
    for match in _WORD.finditer(plain):
        word = match[0]
        if not _is_known(word) and word not in known and not _CUT_OFF.match(plain, max(0, match.start() - 1)):
            yield match.start(), word


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(_blanked(text))


def _blanked(text: str) -> str:
    """Without addresses and marks; every position stays the same."""
    return _MARKUP.sub(lambda found: " " * len(found[0]), text) if _MARKUP.search(text) else text


@cache
def _is_known(word: str) -> bool:
    return word in _dictionary() or all(map(_is_known_part, word.replace("’", "'").split("-")))


def _is_known_part(part: str) -> bool:
    """Is this a word, a name or abbreviation (it has a capital), or a compound?"""
    if len(part) == 1 or not part.islower():
        return True
    known = _dictionary()
    return part in known or part.removesuffix("'s") in known or _is_compound(part, 2) or _is_compound(part, 3)


@cache
def _is_compound(word: str, parts: int) -> bool:
    known = _dictionary()
    if len(word) >= SHORTEST_PART and word in known:
        return True
    if parts == 1:
        return False
    shortest = SHORTEST_PART if parts == 2 else SHORTEST_OF_THREE
    return any(
        _begins_compound(word[:end], shortest) and _is_compound(word[end:], parts - 1)
        for end in range(shortest, len(word) - SHORTEST_PART + 1)
    )


def _begins_compound(part: str, shortest: int) -> bool:
    """A word, with or without the s that joins it to the next."""
    known = _dictionary()
    return part in known or (part.endswith("s") and len(part) > shortest and part[:-1] in known)


@cache
def _dictionary() -> frozenset[str]:
    words = gzip.decompress(DICTIONARY.read_bytes()).decode().split("\n")
    words += own_words()
    return frozenset(words)


def own_words() -> frozenset[str]:
    """The words of our own list: one a line, and # for a remark."""
    lines = (line.partition("#")[0].strip() for line in OWN_WORDS.read_text(encoding="utf-8").splitlines())
    return frozenset(filter(None, lines))


_LETTERS = "etaonidrslgvhkmubpwjczfxyqëïéèö"


def meant(word: str) -> str | None:
    """A known word that differs by one letter, or by two letters that changed places; the first found in a fixed order."""
    known = _dictionary()
    turned = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    dropped = (word[:i] + word[i + 1 :] for i in range(len(word)))
    added = (word[:i] + letter + word[i:] for i in range(len(word) + 1) for letter in _LETTERS)
    other = (word[:i] + letter + word[i + 1 :] for i in range(len(word)) for letter in _LETTERS)
    candidates = (near for ways in (turned, dropped, added, other) for near in ways)
    return next((near for near in candidates if near in known), None)

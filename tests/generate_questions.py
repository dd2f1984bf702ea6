"""Search questions made from titles and factors by a script with a fixed seed: `python -m tests.generate_questions` writes the file.

They count neither as the builder's nor as the reader's. What is damaged is every word one could recognise a name by:
an engine without tolerance for slips must not find the page by the word that was left whole.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import kb
from kb import Basis, Intervention, KnowledgeBase, Vocabulary, tokens

SEED = 20261122
FILE = Path(__file__).parent / "cases" / "zoekvragen-gemaakt.yaml"
EACH = 24
SHORTEST_DAMAGED = 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HEADER = """\
# Gemaakt door een script met een vast zaad (python -m tests.generate_questions), niet door mensen: namen met tikfouten,
# gesplitste en aaneengeschreven namen, halve woorden, en factoren. Tikfouten zitten in elk herkenbaar woord van de naam.
# Bij een factor is een bladzijde goed (2) als een bron zegt dat zij daaraan werkt, en bruikbaar (1) als dat is afgeleid.
"""


def questions(cupboard: KnowledgeBase) -> Iterator[tuple[str, str, dict[str, int]]]:
    """(text, kind, grades), the same every time."""
    chance = random.Random(SEED)
    pages = list(cupboard.interventions)
    chance.shuffle(pages)
    long = [page for page in pages if max(map(len, _bare(page)), default=0) >= 2 * SHORTEST_DAMAGED]
    for kind, slips, part in (("typefout", 1, long[:EACH]), ("twee-typefouten", 2, long[EACH : EACH * 2])):
        yield from ((_with_slips(_bare(page), slips, chance), kind, {page.id: 3}) for page in part)
    yield from list(_split(pages, cupboard))[: EACH // 2]
    yield from list(_joined(pages))[: EACH // 2]
    yield from list(_begun(pages, chance))[:EACH]
    yield from list(_factors(cupboard, chance))[:EACH]


def _bare(page: Intervention) -> list[str]:
    """The title as typed in a hurry: small letters, nothing in brackets, at most four words."""
    return tokens(re.sub(r"\(.*?\)", " ", page.title))[:4]


def _with_slips(words: Sequence[str], slips: int, chance: random.Random) -> str:
    typed = []
    for word in words:
        for _ in range(min(slips, len(word) // SHORTEST_DAMAGED)):
            word = _slip(word, chance)
        typed.append(word)
    return " ".join(typed)


def _slip(word: str, chance: random.Random) -> str:
    """One letter added, lost, changed or swapped, not the first; never the word itself."""
    place = chance.randrange(1, len(word) - 1)
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    other = chance.choice(LETTERS)
    slips = [head + other + letter + tail, head + tail, head + other + tail, head + tail[0] + letter + tail[1:]]
    return chance.choice([slip for slip in slips if slip != word])


def _split(pages: Sequence[Intervention], cupboard: KnowledgeBase) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Names of which a compound is written as two words."""
    known = Vocabulary(word for page in cupboard.interventions for word in tokens(f"{page.title} {page.summary}"))
    for page in pages:
        parts = {word: known.parts(word) for word in _bare(page)}
        if any(parts.values()):
            yield " ".join(" ".join(parts[word]) or word for word in parts), "samenstelling", {page.id: 3}


def _joined(pages: Sequence[Intervention]) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Names of two or three words written as one."""
    for page in pages:
        if 2 <= len(_bare(page)) <= 3:
            yield "".join(_bare(page)), "samenstelling", {page.id: 3}


def _begun(pages: Sequence[Intervention], chance: random.Random) -> Iterator[tuple[str, str, dict[str, int]]]:
    """The beginning of a rare word of a name; every page with such a word in its name is right."""
    named = {page.id: set(tokens(" ".join((page.title, *page.aliases)))) for page in pages}
    usual = Counter(word for words in named.values() for word in words)
    for page in pages:
        rare = [word for word in _bare(page) if len(word) >= 7 and usual[word] <= 2]
        if rare:
            word = max(rare, key=len)
            begun = word[: chance.randint(5, len(word) - 2)]
            right = [other for other, words in named.items() if any(w.startswith(begun) for w in words)]
            if len(right) <= 5:
                yield begun, "voorvoegsel", dict.fromkeys(sorted(right), 3)


def _factors(cupboard: KnowledgeBase, chance: random.Random) -> Iterator[tuple[str, str, dict[str, int]]]:
    """A factor by its name or one of its synonyms."""
    factors = sorted(cupboard.factors.values(), key=lambda factor: factor.id)
    chance.shuffle(factors)
    for factor in factors:
        grades = {
            page.id: 2 if link.basis is Basis.EXPLICIT else 1
            for page in cupboard.interventions
            for link in page.factor_links
            if link.id == factor.id
        }
        if 2 in grades.values():
            yield chance.choice([factor.name, *factor.synonyms]).casefold(), "factor", grades


def main() -> None:
    lines = [
        f"- {{vraag: {_quoted(text)}, soort: {kind}, goed: {{{', '.join(f'{page}: {grade}' for page, grade in grades.items())}}}}}"
        for text, kind, grades in questions(kb.load())
    ]
    FILE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


if __name__ == "__main__":
    main()

"""Finding interventions from what people type: names, half words, misspellings, everyday words and whole sentences.

The door of the search: asks, ranks, says why, and what was probably meant. What a word may mean is in kb/reading.py, what the
pages earn in kb/search_score.py, the tables in kb/search_tables.py, every number in kb/search_numbers.py. Evidence plays no
part here, because a page that warns must be as easy to find as a page that recommends. Nothing is left to a database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Any

from kb.model import Factor, Intervention
from kb.reading import SPLIT, Match, Query, Reader, typed_words
from kb.search_numbers import (
    COMMON_WORD,
    DETAIL,
    DISTANT_NAME,
    FIELDS,
    HALF_SCORE,
    LONG_NAME,
    NAME,
    STORY,
    UNKNOWN_WORD,
    WORTH_ASKING,
)
from kb.search_score import NAMED, Tally, misspelt_names
from kb.search_tables import Tables
from kb.words import STOP_WORDS, beginning_with, everyday_words


@dataclass(slots=True)  # not frozen: that would take as long as all the rest for a page of hits
class Hit:
    """One page found, how well, and in a few words why."""

    intervention_id: str
    points: float
    """What it earned for the query, in six decimals; see kb/search_numbers.py."""
    _page: int = field(repr=False, compare=False)
    _tally: Tally = field(repr=False, compare=False)

    @property
    def score(self) -> float:
        """Between 0 and 1, falling with the rank; only comparable within one query."""
        return round(self.points / (self.points + HALF_SCORE), 4)

    @property
    def why(self) -> tuple[str, ...]:
        """At most three reasons, the heaviest first, each ready for 'Gevonden op ...'."""
        notes = list(self._tally.notes(self._page))
        named = any(said.startswith(NAMED) for _, said in notes)
        told = _by_words(self._tally.words(self._page))
        words = [(points, said) for points, said in told if not (named and said.endswith(NAME.label))]
        return tuple(dict.fromkeys(said for _, said in sorted([*notes, *words], key=lambda reason: -reason[0])))[:3]


def _by_words(found: Iterable[tuple[float, int, Match]]) -> Iterator[tuple[float, str]]:
    """The words of the query that stand on a page, field by field; two examples of each."""
    fields: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for points, part, match in found:
        fields[part].append((points, _quoted(match)))
    for part, told in fields.items():
        words = dict.fromkeys(said for _, said in sorted(told, reverse=True))
        yield sum(points for points, _ in told), f"{' en '.join([*words][:2])} in {FIELDS[part].label}"


def _quoted(match: Match) -> str:
    same = match.typed in ("", match.shown) or match.typed.startswith(match.shown)
    return f"‘{match.shown}’" if same else f"‘{match.shown}’ (u typte ‘{match.typed}’)"


class SearchIndex:
    """The words of a collection, ready to be asked. Read-only after it is made."""

    def __init__(self, interventions: Sequence[Intervention], factors: Mapping[str, Factor]) -> None:
        self._tables = Tables(interventions, factors)
        self._rarity_of = dict(zip(self._tables.terms, self._tables.rarities, strict=True))
        self._reader = Reader(self._tables.vocabulary, everyday_words())

    def prepare(self) -> SearchIndex:
        """This index, with all that the first slip would otherwise wait for."""
        self._tables.prepare()
        return self

    def forget(self) -> None:
        """Forget what the words that were typed mean."""
        self._reader.forget()

    def search(self, query: str, limit: int | None = None) -> list[Hit]:
        """Pages that answer the query, best first; none when nothing answers it well enough."""
        tally = Tally(self._tables, *self._read(query))
        pages, points = tally.ranked(limit)
        ids = self._tables.ids
        return [*map(Hit, [ids[page] for page in pages], points, pages, repeat(tally))]

    def _read(self, text: str) -> tuple[Query, list[float]]:
        """The query as read with what each word says, without words that nearly every page has if it has better ones."""
        read, unknown = self._reader.read(text), UNKNOWN_WORD
        if len(read.words) >= STORY:
            read, unknown = replace(read, words=[_as_detail(found) for found in read.words]), DETAIL
        weights = [self._importance(found, unknown) for found in read.words]
        if weights and min(weights) <= COMMON_WORD < max(weights):
            kept = [place for place, weight in enumerate(weights) if weight > COMMON_WORD]
            return replace(read, words=[read.words[place] for place in kept]), [weights[place] for place in kept]
        return read, weights

    def _importance(self, found: Sequence[Match], unknown: float) -> float:
        """How much a word of the query says: much if few pages have it, and `unknown` if we had to guess."""
        for match in found:
            if match.quality >= SPLIT:
                break
        else:
            return unknown
        rarity_of = self._rarity_of
        if len(found) == 1:
            return rarity_of.get(found[0].stem, UNKNOWN_WORD)
        return max([rarity_of.get(match.stem, UNKNOWN_WORD) for match in found])

    # ---- did you mean ---------------------------------------------------------------------------------------------

    def suggest(self, query: str) -> str | None:
        """The query as it was probably meant, always one that finds something; None when it is clear, or hopeless.

        In this order: a name it looks like, its words put right; and of a question that finds nothing the words we do know,
        or a name it resembles from afar.
        """
        read, _ = self._read(query)
        typed = typed_words(query)
        if read.misspelt and not beginning_with(read.joined, self._tables.names, 1):
            if names := misspelt_names(self._tables, read.joined):
                return self._title_of(names[0][0])
            meant = [self._reader.respelt(word) for word in typed]
            if meant != typed and self.search(" ".join(meant), 1):
                return " ".join(meant)
        if self.search(query, 1):
            return None
        distant = self._distant_names(read.joined)
        return self._known_part(typed) or (self._title_of(distant[0][0]) if distant else None)

    def _title_of(self, name: str) -> str:
        return self._tables.pages[self._tables.pages_of[name][0]].title

    def _distant_names(self, typed: str) -> list[tuple[str, float]]:
        """Names too unlike what was typed to be shown, but worth asking about."""
        near = LONG_NAME <= len(typed) <= self._tables.longest_name
        return self._tables.like_names.alike(typed, DISTANT_NAME, 1) if near else []

    def _known_part(self, typed: Sequence[str]) -> str | None:
        """The words that pages have, when those are at least half of the words that count and find something."""
        telling = [word for word in typed if word not in STOP_WORDS]
        kept = [word for word in telling if not self._tables.vocabulary.is_new(word)]
        enough = 1 < 2 * len(kept) < 2 * len(telling) <= 4 * len(kept)
        found = self.search(" ".join(kept), 1) if enough else []
        return " ".join(kept) if found and found[0].score >= WORTH_ASKING else None

    # ---- elsewhere ------------------------------------------------------------------------------------------------

    def as_plain(self) -> dict[str, Any]:
        """Everything a search in the browser needs, as plain data with Dutch keys; kb/search_export.py says how to use it."""
        from kb.search_export import as_plain

        return as_plain(self._tables) | self._reader.as_plain()


def _as_detail(found: list[Match]) -> list[Match]:
    """What a word of a story may stand for: a guess at a slip is half as sure, because stories have words of their own."""
    if any(match.quality >= SPLIT for match in found):
        return found
    return [match._replace(quality=match.quality / 2) for match in found]

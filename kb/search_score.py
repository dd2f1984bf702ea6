"""What the pages earn for one query: by their names, by the words on them, by the factors and problems that were said.

Knows the tables (kb/search_tables.py) and a query as read (kb/reading.py); the order depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kb.ledger import Ledger, Ranked, ledger
from kb.postings import Numbers
from kb.reading import Match, Query
from kb.search_numbers import (
    ANY_AGE,
    CONCEPT,
    INSIDE_AGE,
    LIKE_NAMES,
    LONG_NAME,
    LONG_NAME_SIMILARITY,
    NAME_ALIKE,
    NAME_BEGINS,
    NAME_EXACT,
    NAME_PHRASE,
    NAME_SIMILARITY,
    OUTSIDE_AGE,
    PHRASE_FLOOR,
    SAID,
    TELLING,
)
from kb.search_tables import Tables
from kb.words import SHORTEST_PREFIX, beginning_with

NAMED = "de naam ‘"
SHORTEST_MISSPELT, SHORTEST_SMALL = 5, 8
"""Letters from which a misspelt name is recognised, and the beginning of a name of small words (er is meer te winnen)."""

Names = dict[int, float]
"""Pages of which the query is a name, with their points."""
Known = list[list[tuple[int, float]]]
"""Per word of a query the stems it may stand for that pages have, with how sure that is."""
Said = dict[int, tuple[float, tuple[int, ...]]]
"""By number how strongly something was said (0-1), and by which words of the query."""


Way = tuple[float, float, int, tuple[int, ...]]
"""One way in which something was said: its strength times the part of the query it takes (0-1), that strength (how far it was
typed in full, 0-1), its number, and which words of the query they were, in order. The best is the highest."""


class Tally:
    """What was found for a query, put together from names, words, ways to say something and ages."""

    def __init__(self, tables: Tables, query: Query, weights: Sequence[float]) -> None:
        self._tables, self._query, self._weights = tables, query, weights
        number_of = tables.terms.get
        known: Known = [
            [(number, match.quality) for match in found if (number := number_of(match.stem)) is not None]
            for found in query.words
        ]
        self._names, self._ways = _best_names(tables, query), _best_ways(tables, known, weights)
        starts = tables.postings.starts
        self._meant = [[(starts[number], starts[number + 1], sure) for number, sure in stems] for stems in known]
        self._entries = self._count_entries()
        self._by_age = not self._entries and bool(query.ages)
        """Is the query an age alone?"""

    def ranked(self, limit: int | None) -> Ranked:
        """Pages with their points, best first; ties go by title, which is the order of the pages themselves."""
        if not self._entries and not self._by_age:
            return [], []
        books = ledger(self._tables.posted, self._entries, len(self._weights), len(self._tables.pages))
        if self._names:
            books.name(self._names)
        for place, found in enumerate(self._meant):
            if found:
                books.word(place, found)
        if self._ways:
            self._count_ways(books)
        if self._by_age:
            self._count_ages(books)
        return books.ranked(self._weights, self._fit if self._query.ages else None, limit)

    def _count_entries(self) -> int:
        """How much there is to write down."""
        entries, linked = len(self._names), self._tables.linked
        for found in self._meant:
            for start, end, _ in found:
                entries += end - start
        for number in self._ways:
            entries += len(linked[number][0]) if number < len(linked) else 1
        return entries

    # ---- ways to say something ------------------------------------------------------------------------------------

    def _count_ways(self, books: Ledger) -> None:
        """Pages that a factor or a problem leads to, and pages of which a name was typed, or most of one."""
        linked = self._tables.linked
        named: dict[tuple[float, tuple[int, ...]], dict[int, float]] = {}
        for number, (share, strength, _, places) in self._ways.items():
            if number < len(linked):
                pages, links = linked[number]
                points = self._concept_points(number, strength)
                books.lead(pages, links, points, places, strength, telling=self._is_telling(strength, places))
            else:
                named.setdefault((strength, places), {})[number - len(linked)] = NAME_PHRASE * share
        for (strength, places), own in named.items():
            telling = self._is_telling(strength, places)
            books.lead([*own], [*own.values()], 1.0, places, strength, telling=telling)

    def _is_telling(self, strength: float, places: Iterable[int]) -> bool:
        """Is something that was said so well, by these words, reason enough to show a page?"""
        return strength > SAID and max([self._weights[place] for place in places]) > TELLING

    def _concept_points(self, number: int, strength: float) -> float:
        return strength * CONCEPT * (0.4 + self._tables.concept_rarities[number])

    # ---- ages -----------------------------------------------------------------------------------------------------

    def _count_ages(self, books: Ledger) -> None:
        """For a query of an age alone: pages for that age, the most particular first."""
        (start, end), (youngest, oldest) = self._tables.ages, self._query.ages or ANY_AGE
        pages = ((start <= youngest) & (oldest <= end) & (start != ANY_AGE[0])).nonzero()[0]
        books.lead(pages.tolist(), self._age_points(pages).tolist(), 1.0, (), 1.0, telling=True)

    def _fit(self, pages: Numbers) -> Numbers:
        """More for pages for the age that was named, less for those that are not."""
        (start, end), (youngest, oldest) = self._tables.ages[:, pages], self._query.ages or ANY_AGE
        fits = np.where((start <= oldest) & (youngest <= end), INSIDE_AGE, OUTSIDE_AGE)
        return np.where(start == ANY_AGE[0], 1.0, fits)

    def _age_points(self, pages: Numbers) -> Numbers:
        start, end = self._tables.ages
        points: Numbers = 6 / (6 + end[pages] - start[pages])
        return points

    # ---- reasons --------------------------------------------------------------------------------------------------

    def notes(self, page: int) -> Iterator[tuple[float, str]]:
        """The points of a page that are for no single word, each with what to tell about it."""
        named = f"{NAMED}{self._tables.pages[page].title}’"
        if page in self._names:
            yield self._names[page], named
        for number, (_, strength, _, places) in self._ways.items():
            if number < len(self._tables.linked):
                pages, links = self._tables.linked[number]
                if page in pages:
                    points = links[pages.index(page)] * self._concept_points(number, strength)
                    yield points, self._concept_said(number, places)
        if way := self._ways.get(page + len(self._tables.linked)):
            yield NAME_PHRASE * way[0], named
        if self._by_age:
            yield float(self._age_points(np.array([page]))[0]), f"de leeftijd {_years(self._query.ages)} jaar"

    def _concept_said(self, number: int, places: Iterable[int]) -> str:
        concept, typed = self._tables.concepts[number], self._query.typed(places)
        return f"{concept.said} ‘{concept.name}’ (door ‘{typed}’)"

    def words(self, page: int) -> Iterator[tuple[float, int, Match]]:
        """Per word of the query that stands on a page: its points there, the field it is in, and what it was read as."""
        for found in self._query.words:
            if best := max(_worth(self._tables, found, page), default=None):
                yield best


def _years(ages: tuple[int, int] | None) -> str:
    start, end = ages or ANY_AGE
    return f"{start}" if start == end else f"{start} tot en met {end}"


# ---- ways that were typed ---------------------------------------------------------------------------------------------


def _best_ways(tables: Tables, known: Known, weights: Sequence[float]) -> dict[int, Way]:
    """Factors, problems and pages by name, by their number in `phrase_concepts`, each with the best of the ways it was said."""
    best: dict[int, Way] = {}
    whole, leads = sum(weights), tables.phrase_concepts
    for phrase, (strength, places) in _said(tables, known).items():
        part = weights[places[0]] if len(places) == 1 else sum([weights[place] for place in places])
        way = strength * part / whole, strength, phrase, places
        concept = leads[phrase]
        if concept not in best or way > best[concept]:
            best[concept] = way
    return best


def _said(tables: Tables, known: Known) -> Said:
    """The ways to say something that were typed well enough."""
    found: Said = {}
    parts: Said = {}
    single, longer = tables.single, tables.longer
    for place, stems in enumerate(known):
        for number, quality in stems:
            if number in single and quality >= PHRASE_FLOOR:
                for phrase in single[number]:
                    _keep_best(found, phrase, quality**2, place)
            if number in longer:
                _keep_best(parts, number, quality, place)
    if len(parts) > 1:
        found.update(_said_in_more_words(tables, parts))
    return found


def _said_in_more_words(tables: Tables, typed: Said) -> Iterator[tuple[int, tuple[float, tuple[int, ...]]]]:
    """Phrases of more words. Half of one is worth a quarter; 'drugs' alone does not say 'ouders en drugs'."""
    longer, rarities = tables.longer, tables.rarities
    for phrase in sorted(_shared([longer[number] for number in typed])):
        gained = 0.0
        places: tuple[int, ...] = ()
        for number, (sure, own) in typed.items():
            if phrase in longer[number]:
                gained += rarities[number] * sure
                places += own
        whole = tables.phrase_wholes[phrase]
        if gained >= PHRASE_FLOOR * whole:
            yield phrase, ((gained / whole) ** 2, tuple(sorted({*places})))


def _shared(sets: Sequence[frozenset[int]]) -> set[int]:
    """What is in more than one of these."""
    shared: set[int] = set()
    seen, *others = sets
    for place, other in enumerate(others, start=2):
        shared |= seen & other
        if place < len(sets):
            seen |= other
    return shared


def _keep_best(found: Said, number: int, sure: float, place: int) -> None:
    if number in found:
        earlier, places = found[number]
        found[number] = max(sure, earlier), places if place in places else (*places, place)
    else:
        found[number] = sure, (place,)


# ---- names that were typed --------------------------------------------------------------------------------------------


def _best_names(tables: Tables, query: Query) -> Names:
    """Whole names: typed in full, begun, or misspelt. A page counts for the best of its names."""
    typed, pages_of = query.joined, tables.pages_of
    best = dict.fromkeys(pages_of.get(typed, ()), NAME_EXACT)
    long_enough = len(typed) >= (SHORTEST_PREFIX if query.words else SHORTEST_SMALL)
    begun = beginning_with(typed, tables.names) if long_enough else []
    for name in begun:
        share = len(typed) / len(name)
        points = max(NAME_BEGINS * (0.3 + 0.7 * share), NAME_ALIKE * share**6)
        for page in pages_of[name]:
            if points > best.get(page, 0.0):
                best[page] = points
    if len(typed) >= SHORTEST_MISSPELT and not begun and query.misspelt:
        for name, similarity in misspelt_names(tables, typed):
            for page in pages_of[name]:
                best[page] = max(best.get(page, 0.0), NAME_ALIKE * similarity**6)
    return best


def misspelt_names(tables: Tables, typed: str) -> list[tuple[str, float]]:
    """Names that were probably meant, most alike first."""
    least = NAME_SIMILARITY if len(typed) < LONG_NAME else LONG_NAME_SIMILARITY
    return tables.like_names.alike(typed, least, LIKE_NAMES) if len(typed) <= tables.longest_name else []


def _worth(tables: Tables, found: Iterable[Match], page: int) -> Iterator[tuple[float, int, Match]]:
    """Points and field of what a typed word may stand for on a page, where it stands there."""
    for match in found:
        number = tables.terms.get(match.stem)
        if number is not None:
            cut = tables.postings[number]
            place = cut.start + int(tables.postings.items[cut].searchsorted(page))
            if place < cut.stop and tables.postings.items[place] == page:
                yield float(tables.posted.points[place]) * match.quality, int(tables.parts[place]), match

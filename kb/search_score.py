"""What the pages earn for one query: by their names, by the words on them, by the factors and problems that were said.

Knows the tables (kb/search_tables.py) and a query as read (kb/reading.py); the order depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from kb.ledger import Pages, Points, Ranked, ledger
from kb.model import Intervention
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

Said = dict[int, tuple[float, set[int]]]
"""By number how strongly something was said (0-1), and by which words of the query."""


class Note(NamedTuple):
    """Points that are no single word: what to tell about it, and which pages got them."""

    said: Callable[[Intervention], str]
    pages: Pages
    points: Points


class Way(NamedTuple):
    """One way in which something was said: the best has the highest share."""

    share: float
    """Its strength times the part of the query it takes, 0-1."""
    strength: float
    """How far it was typed in full, 0-1."""
    phrase: int
    places: set[int]
    """Of the words of the query."""


class Tally:
    """What was found for a query, put together from names, words, ways to say something and ages."""

    def __init__(self, tables: Tables, query: Query, weights: Sequence[float]) -> None:
        self._tables, self._query, self._weights = tables, query, weights
        terms = tables.terms
        self._known = [[(terms[m.stem], m.quality) for m in found if m.stem in terms] for found in query.words]
        """Per word of the query the stems it may stand for that pages have, with how sure that is."""
        self.notes: list[Note] = []
        names, ways = _best_names(tables, query), self._best_ways()
        entries = self._entries(names, ways)
        self._ledger = ledger(entries, len(weights), len(tables.pages))
        if names:
            self._ledger.name(names)
            self.notes.append(Note(_named, list(names), list(names.values())))
        self._count_words()
        self._count_ways(ways)
        if query.ages and not entries:
            self._count_ages(query.ages)

    def _entries(self, names: Mapping[int, float], ways: Mapping[int, Way]) -> int:
        """How much there is to write down."""
        postings, links, concepts = self._tables.postings, self._tables.links, len(self._tables.concepts)
        words = sum([postings.count(number) for known in self._known for number, _ in known])
        return len(names) + words + sum([links.count(way) if way < concepts else 1 for way in ways])

    # ---- words ----------------------------------------------------------------------------------------------------

    def _count_words(self) -> None:
        """Words that stand on a page."""
        for place, known in enumerate(self._known):
            if known:
                self._ledger.word(place, [(self._tables.posted(number), sure) for number, sure in known])

    # ---- ways to say something ------------------------------------------------------------------------------------

    def _best_ways(self) -> dict[int, Way]:
        """Factors, problems and pages by name, by their number in `phrase_concepts`, each with the best of the ways it was said."""
        weights, leads = self._weights, self._tables.phrase_concepts
        whole = sum(weights)
        best: dict[int, Way] = {}
        for phrase, (strength, places) in self._said().items():
            way = Way(strength * sum([weights[place] for place in places]) / whole, strength, phrase, places)
            concept = leads[phrase]
            if concept not in best or way > best[concept]:
                best[concept] = way
        return best

    def _count_ways(self, ways: Mapping[int, Way]) -> None:
        first_name = len(self._tables.concepts)
        named = {number - first_name: way for number, way in ways.items() if number >= first_name}
        for number, way in ways.items():
            if number < first_name:
                self._count_concept(number, way)
        if named:
            self._count_named(named)

    def _count_named(self, named: Mapping[int, Way]) -> None:
        """Pages of which a name was typed, or most of one."""
        pages, points = list(named), [NAME_PHRASE * way.share for way in named.values()]
        self._ledger.add(pages, points)
        self.notes.append(Note(_named, pages, points))
        alike: dict[tuple[float, frozenset[int]], list[int]] = {}
        for page, way in named.items():
            alike.setdefault((way.strength, frozenset(way.places)), []).append(page)
        for (strength, places), own in alike.items():
            self._ledger.answer(places, own, strength, telling=self._is_telling(strength, places))

    def _count_concept(self, number: int, way: Way) -> None:
        """Pages that a factor or a problem leads to."""
        tables = self._tables
        cut = tables.links[number]
        pages = tables.links.items[cut]
        points = tables.links.values[cut] * (way.strength * CONCEPT * (0.4 + tables.concept_rarities[number]))
        self._ledger.add(pages, points)
        self.notes.append(Note(partial(self._concept_said, number, way), pages, points))
        self._ledger.answer(way.places, pages, way.strength, telling=self._is_telling(way.strength, way.places))

    def _concept_said(self, number: int, way: Way, _: Intervention) -> str:
        concept, typed = self._tables.concepts[number], self._query.typed(sorted(way.places))
        return f"{concept.said} ‘{concept.name}’ (door ‘{typed}’)"

    def _is_telling(self, strength: float, places: Iterable[int]) -> bool:
        """Is something that was said so well, by these words, reason enough to show a page?"""
        return strength > SAID and max([self._weights[place] for place in places]) > TELLING

    def _said(self) -> Said:
        """The ways to say something that were typed well enough."""
        found: Said = {}
        parts: Said = {}
        single, starts = self._tables.single, self._tables.phrases.starts
        for place, known in enumerate(self._known):
            for number, quality in known:
                if quality >= PHRASE_FLOOR:
                    for phrase in single.get(number, ()):
                        _keep_best(found, phrase, quality**2, place)
                if starts[number] < starts[number + 1]:
                    _keep_best(parts, number, quality, place)
        if len(parts) > 1:
            found.update(self._said_in_more_words(parts))
        return found

    def _said_in_more_words(self, typed: Said) -> Iterator[tuple[int, tuple[float, set[int]]]]:
        """Phrases of more words. Half of one is worth a quarter; 'drugs' alone does not say 'ouders en drugs'."""
        tables = self._tables
        holding = {number: {*tables.phrases.items[tables.phrases[number]].tolist()} for number in typed}
        seen: set[int] = set()
        shared: set[int] = set()
        for phrases in holding.values():
            shared |= seen & phrases
            seen |= phrases
        for phrase in sorted(shared):
            own = [number for number, phrases in holding.items() if phrase in phrases]
            whole = float(tables.phrase_wholes[phrase])
            gained = sum([tables.rarities[number] * typed[number][0] for number in own])
            if gained >= PHRASE_FLOOR * whole:
                yield phrase, ((gained / whole) ** 2, set().union(*[typed[number][1] for number in own]))

    # ---- ages and totals ------------------------------------------------------------------------------------------

    def _count_ages(self, ages: tuple[int, int]) -> None:
        """For a query of an age alone: pages for that age, the most particular first."""
        start, end = self._tables.ages
        pages = ((start <= ages[0]) & (ages[1] <= end) & (start != ANY_AGE[0])).nonzero()[0]
        years = f"{ages[0]}" if ages[0] == ages[1] else f"{ages[0]} tot en met {ages[1]}"
        points = 6 / (6 + end[pages] - start[pages])
        self._ledger.add(pages, points)
        self.notes.append(Note(lambda _: f"de leeftijd {years} jaar", pages, points))
        self._ledger.answer((), pages, 1.0, telling=True)

    def ranked(self, limit: int | None) -> Ranked:
        """Pages with their points, best first; ties go by title, which is the order of the pages themselves."""
        return self._ledger.ranked(self._weights, self._fit if self._query.ages else None, limit)

    def _fit(self, pages: Numbers) -> Numbers:
        """More for pages for the age that was named, less for those that are not."""
        (start, end), (youngest, oldest) = self._tables.ages[:, pages], self._query.ages or ANY_AGE
        fits = np.where((start <= oldest) & (youngest <= end), INSIDE_AGE, OUTSIDE_AGE)
        return np.where(start == ANY_AGE[0], 1.0, fits)


def _named(page: Intervention) -> str:
    return f"{NAMED}{page.title}’"


def _best_names(tables: Tables, query: Query) -> dict[int, float]:
    """Whole names: typed in full, begun, or misspelt. A page counts for the best of its names."""
    best: dict[int, float] = {}
    for page, points in _names_like(tables, query):
        if points > best.get(page, 0.0):
            best[page] = points
    return best


def _names_like(tables: Tables, query: Query) -> Iterator[tuple[int, float]]:
    """Pages with a name like the query, and points for it."""
    typed, pages_of = query.joined, tables.pages_of
    for page in pages_of.get(typed, ()):
        yield page, NAME_EXACT
    long_enough = len(typed) >= (SHORTEST_PREFIX if query.words else SHORTEST_SMALL)
    begun = beginning_with(typed, tables.names) if long_enough else []
    for name in begun:
        share = len(typed) / len(name)
        points = max(NAME_BEGINS * (0.3 + 0.7 * share), NAME_ALIKE * share**6)
        for page in pages_of[name]:
            yield page, points
    if len(typed) >= SHORTEST_MISSPELT and not begun and query.misspelt:
        for name, similarity in misspelt_names(tables, typed):
            for page in pages_of[name]:
                yield page, NAME_ALIKE * similarity**6


def misspelt_names(tables: Tables, typed: str) -> list[tuple[str, float]]:
    """Names that were probably meant, most alike first."""
    least = NAME_SIMILARITY if len(typed) < LONG_NAME else LONG_NAME_SIMILARITY
    return tables.like_names.alike(typed, least, LIKE_NAMES) if len(typed) <= tables.longest_name else []


def worth(tables: Tables, found: Iterable[Match], page: int) -> Iterator[tuple[float, int, Match]]:
    """Points and field of what a typed word may stand for on a page, where it stands there."""
    for match in found:
        number = tables.terms.get(match.stem)
        if number is not None:
            cut = tables.postings[number]
            place = cut.start + int(tables.postings.items[cut].searchsorted(page))
            if place < cut.stop and tables.postings.items[place] == page:
                yield float(tables.points[place]) * match.quality, int(tables.parts[place]), match


def _keep_best(found: Said, number: int, sure: float, place: int) -> None:
    earlier = found.get(number)
    if earlier is None:
        found[number] = sure, {place}
    else:
        earlier[1].add(place)
        found[number] = max(sure, earlier[0]), earlier[1]

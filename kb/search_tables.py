"""All that a search needs to know of a collection, worked out once: words and pages, ways to say things, names, ages.

Read-only after it is made. Knows what each field holds; nothing of a query or of its answer (kb/search_score.py).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from kb import postings as tables
from kb.concepts import concepts
from kb.ledger import Posted, listed
from kb.model import Factor, Intervention
from kb.near import Lookalikes
from kb.postings import Field, Numbers, Rows
from kb.search_numbers import (
    ANY_AGE,
    FIELDS,
    FOCUS,
    LONG_NAME_SIMILARITY,
    NAME,
    PART_OF_COMPOUND,
    SUMMARY,
    TELLING,
)
from kb.words import STOP_WORDS, Vocabulary, everyday_words

_IN_BRACKETS = re.compile(r"\(.*?\)")


class Names(NamedTuple):
    """All names of all pages, in words: for each the page it belongs to."""

    pages: list[int]
    words: list[list[str]]


class Tables:
    """The words of a collection by number: what stands where, what leads where, and what it is worth."""

    def __init__(self, interventions: Sequence[Intervention], factors: Mapping[str, Factor]) -> None:
        self.pages = sorted(interventions, key=lambda i: (i.title.casefold(), i.id))
        self.ids = [page.id for page in self.pages]
        names = _read_names(self.pages)
        self.concepts = list(concepts(self.pages, factors, everyday_words()))
        numbering = tables.Numbering()
        said, ways = self._said(names, numbering), self._ways(names, numbering)
        self.vocabulary = Vocabulary(word for word in numbering.words if word != tables.BREAK)
        self.terms = tables.numbered(sorted(self.vocabulary.stems))
        term_of = self._term_of(numbering)
        found = tables.postings(said, self._terms_of(numbering, term_of), len(self.pages), len(self.terms))
        spread = np.diff(found.rows.starts)
        self.rarities = self._rarities(spread)
        """Per stem what it says."""
        points = found.rows.values * np.repeat(self.rarities, spread)
        self.posted = Posted(found.rows.items, points, np.array([part.answers for part in FIELDS])[found.parts])
        """Where each stem stands, with what it is worth there and how far that answers it."""
        self.postings, self.parts = replace(found.rows, items=self.posted.pages), found.parts
        self.single: dict[int, list[int]] = {}
        """By stem the ways to say something that are one word."""
        self.longer: dict[int, frozenset[int]] = {}
        """By stem the ways to say something that hold it and more."""
        self.links = self._with_focus(self._phrase_table(ways, names, term_of))
        self.linked = [
            (listed(self.links.items[cut]), listed(self.links.values[cut]))
            for cut in map(self.links.__getitem__, range(len(self.concepts)))
        ]
        """Per concept the pages it leads to, and how strongly."""
        self.concept_rarities = self._rarities(np.diff(self.links.starts))
        self._name_table(names)
        ages = [(page.ages.start, page.ages.end) if page.ages else ANY_AGE for page in self.pages]
        self.ages = np.array(ages, dtype=np.int64).reshape(-1, 2).T

    @cached_property
    def like_names(self) -> Lookalikes:
        """The names, to be asked which of them look like another."""
        return Lookalikes(self.names)

    def prepare(self) -> None:
        """Make what the first slip would otherwise wait for."""
        self.vocabulary.prepare()
        _ = self.like_names

    def _rarities(self, spread: Numbers) -> list[float]:
        """What something says, by the number of pages it is on."""
        counts = spread.tolist()
        of = {count: _rarity(max(1, count), len(self.pages)) for count in set(counts)}
        return [of[count] for count in counts]

    def _said(self, names: Names, numbering: tables.Numbering) -> dict[Field, tables.Spoken]:
        """The words of all pages, field by field, the heaviest first."""
        own: list[list[str]] = [[] for _ in self.pages]
        joined: dict[str, list[str]] = {}
        for page, words in zip(*names, strict=True):
            together = " ".join(words)
            if together not in joined:
                joined[together] = list(dict.fromkeys((*words, *_neighbours_joined(words))))
            own[page].extend(joined[together])
        named = [word for words in own for word in (tables.BREAK, *words)][1:]
        columns = list(zip(*map(_texts, self.pages), strict=True)) or [()] * (len(FIELDS) - 1)
        read = [tables.spoken(named, numbering), *(tables.read(column, numbering) for column in columns)]
        return dict(zip(FIELDS, read, strict=True))

    def _term_of(self, numbering: tables.Numbering) -> Numbers:
        """Per word its stem; -1 for one that says nothing."""
        term_of, stem_of = self.terms.get, self.vocabulary.stem_of
        return np.array([-1 if word in STOP_WORDS else term_of(stem_of[word], -1) for word in numbering.words])

    def _terms_of(self, numbering: tables.Numbering, term_of: Numbers) -> Rows:
        """Per word the stems it counts for: its own, and those of its parts when it is a compound."""
        number_of, whole = numbering.words, (term_of >= 0).nonzero()[0]
        parts = [(number_of[word], number_of[part]) for word, both in self.vocabulary.compounds() for part in both]
        owners, found = np.array(parts, np.intp).reshape(-1, 2).T
        values = np.repeat((1.0, PART_OF_COMPOUND), (len(whole), len(found)))
        return tables.rows(
            np.concatenate((whole, owners)), term_of[np.concatenate((whole, found))], values, len(term_of)
        )

    def _ways(self, names: Names, numbering: tables.Numbering) -> tables.Spoken:
        """The words of all ways to say something: the concepts first, then the names."""
        ways = tables.split([way for concept in self.concepts for way in concept.ways])
        for words in names.words:
            ways += [*words, tables.BREAK]
        return tables.spoken(ways, numbering)

    def _phrase_table(self, ways: tables.Spoken, names: Names, term_of: Numbers) -> set[tuple[int, int]]:
        """All ways to say something, and by stem the ones that hold it. Gives the stems with the concepts they belong to."""
        size = len(self.terms)
        leads = [number for number, concept in enumerate(self.concepts) for _ in concept.ways]
        self.phrase_concepts = [*leads, *(page + len(self.concepts) for page in names.pages)]
        """Per way the concept it says; numbers beyond those of the concepts are pages."""
        total = len(self.phrase_concepts)
        terms = term_of[ways.words]
        phrases, parts = np.divmod(tables.distinct((ways.texts * size + terms)[terms >= 0]), max(size, 1))
        sizes = np.bincount(phrases, minlength=total)
        # 'laat op straat' must not be found by 'straat' alone
        usable = (sizes > 1) | (np.bincount(ways.texts, minlength=total) <= 2)
        phrases, parts = phrases[usable[phrases]], parts[usable[phrases]]
        single = sizes[phrases] == 1
        for part, phrase in zip(parts[single].tolist(), phrases[single].tolist(), strict=True):
            self.single.setdefault(part, []).append(phrase)
        longer = tables.rows(parts[~single], phrases[~single], parts[~single], size)
        held = longer.items.tolist()
        for part in tables.distinct(longer.values).tolist():
            self.longer[part] = frozenset(held[longer[part]])
        self.phrase_wholes: list[float] = np.bincount(phrases, np.asarray(self.rarities)[parts], total).tolist()
        about = phrases < len(leads)
        owners = np.array(leads, np.intp)[phrases[about]]
        return set(zip(parts[about].tolist(), owners.tolist(), strict=True))

    def _with_focus(self, terms: Iterable[tuple[int, int]]) -> Rows:
        """The pages of each concept, with more weight for those that speak of the factor in their own name or summary.

        Problems are too broad for this: 'blowen' would lead to every page named after alcohol.
        """
        table, named = self.postings, np.isin(self.parts, (FIELDS.index(NAME), FIELDS.index(SUMMARY)))
        worth = np.where(named, np.minimum(FOCUS, self.posted.points * FOCUS / NAME.weight), 0.0)
        focus = np.zeros((len(self.concepts), len(self.pages)))
        for term, concept in terms:
            if self.concepts[concept].label == "factor" and self.rarities[term] > TELLING:
                pages, own = table.items[table[term]], focus[concept]
                own[pages] = np.maximum(own[pages], worth[table[term]])
        owners = np.repeat(np.arange(len(self.concepts)), [len(concept.pages) for concept in self.concepts])
        items = np.array([page for concept in self.concepts for page, _ in concept.pages], np.intp)
        links = np.array([link for concept in self.concepts for _, link in concept.pages], np.float64)
        return tables.rows(owners, items, links * (1 + focus[owners, items]), len(self.concepts))

    def _name_table(self, names: Names) -> None:
        """Whole names written as one word, in order, with the pages they belong to."""
        self.pages_of: dict[str, list[int]] = {}
        for page, words in zip(*names, strict=True):
            pages = self.pages_of.setdefault("".join(words), [])
            if pages[-1:] != [page]:
                pages.append(page)
        self.names = sorted(self.pages_of)
        self.longest_name = int(max(map(len, self.names), default=0) / LONG_NAME_SIMILARITY)
        """Letters beyond which a question is a story and no misspelt name."""


def _rarity(pages: int, total: int) -> float:
    """1 for a word on one page, towards 0 for a word on all: the idf of BM25, made relative."""
    most = math.log(1 + (max(total, 2) - 0.5) / 1.5)
    return max(0.02, math.log(1 + (max(total, 2) - pages + 0.5) / (pages + 0.5)) / most)


def _names(page: Intervention) -> list[str]:
    """The title as a whole, without what stands in brackets, the other names, and the address."""
    bare = _IN_BRACKETS.sub(" ", page.title).strip()
    return list(dict.fromkeys((page.title, bare or page.title, *page.aliases, page.id)))


def _texts(page: Intervention) -> tuple[str, ...]:
    """The text of each field but the names, in the order of FIELDS. What it is *not* for is left out: it would be found by it."""
    choices = (page.kind, *page.forms, *page.settings, *page.prevention_levels)
    prose = page.sections
    return (
        " ".join(page.regions),
        page.summary,
        " ".join(choice.label for choice in choices),
        " ".join((*page.partners, page.provider or "", page.owner or "")),
        " ".join((prose.goal, prose.audience, prose.approach, prose.requirements or "")),
    )


def _neighbours_joined(words: Sequence[str]) -> list[str]:
    """Two or three words of a name written as one: halt straf, haltstraf."""
    telling = ["" if word in STOP_WORDS else word for word in words]
    pairs = [one + two for one, two in pairwise(telling) if one and two]
    threes = zip(telling, telling[1:], telling[2:], strict=False)
    return pairs + [one + two + three for one, two, three in threes if one and two and three]


def _read_names(pages: Sequence[Intervention]) -> Names:
    named = [(number, name) for number, page in enumerate(pages) for name in _names(page)]
    return Names([number for number, _ in named], tables.split_each([name for _, name in named]))

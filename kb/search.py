"""Finding interventions from what people type: names, half words, misspellings, everyday words and whole sentences.

Knows what each field is worth and when a match is too weak to show. What Dutch words do to each other is in kb/words.py,
the tables are in kb/postings.py; evidence plays no part here, because a page that warns must be as easy to find as a page
that recommends. Nothing is left to a database: the order depends on the pages alone.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from kb import postings as tables
from kb.model import Basis, Factor, Intervention, ProblemKind
from kb.near import Lookalikes
from kb.postings import Field, Numbers, Rows
from kb.words import (
    SHORTEST_PREFIX,
    SPLIT,
    STOP_WORDS,
    Match,
    Query,
    Reader,
    Vocabulary,
    beginning_with,
    everyday_words,
    typed_words,
)

FOCUS = 0.6
"""What is added to the link with a factor, as a part of it, when the page is named after it."""
UNKNOWN_WORD = 1.0
"""Rarity of a word that no page has: a question full of such words is not about us."""
STORY, DETAIL = 5, 0.3
"""Telling words from which a query is a story, and what an unknown word in it says: there it is a detail, not the subject."""
COMMON_WORD = 0.06
"""Rarity up to which a word (jongeren) is left aside when the query has better ones."""
PART_OF_COMPOUND = 0.5
"""What 'groep' is worth on a page that says 'jeugdgroep'."""
NAME_EXACT, NAME_BEGINS, NAME_ALIKE, NAME_PHRASE, CONCEPT = 12.0, 6.0, 9.0, 4.0, 1.6
"""Points, on the scale where one rare word gives 3 in the name, 1 in the summary and 0.4 in the running text. Chosen so that
a name always beats a subject, and a subject beats a chance word; set on tests/kb/zoekvragen.yaml."""
NAME_SIMILARITY, LONG_NAME, LONG_NAME_SIMILARITY = 0.79, 10, 0.69
"""Share of letters in place for a whole name to count as misspelt: one slip in five; more in a long name, which has no double."""
DISTANT_NAME = 0.55
"""The same for a name to ask about ('bedoelde u') when it is too unlike to be found."""
WORTH_ASKING = 0.25
"""Score of the best page from which the known part of a question is worth asking about."""
LIKE_NAMES = 5
"""Names a misspelt one may stand for."""
PHRASE_FLOOR = 0.75
"""Part of a synonym (weighed by rarity) that must be typed before it counts."""
COVERAGE_FLOOR = 0.42
"""Part of the query (weighed by rarity) a page must answer: one word of two is enough only if it is in a name or a synonym."""
SAID = 0.9
"""Strength from which a way to say something was said in full, and not by accident."""
TELLING = 0.35
"""Rarity from which one exact name or synonym is reason enough to show a page, whatever else was typed."""
RELATIVE_FLOOR = 0.1
"""Hits with less than this part of the points of the best one are accidents."""
HALF_SCORE = 3.0
"""Points that give a score of one half."""
OUTSIDE_AGE, INSIDE_AGE = 0.4, 1.15
"""What the points are multiplied by when the query names an age."""
ANY_AGE = (-1, 200)
"""The ages of a page that names none."""

NAMED = "de naam ‘"
_IN_BRACKETS = re.compile(r"\(.*?\)")

NAME = Field("de naam", 3.0, 1.0, most=1.0)
PLACE = Field("de plaats", 2.5, 1.0)
SUMMARY = Field("de samenvatting", 1.0, 0.9)
LABEL = Field("de kenmerken", 0.5, 0.7)
PARTNER = Field("de partners", 0.5, 0.7)
BODY = Field("de tekst", 0.4, 0.65, by_length=True)
FIELDS = (NAME, PLACE, SUMMARY, LABEL, PARTNER, BODY)


class Concept(NamedTuple):
    """Something people name in many ways: a factor or a problem, with the pages it leads to."""

    label: str
    said: str
    name: str
    ways: tuple[str, ...]
    pages: Sequence[tuple[int, float]]


class Note(NamedTuple):
    """Points that are no single word: which pages got them and what to tell about it."""

    said: str
    """With room for the title of the page."""
    pages: Numbers
    points: Numbers


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
    """What the pages have earned so far, with reasons, and how far they answer each word of the query."""

    def __init__(self, words: int, pages: int) -> None:
        self.points = np.zeros(pages)
        self.answers = np.zeros((words, pages))
        self.telling = np.zeros(pages, dtype=bool)
        """Pages found by something that is a reason in itself."""
        self.notes: list[Note] = []

    def add(self, note: Note) -> None:
        self.points[note.pages] += note.points
        self.notes.append(note)

    def covered(self, weights: Sequence[float]) -> Numbers:
        """Which part of the query each page answers, 0-1, words weighed by rarity."""
        whole = sum(weights)
        if not whole:
            return np.ones(len(self.points))
        covered: Numbers = np.array([weight / whole for weight in weights]) @ self.answers
        return covered


@dataclass(frozen=True, slots=True)
class Hit:
    """One page found, how well, and in a few words why."""

    intervention_id: str
    score: float
    """Between 0 and 1, falling with the rank; only comparable within one query."""
    _page: int = field(repr=False, compare=False)
    _found: Found = field(repr=False, compare=False)

    @property
    def why(self) -> tuple[str, ...]:
        """At most three reasons, the heaviest first, each ready for 'Gevonden op ...'."""
        return self._found.why(self._page)


@dataclass(frozen=True, slots=True)
class Found:
    """How one query was read and answered; keeps what is needed to say why, for whoever asks."""

    index: SearchIndex
    query: Query
    notes: Sequence[Note]

    def why(self, page: int) -> tuple[str, ...]:
        notes = list(self._by_notes(page))
        named = any(said.startswith(NAMED) for _, said in notes)
        words = [(points, said) for points, said in self._by_words(page) if not (named and said.endswith(NAME.label))]
        return tuple(dict.fromkeys(said for _, said in sorted([*notes, *words], key=lambda reason: -reason[0])))[:3]

    def _by_notes(self, page: int) -> Iterator[tuple[float, str]]:
        for note in self.notes:
            for place in (note.pages == page).nonzero()[0].tolist():
                yield float(note.points[place]), note.said.format(titel=self.index.pages[page].title)

    def _by_words(self, page: int) -> Iterator[tuple[float, str]]:
        """The words of the query that stand on the page, field by field; two examples of each."""
        fields: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for found in self.query.words:
            if best := max(self._places(page, found), default=None):
                points, part, match = best
                fields[part].append((points, _quoted(match)))
        for part, told in fields.items():
            words = dict.fromkeys(said for _, said in sorted(told, reverse=True))
            yield sum(points for points, _ in told), f"{' en '.join([*words][:2])} in {FIELDS[part].label}"

    def _places(self, page: int, found: Iterable[Match]) -> Iterator[tuple[float, int, Match]]:
        for match in found:
            yield from ((points, part, match) for points, part in self.index.worth(match, page))


def _quoted(match: Match) -> str:
    same = match.typed in ("", match.shown) or match.typed.startswith(match.shown)
    return f"‘{match.shown}’" if same else f"‘{match.shown}’ (u typte ‘{match.typed}’)"


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
    pairs = [
        first + second for first, second in pairwise(words) if first not in STOP_WORDS and second not in STOP_WORDS
    ]
    threes = [
        "".join(words[start : start + 3])
        for start in range(len(words) - 2)
        if STOP_WORDS.isdisjoint(words[start : start + 3])
    ]
    return [*pairs, *threes]


class Names(NamedTuple):
    """All names of all pages, in words: for each the page it belongs to."""

    pages: list[int]
    words: list[list[str]]


def _read_names(pages: Sequence[Intervention]) -> Names:
    named = [(number, name) for number, page in enumerate(pages) for name in _names(page)]
    words: list[list[str]] = [[]] if named else []
    for word in tables.split([name for _, name in named]):
        if word == tables.BREAK:
            words.append([])
        else:
            words[-1].append(word)
    return Names([number for number, _ in named], words)


class SearchIndex:
    """The words of a collection, ready to be asked. Read-only after it is made."""

    def __init__(self, interventions: Sequence[Intervention], factors: Mapping[str, Factor]) -> None:
        everyday = everyday_words()
        self.pages = sorted(interventions, key=lambda i: (i.title.casefold(), i.id))
        names = _read_names(self.pages)
        self._concepts = list(_concepts(self.pages, factors, everyday))
        numbering = tables.Numbering()
        said = self._said(names, numbering)
        ways = self._ways(names, numbering)
        words = [word for word in numbering.words if word != tables.BREAK]
        self._vocabulary = Vocabulary(words)
        self._terms = tables.numbered(sorted(self._vocabulary.stems))
        self._postings = tables.postings(said, self._terms_of(numbering), len(self.pages), len(self._terms))
        self._answers = np.array([part.answers for part in FIELDS])[self._postings.parts]
        self._rarity_of = [_rarity(max(1, pages), len(self.pages)) for pages in range(len(self.pages) + 1)]
        self._rarities = [self._rarity_of[count] for count in np.diff(self._postings.rows.starts).tolist()]
        self._single: dict[int, list[int]] = {}
        """By stem the ways to say something that are one word; longer ones are in `_phrases`."""
        self._reader = Reader(self._vocabulary, everyday)
        self._links = self._with_focus(self._phrase_table(ways, names, numbering))
        self._name_table(names)
        ages = [(page.ages.start, page.ages.end) if page.ages else ANY_AGE for page in self.pages]
        self._ages = np.array(ages, dtype=np.int64).reshape(-1, 2).T

    def prepare(self) -> SearchIndex:
        """This index, with all that the first slip would otherwise wait for."""
        self._vocabulary.prepare()
        return self

    # ---- building -------------------------------------------------------------------------------------------------

    def _said(self, names: Names, numbering: tables.Numbering) -> dict[Field, tables.Spoken]:
        """The words of all pages, field by field, the heaviest first."""
        own: list[list[str]] = [[] for _ in self.pages]
        for page, words in zip(*names, strict=True):
            own[page].extend(dict.fromkeys((*words, *_neighbours_joined(words))))
        named = [word for words in own for word in (tables.BREAK, *words)][1:]
        columns = list(zip(*map(_texts, self.pages), strict=True)) or [()] * (len(FIELDS) - 1)
        split = [named, *map(tables.split, columns)]
        return {part: tables.spoken(words, numbering) for part, words in zip(FIELDS, split, strict=True)}

    def _terms_of(self, numbering: tables.Numbering) -> Rows:
        """Per word the stems it counts for: its own, and those of its parts when it is a compound."""
        known = self._vocabulary
        entries = []
        for word, number in numbering.words.items():
            if word not in STOP_WORDS and word != tables.BREAK:
                entries.append((number, self._terms[known.stem(word)], 1.0))
                entries.extend((number, self._terms[known.stem(part)], PART_OF_COMPOUND) for part in known.parts(word))
        return tables.by_owner(entries, len(numbering.words))

    def _ways(self, names: Names, numbering: tables.Numbering) -> tables.Spoken:
        """The words of all ways to say something: the concepts first, then the names."""
        ways = tables.split([way for concept in self._concepts for way in concept.ways])
        for words in names.words:
            ways += [tables.BREAK, *words]
        return tables.spoken(ways, numbering)

    def _phrase_table(self, ways: tables.Spoken, names: Names, numbering: tables.Numbering) -> set[tuple[int, int]]:
        """All ways to say something, and by stem the ones that hold it. Gives the stems with the concepts they belong to."""
        known, size = self._vocabulary, len(self._terms)
        term_of = np.full(len(numbering.words), -1)
        for word, number in numbering.words.items():
            if word not in STOP_WORDS and word != tables.BREAK:
                term_of[number] = self._terms[known.stem(word)]
        concepts = [number for number, concept in enumerate(self._concepts) for _ in concept.ways]
        self._phrase_concepts = [*concepts, *(page + len(self._concepts) for page in names.pages)]
        total = len(self._phrase_concepts)
        terms = term_of[ways.words]
        phrases, parts = np.divmod(np.unique((ways.texts * size + terms)[terms >= 0]), max(size, 1))
        sizes = np.bincount(phrases, minlength=total)
        # 'laat op straat' must not be found by 'straat' alone
        usable = (sizes > 1) | (np.bincount(ways.texts, minlength=total) <= 2)
        phrases, parts = phrases[usable[phrases]], parts[usable[phrases]]
        single = sizes[phrases] == 1
        for part, phrase in zip(parts[single].tolist(), phrases[single].tolist(), strict=True):
            self._single.setdefault(part, []).append(phrase)
        self._phrases = tables.rows(parts[~single], phrases[~single], np.zeros(len(parts)), size)
        self._phrase_wholes = np.bincount(phrases, np.asarray(self._rarities)[parts], total)
        about = phrases < len(concepts)
        owners = np.array(concepts, np.intp)[phrases[about]]
        return set(zip(parts[about].tolist(), owners.tolist(), strict=True))

    def _with_focus(self, terms: Iterable[tuple[int, int]]) -> Rows:
        """The pages of each concept, with more weight for those that speak of the factor in their own name or summary.

        Problems are too broad for this: 'blowen' would lead to every page named after alcohol.
        """
        table = self._postings.rows
        named = np.isin(self._postings.parts, (FIELDS.index(NAME), FIELDS.index(SUMMARY)))
        rarities = np.repeat(self._rarities, np.diff(table.starts))
        worth = np.where(named, np.minimum(FOCUS, rarities * table.values * FOCUS / NAME.weight), 0.0)
        focus = np.zeros((len(self._concepts), len(self.pages)))
        for term, concept in terms:
            if self._concepts[concept].label == "factor" and self._rarities[term] > TELLING:
                pages, own = table.items[table[term]], focus[concept]
                own[pages] = np.maximum(own[pages], worth[table[term]])
        loose = ((n, page, link) for n, concept in enumerate(self._concepts) for page, link in concept.pages)
        linked = tables.by_owner(loose, len(self._concepts))
        owners = np.repeat(np.arange(len(self._concepts)), np.diff(linked.starts))
        return replace(linked, values=linked.values * (1 + focus[owners, linked.items]))

    def _name_table(self, names: Names) -> None:
        """Whole names written as one word, in order, with the pages they belong to."""
        self._pages_of: dict[str, list[int]] = {}
        for page, words in zip(*names, strict=True):
            pages = self._pages_of.setdefault("".join(words), [])
            if pages[-1:] != [page]:
                pages.append(page)
        self._name_list = sorted(self._pages_of)

    @cached_property
    def _like_names(self) -> Lookalikes:
        return Lookalikes(self._name_list)

    @cached_property
    def _longest_name(self) -> int:
        """Letters beyond which a question is a story and no misspelt name."""
        return int(max(map(len, self._name_list), default=0) / LONG_NAME_SIMILARITY)

    # ---- finding --------------------------------------------------------------------------------------------------

    def search(self, query: str, limit: int | None = None) -> list[Hit]:
        """Pages that answer the query, best first; none when nothing answers it well enough."""
        read, weights = self._read(query)
        tally = Tally(len(weights), len(self.pages))
        self._score_names(read, tally)
        self._score_words(read, tally)
        self._score_phrases(read, tally, weights)
        if read.ages and not tally.points.any():
            self._score_ages(read.ages, tally)
        return self._hits(Found(self, read, tally.notes), self._totals(read, tally, weights), limit)

    def _read(self, text: str) -> tuple[Query, list[float]]:
        """The query as read with what each word says, without words that nearly every page has if it has better ones."""
        read = self._reader.read(text)
        if len(read.words) >= STORY:
            read = replace(read, words=[_as_detail(found) for found in read.words])
        unknown = DETAIL if len(read.words) >= STORY else UNKNOWN_WORD
        weights = [self._importance(found, unknown) for found in read.words]
        if any(weight > COMMON_WORD for weight in weights) and min(weights) <= COMMON_WORD:
            kept = [place for place, weight in enumerate(weights) if weight > COMMON_WORD]
            return replace(read, words=[read.words[place] for place in kept]), [weights[place] for place in kept]
        return read, weights

    def _importance(self, found: Sequence[Match], unknown: float) -> float:
        """How much a word of the query says: much if few pages have it, and `unknown` if we had to guess."""
        if len(found) == 1:
            return self._rarity(found[0].stem) if found[0].quality >= SPLIT else unknown
        if any(match.quality >= SPLIT for match in found):
            return max(self._rarity(match.stem) for match in found)
        return unknown

    def _rarity(self, term: str) -> float:
        number = self._terms.get(term)
        return UNKNOWN_WORD if number is None else self._rarities[number]

    def worth(self, match: Match, page: int) -> Iterator[tuple[float, int]]:
        """Points and field of what a typed word may stand for on a page, if it is there."""
        number = self._terms.get(match.stem)
        if number is not None:
            table, cut = self._postings.rows, self._postings.rows[number]
            place = cut.start + int(table.items[cut].searchsorted(page))
            if place < cut.stop and table.items[place] == page:
                points = float(table.values[place]) * match.quality * self._rarities[number]
                yield points, int(self._postings.parts[place])

    def _score_words(self, query: Query, tally: Tally) -> None:
        """Words that stand on a page; of the things a word may stand for, only the best counts."""
        table = self._postings.rows
        for answers, found in zip(tally.answers, query.words, strict=True):
            known = [(self._terms[m.stem], m.quality) for m in found if m.stem in self._terms]
            if len(known) == 1:
                (number, quality), cut = known[0], table[known[0][0]]
                pages = table.items[cut]
                tally.points[pages] += table.values[cut] * (quality * self._rarities[number])
                answers[pages] = self._answers[cut] * quality**2
            elif known:
                self._score_best(known, tally, answers)

    def _score_best(self, known: Sequence[tuple[int, float]], tally: Tally, answers: Numbers) -> None:
        table = self._postings.rows
        cuts = [table[number] for number, _ in known]
        lengths = [cut.stop - cut.start for cut in cuts]
        pages = np.concatenate([table.items[cut] for cut in cuts])
        worth = np.array([quality * self._rarities[number] for number, quality in known]).repeat(lengths)
        best = np.zeros(len(self.pages))
        np.maximum.at(best, pages, np.concatenate([table.values[cut] for cut in cuts]) * worth)
        tally.points += best
        sure = np.array([quality**2 for _, quality in known]).repeat(lengths)
        np.maximum.at(answers, pages, np.concatenate([self._answers[cut] for cut in cuts]) * sure)

    def _score_phrases(self, query: Query, tally: Tally, weights: Sequence[float]) -> None:
        """Factors, problems and names, each by the best of the ways it was said."""
        whole, first_name = sum(weights), len(self._concepts)
        best: dict[int, Way] = {}
        for phrase, (strength, places) in self._phrases_in(query).items():
            way = Way(strength * sum(weights[place] for place in places) / whole, strength, phrase, places)
            concept = self._phrase_concepts[phrase]
            if concept not in best or way > best[concept]:
                best[concept] = way
        named = {concept - first_name: way for concept, way in best.items() if concept >= first_name}
        for concept, way in best.items():
            if concept < first_name:
                self._score_concept(concept, way, weights, tally, query)
        if named:
            self._score_named(named, weights, tally)

    def _score_named(self, named: Mapping[int, Way], weights: Sequence[float], tally: Tally) -> None:
        """Pages of which a name was typed, or most of one."""
        pages, points = list(named), [NAME_PHRASE * way.share for way in named.values()]
        tally.add(Note(f"{NAMED}{{titel}}’", np.array(pages), np.array(points)))
        for page, way in named.items():
            for place in way.places:
                tally.answers[place, page] = max(tally.answers[place, page], way.strength)
            if _is_telling(way, weights):
                tally.telling[page] = True

    def _score_concept(self, number: int, way: Way, weights: Sequence[float], tally: Tally, query: Query) -> None:
        """Pages that a factor or a problem leads to."""
        cut, concept = self._links[number], self._concepts[number]
        pages, rarity = self._links.items[cut], self._rarity_of[cut.stop - cut.start]
        points = self._links.values[cut] * (way.strength * CONCEPT * (0.4 + rarity))
        typed = query.typed(sorted(way.places))
        tally.add(Note(f"{concept.said} ‘{concept.name}’ (door ‘{typed}’)", pages, points))
        for place in way.places:
            answers = tally.answers[place]
            answers[pages] = np.maximum(answers[pages], way.strength)
        if _is_telling(way, weights):
            tally.telling[pages] = True

    def _phrases_in(self, query: Query) -> dict[int, tuple[float, set[int]]]:
        """The ways to say something that were typed well enough: how strongly (0-1), and by which words of the query."""
        found: dict[int, tuple[float, set[int]]] = {}
        parts: dict[int, tuple[float, set[int]]] = {}
        starts = self._phrases.starts
        for place, matches in enumerate(query.words):
            for match in matches:
                number = self._terms.get(match.stem)
                if number is not None:
                    if match.quality >= PHRASE_FLOOR:
                        for phrase in self._single.get(number, ()):
                            _keep_best(found, phrase, match.quality**2, place)
                    if starts[number] < starts[number + 1]:
                        _keep_best(parts, number, match.quality, place)
        if len(parts) > 1:
            found.update(self._longer_phrases_in(parts))
        return found

    def _longer_phrases_in(
        self, typed: Mapping[int, tuple[float, set[int]]]
    ) -> Iterator[tuple[int, tuple[float, set[int]]]]:
        """Phrases of more words. Half of one is worth a quarter; 'drugs' alone does not say 'ouders en drugs'."""
        items, rarities = self._phrases.items, self._rarities
        holding = [items[self._phrases[number]] for number in typed]
        lengths = [len(phrases) for phrases in holding]
        phrases = np.concatenate(holding)
        gains = np.array([rarities[number] * quality for number, (quality, _) in typed.items()]).repeat(lengths)
        said = np.bincount(phrases, gains)[phrases] >= PHRASE_FLOOR * self._phrase_wholes[phrases]
        good = (said & (np.bincount(phrases)[phrases] > 1)).nonzero()[0]
        if len(good):
            owners = np.arange(len(typed)).repeat(lengths)[good].tolist()
            by_phrase: dict[int, list[int]] = defaultdict(list)
            for phrase, owner in zip(phrases[good].tolist(), owners, strict=True):
                by_phrase[phrase].append(owner)
            terms = list(typed)
            for phrase, own in by_phrase.items():
                gained = sum(rarities[terms[part]] * typed[terms[part]][0] for part in own)
                strength = (gained / float(self._phrase_wholes[phrase])) ** 2
                yield phrase, (strength, set().union(*(typed[terms[part]][1] for part in own)))

    def _score_names(self, query: Query, tally: Tally) -> None:
        """Whole names: typed in full, begun, or misspelt. A page counts for the best of its names."""
        best: dict[int, float] = {}
        for page, points in self._names_like(query):
            if points > best.get(page, 0.0):
                best[page] = points
        if best:
            pages = np.array(list(best))
            tally.add(Note(f"{NAMED}{{titel}}’", pages, np.array(list(best.values()))))
            tally.answers[:, pages] = 1.0
            tally.telling[pages] = True

    def _names_like(self, query: Query) -> Iterator[tuple[int, float]]:
        """Pages with a name like the query, and points for it."""
        typed, pages_of = query.joined, self._pages_of
        if typed in pages_of:
            yield from ((page, NAME_EXACT) for page in pages_of[typed])
        # a name of small words (er is meer te winnen) needs more letters before it is recognised
        if len(typed) >= (SHORTEST_PREFIX if query.words else 8):
            for name in beginning_with(typed, self._name_list):
                points = NAME_BEGINS * (0.3 + 0.7 * len(typed) / len(name))
                yield from ((page, points) for page in pages_of[name])
        if len(typed) > 4 and typed not in pages_of and query.misspelt:
            for name, similarity in self._misspelt_names(typed):
                yield from ((page, NAME_ALIKE * similarity**6) for page in pages_of[name])

    def _misspelt_names(self, typed: str) -> list[tuple[str, float]]:
        least = NAME_SIMILARITY if len(typed) < LONG_NAME else LONG_NAME_SIMILARITY
        return self._like_names.alike(typed, least, LIKE_NAMES) if len(typed) <= self._longest_name else []

    def _score_ages(self, ages: tuple[int, int], tally: Tally) -> None:
        """For a query of an age alone: pages for that age, the most particular first."""
        start, end = self._ages
        pages = ((start <= ages[0]) & (ages[1] <= end) & (start != ANY_AGE[0])).nonzero()[0]
        years = f"{ages[0]}" if ages[0] == ages[1] else f"{ages[0]} tot en met {ages[1]}"
        tally.add(Note(f"de leeftijd {years} jaar", pages, 6 / (6 + end[pages] - start[pages])))
        tally.telling[pages] = True

    def _totals(self, query: Query, tally: Tally, weights: Sequence[float]) -> Numbers:
        """Points per page, lowered by what it leaves unanswered and by ages it is not for; 0 for what must not be shown."""
        covered = tally.covered(weights)
        totals: Numbers = tally.points * (0.25 + 0.75 * covered)
        if query.ages:
            (start, end), (youngest, oldest) = self._ages, query.ages
            fits = np.where((start <= oldest) & (youngest <= end), INSIDE_AGE, OUTSIDE_AGE)
            totals *= np.where(start == ANY_AGE[0], 1.0, fits)
        totals *= tally.telling | (covered >= COVERAGE_FLOOR)
        return totals

    def _hits(self, found: Found, totals: Numbers, limit: int | None) -> list[Hit]:
        """The pages in order; ties go by title, which is the order of the pages themselves."""
        pages = (totals > RELATIVE_FLOOR * totals.max(initial=0.0)).nonzero()[0]
        points = totals[pages]
        if limit and len(pages) > 4 * limit:
            top = (points >= np.partition(points, -limit)[-limit] - 1e-6).nonzero()[0]
            pages, points = pages[top], points[top]
        ranked = sorted((-round(own, 6), page) for own, page in zip(points.tolist(), pages.tolist(), strict=True))[
            :limit
        ]
        return [Hit(self.pages[page].id, round(own / (own - HALF_SCORE), 4), page, found) for own, page in ranked]

    # ---- did you mean ---------------------------------------------------------------------------------------------

    def suggest(self, query: str) -> str | None:
        """The query as it was probably meant, always one that finds something; None when it is clear, or hopeless.

        In this order: a name it looks like, its words put right; and of a question that finds nothing the words we do know,
        or a name it resembles from afar.
        """
        read, _ = self._read(query)
        typed = typed_words(query)
        if read.misspelt and not beginning_with(read.joined, self._name_list, 1):
            if names := self._misspelt_names(read.joined):
                return self._title_of(names[0][0])
            meant = [self._reader.respelt(word) for word in typed]
            if meant != typed and self.search(" ".join(meant), 1):
                return " ".join(meant)
        if self.search(query, 1):
            return None
        distant = self._distant_names(read.joined)
        return self._known_part(typed) or (self._title_of(distant[0][0]) if distant else None)

    def _title_of(self, name: str) -> str:
        return self.pages[self._pages_of[name][0]].title

    def _distant_names(self, typed: str) -> list[tuple[str, float]]:
        """Names too unlike what was typed to be shown, but worth asking about."""
        return self._like_names.alike(typed, DISTANT_NAME, 1) if LONG_NAME <= len(typed) <= self._longest_name else []

    def _known_part(self, typed: Sequence[str]) -> str | None:
        """The words that pages have, when those are at least half of the words that count and find something."""
        telling = [word for word in typed if word not in STOP_WORDS]
        kept = [word for word in telling if not self._vocabulary.is_new(word)]
        enough = 1 < 2 * len(kept) < 2 * len(telling) <= 4 * len(kept)
        found = self.search(" ".join(kept), 1) if enough else []
        return " ".join(kept) if found and found[0].score >= WORTH_ASKING else None

    # ---- elsewhere ------------------------------------------------------------------------------------------------

    def as_plain(self) -> dict[str, Any]:
        """Everything a search in the browser needs, as plain data with Dutch keys. How to search with it:

        1. Read the query as kb/words.py does: plain spelling, words, `stopwoorden` out. Per word what it may stand for, with how
           sure that is: its own stem (`stamregels` in order; `woorden` says the stem of a known word), the last word as beginning
           of `woorden`, what sounds the same (`klanken`), neighbours joined, `lekenwoorden` (one to three stems, by a space),
           and else words at most one or two slips away. Constants are in `getallen`, under their name in the code.
        2. Per word and per page the best of those: points = worth x sureness x rarity of the stem (`vindplaatsen`: page, worth
           and field, per stem), and answered = what the field answers x sureness squared.
        3. `manieren` of which the stems were typed, weighed by rarity, for at least PHRASE_FLOOR: strength = (typed / whole)^2,
           with two stems at least if it has more than one. A concept gives CONCEPT x strength x (0.4 + rarity) x link to its
           pages, a name NAME_PHRASE x strength x share of the query; both answer the words that were used.
        4. `namen`, all letters in a row: NAME_EXACT, NAME_BEGINS x (0.3 + 0.7 x share of letters), NAME_ALIKE x similarity^6.
        5. Total = points x (0.25 + 0.75 x answered part of the query), for pages found by a name, by a telling phrase, or with
           COVERAGE_FLOOR answered; drop what has less than RELATIVE_FLOOR of the best; ties in the order of `bladzijden`.
        """
        known, table = self._vocabulary, self._postings.rows
        columns = (table.items, table.values.round(3), self._postings.parts)
        found = list(zip(*(column.tolist() for column in columns), strict=True))
        return {
            "bladzijden": [{"id": page.id, "titel": page.title} for page in self.pages],
            "leeftijden_van_bladzijden": self._ages.T.tolist(),
            "velden": [{"naam": part.label, "antwoord": part.answers} for part in FIELDS],
            "stammen": list(self._terms),
            "zeldzaamheid": [round(rarity, 4) for rarity in self._rarities],
            "vindplaatsen": [found[table[number]] for number in range(len(self._terms))],
            "woorden": {word: self._terms[known.stem(word)] for word in known.words},
            "begrippen": [self._concept_as_plain(number) for number in range(len(self._concepts))],
            "manieren": self._ways_as_plain(),
            "namen": self._pages_of,
            **self._reader.as_plain(),
            "getallen": {name: value for name, value in globals().items() if name.isupper() and _is_number(value)},
        }

    def _concept_as_plain(self, number: int) -> dict[str, Any]:
        concept, cut = self._concepts[number], self._links[number]
        links = zip(self._links.items[cut].tolist(), self._links.values[cut].round(3).tolist(), strict=True)
        return {"soort": concept.label, "naam": concept.name, "bladzijden": list(links)}

    def _ways_as_plain(self) -> list[dict[str, Any]]:
        """Each way to say something: its stems, and the concept or the page it leads to."""
        stems: dict[int, list[int]] = defaultdict(list)
        for term in range(len(self._terms)):
            for phrase in (*self._single.get(term, ()), *self._phrases.items[self._phrases[term]].tolist()):
                stems[phrase].append(term)
        first = len(self._concepts)
        concepts = self._phrase_concepts
        return [
            {"stammen": own} | ({"begrip": to} if to < first else {"bladzijde": to - first})
            for own, to in ((stems[phrase], concepts[phrase]) for phrase in sorted(stems))
        ]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _rarity(pages: int, total: int) -> float:
    """1 for a word on one page, towards 0 for a word on all: the idf of BM25, made relative."""
    most = math.log(1 + (max(total, 2) - 0.5) / 1.5)
    return max(0.02, math.log(1 + (max(total, 2) - pages + 0.5) / (pages + 0.5)) / most)


def _concepts(
    pages: Sequence[Intervention], factors: Mapping[str, Factor], everyday: Mapping[str, Any]
) -> Iterator[Concept]:
    """Factors and problems, with all the ways to say them."""
    linked, meant = _working_on(pages), _meant_for(pages)
    for factor in sorted(factors.values(), key=lambda f: f.id):
        ways = (factor.name, *factor.synonyms, *everyday["factoren"].get(factor.id, ()))
        yield Concept("factor", "de factor", factor.name, ways, linked.get(factor.id, ()))
    for kind in ProblemKind:
        ways = (kind.label, *everyday["problemen"].get(kind, ()))
        yield Concept("probleem", "het probleem", kind.label, ways, meant.get(kind, ()))


def _working_on(pages: Sequence[Intervention]) -> dict[str, list[tuple[int, float]]]:
    """Per factor the pages that work on it; a few factors said by a source weigh more than many guessed."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        links = page.factor_links
        for link in links:
            sure = 1.0 if link.basis is Basis.EXPLICIT else 0.75
            found[link.id].append((number, sure / math.sqrt(1 + len(links) / 8)))
    return found


def _meant_for(pages: Sequence[Intervention]) -> dict[ProblemKind, list[tuple[int, float]]]:
    """Per problem the pages meant for it: the one it was made for, the first it names, the others."""
    found: dict[ProblemKind, list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        problems, main = page.indication.problems, page.indication.main_problem
        for kind in problems:
            only = main is kind or len(problems) == 1
            found[kind].append((number, 1.0 if only else 0.8 if problems[0] is kind else 0.55))
    return found


def _as_detail(found: list[Match]) -> list[Match]:
    """What a word of a story may stand for: a guess at a slip is half as sure, because stories have words of their own."""
    if any(match.quality >= SPLIT for match in found):
        return found
    return [match._replace(quality=match.quality / 2) for match in found]


def _is_telling(way: Way, weights: Sequence[float]) -> bool:
    """Is this way of saying something reason enough to show a page?"""
    return way.strength > SAID and max(weights[place] for place in way.places) > TELLING


def _keep_best(found: dict[int, tuple[float, set[int]]], number: int, sure: float, place: int) -> None:
    earlier = found.get(number)
    if earlier is None:
        found[number] = sure, {place}
    else:
        earlier[1].add(place)
        found[number] = max(sure, earlier[0]), earlier[1]

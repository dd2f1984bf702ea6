"""Finding interventions from what people type: names, half words, misspellings, everyday words and whole sentences.

Knows what each field is worth and when a match is too weak to show. What Dutch words do to each other is in kb/words.py;
evidence plays no part here, because a page that warns must be as easy to find as a page that recommends.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.model import AgeRange, Basis, Factor, Intervention, ProblemKind
from kb.words import STOP_WORDS, Vocabulary, plain, stem, tokens

EVERYDAY_WORDS_FILE = Path(__file__).with_name("everyday_words.yaml")

MAX_WORDS = 40
"""Words of a query that count; longer texts belong in matcher.text."""
UNKNOWN_WORD = 0.7
"""Weight in the coverage of a word that no page has: nearly that of a rare word."""
JOINED, SOUNDS_ALIKE, SPLIT, PARTICIPLE = 0.9, 0.95, 0.8, 0.8
"""How sure we are of a word after joining two, hearing it, taking it apart, or taking off ge-."""
PART_OF_COMPOUND = 0.5
"""What 'groep' is worth on a page that says 'jeugdgroep'."""
SHORTEST_PREFIX = 3
PREFIX_WORDS = 40
NAME_EXACT, NAME_BEGINS, NAME_ALIKE = 12.0, 6.0, 9.0
NAME_PHRASE, CONCEPT = 4.0, 1.6
"""Points, on the scale where one rare word in the name gives 3 and one rare word in the running text about 0.4."""
NAME_SIMILARITY = 0.8
"""Share of letters in place for a whole name to count as misspelt: one slip in five."""
PHRASE_FLOOR = 0.6
"""Part of a synonym (weighed by rarity) that must be typed before it counts."""
COVERAGE_FLOOR = 0.34
"""Part of the query (weighed by rarity) a page must answer, unless it answers one telling word exactly."""
TELLING = 0.45
"""Rarity from which one exact synonym or name is reason enough to show a page."""
RELATIVE_FLOOR = 0.1
"""Hits with less than this part of the points of the best one are accidents."""
HALF_SCORE = 3.0
"""Points that give a score of one half."""
OUTSIDE_AGE, INSIDE_AGE = 0.4, 1.15

_AGE = re.compile(r"\b(\d{1,2})(?:(?: tot en met | tot | t/m | a |-|/| en )(\d{1,2}))?[ -]?(?:jaar|jarige?n?|jr)\b")
_AGE_OF_SOMEONE = re.compile(r"\b(?:zoon|dochter|kind|jongen|jongens|meisje|meiden|leerling|jongeren) van (\d{1,2})\b")
_PARTICLES = frozenset("aan achter af bij door in langs mee na om op over rond tegen toe uit voor weg".split())


@dataclass(frozen=True, slots=True)
class Hit:
    """One page found, how well, and in a few words why."""

    intervention_id: str
    score: float
    """Between 0 and 1, falling with the rank; only comparable within one query."""
    why: tuple[str, ...]


class Field(NamedTuple):
    """A part of a page: what to call it, what a word in it is worth, and how much of a question it answers."""

    label: str
    weight: float
    answers: float


NAME = Field("naam", 3.0, 1.0)
PLACE = Field("plaats", 2.5, 1.0)
SUMMARY = Field("samenvatting", 1.0, 0.9)
LABEL = Field("kenmerk", 0.5, 0.7)
PARTNER = Field("partner of uitvoerder", 0.5, 0.7)
BODY = Field("tekst", 0.4, 0.65)


class Posting(NamedTuple):
    page: int
    weight: float
    field: Field


class Match(NamedTuple):
    """What a typed word may stand for, how sure that is, and the word to show for it."""

    stem: str
    quality: float
    shown: str


class Concept(NamedTuple):
    """Something people name in many ways: a factor, a problem, or an intervention itself."""

    label: str
    name: str
    pages: tuple[tuple[int, float], ...]
    rarity: float


class Phrase(NamedTuple):
    """One way to name a concept."""

    text: str
    stems: tuple[str, ...]
    concept: int


@dataclass(slots=True)
class Query:
    """A query as read: per word that counts, what it may stand for."""

    joined: str
    words: list[str] = field(default_factory=list)
    matches: list[list[Match]] = field(default_factory=list)
    ages: tuple[int, int] | None = None

    @property
    def misspelt(self) -> bool:
        return any(not any(match.quality == 1.0 for match in found) for found in self.matches)


@dataclass(slots=True)
class Tally:
    """What the pages have earned so far: points with reasons, and which words of the query they answer."""

    reasons: dict[int, list[tuple[float, str, str]]] = field(default_factory=lambda: defaultdict(list))
    answered: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    telling: set[int] = field(default_factory=set)

    def add(self, page: int, points: float, label: str, shown: str) -> None:
        self.reasons[page].append((points, label, shown))

    def answer(self, page: int, word: int, share: float) -> None:
        answered = self.answered[page]
        if share > answered.get(word, 0.0):
            answered[word] = share


def _names(intervention: Intervention) -> list[str]:
    """The title as a whole, without what stands in brackets, and the other names."""
    bare = re.sub(r"\(.*?\)", " ", intervention.title)
    return list(dict.fromkeys((intervention.title, bare.strip() or intervention.title, *intervention.aliases)))


def _joined(text: str) -> str:
    return "".join(tokens(text))


def _content(text: str) -> list[str]:
    return [word for word in tokens(text) if word not in STOP_WORDS]


def _neighbours_joined(words: Sequence[str]) -> Iterator[str]:
    """Two or three words of a name written as one: halt straf, haltstraf."""
    for size in (2, 3):
        for start in range(len(words) - size + 1):
            if STOP_WORDS.isdisjoint(words[start : start + size]):
                yield "".join(words[start : start + size])


class SearchIndex:
    """The words of a collection, ready to be asked. Read-only after it is made."""

    def __init__(self, interventions: Sequence[Intervention], factors: Mapping[str, Factor]) -> None:
        everyday = yaml.load(EVERYDAY_WORDS_FILE.read_bytes(), Loader=yaml.CSafeLoader)  # noqa: S506 - a safe loader
        self._pages = sorted(interventions, key=lambda i: (i.title.casefold(), i.id))
        self._regions = {plain(p): region for region, places in everyday["plaatsen"].items() for p in places}
        self._age_words: dict[str, tuple[int, int]] = {stem(w): (a, b) for w, (a, b) in everyday["leeftijden"].items()}
        texts = [self._texts(page) for page in self._pages]
        self._concepts, self._phrases = self._name_concepts(factors, everyday)
        self._vocabulary = Vocabulary(self._all_words(texts))
        self._postings = self._index(texts)
        self._phrases_with: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self._phrases):
            for part in phrase.stems:
                self._phrases_with[part].append(number)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for number, page in enumerate(self._pages):
            for name in dict.fromkeys(_joined(name) for name in _names(page)):
                self._by_name[name].append(number)
        self._name_list = sorted(self._by_name)

    # ---- building -------------------------------------------------------------------------------------------------

    def _texts(self, page: Intervention) -> list[tuple[Field, list[str]]]:
        """The words of a page, field by field. What it is *not* for is left out: it would be found by it."""
        names = [tokens(name) for name in (*_names(page), page.id)]
        choices = (page.kind, *page.forms, *page.settings, *page.prevention_levels)
        texts = page.sections
        body = " ".join((texts.goal, texts.audience, texts.approach, texts.requirements or ""))
        partners = " ".join((*page.partners, page.provider or "", page.owner or ""))
        return [
            (NAME, [w for words in names for w in dict.fromkeys((*words, *_neighbours_joined(words)))]),
            (PLACE, tokens(" ".join(page.regions))),
            (SUMMARY, tokens(page.summary)),
            (LABEL, tokens(" ".join(choice.label for choice in choices))),
            (PARTNER, tokens(partners)),
            (BODY, tokens(body)),
        ]

    def _all_words(self, texts: Iterable[list[tuple[Field, list[str]]]]) -> Iterator[str]:
        for fields in texts:
            for _, words in fields:
                yield from words
        for phrase in self._phrases:
            yield from tokens(phrase.text)
        yield from (word for place in self._regions for word in tokens(place))

    def _index(self, texts: Sequence[list[tuple[Field, list[str]]]]) -> dict[str, list[Posting]]:
        """Every stem with the pages that have it; the weight holds the rarity, the field and how often."""
        found: dict[str, list[Posting]] = defaultdict(list)
        usual = sum(len(words) for fields in texts for f, words in fields if f is BODY) / max(1, len(texts))
        for page, fields in enumerate(texts):
            weights: dict[str, float] = defaultdict(float)
            best: dict[str, tuple[float, Field]] = {}
            for part, words in fields:
                length = 0.5 + 0.5 * len(words) / usual if part is BODY else 1.0
                for term, count in self._terms(words).items():
                    weight = part.weight * math.sqrt(min(count, 4.0)) / length
                    weight = min(weight, part.weight) if part is NAME else weight
                    weights[term] += weight
                    if weight > best.get(term, (0.0, part))[0]:
                        best[term] = (weight, part)
            for term, weight in weights.items():
                found[term].append(Posting(page, weight, best[term][1]))
        return {
            term: [p._replace(weight=p.weight * self._rarity_of(len(postings))) for p in postings]
            for term, postings in found.items()
        }

    def _terms(self, words: Iterable[str]) -> dict[str, float]:
        """The stems of a field with how often they occur; the parts of a compound count for half."""
        terms: dict[str, float] = defaultdict(float)
        for word, count in Counter(words).items():
            if word not in STOP_WORDS:
                terms[stem(word)] += count
                for part in self._vocabulary.parts(word):
                    terms[stem(part)] += PART_OF_COMPOUND * count
        return terms

    def _rarity_of(self, pages: int) -> float:
        """1 for a word on one page, towards 0 for a word on all (BM25's idf, made relative)."""
        total = max(2, len(self._pages))
        return max(0.02, math.log(1 + (total - pages + 0.5) / (pages + 0.5)) / math.log(1 + (total - 0.5) / 1.5))

    def _name_concepts(
        self, factors: Mapping[str, Factor], everyday: Mapping[str, Mapping[str, list[str]]]
    ) -> tuple[list[Concept], list[Phrase]]:
        """Factors, problems and names, each with all the ways to say it."""
        concepts: list[Concept] = []
        phrases: list[Phrase] = []

        def add(label: str, name: str, pages: Iterable[tuple[int, float]], ways: Iterable[str]) -> None:
            linked = tuple(pages)
            concepts.append(Concept(label, name, linked, self._rarity_of(len(linked))))
            for way in dict.fromkeys(ways):
                if stems := tuple(dict.fromkeys(stem(word) for word in _content(way))):
                    phrases.append(Phrase(way, stems, len(concepts) - 1))

        for factor in sorted(factors.values(), key=lambda f: f.id):
            ways = (factor.name, *factor.synonyms, *everyday["factoren"].get(factor.id, ()))
            add("factor", factor.name, self._linked(factor.id), ways)
        for kind in ProblemKind:
            ways = (kind.label, *everyday["problemen"].get(kind, ()))
            add("probleem", kind.label, self._meant_for(kind), ways)
        for number, page in enumerate(self._pages):
            add("naam", page.title, [(number, 1.0)], _names(page))
        return concepts, phrases

    def _linked(self, factor_id: str) -> Iterator[tuple[int, float]]:
        """Pages that work on a factor; a few factors said by a source weigh more than many guessed."""
        for number, page in enumerate(self._pages):
            for link in page.factor_links:
                if link.id == factor_id:
                    sure = 1.0 if link.basis is Basis.EXPLICIT else 0.75
                    yield number, sure / math.sqrt(1 + len(page.factor_links) / 8)

    def _meant_for(self, kind: ProblemKind) -> Iterator[tuple[int, float]]:
        """Pages meant for a problem: the one problem it was made for, the first named, the others."""
        for number, page in enumerate(self._pages):
            problems = page.indication.problems
            if kind in problems:
                first = page.indication.main_problem is kind or len(problems) == 1
                yield number, 1.0 if first else 0.8 if problems[0] is kind else 0.55

    # ---- reading a query ------------------------------------------------------------------------------------------

    def _read(self, text: str) -> Query:
        """The words that count, each with what it may stand for."""
        typed = tokens(text)[:MAX_WORDS]
        query = Query("".join(typed), ages=self._ages(text, typed))
        ages = set(_AGE_NUMBERS(text))
        joins = self._joins(typed)
        for place, word in enumerate(typed):
            if word not in STOP_WORDS and word not in ages:
                self._add_word(query, word, joins[place], last=place == len(typed) - 1)
            elif joins[place]:
                query.words.append(word)
                query.matches.append(joins[place])
        return query

    def _add_word(self, query: Query, word: str, joined: list[Match], *, last: bool) -> None:
        found = self._stands_for(word, last=last)
        parts = () if found or joined else self._vocabulary.parts(word)
        for part in parts:
            query.words.append(part)
            query.matches.append([Match(stem(part), SPLIT, part)])
        if not parts:
            query.words.append(word)
            query.matches.append(found or joined if not (found and joined) else [*found, *joined])

    def _stands_for(self, word: str, *, last: bool) -> list[Match]:
        """A word itself; else what sounds like it, what it is the beginning of, or what it is a slip of."""
        known = self._vocabulary
        base = stem(word)
        if base in known.stems:
            region = self._regions.get(word)
            return [Match(base, 1.0, word), *([Match(stem(plain(region)), 0.8, region)] if region else [])]
        if alike := known.sounding_like(word):
            return [Match(stem(alike), SOUNDS_ALIKE, alike)]
        if word.startswith("ge") and stem(word[2:]) in known.stems:
            return [Match(stem(word[2:]), PARTICIPLE, word)]
        found = list(self._begun(word)) if last else []
        if not found and not known.parts(word):
            found = [Match(stem(near), 1 - 1.5 * slips / len(word), near) for near, slips in known.nearest(word)]
        return found

    def _begun(self, prefix: str) -> Iterator[Match]:
        """What the last word may become: someone is still typing."""
        if len(prefix) >= SHORTEST_PREFIX:
            for word in self._vocabulary.beginning_with(prefix, PREFIX_WORDS):
                if word not in STOP_WORDS:
                    yield Match(stem(word), 0.5 + 0.4 * len(prefix) / len(word), word)

    def _joins(self, typed: Sequence[str]) -> list[list[Match]]:
        """Per word, the compounds it makes with its neighbours; also 'hangen rond' for rondhangen."""
        found: list[list[Match]] = [[] for _ in typed]
        for size in (2, 3):
            for start in range(len(typed) - size + 1):
                window = typed[start : start + size]
                if any(word not in STOP_WORDS for word in window) and (match := self._compound(window)):
                    for place in range(start, start + size):
                        if typed[place] not in STOP_WORDS:
                            found[place].append(match)
        return found

    def _compound(self, window: Sequence[str]) -> Match | None:
        """The known word these words make together."""
        joined = "".join(window)
        orders = [joined, window[1] + window[0]] if len(window) == 2 and window[1] in _PARTICLES else [joined]
        for word in orders:
            if len(word) > 4 and stem(word) in self._vocabulary.stems:
                return Match(stem(word), JOINED, word)
        if any(stem(word) not in self._vocabulary.stems for word in window if len(word) > 2):
            if alike := self._vocabulary.sounding_like(joined):
                return Match(stem(alike), JOINED * SOUNDS_ALIKE, alike)
            for near, slips in self._vocabulary.nearest(joined):
                return Match(stem(near), JOINED - 1.5 * slips / len(joined), near)
        return None

    def _ages(self, text: str, typed: Sequence[str]) -> tuple[int, int] | None:
        """The ages a query speaks of: in numbers, else in words such as kleuter."""
        if numbers := [int(number) for number in _AGE_NUMBERS(text)]:
            return min(numbers), max(numbers)
        return next((self._age_words[stem(word)] for word in typed if stem(word) in self._age_words), None)

    # ---- finding --------------------------------------------------------------------------------------------------

    def search(self, query: str, limit: int | None = None) -> list[Hit]:
        """Pages that answer the query, best first; none when nothing answers it well enough."""
        read = self._read(query)
        tally = Tally()
        self._score_names(read, tally)
        if read.matches:
            weights = [self._importance(found) for found in read.matches]
            self._score_words(read, tally)
            self._score_concepts(read, tally, weights)
            totals = self._totals(read, tally, weights)
        elif read.ages and not tally.reasons:
            totals = self._by_age(read.ages, tally)
        else:
            totals = {page: sum(r[0] for r in reasons) for page, reasons in tally.reasons.items()}
        return self._hits(totals, tally, limit)

    def _importance(self, matches: Sequence[Match]) -> float:
        """How much a word of the query says: much if few pages have it."""
        return max((self._rarity(match.stem) for match in matches), default=UNKNOWN_WORD)

    def _rarity(self, term: str) -> float:
        return self._rarity_of(len(self._postings.get(term, ())) or 1)

    def _score_words(self, query: Query, tally: Tally) -> None:
        """Words that stand on a page; of the things a word may stand for, only the best counts."""
        for place, found in enumerate(query.matches):
            best: dict[int, tuple[float, Field, str, float]] = {}
            for match in found:
                for page, weight, part in self._postings.get(match.stem, ()):
                    points = weight * match.quality
                    if points > best.get(page, (0.0,))[0]:
                        best[page] = (points, part, match.shown, match.quality)
            for page, (points, part, shown, quality) in best.items():
                tally.add(page, points, part.label, shown)
                tally.answer(page, place, part.answers * quality)

    def _score_concepts(self, query: Query, tally: Tally, weights: Sequence[float]) -> None:
        """Factors, problems and names of which a synonym was typed."""
        total = sum(weights)
        for number, (strength, phrase, places) in self._concepts_in(query).items():
            concept = self._concepts[number]
            is_name = concept.label == NAME.label
            share = sum(weights[place] for place in places) / total
            for page, link in concept.pages:
                points = NAME_PHRASE * share if is_name else CONCEPT * link * (0.4 + concept.rarity)
                tally.add(
                    page,
                    strength * points,
                    concept.label,
                    concept.name if is_name else f"{concept.name} ({phrase.text})",
                )
                for place in places:
                    tally.answer(page, place, strength)
                if strength > 0.9 and max(weights[place] for place in places) > TELLING:
                    tally.telling.add(page)

    def _concepts_in(self, query: Query) -> dict[int, tuple[float, Phrase, list[int]]]:
        """Concepts the query names, with the best of the ways it does so."""
        typed: dict[str, tuple[float, list[int]]] = {}
        for place, found in enumerate(query.matches):
            for match in found:
                quality, places = typed.get(match.stem, (0.0, []))
                typed[match.stem] = (max(quality, match.quality), [*places, place])
        found_in: dict[int, tuple[float, Phrase, list[int]]] = {}
        for number in dict.fromkeys(number for term in typed for number in self._phrases_with.get(term, ())):
            phrase = self._phrases[number]
            strength = self._strength(phrase, typed)
            if strength > found_in.get(phrase.concept, (PHRASE_FLOOR**2,))[0]:
                places = sorted({place for part in phrase.stems if part in typed for place in typed[part][1]})
                found_in[phrase.concept] = (strength, phrase, places)
        return found_in

    def _strength(self, phrase: Phrase, typed: Mapping[str, tuple[float, list[int]]]) -> float:
        """How far a phrase was typed, 0-1; half a phrase is worth a quarter."""
        if len(phrase.stems) == 1:
            return typed[phrase.stems[0]][0] ** 2
        whole = sum(self._rarity(part) for part in phrase.stems)
        return (sum(self._rarity(part) * typed[part][0] for part in phrase.stems if part in typed) / whole) ** 2

    def _score_names(self, query: Query, tally: Tally) -> None:
        """Whole names: typed in full, begun, or misspelt."""
        for name, points in self._names_like(query):
            for page in self._by_name[name]:
                tally.add(page, points, NAME.label, self._pages[page].title)
                tally.telling.add(page)
                for place in range(len(query.matches)):
                    tally.answer(page, place, 1.0)

    def _names_like(self, query: Query) -> Iterator[tuple[str, float]]:
        typed = query.joined
        if typed in self._by_name:
            yield typed, NAME_EXACT
        if len(typed) >= SHORTEST_PREFIX and (query.matches or len(typed) > 7):
            for name in self._name_list:
                if name.startswith(typed) and name != typed:
                    yield name, NAME_BEGINS * (0.3 + 0.7 * len(typed) / len(name))
        if len(typed) > 4 and typed not in self._by_name and query.misspelt:
            yield from self._misspelt_names(typed)

    def _misspelt_names(self, typed: str) -> Iterator[tuple[str, float]]:
        alike = process.extract(
            typed, self._name_list, scorer=OSA.normalized_similarity, score_cutoff=NAME_SIMILARITY, limit=5
        )
        yield from ((name, NAME_ALIKE * similarity**2) for name, similarity, _ in alike)

    def _totals(self, query: Query, tally: Tally, weights: Sequence[float]) -> dict[int, float]:
        """Points per page, lowered by what it leaves unanswered and by ages it is not for."""
        whole = sum(weights)
        totals: dict[int, float] = {}
        for page, reasons in tally.reasons.items():
            covered = sum(weights[place] * share for place, share in tally.answered[page].items()) / whole
            if covered >= COVERAGE_FLOOR or page in tally.telling:
                points = sum(reason[0] for reason in reasons) * (0.25 + 0.75 * covered)
                totals[page] = points * self._age_fit(page, query.ages)
        return totals

    def _age_fit(self, page: int, ages: tuple[int, int] | None) -> float:
        own = self._pages[page].ages
        if ages is None or own is None:
            return 1.0
        return INSIDE_AGE if own.start <= ages[1] and ages[0] <= own.end else OUTSIDE_AGE

    def _by_age(self, ages: tuple[int, int], tally: Tally) -> dict[int, float]:
        """For a query of an age alone: pages for that age, the most particular first."""
        totals: dict[int, float] = {}
        for number, page in enumerate(self._pages):
            own = page.ages
            if own and own.start <= ages[0] and ages[1] <= own.end:
                totals[number] = 6 / (6 + own.end - own.start)
                tally.add(number, totals[number], "leeftijd", _in_words(own))
        return totals

    def _hits(self, totals: Mapping[int, float], tally: Tally, limit: int | None) -> list[Hit]:
        """The pages in order; ties go by title, which is the order of the pages themselves."""
        ranked = sorted(totals.items(), key=lambda item: (-round(item[1], 6), item[0]))
        floor = RELATIVE_FLOOR * ranked[0][1] if ranked else 0.0
        return [
            Hit(self._pages[page].id, round(points / (points + HALF_SCORE), 4), _why(tally.reasons[page]))
            for page, points in ranked[:limit]
            if points >= floor
        ]

    # ---- did you mean ---------------------------------------------------------------------------------------------

    def suggest(self, query: str) -> str | None:
        """The query as it was probably meant, or None when it is understood as it is or not at all."""
        read = self._read(query)
        if not read.misspelt:
            return None
        name = next((name for name, points in self._names_like(read) if points != NAME_BEGINS), None)
        if name and not any(n.startswith(read.joined) for n in self._name_list):
            return self._pages[self._by_name[name][0]].title
        return self._respelt(tokens(query)[:MAX_WORDS])

    def _respelt(self, typed: Sequence[str]) -> str | None:
        better = [self._nearest_known(word) for word in typed]
        return " ".join(better) if better != list(typed) else None

    def _nearest_known(self, word: str) -> str:
        known = self._vocabulary
        if word in STOP_WORDS or stem(word) in known.stems or known.beginning_with(word, 1):
            return word
        return known.sounding_like(word) or next((near for near, _ in known.nearest(word)), word)


def _AGE_NUMBERS(text: str) -> list[str]:  # noqa: N802
    low = plain(text)
    groups = [group for match in _AGE.findall(low) for group in match] + _AGE_OF_SOMEONE.findall(low)
    return [group for group in groups if group]


def _in_words(ages: AgeRange) -> str:
    return f"{ages.start} tot en met {ages.end} jaar"


def _why(reasons: Iterable[tuple[float, str, str]]) -> tuple[str, ...]:
    """The three reasons that weigh most, each said once."""
    texts = (f"{label}: {shown}" for _, label, shown in sorted(reasons, key=lambda r: (-r[0], r[1], r[2])))
    return tuple(dict.fromkeys(texts))[:3]

"""Finding interventions from what people type: names, half words, misspellings, everyday words and whole sentences.

Knows what each field is worth and when a match is too weak to show. What Dutch words do to each other is in kb/words.py;
evidence plays no part here, because a page that warns must be as easy to find as a page that recommends.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.model import Basis, Factor, Intervention, ProblemKind
from kb.words import (
    SHORTEST_PREFIX,
    SPLIT,
    STOP_WORDS,
    Match,
    Query,
    Reader,
    Vocabulary,
    beginning_with,
    tokens,
    typed_words,
)

EVERYDAY_WORDS_FILE = Path(__file__).with_name("everyday_words.yaml")

FOCUS = 0.6
"""What is added to the link with a factor, as a part of it, when the page is named after it."""
UNKNOWN_WORD = 1.0
"""Rarity of a word that no page has: a question full of such words is not about us."""
COMMON_WORD = 0.06
"""Rarity up to which a word (jongeren) is left aside when the query has better ones."""
PART_OF_COMPOUND = 0.5
"""What 'groep' is worth on a page that says 'jeugdgroep'."""
NAME_EXACT, NAME_BEGINS, NAME_ALIKE, NAME_PHRASE, CONCEPT = 12.0, 6.0, 9.0, 4.0, 1.6
"""Points, on the scale where one rare word gives 3 in the name, 1 in the summary and 0.4 in the running text. Chosen so that
a name always beats a subject, and a subject beats a chance word; set on tests/kb/zoekvragen.yaml."""
NAME_SIMILARITY, LONG_NAME, LONG_NAME_SIMILARITY = 0.79, 10, 0.69
"""Share of letters in place for a whole name to count as misspelt: one slip in five; more in a long name, which has no double."""
PHRASE_FLOOR = 0.75
"""Part of a synonym (weighed by rarity) that must be typed before it counts."""
COVERAGE_FLOOR = 0.42
"""Part of the query (weighed by rarity) a page must answer: one word of two is enough only if it is in a name or a synonym."""
TELLING = 0.35
"""Rarity from which one exact name or synonym is reason enough to show a page, whatever else was typed."""
RELATIVE_FLOOR = 0.1
"""Hits with less than this part of the points of the best one are accidents."""
HALF_SCORE = 3.0
"""Points that give a score of one half."""
OUTSIDE_AGE, INSIDE_AGE = 0.4, 1.15
"""What the points are multiplied by when the query names an age."""


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


Words = list[tuple[Field, list[str]]]
Posting = tuple[int, float, Field]
"""A page, what a word is worth there by its fields and how often it occurs, and the field that weighs most."""


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


class Tally:
    """What the pages have earned so far, with reasons, and how far they answer each word of the query."""

    def __init__(self, words: int) -> None:
        self.points: dict[int, float] = defaultdict(float)
        self.reasons: dict[int, list[tuple[float, str, str]]] = defaultdict(list)
        self.answers: list[dict[int, float]] = [{} for _ in range(words)]
        self.telling: set[int] = set()
        """Pages found by something that is a reason in itself."""

    def add(self, page: int, points: float, label: str, shown: str) -> None:
        self.points[page] += points
        self.reasons[page].append((-points, label, shown))

    def answer(self, page: int, places: Iterable[int], share: float) -> None:
        for place in places:
            if share > self.answers[place].get(page, 0.0):
                self.answers[place][page] = share

    def covered(self, weights: Sequence[float]) -> dict[int, float]:
        """Which part of the query each page answers, 0-1, words weighed by rarity."""
        covered: dict[int, float] = defaultdict(float)
        for weight, answers in zip(weights, self.answers, strict=True):
            for page, share in answers.items():
                covered[page] += weight * share
        whole = sum(weights) or 1.0
        return {page: share / whole for page, share in covered.items()}


def _names(page: Intervention) -> list[str]:
    """The title as a whole, without what stands in brackets, the other names, and the address."""
    bare = re.sub(r"\(.*?\)", " ", page.title).strip()
    return list(dict.fromkeys((page.title, bare or page.title, *page.aliases, page.id)))


def _texts(page: Intervention, names: Iterable[str]) -> Words:
    """The words of a page, field by field, the heaviest first. What it is *not* for is left out: it would be found by it."""
    named = [tokens(name) for name in names]
    choices = (page.kind, *page.forms, *page.settings, *page.prevention_levels)
    prose = page.sections
    return [
        (NAME, [word for words in named for word in dict.fromkeys((*words, *_neighbours_joined(words)))]),
        (PLACE, tokens(" ".join(page.regions))),
        (SUMMARY, tokens(page.summary)),
        (LABEL, tokens(" ".join(choice.label for choice in choices))),
        (PARTNER, tokens(" ".join((*page.partners, page.provider or "", page.owner or "")))),
        (BODY, tokens(" ".join((prose.goal, prose.audience, prose.approach, prose.requirements or "")))),
    ]


def _neighbours_joined(words: Sequence[str]) -> Iterator[str]:
    """Two or three words of a name written as one: halt straf, haltstraf."""
    for size in (2, 3):
        for start in range(len(words) - size + 1):
            if STOP_WORDS.isdisjoint(words[start : start + size]):
                yield "".join(words[start : start + size])


class SearchIndex:
    """The words of a collection, ready to be asked. Read-only after it is made."""

    def __init__(self, interventions: Sequence[Intervention], factors: Mapping[str, Factor]) -> None:
        import yaml

        everyday = yaml.load(EVERYDAY_WORDS_FILE.read_bytes(), Loader=yaml.CSafeLoader)
        self._pages = sorted(interventions, key=lambda i: (i.title.casefold(), i.id))
        self._rarities = [_rarity(pages, len(self._pages)) for pages in range(max(2, len(self._pages) + 1))]
        names = [_names(page) for page in self._pages]
        texts = [_texts(page, own) for page, own in zip(self._pages, names, strict=True)]
        ways = list(self._ways(factors, everyday, names))
        self._vocabulary = Vocabulary(self._all_words(texts, ways))
        region_of = {town: region for region, towns in everyday["plaatsen"].items() for town in towns}
        ages_of = {word: (ages[0], ages[1]) for word, ages in everyday["leeftijden"].items()}
        self._reader = Reader(self._vocabulary, region_of, ages_of)
        self._postings = self._index(texts)
        self._phrases, self._phrases_with = self._phrase_table(ways)
        self._concepts = self._with_focus([concept for concept, _ in ways])
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(names):
            for name in dict.fromkeys("".join(tokens(name)) for name in own):
                self._by_name[name].append(number)
        self._name_list = sorted(self._by_name)

    # ---- building -------------------------------------------------------------------------------------------------

    def _all_words(self, texts: Iterable[Words], ways: Iterable[tuple[Concept, list[list[str]]]]) -> set[str]:
        found = {word for fields in texts for _, words in fields for word in words}
        found.update(word for _, phrases in ways for phrase in phrases for word in phrase)
        return found

    def _index(self, texts: Sequence[Words]) -> dict[str, list[Posting]]:
        """Every stem with the pages that have it."""
        terms = {word: self._terms(word) for word in self._vocabulary.words}
        usual = sum(len(words) for fields in texts for part, words in fields if part is BODY) / max(1, len(texts))
        found: dict[str, list[Posting]] = defaultdict(list)
        for page, fields in enumerate(texts):
            for term, (weight, part) in _weigh(fields, terms, usual).items():
                found[term].append((page, weight, part))
        return dict(found)

    def _with_focus(self, concepts: Sequence[Concept]) -> list[Concept]:
        """The concepts, with more weight for pages that speak of the factor in their own name or summary.

        Problems are too broad for this: 'blowen' would lead to every page named after alcohol.
        """
        said: list[dict[int, float]] = [{} for _ in concepts]
        for phrase in self._phrases:
            if concepts[phrase.concept].label == "factor":
                for part in phrase.stems:
                    self._note_focus(part, said[phrase.concept])
        return [
            concept._replace(pages=tuple((page, link * (1 + focus.get(page, 0.0))) for page, link in concept.pages))
            for concept, focus in zip(concepts, said, strict=True)
        ]

    def _note_focus(self, term: str, focus: dict[int, float]) -> None:
        rarity = self._rarity(term)
        if rarity > TELLING:
            for page, weight, part in self._postings.get(term, ()):
                if part is NAME or part is SUMMARY:
                    focus[page] = max(focus.get(page, 0.0), min(FOCUS, rarity * weight * FOCUS / NAME.weight))

    def _terms(self, word: str) -> tuple[tuple[str, float], ...]:
        """The stem of a word, and those of its parts when it is a compound."""
        if word in STOP_WORDS:
            return ()
        known = self._vocabulary
        return (known.stem(word), 1.0), *((known.stem(part), PART_OF_COMPOUND) for part in known.parts(word))

    def _ways(
        self, factors: Mapping[str, Factor], everyday: Mapping[str, Mapping[str, list[str]]], names: Sequence[list[str]]
    ) -> Iterator[tuple[Concept, list[list[str]]]]:
        """Factors, problems and names, each with all the ways to say it, in words."""
        linked = self._working_on()
        for factor in sorted(factors.values(), key=lambda f: f.id):
            said = (factor.name, *factor.synonyms, *everyday["factoren"].get(factor.id, ()))
            yield self._concept("factor", factor.name, linked.get(factor.id, ())), [tokens(way) for way in said]
        for kind in ProblemKind:
            said = (kind.label, *everyday["problemen"].get(kind, ()))
            yield self._concept("probleem", kind.label, self._meant_for(kind)), [tokens(way) for way in said]
        for number, page in enumerate(self._pages):
            yield self._concept(NAME.label, page.title, [(number, 1.0)]), [tokens(name) for name in names[number]]

    def _concept(self, label: str, name: str, pages: Iterable[tuple[int, float]]) -> Concept:
        linked = tuple(pages)
        return Concept(label, name, linked, self._rarities[len(linked)])

    def _working_on(self) -> dict[str, list[tuple[int, float]]]:
        """Per factor the pages that work on it; a few factors said by a source weigh more than many guessed."""
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, page in enumerate(self._pages):
            links = page.factor_links
            for link in links:
                sure = 1.0 if link.basis is Basis.EXPLICIT else 0.75
                found[link.id].append((number, sure / math.sqrt(1 + len(links) / 8)))
        return found

    def _meant_for(self, kind: ProblemKind) -> Iterator[tuple[int, float]]:
        """Pages meant for a problem: the one it was made for, the first it names, the others."""
        for number, page in enumerate(self._pages):
            problems = page.indication.problems
            if kind in problems:
                only = page.indication.main_problem is kind or len(problems) == 1
                yield number, 1.0 if only else 0.8 if problems[0] is kind else 0.55

    def _phrase_table(
        self, ways: Iterable[tuple[Concept, list[list[str]]]]
    ) -> tuple[list[Phrase], dict[str, list[int]]]:
        """All phrases, and by stem the ones that hold it."""
        phrases: list[Phrase] = []
        holding: dict[str, list[int]] = defaultdict(list)
        for number, (_, said) in enumerate(ways):
            for words in said:
                telling = dict.fromkeys(self._vocabulary.stem(word) for word in words if word not in STOP_WORDS)
                # 'laat op straat' must not be found by 'straat' alone
                if telling and not (len(telling) == 1 and len(words) > 2):
                    for part in telling:
                        holding[part].append(len(phrases))
                    phrases.append(Phrase(" ".join(words), tuple(telling), number))
        return phrases, holding

    # ---- finding --------------------------------------------------------------------------------------------------

    def search(self, query: str, limit: int | None = None) -> list[Hit]:
        """Pages that answer the query, best first; none when nothing answers it well enough."""
        read = self._read(query)
        weights = [self._importance(found) for found in read.words]
        tally = Tally(len(weights))
        self._score_names(read, tally)
        self._score_words(read, tally)
        self._score_concepts(read, tally, weights)
        if read.ages and not tally.points:
            self._score_ages(read.ages, tally)
        return self._hits(self._totals(read, tally, weights), tally, limit)

    def _read(self, text: str) -> Query:
        """The query as read, without the words that nearly every page has if it has better ones."""
        read = self._reader.read(text)
        telling = [found for found in read.words if self._importance(found) > COMMON_WORD]
        return replace(read, words=telling) if telling else read

    def _importance(self, found: Sequence[Match]) -> float:
        """How much a word of the query says: much if few pages have it, and much if we had to guess."""
        rarity = max((self._rarity(match.stem) for match in found), default=UNKNOWN_WORD)
        return rarity if any(match.quality >= SPLIT for match in found) else UNKNOWN_WORD

    def _rarity(self, term: str) -> float:
        return self._rarities[len(self._postings.get(term, ())) or 1]

    def _score_words(self, query: Query, tally: Tally) -> None:
        """Words that stand on a page; of the things a word may stand for, only the best counts."""
        for place, found in enumerate(query.words):
            answers = tally.answers[place]
            for page, (points, part, match) in self._best_postings(found).items():
                tally.add(page, points, part.label, match.shown)
                share = part.answers * match.quality**2
                if share > answers.get(page, 0.0):
                    answers[page] = share

    def _best_postings(self, found: Sequence[Match]) -> dict[int, tuple[float, Field, Match]]:
        best: dict[int, tuple[float, Field, Match]] = {}
        for match in found:
            worth = match.quality * self._rarity(match.stem)
            for page, weight, part in self._postings.get(match.stem, ()):
                points = weight * worth
                if page not in best or points > best[page][0]:
                    best[page] = points, part, match
        return best

    def _score_concepts(self, query: Query, tally: Tally, weights: Sequence[float]) -> None:
        """Factors, problems and names of which a way to say it was typed."""
        for number, (strength, phrase, places) in self._concepts_in(query).items():
            concept = self._concepts[number]
            named = concept.label == NAME.label
            shown = concept.name if named else f"{concept.name} ({phrase.text})"
            share = sum(weights[place] for place in places) / sum(weights)
            points = strength * (NAME_PHRASE * share if named else CONCEPT * (0.4 + concept.rarity))
            telling = strength > 0.9 and max(weights[place] for place in places) > TELLING
            for page, link in concept.pages:
                tally.add(page, points * link, concept.label, shown)
                tally.answer(page, places, strength)
                if telling:
                    tally.telling.add(page)

    def _concepts_in(self, query: Query) -> dict[int, tuple[float, Phrase, tuple[int, ...]]]:
        """Concepts the query names, with the best of the ways it does so and the words used."""
        typed: dict[str, tuple[float, tuple[int, ...]]] = {}
        for place, found in enumerate(query.words):
            for match in found:
                quality, places = typed.get(match.stem, (0.0, ()))
                typed[match.stem] = max(quality, match.quality), (*places, place)
        best: dict[int, tuple[float, Phrase, tuple[int, ...]]] = {}
        for number in dict.fromkeys(number for term in typed for number in self._phrases_with.get(term, ())):
            phrase = self._phrases[number]
            strength = self._strength(phrase, typed)
            if strength >= PHRASE_FLOOR**2 and strength > best.get(phrase.concept, (0.0,))[0]:
                used = {place for part in phrase.stems if part in typed for place in typed[part][1]}
                best[phrase.concept] = strength, phrase, tuple(sorted(used))
        return best

    def _strength(self, phrase: Phrase, typed: Mapping[str, tuple[float, tuple[int, ...]]]) -> float:
        """How far a phrase was typed, 0-1; half a phrase is worth a quarter."""
        if len(phrase.stems) == 1:
            return typed[phrase.stems[0]][0] ** 2
        if sum(part in typed for part in phrase.stems) < 2:
            return 0.0  # 'drugs' alone does not say 'ouders en drugs'
        whole = said = 0.0
        for part in phrase.stems:
            rarity = self._rarity(part)
            whole += rarity
            said += rarity * typed[part][0] if part in typed else 0.0
        return (said / whole) ** 2

    def _score_names(self, query: Query, tally: Tally) -> None:
        """Whole names: typed in full, begun, or misspelt."""
        for name, points in self._names_like(query):
            for page in self._by_name[name]:
                tally.add(page, points, NAME.label, self._pages[page].title)
                tally.answer(page, range(len(query.words)), 1.0)
                tally.telling.add(page)

    def _names_like(self, query: Query) -> Iterator[tuple[str, float]]:
        typed = query.joined
        if typed in self._by_name:
            yield typed, NAME_EXACT
        # a name of small words (er is meer te winnen) needs more letters before it is recognised
        if len(typed) >= (SHORTEST_PREFIX if query.words else 8):
            for name in beginning_with(typed, self._name_list):
                if name != typed:
                    yield name, NAME_BEGINS * (0.3 + 0.7 * len(typed) / len(name))
        if len(typed) > 4 and typed not in self._by_name and query.misspelt:
            yield from ((name, NAME_ALIKE * similarity**6) for name, similarity in self._misspelt_names(typed))

    def _misspelt_names(self, typed: str) -> list[tuple[str, float]]:
        names = self._name_list
        least = NAME_SIMILARITY if len(typed) < LONG_NAME else LONG_NAME_SIMILARITY
        found = process.extract(typed, names, scorer=OSA.normalized_similarity, score_cutoff=least, limit=5)
        return [(name, similarity) for name, similarity, _ in found]

    def _score_ages(self, ages: tuple[int, int], tally: Tally) -> None:
        """For a query of an age alone: pages for that age, the most particular first."""
        for number, page in enumerate(self._pages):
            own = page.ages
            if own and own.start <= ages[0] and ages[1] <= own.end:
                years = f"{own.start} tot en met {own.end} jaar"
                tally.add(number, 6 / (6 + own.end - own.start), "leeftijd", years)
                tally.telling.add(number)

    def _totals(self, query: Query, tally: Tally, weights: Sequence[float]) -> dict[int, float]:
        """Points per page, lowered by what it leaves unanswered and by ages it is not for."""
        covered = tally.covered(weights)
        return {
            page: points * (0.25 + 0.75 * covered.get(page, 1.0)) * self._age_fit(page, query.ages)
            for page, points in tally.points.items()
            if page in tally.telling or covered.get(page, 0.0) >= COVERAGE_FLOOR
        }

    def _age_fit(self, page: int, ages: tuple[int, int] | None) -> float:
        own = self._pages[page].ages
        if ages is None or own is None:
            return 1.0
        return INSIDE_AGE if own.start <= ages[1] and ages[0] <= own.end else OUTSIDE_AGE

    def _hits(self, totals: Mapping[int, float], tally: Tally, limit: int | None) -> list[Hit]:
        """The pages in order; ties go by title, which is the order of the pages themselves."""
        ranked = sorted((-round(points, 6), page) for page, points in totals.items())
        floor = -RELATIVE_FLOOR * ranked[0][0] if ranked else 0.0
        kept = [(page, -points) for points, page in ranked if -points >= floor][:limit]
        return [
            Hit(self._pages[page].id, round(points / (points + HALF_SCORE), 4), _why(tally.reasons[page]))
            for page, points in kept
        ]

    # ---- did you mean ---------------------------------------------------------------------------------------------

    def suggest(self, query: str) -> str | None:
        """The query as it was probably meant; None when it is understood as it is, or not at all."""
        read = self._read(query)
        if not read.misspelt or beginning_with(read.joined, self._name_list, 1):
            return None
        if names := self._misspelt_names(read.joined):
            return self._pages[self._by_name[names[0][0]][0]].title
        typed = typed_words(query)
        meant = [self._reader.respelt(word) for word in typed]
        return " ".join(meant) if meant != typed and self.search(" ".join(meant), 1) else None


def _rarity(pages: int, total: int) -> float:
    """1 for a word on one page, towards 0 for a word on all: the idf of BM25, made relative."""
    most = math.log(1 + (max(total, 2) - 0.5) / 1.5)
    return max(0.02, math.log(1 + (max(total, 2) - pages + 0.5) / (pages + 0.5)) / most)


def _weigh(
    fields: Words, terms: Mapping[str, tuple[tuple[str, float], ...]], usual: float
) -> dict[str, tuple[float, Field]]:
    """What each stem is worth on one page; a second time in the same field adds little, a long text weighs its words less."""
    weights: dict[str, tuple[float, Field]] = {}
    for part, words in fields:
        length = 0.5 + 0.5 * len(words) / usual if part is BODY else 1.0
        counts: dict[str, float] = {}
        for word, times in Counter(words).items():
            for term, share in terms[word]:
                counts[term] = counts.get(term, 0.0) + share * times
        once, most = part.weight / length, 1.0 if part is NAME else 2.0
        for term, count in counts.items():
            weight = once if count == 1.0 else once * min(math.sqrt(count), most)
            earlier = weights.get(term)
            weights[term] = (earlier[0] + weight, earlier[1]) if earlier else (weight, part)
    return weights


def _why(reasons: Iterable[tuple[float, str, str]]) -> tuple[str, ...]:
    """The three kinds of reason that weigh most, with at most two examples of each; a page has one name."""
    said: dict[str, list[str]] = {}
    for _, label, shown in sorted(reasons):
        examples = said.setdefault(label, [])
        if shown not in examples and len(examples) < (1 if label == NAME.label else 2):
            examples.append(shown)
    return tuple(f"{label}: {', '.join(examples)}" for label, examples in list(said.items())[:3])

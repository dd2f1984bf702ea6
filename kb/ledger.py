"""What pages have earned for one query: points, how far each answers every word, and whether that is a reason to show it.

The same books kept in two ways, by dictionary for few entries and by array for many: adding up ten numbers costs numpy as
much as a thousand, and a dictionary a hundred times as much. Knows nothing of words; a test holds the two side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from kb.postings import Numbers
from kb.search_numbers import COVERAGE_FLOOR, RELATIVE_FLOOR, UNANSWERED

FEW = 150
"""Entries up to which a dictionary is faster."""
DECIMALS = 6
"""Of the points, for the order: what is beyond is chance."""

Pages = Numbers | list[int]
Points = Numbers | list[float]
Fit = Callable[[Numbers], Numbers]
"""By how much the points of these pages are to be multiplied."""
Ranked = list[tuple[int, float]]
"""Pages with their points, best first; ties in the order of the pages."""


class Posted(NamedTuple):
    """Where a word stands: pages, what it is worth there, how far that answers it."""

    pages: Numbers
    points: Numbers
    answers: Numbers


class Ledger(Protocol):
    """The books of one query; a place is one of its words."""

    def name(self, named: Mapping[int, float]) -> None:
        """Points for pages of which the whole query is a name."""

    def word(self, place: int, found: Sequence[tuple[Posted, float]]) -> None:
        """What a word may stand for, with how sure that is; per page only the best counts."""

    def add(self, pages: Pages, points: Points) -> None:
        """Points for pages; no page twice."""

    def answer(self, places: Iterable[int], pages: Pages, strength: float, *, telling: bool) -> None:
        """These pages answer these words, if they did not already do so better; telling is to be shown whatever else was typed."""

    def ranked(self, weights: Sequence[float], fit: Fit | None, limit: int | None) -> Ranked:
        """The pages worth showing. Words weigh as `weights`."""


def ledger(entries: int, words: int, pages: int) -> Ledger:
    """The books that suit so many entries."""
    return ByDictionary(words) if entries <= FEW else ByArray(words, pages)


class ByDictionary:
    """Only the pages that earned something. See Ledger."""

    def __init__(self, words: int) -> None:
        self._points: dict[int, float] = {}
        self._answers: list[dict[int, float]] = [{} for _ in range(words)]
        self._telling: set[int] = set()

    def name(self, named: Mapping[int, float]) -> None:
        self._earn(named.items())
        self._telling.update(named)
        for answers in self._answers:
            answers.update(dict.fromkeys(named, 1.0))

    def word(self, place: int, found: Sequence[tuple[Posted, float]]) -> None:
        answers = self._answers[place]
        if len(found) == 1:
            (posted, sure), answered = found[0], found[0][1] ** 2
            pages = posted.pages.tolist()
            self._earn(zip(pages, [points * sure for points in posted.points.tolist()], strict=True))
            answers.update(zip(pages, [answer * answered for answer in posted.answers.tolist()], strict=True))
        else:
            best: dict[int, float] = {}
            for posted, sure in found:
                pages = posted.pages.tolist()
                _raise(best, pages, [points * sure for points in posted.points.tolist()])
                _raise(answers, pages, [answer * sure**2 for answer in posted.answers.tolist()])
            self._earn(best.items())

    def add(self, pages: Pages, points: Points) -> None:
        self._earn(zip(_listed(pages), _listed(points), strict=True))

    def answer(self, places: Iterable[int], pages: Pages, strength: float, *, telling: bool) -> None:
        own = _listed(pages)
        for place in places:
            answers = self._answers[place]
            lower = [page for page in own if answers.get(page, 0.0) < strength] if answers else own
            answers.update(dict.fromkeys(lower, strength))
        if telling:
            self._telling.update(own)

    def _earn(self, earned: Iterable[tuple[int, float]]) -> None:
        points = self._points
        if points:
            points.update([(page, points.get(page, 0.0) + own) for page, own in earned])
        else:
            points.update(earned)

    def ranked(self, weights: Sequence[float], fit: Fit | None, limit: int | None) -> Ranked:
        covered, telling = self._covered(weights), self._telling
        earned = [(page, own, covered[page]) for page, own in self._points.items()]
        earned = [one for one in earned if one[2] >= COVERAGE_FLOOR or one[0] in telling]
        shown = [page for page, _, _ in earned]
        totals = [own * (UNANSWERED + (1 - UNANSWERED) * answered) for _, own, answered in earned]
        if fit and shown:
            totals = (np.array(totals) * fit(np.array(shown))).tolist()
        floor = RELATIVE_FLOOR * max(totals, default=0.0)
        found = zip(totals, shown, strict=True)
        order = sorted([(-int(own * 10**DECIMALS + 0.5), page) for own, page in found if own > floor])
        return [(page, -own / 10**DECIMALS) for own, page in order[:limit]]

    def _covered(self, weights: Sequence[float]) -> dict[int, float]:
        """Which part of the query each page answers, 0-1, words weighed by rarity."""
        whole = sum(weights)
        if not whole:
            return dict.fromkeys(self._points, 1.0)
        covered = dict.fromkeys(self._points, 0.0)
        for weight, answers in zip(weights, self._answers, strict=True):
            share = weight / whole
            covered.update([(page, covered[page] + share * answer) for page, answer in answers.items()])
        return covered


def _raise(best: dict[int, float], pages: Iterable[int], values: Iterable[float]) -> None:
    found = zip(pages, values, strict=True)
    best.update([(page, value) for page, value in found if value > best.get(page, 0.0)] if best else found)


def _listed(numbers: Numbers | list[Any]) -> list[Any]:
    return numbers if isinstance(numbers, list) else numbers.tolist()


class ByArray:
    """Every page, a number each. See Ledger."""

    def __init__(self, words: int, pages: int) -> None:
        self._points = np.zeros(pages)
        self._answers = np.zeros((words, pages))
        self._telling = np.zeros(pages, dtype=bool)

    def name(self, named: Mapping[int, float]) -> None:
        pages = np.array(list(named), np.intp)
        self._points[pages] += np.array(list(named.values()))
        self._answers[:, pages] = 1.0
        self._telling[pages] = True

    def word(self, place: int, found: Sequence[tuple[Posted, float]]) -> None:
        if len(found) == 1:
            (pages, points, answers), sure = found[0]
            self._points[pages] += points * sure
            self._answers[place, pages] = answers * sure**2
        else:
            pages = np.concatenate([posted.pages for posted, _ in found])
            sure_of = np.array([sure for _, sure in found]).repeat([len(posted.pages) for posted, _ in found])
            best = np.zeros(len(self._points))
            np.maximum.at(best, pages, np.concatenate([posted.points for posted, _ in found]) * sure_of)
            self._points += best
            answered = np.concatenate([posted.answers for posted, _ in found]) * sure_of**2
            np.maximum.at(self._answers[place], pages, answered)

    def add(self, pages: Pages, points: Points) -> None:
        self._points[pages] += points

    def answer(self, places: Iterable[int], pages: Pages, strength: float, *, telling: bool) -> None:
        for place in places:
            answers = self._answers[place]
            answers[pages] = np.maximum(answers[pages], strength)
        if telling:
            self._telling[pages] = True

    def ranked(self, weights: Sequence[float], fit: Fit | None, limit: int | None) -> Ranked:
        pages = self._points.nonzero()[0]
        covered = self._covered(weights, pages)
        totals = self._points[pages] * (UNANSWERED + (1 - UNANSWERED) * covered)
        if fit:
            totals *= fit(pages)
        shown = self._telling[pages] | (covered >= COVERAGE_FLOOR)
        pages, totals = pages[shown], totals[shown]
        good = totals > RELATIVE_FLOOR * totals.max(initial=0.0)
        if limit and len(pages) > 4 * limit:
            good &= totals >= np.partition(totals, -limit)[-limit] - 10**-DECIMALS
        pages, totals = pages[good], np.rint(totals[good] * 10**DECIMALS)
        order = (-totals).argsort(kind="stable")[:limit]
        return list(zip(pages[order].tolist(), (totals[order] / 10**DECIMALS).tolist(), strict=True))

    def _covered(self, weights: Sequence[float], pages: Numbers) -> Numbers:
        """Which part of the query each page answers, 0-1, words weighed by rarity."""
        whole = sum(weights)
        if not whole:
            return np.ones(len(pages))
        covered: Numbers = np.array([weight / whole for weight in weights]) @ self._answers[:, pages]
        return covered

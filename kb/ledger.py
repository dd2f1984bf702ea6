"""What pages have earned for one query: points, how far each answers every word, and whether that is a reason to show it.

The same books kept in two ways, by dictionary for few entries and by array for many: adding up ten numbers costs numpy as
much as a thousand, and a dictionary a hundred times as much. Knows nothing of words; a test holds the two side by side.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from kb.postings import Numbers
from kb.search_numbers import COVERAGE_FLOOR, RELATIVE_FLOOR, UNANSWERED

FEW = 50
"""Entries up to which a dictionary is faster."""
SCALE = 10**6
"""Points differ, for the order, when they differ in six decimals: what is beyond is chance."""
_LEFT = 1 - UNANSWERED
_LEAST = UNANSWERED + _LEFT * COVERAGE_FLOOR
"""What is left at least of the points of a page that answers enough of the query."""

Meant = tuple[int, int, float]
"""What a word may stand for: where that begins and ends in what is posted, and how sure we are of it."""
Fit = Callable[[Numbers], Numbers]
"""By how much the points of these pages are to be multiplied."""
Ranked = tuple[list[int], list[float]]
"""Pages and their points, best first; ties in the order of the pages."""


class Posted:
    """Where the words stand, one word after another: pages, what it is worth there, how far that answers it."""

    def __init__(self, pages: Numbers, points: Numbers, answers: Numbers) -> None:
        self.listed = listed(pages), listed(points), listed(answers)
        """For who takes a few: a piece of these is cheaper than one of numpy."""
        self.pages, self.points, self.answers = map(np.asarray, self.listed)
        """For who takes many at once: the same memory."""


def listed(numbers: Numbers) -> Sequence[Any]:
    whole = numbers.dtype.kind == "i"
    return array("q" if whole else "d", numbers.astype(np.int64 if whole else np.float64).tobytes())


class Ledger(Protocol):
    """The books of one query; a place is one of its words."""

    def name(self, named: Mapping[int, float]) -> None:
        """Points for pages of which the whole query is a name."""

    def word(self, place: int, found: Sequence[Meant]) -> None:
        """What a word may stand for; per page only the best counts."""

    def lead(
        self,
        pages: Sequence[int],
        points: Sequence[float],
        times: float,
        places: Iterable[int],
        strength: float,
        *,
        telling: bool,
    ) -> None:
        """So many times these points for pages that answer these words so well, if they did not already do so better.

        No page twice; telling is to be shown whatever else was typed.
        """

    def ranked(self, weights: Sequence[float], fit: Fit | None, limit: int | None) -> Ranked:
        """The pages worth showing. Words weigh as `weights`."""


def ledger(posted: Posted, entries: int, words: int, pages: int) -> Ledger:
    """The books that suit so many entries."""
    return ByDictionary(posted, words) if entries <= FEW else ByArray(posted, words, pages)


class ByDictionary:
    """Only the pages that earned something. See Ledger."""

    def __init__(self, posted: Posted, words: int) -> None:
        self._posted = posted.listed
        self._points: dict[int, float] = {}
        self._answers: list[dict[int, float]] = [{} for _ in range(words)]
        self._telling: set[int] = set()

    def name(self, named: Mapping[int, float]) -> None:
        self._points.update(named)
        self._telling.update(named)
        for answers in self._answers:
            answers.update(dict.fromkeys(named, 1.0))

    def word(self, place: int, found: Sequence[Meant]) -> None:
        answers, (pages, points, answered) = self._answers[place], self._posted
        if len(found) == 1:
            start, end, sure = found[0]
            only = pages[start:end]
            self._add(only, points[start:end], sure)
            answers.update(zip(only, _times(answered[start:end], sure**2), strict=True))
            return
        best: dict[int, float] = {}
        for start, end, sure in found:
            far = sure**2
            for page, own, answer in zip(pages[start:end], points[start:end], answered[start:end], strict=True):
                if own * sure > best.get(page, 0.0):
                    best[page] = own * sure
                if answer * far > answers.get(page, 0.0):
                    answers[page] = answer * far
        self._add(best, best.values())

    def _add(self, pages: Iterable[int], points: Iterable[float], times: float = 1.0) -> None:
        earned = self._points
        if earned:
            for page, own in zip(pages, points, strict=True):
                earned[page] = earned.get(page, 0.0) + own * times
        else:
            earned.update(zip(pages, _times(points, times), strict=True))

    def lead(
        self,
        pages: Sequence[int],
        points: Sequence[float],
        times: float,
        places: Iterable[int],
        strength: float,
        *,
        telling: bool,
    ) -> None:
        self._add(pages, points, times)
        for place in places:
            answers = self._answers[place]
            lower = [page for page in pages if answers.get(page, 0.0) < strength] if strength < 1 else pages
            answers.update(dict.fromkeys(lower, strength))
        if telling:
            self._telling.update(pages)

    def ranked(self, weights: Sequence[float], fit: Fit | None, limit: int | None) -> Ranked:
        totals = self._totals(weights)
        if fit and totals:
            pages = [page for _, page in totals]
            totals = list(
                zip((np.array([own for own, _ in totals]) * fit(np.array(pages))).tolist(), pages, strict=True)
            )
        floor = RELATIVE_FLOOR * max(totals)[0] if totals else 0.0
        order = sorted([(-int(own * SCALE + 0.5), page) for own, page in totals if own > floor])[:limit]
        return [page for _, page in order], [own / -SCALE for own, _ in order]

    def _totals(self, weights: Sequence[float]) -> list[tuple[float, int]]:
        """The points of each page worth showing for as far as it answers the query, with the page."""
        if not weights:
            return [(own, page) for page, own in self._points.items()]
        worth: list[tuple[float, int]] = []
        telling, books = self._telling, [*zip(_shares(weights), self._answers, strict=True)]
        for page, own in self._points.items():
            left = UNANSWERED
            for share, answers in books:
                if page in answers:
                    left += share * answers[page]
            if left >= _LEAST or page in telling:
                worth.append((own * left, page))
        return worth


def _shares(weights: Sequence[float]) -> list[float]:
    """Which part of the points each word decides over, 0-1; words weigh by rarity."""
    each = _LEFT / sum(weights)
    return [weight * each for weight in weights]


def _times(numbers: Iterable[float], factor: float) -> Iterable[float]:
    return numbers if factor == 1.0 else [number * factor for number in numbers]


class ByArray:
    """Every page, a number each. See Ledger."""

    def __init__(self, posted: Posted, words: int, pages: int) -> None:
        self._posted = posted
        self._points = np.zeros(pages)
        self._answers = np.zeros((words, pages))
        self._telling: list[Numbers] = []

    def name(self, named: Mapping[int, float]) -> None:
        pages = np.array([*named])
        self._points[pages] = [*named.values()]
        self._answers[:, pages] = 1.0
        self._telling.append(pages)

    def word(self, place: int, found: Sequence[Meant]) -> None:
        answers, alone = self._answers[place], len(found) == 1
        best = self._points if alone else np.zeros(len(self._points))
        for meant in found:
            pages, points, answered = self._stands(meant)
            if alone:
                best[pages] += points
                answers[pages] = answered
            else:
                best[pages] = np.maximum(best[pages], points)
                answers[pages] = np.maximum(answers[pages], answered)
        if not alone:
            self._points += best

    def _stands(self, meant: Meant) -> tuple[Numbers, Numbers, Numbers]:
        (start, end, sure), posted = meant, self._posted
        pages, points, answers = posted.pages[start:end], posted.points[start:end], posted.answers[start:end]
        return (pages, points, answers) if sure == 1.0 else (pages, points * sure, answers * sure**2)

    def lead(
        self,
        pages: Sequence[int],
        points: Sequence[float],
        times: float,
        places: Iterable[int],
        strength: float,
        *,
        telling: bool,
    ) -> None:
        own = np.asarray(pages)
        self._points[own] += np.asarray(points) * times
        for place in places:
            answers = self._answers[place]
            answers[own] = np.maximum(answers[own], strength) if strength < 1 else strength
        if telling:
            self._telling.append(own)

    def ranked(self, weights: Sequence[float], fit: Fit | None, limit: int | None) -> Ranked:
        totals = self._totals(weights)
        if fit:
            earned = totals.nonzero()[0]
            totals[earned] *= fit(earned)
        pages = (totals > RELATIVE_FLOOR * totals[totals.argmax()]).nonzero()[0]
        totals = totals[pages]
        if limit and len(pages) > 4 * limit:
            good = totals >= np.partition(totals, -limit)[-limit] - 1 / SCALE
            pages, totals = pages[good], totals[good]
        totals = np.rint(totals * SCALE)
        order = np.negative(totals).argsort(kind="stable")[:limit]
        return pages[order].tolist(), (totals[order] / SCALE).tolist()

    def _totals(self, weights: Sequence[float]) -> Numbers:
        """The points of each page for as far as it answers the query; nothing for a page that is not worth showing."""
        if not weights:
            return self._points
        left: Numbers = np.dot(np.array(_shares(weights)), self._answers)
        left += UNANSWERED
        hidden = left < _LEAST
        for pages in self._telling:
            hidden[pages] = False
        left *= self._points
        left[hidden] = 0.0
        return left

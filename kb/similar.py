"""Which pages may be about the same thing under another name. Compares names and summaries; knows no problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from kb.content import Page
from kb.words import STOP_WORDS, tokens

LONG_NAME, LONGER_NAME = 10, 16
"""Letters from which one slip, and two slips, still make the same name. Short names differ by one letter: IPT and IPTA."""
SAME_SUMMARY = 85
"""rapidfuzz token set ratio (0-100) from which two summaries tell the same; the most alike of our own pages reach 78."""
RESEMBLING = 80
"""rapidfuzz ratio (0-100) from which a new title is worth a second look."""
HELD_WITHIN = 0.9
"""What it counts that a name stands within another, next to being that name."""
NEARLY_WHOLE = 95
"""rapidfuzz partial ratio (0-100) from which a name stands within another; the name of a town in both is less."""

_BETWEEN_BRACKETS = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Named:
    """What this module reads of a page."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    summary: str = ""

    @property
    def own_names(self) -> frozenset[str]:
        """The title in its comparable form, also without what stands between brackets."""
        return frozenset({_comparable(self.title), _comparable(_BETWEEN_BRACKETS.sub(" ", self.title))} - {""})

    @property
    def is_one_of_several(self) -> bool:
        """Does the title say which one it is? Basta (Borne) is not Basta (12-min)."""
        return bool(_BETWEEN_BRACKETS.search(self.title))

    @property
    def all_names(self) -> frozenset[str]:
        """The title and the other names."""
        return self.own_names | frozenset(_comparable(name) for name in self.aliases) - {""}


def _comparable(name: str) -> str:
    """Small letters in a fixed order of words, without accents, spaces and words that say nothing."""
    words = tokens(name)
    return "".join(sorted(word for word in words if word not in STOP_WORDS) or sorted(words))


def named(page: Page) -> Named | None:
    """What a page is called, as far as it can be read."""
    title = page.text_at("titel")
    if not title:
        return None
    aliases = tuple(alias for _, alias in page.texts_at("ook_bekend_als") if alias)
    return Named(page.path.stem, title, aliases, page.text_at("samenvatting") or "")


def pairs(pages: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Pages that seem to be one: the title of the one is a name of the other, or their summaries tell the same.

    Two variants of one method may share another name, so two other names that are equal mean nothing.
    """
    alike = {*_by_name(pages), *_by_summary(pages)}
    yield from ((pages[later], pages[earlier]) for earlier, later in sorted(alike))


def _by_name(pages: Sequence[Named]) -> Iterator[tuple[int, int]]:
    holders: dict[str, list[int]] = {}
    for position, page in enumerate(pages):
        for name in page.all_names:
            holders.setdefault(name, []).append(position)
    known = list(holders)
    for position, page in enumerate(pages):
        for name in page.own_names:
            for other in _same(name, known):
                yield from (
                    (min(position, at), max(position, at))
                    for at in holders[other]
                    if at != position and not (page.is_one_of_several and pages[at].is_one_of_several)
                )


def _same(name: str, known: Sequence[str]) -> list[str]:
    """The known names that are this one, slips of the pen included."""
    slips = 2 if len(name) >= LONGER_NAME else 1 if len(name) >= LONG_NAME else 0
    return [found for found, _, _ in process.extract(name, known, scorer=OSA.distance, score_cutoff=slips, limit=None)]


def _by_summary(pages: Sequence[Named]) -> Iterator[tuple[int, int]]:
    told = [" ".join(sorted(set(tokens(page.summary)) - STOP_WORDS)) for page in pages]
    for later, summary in enumerate(told):
        if summary:
            found = process.extract(
                summary, told[:later], scorer=fuzz.token_set_ratio, score_cutoff=SAME_SUMMARY, limit=None
            )
            yield from ((earlier, later) for _, _, earlier in found)


def resembling(title: str, pages: Sequence[Named], limit: int = 5) -> list[Named]:
    """Pages with a name that looks like this title or holds it, most alike first."""
    wanted = Named("", title).own_names
    scored = (
        [(max(_likeness(a, b) for a in wanted for b in page.all_names), page) for page in pages if page.all_names]
        if wanted
        else []
    )
    return [page for score, page in sorted(scored, key=lambda pair: -pair[0]) if score >= RESEMBLING][:limit]


def _likeness(one: str, other: str) -> float:
    """0-100; one long name within the other counts too."""
    whole = fuzz.ratio(one, other)
    if min(len(one), len(other)) < LONG_NAME:
        return whole
    return max(whole, HELD_WITHIN * fuzz.partial_ratio(one, other, score_cutoff=NEARLY_WHOLE))

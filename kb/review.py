"""When a page must be looked over again, and what its keeper still has to do. Pure: the day is given."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kb.model import Availability, EvidenceLevel, Intervention, Status

MONTHS_UNTIL_REVIEW = 18
MONTHS_UNTIL_REVIEW_LOCAL = 12
"""What is local changes sooner: a project, a person, a subsidy."""
SOON = 3
"""Months ahead in which a review is announced."""


def review_due(intervention: Intervention) -> date:
    """The day on which the page should be read again: 18 months after the last check, 12 for something local."""
    local = intervention.availability is Availability.LOCAL
    return add_months(intervention.checked_on, MONTHS_UNTIL_REVIEW_LOCAL if local else MONTHS_UNTIL_REVIEW)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_stale(intervention: Intervention, today: date) -> bool:
    """Is the day gone by on which a page that is still shown should have been read again?"""
    return intervention.status is Status.PUBLISHED and review_due(intervention) < today


class Tasks(NamedTuple):
    """What one keeper (beheerder) has to do; each page in order of the day it is due, then of title."""

    maintainer: str
    pages: tuple[Intervention, ...]
    """Every published page that is theirs."""
    stale: tuple[Intervention, ...] = ()
    soon: tuple[Intervention, ...] = ()
    """Due within three months from today."""
    without_evidence: tuple[Intervention, ...] = ()
    """Nobody judged anything about it, as far as was found."""
    without_sources: tuple[Intervention, ...] = ()
    """No source that a reader can open."""


def tasks(interventions: Iterable[Intervention], today: date) -> tuple[Tasks, ...]:
    """Per keeper, in order of name."""
    kept: dict[str, list[Intervention]] = {}
    for intervention in sorted(interventions, key=lambda i: (review_due(i), i.title.casefold())):
        if intervention.status is Status.PUBLISHED:
            kept.setdefault(intervention.maintainer, []).append(intervention)
    return tuple(_tasks(name, kept[name], today) for name in sorted(kept, key=str.casefold))


def _tasks(maintainer: str, pages: list[Intervention], today: date) -> Tasks:
    until = add_months(today, SOON)
    return Tasks(
        maintainer,
        tuple(pages),
        tuple(page for page in pages if is_stale(page, today)),
        tuple(page for page in pages if today <= review_due(page) <= until),
        tuple(page for page in pages if all(e.level is EvidenceLevel.NOT_ASSESSED for e in page.evidence)),
        tuple(page for page in pages if not any(source.url for source in page.sources)),
    )

"""What the evidence of an intervention says about the problem asked about. What conflicting judgements come to is in kb/evidence.py."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product
from typing import NamedTuple

from kb import Evidence, EvidenceLevel, Judged, Outcome, lowest
from matcher import weights as w

_STEP = {level: step for step, level in enumerate(w.LADDER)}


def _value(level: EvidenceLevel, relevant: bool, old: bool) -> float:
    step = _STEP[level] + (0 if relevant else 1) + (1 if old else 0)
    return w.EVIDENCE_VALUE[w.LADDER[min(step, len(w.LADDER) - 1)]]


_VALUES = {found: _value(*found) for found in product(w.LADDER, (True, False), (True, False))}


class Verdict(NamedTuple):
    """The evidence that counts, and how it came about."""

    level: EvidenceLevel
    outcome: Outcome
    entry: Evidence
    relevant: bool
    """Is this about the problem asked about? If not it counts one step lower."""
    conflicting: tuple[EvidenceLevel, ...]
    """All levels given for this outcome, when they differ."""
    old: bool
    """Was it judged more than ten years before the page was last checked? Then it counts one step lower."""

    @property
    def value(self) -> float:
        """0-1, see EVIDENCE_VALUE; one step down for another outcome, and one for age."""
        return _VALUES[self.level, self.relevant, self.old]


def is_old(entry: Evidence, year: int | None) -> bool:
    """Judged so long before this year that it counts less. Without a date nothing is known about its age."""
    return year is not None and entry.judged_on is not None and year - int(entry.judged_on[:4]) > w.EVIDENCE_YEARS


def verdicts(judged: Judged, year: int | None = None) -> tuple[Verdict, ...]:
    """On every outcome its lowest judgement, the best of them first.

    `year` is when the page was checked; without it no judgement is old.
    """
    found = [_verdict(outcome, entries, year) for outcome, entries in judged.items()]
    return tuple(sorted(found, key=lambda verdict: (_STEP[verdict.level], verdict.outcome)))


def _verdict(outcome: Outcome, entries: Sequence[Evidence], year: int | None) -> Verdict:
    entry, levels = lowest(entries), tuple(dict.fromkeys(e.level for e in entries))
    return Verdict(entry.level, outcome, entry, True, levels if len(levels) > 1 else (), is_old(entry, year))


def weigh(found: Sequence[Verdict], outcomes: Collection[Outcome]) -> Verdict:
    """The best on the outcomes that matter, else the best on the others. The best stand first."""
    for verdict in found:
        if verdict.outcome in outcomes:
            return verdict
    return found[0]._replace(relevant=False)


def without_effect(judged: Judged, outcomes: Collection[Outcome]) -> Evidence | None:
    """A null result that counts (the lowest judgement) on an outcome that matters here; elsewhere it excludes nothing."""
    for outcome, entries in judged.items():
        found = lowest(entries)
        if outcome in outcomes and found.level is EvidenceLevel.NO_EFFECT:
            return found
    return None


def told(entry: Evidence) -> str:
    """Who judged and when, in brackets; empty when neither is known."""
    year = entry.judged_on[:4] if entry.judged_on else None
    known = [part for part in (entry.judged_by, year) if part]
    return f" ({', '.join(known)})" if known else ""

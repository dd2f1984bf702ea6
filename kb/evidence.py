"""What the judgements on one page come to, per outcome. Judgements may conflict: then the lowest counts. Knows no scores and no problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kb.model import Evidence, EvidenceLevel, Intervention, Outcome

LADDER = tuple(EvidenceLevel)
"""From strong to weak, as the closed list has it."""
_STEP = {level: step for step, level in enumerate(LADDER)}

WARNINGS = (EvidenceLevel.HARMFUL, EvidenceLevel.NO_EFFECT)
"""Studied, and it did not help."""
PROVEN = LADDER[: LADDER.index(EvidenceLevel.FIRST) + 1]
"""Levels that say something about effect; below these only the theory or the description was judged, or nothing."""

Judged = Mapping[Outcome, tuple[Evidence, ...]]
"""Judgements that count, per outcome: what `per_outcome` gives."""


def per_outcome(intervention: Intervention) -> dict[Outcome, tuple[Evidence, ...]]:
    """Judgements per outcome; 'not assessed' is no judgement and only stands when there is nothing else."""
    entries: dict[Outcome, list[Evidence]] = defaultdict(list)
    for entry in intervention.evidence:
        entries[entry.outcome].append(entry)
    return {outcome: tuple(_judgements(found)) for outcome, found in entries.items()}


def _judgements(entries: Iterable[Evidence]) -> list[Evidence]:
    found = list(entries)
    return [e for e in found if e.level is not EvidenceLevel.NOT_ASSESSED] or found[:1]


def lowest(entries: Iterable[Evidence]) -> Evidence:
    """The judgement that counts. Raises ValueError when there is none."""
    found = tuple(entries)
    return found[0] if len(found) == 1 else max(found, key=lambda entry: _STEP[entry.level])


def conflicting(entries: Iterable[Evidence]) -> bool:
    """Do the judgements on one outcome differ?"""
    return len({entry.level for entry in entries}) > 1


def harmful(judged: Judged) -> Evidence | None:
    """A finding of harm on any outcome."""
    return next((e for entries in judged.values() for e in entries if e.level is EvidenceLevel.HARMFUL), None)


def strongest(levels: Iterable[EvidenceLevel]) -> EvidenceLevel | None:
    """The highest on the ladder; None when there is none."""
    return min(levels, key=_STEP.__getitem__, default=None)


def best_level(intervention: Intervention, outcome: Outcome | None = None) -> EvidenceLevel:
    """The best that is known of it, for any outcome or for one: of each the judgement that counts, of those the strongest.

    Harm on any outcome outweighs all. 'Not assessed' is what remains when nobody judged anything: it never hides a null result.
    """
    judged = per_outcome(intervention)
    if found := harmful(judged):
        return found.level
    asked = [lowest(entries).level for about, entries in judged.items() if outcome in (None, about)]
    return strongest(level for level in asked if level is not EvidenceLevel.NOT_ASSESSED) or EvidenceLevel.NOT_ASSESSED

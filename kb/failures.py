"""What was studied and did not help, did harm, or was judged and turned down; and what did better for the same problem. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from kb.evidence import LADDER, PROVEN, WARNINGS, Judged, conflicting, harmful, lowest, per_outcome
from kb.model import AgeRange, Evidence, EvidenceLevel, Intensity, Intervention, Outcome, ProblemKind, Record, Slug

MOST_BETTER = 3
"""Alternatives named per outcome."""
MOST_HEAVIER = 1
"""Steps that an alternative may be heavier: MST is no answer to a lesson that did not work."""
_INTENSITY = tuple(Intensity)
FAILED = (*WARNINGS, EvidenceLevel.NOT_RECOGNISED)
Proof = tuple[Intervention, Evidence]
"""With the judgement that counts, which is a sign of effect."""


class Better(Record):
    """Something for the same problem that did better on the same outcome."""

    id: Slug = Field(alias="id", description="id van de interventie")
    evidence: Evidence = Field(alias="bewijs", description="het oordeel over dezelfde uitkomst")


class Failure(Record):
    """One intervention on one outcome."""

    id: Slug = Field(alias="id", description="id van de interventie")
    title: str = Field(alias="titel", description="naam van de interventie")
    outcome: Outcome = Field(alias="uitkomst", description="waarover het gaat")
    level: EvidenceLevel = Field(alias="niveau", description="het oordeel dat telt: het laagste")
    judgements: tuple[Evidence, ...] = Field(alias="oordelen", description="alle oordelen over deze uitkomst")
    disputed: bool = Field(alias="oordelen_verschillen", description="spreken de oordelen elkaar tegen?")
    problem: ProblemKind = Field(alias="probleem", description="het probleem waarvoor het vooral is bedoeld")
    better: tuple[Better, ...] = Field(
        alias="deed_het_beter",
        description="interventies voor hetzelfde probleem met aanwijzingen voor effect op dezelfde uitkomst; kan leeg zijn",
    )


def failures(interventions: Iterable[Intervention]) -> tuple[Failure, ...]:
    """Every outcome on which something failed: harm first, then no effect, then turned down; delicts before other outcomes."""
    judged = [(intervention, per_outcome(intervention)) for intervention in interventions]
    proven = _proven(judged)
    found = [
        _failure(intervention, outcome, entries, proven.get(outcome, ()))
        for intervention, outcomes in judged
        for outcome, entries in outcomes.items()
        if lowest(entries).level in FAILED
    ]
    order = list(Outcome)
    return tuple(
        sorted(found, key=lambda f: (-LADDER.index(f.level), order.index(f.outcome), f.title.casefold(), f.id))
    )


def main_problem(intervention: Intervention) -> ProblemKind:
    """The problem it is mainly meant for."""
    return intervention.indication.main_problem or intervention.indication.problems[0]


def _proven(judged: Iterable[tuple[Intervention, Judged]]) -> dict[Outcome, list[Proof]]:
    """Per outcome what shows signs of effect on it, where nothing else did harm."""
    found: dict[Outcome, list[Proof]] = {}
    for intervention, outcomes in judged:
        if not harmful(outcomes):
            for outcome, entries in outcomes.items():
                if (counts := lowest(entries)).level in PROVEN:
                    found.setdefault(outcome, []).append((intervention, counts))
    return found


def _failure(failed: Intervention, outcome: Outcome, entries: tuple[Evidence, ...], proven: Iterable[Proof]) -> Failure:
    return Failure(
        id=failed.id,
        titel=failed.title,
        uitkomst=outcome,
        niveau=lowest(entries).level,
        oordelen=entries,
        oordelen_verschillen=conflicting(entries),
        probleem=main_problem(failed),
        deed_het_beter=tuple(_better(failed, proven)[:MOST_BETTER]),
    )


def _better(failed: Intervention, proven: Iterable[Proof]) -> list[Better]:
    """Strongest evidence first, then what shares most problems and prevention levels."""
    found = [(other, judged) for other, judged in proven if _same_aim(failed, other)]

    def place(each: Proof) -> tuple[int, int, int, str]:
        other, judged = each
        shared = set(other.indication.problems) & set(failed.indication.problems)
        levels = set(other.prevention_levels) & set(failed.prevention_levels)
        return LADDER.index(judged.level), -len(levels), -len(shared), other.title.casefold()

    return [Better(id=other.id, bewijs=judged) for other, judged in sorted(found, key=place)]


def _same_aim(failed: Intervention, other: Intervention) -> bool:
    """For the same problem, as severe, for youths of the same age and as far along; and not two steps heavier."""
    mine, theirs = failed.indication.severity, other.indication.severity
    heavier = _INTENSITY.index(other.intensity) - _INTENSITY.index(failed.intensity)
    return (
        failed.id != other.id
        and main_problem(failed) in other.indication.problems
        and mine.start <= theirs.end
        and theirs.start <= mine.end
        and not set(failed.prevention_levels).isdisjoint(other.prevention_levels)
        and heavier <= MOST_HEAVIER
        and _ages_meet(failed.ages, other.ages)
    )


def _ages_meet(mine: AgeRange | None, theirs: AgeRange | None) -> bool:
    return mine is None or theirs is None or (mine.start <= theirs.end and theirs.start <= mine.end)

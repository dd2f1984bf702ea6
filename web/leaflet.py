"""What the page of one intervention (the bijsluiter) says beyond its own fields: marks, dates, verdicts per outcome. Pure; knows no HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kb import (
    WARNINGS,
    Basis,
    Certainty,
    Choice,
    Evidence,
    EvidenceLevel,
    FactorLink,
    Intervention,
    KnowledgeBase,
    Outcome,
    Situation,
    conflicting,
    lowest,
    per_outcome,
)


class Mark(NamedTuple):
    """How an evidence level is drawn and said aloud.

    Filled squares count what is known about *effect*: 4 sterke, 3 goede, 2 eerste aanwijzingen, 1 goed onderbouwd (the theory
    holds). Goed beschreven and praktijkvoorbeeld fill none: the first square holds a dot, for something on paper.
    """

    shape: str
    filled: int = 0
    spoken: str = ""


MARKS: dict[EvidenceLevel, Mark] = {
    EvidenceLevel.STRONG: Mark("ladder", 4, "4 van 4"),
    EvidenceLevel.GOOD: Mark("ladder", 3, "3 van 4"),
    EvidenceLevel.FIRST: Mark("ladder", 2, "2 van 4"),
    EvidenceLevel.WELL_FOUNDED: Mark("ladder", 1, "1 van 4"),
    EvidenceLevel.WELL_DESCRIBED: Mark("described", 0, "0 van 4, wel beschreven"),
    EvidenceLevel.PRACTICE: Mark("described", 0, "0 van 4, wel beschreven"),
    EvidenceLevel.NOT_ASSESSED: Mark("unknown", 0, "Geen oordeel"),
    EvidenceLevel.NOT_RECOGNISED: Mark("struck", 0, "Afgewezen"),
    EvidenceLevel.NO_EFFECT: Mark("no-effect", 0, "Onderzocht"),
    EvidenceLevel.HARMFUL: Mark("harmful", 0, "Waarschuwing"),
}


_OUTCOMES = tuple(Outcome)


class Verdict(NamedTuple):
    """Everything said about one outcome."""

    outcome: Outcome
    entries: tuple[Evidence, ...]

    @property
    def counts(self) -> Evidence:
        """The judgement the matcher reckons with: the lowest."""
        return lowest(self.entries)

    @property
    def conflict(self) -> bool:
        return conflicting(self.entries)

    @property
    def warns(self) -> bool:
        """Was it found to do harm or to do nothing, by the judgement that counts?"""
        return self.counts.level in WARNINGS


def verdicts(intervention: Intervention) -> tuple[Verdict, ...]:
    """One per outcome: harm first, then in the order of the closed list."""
    found = [Verdict(outcome, entries) for outcome, entries in per_outcome(intervention).items()]
    found.sort(key=lambda v: (v.counts.level is not EvidenceLevel.HARMFUL, _OUTCOMES.index(v.outcome)))
    return tuple(found)


def main_evidence(intervention: Intervention) -> Evidence:
    """The one judgement a card shows: harm first, then delicts, then the other outcomes."""
    return verdicts(intervention)[0].counts


def other_outcomes(intervention: Intervention) -> int:
    """How many outcomes a card does not show."""
    return len({entry.outcome for entry in intervention.evidence}) - 1


CERTAINTY_WORDS: dict[Certainty, str] = {
    Certainty.HIGH: "Wij zijn zeker van deze bladzijde: er zijn meerdere goede bronnen.",
    Certainty.MEDIUM: "Deze bladzijde is bruikbaar, maar de bronnen zijn op punten dun of oud.",
    Certainty.LOW: "Er zijn weinig bronnen. Vraag na bij de aanbieder of bij een andere gemeente voordat u kiest.",
}


class LinkedFactor(NamedTuple):
    """A factor as a page names it: with the word for whether a source says so."""

    id: str
    name: str
    basis: str


def linked(kb: KnowledgeBase, links: Iterable[FactorLink]) -> tuple[LinkedFactor, ...]:
    """Factors of a page with what the page says about them; said by a source comes first."""
    known = sorted((link for link in links if link.id in kb.factors), key=lambda link: link.basis is not Basis.EXPLICIT)
    return tuple(LinkedFactor(link.id, kb.factors[link.id].name, link.basis.label) for link in known)


def conditions(kb: KnowledgeBase, named: Iterable[str]) -> str:
    """'x of y': the names of factors and situations that a page is only for, or not for."""
    situations = {str(found): found.label for found in Situation}
    return " of ".join(lowered(kb.factors[n].name if n in kb.factors else situations[n]) for n in named)


def other_names(intervention: Intervention) -> str:
    """What else it is called, but for what its title says already."""
    return ", ".join([name for name in intervention.aliases if name not in intervention.title])


def labels(choices: Iterable[Choice]) -> str:
    """'school, individueel': to stand in a sentence."""
    return ", ".join([choice.label for choice in choices]).lower()


def meanings(choices: Iterable[Choice]) -> str:
    """The same with what they mean instead of what they are called."""
    return "; ".join([choice.meaning for choice in choices])


def about(outcome: Outcome) -> str:
    """'voor delicten', to stand behind a judgement; nothing for one in general, where 'voor algemeen' would be no Dutch."""
    return "" if outcome is Outcome.GENERAL else f"voor {outcome.label}"


def lowered(text: str) -> str:
    """To stand amid a sentence: only the first letter, for 'Halt' and 'LVB' keep theirs."""
    return text[:1].lower() + text[1:]


def ages(intervention: Intervention) -> str | None:
    """'10 tot en met 19 jaar'; None when no age was found."""
    return intervention.ages.words if intervention.ages else None

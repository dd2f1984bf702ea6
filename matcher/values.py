"""How well a candidate fits, 0-1, for every criterion that gives a share of its points. Knows no points and no words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from kb import Availability, ProblemKind, SeverityRange
from matcher import evidence
from matcher import weights as w
from matcher.candidate import Candidate
from matcher.question import Question


def problem(question: Question, candidate: Candidate) -> float:
    """Is it meant for the problems asked about? First and main problem count fully; order, and how many of them, count too."""
    indication = candidate.intervention.indication
    meant = indication.problems
    for_it = meant[0], indication.main_problem
    matched = [
        question.problem_values[asked] * (1.0 if asked in for_it else w.NOT_FIRST_PROBLEM)
        for asked in question.problems
        if asked in meant
    ]
    if matched:
        return (1 - w.PROBLEM_SHARE) * max(matched) + w.PROBLEM_SHARE * len(matched) / len(question.problems)
    if not question.problems:
        return w.UNKNOWN
    if any(p in meant for p in question.shown_problems):
        return w.SHOWN_PROBLEM
    return w.GENERAL_SUPPORT if set(meant) == {ProblemKind.UNCLEAR} else 0.0


def proof(question: Question, candidate: Candidate) -> float:
    """Evidence for the outcomes that matter here, one step lower for another outcome; the lowest of conflicting judgements."""
    return evidence.weigh(candidate.verdicts, question.outcomes).value


def severity(question: Question, candidate: Candidate) -> float:
    """Risk principle: intensity in proportion to how serious it is."""
    asked, meant = question.context.severity, candidate.intervention.indication.severity
    return w.UNKNOWN if asked is None else _SEVERITY_VALUE.get(distance(asked, meant), 0.0)


_SEVERITY_VALUE = {0: 1.0, 1: w.SEVERITY_NEAR}


def distance(asked: int, meant: SeverityRange) -> int:
    """From a severity to the nearest for which it is meant, in steps."""
    return max(meant.start - asked, asked - meant.end, 0)


def level(question: Question, candidate: Candidate) -> float:
    """Single youths, a group, a network, families or the whole area: does it fit how the problem looks?"""
    asked = question.context.level
    if asked is None or not question.knows_level:
        return w.UNKNOWN
    return max([1.0 if asked == m else _NEAR.get((asked, m), 0.0) for m in candidate.intervention.indication.levels])


_NEAR = {pair: value for near, value in w.LEVEL_NEAR.items() for pair in permutations(near)}
"""LEVEL_NEAR in both directions."""


def tailored(question: Question, candidate: Candidate) -> float:
    """The right problem at the right level at once: right on one and wrong on the other is no half fit."""
    named = question.knows_level and question.names_problem_of(candidate.intervention)
    fits = level(question, candidate) if named else 0.0
    return fits and problem(question, candidate) * fits


def group_process(question: Question, candidate: Candidate) -> float:
    """A group problem asks for the group process first: reading the group and directing the approach (seven-step model)."""
    reads = candidate.intervention.indication.main_problem is ProblemKind.YOUTH_GROUP
    return 1.0 if reads and question.about_a_group else 0.0


def proportion(question: Question, candidate: Candidate) -> float:
    """Risk principle (Bonta & Andrews): intensity to risk. Heavy help for light trouble labels; a lesson does not stop serious offending."""
    asked = question.context.severity
    return w.UNKNOWN if asked is None else w.INTENSITY_VALUE[asked][candidate.intervention.intensity]


def role(_question: Question, candidate: Candidate) -> float:
    """Can it carry the approach, does it add to one, or is it a precondition?"""
    return w.ROLE_VALUE[candidate.intervention.indication.role]


def age(question: Question, candidate: Candidate) -> float:
    """Does it serve the ages you ask for, and are you asking for the ages it serves?

    Mean of the share of its ages that you ask for and the share of your ages that it serves; well below 0 when even the larger of the two
    is small: work for 16 to 24 is other work than for 12 to 17.
    """
    if candidate.ages is None or not question.ages:
        return w.UNKNOWN
    overlap = len(candidate.ages & question.ages)
    shares = overlap / len(candidate.ages), overlap / len(question.ages)
    return sum(shares) / 2 - (w.OTHER_AGE if max(shares) < w.ENOUGH_AGE_OVERLAP else 0.0)


def form(question: Question, candidate: Candidate) -> float:
    """Does it work with whom the question is about: a youth, a family, a group, a school, the area? The best of its forms counts."""
    fits = w.FORM_FOR_LEVEL.get(question.context.level or "")
    return max([fits[form] for form in candidate.intervention.forms]) if fits else w.UNKNOWN


def direction(question: Question, candidate: Candidate) -> float:
    """A group, network, family or area needs partners who act together first; a programme for one youth or class is a part of that."""
    acute, level = question.context.severity == w.SEVERITY_ACUTE, question.context.level
    asked = "acuut" if acute else level if level in w.DIRECTION else "anders"
    return w.DIRECTION[asked][candidate.intervention.kind]


def balance(question: Question, candidate: Candidate) -> float:
    """Prevention or authority, as the municipality prefers."""
    asked = question.context.balance
    return w.BALANCE_VALUE[asked][candidate.intervention.character] if asked in w.BALANCE_VALUE else w.UNKNOWN


def setting(question: Question, candidate: Candidate) -> float:
    """Is it done by people who can reach these youths? The share of its places where you do."""
    meant = candidate.intervention.settings
    if not question.settings or not meant:
        return w.UNKNOWN
    return len(question.settings.intersection(meant)) / len(meant)


def capacity(question: Question, candidate: Candidate) -> float:
    """Does it fit the time that people have?"""
    asked = question.context.capacity
    return w.CAPACITY_VALUE[asked][candidate.intervention.intensity] if asked in w.CAPACITY_VALUE else w.UNKNOWN


def partners(question: Question, candidate: Candidate) -> float:
    """Share of the partners it needs that take part; the municipality itself always does."""
    asked = needed(candidate)
    if not asked or not question.context.partners:
        return w.UNKNOWN
    return 1 - len(missing(question, asked)) / len(asked)


def needed(candidate: Candidate) -> list[str]:
    """The partners it cannot do without, the municipality left out."""
    return [partner for partner in candidate.intervention.partners if partner != "gemeente"]


def missing(question: Question, asked: Sequence[str]) -> list[str]:
    """Those of these partners that do not take part."""
    return [partner for partner in asked if partner not in question.partners]


def term(question: Question, candidate: Candidate) -> float:
    """Is it done within the time that you want to wait?"""
    months, limit = _months(candidate), w.TERM_MONTHS.get(question.context.term or "")
    if months is None or limit is None:
        return w.UNKNOWN
    return 1.0 if months <= limit else w.SLOW


def _months(candidate: Candidate) -> float | None:
    duration = candidate.intervention.duration
    return duration.months if duration else None


def available(question: Question, candidate: Candidate) -> float:
    """Can it be had in the whole country, or where you are?"""
    found = candidate.intervention.availability
    if found is None:
        return w.UNKNOWN
    if found is Availability.ABROAD:
        return 0.0
    here = found is Availability.NATIONAL or not question.places.isdisjoint(candidate.intervention.regions)
    return 1.0 if here else w.ELSEWHERE

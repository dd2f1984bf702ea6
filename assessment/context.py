"""The question behind a profile: which ages, which problem, how severe, what runs already, what is possible.

Values are the codes of the context questions in `questionnaire.yaml`; `Questionnaire.read_context` checks them. Nothing here is about a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb import AgeRange, ProblemKind

UNKNOWN_LEVEL = "onbekend"


@dataclass(frozen=True, slots=True)
class Context:
    """Answers to the context questions; None or empty means not answered."""

    area: str | None = None
    """Name of the neighbourhood or village (C02), free text of at most 80 characters."""
    municipality: str | None = None
    """CBS code such as GM0153 (C01)."""
    region: str | None = None
    """Name of a region, for cases that give no municipality."""
    youth_count: int | None = None
    """Number of residents of 8-27 in the area (C03)."""
    ages: tuple[AgeRange, ...] = ()
    problems: tuple[ProblemKind, ...] = ()
    """At most three, the most important first (C05)."""
    severity: int | None = None
    """1-5, see kb.SEVERITIES (C06)."""
    level: str | None = None
    """A ProblemLevel code, or 'onbekend' (C07)."""
    group_knowledge: str | None = None
    size: str | None = None
    settings: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    capacity: str | None = None
    partners: tuple[str, ...] = ()
    budget: str | None = None
    term: str | None = None
    balance: str | None = None
    participation: str | None = None
    role: str | None = None
    """Role of the respondent of a quick scan (C18)."""

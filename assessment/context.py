"""The question behind a profile: which ages, which problem, how severe, what runs already, what is possible.

Values are the codes of the context questions in `questionnaire.yaml`; `reading.py` checks them. Nothing here is about a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb import AgeRange, ProblemKind

UNKNOWN_LEVEL = "onbekend"

CONTEXT_KEYS: dict[str, str] = {
    "gemeente": "municipality",
    "gebied": "area",
    "regio": "region",
    "jongeren": "youth_count",
    "leeftijd": "ages",
    "probleem": "problems",
    "ernst": "severity",
    "niveau": "level",
    "groepskennis": "group_knowledge",
    "omvang": "size",
    "setting": "settings",
    "lopend": "running",
    "capaciteit": "capacity",
    "partners": "partners",
    "budget": "budget",
    "termijn": "term",
    "balans": "balance",
    "geslacht": "gender",
    "situatie": "situations",
    "participatie": "participation",
    "rol": "role",
}
"""Dutch key to field: the `veld` of a context question, the key in a case file and the key in the query string."""

GROUP_KEYS = ("gedrag", "kennis", "groepsernst", "risico", "ontwikkeling", "impact", "regie")
"""What is asked about a group: `veld` of the questions in the section `groep`; together they give `groepskennis`."""


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
    """Codes of C10, where young people can be reached; `Option.settings` translates them to kb.Setting."""
    running: tuple[str, ...] = ()
    """Codes of C11, what runs already; `Option.interventions` names the pages in the cupboard."""
    capacity: str | None = None
    partners: tuple[str, ...] = ()
    budget: str | None = None
    """'0'-'3' or 'weet-niet' (C14)."""
    term: str | None = None
    balance: str | None = None
    gender: str | None = None
    """'vooral-jongens', 'vooral-meisjes' or 'allebei' (C19); only closes what is for the others."""
    situations: tuple[str, ...] = ()
    """Codes of kb.Situation, or 'geen' (C20)."""
    participation: str | None = None
    role: str | None = None
    """Role of the respondent of a quick scan (C18)."""

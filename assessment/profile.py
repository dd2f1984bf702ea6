"""From answers to a profile: a 0-100 score per factor with its doubt. Pure; knows nothing of storage or ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FactorScore:
    """What is known locally about one factor.

    For a risk factor a high score means much risk; for a protective factor it means strong protection.
    """

    factor_id: str
    score: float
    """0-100."""
    confidence: float
    """Z of scoring.md paragraph 2, 0-1."""
    trend: int = 0
    """-2 (clearly less) to 2 (clearly more) over twelve months."""
    standard_error: float | None = None
    """Standard error of the score in points, or None when the source of the profile does not give it."""
    agreement: float | None = None
    """r_wg over roles, at most 1; None with fewer than two roles."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Scores of one area at one moment; never a total. A factor that is absent is unknown, not zero."""

    scores: Mapping[str, FactorScore] = field(default_factory=dict)
    respondents: Mapping[str, int] = field(default_factory=dict)
    """Number of respondents per role; empty when unknown."""

    @property
    def provisional(self) -> bool:
        """Is this one person's estimate (a quick scan)?"""
        return sum(self.respondents.values()) == 1

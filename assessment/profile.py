"""A profile: a 0-100 score per factor with its doubt, and the words for it. Knows nothing of answers, storage or ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HIGH_CONFIDENCE = 0.70
"""Z from which confidence is 'hoog' (scoring.md paragraph 2)."""
MEDIUM_CONFIDENCE = 0.45
"""Z from which confidence is 'midden'; below it, find out first."""
LOW_AGREEMENT = 0.50
"""r_wg below which respondents differ and the page says so (scoring.md paragraph 2)."""
BAND_WIDTH = 1.28
"""Standard errors on each side of the score: an 80% band (scoring.md paragraph 1)."""
LEAST_SURE_ERROR = 30.0
"""Standard error in points of a score with no confidence at all, where a profile gives none. Reasoned, not measured."""
BAND_STEP = 5
"""Scores and bands are shown in fives; more would be false precision (scoring.md paragraph 7)."""
UNKNOWN_ROLE = "onbekend"
"""Role of a respondent who did not say."""

SCORE_WORDS = ((20, "zeer laag"), (40, "laag"), (60, "midden"), (80, "hoog"))
"""Below this score, this word. The five answers (0, 25, 50, 75, 100) each fall in a word of their own. Words, not thresholds."""


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
    """-2 (clearly less) to 2 (clearly more) of this factor over twelve months; more of a protective factor is good news."""
    standard_error: float | None = None
    """Standard error of the score in points, or None when the source of the profile does not give it."""
    agreement: float | None = None
    """r_wg over roles, at most 1; None with fewer than two roles."""
    diverging: bool = False
    """Do figures and experience lie more than 30 points apart? Then say so: that is often where it gets interesting."""
    respondents: int | None = None
    """How many respondents it rests on; None when the source of the profile does not say."""
    roles: int | None = None
    """In how many roles."""

    @property
    def error(self) -> float:
        """Standard error in points; where the profile gives none, what its confidence allows."""
        return self.standard_error if self.standard_error is not None else LEAST_SURE_ERROR * (1 - self.confidence)


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


def confidence_word(confidence: float) -> str:
    """'hoog', 'midden' or 'laag' for a Z of 0-1."""
    if confidence >= HIGH_CONFIDENCE:
        return "hoog"
    return "midden" if confidence >= MEDIUM_CONFIDENCE else "laag"


def score_word(score: float) -> str:
    """'zeer laag' to 'zeer hoog' for a score of 0-100; much risk or strong protection, as the factor is."""
    return next((word for limit, word in SCORE_WORDS if score < limit), "zeer hoog")


def rounded(points: float) -> int:
    """To the nearest five within 0-100, halves up: the only way a score is shown."""
    return max(0, min(100, int(BAND_STEP * ((points + BAND_STEP / 2) // BAND_STEP))))


def band_edges(score: FactorScore) -> tuple[float, float]:
    """The 80% band within 0-100, before rounding."""
    margin = BAND_WIDTH * score.error
    return max(0.0, score.score - margin), min(100.0, score.score + margin)


def band(score: FactorScore) -> tuple[int, int]:
    """The 80% band in fives, within 0-100."""
    low, high = band_edges(score)
    return rounded(low), rounded(high)

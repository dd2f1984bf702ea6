"""Figures from open sources beside the answers: which exist, and how a count becomes a score. Knows no respondents, fetches nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import Field

from assessment import datafile
from assessment.disclosure import MIN_YOUTH
from assessment.profile import BAND_WIDTH
from assessment.questionnaire import Part

SHRINKAGE = 5
"""Added to both counts so that small counts pull towards 1 (scoring.md paragraph 1). It is the posterior mean of a Poisson count
whose relative risk is gamma with mean 1 and variance 1/5 beforehand (Clayton & Kaldor 1987, Biometrics 43, 671-681)."""
POINTS_PER_DOUBLING = 25
"""RR 0.5 = 25, 1 = 50, 2 = 75, 4 = 100 (scoring.md paragraph 1)."""
COUNT_ERROR = 36
"""Points of standard error of one counted case: 25 / ln 2 = 36 (delta method on 25 log2 RR)."""
FIT_ERROR = 12
"""Points of standard error because a figure measures the factor only in part; divided by its weight."""
MIN_EXPECTED = 5
"""Below this expected number, take three years together or the municipal figure (vragenlijst, kleine_aantallen)."""


class Direction(StrEnum):
    RISK = "risico"
    PROTECTION = "bescherming"
    NUISANCE = "overlast"
    UNCLEAR = "onduidelijk"


class AreaLevel(StrEnum):
    """Of what area a figure is; the nearer, the more certain."""

    AREA = "wijk"
    MUNICIPALITY = "gemeente"
    REGION = "regio"


class Indicator(Part):
    """A figure that may support a factor."""

    id: str = Field(alias="id")
    name: str = Field(alias="naam")
    factor: str | None = Field(None, alias="factor")
    unit: str = Field(alias="eenheid")
    denominator: str = Field(alias="noemer")
    level: str = Field(alias="niveau", description="in words: for which areas it exists")
    comparison: str = Field(alias="vergelijking")
    direction: Direction = Field(alias="richting", description="what a higher figure means")
    weight: float = Field(alias="gewicht", gt=0, le=1, description="how well it measures the factor")
    counts: bool = Field(True, alias="telt_mee", description="false: background for the conversation only")
    not_beside: tuple[str, ...] = Field(
        (), alias="niet_naast", description="same young people: left out when one of these is there"
    )
    source: str = Field(alias="bron")
    url: str = Field(alias="url")
    read: bool = Field(alias="gelezen_in_onderzoek")
    caution: str = Field(alias="let_op")


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One figure of this area: a number of cases beside the number one would expect with the regional or national rate."""

    indicator_id: str
    observed: float
    """Counted cases, 0 or more."""
    expected: float
    """Comparable rate times the number of residents of the same age in the same year, more than 0."""
    level: AreaLevel = AreaLevel.AREA


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """A figure as points on the scale of its factor."""

    indicator_id: str
    score: float
    """I: 0-100; for a protective factor this is the score of protection."""
    standard_error: float
    level: AreaLevel


@cache
def load_indicators() -> Mapping[str, Indicator]:
    """Every indicator by id, in the order of the file."""
    return {row["id"]: Indicator.model_validate(row) for row in datafile.read("indicators.yaml")}


def relative_risk(observed: float, expected: float) -> float:
    """RR with shrinkage (scoring.md paragraph 1)."""
    return (observed + SHRINKAGE) / (expected + SHRINKAGE)


def indicator_score(value: IndicatorValue, weight: float) -> IndicatorScore:
    """I and SE_I of scoring.md paragraph 1; `weight` is that of the indicator."""
    raw = 50 + POINTS_PER_DOUBLING * math.log2(relative_risk(value.observed, value.expected))
    error = math.hypot(COUNT_ERROR / math.sqrt(value.observed + SHRINKAGE), FIT_ERROR / weight)
    return IndicatorScore(value.indicator_id, max(0.0, min(100.0, raw)), error, value.level)


def is_usable(value: IndicatorValue) -> bool:
    """Enough cases to weigh and to show; else take three years together, or the figure of the municipality."""
    return value.observed >= MIN_YOUTH and value.expected >= MIN_EXPECTED


def scores_by_factor(values: Sequence[IndicatorValue]) -> dict[str, list[IndicatorScore]]:
    """The figures that count, per factor. Raises KeyError for an indicator that does not exist."""
    indicators = load_indicators()
    present = {value.indicator_id for value in values if is_usable(value)}
    found: dict[str, list[IndicatorScore]] = {}
    for value in values:
        indicator = indicators[value.indicator_id]
        if indicator.factor and indicator.counts and is_usable(value) and not present & set(indicator.not_beside):
            found.setdefault(indicator.factor, []).append(indicator_score(value, indicator.weight))
    return found


def verdict(value: IndicatorValue) -> str:
    """How a count lies beside what was expected, in words; only 'meer' or 'minder' outside the 80% interval of chance."""
    points = POINTS_PER_DOUBLING * math.log2(relative_risk(value.observed, value.expected))
    if abs(points) <= BAND_WIDTH * COUNT_ERROR / math.sqrt(value.observed + SHRINKAGE):
        return "geen duidelijk verschil"
    return "meer dan verwacht" if points > 0 else "minder dan verwacht"

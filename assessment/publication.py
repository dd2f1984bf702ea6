"""What may leave a meting: its profile made coarse, the change since the previous one, and the region. Knows no storage.

Everything is worked out from what was made coarse already, so a comparison can never tell more than the two views it lays side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from assessment.disclosure import MIN_MUNICIPALITIES, spread_is_shown
from assessment.profile import BAND_WIDTH, LOW_AGREEMENT, FactorScore, Profile, rounded
from assessment.scoring import CONFIDENCE_PARTS

ERROR_STEP = 5.0
"""A standard error from elsewhere leaves in fives."""
TOLD_ERROR = {True: 10.0, False: 15.0, None: 15.0}
"""Standard error of a meting when people agree, when they differ, and when that may not be told: in fives what it comes to on average.
The real one depends on every single answer, and together with the score it gave answers away."""
CONFIDENCE_STEP = 0.05
TOLD_AGREEMENT = {True: 0.75, False: 0.25, None: 0.5}
"""r_wg within a published Z: people agree, they differ, or it may not be told."""


class Verdict(StrEnum):
    """How two scores lie; only 'hoger' or 'lager' when chance alone seldom does that."""

    HIGHER = "hoger"
    LOWER = "lager"
    UNCLEAR = "geen duidelijk verschil"


@dataclass(frozen=True, slots=True)
class Difference:
    """One factor next to what it is compared with, in fives."""

    factor_id: str
    before: int
    """Score of the previous meting, or of the region."""
    now: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RegionScore:
    """One factor in a region."""

    factor_id: str
    score: int
    """Mean over municipalities, each counting once, in fives."""
    municipalities: int
    """How many contribute; never under MIN_MUNICIPALITIES."""


def published(profile: Profile) -> Profile:
    """The profile as it may be shown, exported or put in an address: scores and errors in fives, agreement only as yes, no or untold.

    Doing it twice changes nothing.
    """
    return Profile({factor: _coarse(found) for factor, found in profile.scores.items()}, profile.respondents)


def _coarse(found: FactorScore) -> FactorScore:
    agree = None
    if found.agreement is not None and spread_is_shown(found.respondents, found.roles):
        agree = found.agreement >= LOW_AGREEMENT
    return FactorScore(
        found.factor_id,
        float(rounded(found.score)),
        _coarse_confidence(found, agree),
        found.trend,
        _coarse_error(found.error) if found.respondents is None else TOLD_ERROR[agree],
        None if agree is None else LOW_AGREEMENT * agree,
        found.diverging,
    )


def _coarse_error(error: float) -> float:
    return ERROR_STEP * max(1, math.floor(error / ERROR_STEP + 0.5))


def _coarse_confidence(found: FactorScore, agree: bool | None) -> float:
    """Z in twentieths. What was published before has no counts any more, and is left as it is."""
    confidence = found.confidence
    if found.respondents is not None and found.agreement is not None:
        confidence += CONFIDENCE_PARTS["agreement"] * (TOLD_AGREEMENT[agree] - max(0.0, found.agreement))
    return round(CONFIDENCE_STEP * round(max(0.0, min(1.0, confidence)) / CONFIDENCE_STEP), 2)


def changes(previous: Profile, current: Profile) -> dict[str, Difference]:
    """What changed since the previous meting of the same area, for factors that both show."""
    before, now = published(previous).scores, published(current).scores
    return {
        factor: _difference(now[factor], before[factor].score, before[factor].error)
        for factor in now
        if factor in before
    }


def beside_region(current: Profile, region: Mapping[str, RegionScore]) -> dict[str, Difference]:
    """This meting next to the region, for factors that both show."""
    now = published(current).scores
    return {factor: _difference(now[factor], region[factor].score, 0.0) for factor in now if factor in region}


def _difference(now: FactorScore, before: float, error: float) -> Difference:
    """Outside the 80% interval of the difference of two independent estimates."""
    step = now.score - before
    if abs(step) <= BAND_WIDTH * math.hypot(now.error, error):
        verdict = Verdict.UNCLEAR
    else:
        verdict = Verdict.HIGHER if step > 0 else Verdict.LOWER
    return Difference(now.factor_id, int(before), int(now.score), verdict)


def region_scores(by_municipality: Mapping[str, Sequence[Profile]]) -> dict[str, RegionScore]:
    """Scores of a region from the profiles of its metingen per municipality; nothing when too few municipalities show a factor."""
    means = [_means(map(published, profiles)) for profiles in by_municipality.values()]
    factors = sorted({factor for mean in means for factor in mean})
    found = {factor: [mean[factor] for mean in means if factor in mean] for factor in factors}
    return {
        factor: RegionScore(factor, rounded(fmean(values)), len(values))
        for factor, values in found.items()
        if len(values) >= MIN_MUNICIPALITIES
    }


def _means(profiles: Iterable[Profile]) -> dict[str, float]:
    """Mean per factor over the metingen of one municipality."""
    scores: dict[str, list[float]] = {}
    for profile in profiles:
        for factor, found in profile.scores.items():
            scores.setdefault(factor, []).append(found.score)
    return {factor: fmean(values) for factor, values in scores.items()}

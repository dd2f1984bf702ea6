"""From the answers of several respondents, and figures, to a Profile: the formulas of scoring.md paragraph 1 and 2. Pure.

Knows nothing of forms, storage or ranking. One person's quick scan has rules of its own: `quick_scan.py`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, variance

from assessment.disclosure import GOOD_RESPONDENTS, GOOD_ROLES, is_shown, shown_groups
from assessment.forms import Response
from assessment.indicators import AreaLevel, IndicatorScore, IndicatorValue, scores_by_factor
from assessment.profile import BAND_WIDTH, UNKNOWN_ROLE, FactorScore, Profile, rounded
from assessment.questionnaire import Item, Questionnaire
from kb import Factor

PRIOR_SPREAD = 20.0
"""Standard deviation in points between roles that we assume beforehand, worth PRIOR_ROLES roles."""
PRIOR_ROLES = 3
"""Roles that agree by chance must not look certain: the prior counts as this many."""
SMALL_SAMPLE = {4: 1.533, 5: 1.476, 6: 1.440, 7: 1.415, 8: 1.397, 9: 1.383}
"""Student's t at 90% per degrees of freedom. A spread that is itself an estimate from a few roles needs t where scoring.md takes
the normal 1.28; without it the 80% band held the truth in 71-78% of the simulated areas (docs/herstelstudie.md)."""
RANDOM_VARIANCE = 1250.0
"""Variance in points of answering a five-point scale at random: (5² - 1)/12 = 2, times 25²."""
OUTSIDER_WEIGHT = 0.5
"""Weight of a role for an item that is not among the items of that role."""
DIVERGENCE = 30.0
"""Points between experience and figures above which the page says that they diverge."""
CONFIDENCE_PARTS = {"numbers": 0.4, "agreement": 0.3, "figures": 0.2, "sources": 0.1}
"""Weights in Z (scoring.md paragraph 2)."""
FIGURE_CONFIDENCE = {AreaLevel.AREA: 1.0, AreaLevel.MUNICIPALITY: 0.5, AreaLevel.REGION: 0.5}
"""Z_cijfer: a figure of this very area, or of the municipality or region around it."""
LOWEST_WEIGHT, HIGHEST_WEIGHT = 0.5, 1.25
"""Ends of the certainty scale; Z_bron rescales the mean weight between them."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one respondent says about one factor."""

    role: str
    score: float
    """Mean of the points of the items answered, 0-100."""
    weight: float
    """From the certainty of the section, 0.5-1.25."""
    items: tuple[Item, ...]
    """The items with an estimate."""


@dataclass(frozen=True, slots=True)
class RoleOpinion:
    """What the respondents of one role together say about one factor."""

    role: str
    score: float
    """x̄_r: mean weighted by certainty, 0-100."""
    weight: float
    """u_r, 0.5-1."""
    respondents: int


def score(
    questionnaire: Questionnaire,
    factors: Mapping[str, Factor],
    responses: Sequence[Response],
    indicators: Sequence[IndicatorValue] = (),
) -> Profile:
    """Profile of a meting. A factor that too few respondents or roles answered is left out, whatever the figures say."""
    figures = scores_by_factor(indicators)
    scores: dict[str, FactorScore] = {}
    for factor_id in factors:
        opinions = opinions_on(questionnaire, factor_id, responses)
        if is_shown(len(opinions), len({opinion.role for opinion in opinions})):
            trend = _trend(responses, factor_id)
            scores[factor_id] = _factor_score(factor_id, opinions, figures.get(factor_id, []), trend)
    return Profile(scores, dict(Counter(_role(response) for response in responses)))


def opinions_on(questionnaire: Questionnaire, factor_id: str, responses: Sequence[Response]) -> list[Opinion]:
    """Everyone who answered at least half of the items about this factor that they were asked."""
    found = (opinion(questionnaire, factor_id, response) for response in responses)
    return [one for one in found if one]


def opinion(questionnaire: Questionnaire, factor_id: str, response: Response) -> Opinion | None:
    """One respondent's mean, or None with fewer than half of their items answered.

    Asked were the items of their version (short or long) and role, and any other item they gave an answer to. 'Weet ik niet' and
    'niet van toepassing' are no estimate: never 0 and never 50. An item that does not apply was not really asked.
    """
    items = questionnaire.items_by_factor.get(factor_id, ())
    points = [(item, questionnaire.points(item, response.answers.get(item.id, ""))) for item in items]
    estimates = [(item, value) for item, value in points if value is not None]
    if not estimates:
        return None
    asked = [item for item, value in points if value is not None or _was_asked(questionnaire, item, response)]
    if 2 * len(estimates) < len(asked):
        return None
    certainty = response.certainty.get(questionnaire.section_by_factor[factor_id].id)
    return Opinion(
        _role(response),
        fmean(value for _, value in estimates),
        questionnaire.weight(certainty),
        tuple(item for item, _ in estimates),
    )


def _was_asked(questionnaire: Questionnaire, item: Item, response: Response) -> bool:
    answer = response.answers.get(item.id)
    not_applicable = questionnaire.scales[item.scale].not_applicable
    if answer is not None:
        return not_applicable is None or answer != not_applicable.code
    of_role = response.role not in questionnaire.roles or response.role in item.roles
    return of_role and (item.short or not response.short)


def _role(response: Response) -> str:
    return response.role or UNKNOWN_ROLE


def by_role(opinions: Sequence[Opinion]) -> list[RoleOpinion]:
    """One opinion per role, in order of role, so that six police officers weigh as much as one youth worker."""
    roles = sorted({opinion.role for opinion in opinions})
    return [_of_role(role, [opinion for opinion in opinions if opinion.role == role]) for role in roles]


def _of_role(role: str, opinions: Sequence[Opinion]) -> RoleOpinion:
    """Mean weighted by certainty, and u_r.

    scoring.md gives u_r per item: 1 when the role belongs to the item, else 0.5. A factor can have several items; then u_r is the
    mean over the different items that this role gave an estimate for. With one item that is the formula itself.
    """
    total = math.fsum(opinion.weight for opinion in opinions)
    mean = math.fsum(opinion.weight * opinion.score for opinion in opinions) / total
    items = {item.id: item for opinion in opinions for item in opinion.items}
    weight = fmean(1.0 if role in item.roles else OUTSIDER_WEIGHT for item in items.values())
    return RoleOpinion(role, mean, weight, len(opinions))


def _factor_score(
    factor_id: str, opinions: Sequence[Opinion], figures: Sequence[IndicatorScore], trend: int
) -> FactorScore:
    roles = by_role(opinions)
    experience = math.fsum(r.weight * r.score for r in roles) / math.fsum(r.weight for r in roles)
    spread = variance(r.score for r in roles)
    agreement = 1 - spread / RANDOM_VARIANCE
    merged, error = _merge(
        [(experience, experience_error(spread, len(roles)))] + [(f.score, f.standard_error) for f in figures]
    )
    return FactorScore(
        factor_id,
        merged,
        _confidence(opinions, len(roles), agreement, figures),
        trend,
        error,
        agreement,
        any(abs(experience - figure.score) > DIVERGENCE for figure in figures),
        len(opinions),
        len(roles),
    )


def experience_error(spread: float, roles: int) -> float:
    """SE_inf in points, so that ± BAND_WIDTH of it is an 80% band; `spread` is s², the variance between roles (n - 1).

    scoring.md paragraph 1 times t/1.28: with a prior worth PRIOR_ROLES degrees of freedom the mean follows Student's t.
    """
    freedom = roles - 1 + PRIOR_ROLES
    pooled = ((roles - 1) * spread + PRIOR_ROLES * PRIOR_SPREAD**2) / freedom
    return math.sqrt(pooled / roles) * SMALL_SAMPLE[min(freedom, max(SMALL_SAMPLE))] / BAND_WIDTH


def _merge(estimates: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Mean and standard error of (score, standard error) pairs, weighted by inverse variance."""
    precision = [1 / error**2 for _, error in estimates]
    total = math.fsum(precision)
    mean = math.fsum(p * value for p, (value, _) in zip(precision, estimates, strict=True)) / total
    return max(0.0, min(100.0, mean)), math.sqrt(1 / total)


def _confidence(opinions: Sequence[Opinion], roles: int, agreement: float, figures: Sequence[IndicatorScore]) -> float:
    """Z of scoring.md paragraph 2, 0-1."""
    source = (fmean(opinion.weight for opinion in opinions) - LOWEST_WEIGHT) / (HIGHEST_WEIGHT - LOWEST_WEIGHT)
    parts = {
        "numbers": min(1.0, len(opinions) / GOOD_RESPONDENTS) * min(1.0, roles / GOOD_ROLES),
        "agreement": max(0.0, agreement),
        "figures": max((FIGURE_CONFIDENCE[figure.level] for figure in figures), default=0.0),
        "sources": source,
    }
    return max(0.0, min(1.0, math.fsum(CONFIDENCE_PARTS[name] * part for name, part in parts.items())))


def _trend(responses: Sequence[Response], factor_id: str) -> int:
    """Mean over roles of the mean within a role, to the nearest whole step, halves towards 'gelijk gebleven'. Our own choice."""
    roles: dict[str, list[int]] = {}
    for response in responses:
        if factor_id in response.trends:
            roles.setdefault(_role(response), []).append(response.trends[factor_id])
    mean = fmean(fmean(given) for given in roles.values()) if roles else 0.0
    return int(math.copysign(math.ceil(abs(mean) - 0.5), mean))


def role_scores(questionnaire: Questionnaire, factor_id: str, responses: Sequence[Response]) -> dict[str, int]:
    """Score per role in fives, to lay beside a factor on which people differ; only roles that `shown_groups` lets through."""
    roles = by_role(opinions_on(questionnaire, factor_id, responses))
    shown = shown_groups({role.role: role.respondents for role in roles})
    return {role.role: rounded(role.score) for role in roles if role.role in shown}

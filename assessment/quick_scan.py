"""One person's quick scan: answers to a provisional Profile, and back to the answers, without loss.

The minimum numbers of a meting do not hold here, because nobody else's answers are shown; the price is a lower confidence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import fmean

from assessment.context import Context
from assessment.forms import Response
from assessment.profile import UNKNOWN_ROLE, FactorScore, Profile
from assessment.questionnaire import Item, Questionnaire, trend_field
from assessment.reading import write_answers
from assessment.scoring import PRIOR_SPREAD, opinion
from kb import Factor

UNKNOWN_CONFIDENCE = 0.30
"""Confidence when someone does not say, or does not know, what the answers rest on."""
CONFIDENCE = {"1": 0.40, "2": 0.50, "3": 0.60, "4": 0.65}
"""Certainty code of a section to confidence. One person is never 'hoog' (.70), and a mere feeling stays below 'midden' (.45),
so that it leads to finding out first."""


def quick_scan(questionnaire: Questionnaire, factors: Mapping[str, Factor], response: Response) -> Profile:
    """Profile of one response; every factor with an estimate is in it. Agreement is None: nobody to agree with."""
    scores = {factor: _factor_score(questionnaire, factor, response) for factor in factors}
    return Profile({factor: found for factor, found in scores.items() if found}, {response.role or UNKNOWN_ROLE: 1})


def _factor_score(questionnaire: Questionnaire, factor_id: str, response: Response) -> FactorScore | None:
    found = opinion(questionnaire, factor_id, response)
    if found is None:
        return None
    code = response.certainty.get(questionnaire.section_by_factor[factor_id].id, "")
    confidence = CONFIDENCE.get(code, UNKNOWN_CONFIDENCE)
    return FactorScore(
        factor_id, found.score, confidence, response.trends.get(factor_id, 0), single_error(found.weight)
    )


def single_error(weight: float) -> float:
    """Standard error of one opinion in points, to one decimal.

    scoring.md gives 20 for one role (the prior spread, R = 1). It weighs opinions by certainty, as one does with weights that are
    inverse to the variance; so a certainty weight of w gives 20/√w: 28.3, 23.1, 20 and 17.9.
    """
    return round(PRIOR_SPREAD / math.sqrt(weight), 1)


def to_answers(profile: Profile, context: Context, questionnaire: Questionnaire) -> dict[str, list[str]]:
    """The filled-in form of the short version behind a provisional profile, to go back from an advice to the questions.

    Without loss for the profile of a short quick scan. From any other profile: the nearest answers; factors without a short item
    cannot be said in it and are left out.
    """
    form = _context_fields(profile, context, questionnaire)
    for section in questionnaire.sections(short=True):
        known = [(item, profile.scores[item.factor]) for item in section.items if item.factor in profile.scores]
        for item, found in known:
            form[item.id] = [_nearest_code(questionnaire, item, found.score)]
            if found.trend:
                form[trend_field(item.factor)] = [str(found.trend)]
        if known:
            form[section.certainty_id] = [_certainty_code(questionnaire, fmean(found.confidence for _, found in known))]
    return form


def _context_fields(profile: Profile, context: Context, questionnaire: Questionnaire) -> dict[str, list[str]]:
    answers = write_answers(context)
    role = next(iter(profile.respondents), UNKNOWN_ROLE)
    if profile.provisional and role in questionnaire.roles:
        answers["rol"] = [role]
    return {question.id: answers[question.key] for question in questionnaire.context if question.key in answers}


def _nearest_code(questionnaire: Questionnaire, item: Item, score: float) -> str:
    codes = [answer.code for answer in questionnaire.scales[item.scale].answers]
    return min(codes, key=lambda code: abs((questionnaire.points(item, code) or 0) - score))


def _certainty_code(questionnaire: Questionnaire, confidence: float) -> str:
    table = {questionnaire.unknown.code: UNKNOWN_CONFIDENCE, **CONFIDENCE}
    return min(table, key=lambda code: abs(table[code] - confidence))

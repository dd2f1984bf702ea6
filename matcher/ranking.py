"""Candidates, score, rank: a profile and a question in, a whole Advice out. Pure and deterministic; the same input gives the same order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from assessment import Context, Profile, Questionnaire, is_shown
from kb import KnowledgeBase
from matcher import steps
from matcher import weights as w
from matcher.advice import Advice, Axis, Exclusion, Fit, Priorities, Recommendation, Result
from matcher.candidate import Candidate
from matcher.criteria import CRITERIA, reasons
from matcher.gates import GATES
from matcher.package import NO_PACKAGE, compose
from matcher.pool import COVERAGE, Floats, Ints, Pool, closed_gates, points_by_criterion, pool_of
from matcher.priorities import measure_axes, prioritise
from matcher.question import Question, ask
from matcher.stability import Helpful, most_helpful, top_shares
from matcher.wishes import NO_WISHES, Wishes

SEVERITY_ACUTE = 5


class Ranked(NamedTuple):
    """What a question makes of a pool."""

    recommended: tuple[Recommendation, ...] = ()
    services: tuple[Recommendation, ...] = ()
    excluded: tuple[Exclusion, ...] = ()


def recommend(kb: KnowledgeBase, profile: Profile, context: Context, wishes: Wishes = NO_WISHES) -> Advice:
    """Advice on one profile. Without enough data, or without need, nothing is ranked: then the steps say what to do."""
    priorities = prioritise(kb.factors, profile)
    result = outcome(priorities, measure_axes(kb.factors, profile), profile, context)
    ranked, (package, others) = Ranked(), NO_PACKAGE
    if result is Result.ADVICE:
        question = ask(context, priorities, wishes)
        ranked = rank(question, pool_of(kb), profile)
        package, others = compose(question, kb, ranked.recommended, ranked.services)
    return Advice(
        result=result,
        priorities=priorities if result is Result.ADVICE else _without_act(priorities),
        recommended=ranked.recommended,
        services=ranked.services,
        excluded=ranked.excluded,
        package=package,
        steps=tuple(steps.advise(result, priorities, ranked.recommended, context, profile)),
        not_weighed=tuple(steps.not_weighed(kb.factors, profile, context, ranked.recommended)),
        provisional=profile.provisional,
        acute=context.severity == SEVERITY_ACUTE,
        version=w.VERSION,
        compose_others=others,
    )


def most_helpful_question(
    kb: KnowledgeBase, profile: Profile, context: Context, wishes: Wishes = NO_WISHES
) -> Helpful | None:
    """The unanswered or uncertain factor of the short questionnaire whose answer would change the first five most."""
    priorities = prioritise(kb.factors, profile)
    if not priorities.act:
        return None
    asked = [item.factor for item in Questionnaire.load().items(short=True)]
    return most_helpful(pool_of(kb), ask(context, priorities, wishes), kb.factors, profile, asked)


def outcome(priorities: Priorities, axes: Sequence[Axis], profile: Profile, context: Context) -> Result:
    """May anything be ranked? A quick scan may; a measurement only from its minimum numbers."""
    total = sum(profile.respondents.values())
    too_few = total > 1 and not is_shown(total, len(profile.respondents))
    if priorities.act and not too_few:
        return Result.ADVICE
    known = [axis for axis in axes if axis.confidence >= w.CONFIDENT_FROM]
    quiet = len(known) >= w.LOW_NEED_AXES and not priorities.find_out and not priorities.act
    contradicted = (context.severity or 0) >= w.CONTRADICTING_SEVERITY
    return Result.LOW_NEED if quiet and not contradicted and not too_few else Result.INSUFFICIENT_DATA


def _without_act(priorities: Priorities) -> Priorities:
    return Priorities((), priorities.find_out, priorities.background, priorities.flags)


def rank(question: Question, pool: Pool, profile: Profile) -> Ranked:
    """Everything that passes the gates, best first (ties by id), and everything that does not, in order of id."""
    gate = closed_gates(pool, question)
    points = points_by_criterion(pool, question)
    scores = points.sum(axis=1)
    rows = np.flatnonzero(gate < 0)
    rows = rows[np.argsort(-scores[rows], kind="stable")]
    scale = Scale(float(scores[rows[0]]) if rows.size else 0.0, points[:, list(CRITERIA).index(COVERAGE)])
    among, beside = rows[~pool.apart[rows]], rows[pool.apart[rows]]
    shut = [(pool.candidates[row], list(GATES)[gate[row]]) for row in np.flatnonzero(gate >= 0)]
    return Ranked(
        recommended=_placed(
            question, pool, among, scores, scale, top_shares(pool, question, profile, among, points[among])
        ),
        services=_placed(question, pool, beside, scores, scale, np.zeros(len(beside))),
        excluded=tuple(_exclusion(question, candidate, name) for candidate, name in shut),
    )


class Scale(NamedTuple):
    """What a score is measured against."""

    best: float
    covered: Floats
    """Coverage points of every candidate."""


def _placed(
    question: Question, pool: Pool, rows: Ints, scores: Floats, scale: Scale, steady: Floats
) -> tuple[Recommendation, ...]:
    """Recommendations in order, with places that nearly equal neighbours share."""
    placed: list[Recommendation] = []
    first = place = 0.0
    for number, row in enumerate(rows, start=1):
        score = float(scores[row])
        if number == 1 or first - score >= w.NEARLY_EQUAL:
            first, place = score, number
        candidate = pool.candidates[row]
        fit = _fit(score, scale.best, float(scale.covered[row]))
        placed.append(_recommendation(question, candidate, score, int(place), float(steady[number - 1]), fit))
    return tuple(placed)


def _recommendation(
    question: Question, candidate: Candidate, score: float, place: int, steady: float, fit: Fit
) -> Recommendation:
    return Recommendation(
        intervention=candidate.intervention,
        score=score,
        place=place,
        steady=steady,
        fit=fit,
        links=candidate.links,
        running=candidate.intervention.id in question.running,
        priorities=question.in_order,
        judge=partial(reasons, question, candidate),
    )


def _exclusion(question: Question, candidate: Candidate, gate: str) -> Exclusion:
    return Exclusion(candidate.intervention, gate, lambda: GATES[gate].close(question, candidate) or "")


def _fit(score: float, best: float, covered: float) -> Fit:
    """Relative to the best in this question: a fixed limit does not work, the best score differs per question."""
    if score >= best - w.GOOD_WITHIN and covered >= w.GOOD_COVERAGE * w.WEIGHTS[COVERAGE]:
        return Fit.GOOD
    return Fit.POSSIBLE if score >= best - w.POSSIBLE_WITHIN else Fit.WEAK

"""Candidates, score, rank: a profile and a question in, a whole Advice out. Pure and deterministic; the same input gives the same order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np

from assessment import Context, Profile, Questionnaire, is_shown
from kb import Factor, KnowledgeBase
from matcher import steps
from matcher import weights as w
from matcher.advice import Advice, Exclusion, Priorities, Result
from matcher.candidate import Candidate
from matcher.gates import GATES
from matcher.offer import offer_of
from matcher.on_demand import OnDemand
from matcher.package import compose
from matcher.pool import Floats, Ints, Pool, closed_gates, points_for, pool_of, worth_by_criterion
from matcher.priorities import measure_axes, prioritise
from matcher.question import Question, ask
from matcher.stability import Helpful, most_helpful, top_shares
from matcher.standing import Standing, places
from matcher.wishes import NO_WISHES, Wishes


class Ranked(NamedTuple):
    """What a question makes of a pool."""

    recommended: Standing
    services: Standing
    excluded: OnDemand[Exclusion]


def recommend(kb: KnowledgeBase, profile: Profile, context: Context, wishes: Wishes = NO_WISHES) -> Advice:
    """Advice on one profile. Without enough data, or without need, nothing is ranked: then the steps say what to do."""
    priorities = prioritise(kb.factors, profile, wishes.agreed)
    result = outcome(kb.factors, priorities, profile, context)
    say = partial(
        Advice,
        result=result,
        provisional=profile.provisional,
        acute=context.severity == w.SEVERITY_ACUTE,
        version=w.VERSION,
    )
    if result is not Result.ADVICE:
        return say(
            priorities=_without_act(priorities),
            steps=tuple(steps.advise(result, priorities, (), context, profile)),
            not_weighed=tuple(steps.not_weighed(kb.factors, profile, context)),
        )
    question = ask(context, priorities, wishes)
    ranked = rank(question, pool_of(kb), profile)
    recommended = ranked.recommended.listed
    return say(
        priorities=priorities,
        recommended=recommended,
        services=ranked.services.listed,
        excluded=ranked.excluded,
        steps=tuple(steps.advise(result, priorities, recommended, context, profile)),
        not_weighed=tuple(
            steps.not_weighed(kb.factors, profile, context, len(recommended), ranked.recommended.unpriced)
        ),
        compose=lambda: compose(offer_of(kb, ranked.recommended, ranked.services)),
    )


def most_helpful_question(
    kb: KnowledgeBase, profile: Profile, context: Context, wishes: Wishes = NO_WISHES
) -> Helpful | None:
    """The unanswered or uncertain factor of the short questionnaire whose answer would change the first five most."""
    priorities = prioritise(kb.factors, profile, wishes.agreed)
    if not priorities.act:
        return None
    asked = [item.factor for item in Questionnaire.load().items(short=True)]
    return most_helpful(pool_of(kb), ask(context, priorities, wishes), kb.factors, profile, asked)


def outcome(factors: Mapping[str, Factor], priorities: Priorities, profile: Profile, context: Context) -> Result:
    """May anything be ranked? A quick scan may; a measurement only from its minimum numbers."""
    total = sum(profile.respondents.values())
    if total > 1 and not is_shown(total, len(profile.respondents)):
        return Result.INSUFFICIENT_DATA
    if priorities.act:
        return Result.ADVICE
    known = [axis for axis in measure_axes(factors, profile) if axis.confidence >= w.CONFIDENT_FROM]
    quiet = len(known) >= w.LOW_NEED_AXES and not priorities.find_out
    contradicted = (context.severity or 0) >= w.CONTRADICTING_SEVERITY
    return Result.LOW_NEED if quiet and not contradicted else Result.INSUFFICIENT_DATA


def _without_act(priorities: Priorities) -> Priorities:
    return replace(priorities, act=())


def rank(question: Question, pool: Pool, profile: Profile) -> Ranked:
    """Everything that passes the gates, best first (ties by id), and everything that does not, in order of id."""
    gate = closed_gates(pool, question)
    rows, shut = np.flatnonzero(gate < 0), np.flatnonzero(gate >= 0)
    worth = worth_by_criterion(pool, question, rows)
    points = points_for(question, worth)
    order = np.argsort(-points.sum(axis=1), kind="stable")
    rows, points, worth = rows[order], points[order], worth[:, order]
    scores, apart = points.sum(axis=1), pool.apart[rows]
    stand = partial(_stand, question, pool, best=float(scores[0]) if rows.size else 0.0)
    steady = top_shares(pool, question, profile, rows[~apart], points[~apart])
    return Ranked(
        recommended=stand(rows[~apart], scores[~apart], worth[:, ~apart], steady),
        services=stand(rows[apart], scores[apart], worth[:, apart], np.zeros(np.count_nonzero(apart))),
        excluded=OnDemand(len(shut), lambda n: _exclusion(question, pool.candidates[shut[n]], gate[shut[n]])),
    )


def _stand(
    question: Question, pool: Pool, rows: Ints, scores: Floats, worth: Floats, steady: Floats, best: float
) -> Standing:
    return Standing(question, pool, rows, scores, places(scores), worth, steady, best)


def _exclusion(question: Question, candidate: Candidate, number: int) -> Exclusion:
    gate = list(GATES)[number]
    return Exclusion(candidate.intervention, gate, lambda: GATES[gate].close(question, candidate) or "")

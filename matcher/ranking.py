"""Candidates, score, rank: a profile and a question in, a whole Advice out. Pure and deterministic; the same input gives the same order."""

from __future__ import annotations

from collections.abc import Sequence

from assessment import Context, Profile, is_shown
from kb import Intervention, Kind, KnowledgeBase, RoleInApproach
from matcher import steps
from matcher import weights as w
from matcher.advice import Advice, Axis, Exclusion, Fit, Package, Priorities, Reason, Recommendation, Result
from matcher.candidate import Candidate, candidates
from matcher.criteria import reasons
from matcher.gates import first_closed
from matcher.package import compose
from matcher.priorities import measure_axes, prioritise
from matcher.question import Question, ask

SEVERITY_ACUTE = 5


def recommend(kb: KnowledgeBase, profile: Profile, context: Context) -> Advice:
    """Advice on one profile. Without enough data, or without need, nothing is ranked: then the steps say what to do."""
    priorities = prioritise(kb.factors, profile)
    result = outcome(priorities, measure_axes(kb.factors, profile), profile, context)
    ranked: tuple[Recommendation, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    package: Package | None = None
    if result is Result.ADVICE:
        question = ask(context, priorities.act)
        ranked, excluded = rank(question, candidates(kb))
        package = compose(question, [r for r in ranked if not apart(r.intervention)])
    return Advice(
        result=result,
        priorities=priorities if result is Result.ADVICE else _without_act(priorities),
        recommended=tuple(r for r in ranked if not apart(r.intervention)),
        services=tuple(r for r in ranked if apart(r.intervention)),
        excluded=excluded,
        package=package,
        steps=tuple(steps.advise(result, priorities, ranked, context, profile)),
        not_weighed=tuple(steps.not_weighed(kb.factors, profile, context, ranked)),
        provisional=profile.provisional,
        acute=context.severity == SEVERITY_ACUTE,
        version=w.VERSION,
    )


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


def apart(intervention: Intervention) -> bool:
    """Services and instruments have a list of their own, unless they are the core of an approach."""
    return (
        intervention.kind in (Kind.SERVICE, Kind.INSTRUMENT) and intervention.indication.role is not RoleInApproach.CORE
    )


def rank(question: Question, pool: Sequence[Candidate]) -> tuple[tuple[Recommendation, ...], tuple[Exclusion, ...]]:
    """Everything that passes the gates, best first (ties by id), and everything that does not, in order of title."""
    closed = [first_closed(question, candidate) for candidate in pool]
    open_to = [candidate for candidate, gate in zip(pool, closed, strict=True) if gate is None]
    scored = [
        (candidate, why, sum(r.points for r in why)) for candidate in open_to for why in (reasons(question, candidate),)
    ]
    scored.sort(key=lambda entry: (-entry[2], entry[0].intervention.id))
    best = scored[0][2] if scored else 0.0
    ranked = tuple(_recommendation(question, candidate, why, best) for candidate, why, _ in scored)
    return ranked, tuple(exclusion for exclusion in closed if exclusion)


def _recommendation(question: Question, candidate: Candidate, why: tuple[Reason, ...], best: float) -> Recommendation:
    covered = sum(reason.points for reason in why if reason.criterion == "dekking")
    return Recommendation(
        intervention=candidate.intervention,
        reasons=why,
        fit=_fit(sum(reason.points for reason in why), best, covered),
        covers=tuple(axis for axis in question.priorities.values() if axis.id in candidate.links),
        links=candidate.links,
        running=candidate.intervention.id in question.running,
    )


def _fit(score: float, best: float, covered: float) -> Fit:
    """Relative to the best in this question: a fixed limit does not work, the best score differs per question."""
    if score >= best - w.GOOD_WITHIN and covered >= w.GOOD_COVERAGE * w.WEIGHTS["dekking"]:
        return Fit.GOOD
    return Fit.POSSIBLE if score >= best - w.POSSIBLE_WITHIN else Fit.WEAK

"""From a profile to what deserves attention: need, strength, changeability and confidence per axis. Knows no interventions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assessment import FactorScore, Profile
from kb import Certainty, Changeability, Factor
from matcher import weights as w
from matcher.advice import Axis, Priorities

Scored = tuple[Factor, FactorScore]


def prioritise(factors: Mapping[str, Factor], profile: Profile, agreed: Sequence[str] = ()) -> Priorities:
    """The three lists and the flags. Factors unknown to the taxonomy are left aside.

    When people agreed on priorities, those are what to act on, in their order; the flags never go.
    """
    axes = measure_axes(factors, profile)
    found = _suggest(axes, _flags(factors, profile))
    chosen = _agreed_on(axes, agreed)
    if not chosen:
        return found
    return replace(
        found,
        act=chosen,
        find_out=tuple(axis for axis in found.find_out if axis.id not in agreed),
        background=tuple(axis for axis in found.background if axis.id not in agreed),
    )


def _agreed_on(axes: Iterable[Axis], agreed: Sequence[str]) -> tuple[Axis, ...]:
    """The agreed axes in their order. Their weights are dealt out anew, the highest to the first: the order weighs, the formula does not."""
    by_id = {axis.id: axis for axis in axes}
    chosen = [by_id[axis_id] for axis_id in agreed if axis_id in by_id]
    weights = sorted((max(axis.weight, w.PRIORITY_FROM) for axis in chosen), reverse=True)
    return tuple(replace(axis, weight=weight) for axis, weight in zip(chosen, weights, strict=True))


def _suggest(found: Iterable[Axis], flags: tuple[Factor, ...]) -> Priorities:
    axes = sorted(found, key=_by_weight)
    background = tuple(a for a in axes if a.need >= w.FIND_OUT_FROM and _hardly_changeable(a))
    changeable = [a for a in axes if not _hardly_changeable(a)]
    return Priorities(
        act=to_act_on(changeable),
        find_out=tuple(a for a in changeable if a.need >= w.FIND_OUT_FROM and a.confidence < w.CONFIDENT_FROM),
        background=background,
        flags=flags,
        present=frozenset(axis.id for axis in axes if axis.need >= w.FIND_OUT_FROM),
    )


def to_act_on(axes: Iterable[Axis]) -> tuple[Axis, ...]:
    """The axes that are a priority, most important first."""
    return _top(sorted(sure_enough(axes), key=_by_weight))


def sure_enough(axes: Iterable[Axis]) -> list[Axis]:
    """The axes that may be a priority: need, confidence and changeability are each enough."""
    sure = [a for a in axes if a.weight >= w.PRIORITY_FROM and a.confidence >= w.CONFIDENT_FROM]
    return [a for a in sure if not _hardly_changeable(a)]


def _by_weight(axis: Axis) -> tuple[float, str]:
    return -axis.weight, axis.id


def measure_axes(factors: Mapping[str, Factor], profile: Profile) -> list[Axis]:
    """Every axis with at least one known factor."""
    by_axis: dict[str, list[Scored]] = defaultdict(list)
    for factor_id, score in sorted(profile.scores.items()):
        if factor_id in factors:
            by_axis[factors[factor_id].axis].append((factors[factor_id], score))
    return [_axis(axis_id, scored) for axis_id, scored in by_axis.items()]


def _axis(axis_id: str, scored: Sequence[Scored]) -> Axis:
    """N is the confidence-weighted mean of both sides; P = 100 (N-30)/70 S B T (0.6 + 0.4 Z), at most 100 (scoring.md par. 3)."""
    confidences = [score.confidence for _, score in scored]
    total = sum(confidences)
    confidence = total / len(confidences)
    shares = [z / total for z in confidences] if total else [1 / len(scored)] * len(scored)
    need = sum([share * _need(factor, score) for share, (factor, score) in zip(shares, scored, strict=True)])
    trend = max([_worsening(factor, score) for factor, score in scored])
    weight = 100 * max(0.0, need - w.NEED_FROM) / (100 - w.NEED_FROM)
    strength = max([strength_of(factor) for factor, _ in scored])
    weight *= strength * max([w.CHANGEABILITY[factor.changeability] for factor, _ in scored])
    weight *= (1 + w.TREND_STEP * trend) * (w.CONFIDENCE_FLOOR + (1 - w.CONFIDENCE_FLOOR) * confidence)
    return Axis(axis_id, tuple(factor for factor, _ in scored), need, min(100.0, weight), confidence, trend)


def _need(factor: Factor, score: FactorScore) -> float:
    return score.score if factor.is_risk else 100 - score.score


def _worsening(factor: Factor, score: FactorScore) -> int:
    """Trend of the need: more risk is worse, more protection is better."""
    return score.trend if factor.is_risk else -score.trend


def strength_of(factor: Factor) -> float:
    """S. What no effect size was read for counts as medium."""
    return 1.0 if factor.strength_certainty is Certainty.LOW else w.STRENGTH[factor.strength]


def _hardly_changeable(axis: Axis) -> bool:
    return all(factor.changeability is Changeability.HARDLY for factor in axis.factors)


def _top(candidates: Sequence[Axis]) -> tuple[Axis, ...]:
    """The first five, and what is too close to the fifth to leave out."""
    if len(candidates) <= w.MOST_PRIORITIES:
        return tuple(candidates)
    least = candidates[w.MOST_PRIORITIES - 1].weight - w.TIE_WITHIN
    return tuple(candidates[: w.MOST_PRIORITIES]) + tuple(
        a for a in candidates[w.MOST_PRIORITIES :][:1] if a.weight > least
    )


def _flags(factors: Mapping[str, Factor], profile: Profile) -> tuple[Factor, ...]:
    """Safety first, whatever the confidence and the ranking."""
    scores = profile.scores
    return tuple(
        factors[f] for f in w.SAFETY_FLAGS if f in scores and f in factors and scores[f].score >= w.FIND_OUT_FROM
    )

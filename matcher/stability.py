"""How sure is the order? The ranking again and again with scores inside their bands and other weights; and which answer would help most.

Deterministic: the seed comes from the profile and the question. Knows no words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from assessment import Context, FactorScore, Profile, to_query
from kb import Factor
from matcher import weights as w
from matcher.advice import Axis
from matcher.criteria import CRITERIA
from matcher.pool import COVERAGE, Floats, Ints, Pool, closed_gates, focus, points_by_criterion
from matcher.priorities import measure_axes, sure_enough, to_act_on
from matcher.question import Question

LEAST = 1e-9
"""Divided by instead of nothing."""


@dataclass(frozen=True, slots=True)
class Helpful:
    """A factor that is unknown or uncertain, and how much its answer would change."""

    factor: Factor
    change: float
    """Expected share of the first five that would be another, 0-1."""


def top_shares(
    pool: Pool, question: Question, profile: Profile, rows: Ints, points: Floats, depth: int = w.STEADY_AMONG
) -> Floats:
    """For these rows of the pool: in which share of the recalculations do they stand among the first `depth`?

    `points` are those of points_by_criterion for the same rows. Weights vary by 30% either way; scores vary with their standard error, or with what their confidence allows.
    """
    if not len(rows):
        return np.zeros(0)
    chance = np.random.default_rng(seed(profile, question.context))
    coverage = list(CRITERIA).index(COVERAGE)
    swing = chance.uniform(1 - w.WEIGHT_SWING, 1 + w.WEIGHT_SWING, (w.RECALCULATIONS, points.shape[1]))
    axes = axis_weights(question, profile, chance)
    shares = (1 - w.FOCUS_SHARE) * axes / np.maximum(axes.sum(axis=1, keepdims=True), LEAST)
    covering = np.concatenate([shares, np.full((w.RECALCULATIONS, 1), w.FOCUS_SHARE)], axis=1)
    links = pool.links(question, rows)
    weighed = np.concatenate([swing, question.weights[COVERAGE] * swing[:, [coverage]] * covering], axis=1)
    weighed[:, coverage] = 0
    return _share_in_top(weighed @ np.concatenate([points.T, links, focus(pool, links, rows)[None]]), depth)


def _share_in_top(scores: Floats, depth: int) -> Floats:
    """Recalculations by rows to the share of recalculations in which a row is among the highest; of equals the first rows are."""
    shares: Floats = np.bincount(_highest(scores, depth).ravel(), minlength=scores.shape[1]) / len(scores)
    return shares


def seed(profile: Profile, context: Context) -> int:
    """The same for the same question, on every machine."""
    text = "&".join(f"{key}={value}" for key, value in to_query(profile, context))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def axis_weights(question: Question, profile: Profile, chance: np.random.Generator) -> Floats:
    """Recalculations by priorities: P of every priority with other scores. The formula of priorities.py, in arrays."""
    axes = question.in_order
    known = [sized for axis in axes for sized in _known(axis, profile)]
    score, error, share, protects = np.array(known).T[:, :, None]
    drawn = (score + error * chance.standard_normal((len(known), w.RECALCULATIONS))).clip(0, 100)
    first = [0, *accumulate(len(axis.factors) for axis in axes[:-1])]
    need = np.add.reduceat(share * np.where(protects, 100 - drawn, drawn), first)
    slope = np.array([axis.weight / max(axis.need - w.NEED_FROM, LEAST) for axis in axes])
    weights: Floats = (slope * (need.T - w.NEED_FROM)).clip(0, 100)
    return weights


def _known(axis: Axis, profile: Profile) -> list[tuple[float, float, float, bool]]:
    """Of every factor of an axis its score, the error of that, its share in the need, and whether it protects."""
    scores = [profile.scores[factor.id] for factor in axis.factors]
    total = sum([score.confidence for score in scores])
    return [
        (score.score, score.error, score.confidence / total if total else 1 / len(scores), not factor.is_risk)
        for factor, score in zip(axis.factors, scores, strict=True)
    ]


def most_helpful(
    pool: Pool, question: Question, factors: Mapping[str, Factor], profile: Profile, asked: Sequence[str]
) -> Helpful | None:
    """Of these factors, the unknown or uncertain one whose answer would change the first five most; None when none would.

    Only priorities and coverage move with an answer; everything else about a candidate is taken as it is now.
    """
    unsure = [f for f in asked if f in factors and not _is_sure(profile.scores.get(f))]
    now = measure_axes(factors, profile)
    sure = sure_enough(now)
    tried = [to_act_on(sure)]
    for factor_id in unsure:
        others = [axis for axis in sure if axis.id != factors[factor_id].axis]
        tried += [to_act_on([*others, axis]) for axis in _answered(factors, profile, factor_id)]
    before, *after = first_fives(pool, question, tried)
    answers = len(w.POSSIBLE_ANSWERS)
    found = [
        Helpful(factors[f], sum(_new(before, then) for then in after[n * answers : (n + 1) * answers]) / answers)
        for n, f in enumerate(unsure)
    ]
    best = max(found, key=lambda h: (h.change, h.factor.id), default=None)
    return best if best and best.change > 0 else None


def _is_sure(score: FactorScore | None) -> bool:
    return score is not None and score.confidence >= w.CONFIDENT_FROM


def _new(before: frozenset[int], after: frozenset[int]) -> float:
    """Share of the first five that was not there."""
    return len(after - before) / max(len(after), 1)


def _answered(factors: Mapping[str, Factor], profile: Profile, factor_id: str) -> Iterator[Axis]:
    """The axis of this factor, with each possible answer to it."""
    known = {
        f: score for f, score in profile.scores.items() if f in factors and factors[f].axis == factors[factor_id].axis
    }
    for answer in w.POSSIBLE_ANSWERS:
        scores = {**known, factor_id: FactorScore(factor_id, answer, w.ANSWERED_CONFIDENCE)}
        yield from measure_axes(factors, replace(profile, scores=scores))


def first_fives(pool: Pool, question: Question, tried: Sequence[Sequence[Axis]]) -> list[frozenset[int]]:
    """For other priorities than those of the question: which candidates would stand among the first five? Of equals the first by id."""
    rows = np.flatnonzero((closed_gates(pool, question) < 0) & ~pool.apart)
    points = points_by_criterion(pool, question, rows)
    rest = points.sum(axis=1) - points[:, list(CRITERIA).index(COVERAGE)]
    weights = np.zeros((len(tried), len(pool.axes)))
    for number, act in enumerate(tried):
        weights[number, [pool.axes[axis.id] for axis in act]] = [axis.weight for axis in act]
    links = pool.by_axis[:, rows]
    met = (1 - w.FOCUS_SHARE) * (weights @ links) / np.maximum(weights.sum(axis=1, keepdims=True), LEAST)
    met += w.FOCUS_SHARE * ((weights > 0) @ (links > 0).astype(np.float64)) / np.maximum(pool.breadth[rows], 1)
    first = _highest(rest + question.weights[COVERAGE] * met, w.FIRST_SCREEN)
    return [frozenset(five) if act else frozenset() for act, five in zip(tried, first.tolist(), strict=True)]


def _highest(scores: Floats, depth: int) -> Ints:
    """For each line the places of its highest, best first; of equals the first. Fewer when there are no more."""
    left, lines = scores.copy(), np.arange(len(scores))
    found = np.empty((len(scores), min(depth, scores.shape[1])), dtype=np.intp)
    for place in range(found.shape[1]):
        found[:, place] = left.argmax(axis=1)
        left[lines, found[:, place]] = -np.inf
    return found

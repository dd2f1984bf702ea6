"""How sure is the order? The ranking again and again with scores inside their bands and other weights; and which answer would help most.

Deterministic: the seed comes from the profile and the question. Knows no words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessment import Context, FactorScore, Profile, to_query
from kb import Factor
from matcher import weights as w
from matcher.advice import Axis
from matcher.criteria import CRITERIA
from matcher.pool import COVERAGE, Floats, Ints, Pool, closed_gates, coverage_points, focus, points_by_criterion
from matcher.priorities import measure_axes, to_act_on
from matcher.question import Question


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
    rest = np.delete(points, coverage, axis=1) @ np.delete(swing, coverage, axis=1).T
    axes = axis_weights(question, profile, chance)
    spread = (1 - w.FOCUS_SHARE) * (pool.columns(question)[rows] @ axes.T) / np.maximum(axes.sum(axis=1), 1e-9)
    covered = (
        question.weights[COVERAGE] * swing[:, coverage] * (spread + w.FOCUS_SHARE * focus(pool, question)[rows, None])
    )
    return _share_in_top(rest + covered, depth)


def _share_in_top(scores: Floats, depth: int) -> Floats:
    """Rows by recalculations to the share of recalculations in which a row is among the highest."""
    if len(scores) <= depth:
        return np.ones(len(scores))
    first = np.argpartition(-scores, depth - 1, axis=0)[:depth]
    shares: Floats = np.bincount(first.ravel(), minlength=len(scores)) / scores.shape[1]
    return shares


def seed(profile: Profile, context: Context) -> int:
    """The same for the same question, on every machine."""
    text = "&".join(f"{key}={value}" for key, value in to_query(profile, context))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def axis_weights(question: Question, profile: Profile, chance: np.random.Generator) -> Floats:
    """Recalculations by priorities: P of every priority with other scores. The formula of priorities.py, in arrays."""
    columns = [_axis_weight(axis, profile, chance) for axis in question.priorities.values()]
    return np.stack(columns, axis=1)


def _axis_weight(axis: Axis, profile: Profile, chance: np.random.Generator) -> Floats:
    known = [(factor, profile.scores[factor.id]) for factor in axis.factors]
    total = sum(score.confidence for _, score in known)
    need = np.zeros(w.RECALCULATIONS)
    for factor, score in known:
        share = score.confidence / total if total else 1 / len(known)
        drawn = np.clip(chance.normal(score.score, score.error, w.RECALCULATIONS), 0, 100)
        need += share * (drawn if factor.is_risk else 100 - drawn)
    slope = axis.weight / max(axis.need - w.NEED_FROM, 1e-9)
    weights: Floats = np.clip(slope * np.maximum(need - w.NEED_FROM, 0), 0, 100)
    return weights


def most_helpful(
    pool: Pool, question: Question, factors: Mapping[str, Factor], profile: Profile, asked: Sequence[str]
) -> Helpful | None:
    """Of these factors, the unknown or uncertain one whose answer would change the first five most; None when none would.

    Only priorities and coverage move with an answer; everything else about a candidate is taken as it is now.
    """
    held = _Held.of(pool, question, {axis.id: axis for axis in measure_axes(factors, profile)})
    unsure = [f for f in asked if f in factors and not _is_sure(profile.scores.get(f))]
    found = [Helpful(factors[f], held.expected_change(factors, profile, f)) for f in unsure]
    best = max(found, key=lambda h: (h.change, h.factor.id), default=None)
    return best if best and best.change > 0 else None


def _is_sure(score: FactorScore | None) -> bool:
    return score is not None and score.confidence >= w.CONFIDENT_FROM


@dataclass(frozen=True, slots=True)
class _Held:
    """What stays the same while one answer is tried out."""

    pool: Pool
    rest: Floats
    """Points without coverage; minus infinity for what cannot be recommended."""
    axes: Mapping[str, Axis]
    own: Floats
    """Number of axes of each candidate."""
    coverage_weight: float

    @classmethod
    def of(cls, pool: Pool, question: Question, axes: Mapping[str, Axis]) -> _Held:
        rest = points_by_criterion(pool, question).sum(axis=1) - coverage_points(pool, question)
        rest[(closed_gates(pool, question) >= 0) | pool.apart] = -np.inf
        return cls(
            pool,
            rest,
            axes,
            np.maximum(np.count_nonzero(pool.links, axis=1), 1).astype(np.float64),
            question.weights[COVERAGE],
        )

    def expected_change(self, factors: Mapping[str, Factor], profile: Profile, factor_id: str) -> float:
        """Mean share of the first five that another answer would replace, over the five answers."""
        now = self.first_five(list(self.axes.values()))
        changes = []
        for answer in w.POSSIBLE_ANSWERS:
            scores = {**profile.scores, factor_id: FactorScore(factor_id, answer, w.ANSWERED_CONFIDENCE)}
            same_axis = {f: scores[f] for f in scores if f in factors and factors[f].axis == factors[factor_id].axis}
            (changed,) = measure_axes(factors, replace(profile, scores=same_axis))
            then = self.first_five(list({**self.axes, changed.id: changed}.values()))
            changes.append(len(then - now) / max(len(then), 1))
        return sum(changes) / len(changes)

    def first_five(self, axes: Sequence[Axis]) -> frozenset[int]:
        act = [axis for axis in to_act_on(axes) if axis.id in self.pool.axes]
        if not act:
            return frozenset()
        links = self.pool.links[:, [self.pool.axes[axis.id] for axis in act]]
        weights = np.array([axis.weight for axis in act])
        shares = (1 - w.FOCUS_SHARE) * (links @ weights) / weights.sum() + w.FOCUS_SHARE * np.count_nonzero(
            links, axis=1
        ) / self.own
        order = np.argsort(-(self.rest + self.coverage_weight * shares), kind="stable")[: w.FIRST_SCREEN]
        return frozenset(int(row) for row in order if np.isfinite(self.rest[row]))

"""Doubt: without doubt a recalculation is the ranking itself, with doubt it moves as far as was said; and which answer helps most."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from assessment import Context, FactorScore, Profile, Questionnaire
from kb import Intervention, KnowledgeBase
from matcher import Wishes, most_helpful_question, recommend
from matcher import weights as w
from matcher.criteria import CRITERIA
from matcher.pool import closed_gates, pool_of
from matcher.priorities import prioritise
from matcher.question import Question, ask
from matcher.stability import (
    _answered,
    _is_sure,
    _new,
    axis_weights,
    first_fives,
    most_helpful,
    seed,
    top_shares,
)
from tests.matcher.samples import context, cupboard, page, profile, small_cupboard
from tests.matcher.test_ranking import worked_profiles

FACTORS = cupboard().factors
WEAPONS = {"risicofactoren": [{"id": "wapenbezit", "basis": "expliciet"}]}
PAIR = small_cupboard(page("een"), page("twee"))


def sure(**scores: float) -> Profile:
    """Scores without any standard error."""
    found = profile(**scores)
    return Profile({f: replace(score, standard_error=0.0) for f, score in found.scores.items()})


def asking(measured: Profile, asked: Context | None = None) -> Question:
    return ask(asked or context(), prioritise(FACTORS, measured))


# ---- steadiness ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("_case", "measured", "asked"), worked_profiles())
def test_without_doubt_the_first_three_always_stand_among_the_first_three(
    _case: str, measured: Profile, asked: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(w, "WEIGHT_SWING", 0.0)
    certain = Profile({f: replace(s, standard_error=0.0) for f, s in measured.scores.items()}, measured.respondents)
    listed = recommend(cupboard(), certain, asked).recommended
    scores = [found.score for found in listed[:4]]
    if len(scores) == 4 and scores[2] - scores[3] > 1:
        assert [found.steady for found in listed[:8]] == [1.0] * 3 + [0.0] * (len(listed[:8]) - 3)


def weighed(ratio: float) -> float:
    """The share in which ten points on one criterion beat so many times ten on another."""
    points = np.zeros((2, len(CRITERIA)))
    points[0, list(CRITERIA).index("rol")] = 10.0
    points[1, list(CRITERIA).index("plek")] = 10.0 * ratio
    measured = sure(agressie=80)
    first, _ = top_shares(pool_of(PAIR), asking(measured), measured, np.arange(2), points, depth=1)
    return float(first)


@pytest.mark.parametrize(
    ("ratio", "least", "most"),
    [(0.53, 1.0, 1.0), (0.65, 0.9, 0.98), (1.0, 0.4, 0.6), (1.5, 0.02, 0.1), (1.87, 0.0, 0.0)],
)
def test_a_weight_moves_by_thirty_per_cent_either_way(ratio: float, least: float, most: float) -> None:
    """0.7 x 18.7 > 1.3 x 10; and a ratio of 1.5 is made up for in 6% of the pairs of uniform draws."""
    assert least <= weighed(ratio) <= most


def test_who_leans_on_a_priority_that_is_in_doubt_is_less_steady() -> None:
    kast = small_cupboard(*(page(f"a-{n}") for n in range(3)), page("w", **WEAPONS), page("w-2", **WEAPONS))
    doubt = Profile(
        {
            "agressie": FactorScore("agressie", 80, 0.7, standard_error=1.0),
            "wapenbezit": FactorScore("wapenbezit", 70, 0.7, standard_error=30.0),
        }
    )
    steady = {r.intervention.id: r.steady for r in recommend(kast, doubt, context()).recommended}
    assert 0 < steady["w"] < steady["a-0"] <= 1
    assert sum(steady.values()) == pytest.approx(3.0)


def test_nobody_to_rank_has_no_shares() -> None:
    measured = sure(agressie=80)
    rows, points = np.arange(0), np.zeros((0, len(CRITERIA)))
    assert top_shares(pool_of(PAIR), asking(measured), measured, rows, points).tolist() == []


def test_the_draws_are_the_same_on_every_machine_for_the_same_question() -> None:
    found = seed(profile(agressie=80), context())
    assert found == 12631085327979121661
    assert found not in (seed(profile(agressie=81), context()), seed(profile(agressie=80), context(severity=2)))


# ---- priorities with other scores ---------------------------------------------------------------------------------------


def drawn(measured: Profile) -> Any:
    return axis_weights(asking(measured), measured, np.random.default_rng(1))


def test_without_a_standard_error_every_recalculation_has_the_weights_of_the_priorities() -> None:
    measured = sure(agressie=80, toekomstperspectief=20, antisociale_vrienden=70, prosociale_vrienden=40)
    wanted = [axis.weight for axis in prioritise(FACTORS, measured).act]
    found = drawn(measured)
    assert found.shape == (w.RECALCULATIONS, 3)
    assert np.allclose(found, wanted)


@pytest.mark.parametrize(("factor", "score"), [("agressie", 65.0), ("toekomstperspectief", 35.0)])
def test_a_weight_spreads_as_the_score_does(factor: str, score: float) -> None:
    measured = Profile({factor: FactorScore(factor, score, 0.7, standard_error=8.0)})
    (axis,) = prioritise(FACTORS, measured).act
    found = drawn(measured)[:, 0]
    slope = axis.weight / (65 - w.NEED_FROM)
    assert found.mean() == pytest.approx(axis.weight, abs=2 * slope)
    assert found.std() == pytest.approx(8.0 * slope, rel=0.15)


def test_a_weight_stays_between_nothing_and_a_hundred() -> None:
    found = drawn(Profile({"zwak-toezicht": FactorScore("zwak-toezicht", 85, 1.0, standard_error=60.0)}))
    assert (found.min(), found.max()) == (0.0, 100.0)


def test_the_surer_side_of_an_axis_moves_it_more() -> None:
    def spread(on: str) -> float:
        scores = {
            "antisociale-vrienden": FactorScore("antisociale-vrienden", 70, 0.9, standard_error=0.0),
            "prosociale-vrienden": FactorScore("prosociale-vrienden", 30, 0.45, standard_error=0.0),
        }
        return float(drawn(Profile({**scores, on: replace(scores[on], standard_error=10.0)})).std())

    assert spread("antisociale-vrienden") == pytest.approx(2 * spread("prosociale-vrienden"), rel=0.3)


# ---- which answer would help most ---------------------------------------------------------------------------------------

SHORT = [item.factor for item in Questionnaire.load().items(short=True)]


@pytest.mark.parametrize(("_case", "measured", "asked"), worked_profiles())
def test_with_the_priorities_as_they_are_the_first_five_are_those_of_the_advice(
    _case: str, measured: Profile, asked: Context
) -> None:
    advice = recommend(cupboard(), measured, asked)
    act = prioritise(FACTORS, measured).act
    if not advice.recommended:
        return
    pool, question = pool_of(cupboard()), ask(asked, prioritise(FACTORS, measured))
    five, none = first_fives(pool, question, [act, ()])
    rows = np.flatnonzero((closed_gates(pool, question) < 0) & ~pool.apart)
    sixth = advice.recommended[:6][-1].score
    firm = {found.intervention.id for found in advice.recommended[:5] if found.score > sixth + 0.5}
    assert firm <= {pool.candidates[rows[place]].intervention.id for place in five}
    assert none == frozenset()


def helpful(kast: KnowledgeBase, measured: Profile, *asked: str) -> Any:
    found = most_helpful(pool_of(kast), asking(measured), kast.factors, measured, asked)
    return (found.factor.id, found.change) if found else None


FIVE: list[Intervention] = [page(f"a-{n}") for n in range(5)]
WITH_WEAPONS = small_cupboard(*FIVE, page("w", **WEAPONS))


def test_the_help_of_an_answer_is_the_expected_share_of_the_first_five_that_would_be_another() -> None:
    """Of the five answers 'hoog' and 'zeer hoog' make weapons the heavier priority: then one of five is another, so 2/5 x 1/5."""
    assert helpful(WITH_WEAPONS, profile(agressie=60), "wapenbezit") == ("wapenbezit", pytest.approx(2 / 25))


def test_an_answer_about_another_side_of_the_question_changes_nothing() -> None:
    assert helpful(WITH_WEAPONS, profile(agressie=60), "verhuizingen") is None
    assert helpful(WITH_WEAPONS, profile(agressie=60)) is None


def test_what_is_known_with_confidence_or_unknown_to_the_taxonomy_is_not_asked() -> None:
    assert helpful(WITH_WEAPONS, profile(agressie=60, wapenbezit=10), "wapenbezit", "onzin") is None


def test_what_is_uncertain_may_be_asked_again() -> None:
    measured = Profile({**profile(agressie=60).scores, **profile(0.44, wapenbezit=10).scores})
    found = helpful(WITH_WEAPONS, measured, "wapenbezit")
    assert found is not None
    assert found[0] == "wapenbezit"


def test_of_two_the_one_that_changes_most_is_asked() -> None:
    drugs = page("d", risicofactoren=[{"id": "middelengebruik", "basis": "afgeleid"}])
    kast = small_cupboard(*FIVE, page("w", **WEAPONS), page("w-2", **WEAPONS), drugs)
    assert helpful(kast, profile(agressie=60), "wapenbezit", "middelengebruik") == ("wapenbezit", pytest.approx(4 / 25))


def test_a_priority_that_an_answer_takes_away_counts_too() -> None:
    """Both are priorities, one of them uncertainly measured on its other side; a good answer there lets it go."""
    links = {"risicofactoren": [{"id": "antisociale-vrienden", "basis": "expliciet"}]}
    kast = small_cupboard(*FIVE, page("v", **links))
    found = helpful(kast, profile(agressie=60, antisociale_vrienden=75), "prosociale-vrienden")
    assert found is not None
    assert found[1] > 0


def test_nothing_is_asked_when_nothing_is_a_priority() -> None:
    assert most_helpful_question(WITH_WEAPONS, profile(agressie=10), context()) is None


def test_the_question_asked_is_one_of_the_short_questionnaire() -> None:
    found = most_helpful_question(cupboard(), profile(agressie=70), context())
    assert found is not None
    assert found.factor.id in SHORT
    assert 0 < found.change <= 1
    every = [
        most_helpful(pool_of(cupboard()), asking(profile(agressie=70)), FACTORS, profile(agressie=70), [f])
        for f in SHORT
    ]
    assert found.change == max(each.change for each in every if each)


@pytest.mark.parametrize(("confidence", "known"), [(0.45, True), (0.44, False)])
def test_sure_is_what_may_steer_a_choice(confidence: float, known: bool) -> None:
    assert _is_sure(FactorScore("agressie", 50, confidence)) is known
    assert _is_sure(None) is False


def test_new_is_a_share_of_the_first_five() -> None:
    assert _new(frozenset({1, 2}), frozenset({2, 3, 4, 5})) == 0.75
    assert _new(frozenset({1}), frozenset()) == 0.0
    assert _new(frozenset(), frozenset({1})) == 1.0


def test_an_answer_is_tried_next_to_the_other_side_of_its_axis() -> None:
    measured = profile(0.6, prosociale_vrienden=40, agressie=90)
    found = list(_answered(FACTORS, measured, "antisociale-vrienden"))
    assert [axis.id for axis in found] == ["vrienden"] * 5
    assert [axis.need for axis in found] == [30.0, 42.5, 55.0, 67.5, 80.0]
    assert [axis.confidence for axis in found] == pytest.approx([0.6] * 5)


def test_only_questions_of_the_short_questionnaire_are_asked() -> None:
    """Disorder is asked about in the long one alone."""
    assert "wijk-wanorde" not in SHORT
    kast = small_cupboard(*FIVE, page("w", risicofactoren=[{"id": "wijk-wanorde", "basis": "expliciet"}]))
    assert helpful(kast, profile(agressie=60), "wijk-wanorde") is not None
    assert most_helpful_question(kast, profile(agressie=60), context()) is None


def test_a_wish_counts_in_what_helps_most() -> None:
    asked = profile(agressie=60), context()
    assert most_helpful_question(WITH_WEAPONS, *asked) is not None
    assert most_helpful_question(WITH_WEAPONS, *asked, Wishes({"dekking": 0.0})) is None


def test_an_agreed_priority_that_nobody_is_sure_of_has_both_sides_count_alike() -> None:
    scores = {
        "antisociale-vrienden": FactorScore("antisociale-vrienden", 90, 0.0, standard_error=0.0),
        "prosociale-vrienden": FactorScore("prosociale-vrienden", 50, 0.0, standard_error=0.0),
    }
    measured = Profile(scores)
    question = ask(context(), prioritise(FACTORS, measured, ["vrienden"]))
    found = axis_weights(question, measured, np.random.default_rng(1))
    assert question.in_order[0].need == 70
    assert np.allclose(found, question.in_order[0].weight)


def test_who_does_little_else_than_what_matters_stands_among_the_first_five() -> None:
    broad = {"risicofactoren": [*WEAPONS["risicofactoren"], {"id": "agressie", "basis": "expliciet"}]}
    kast = small_cupboard(*(page(f"a-{n}", **broad) for n in range(5)), page("z", **WEAPONS))
    priorities = prioritise(FACTORS, profile(wapenbezit=80))
    (five,) = first_fives(pool_of(kast), ask(context(), priorities), [priorities.act])
    assert five == {0, 1, 2, 3, 5}


def test_what_was_agreed_is_asked_about_too() -> None:
    measured = profile(agressie=10)
    assert most_helpful_question(WITH_WEAPONS, measured, context(), Wishes(agreed=("agressie",))) is not None


def test_what_was_left_out_stands_among_no_first_five() -> None:
    kast = small_cupboard(*FIVE, page("b"))
    measured = profile(agressie=60)
    priorities = prioritise(FACTORS, measured)
    question = ask(context(), priorities, Wishes(left_out=frozenset({"a-0"})))
    (five,) = first_fives(pool_of(kast), question, [priorities.act])
    assert five == frozenset(range(5))
    assert closed_gates(pool_of(kast), question).tolist() == [0, -1, -1, -1, -1, -1]

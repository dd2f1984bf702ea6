"""The words, bars and short reasons of an advice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment import Context, FactorScore, Questionnaire, parse, quick_scan
from kb import AgeRange, Evidence, EvidenceLevel, KnowledgeBase, ProblemKind
from matcher import Advice, Fit, Package, recommend
from matcher.on_demand import OnDemand
from tests.web import samples
from web import letter


@pytest.fixture(scope="module")
def advice(echte_kast: KnowledgeBase) -> Advice:
    questionnaire = Questionnaire.load()
    read = parse(samples.knives(), questionnaire=questionnaire, short=True)
    return recommend(echte_kast, quick_scan(questionnaire, echte_kast.factors, read.response), read.context)


@pytest.mark.parametrize(
    ("factor_id", "score", "trend", "confidence", "said"),
    [
        ("wapenbezit", 75, 1, 0.6, "hoog, neemt toe"),
        ("wapenbezit", 50, 0, 0.3, "midden, onzeker"),
        ("schoolbinding", 25, 0, 0.6, "zwak"),
        ("schoolbinding", 90, -2, 0.6, "zeer sterk, neemt duidelijk af"),
    ],
)
def test_a_score_is_said_in_words(
    echte_kast: KnowledgeBase, factor_id: str, score: float, trend: int, confidence: float, said: str
) -> None:
    assert letter.words(echte_kast.factors[factor_id], FactorScore(factor_id, score, confidence, trend)) == said


def test_a_bar_is_a_band_around_the_best_guess(echte_kast: KnowledgeBase) -> None:
    found = letter.bar(echte_kast.factors["agressie"], FactorScore("agressie", 50, 0.6, standard_error=20))
    assert (found.low, found.best, found.high) == (25, 50, 75)


def test_a_score_without_a_known_error_still_shows_doubt(echte_kast: KnowledgeBase) -> None:
    found = letter.bar(echte_kast.factors["agressie"], FactorScore("agressie", 50, 0.6))
    assert (found.low, found.high) == (35, 65)


def test_the_letter_repeats_the_question() -> None:
    context = Context(
        area="Berflo Es",
        municipality="GM0141",
        problems=(ProblemKind.WEAPONS, ProblemKind.VIOLENCE),
        ages=(AgeRange(van=12, tot=17),),
        severity=4,
    )
    assert letter.asked(context) == (
        "U vroeg wat past bij ‘wapens’ en ‘geweld en bedreiging’ in Berflo Es in Almelo, bij jongeren van 12 tot en met 17 jaar."
        " Ernst\u00a04: ernstige delicten of slachtoffers."
    )


def test_without_any_context_the_letter_is_about_the_neighbourhood() -> None:
    assert letter.asked(Context()) == "U vroeg wat past bij uw wijk."


def test_no_suggestion_has_more_than_three_short_lines(advice: Advice) -> None:
    lines = [len(letter.short_reasons(r)) + bool(letter.coverage(r, advice)) for r in advice.recommended]
    assert max(lines) <= letter.SHORT_REASONS


def test_what_speaks_against_is_among_the_short_reasons(advice: Advice) -> None:
    doubtful = [r for r in advice.recommended if any(reason.points < 0 for reason in r.reasons)]
    assert doubtful
    assert all(any(reason.points < 0 for reason in letter.short_reasons(r)) for r in doubtful)


def test_short_reasons_are_reasons_of_the_score(advice: Advice) -> None:
    assert all(set(letter.short_reasons(r)) <= set(r.reasons) for r in advice.recommended)


def test_the_letter_begins_with_its_conclusion(advice: Advice) -> None:
    assert advice.recommended[0].intervention.title in letter.in_short(advice)


def first(advice: Advice, fit: Fit, level: EvidenceLevel) -> Advice:
    """The advice with only its first suggestion, fitting and proven as told, and without a recept."""
    best = advice.recommended[0]
    judged = Evidence.model_validate({"uitkomst": "delictgedrag", "niveau": str(level)})
    shown = replace(best, fit=fit, intervention=best.intervention.model_copy(update={"evidence": (judged,)}))
    return replace(advice, recommended=OnDemand(1, lambda _: shown), compose=lambda: (None, lambda: ()))


@pytest.mark.parametrize(
    ("fit", "level", "said"),
    [
        (Fit.GOOD, EvidenceLevel.FIRST, "Goed past: {}. Er zijn aanwijzingen dat dit werkt."),
        (
            Fit.POSSIBLE,
            EvidenceLevel.NOT_ASSESSED,
            "Niets past echt goed. Het dichtst in de buurt komt: {}. Dat dit werkt, is",
        ),
        (Fit.GOOD, EvidenceLevel.WELL_FOUNDED, "Goed past: {}. Dat dit werkt, is niet aangetoond."),
    ],
)
def test_the_conclusion_hides_no_doubt(advice: Advice, fit: Fit, level: EvidenceLevel, said: str) -> None:
    shown = first(advice, fit, level)
    assert said.format(shown.recommended[0].intervention.title) in letter.in_short(shown)


def test_the_conclusion_says_what_the_recept_does_not_work_on(advice: Advice) -> None:
    open_axis = advice.priorities.act[0]
    recept = Package(members=(), uncovered=(open_axis,), notes=())
    lacking = replace(advice, compose=lambda: (recept, lambda: ()))
    assert f"Waar het recept niet aan werkt: {letter.names([open_axis])}." in letter.in_short(lacking)


def test_a_line_says_first_what_something_works_on_here(advice: Advice) -> None:
    for r in (*advice.recommended, *advice.services):
        assert letter.one_reason(r, advice) == letter.coverage(r, advice) or not r.covers


def test_words_are_listed_as_one_speaks() -> None:
    assert letter.listed(["a", "b", "c"]) == "a, b en c"

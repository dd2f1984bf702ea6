"""Small rules of the matcher, each with an outcome worked out by hand: how far a denial reaches, figures, wishes, steadiness."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assessment import Context
from kb import AgeRange, EvidenceLevel, Outcome
from matcher import moved, recommend
from matcher.candidate import axes_of, candidate
from matcher.evaluate import (
    OURS,
    Case,
    Figures,
    Report,
    _without,
    by_chance,
    by_evidence,
    by_overlap,
    figures,
    ndcg,
    recall,
)
from matcher.evidence import Verdict, verdicts, weigh
from matcher.stability import _share_in_top
from matcher.text import _active, _clauses, _Hit, _reach_ahead, _reach_back, _says_less, _together, suggest_factors
from matcher.wishes import Wishes
from tests.matcher.samples import context, cupboard, evidence, indication, page, profile, small_cupboard

AXES = axes_of(cupboard().factors)


def hit(weight: float, *at: int, factor: str = "een") -> _Hit:
    return _Hit(factor, weight, frozenset(at))


# ---- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hits", "score"),
    [
        ([hit(0.75, 0)], 0.75),
        ([hit(0.75, 0), hit(0.5, 1)], 0.875),
        ([hit(0.5, 0), hit(0.75, 0, 1)], 0.75),
        ([], 0.0),
    ],
)
def test_two_hits_halve_each_others_doubt_unless_the_words_are_the_same(hits: list[_Hit], score: float) -> None:
    assert _together(hits)[0] == score


def test_the_words_of_all_hits_are_kept() -> None:
    assert _together([hit(0.75, 0), hit(0.5, 3)])[1] == {0, 3}


@pytest.mark.parametrize(
    ("one", "other", "less"),
    [
        (hit(0.9, 0), hit(0.1, 0, 1, factor="twee"), True),
        (hit(0.5, 0), hit(0.6, 0, factor="twee"), True),
        (hit(0.6, 0), hit(0.6, 0, factor="twee"), False),
        (hit(0.5, 2), hit(0.6, 0, factor="twee"), False),
        (hit(0.5, 0), hit(0.6, 0, 1), False),
    ],
)
def test_words_within_a_longer_hit_on_another_factor_say_less(one: _Hit, other: _Hit, less: bool) -> None:
    assert _says_less(one, other) is less


def test_clauses_lie_between_punctuation() -> None:
    assert [
        text for start, end in _clauses("een, twee. drie") if (text := "een, twee. drie"[start:end].strip(" ,."))
    ] == [
        "een",
        "twee",
        "drie",
    ]


@pytest.mark.parametrize(
    ("words", "at", "active"),
    [
        ("geen drugs", 0, True),
        ("niet alleen drugs", 0, False),
        ("niet zonder drugs", 0, False),
        ("niet zonder drugs", 1, False),
        ("wij zien niet", 2, True),
    ],
)
def test_a_denial_may_deny_nothing(words: str, at: int, active: bool) -> None:
    assert _active(words.split(), at) is active


@pytest.mark.parametrize(
    ("words", "reached"),
    [
        ("geen drugs of wapens", [1, 2, 3]),
        ("geen drugs maar wapens", [1]),
        ("geen drugs wapens geweld diefstal", [1, 2, 3]),
        ("geen stage en hangen rond", [1]),
        ("geen drugs en wapens", [1, 2, 3]),
        ("niet bij vechten", [1, 2]),
        ("niet vechten bij school", [1]),
        ("nooit gezien dat gevochten wordt", [1, 2, 3, 4]),
        ("niet gevochten dat wapens", [1]),
    ],
)
def test_how_far_a_denial_reaches_ahead(words: str, reached: list[int]) -> None:
    assert list(_reach_ahead(words.split(), 0)) == reached


@pytest.mark.parametrize(
    ("words", "reached"),
    [
        ("drugs niet", [0]),
        ("drugs wapens niet", [1, 0]),
        ("geweld drugs wapens niet", [2, 1]),
        ("drugs maar wapens niet", [2]),
        ("drugs en wapens niet", [2, 1, 0]),
        ("drugs en harde wapens niet", [3, 2, 1, 0]),
        ("drugs stelen harde wapens niet", [3, 2]),
        ("zij drinken en luisteren niet", [3]),
    ],
)
def test_how_far_a_denial_reaches_back(words: str, reached: list[int]) -> None:
    assert list(_reach_back(words.split(), len(words.split()) - 1)) == reached


@pytest.mark.parametrize(
    ("text", "factor", "score"),
    [
        ("jongeren spijbelen", "verzuim-schooluitval", 0.75),
        ("moeder is verslaafd", "ouderproblemen", 0.85),
    ],
)
def test_one_word_is_sure_for_three_quarters_and_several_together_more(text: str, factor: str, score: float) -> None:
    assert {s.factor.id: s.score for s in suggest_factors(text, cupboard().factors)}[factor] == score


# ---- evidence ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("relevant", "old", "value"), [(True, False, 0.7), (False, False, 0.55), (False, True, 0.4)])
def test_evidence_steps_down_for_another_outcome_and_for_age(relevant: bool, old: bool, value: float) -> None:
    entry = page(bewijs=[evidence()]).evidence[0]
    assert Verdict(EvidenceLevel.FIRST, Outcome.OFFENDING, entry, relevant, (), old).value == value


@pytest.mark.parametrize(("year", "old"), [(2025, False), (2026, True), (None, False)])
def test_a_judgement_is_old_after_ten_whole_years(year: int | None, old: bool) -> None:
    judged = candidate(page(bewijs=[evidence(datum="2015-06-01")]), AXES).judged
    assert weigh(verdicts(judged, year), {Outcome.OFFENDING}).old is old


# ---- candidate and wishes ---------------------------------------------------------------------------------------------


def test_a_stated_link_counts_in_full_also_next_to_an_estimated_one() -> None:
    both = [{"id": "agressie", "basis": "expliciet"}, {"id": "agressie", "basis": "afgeleid"}]
    assert candidate(page(risicofactoren=both[:1]), AXES).links[AXES["agressie"]].value == 1.0


@pytest.mark.parametrize(("word", "times"), [("0", 0.0), ("half", 0.5), ("dubbel", 2.0)])
def test_an_emphasis_has_a_word(word: str, times: float) -> None:
    assert Wishes.from_query([("gewicht", f"bewijs~{word}")]) == Wishes({"bewijs": times})


@pytest.mark.parametrize("pair", [("gewicht", "bewijs~veel"), ("gewicht", "onzin~half"), ("iets", "bewijs~half")])
def test_what_is_malformed_is_left_aside(pair: tuple[str, str]) -> None:
    assert Wishes.from_query([pair]) == Wishes()


def test_wishes_survive_the_address() -> None:
    pairs = [("gewicht", "bewijs~half"), ("gewicht", "rol~0"), ("zonder", "een"), ("zonder", "twee")]
    assert Wishes.from_query(pairs).to_query() == pairs


def test_agreed_priorities_keep_their_order_in_the_address_and_are_at_most_ten() -> None:
    pairs = [("prioriteit", "wapens"), ("prioriteit", "agressie"), ("prioriteit", "wapens")]
    found = Wishes.from_query(pairs)
    assert found == Wishes(agreed=("wapens", "agressie"))
    assert found.to_query() == pairs[:2]
    assert len(Wishes.from_query([("prioriteit", f"as-{n}") for n in range(30)]).agreed) == 10


def test_at_most_twenty_different_ones_are_left_out() -> None:
    pairs = [("zonder", f"p{n // 2:02}") for n in range(60)]
    assert Wishes.from_query(pairs).left_out == {f"p{n:02}" for n in range(20)}


# ---- evaluation -------------------------------------------------------------------------------------------------------


def test_the_gain_of_a_grade_is_two_to_its_power_less_one() -> None:
    wanted = (3 + 7 / math.log2(3)) / (7 + 3 / math.log2(3))
    assert ndcg({"een": 3, "twee": 2}, ["twee", "een"], 2) == pytest.approx(wanted)


def test_recall_is_a_share() -> None:
    assert recall({"a": 3, "b": 3, "c": 2}, ["x", "a", "b"], 2) == 0.5


def test_recall_leaves_out_cases_without_a_sure_one() -> None:
    cases = [Case("1", profile(), Context(), {"a": 3}), Case("2", profile(), Context(), {"b": 2})]
    assert figures(small_cupboard(page()), cases, lambda _kb, _case: ["a"]).recall10 == 1.0


def test_harm_counts_at_place_ten_and_not_at_eleven() -> None:
    case = Case("1", profile(), Context(), {"a": -1, "b": -1})
    assert figures(small_cupboard(page()), [case], lambda _kb, _case: [*"123456789", "a", "b"]).harmful10 == 1


def test_the_lead_is_over_the_best_alternative() -> None:
    figure = [Figures(0, value, 0, 0) for value in (0.75, 0.25, 0.5)]
    report = Report(1, {OURS: figure[0], "een": figure[1], "twee": figure[2]}, {"rol": 0.12345}, 0.87654, 0.98765)
    assert report.lead == 0.25
    assert report.as_plain()["weglaten"] == [{"criterium": "rol", "ndcg10": 0.123}]
    assert report.as_plain()["vastheid"] == 0.988
    assert report.as_plain()["eensgezindheid"] == 0.877


CASE = Case("1", profile(agressie=80), Context(ages=(AgeRange(van=12, tot=13),)), {"a": 3})


def test_the_best_proven_comes_first_by_evidence() -> None:
    pages = [page("a"), page("b", bewijs=[evidence(level="sterke-aanwijzingen")]), page("c")]
    assert by_evidence(small_cupboard(*pages), CASE) == ["b", "a", "c"]


def test_overlap_counts_shared_axes_after_an_age_filter() -> None:
    pages = [
        page("a", risicofactoren=[{"id": "wapenbezit", "basis": "expliciet"}]),
        page("b"),
        page("c", leeftijd={"van": 14, "tot": 18}),
        page("d", leeftijd={"van": 13, "tot": 18}),
        page("e", leeftijd=None),
    ]
    assert by_overlap(small_cupboard(*pages), CASE) == ["b", "d", "e", "a"]


def test_chance_shows_everything_once() -> None:
    assert sorted(by_chance(small_cupboard(page("a"), page("b")), CASE)) == ["a", "b"]


# ---- doubt ------------------------------------------------------------------------------------------------------------


def test_a_share_in_the_top_is_of_all_recalculations() -> None:
    scores = np.array([[3.0, 1.0, 3.0, 3.0], [2.0, 2.0, 1.0, 2.0], [1.0, 3.0, 2.0, 1.0]])
    assert _share_in_top(scores.T, 1).tolist() == [0.75, 0.0, 0.25]


def test_with_no_more_rows_than_places_all_are_in_the_top() -> None:
    assert _share_in_top(np.zeros((4, 2)), 2).tolist() == [1.0, 1.0]


# ---- one change ---------------------------------------------------------------------------------------------------------


def test_who_moves_up_because_another_left_is_said_with_why() -> None:
    pages = small_cupboard(*(page(f"goed-{n}") for n in range(6)))
    asked = profile(agressie=80), context()
    before, after = recommend(pages, *asked), recommend(pages, *asked, Wishes(left_out=frozenset({"goed-0"})))
    assert list(moved(before, after)) == [
        "Goed 5 komt bij de eerste vijf, doordat andere van plaats wisselen.",
        "Goed 0 valt nu af.",
    ]


def test_who_comes_back_is_said_to_be_new() -> None:
    pages = small_cupboard(page("een"), page("twee"))
    asked = profile(agressie=80), context()
    before, after = recommend(pages, *asked, Wishes(left_out=frozenset({"een"}))), recommend(pages, *asked)
    assert list(moved(before, after)) == ["Een is nieuw: eerst viel deze af."]


def test_without_a_criterion_its_points_do_not_order() -> None:
    kb = small_cupboard(page("a", indicatie=indication(rol_in_aanpak="aanvulling")), page("b"))
    case = Case("1", profile(agressie=80), context(), {"a": 3})
    assert [_without(name)(kb, case) for name in ("rol", "plek")] == [["a", "b"], ["b", "a"]]


def test_without_a_priority_there_is_nothing_to_order() -> None:
    assert _without("rol")(small_cupboard(page()), Case("1", profile(), context(), {"a": 3})) == []


def test_known_and_unknown_costs_of_a_recept_are_said() -> None:
    kb = small_cupboard(page("een", kosten={"bedrag_eur": 12000, "per": "jaar"}), page("twee"), page("drie"))
    package = recommend(kb, profile(agressie=80), context()).package
    assert package is not None
    said = " ".join(package.notes)
    assert "12.000 euro per jaar" in said
    assert "Van 2 van de 3 zijn de kosten niet bekend." in said

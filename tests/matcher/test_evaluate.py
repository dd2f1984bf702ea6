"""Figures of the evaluation, checked by hand; and the expert cases themselves can be used."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import matcher
from assessment import Context, FactorScore, Profile
from kb import KnowledgeBase
from matcher import CaseError, evaluate, own_cases, read_cases, recommend, weights
from matcher.criteria import CRITERIA
from matcher.evaluate import OURS, RANKERS, Case, Figures, Report, agreed, agreement, doubted, figures, ndcg, recall
from tests.matcher.samples import context, cupboard, evidence, indication, page, profile, small_cupboard

GRADES = {"een": 3, "twee": 2, "drie": 1, "vier": -1}


def test_the_ideal_order_gains_everything() -> None:
    assert ndcg(GRADES, ["een", "twee", "drie"], 10) == pytest.approx(1.0)


def test_the_gain_is_discounted_by_place() -> None:
    assert ndcg({"een": 1}, ["niets", "een"], 10) == pytest.approx(0.63093, abs=1e-5)


def test_what_is_harmful_gains_nothing_and_costs_a_place() -> None:
    assert ndcg(GRADES, ["vier", "een"], 10) < ndcg(GRADES, ["een"], 10)


def test_beyond_the_depth_nothing_counts() -> None:
    assert ndcg(GRADES, ["x"] * 10 + ["een"], 10) == 0


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [(3, 3, 3), (3, 2, 2), (3, 1, 2), (3, 0, 1), (1, 0, 0), (-1, -1, -1), (-1, 0, 0), (-1, 2, 0), (-1, 3, 1)],
)
def test_of_two_readers_the_lower_counts_and_harm_only_when_both_say_so(one: int, other: int, together: int) -> None:
    assert agreed([{"a": one}, {"a": other}]) == {"a": together}


def test_what_one_reader_does_not_name_counts_as_nothing() -> None:
    assert agreed([{"a": 2}, {}]) == {"a": 1}


def test_harm_that_one_reader_sees_and_none_calls_useful_is_doubted() -> None:
    assert doubted([{"a": -1, "b": -1, "c": -1}, {"a": -1, "b": 1}]) == {"a", "c"}


def test_readers_who_say_the_same_agree_wholly_and_one_reader_agrees_with_nobody() -> None:
    grades = {"a": 3, "b": 1, "c": -1}
    case = Case("1", profile(agressie=80), Context(), grades, (grades, dict(grades)))
    assert agreement([case]) == pytest.approx(1.0)
    assert agreement([Case("1", profile(agressie=80), Context(), grades)]) is None


def test_recall_counts_only_the_sure_ones() -> None:
    assert recall(GRADES, ["twee", "drie"], 10) == 0
    assert recall(GRADES, ["een"], 10) == 1


def test_harmful_in_the_first_ten_is_counted_over_all_cases() -> None:
    case = read_cases(own_cases()[0])[0]
    wrong = next(record for record, grade in case.grades.items() if grade < 0)

    def always_wrong(_kb: KnowledgeBase, _case: Case) -> list[str]:
        return [wrong]

    assert figures(cupboard(), [case, case], always_wrong).harmful10 == 2


@pytest.mark.parametrize("path", own_cases(), ids=lambda path: path.stem)
def test_every_judged_record_exists(path: Path) -> None:
    unknown = {record for case in read_cases(path) for record in case.grades if cupboard().get(record) is None}
    assert not unknown


@pytest.mark.parametrize("path", own_cases(), ids=lambda path: path.stem)
def test_every_grade_is_one_of_five(path: Path) -> None:
    assert {grade for case in read_cases(path) for grade in case.grades.values()} <= {-1, 0, 1, 2, 3}


def test_ours_beats_every_simple_alternative_on_the_tune_half() -> None:
    assert evaluate(cupboard(), read_cases(own_cases()[0])).lead > 0.1


TEST_HALF = next(path for path in own_cases() if path.stem.endswith("-k"))
ON_FILE = yaml.safe_load(Path(matcher.__file__).with_name("evaluation.yaml").read_text())


def test_the_published_figures_are_of_this_version() -> None:
    assert ON_FILE["versie"] == matcher.VERSION


def test_the_published_figures_are_those_of_the_test_half() -> None:
    ours, published = figures(cupboard(), read_cases(TEST_HALF), RANKERS[OURS]), ON_FILE["cijfers"][0]
    assert (round(ours.ndcg10, 3), ours.harmful10) == (published["ndcg10"], published["schadelijk10"])


def test_on_the_test_half_nothing_harmful_stands_in_the_first_ten() -> None:
    assert ON_FILE["cijfers"][0]["schadelijk10"] == 0


def test_on_the_test_half_ours_leads_by_at_least_fifteen_hundredths() -> None:
    ours, *others = (row["ndcg10"] for row in ON_FILE["cijfers"])
    assert ours - max(others) >= 0.15


def test_a_file_without_judgements_is_refused() -> None:
    with pytest.raises(CaseError, match="oordelen"):
        evaluate(cupboard(), [])


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "geval.yaml"
    file.write_text("id: een\n")
    with pytest.raises(CaseError, match="lijst"):
        read_cases(file)


# ---- what a file of cases may hold ------------------------------------------------------------------------------------


def written(folder: Path, text: str) -> Path:
    path = folder / "gevallen.yaml"
    path.write_text(text, encoding="utf-8")
    return path


WHOLE = "- {id: 7, context: {ernst: 3}, scores: {agressie: {s: 80, z: 0.7}}, oordelen: [{een: 3, 2: -1}, {een: '2'}]}\n"


def test_a_case_is_read_with_what_each_reader_said_and_what_they_agree_on(tmp_path: Path) -> None:
    (case,) = read_cases(written(tmp_path, WHOLE + "- {id: los, scores: {}}\n- los\n"))
    assert case == Case(
        "7",
        Profile({"agressie": FactorScore("agressie", 80, 0.7)}),
        Context(severity=3),
        {"een": 2, "2": 0},
        ({"een": 3, "2": -1}, {"een": 2}),
    )


def test_one_reader_needs_no_list_and_a_context_may_be_left_out(tmp_path: Path) -> None:
    (case,) = read_cases(written(tmp_path, "- {id: een, scores: {}, oordelen: {a: 3, b: -1}}\n"))
    assert (case.context, case.grades, case.readers) == (Context(), {"a": 3, "b": -1}, ({"a": 3, "b": -1},))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("oordelen: {een: 3}\n", "gevallen.yaml: hier hoort een lijst met gevallen."),
        ("- een\n- [twee\n", "gevallen.yaml:2: Het haakje"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CaseError) as error:
        read_cases(written(tmp_path, text))
    assert str(error.value).startswith(said)


def test_everything_wrong_with_a_case_is_said_at_once(tmp_path: Path) -> None:
    text = "- {id: fout, context: {ernst: 9}, scores: {agressie: {s: 800, z: 0.7}}, oordelen: {a: 1}}\n"
    with pytest.raises(CaseError) as error:
        read_cases(written(tmp_path, text))
    assert str(error.value) == (
        "gevallen.yaml, fout: s van agressie moet een getal van 0 tot en met 100 zijn. "
        "'9' is hier geen keuze. Kies uit: 1, 2, 3, 4, 5."
    )


# ---- how far readers agree --------------------------------------------------------------------------------------------


def judged(*readers: dict[str, int]) -> Case:
    return Case("1", profile(agressie=80), Context(), agreed(readers), readers)


@pytest.mark.parametrize(
    ("one", "other", "kappa"),
    [
        ({"a": 3, "b": 0}, {"a": 3, "b": 0}, 1.0),
        ({"a": 3, "b": 0}, {"a": 0, "b": 3}, -1.0),
        ({"a": 3}, {"b": 3}, -1.0),
        (
            {"a": 3, "b": 1, "c": -1},
            {"a": 2, "b": 1, "c": 0},
            1 - (1 + 0 + 1) / (1 + 4 + 9 + 1 + 0 + 1 + 9 + 4 + 1) * 3,
        ),
    ],
)
def test_a_far_disagreement_weighs_more_than_a_near_one(
    one: dict[str, int], other: dict[str, int], kappa: float
) -> None:
    """Cohen's kappa with quadratic weights: 1 - seen squares / squares expected by chance. What one does not name is 0."""
    assert agreement([judged(one, other)]) == pytest.approx(kappa)


def test_agreement_is_over_all_cases_and_a_case_of_one_reader_is_left_aside() -> None:
    same, reverse = judged({"a": 3, "b": 0}, {"a": 3, "b": 0}), judged({"a": 3, "b": 0}, {"a": 0, "b": 3})
    assert agreement([same, reverse, judged({"a": 1})]) == pytest.approx(0.0)


# ---- every way of ranking, on a few pages -----------------------------------------------------------------------------

SERVICE = page(
    "dienst", soort="dienst", indicatie=indication(rol_in_aanpak="aanvulling"), samenvatting="Jongeren in de wijk."
)
SMALL = small_cupboard(
    page("a-zwak", indicatie=indication(problemen=["drugs"])),
    page("b-goed", samenvatting="Agressie, agressie en gewelddadig gedrag."),
    page("c-fout", bewijs=[evidence("school-werk", "schadelijk")], titel="Geweld"),
    SERVICE,
)
CASE = Case(
    "1",
    profile(agressie=80),
    context(),
    {"b-goed": 3, "dienst": 2, "c-fout": -1},
    ({"b-goed": 3, "dienst": 2, "c-fout": -1},),
)


def test_ours_shows_services_among_the_others_by_score() -> None:
    advice = recommend(SMALL, CASE.profile, CASE.context)
    scores = {r.intervention.id: r.score for r in advice.recommended + advice.services}
    assert RANKERS[OURS](SMALL, CASE) == sorted(scores, key=lambda i: -scores[i])
    assert RANKERS[OURS](SMALL, CASE) == ["dienst", "b-goed", "a-zwak"]


def test_only_gates_keeps_what_passes_in_order_of_id() -> None:
    assert RANKERS["alleen poorten"](SMALL, CASE) == ["a-zwak", "b-goed", "dienst"]


def test_words_put_first_whose_page_speaks_of_the_factors_and_the_problem() -> None:
    assert RANKERS["woorden (TF-IDF)"](SMALL, CASE) == ["b-goed", "c-fout", "a-zwak", "dienst"]


def test_words_are_damped_so_that_one_word_often_said_is_not_all() -> None:
    often = page("vaak", titel="Beer", samenvatting="agressie " * 9 + "bal bal")
    both = page("beide", titel="Aap", samenvatting="agressie gedrag bal bal")
    nothing = page("niets", titel="Cel", samenvatting="niets")
    assert RANKERS["woorden (TF-IDF)"](small_cupboard(often, both, nothing), CASE) == ["beide", "vaak", "niets"]


def test_chance_is_the_same_for_the_same_case_and_another_for_another() -> None:
    kast = small_cupboard(*(page(f"p{n}") for n in range(9)))
    by_chance = RANKERS["toeval"]
    assert by_chance(kast, CASE) == by_chance(kast, CASE) != by_chance(kast, replace(CASE, id="2"))


# ---- the report ---------------------------------------------------------------------------------------------------------


def test_a_report_holds_every_way_of_ranking_every_criterion_and_how_sure_it_is() -> None:
    empty = Case("2", profile(), context(), {"a-zwak": 3})
    report = evaluate(SMALL, [CASE, empty])
    assert report.cases == 2
    assert list(report.rankings) == list(RANKERS)
    ours = report.rankings[OURS]
    found = ["dienst", "b-goed", "a-zwak"]
    assert ours.ndcg5 == ours.ndcg10 == ndcg(CASE.grades, found, 10) / 2
    assert ours.recall10 == 0.5
    assert (ours.harmful10, ours.doubted10) == (0, 0)
    words = report.rankings["woorden (TF-IDF)"]
    assert (words.harmful10, words.doubted10) == (1, 1)
    assert list(report.without) == list(CRITERIA)
    assert report.without["bewijs"] == ours.ndcg10
    assert report.agreement is None
    listed = recommend(SMALL, CASE.profile, CASE.context).recommended
    assert report.steadiness == sum(r.steady for r in listed[:3]) / len(listed[:3]) / 2


def test_a_report_for_files_has_dutch_keys_and_three_decimals() -> None:
    report = Report(
        2, {OURS: Figures(1 / 3, 2 / 3, 1 / 7, 2, 3), "een": Figures(0, 0.5, 0, 0)}, {"rol": 2 / 3}, None, 1 / 3
    )
    assert report.as_plain() == {
        "versie": weights.VERSION,
        "gevallen": 2,
        "voorsprong_ndcg10": 0.167,
        "vastheid": 0.333,
        "eensgezindheid": None,
        "cijfers": [
            {
                "naam": "deze kast",
                "ndcg5": 0.333,
                "ndcg10": 0.667,
                "recall10": 0.143,
                "schadelijk10": 2,
                "betwijfeld10": 3,
            },
            {"naam": "een", "ndcg5": 0, "ndcg10": 0.5, "recall10": 0, "schadelijk10": 0, "betwijfeld10": 0},
        ],
        "weglaten": [{"criterium": "rol", "ndcg10": 0.667}],
    }


def test_figures_look_at_five_and_at_ten() -> None:
    case = Case("1", profile(), Context(), {"z": 3, "y": -1}, ({"z": 3, "y": -1},))

    def late(_kb: KnowledgeBase, _case: Case) -> list[str]:
        return [*"abcdef", "z", "g", "h", "y", "y"]

    found = figures(SMALL, [case], late)
    assert found.ndcg5 == 0.0
    assert found.ndcg10 == pytest.approx(1 / math.log2(8))
    assert (found.recall10, found.harmful10, found.doubted10) == (1.0, 1, 1)
    later = figures(SMALL, [case], lambda _kb, _case: [*"abcdefghij", "z", "y"])
    assert (later.ndcg10, later.recall10, later.harmful10, later.doubted10) == (0.0, 0.0, 0, 0)


def test_an_installed_package_without_cases_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(own_cases.__globals__, "__file__", str(tmp_path / "matcher" / "evaluate.py"))
    with pytest.raises(CaseError, match=r"^De eigen gevallen staan hier niet\. Geef een bestand met gevallen op\.$"):
        own_cases()


def test_without_cases_the_evaluation_says_what_is_missing() -> None:
    with pytest.raises(CaseError, match=r"^Er zijn geen gevallen met oordelen \(oordelen: \{id: 3\}\)\.$"):
        evaluate(SMALL, [])

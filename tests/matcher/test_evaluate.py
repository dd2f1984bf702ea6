"""Figures of the evaluation, checked by hand; and the expert cases themselves can be used."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import matcher
from assessment import Context
from kb import KnowledgeBase
from matcher import CaseError, evaluate, own_cases, read_cases
from matcher.evaluate import OURS, RANKERS, Case, agreed, agreement, doubted, figures, ndcg, recall
from tests.matcher.samples import cupboard, profile

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


TEST_HALF = next(path for path in own_cases() if path.stem.endswith("-g"))
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

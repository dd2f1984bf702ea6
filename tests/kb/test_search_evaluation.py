"""Measuring the search: the figures are what their names say, the sets are honest, and ours beats the plain engines."""

from __future__ import annotations

from pathlib import Path

import pytest

import kb
from kb.search_evaluation import KINDS, NONSENSE, OURS, Figures, Question, Report, figures, rank_of

QUESTIONS = kb.own_questions()


@pytest.fixture(scope="module")
def report(echte_kast: kb.KnowledgeBase) -> Report:
    return kb.evaluate_search(echte_kast, QUESTIONS)


# ---- figures ----------------------------------------------------------------------------------------------------------


def test_the_figures_are_means_over_questions() -> None:
    assert figures([1, 2, 4, None]) == Figures(4, 0.25, 0.75, (1 + 1 / 2 + 1 / 4) / 4)


def test_of_no_questions_nothing_is_found() -> None:
    assert figures([]) == Figures(0, 0.0, 0.0, 0.0)


def test_a_page_that_is_only_useful_is_no_answer() -> None:
    question = Question("x", "naam", {"een": 1, "twee": 2}, "")
    assert rank_of(question, ["een", "twee"]) == 2
    assert rank_of(question, ["een"]) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "better"),
    [
        ((1.0, 1.0, 1.0), (0.9, 1.0, 0.95), True),
        ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), True),
        ((0.9, 0.9, 0.9), (0.9, 0.9, 0.9), False),
        ((0.9, 0.9, 0.95), (0.9, 0.9, 0.9), True),
        ((0.9, 0.9, 0.95), (0.9, 1.0, 0.9), False),
    ],
)
def test_better_is_better_somewhere_and_worse_nowhere(
    ours: tuple[float, float, float], theirs: tuple[float, float, float], better: bool
) -> None:
    assert Figures(10, *ours).beats(Figures(10, *theirs)) is better


# ---- the sets ---------------------------------------------------------------------------------------------------------


def test_at_least_half_of_the_questions_by_hand_are_by_the_reader() -> None:
    by_hand = [question.source for question in QUESTIONS if question.source != "gemaakt"]
    assert len(by_hand) >= 150
    assert 2 * sum(source.startswith("lezer") for source in by_hand) >= len(by_hand)


@pytest.mark.parametrize("kind", [*KINDS, NONSENSE])
def test_every_kind_has_at_least_twelve_questions(kind: str) -> None:
    assert sum(question.kind == kind for question in QUESTIONS) >= 12


def write(folder: Path, text: str) -> Path:
    path = folder / "vragen.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vraag: x", "hier hoort een lijst"),
        ("- x", "vraag 1: schrijf {vraag"),
        ("- {vraag: x, soort: raar, goed: [a]}", "'raar' is geen soort"),
        ("- {vraag: x, soort: naam, goed: []}", "een vraag heeft een goed antwoord"),
        ("- {vraag: x, soort: onzin, goed: [a]}", "onzin heeft er geen"),
        ("- {vraag: [", "vragen.yaml:1"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(kb.QuestionError, match=said.replace("{", r"\{")):
        kb.read_questions(write(tmp_path, text))


def test_an_expected_page_that_does_not_exist_is_named(tmp_path: Path, echte_kast: kb.KnowledgeBase) -> None:
    questions = kb.read_questions(write(tmp_path, "- {vraag: x, soort: naam, goed: [bestaat-niet]}"))
    with pytest.raises(kb.QuestionError, match="bestaat-niet"):
        kb.evaluate_search(echte_kast, questions)


# ---- what is measured -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["SQLite FTS5 unicode61", "SQLite FTS5 trigram", "BM25", "TF-IDF woorden", "TF-IDF letters"]
)
def test_the_plain_engines_find_an_exact_name(report: Report, name: str) -> None:
    assert report.by_kind[name]["naam"].five >= 0.95


def test_ours_beats_every_engine_on_every_kind(report: Report) -> None:
    assert report.not_beaten() == []


def test_a_good_page_is_among_the_first_five_for_nineteen_in_twenty(report: Report) -> None:
    assert report.overall[OURS].five >= 0.95


def test_nonsense_finds_nothing(report: Report) -> None:
    assert report.nonsense[OURS] == 1.0

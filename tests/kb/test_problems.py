"""What a Problem is, and which word was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.problems import Problem, did_you_mean

KNOWN = ["sterke-aanwijzingen", "goede-aanwijzingen", "niet-beoordeeld", "midden"]


@pytest.mark.parametrize(
    "word", ["sterke-aanwijzing", "Sterke aanwijzingen", "STERKE-AANWIJZINGEN", "sterke_aanwijzingen"]
)
def test_goed_a_word_that_is_near_is_suggested(word: str) -> None:
    assert did_you_mean(word, KNOWN) == " Bedoelde u 'sterke-aanwijzingen'?"


@pytest.mark.parametrize("word", ["", "?", "toverdrank", "x" * 100_000])
def test_fout_a_word_that_is_far_gets_no_suggestion(word: str) -> None:
    assert did_you_mean(word, KNOWN) == ""


def test_problems_are_ordered_by_file_then_line() -> None:
    later, sooner = Problem(Path("a.md"), 10, "", "x"), Problem(Path("a.md"), 9, "z", "y")
    assert sorted([Problem(Path("b.md"), 1, "", ""), later, sooner])[:2] == [sooner, later]

"""What the judgements on one page come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import EvidenceLevel, Outcome, best_level, lowest, per_outcome, strongest
from tests.kb.pages import page

EVIDENCE = "  - {uitkomst: school-werk, niveau: goed-onderbouwd, oordeel_van: Erkenningscommissie Interventies, datum: 2019-06}\n"


def levels(*pairs: tuple[str, str]) -> tuple[str, str]:
    """The evidence of the good page, replaced by these outcomes and levels."""
    lines = [f"  - {{uitkomst: {o}, niveau: {n}, oordeel_van: onderzoek, datum: 2020}}\n" for o, n in pairs]
    return EVIDENCE, "".join(lines)


def test_of_conflicting_judgements_the_lowest_counts(tmp_path: Path) -> None:
    found = page(tmp_path, levels(("delictgedrag", "goede-aanwijzingen"), ("delictgedrag", "geen-effect")))
    assert lowest(per_outcome(found)[Outcome.OFFENDING]).level is EvidenceLevel.NO_EFFECT


def test_not_assessed_does_not_lower_a_real_judgement(tmp_path: Path) -> None:
    found = page(tmp_path, levels(("delictgedrag", "goede-aanwijzingen"), ("delictgedrag", "niet-beoordeeld")))
    assert lowest(per_outcome(found)[Outcome.OFFENDING]).level is EvidenceLevel.GOOD


@pytest.mark.parametrize(
    ("judged", "best"),
    [
        ([("school-werk", "goed-onderbouwd"), ("delictgedrag", "eerste-aanwijzingen")], EvidenceLevel.FIRST),
        ([("school-werk", "sterke-aanwijzingen"), ("delictgedrag", "schadelijk")], EvidenceLevel.HARMFUL),
        ([("school-werk", "goede-aanwijzingen"), ("delictgedrag", "geen-effect")], EvidenceLevel.GOOD),
        ([("gedragsproblemen", "niet-beoordeeld"), ("delictgedrag", "geen-effect")], EvidenceLevel.NO_EFFECT),
        ([("algemeen", "niet-beoordeeld")], EvidenceLevel.NOT_ASSESSED),
    ],
    ids=[
        "sterkste uitkomst",
        "schade weegt zwaarder",
        "geen effect op iets anders",
        "niet beoordeeld verbergt niets",
        "geen oordeel",
    ],
)
def test_the_best_that_is_known(tmp_path: Path, judged: list[tuple[str, str]], best: EvidenceLevel) -> None:
    assert best_level(page(tmp_path, levels(*judged))) is best


def test_nothing_has_no_strongest() -> None:
    assert strongest([]) is None

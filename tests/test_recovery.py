"""The recovery study says what the code does: a row worked out again, and bands that hold the truth about as often as they promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import recovery
from tests.recovery import ORDINARY, Study

DOCUMENT = Path(__file__).parent.parent / "docs" / "herstelstudie.md"
TABLE = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
]
COVERAGE = recovery.HEADINGS.index("dekking")


def test_the_table_has_a_row_for_every_study() -> None:
    found = [tuple(row[:3]) for row in TABLE[2:]]
    assert tuple(TABLE[0]) == recovery.HEADINGS
    assert found == [(one.world.name, one.panel_name, str(one.size)) for one in recovery.studies()]


def test_a_row_worked_out_again_is_the_row_in_the_document() -> None:
    study = Study(ORDINARY, 6)
    assert recovery.as_line(recovery.row(study)) in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "row", [row for row in TABLE[2:] if row[0] == ORDINARY.name], ids=lambda row: "-".join(row[:3])
)
def test_in_the_ordinary_world_a_band_of_80_per_cent_holds_the_truth_about_as_often(row: list[str]) -> None:
    assert 77 <= int(row[COVERAGE].rstrip("%")) <= 87

"""The gap matrix: what there is per factor and prevention level, and how firm it is."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kb import (
    GROUNDS,
    Changeability,
    Coverage,
    CoverageCell,
    CoverageRow,
    EvidenceLevel,
    Ground,
    KnowledgeBase,
    Outcome,
    PreventionLevel,
    measured_strength,
)
from kb.coverage import coverage


def row(found: Coverage, axis: str) -> CoverageRow:
    return next(row for row in found.rows if row.axis == axis)


def cell(found: Coverage, axis: str, level: PreventionLevel) -> CoverageCell:
    return next(cell for cell in row(found, axis).cells if cell.level is level)


def cells(found: Coverage) -> Iterable[CoverageCell]:
    return (cell for row in found.rows for cell in row.cells)


def test_every_factor_is_in_one_row(echte_kast: KnowledgeBase) -> None:
    named = [factor for row in echte_kast.coverage({}).rows for factor in row.factors]
    assert sorted(named) == sorted(echte_kast.factors)


def test_a_row_has_a_cell_for_every_prevention_level(echte_kast: KnowledgeBase) -> None:
    levels = [[cell.level for cell in row.cells] for row in echte_kast.coverage({}).rows]
    assert levels == [list(PreventionLevel)] * len(levels)


def test_a_cell_holds_what_names_the_factor_and_has_the_level(kleine_kast: KnowledgeBase) -> None:
    found = cell(kleine_kast.coverage({}), "agressie", PreventionLevel.INDICATED)
    assert (found.interventions, found.best) == (("gezinscoach-thuis",), EvidenceLevel.STRONG)


def test_both_sides_of_an_axis_count_together(echte_kast: KnowledgeBase) -> None:
    found = {i for cell in row(echte_kast.coverage({}), "zelfregulatie").cells for i in cell.interventions}
    sides = [*echte_kast.working_on("impulsiviteit"), *echte_kast.working_on("zelfcontrole")]
    assert found == {intervention.id for intervention in sides}


def test_an_empty_cell_has_no_best_evidence(echte_kast: KnowledgeBase) -> None:
    empty = [cell for cell in cells(echte_kast.coverage({})) if not cell.interventions]
    assert {(cell.ground, cell.best, cell.proven) for cell in empty} == {(Ground.EMPTY, None, 0)}


def test_only_signs_of_effect_count_as_proven(echte_kast: KnowledgeBase) -> None:
    for each in cells(echte_kast.coverage({})):
        assert (each.ground is Ground.PROVEN) == (each.proven > 0)


def test_with_an_outcome_only_that_evidence_counts(kleine_kast: KnowledgeBase) -> None:
    general = cell(kleine_kast.coverage({}), "weerbaarheid", PreventionLevel.UNIVERSAL)
    strict = cell(kleine_kast.coverage({}, Outcome.OFFENDING), "weerbaarheid", PreventionLevel.UNIVERSAL)
    assert (general.ground, strict.ground) == (Ground.PROVEN, Ground.NOT_ASSESSED)


def test_the_matrix_can_be_of_a_part_of_the_cupboard(kleine_kast: KnowledgeBase) -> None:
    found = kleine_kast.coverage({"twente": ["loopt"]})
    assert found.total == 2
    assert {i for each in cells(found) for i in each.interventions} == {"leerwerkplek", "sportavond"}


def test_an_empty_cupboard_is_all_gaps() -> None:
    assert coverage({}, []) == Coverage(totaal=0, rijen=())


def test_an_empty_part_leaves_every_cell_empty(kleine_kast: KnowledgeBase) -> None:
    found = kleine_kast.coverage({"zwaarte": ["zwaar"], "vorm": ["school"]})
    assert {each.ground for each in cells(found)} == {Ground.EMPTY}


def test_what_can_hardly_be_changed_is_no_gap(echte_kast: KnowledgeBase) -> None:
    gaps = [row for row in echte_kast.coverage({"twente": ["loopt"]}).rows if row.is_gap]
    assert gaps
    assert Changeability.HARDLY not in {row.changeability for row in gaps}


def test_a_neutral_starting_value_is_no_measured_strength(echte_kast: KnowledgeBase) -> None:
    unsure = [factor for factor in echte_kast.factors.values() if factor.strength_certainty == "laag"]
    assert measured_strength(unsure) is None


@pytest.mark.parametrize("level", EvidenceLevel)
def test_every_level_of_evidence_is_some_ground(level: EvidenceLevel) -> None:
    assert GROUNDS[level] is not Ground.EMPTY

"""The tables hold everything: from them alone every intervention and factor can be made again."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

import kb
from kb import Factor, Intervention, KnowledgeBase, Table
from tests.kb.rebuild import records


@pytest.fixture(scope="module")
def made(echte_kast: KnowledgeBase) -> dict[str, Table]:
    return {table.name: table for table in kb.tables(echte_kast)}


def test_every_visible_intervention_has_its_row(echte_kast: KnowledgeBase, made: dict[str, Table]) -> None:
    assert [row[0] for row in made["interventies"].rows] == [i.id for i in echte_kast.visible]


def test_interventions_can_be_made_again_from_the_tables(echte_kast: KnowledgeBase, made: dict[str, Table]) -> None:
    again = [Intervention.model_validate(record) for record in records(made, Intervention)]
    assert again == list(echte_kast.visible)


def test_factors_can_be_made_again_from_the_tables(echte_kast: KnowledgeBase, made: dict[str, Table]) -> None:
    assert [Factor.model_validate(record) for record in records(made, Factor)] == list(echte_kast.factors.values())


def test_every_row_is_as_long_as_the_heading(made: dict[str, Table]) -> None:
    assert not [t.name for t in made.values() for row in t.rows if len(row) != len(t.columns)]


def test_every_column_is_explained(made: dict[str, Table]) -> None:
    told: dict[Any, set[Any]] = defaultdict(set)
    for table, column, meaning, *_ in made["velden"].rows:
        assert meaning not in ("", "None"), (table, column)
        told[table].add(column)
    content = {
        name: {column.name for column in t.columns} for name, t in made.items() if name not in ("velden", "keuzes")
    }
    assert told == content


def test_every_code_of_a_closed_list_is_explained(made: dict[str, Table]) -> None:
    told = {(table, column, code) for table, column, code, *_ in made["keuzes"].rows}
    for table in made.values():
        for place, column in enumerate(table.columns):
            used = {
                word
                for row in table.rows
                if column.options and row[place]
                for word in str(row[place]).split(kb.BETWEEN)
            }
            assert {(table.name, column.name, code) for code in used} <= told


def test_a_concept_is_not_given_away(kleine_kast: KnowledgeBase) -> None:
    ids = {row[0] for row in next(t for t in kb.tables(kleine_kast) if t.name == "interventies").rows}
    assert ids == {i.id for i in kleine_kast.visible}
    assert all(i.status is not kb.Status.DRAFT for i in kleine_kast.visible)


def test_an_empty_cupboard_gives_empty_tables_with_headings() -> None:
    made = {table.name: table for table in kb.tables(KnowledgeBase((), {}))}
    assert made["interventies"].rows == ()
    assert made["interventies"].columns[0].name == "id"

"""The whole knowledge base as flat tables, with what every column means; columns and words are read off kb/model.py.

A list of words becomes one joined cell and, so that nothing is lost, rows in the table `lijsten`; a list of records becomes a
table of its own. Knows no file format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kb.content import type_of
from kb.knowledge_base import KnowledgeBase
from kb.model import Choice, Factor, Intervention

Cell = str | int | float | date | None
Row = tuple[Cell, ...]
BETWEEN = " | "
"""Between the words of a list that stand in one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    description: str
    kind: str
    """tekst, keuze, geheel getal, getal or datum; with 'lijst:' before it when the cell holds several."""
    required: bool = True
    options: type[Choice] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column and the way to its value."""

    column: Column
    way: tuple[str, ...]
    is_list: bool

    def value(self, record: BaseModel) -> Any:
        found: Any = record
        for name in self.way:
            found = None if found is None else getattr(found, name)
        return found


@dataclass(frozen=True, slots=True)
class _Owner:
    """Records of one kind, and what the rows of their lists are called."""

    name: str
    title: str
    records: Sequence[Intervention | Factor]
    key: str


_LISTS_OF_RECORDS = {
    "bewijs": ("bewijs", "Het bewijs, per uitkomst"),
    "elders_beoordeeld": ("elders-beoordeeld", "Oordelen van andere registers"),
    "risicofactoren": ("interventie-factoren", "Factoren waaraan een interventie werkt"),
    "beschermende_factoren": ("interventie-factoren", "Factoren waaraan een interventie werkt"),
    "aandachtspunten": ("aandachtspunten", "Wat een lezer vooraf moet weten"),
    "bronnen": ("bronnen", "Waar het staat"),
}
"""Name and title of the table for a list of records. A list that is not here still gets a table, named after its field."""
_NUMBER = Column("nr", "plaats in de lijst, vanaf 1", "geheel getal")
_FIELD = Column("veld", "veld waarin dit staat", "tekst")


def tables(kb: KnowledgeBase) -> tuple[Table, ...]:
    """Everything a visitor may see, withdrawn pages too; then the dictionary of columns and the closed lists."""
    owners = (
        _Owner("interventies", "Alle interventies, één per regel", kb.visible, "interventie"),
        _Owner("factoren", "Alle risicofactoren en beschermende factoren", tuple(kb.factors.values()), "factor"),
    )
    content = [table for owner in owners for table in _of_owner(owner)]
    return (*content, _dictionary(content), _closed_lists(content))


def _of_owner(owner: _Owner) -> Iterator[Table]:
    model = Intervention if owner.key == "interventie" else Factor
    leaves = sorted(_leaves(model), key=lambda leaf: leaf.column.name != "id")
    rows = tuple(tuple(_cell(leaf, record) for leaf in leaves) for record in owner.records)
    yield Table(owner.name, owner.title, tuple(leaf.column for leaf in leaves), rows)
    yield from _record_tables(owner, model)
    yield _words_table(owner, [leaf for leaf in leaves if leaf.is_list])


def _leaves(
    model: type[BaseModel], prefix: str = "", way: tuple[str, ...] = (), required: bool = True
) -> Iterator[_Leaf]:
    """The columns of a record: its own fields and those of the records in it; lists of records stand elsewhere."""
    for name, field in model.model_fields.items():
        inner, label = type_of(field), f"{prefix}{field.alias}"
        is_needed = required and field.is_required()
        if issubclass(inner, BaseModel):
            if not _is_list(field):
                yield from _leaves(inner, f"{label}.", (*way, name), is_needed)
        else:
            options = inner if issubclass(inner, Choice) else None
            kind = ("lijst: " if _is_list(field) else "") + _kind(inner)
            column = Column(label, str(field.description), kind, is_needed, options)
            yield _Leaf(column, (*way, name), _is_list(field))


def _is_list(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple


def _kind(inner: type) -> str:
    known = {Choice: "keuze", date: "datum", int: "geheel getal", float: "getal"}
    return next((words for kind, words in known.items() if issubclass(inner, kind)), "tekst")


def _cell(leaf: _Leaf, record: BaseModel) -> Cell:
    found = leaf.value(record)
    if leaf.is_list:
        return BETWEEN.join(map(str, found or ()))
    plain: Cell = str(found) if isinstance(found, Choice) else found
    return plain


def _record_tables(owner: _Owner, model: type[BaseModel]) -> Iterator[Table]:
    """One table per kind of record; lists that share one say in `veld` which they are."""
    fields = {name: field for name, field in model.model_fields.items() if _is_list(field)}
    grouped: dict[tuple[str, str], list[str]] = {}
    for name, field in fields.items():
        if issubclass(type_of(field), BaseModel):
            alias = str(field.alias)
            grouped.setdefault(_LISTS_OF_RECORDS.get(alias, (alias, str(field.description))), []).append(name)
    for (table, title), names in grouped.items():
        leaves = tuple(_leaves(type_of(fields[names[0]])))
        shared = (_FIELD,) if len(names) > 1 else ()
        columns = (_key_column(owner), *shared, _NUMBER, *(leaf.column for leaf in leaves))
        rows = (
            (record.id, *([str(fields[name].alias)] if shared else []), number, *(_cell(leaf, item) for leaf in leaves))
            for record in owner.records
            for name in names
            for number, item in enumerate(getattr(record, name), start=1)
        )
        yield Table(table if owner.key == "interventie" else f"{owner.key}-{table}", title, columns, tuple(rows))


def _key_column(owner: _Owner) -> Column:
    return Column(owner.key, f"id uit de tabel {owner.name}", "tekst")


def _words_table(owner: _Owner, leaves: Sequence[_Leaf]) -> Table:
    """Every word of every list on a row of its own."""
    columns = (_key_column(owner), _FIELD, _NUMBER, Column("waarde", "één waarde uit de lijst", "tekst"))
    rows = (
        (record.id, leaf.column.name, number, str(word))
        for record in owner.records
        for leaf in leaves
        for number, word in enumerate(leaf.value(record) or (), start=1)
    )
    name = "lijsten" if owner.key == "interventie" else f"{owner.key}-lijsten"
    return Table(name, f"Elke waarde uit de lijsten van {owner.name}, één per regel", columns, tuple(rows))


def _dictionary(content: Sequence[Table]) -> Table:
    """What every column means: the data dictionary."""
    columns = (
        Column("tabel", "naam van de tabel", "tekst"),
        Column("kolom", "naam van de kolom", "tekst"),
        Column("omschrijving", "wat erin staat", "tekst"),
        Column("soort", f"wat voor waarde; de waarden van een lijst staan met '{BETWEEN}' ertussen", "tekst"),
        Column("verplicht", "ja of nee", "tekst"),
        Column("keuzes", "de codes die er kunnen staan; de woorden erbij staan in de tabel keuzes", "tekst"),
    )
    rows = (
        (t.name, c.name, c.description, c.kind, "ja" if c.required else "nee", BETWEEN.join(c.options or ()))
        for t in content
        for c in t.columns
    )
    return Table("velden", "Wat elke kolom betekent", columns, tuple(rows))


def _closed_lists(content: Sequence[Table]) -> Table:
    columns = (
        Column("tabel", "naam van de tabel", "tekst"),
        Column("kolom", "naam van de kolom", "tekst"),
        Column("code", "wat er in de kolom staat", "tekst"),
        Column("label", "hoe de site het noemt", "tekst"),
        Column("betekenis", "uitleg", "tekst"),
    )
    rows = (
        (table.name, column.name, str(option), option.label, option.meaning)
        for table in content
        for column in table.columns
        for option in column.options or ()
    )
    return Table("keuzes", "De gesloten lijsten, met hun woorden", columns, tuple(rows))

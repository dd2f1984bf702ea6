"""From tables back to the records they were made of: the proof that nothing was lost. Works on what it is told in `velden`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kb import Factor, Intervention, Table

RECORD_LISTS = {
    Intervention: {
        "bewijs": "bewijs",
        "elders_beoordeeld": "elders-beoordeeld",
        "aandachtspunten": "aandachtspunten",
        "bronnen": "bronnen",
    },
    Factor: {"bronnen": "factor-bronnen"},
}
SHARED = "interventie-factoren"

Record = dict[str, Any]


def records(tables: Mapping[str, Table], model: type[Intervention] | type[Factor]) -> Iterator[Record]:
    """Every record as its front matter has it."""
    main, words = ("interventies", "lijsten") if model is Intervention else ("factoren", "factor-lijsten")
    listed = _lists(tables, words, RECORD_LISTS[model], SHARED if model is Intervention else None)
    joined = {c.name for c in tables[main].columns if c.kind.startswith("lijst")}
    for row in tables[main].rows:
        record: Record = {}
        for column, cell in zip(tables[main].columns, row, strict=True):
            if column.name not in joined and cell is not None:
                _put(record, column.name.split("."), cell)
        for place, values in listed[row[0]].items():
            _put(record, place.split("."), values)
        yield record


def _lists(tables: Mapping[str, Table], words: str, owned: Mapping[str, str], shared: str | None) -> Any:
    found: Any = defaultdict(lambda: defaultdict(list))
    for owner, field, _, word in tables[words].rows:
        found[owner][field].append(word)
    for field, name in owned.items():
        for owner, _, *cells in tables[name].rows:
            found[owner][field].append(_record(tables[name], cells))
    for owner, field, _, *cells in tables[shared].rows if shared else ():
        found[owner][field].append(_record(tables[str(shared)], cells))
    return found


def _record(table: Table, cells: list[Any]) -> Record:
    names = [column.name for column in table.columns][-len(cells) :]
    return {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}


def _put(record: Record, place: list[str], value: Any) -> None:
    for part in place[:-1]:
        record = record.setdefault(part, {})
    record[place[-1]] = value

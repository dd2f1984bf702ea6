"""Everything in the cupboard as files that others can use: JSON, CSV, XLSX, what the columns mean, and a description for catalogues.

The same files come out of `kast export data` and out of the API. Says what is in which file; how a file type works is in
`spreadsheet`, how a folder is filled in `folder`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import kb
from web import dcat, folder, spreadsheet
from web.settings import Settings

KIND = "data"
TITLE = "Apothekerskast Jeugd"
LICENCE = "CC BY 4.0"
JSON_NAME, XLSX_NAME, DCAT_NAME, README_NAME = "kast.json", "kast.xlsx", "dcat.jsonld", "LEESMIJ.md"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE, JSON_TYPE, DCAT_TYPE = "text/csv; charset=utf-8", "application/json", "application/ld+json"


@dataclass(frozen=True, slots=True)
class Download:
    """One file: its name in the folder, its place under the API, what it is, and how it is made."""

    name: str
    place: str
    title: str
    media_type: str
    file_type: str
    """Code in the list of file types of the EU."""
    make: Callable[[], bytes]


class OpenData:
    """The files of one knowledge base; each is made when it is first asked for, and kept."""

    def __init__(self, base: kb.KnowledgeBase, settings: Settings) -> None:
        self._kb = base
        self._settings = settings
        self._made: dict[str, bytes] = {}

    @property
    def updated(self) -> date:
        """The last day on which any page was checked."""
        return max((i.checked_on for i in self._kb.visible), default=date.min)

    @cached_property
    def tables(self) -> dict[str, kb.Table]:
        return {table.name: table for table in kb.tables(self._kb)}

    @cached_property
    def downloads(self) -> dict[str, Download]:
        """All files by name."""
        csv_files = (
            Download(f"csv/{t.name}.csv", f"csv/{t.name}", f"{t.title} (CSV)", CSV_TYPE, "CSV", lambda t=t: _csv(t))  # type: ignore[misc]
            for t in self.tables.values()
        )
        files = (
            Download(JSON_NAME, "json", "Alles in één bestand (JSON)", JSON_TYPE, "JSON", self._json),
            Download(XLSX_NAME, "xlsx", "Alle tabellen in één werkmap (XLSX)", XLSX_TYPE, "XLSX", self._xlsx),
            *csv_files,
        )
        return {file.name: file for file in files}

    def content(self, name: str) -> bytes:
        """The bytes of a file. Raises KeyError when there is no file with this name."""
        if name not in self._made:
            self._made[name] = self.downloads[name].make()
        return self._made[name]

    def dcat(self, address: Callable[[Download], str]) -> dict[str, Any]:
        """The description for data catalogues; `address` says where a file can be had."""
        return dcat.describe(self._settings, tuple(self.downloads.values()), self.updated, address)

    def _json(self) -> bytes:
        return as_json(self._kb)

    def _xlsx(self) -> bytes:
        return spreadsheet.workbook(tuple(self.tables.values()), TITLE, self.updated)


def _csv(table: kb.Table) -> bytes:
    return spreadsheet.csv_text(table).encode()


def as_json(base: kb.KnowledgeBase) -> bytes:
    """Everything, with the keys of the files, one record on a line: from this the whole knowledge base can be made again."""
    updated = max((i.checked_on for i in base.visible), default=date.min)
    head = {"titel": TITLE, "licentie": LICENCE, "bijgewerkt_op": updated.isoformat()}
    factors = [factor.as_json() for factor in base.factors.values()]
    lists = {b"interventies": base.as_json.values(), b"factoren": factors}
    listed = b",\n".join(b'"%s": [\n%s\n]' % (name, b",\n".join(records)) for name, records in lists.items())
    return json.dumps(head, ensure_ascii=False).encode()[:-1] + b",\n" + listed + b"}\n"


def export(base: kb.KnowledgeBase, settings: Settings, path: Path) -> int:
    """Fill a folder with all files; gives their number. Raises folder.FolderError when the folder cannot be used."""
    data = OpenData(base, settings)
    with folder.opened(path, KIND) as out:
        for name in data.downloads:
            out.write(name, data.content(name))
        described = data.dcat(lambda download: download.name)
        out.write(DCAT_NAME, json.dumps(described, ensure_ascii=False, indent=1).encode())
        out.write(README_NAME, readme(data).encode())
        return len(out.entries)


def readme(data: OpenData) -> str:
    """What lies in the folder and how to read it."""
    return README.format(
        updated=data.updated,
        between=kb.BETWEEN.strip(),
        json=JSON_NAME,
        xlsx=XLSX_NAME,
        dcat=DCAT_NAME,
        tables=_table_list(tuple(data.tables.values())),
    )


def _table_list(tables: Sequence[kb.Table]) -> str:
    return "\n".join(f"- `csv/{table.name}.csv`: {table.title} ({len(table.rows)} regels)" for table in tables)


README = """\
# Open data van de Apothekerskast Jeugd

Alles wat in de kast staat, bijgewerkt tot en met {updated}. U mag het gebruiken onder CC BY 4.0: noem de bron.

- `{json}`: alles in één bestand, met dezelfde sleutels als de bestanden van de redactie. Hieruit is de hele kast terug te maken.
- `{xlsx}`: alle tabellen als bladen van één werkmap.
- `{dcat}`: een beschrijving voor datacatalogi (DCAT-AP-NL).
{tables}

## Zo leest u de CSV-bestanden

- De bestanden zijn UTF-8 met een byte order mark, met een puntkomma tussen de kolommen en een komma in getallen. Zo opent een Nederlandse
  Excel ze met een dubbelklik goed.
- Een datum is jaar-maand-dag. Van sommige oordelen is alleen de maand of het jaar bekend; dan staat er niet meer.
- Een kolom met meer waarden, zoals `vorm`, heeft ` {between} ` tussen de waarden. In `lijsten.csv` staat elke waarde op een eigen regel.
- Wat vaker voorkomt bij één interventie, zoals bewijs en bronnen, staat in een eigen bestand. De kolom `interventie` is de `id`.
- Begint een tekst met = + - @ of ', dan staat er één ' voor. Een rekenprogramma voert de tekst dan niet uit. Haal die ' weg als u de
  tekst zelf wilt hebben.
- `velden.csv` zegt wat elke kolom betekent, `keuzes.csv` wat elke code betekent.
"""

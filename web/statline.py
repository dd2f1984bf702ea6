"""Fetches figures of CBS through its OData API and writes them as a table that the upload of a meting reads. Stores nothing.

The names of columns end in a number that differs per year (`HuishoudensTotaal_28`); they are found by what goes before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2

from assessment import Municipality, municipalities

BASE = "https://opendata.cbs.nl/ODataApi/odata"
TABLE, YEAR = "85318NED", 2022
"""Kerncijfers wijken en buurten 2022. Another year is another table, so both are given together."""
COUNTRY = "NL00"
SECONDS = 20.0
MAX_PAGES = 20
SHARES: Mapping[str, tuple[str, str]] = {"R10": ("HuishoudensMetEenLaagInkomen", "HuishoudensTotaal")}
"""Indicator to the column with the percentage and the column with the number it is about."""
HEADINGS = ("indicator", "gebied", "jaar", "percentage", "noemer", "bron")

Record = Mapping[str, Any]


class FetchError(Exception):
    """CBS gave no usable answer; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    municipality: Municipality
    table: str = TABLE
    year: int = YEAR
    base: str = BASE


def fetch(wanted: Wanted) -> str:
    """A CSV with the municipality, the others of its region and the country. Raises FetchError."""
    try:
        with httpx2.Client(timeout=SECONDS, headers={"Accept": "application/json"}) as client:
            names = _column_names(client, wanted)
            records = [record for place in _places(wanted) for record in _records(client, wanted, names, place)]
    except httpx2.HTTPError as error:
        raise FetchError(
            f"CBS is niet te bereiken of weigert ({error.__class__.__name__}). Staat dit netwerk het toe? U kunt de tabel ook zelf "
            "downloaden op StatLine en bij de meting inlezen."
        ) from None
    return _as_csv(_rows(records, names, wanted))


def _column_names(client: httpx2.Client, wanted: Wanted) -> dict[str, str]:
    """What a column is called this year, by its name without number."""
    properties = _values(client, f"{wanted.base}/{wanted.table}/DataProperties?$format=json")
    keys = [str(entry.get("Key", "")) for entry in properties]
    names = {re.sub(r"_\d+$", "", key): key for key in keys}
    missing = [name for pair in SHARES.values() for name in pair if name not in names]
    if missing:
        raise FetchError(
            f"Tabel {wanted.table} heeft geen kolom {missing[0]}. Kies een tabel ‘Kerncijfers wijken en buurten’."
        )
    return names


def _places(wanted: Wanted) -> list[str]:
    region = wanted.municipality.safety_region
    return [one.code for one in municipalities() if one.safety_region == region] + [COUNTRY]


def _records(client: httpx2.Client, wanted: Wanted, names: Mapping[str, str], place: str) -> list[Record]:
    columns = ",".join(["WijkenEnBuurten", *(names[name] for pair in SHARES.values() for name in pair)])
    query = httpx2.QueryParams(
        {"$format": "json", "$filter": f"WijkenEnBuurten eq '{place:<10}'", "$select": columns},
    )
    return _values(client, f"{wanted.base}/{wanted.table}/TypedDataSet?{query}")


def _values(client: httpx2.Client, address: str) -> list[Record]:
    """All pages of one answer; a next page elsewhere is not followed."""
    found: list[Record] = []
    host = urlsplit(address).netloc
    for _ in range(MAX_PAGES):
        answer = client.get(address).raise_for_status()
        try:
            body = answer.json()
            found += body["value"]
        except (ValueError, KeyError, TypeError):
            raise FetchError("CBS gaf een antwoord dat wij niet kunnen lezen. Probeer het later opnieuw.") from None
        address = str(body.get("odata.nextLink") or "")
        if not address or urlsplit(address).netloc != host:
            break
    return found


def _rows(records: Iterable[Record], names: Mapping[str, str], wanted: Wanted) -> Iterator[tuple[object, ...]]:
    for record in records:
        for indicator, (share, base) in SHARES.items():
            cells = (record.get(names[share]), record.get(names[base]))
            known = ["." if cell is None else cell for cell in cells]
            place = str(record.get("WijkenEnBuurten", "")).strip()
            yield indicator, place, wanted.year, *known, f"CBS StatLine {wanted.table}"


def _as_csv(rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows([str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row] for row in rows)
    return out.getvalue()

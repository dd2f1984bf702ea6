"""The open data under the API: the same files as `kast export data`, each at an address without a file ending, as the rules ask."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import FastAPI, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kb import KnowledgeBase
from web import errors
from web.open_data import CSV_TYPE, DCAT_TYPE, JSON_NAME, JSON_TYPE, XLSX_NAME, XLSX_TYPE, Download, OpenData
from web.settings import Settings

PREFIX = "/export"
TableName = Annotated[str, Path(description="naam van een tabel", examples=["interventies"])]


def add_export(api: FastAPI, kb: KnowledgeBase, settings: Settings) -> None:
    """Add the addresses of the open data. The files are made when they are first asked for."""
    data = OpenData(kb, settings)

    @api.get(f"{PREFIX}/json", **_about("Alles als JSON", JSON_TYPE))
    def all_as_json(request: Request) -> Response:
        """Alle interventies en factoren in één bestand. Hieruit is de hele kast terug te maken."""
        return _file(request, data, JSON_NAME)

    @api.get(f"{PREFIX}/xlsx", **_about("Alles als werkmap", XLSX_TYPE))
    def all_as_workbook(request: Request) -> Response:
        """Alle tabellen als bladen van één werkmap, met uitleg van elke kolom."""
        return _file(request, data, XLSX_NAME)

    @api.get(f"{PREFIX}/csv/{{tabel}}", **_about("Eén tabel als CSV", CSV_TYPE))
    def table_as_csv(request: Request, tabel: TableName) -> Response:
        """Eén tabel: `interventies`, `bewijs`, `bronnen`, `factoren`, `velden` en meer; `/export/dcat` noemt ze allemaal.

        Met een byte order mark, puntkomma's en komma's in getallen, zoals een Nederlandse Excel het verwacht.
        """
        return _file(request, data, f"csv/{tabel}.csv")

    @api.get(f"{PREFIX}/dcat", **_about("Beschrijving voor datacatalogi", DCAT_TYPE))
    def for_catalogues(request: Request) -> Response:
        """De bestanden en de API, beschreven volgens DCAT-AP-NL 3.0, als JSON-LD."""
        _no_parameters(request)
        described = data.dcat(lambda download: f"{settings.base_url}{address_of(download)}")
        return JSONResponse(described, media_type=DCAT_TYPE)


def address_of(download: Download) -> str:
    """Where a file stands on this site."""
    return f"{errors.API_PREFIX}{PREFIX}/{download.place}"


def _file(request: Request, data: OpenData, name: str) -> Response:
    _no_parameters(request)
    found = data.downloads.get(name)
    if found is None:
        raise HTTPException(404, "Deze tabel is er niet.")
    headers = {"Content-Disposition": f'attachment; filename="{name.rpartition("/")[2]}"'}
    return Response(data.content(name), media_type=found.media_type, headers=headers)


def _no_parameters(request: Request) -> None:
    """Raises InvalidInputError for every parameter: there are none here."""
    wrong = [(key[:40], "Deze parameter kennen we hier niet. Wel: geen.") for key in request.query_params]
    if wrong:
        raise errors.InvalidInputError(wrong)


def _about(summary: str, media_type: str) -> dict[str, Any]:
    """What the document says of an address besides its docstring."""
    schema = {"type": "object"} if media_type.endswith("json") else {"type": "string"}
    content = {media_type.partition(";")[0]: {"schema": schema}}
    return {
        "tags": ["export"],
        "summary": summary,
        "response_class": Response,
        "responses": {200: {"content": content}},
    }

"""Open data: the JSON is the knowledge base, the folder explains itself, and DCAT-AP-NL has what it makes mandatory."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kb import Factor, Intervention, KnowledgeBase
from web import open_data, spreadsheet
from web.folder import MANIFEST
from web.settings import Settings

API = "/api/v1/export"
MANDATORY = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:dataset"},
    "dcat:Dataset": {
        "dct:title", "dct:description", "dct:accessRights", "dcat:contactPoint", "dct:creator", "dct:identifier", "dct:publisher",
        "dcat:theme",
    },
    "dcat:Distribution": {"dct:license", "dcat:accessURL"},
    "dcat:DataService": {
        "dct:accessRights", "dcat:contactPoint", "dct:description", "dcat:endpointDescription", "dct:identifier", "dct:license",
        "dct:publisher", "dcat:theme", "dct:title", "dcat:endpointURL",
    },
}  # fmt: skip
"""What DCAT-AP-NL 3.0 makes mandatory, with what DCAT-AP itself asks."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, echte_kast: KnowledgeBase) -> Path:
    path = tmp_path_factory.mktemp("data") / "open"
    open_data.export(echte_kast, Settings(), path)
    return path


def test_the_json_read_back_is_the_knowledge_base(folder: Path, echte_kast: KnowledgeBase) -> None:
    read = json.loads((folder / open_data.JSON_NAME).read_bytes())
    factors = {f["id"]: Factor.model_validate(f) for f in read["factoren"]}
    again = KnowledgeBase((Intervention.model_validate(i) for i in read["interventies"]), factors)
    assert again.visible == echte_kast.visible
    assert again.interventions == echte_kast.interventions
    assert again.factors == echte_kast.factors


def test_withdrawn_pages_go_along_and_concepts_do_not(kleine_kast: KnowledgeBase) -> None:
    read = json.loads(open_data.OpenData(kleine_kast, Settings()).content(open_data.JSON_NAME))
    assert {i["status"] for i in read["interventies"]} <= {"gepubliceerd", "ingetrokken"}
    assert [i["id"] for i in read["interventies"]] == [i.id for i in kleine_kast.visible]


def test_the_csv_files_hold_every_table(folder: Path, echte_kast: KnowledgeBase) -> None:
    tables = open_data.OpenData(echte_kast, Settings()).tables
    for name, table in tables.items():
        text = (folder / "csv" / f"{name}.csv").read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        assert [[spreadsheet.csv_cell(cell) for cell in row] for row in table.rows] == rows[1:], name


def test_the_folder_explains_every_file_in_it(folder: Path) -> None:
    told = (folder / open_data.README_NAME).read_text()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert not [name for name in files - {MANIFEST, open_data.README_NAME} if f"`{name}`" not in told]


def test_exporting_again_writes_nothing(folder: Path, echte_kast: KnowledgeBase) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST}
    open_data.export(echte_kast, Settings(), folder)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def nodes(found: Any) -> list[dict[str, Any]]:
    children = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return ([found] if isinstance(found, dict) else []) + [node for child in children for node in nodes(child)]


def test_dcat_has_what_is_mandatory(folder: Path) -> None:
    described = [node for node in nodes(json.loads((folder / open_data.DCAT_NAME).read_text())) if "@type" in node]
    assert {node["@type"] for node in described} >= MANDATORY.keys()
    missing = [
        (node["@type"], MANDATORY[node["@type"]] - node.keys()) for node in described if node["@type"] in MANDATORY
    ]
    assert not [lack for lack in missing if lack[1]]


def test_dcat_names_every_file_next_to_it(folder: Path) -> None:
    described = nodes(json.loads((folder / open_data.DCAT_NAME).read_text()))
    named = {node["dcat:downloadURL"]["@id"] for node in described if "dcat:downloadURL" in node}
    assert named == {
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix in (".csv", ".xlsx", ".json")
    } - {MANIFEST}


def test_the_publisher_can_be_set(echte_kast: KnowledgeBase) -> None:
    settings = Settings(
        publisher="Gemeente Almelo", publisher_uri="https://identifier.overheid.nl/tooi/id/gemeente/gm0141"
    )
    described = open_data.OpenData(echte_kast, settings).dcat(lambda download: download.name)
    assert described["dct:publisher"]["@id"] == settings.publisher_uri
    assert described["dct:publisher"]["foaf:name"]["@value"] == "Gemeente Almelo"


# Under the API


def test_every_file_that_dcat_names_can_be_had(client: TestClient) -> None:
    described = nodes(client.get(f"{API}/dcat").json())
    named = [node["dcat:downloadURL"]["@id"] for node in described if "dcat:downloadURL" in node]
    assert len(named) > 10
    assert {client.get(address.removeprefix("http://localhost:8000")).status_code for address in named} == {200}


def test_the_api_gives_the_same_bytes_as_the_folder(client: TestClient, folder: Path) -> None:
    for place, name in (("json", "kast.json"), ("xlsx", "kast.xlsx"), ("csv/bewijs", "csv/bewijs.csv")):
        assert client.get(f"{API}/{place}").content == (folder / name).read_bytes(), name


def test_a_download_carries_its_name(client: TestClient) -> None:
    assert client.get(f"{API}/csv/bewijs").headers["content-disposition"] == 'attachment; filename="bewijs.csv"'


@pytest.mark.parametrize("name", ["bestaat-niet", "..%2Fkast", "interventies.csv"])
def test_a_table_that_is_not_there_is_404(client: TestClient, name: str) -> None:
    assert client.get(f"{API}/csv/{name}").status_code == 404


# On the command line


def test_kast_export_data_says_where_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from web import cli

    assert cli.main(["export", "data", str(tmp_path / "uit")]) == 0
    assert open_data.README_NAME in capsys.readouterr().out


def test_kast_export_data_refuses_a_folder_with_other_things(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from web import cli

    (tmp_path / "brief.docx").write_text("x")
    assert cli.main(["export", "data", str(tmp_path)]) == 1
    assert "niet leeg" in capsys.readouterr().err

"""The NL GOV REST API Design Rules that a machine can test, on the document and on the living API. Each test carries its rule.

Ids of rules are those of version 2.2 (2.1 for what did not change). Rules about process or meaning are for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from web.advice_json import AdviesOpAdres

API = "/api/v1"
SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
METHODS = {"get", "put", "post", "delete", "patch", "head", "options"}
FILLED_IN = {
    "/interventies/{id}": "/interventies/multisysteem-therapie",
    "/factoren/{id}": "/factoren/agressie",
    "/export/csv/{tabel}": "/export/csv/interventies",
}

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document(client: TestClient) -> Document:
    found: Document = client.get(f"{API}/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def operations(document: Document) -> dict[str, Document]:
    return {f"{m} {path}": o for path, item in document["paths"].items() for m, o in item.items()}


@pytest.fixture(scope="module")
def addresses(document: Document) -> list[str]:
    """An address of the living API for every path of the document."""
    return [API + FILLED_IN.get(path, path) for path in document["paths"]]


def everywhere(node: Any) -> Iterator[Document]:
    """Every object of the document."""
    if isinstance(node, dict):
        yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from everywhere(child)


def properties(document: Document) -> Iterator[tuple[str, Document]]:
    for schema in document["components"]["schemas"].values():
        yield from schema.get("properties", {}).items()


def test_every_documented_address_exists(client: TestClient, addresses: list[str]) -> None:
    assert {a: client.get(a).status_code for a in addresses} == dict.fromkeys(addresses, 200)


# /core/no-trailing-slash


def test_no_path_ends_in_a_slash(document: Document) -> None:
    assert not [path for path in document["paths"] if path.endswith("/")]


def test_an_address_with_a_slash_at_the_end_is_404_and_no_redirect(client: TestClient, addresses: list[str]) -> None:
    assert {client.get(f"{a}/").status_code for a in addresses} == {404}


# /core/path-segments-kebab-case


def test_path_segments_are_in_kebab_case(document: Document) -> None:
    segments = [s for path in document["paths"] if path != "/openapi.json" for s in path.strip("/").split("/")]
    assert not [s for s in segments if not re.fullmatch(r"_?[a-z0-9]+(-[a-z0-9]+)*|\{[a-z][A-Za-z]*\}", s)]


# /core/query-keys-camel-case


def test_query_keys_are_in_lower_camel_case(document: Document) -> None:
    keys = [each["name"] for each in everywhere(document) if each.get("in") == "query"]
    assert keys
    assert not [key for key in keys if not re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", key)]


# /core/date-time/format and /core/date-time/date-omit-time-portion


def test_times_have_a_format_of_the_standard(document: Document) -> None:
    formats = {each["format"] for each in everywhere(document) if isinstance(each.get("format"), str)}
    assert not formats & {"time", "datetime", "timestamp"}


def test_what_is_called_a_date_is_a_date(document: Document) -> None:
    dates = {n: p for n, p in properties(document) if n != "let_op" and re.search(r"(Date|Datum|_datum|_op)$|^op$", n)}
    assert {n: p.get("format") for n, p in dates.items()} == dict.fromkeys(dates, "date")


def test_dates_in_answers_are_iso_8601(client: TestClient) -> None:
    found = client.get(f"{API}/interventies?perPagina=500").json()["resultaten"]
    assert not [i["id"] for i in found if not re.fullmatch(r"\d{4}-\d\d-\d\d", i["gecontroleerd_op"])]


# /core/http-methods and /core/http-safety


def test_only_standard_methods_are_used(document: Document) -> None:
    assert {method for item in document["paths"].values() for method in item} <= METHODS


def test_every_resource_answers_head(client: TestClient, addresses: list[str]) -> None:
    assert {client.head(a).status_code for a in addresses} == {200}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_method_that_does_not_exist_is_405(client: TestClient, addresses: list[str], method: str) -> None:
    assert {client.request(method, a).status_code for a in addresses} == {405}


def test_405_tells_which_methods_exist(client: TestClient, addresses: list[str]) -> None:
    assert {client.delete(a).headers["allow"] for a in addresses} == {"GET, HEAD"}


def test_asking_twice_gives_the_same(client: TestClient, addresses: list[str]) -> None:
    assert all(client.get(a).content == client.get(a).content for a in addresses)


# /core/http-response-code


def test_every_answer_that_is_given_is_documented(client: TestClient, operations: dict[str, Document]) -> None:
    for name, operation in operations.items():
        path = name.removeprefix("get ")
        given = {client.get(API + FILLED_IN.get(path, path) + query).status_code for query in ("", "?onbekend=1")}
        given |= {client.get(API + path.replace("{id}", "x")).status_code}
        assert {str(status) for status in given} <= set(operation["responses"]), name


# /core/error-handling/problem-details


def test_every_documented_error_is_problem_json(operations: dict[str, Document]) -> None:
    failures = [r for o in operations.values() for status, r in o["responses"].items() if status >= "400"]
    assert failures
    assert all(list(r["content"]) == ["application/problem+json"] for r in failures)


def test_the_schema_of_a_problem_has_what_is_required(document: Document) -> None:
    assert {"status", "title", "detail"} <= set(document["components"]["schemas"]["Probleem"]["required"])


@pytest.mark.parametrize("path", ["/bestaat-niet", "/factoren/bestaat-niet", "/factoren?x=1", "/advies?ernst=9"])
def test_an_error_is_problem_json_with_what_is_required(client: TestClient, path: str) -> None:
    answer = client.get(API + path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert answer.json()["title"]
    assert answer.json()["detail"]


def test_a_real_error_fits_its_schema(client: TestClient, document: Document) -> None:
    known = document["components"]["schemas"]["Probleem"]["properties"]
    assert set(client.get(f"{API}/factoren?x=1").json()) <= set(known)


# /core/error-handling/invalid-input and /core/error-handling/all-errors


def test_invalid_input_is_documented_as_400(operations: dict[str, Document]) -> None:
    assert not [name for name, o in operations.items() if o.get("parameters") and "400" not in o["responses"]]


def test_422_is_not_used(document: Document) -> None:
    assert "422" not in str(document["paths"])
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])


def test_all_errors_are_given_together(client: TestClient) -> None:
    assert len(client.get(f"{API}/interventies?pagina=x&vorm=x&zwaarte=x").json()["errors"]) == 3


# /core/doc-openapi, /core/doc-openapi-contact, /core/doc-language


def test_the_document_is_openapi_3(document: Document) -> None:
    assert re.fullmatch(r"3\.\d+\.\d+", document["openapi"])


def test_every_reference_in_the_document_leads_somewhere(document: Document) -> None:
    references = {each["$ref"] for each in everywhere(document) if isinstance(each.get("$ref"), str)}
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references <= known


def test_every_schema_is_used(document: Document) -> None:
    references = {each["$ref"] for each in everywhere(document) if isinstance(each.get("$ref"), str)}
    assert {f"#/components/schemas/{name}" for name in document["components"]["schemas"]} <= references


def test_schema_names_are_in_upper_camel_case_and_tell_no_modules(document: Document) -> None:
    assert not [n for n in document["components"]["schemas"] if not re.fullmatch(r"([A-Z][a-z0-9]*)+", n)]


def test_every_operation_has_a_summary_a_description_and_its_own_name(operations: dict[str, Document]) -> None:
    assert all(o["summary"] and o["description"] for o in operations.values())
    assert len({o["operationId"] for o in operations.values()}) == len(operations)


def test_every_parameter_is_described(document: Document) -> None:
    assert not [
        each["name"] for each in everywhere(document) if each.get("in") in ("query", "path") and not each["description"]
    ]


def test_every_tag_is_described(document: Document, operations: dict[str, Document]) -> None:
    described = {tag["name"] for tag in document["tags"] if tag["description"]}
    assert {tag for o in operations.values() for tag in o["tags"]} == described


def test_whom_to_ask_is_named_with_mail_and_address(document: Document) -> None:
    assert {"name", "email", "url"} == {key for key, value in document["info"]["contact"].items() if value}


def test_the_document_is_in_dutch(document: Document) -> None:
    said = [
        each[key]
        for each in everywhere(document)
        for key in ("description", "summary")
        if isinstance(each.get(key), str)
    ]
    assert not [text for text in said if re.search(r"\b(the|of which|with|when|and|only|Successful|Response)\b", text)]


def test_nobody_outside_needs_a_script_from_elsewhere_to_read_it(client: TestClient) -> None:
    assert {client.get(API + path).status_code for path in ("/docs", "/redoc")} == {404}


# /core/publish-openapi


def test_the_document_stands_at_the_base_address(client: TestClient) -> None:
    assert client.get(f"{API}/openapi.json").headers["content-type"] == "application/json"


def test_any_site_may_read_the_document(client: TestClient) -> None:
    answer = client.get(f"{API}/openapi.json", headers={"Origin": "https://elders.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("base", [API, f"{API}/"])
def test_the_base_address_leads_to_the_document(client: TestClient, base: str) -> None:
    assert client.get(base).json()["openapi"] == f"{API}/openapi.json"


# /core/uri-version, /core/semver, /core/version-header


def test_the_major_version_and_only_that_is_in_the_base_address(document: Document) -> None:
    assert [bool(re.search(r"/v\d+$", server["url"])) for server in document["servers"]] == [True]


def test_the_base_address_is_that_of_the_site(https_client: TestClient) -> None:
    servers = https_client.get(f"{API}/openapi.json").json()["servers"]
    assert servers == [{"url": "https://kast.example.nl/api/v1"}]


def test_no_path_repeats_the_version(document: Document) -> None:
    assert not [path for path in document["paths"] if re.search(r"/v\d", path)]


def test_the_version_is_semantic_and_begins_with_that_of_the_address(document: Document) -> None:
    assert SEMVER.fullmatch(document["info"]["version"])
    assert document["info"]["version"].startswith("1.")


def test_every_documented_answer_has_the_version(operations: dict[str, Document]) -> None:
    assert all("API-Version" in r["headers"] for o in operations.values() for r in o["responses"].values())


@pytest.mark.parametrize("path", ["", "/", "/factoren", "/bestaat-niet", "/factoren/", "/factoren?x=1", "/kapot", "/advies?q=" + "a" * 9000])  # fmt: skip
def test_every_answer_has_the_full_version(breaking_client: TestClient, document: Document, path: str) -> None:
    assert breaking_client.get(API + path).headers["api-version"] == document["info"]["version"]


# /core/transport/security-headers and /core/transport/cors


@pytest.mark.parametrize("path", ["/factoren", "/bestaat-niet", "/openapi.json"])
def test_the_api_has_the_headers_of_the_standard(https_client: TestClient, path: str) -> None:
    headers = https_client.get(API + path).headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "max-age=31536000" in headers["strict-transport-security"]
    assert headers["access-control-allow-origin"] == "*"
    assert headers["content-type"]


# /core/stateless


def test_the_api_sets_no_cookie(client: TestClient, addresses: list[str]) -> None:
    assert not [a for a in addresses if "set-cookie" in client.get(a).headers]


# The document and the answers agree


@pytest.mark.parametrize(
    "schema", ["Interventies", "Factoren", "Coverage", "WerktNiet", "AdviesOpAdres", "Questionnaire"]
)
def test_an_answer_has_the_keys_of_its_schema(client: TestClient, document: Document, schema: str) -> None:
    paths = {
        "Interventies": "interventies",
        "Factoren": "factoren",
        "Coverage": "witte-vlekken",
        "WerktNiet": "werkt-niet",
        "AdviesOpAdres": "advies",
        "Questionnaire": "vragenlijst",
    }
    answer = client.get(f"{API}/{paths[schema]}").json()
    assert set(answer) == set(document["components"]["schemas"][schema]["properties"])


def test_an_advice_is_of_the_documented_types(client: TestClient) -> None:
    answer = client.get(f"{API}/advies?factor=agressie~80~0.7&factor=geldproblemen~70~0.6&ernst=3").json()
    assert TypeAdapter(AdviesOpAdres).validate_python(answer, strict=True) == answer

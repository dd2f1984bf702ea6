"""The guard: what every answer carries, what is refused unread, and where to report a leak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from web import render, security
from web.settings import Settings

ANSWERS = {
    "bladzijde": "/healthz",
    "api": "/api/v1/factoren",
    "niet gevonden": "/bestaat-niet",
    "niet gevonden in de api": "/api/v1/bestaat-niet",
    "niet gevonden bestand": "/static/bestaat-niet.css",
    "te lang adres": "/interventies?q=" + "a" * 9000,
    "crash": "/kapot",
    "crash in de api": "/api/v1/kapot",
}
PROMISES = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.mark.parametrize("header", PROMISES)
@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_carries(breaking_client: TestClient, answer: str, header: str) -> None:
    assert breaking_client.get(ANSWERS[answer]).headers[header] == PROMISES[header]


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_allows_code_or_data_in_the_page_or_from_elsewhere(breaking_client: TestClient, answer: str) -> None:
    policy = breaking_client.get(ANSWERS[answer]).headers["content-security-policy"]
    assert policy == (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_says_which_server_this_is(breaking_client: TestClient, answer: str) -> None:
    assert not {"server", "x-powered-by"} & set(breaking_client.get(ANSWERS[answer]).headers)


def test_https_is_asked_for_a_year_when_the_site_has_it(https_client: TestClient) -> None:
    assert https_client.get("/healthz").headers["strict-transport-security"] == "max-age=31536000"


def test_https_is_not_promised_when_the_site_has_none(client: TestClient) -> None:
    assert "strict-transport-security" not in client.get("/healthz").headers


def test_another_site_cannot_embed_a_page(client: TestClient) -> None:
    assert client.get("/robots.txt").headers["cross-origin-resource-policy"] == "same-origin"


def test_another_site_can_use_the_api(client: TestClient) -> None:
    assert client.get("/api/v1/factoren").headers["cross-origin-resource-policy"] == "cross-origin"


# What may be kept


def test_an_answer_of_the_api_is_not_kept(client: TestClient) -> None:
    assert client.get("/api/v1/factoren").headers["cache-control"] == "no-store"


def test_a_page_is_asked_for_again(client: TestClient) -> None:
    assert client.get("/robots.txt").headers["cache-control"] == "no-cache"


def test_a_static_file_at_its_own_hash_is_kept_for_ever(client: TestClient) -> None:
    assert client.get(render.static("kast.svg")).headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=0000000000", "?x=1"])
def test_a_static_file_without_its_hash_is_kept_for_an_hour(client: TestClient, query: str) -> None:
    assert client.get(f"/static/kast.svg{query}").headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize("path", ["/static/bestaat-niet.css?v=1234567890", "/bestaat-niet"])
def test_an_error_is_not_kept(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"


# HEAD


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/factoren", "/static/kast.svg", "/bestaat-niet"])
def test_head_answers_as_get_does(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.headers["content-length"]) == (get.status_code, get.headers["content-length"])


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/factoren", "/static/kast.svg", "/bestaat-niet"])
def test_head_has_no_body(client: TestClient, path: str) -> None:
    assert client.head(path).content == b""


# What comes in


@pytest.mark.parametrize("path", ["/snelscan", "/advies", "/bestaat-niet", "/api/v1/advies"])
def test_a_body_of_more_than_64_kb_is_refused(client: TestClient, path: str) -> None:
    assert client.post(path, content=b"a" * (64 * 1024 + 1)).status_code == 413


def test_a_body_without_a_length_is_stopped_when_it_becomes_too_long(breaking_client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a" * 1024

    assert breaking_client.post("/lees", content=endless()).status_code == 413


def test_a_body_of_64_kb_is_accepted(breaking_client: TestClient) -> None:
    assert breaking_client.post("/lees", content=b"a" * 64 * 1024).json() == 64 * 1024


@pytest.mark.parametrize("length", ["-1", "1e9", "veel", "9" * 30])
def test_a_length_that_is_no_length_is_refused(client: TestClient, length: str) -> None:
    assert client.post("/advies", headers={"Content-Length": length}).status_code in (400, 413)


@pytest.mark.parametrize("path", ["/interventies", "/api/v1/interventies"])
def test_an_address_of_more_than_8000_characters_is_refused(client: TestClient, path: str) -> None:
    assert client.get(f"{path}?q={'a' * 8000}").status_code == 414


# security.txt and robots.txt


def test_security_txt_names_whom_to_mail(https_client: TestClient) -> None:
    assert "Contact: mailto:kast@example.nl\n" in https_client.get("/.well-known/security.txt").text


def test_security_txt_names_its_own_address(https_client: TestClient) -> None:
    said = https_client.get("/.well-known/security.txt").text
    assert "Canonical: https://kast.example.nl/.well-known/security.txt\n" in said


def test_security_txt_is_plain_text_in_utf_8(client: TestClient) -> None:
    assert client.get("/.well-known/security.txt").headers["content-type"] == "text/plain; charset=utf-8"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_security_txt_always_expires_within_a_year_and_not_yet(moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    found = re.search(r"^Expires: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$", security.security_txt(Settings(), now), re.M)
    assert found
    assert timedelta(days=30) < datetime.fromisoformat(found[1]) - now < timedelta(days=365)


def test_security_txt_has_each_required_field_once() -> None:
    fields = [line.split(":")[0] for line in security.security_txt(Settings()).splitlines()]
    assert sorted(fields) == ["Canonical", "Contact", "Expires", "Preferred-Languages"]


def test_crawlers_are_kept_from_endless_questions(client: TestClient) -> None:
    assert "Disallow: /*?" in client.get("/robots.txt").text


# Anything at all

PAGES = ("/", "/interventies", "/factoren", "/advies", "/snelscan", "/over", "/api", "/healthz")
ENDPOINTS = ("/interventies", "/interventies/mst", "/factoren", "/factoren/agressie", "/vragenlijst", "/advies", "/")
KEYS = ("q", "pagina", "perPagina", "factor", "leeftijd", "probleem", "ernst", "gemeente", "invullers", "vragenlijst")

Pairs = list[tuple[str, str | int | float | bool | None]]
pairs = st.lists(
    st.tuples(
        st.sampled_from(KEYS) | st.text(max_size=10),
        st.text(max_size=30)
        | st.integers().map(str)
        | st.from_regex(r"(agressie|geldproblemen)(~-?[0-9.e]{0,5}){0,7}", fullmatch=True),
    ),
    max_size=6,
)
calm = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@calm
@given(path=st.sampled_from(PAGES), query=pairs)
def test_no_query_makes_a_page_crash(client: TestClient, path: str, query: Pairs) -> None:
    assert client.get(path, params=httpx2.QueryParams(query)).status_code < 500


@calm
@given(path=st.sampled_from(ENDPOINTS), query=pairs)
def test_no_query_makes_the_api_crash(client: TestClient, path: str, query: Pairs) -> None:
    assert client.get(f"/api/v1{path}", params=httpx2.QueryParams(query)).status_code in (200, 400, 404)


@calm
@given(query=st.binary(max_size=60), path=st.sampled_from(["/interventies", "/api/v1/interventies", "/api/v1/advies"]))
def test_no_bytes_in_an_address_make_the_site_crash(client: TestClient, path: str, query: bytes) -> None:
    raw = "".join(f"%{byte:02x}" if byte % 3 else chr(33 + byte % 90) for byte in query).replace("#", "")
    assert client.get(f"{path}?{raw}").status_code < 500


@calm
@given(tail=st.text(min_size=1, max_size=30))
def test_no_path_makes_the_site_crash(client: TestClient, tail: str) -> None:
    from urllib.parse import quote

    for base in ("/", "/interventies/", "/factoren/", "/static/", "/api/v1/interventies/"):
        assert client.get(base + quote(tail)).status_code < 500

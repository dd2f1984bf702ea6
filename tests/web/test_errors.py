"""What a visitor or a program is told when something goes wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from web import errors

BROKEN: dict[int, tuple[str, str, dict[str, Any]]] = {
    400: ("POST", "/lees", {"headers": {"Content-Length": "veel"}}),
    404: ("GET", "/bestaat-niet", {}),
    405: ("DELETE", "/robots.txt", {}),
    413: ("POST", "/lees", {"content": b"a" * 70_000}),
    414: ("GET", "/interventies?q=" + "a" * 9000, {}),
    500: ("GET", "/kapot", {}),
}
API_BROKEN: dict[int, tuple[str, str, dict[str, Any]]] = {
    400: ("GET", "/api/v1/factoren?x=1", {}),
    404: ("GET", "/api/v1/bestaat-niet", {}),
    405: ("DELETE", "/api/v1/factoren", {}),
    413: ("POST", "/api/v1/lees", {"content": b"a" * 70_000}),
    414: ("GET", "/api/v1/advies?q=" + "a" * 9000, {}),
    500: ("GET", "/api/v1/kapot", {}),
}


@pytest.mark.parametrize("status", BROKEN)
def test_a_page_that_goes_wrong_has_its_own_status(breaking_client: TestClient, status: int) -> None:
    method, path, options = BROKEN[status]
    assert breaking_client.request(method, path, **options).status_code == status


@pytest.mark.parametrize("status", BROKEN)
def test_an_error_page_says_what_happened_and_what_to_do(breaking_client: TestClient, status: int) -> None:
    method, path, options = BROKEN[status]
    page, words = breaking_client.request(method, path, **options).text, errors.explain(status)
    assert all(said in page for said in (words.title, words.happened, words.advice))


@pytest.mark.parametrize("status", BROKEN)
def test_an_error_page_links_to_the_start_page(breaking_client: TestClient, status: int) -> None:
    method, path, options = BROKEN[status]
    assert 'href="/"' in breaking_client.request(method, path, **options).text


@pytest.mark.parametrize("status", BROKEN)
def test_an_error_page_is_in_dutch_and_has_one_heading(breaking_client: TestClient, status: int) -> None:
    method, path, options = BROKEN[status]
    page = breaking_client.request(method, path, **options).text
    assert ('<html lang="nl">' in page, page.count("<h1>")) == (True, 1)


@pytest.mark.parametrize("path", ["/kapot", "/api/v1/kapot"])
def test_a_crash_shows_nothing_of_the_machinery(breaking_client: TestClient, path: str) -> None:
    said = breaking_client.get(path).text
    assert not [word for word in ("geheim", "Traceback", "RuntimeError", ".py", "Internal Server") if word in said]


@pytest.mark.parametrize("base", ["/", "/interventies/", "/api/v1/", "/api/v1/interventies/"])
def test_what_was_typed_is_not_repeated(client: TestClient, base: str) -> None:
    assert "pasop" not in client.get(f"{base}<script>pasop</script>").text


def test_a_missing_intervention_is_named_as_such(client: TestClient) -> None:
    assert "Deze interventie staat niet in de kast." in client.get("/interventies/bestaat-niet").text


def test_an_error_page_can_be_made_when_the_template_cannot(
    breaking_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.render.environment", lambda: None)
    assert errors.explain(500).title in breaking_client.get("/kapot").text


def test_the_framework_never_speaks_english_to_a_visitor(breaking_client: TestClient) -> None:
    page = breaking_client.post("/api/v1/getal?number=x")
    assert (page.status_code, "integer" in page.text) == (400, False)


@pytest.mark.parametrize("status", [402, 409, 415, 429])
def test_a_rare_error_of_the_visitor_is_explained_as_one(status: int) -> None:
    assert errors.explain(status).status == 400


@pytest.mark.parametrize("status", [501, 502, 504])
def test_a_rare_error_of_ours_is_explained_as_one(status: int) -> None:
    assert errors.explain(status).status == 500


def test_a_wrong_method_is_told_which_methods_there_are(client: TestClient) -> None:
    assert client.delete("/robots.txt").headers["allow"] == "GET, HEAD"


def test_a_static_file_takes_only_get_and_head(client: TestClient) -> None:
    answer = client.delete("/static/kast.svg")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_every_method_of_an_address_is_told(breaking_client: TestClient) -> None:
    assert breaking_client.delete("/lees").headers["allow"] == "GET, HEAD, POST"


# The API


@pytest.mark.parametrize("status", API_BROKEN)
def test_the_api_answers_an_error_with_problem_details(breaking_client: TestClient, status: int) -> None:
    method, path, options = API_BROKEN[status]
    answer = breaking_client.request(method, path, **options)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("status", API_BROKEN)
def test_problem_details_repeat_the_status_and_say_it_in_words(breaking_client: TestClient, status: int) -> None:
    method, path, options = API_BROKEN[status]
    body = breaking_client.request(method, path, **options).json()
    assert body["type"] == "about:blank"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]


def test_invalid_input_is_told_in_one_go(client: TestClient) -> None:
    body = client.get("/api/v1/interventies?x=1&pagina=nul&vorm=rond&q=" + "a" * 201).json()
    assert sorted(error["parameter"] for error in body["errors"]) == ["pagina", "q", "vorm", "x"]


def test_invalid_input_says_what_is_possible(client: TestClient) -> None:
    [error] = client.get("/api/v1/interventies?vorm=rond").json()["errors"]
    assert re.search(r"Kies uit: individueel, groep, gezin, school, wijk\.", error["detail"])


def test_the_address_without_version_is_a_page(client: TestClient) -> None:
    assert client.get("/api/v2/factoren").headers["content-type"].startswith("text/html")

"""The gap matrix as a page: words in every cell, and a way to what is in it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from kb import KnowledgeBase, Outcome
from tests.web.test_catalogue import text_of
from web import catalogue, gaps


@pytest.mark.parametrize("params", [[], [("twente", "loopt"), ("leeftijd", "12-17")]], ids=["alles", "verfijnd"])
def test_a_cell_leads_to_as_many_interventions_as_it_says(
    echte_kast: KnowledgeBase, params: list[tuple[str, str]]
) -> None:
    found = gaps.matrix(echte_kast, params)
    filled = [c for rows in found.domains.values() for row in rows for c in row.cells if c.cell.interventions]
    assert filled
    for each in filled[::7]:
        results = catalogue.search(echte_kast, parse_qsl(urlsplit(each.href).query))
        assert results.total == len(each.cell.interventions)


def test_every_cell_says_something(echte_kast: KnowledgeBase) -> None:
    found = gaps.matrix(echte_kast, [])
    assert all(c.words for rows in found.domains.values() for row in rows for c in row.cells)


def test_an_outcome_makes_it_stricter(echte_kast: KnowledgeBase) -> None:
    free, strict = gaps.matrix(echte_kast, []), gaps.matrix(echte_kast, [("voor", "delictgedrag")])
    assert strict.outcome is Outcome.OFFENDING
    assert len(strict.gaps) > len(free.gaps)


@pytest.mark.parametrize("query", ["voor=onzin", "twente=mars&leeftijd=", "x=1", "voor=" + "a" * 3000])
def test_what_is_not_known_is_left_aside(client: TestClient, query: str) -> None:
    assert text_of(client, f"/witte-vlekken?{query}") == text_of(client, "/witte-vlekken")


def test_the_api_gives_the_same_matrix(client: TestClient, echte_kast: KnowledgeBase) -> None:
    given = client.get("/api/v1/witte-vlekken?twente=loopt&voor=delictgedrag").json()
    expected = echte_kast.coverage({"twente": ["loopt"]}, Outcome.OFFENDING)
    assert given == expected.model_dump(by_alias=True, mode="json")


def test_the_api_refuses_an_outcome_that_does_not_exist(client: TestClient) -> None:
    assert client.get("/api/v1/witte-vlekken?voor=onzin").status_code == 400


def test_the_page_links_to_its_own_data(client: TestClient) -> None:
    html = client.get("/witte-vlekken?twente=loopt&voor=delictgedrag").text
    assert 'href="/api/v1/witte-vlekken?twente=loopt&amp;voor=delictgedrag"' in html

"""The page a councillor needs: what does not work, who says so, and what else there is."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from kb import KnowledgeBase
from tests.web.test_catalogue import text_of
from web import failures


def test_everything_that_failed_is_on_the_page_once(client: TestClient, echte_kast: KnowledgeBase) -> None:
    named = re.findall(r'<h3><a href="/interventies/([a-z0-9-]+)"', client.get("/werkt-niet").text)
    assert sorted(named) == sorted({failure.id for failure in echte_kast.failures})


def test_who_judged_and_when_is_said(client: TestClient) -> None:
    assert "Schadelijk voor delicten onderzoek, 2013" in text_of(client, "/werkt-niet")


def test_contradicting_judgements_are_pointed_out(client: TestClient) -> None:
    assert "Over delicten verschillen de oordelen" in text_of(client, "/werkt-niet")


def test_every_item_has_its_sources(client: TestClient, echte_kast: KnowledgeBase) -> None:
    said = text_of(client, "/werkt-niet")
    assert said.count("Bronnen (") == len({failure.id for failure in echte_kast.failures})


def test_a_warning_is_not_said_twice(echte_kast: KnowledgeBase) -> None:
    found = failures.overview(echte_kast)
    listed = {item.intervention.id for items in found.by_level.values() for item in items}
    assert not listed & {i.id for i, _ in found.backfire}


def test_without_an_alternative_the_page_says_so(client: TestClient, echte_kast: KnowledgeBase) -> None:
    alone = [failure for failure in echte_kast.failures if not failure.better]
    assert text_of(client, "/werkt-niet").count("ligt in de kast niets met aanwijzingen") == len(alone) > 0


def test_the_api_gives_the_same_list(client: TestClient, echte_kast: KnowledgeBase) -> None:
    given = client.get("/api/v1/werkt-niet").json()
    assert given["totaal"] == len(echte_kast.failures)
    assert given["resultaten"] == [f.model_dump(by_alias=True, mode="json") for f in echte_kast.failures]

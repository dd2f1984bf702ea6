"""The worksheets of the team check: six questions, what is known, and room to differ."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from kb import KnowledgeBase
from tests.web import samples
from web import leaflet, team_check

IDS = ["multisysteem-therapie", "mdft", "kiva", "scared-straight", "jeugdboa", "straatcoaches"]


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def sheets(client: TestClient, *ids: str) -> str:
    return client.get("/teamcheck", params={"interventie": list(ids)}).text


def test_every_sheet_has_six_questions(client: TestClient) -> None:
    assert sheets(client, "mdft", "multisysteem-therapie").count('<div class="sheet-row"') == 12


def test_every_question_has_five_boxes(client: TestClient) -> None:
    assert sheets(client, "mdft").count('<span class="sheet-box"') == 30


def test_at_most_five_are_printed(client: TestClient) -> None:
    assert sheets(client, *IDS).count('<article class="sheet"') == team_check.MOST


def test_what_is_too_many_is_named(client: TestClient, echte_kast: KnowledgeBase) -> None:
    last = echte_kast.get(IDS[-1])
    assert last
    assert f"Deze laten wij weg: {last.title}" in words(sheets(client, *IDS))


def test_one_intervention_gets_one_sheet(client: TestClient) -> None:
    assert sheets(client, "mdft", "mdft").count('<article class="sheet"') == 1


def test_all_evidence_is_printed(client: TestClient, echte_kast: KnowledgeBase) -> None:
    page = echte_kast.get("multisysteem-therapie")
    assert page
    said = words(sheets(client, page.id))
    assert all(f"Voor {v.outcome.label}: " in said for v in leaflet.verdicts(page))


def test_a_warning_is_printed_too(client: TestClient) -> None:
    assert "schadelijk" in words(sheets(client, "scared-straight")).lower()


@pytest.mark.parametrize("known", ["Niet geschikt voor", "Wat het vraagt", "Duur", "Wie er moeten meedoen"])
def test_what_the_bijsluiter_knows_is_printed(client: TestClient, known: str) -> None:
    assert f"{known}:" in words(sheets(client, "multisysteem-therapie"))


def test_what_is_not_known_is_said(echte_kast: KnowledgeBase) -> None:
    page = next(i for i in echte_kast.interventions if i.owner is None)
    facts = [fact for row in team_check.sheet(echte_kast, page).rows for fact in row.facts]
    assert ("Eigenaar van de methode", team_check.UNKNOWN) in facts


def test_nothing_is_added_up(client: TestClient) -> None:
    assert "Geen totaal en geen grens" in words(sheets(client, "mdft"))


def test_without_a_choice_the_page_says_where_to_begin(client: TestClient) -> None:
    assert "Doe de snelscan" in words(client.get("/teamcheck").text)


def test_an_unknown_id_is_named(client: TestClient) -> None:
    assert "Dit kennen wij niet: bestaat-niet" in words(sheets(client, "mdft", "bestaat-niet"))


def test_only_unknown_ids_is_not_found(client: TestClient) -> None:
    assert client.get("/teamcheck?interventie=bestaat-niet").status_code == 404


def test_every_page_of_the_cupboard_fits_on_a_sheet(echte_kast: KnowledgeBase) -> None:
    sheets = [team_check.sheet(echte_kast, intervention) for intervention in echte_kast.interventions]
    assert all(row.facts for sheet in sheets for row in sheet.rows)


def test_the_advice_leads_to_the_team_check(client: TestClient) -> None:
    address = client.post("/snelscan", data=samples.knives() | {"stap": ["mogelijk"], "actie": ["verder"]})
    assert 'action="/teamcheck"' in client.get(address.headers["location"]).text

"""An address never dies: renaming leads on, withdrawing says when and why."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kb import KnowledgeBase, Status
from kb.model import Withdrawal
from tests.conftest import SMALL_CUPBOARD
from tests.web.conftest import NewClient


@pytest.fixture(scope="module")
def moved_client(new_client: NewClient) -> TestClient:
    def change(app: Starlette) -> None:
        renamed = {"former_ids": ("oude-werkplek", "eerste-naam")}
        gone = {"status": Status.WITHDRAWN, "withdrawal": Withdrawal(op=date(2026, 3, 1), reden="De zaal is dicht.")}
        updates = {"leerwerkplek": renamed, "wijkverbod": gone}
        pages = [i.model_copy(update=updates.get(i.id, {})) for i in app.state.kb.visible]
        app.state.kb = KnowledgeBase(pages, app.state.kb.factors)

    return new_client(change, content=Path(SMALL_CUPBOARD))


@pytest.mark.parametrize("old", ["oude-werkplek", "eerste-naam"])
@pytest.mark.parametrize("prefix", ["/interventies", "/api/v1/interventies"])
def test_an_old_address_leads_to_the_new_one_at_once(moved_client: TestClient, prefix: str, old: str) -> None:
    answer = moved_client.get(f"{prefix}/{old}")
    assert answer.status_code == 301
    assert answer.headers["location"].endswith(f"{prefix}/leerwerkplek")
    assert moved_client.get(answer.headers["location"]).status_code == 200


def test_what_was_asked_of_an_old_address_travels_along(moved_client: TestClient) -> None:
    assert (
        moved_client.get("/interventies/oude-werkplek?lijst=sportavond")
        .headers["location"]
        .endswith("?lijst=sportavond")
    )


def test_an_address_that_never_was_is_not_found(moved_client: TestClient) -> None:
    assert moved_client.get("/interventies/nooit-geweest").status_code == 404


@pytest.mark.parametrize("prefix", ["/interventies", "/api/v1/interventies"])
def test_a_withdrawn_page_stays_with_its_day_and_reason(moved_client: TestClient, prefix: str) -> None:
    answer = moved_client.get(f"{prefix}/wijkverbod")
    assert answer.status_code == 200
    assert "De zaal is dicht." in answer.text
    assert re.search(r"1 maart 2026|2026-03-01", answer.text)


def test_a_withdrawn_page_is_in_no_list_and_for_no_search_engine(moved_client: TestClient) -> None:
    assert "wijkverbod" not in moved_client.get("/interventies").text
    assert "/interventies/wijkverbod" not in moved_client.get("/interventies?q=wijkverbod").text
    assert '<meta name="robots" content="noindex">' in moved_client.get("/interventies/wijkverbod").text

"""Which function answers which address, and what waits until it is asked for."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Router
from starlette.testclient import TestClient

from tests.web.conftest import NewClient
from web import app
from web.pages import Pages
from web.routing import Part

ROOT = Path(__file__).resolve().parent.parent.parent
FIRST_PAGE = """
import asyncio, json, sys
from web import create_app

async def ask(app, path):
    said = []
    async def receive(): return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message): said.append(message)
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": [],
             "scheme": "http", "server": ("kast", 80), "http_version": "1.1", "root_path": ""}
    await app(scope, receive, send)
    return said[0]["status"]

print(json.dumps([asyncio.run(ask(create_app(), "/")), sorted({name.split(".")[0] for name in sys.modules})]))
"""
HEAVY = {"sklearn", "scipy", "pandas", "numpy", "sqlalchemy", "sqlmodel", "alembic", "authlib", "fastapi", "openpyxl"}
"""Libraries that take longer to import than the first page may take."""


def site(*routes: BaseRoute) -> TestClient:
    return TestClient(Starlette(routes=routes), raise_server_exceptions=False)


def pages() -> Pages:
    made = Pages()

    @made.get("/deel")
    async def name(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("deel")

    @made.post("/deel/{id}")
    async def number(_request: Request, id: str) -> PlainTextResponse:  # noqa: A002 - the name in the address
        return PlainTextResponse(id)

    @made.get("/deel/draad")
    def thread(_request: Request) -> PlainTextResponse:
        return PlainTextResponse(threading.current_thread().name)

    return made


def part() -> Router:
    return Router(pages().routes)


def test_a_page_gets_the_parts_of_its_address_by_name() -> None:
    assert site(*pages().routes).post("/deel/7").text == "7"


def test_a_page_that_may_block_runs_in_a_thread() -> None:
    assert "worker" in site(*pages().routes).get("/deel/draad").text.lower()


def test_an_address_takes_only_its_own_methods() -> None:
    assert site(*pages().routes).post("/deel").status_code == 405


@pytest.mark.parametrize("path", ["/deel", "/deel/draad"])
def test_a_part_answers_its_addresses(path: str) -> None:
    assert site(Part(part, "/deel")).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/ander", "/deelbaar", "/x/deel"])
def test_a_part_is_not_made_for_another_address(path: str) -> None:
    def never() -> Router:
        raise AssertionError

    assert site(Part(never, "/deel")).get(path).status_code == 404


def test_a_part_is_made_once() -> None:
    made: list[Router] = []

    def make() -> Router:
        made.append(part())
        return made[-1]

    client = site(Part(make, "/deel"))
    assert ([client.get("/deel").text for _ in range(3)], len(made)) == (["deel"] * 3, 1)


def test_what_a_part_does_not_know_is_missing() -> None:
    assert site(Part(part, "/deel")).get("/deel/a/b").status_code == 404


def test_a_part_knows_its_address_with_a_slash_too_many() -> None:
    assert site(Part(part, "/deel")).get("/deel/").text == "deel"


@pytest.mark.parametrize("path", ["/snelscan", "/advies", "/eigen-woorden", "/teamcheck", "/verantwoording", "/api/v1"])
def test_every_part_of_the_site_is_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (200, 400)


def test_the_warm_up_makes_every_part(new_client: NewClient) -> None:
    site = new_client().app
    assert isinstance(site, Starlette)
    app._warm_up(site)
    assert [part for part in site.routes if isinstance(part, Part) and "router" not in vars(part)] == []


def test_the_site_warms_up_by_itself(new_client: NewClient, monkeypatch: pytest.MonkeyPatch) -> None:
    warm = threading.Event()
    monkeypatch.setattr(app, "WARM_UP_AFTER", 0)
    monkeypatch.setattr(app, "_warm_up", lambda _: warm.set())
    new_client()
    assert warm.wait(60)


def test_the_first_page_waits_for_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAGE], cwd=ROOT, capture_output=True, text=True, check=True)
    status, loaded = json.loads(done.stdout)
    assert (status, HEAVY & set(loaded)) == (200, set())

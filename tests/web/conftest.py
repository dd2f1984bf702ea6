"""One running site for all tests of this room, and a site that breaks on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount
from starlette.testclient import TestClient

from tests.conftest import SMALL_CUPBOARD, new_database
from tests.web.people import Person, member
from web import create_app
from web.pages import Pages
from web.routing import Part
from web.settings import Settings

NewClient = Callable[..., TestClient]


@pytest.fixture(scope="session")
def new_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewClient]:
    """Makes a client of a new site; settings can be given. A crash of the site is an answer, not an exception."""
    opened: list[TestClient] = []

    def make(change: Callable[[Starlette], None] = lambda _: None, **given: Any) -> TestClient:
        given.setdefault("database_url", f"sqlite:///{tmp_path_factory.mktemp('db')}/kast.sqlite3")
        app = create_app(Settings(**given))
        change(app)
        opened.append(TestClient(app, raise_server_exceptions=False, follow_redirects=False))
        return opened[-1].__enter__()

    yield make
    for client in opened:
        client.__exit__()


@pytest.fixture(scope="session")
def client(new_client: NewClient) -> TestClient:
    """The site with the real content."""
    return new_client()


@pytest.fixture(scope="session")
def https_client(new_client: NewClient) -> TestClient:
    return new_client(base_url="https://kast.example.nl", contact="kast@example.nl")


@pytest.fixture(scope="session")
def breaking_client(new_client: NewClient) -> TestClient:
    """A site and API with an address that crashes, with a secret in the message, and some that read what is sent."""

    def crash(_request: Request) -> None:
        raise RuntimeError("geheim wachtwoord")

    async def read(request: Request) -> JSONResponse:
        return JSONResponse(len(await request.body()))

    def double(number: int) -> int:
        return 2 * number

    def add_crashes(app: Starlette) -> None:
        part = next(route for route in app.routes if isinstance(route, Part) and route.covers("/api/v1"))
        api = next(route.app for route in part.router.routes if isinstance(route, Mount))
        assert isinstance(api, FastAPI)
        pages = Pages()
        for each in (pages, api):
            each.get("/kapot")(crash)
            each.get("/lees")(read)
            each.post("/lees")(read)
        api.post("/getal")(double)
        app.router.routes += pages.routes

    return new_client(add_crashes)


@pytest.fixture
def site(database_url: str) -> Iterator[Starlette]:
    """A site with the small cupboard and an empty database; every test that asks for it runs on SQLite and on PostgreSQL."""
    yield from _new_site(database_url)


@pytest.fixture
def light_site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Starlette]:
    """The same on SQLite only, for what has nothing to do with the engine."""
    for url in new_database(request, "sqlite", tmp_path):
        yield from _new_site(url)


@pytest.fixture
def coordinator(light_site: Starlette) -> Person:
    """The coördinator of Enschede, signed in."""
    return member(light_site, "coordinator", "GM0153", "jo@enschede.nl")


def _new_site(url: str) -> Iterator[Starlette]:
    app = create_app(Settings(database_url=url, content=SMALL_CUPBOARD))
    yield app
    app.state.database.close()

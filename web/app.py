"""Puts the site together: content and questionnaire once, pages, API, static files, and the guard around all of it.

What the first page needs is imported here; everything else is a `Part`, made when someone asks for it or in the warm-up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

import kb
from assessment import Questionnaire
from web import catalogue, changes, errors, security
from web.database import Database
from web.pages import Pages
from web.routing import Part, part_of
from web.settings import Settings, read

HERE = Path(__file__).parent
WARM_UP_AFTER = 1.0
"""Seconds after the start."""
TIDY_EVERY = 24 * 3600.0
"""Seconds between looking for what is past its term."""

router = Pages()
log = logging.getLogger(__name__)


class Site(Starlette):
    """A Starlette whose guard stands outside everything, also outside the handler of crashes."""

    def build_middleware_stack(self) -> ASGIApp:
        return security.Guard(super().build_middleware_stack(), self.state.settings, errors.API_VERSION)


def create_app(settings: Settings | None = None) -> Starlette:
    """The whole site. Raises kb.ContentError when the content does not pass the check."""
    settings = settings or read()
    app = Site(lifespan=_lifespan)
    app.state.settings = settings
    app.state.address = None  # where this server listens, when it is one
    app.state.opens_books = True  # one of several workers leaves that to who started them
    app.state.kb = kb.load(settings.content, settings.snapshot)
    app.state.questionnaire = Questionnaire.load()
    app.state.questionnaire.check(app.state.kb.factors)
    app.state.history = changes.Known(settings.content, settings.history)
    app.state.database = Database(settings.database_url)
    errors.install(app)
    app.router.routes += [
        *router.routes,
        *catalogue.router.routes,
        *parts(app),
        Mount("/static", StaticFiles(directory=HERE / "static", check_dir=False), name="static"),
    ]
    return app


def _behind_the_door() -> Router:
    """Everything that needs an account."""
    from web import (
        administration,
        assessments,
        conversation,
        group_reading,
        login,
        meting_export,
        oidc,
        region,
        registrations,
        talk_sheet,
    )

    accounts = (login, oidc, administration)
    modules = (*accounts, assessments, registrations, group_reading, conversation, talk_sheet, region, meting_export)
    return Router([route for module in modules for route in module.router.routes])


def parts(app: Starlette) -> tuple[Part, ...]:
    """Every part with its addresses; a module of pages offers a `router`."""

    def api() -> Router:
        from web import api

        return api.mounted(app.state.kb, app.state.questionnaire, app.state.settings)

    return (
        part_of("factors", "/factoren"),
        part_of("gaps", "/witte-vlekken"),
        part_of("failures", "/werkt-niet"),
        part_of("compare", "/vergelijk", "/mijn-lijst"),
        part_of("reviews", "/nakijken"),
        part_of("feed", "/feed.atom"),
        part_of("intake", "/snelscan", "/advies"),
        part_of("words", "/eigen-woorden"),
        part_of("team_check", "/teamcheck"),
        part_of("accountability", "/verantwoording"),
        Part(
            _behind_the_door,
            "/inloggen",
            "/uitloggen",
            "/welkom",
            "/account",
            "/beheer",
            "/metingen",
            "/regio",
        ),
        part_of("respond", "/invullen"),
        Part(api, errors.API_PREFIX),
    )


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """The first visitor does not wait for what only the first search, an advice and the database need."""
    tasks = [asyncio.create_task(each(app)) for each in (_warm_up_soon, _tidy_now_and_then)]
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    app.state.database.close()


async def _warm_up_soon(app: Starlette) -> None:
    """Not at once: the first page goes before."""
    await asyncio.sleep(WARM_UP_AFTER)
    await asyncio.to_thread(_warm_up, app)


async def _tidy_now_and_then(app: Starlette) -> None:
    """A site that runs for months keeps nothing past its term either; every worker looks, and whoever comes first throws it away."""
    while True:
        await asyncio.sleep(TIDY_EVERY)
        await asyncio.to_thread(_tidy, app)


def _tidy(app: Starlette) -> None:
    from web.commands import storage

    try:
        storage.tidy(app.state.database)
    except Exception:
        log.exception("opruimen is niet gelukt; morgen weer")


def _warm_up(app: Starlette) -> None:
    for part in app.routes:
        if isinstance(part, Part):
            _ = part.router
    app.state.kb.search("hulp")
    app.state.history.refresh()
    if app.state.opens_books:
        open_the_books(app)


def open_the_books(app: Starlette) -> None:
    """Bring the tables up to date, throw away what is past its term, and say how the first beheerder gets in. Once is enough."""
    from web.commands import storage

    if not app.state.database.is_reachable():
        return
    try:
        app.state.database.upgrade()
        storage.tidy(app.state.database)
        link = app.state.address and storage.first_link(app.state.database, _entrance(app))
    except Exception:
        log.exception("de database is niet bijgewerkt")
        return
    if link:
        print(f"Er is nog geen beheerder. Maak het eerste account op {link}", flush=True)


def _entrance(app: Starlette) -> str:
    """Where who reads the log can come in: from elsewhere, once the site has a public address."""
    settings: Settings = app.state.settings
    return settings.base_url if settings.is_https else str(app.state.address)


@router.get("/healthz")
def health(request: Request) -> Response:
    """For whoever keeps watch: is the content loaded, does the database answer?"""
    if not request.app.state.database.is_reachable():
        return errors.problem(503, detail="De database geeft geen antwoord.")
    count = len(request.app.state.kb.interventions)
    return JSONResponse(
        {"status": "ok", "interventies": count, "database": "ok"}, headers={"Cache-Control": "no-store"}
    )


@router.get("/.well-known/security.txt")
async def security_txt(request: Request) -> Response:
    return PlainTextResponse(security.security_txt(request.app.state.settings))


@router.get("/robots.txt")
async def robots_txt(_request: Request) -> Response:
    return PlainTextResponse(security.ROBOTS_TXT)

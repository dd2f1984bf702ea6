"""Puts the site together: content and questionnaire once, pages, API, static files, and the guard around all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

import kb
from assessment import Questionnaire
from web import accountability, api, catalogue, errors, intake, openapi, security, team_check, words
from web.database import Database
from web.settings import Settings, read

HERE = Path(__file__).parent
WARM_UP_AFTER = 1.0
"""Seconds after the start."""

router = APIRouter(include_in_schema=False)


class Site(FastAPI):
    """A FastAPI whose guard stands outside everything, also outside the handler of crashes."""

    def build_middleware_stack(self) -> ASGIApp:
        return security.Guard(super().build_middleware_stack(), self.state.settings, openapi.VERSION)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole site. Raises kb.ContentError when the content does not pass the check."""
    settings = settings or read()
    app = Site(title="Apothekerskast", openapi_url=None, docs_url=None, redoc_url=None, lifespan=_lifespan)
    app.state.settings = settings
    app.state.kb = kb.load(settings.content)
    app.state.questionnaire = Questionnaire.load()
    app.state.questionnaire.check(app.state.kb.factors)
    app.state.database = Database(settings.database_url)
    errors.install(app)
    app.include_router(router)
    for part in (catalogue, intake, words, team_check, accountability):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=HERE / "static", check_dir=False), name="static")
    app.mount(errors.API_PREFIX, api.create_api(app.state.kb, app.state.questionnaire, settings), name="api")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The first visitor does not wait for what only the first search and the database need."""
    warming = asyncio.create_task(_warm_up_soon(app))
    yield
    warming.cancel()
    with suppress(asyncio.CancelledError):
        await warming
    app.state.database.close()


async def _warm_up_soon(app: FastAPI) -> None:
    """Not at once: the first page goes before."""
    await asyncio.sleep(WARM_UP_AFTER)
    await asyncio.to_thread(_warm_up, app)


def _warm_up(app: FastAPI) -> None:
    app.state.kb.search("hulp")
    app.state.database.is_reachable()


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
def security_txt(request: Request) -> Response:
    return PlainTextResponse(security.security_txt(request.app.state.settings))


@router.get("/robots.txt")
def robots_txt() -> Response:
    return PlainTextResponse(security.ROBOTS_TXT)


@router.get(errors.API_PREFIX)
def api_root() -> Response:
    """The base address of the API without its slash leads to what stands behind it."""
    return api.landing()

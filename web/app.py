"""Puts the site together: content and questionnaire once, pages, API, static files, and the guard around all of it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.staticfiles import StaticFiles

import kb
from assessment.questionnaire import Questionnaire
from web.settings import Settings

HERE = Path(__file__).parent


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole site. Raises kb.ContentError when the content does not pass the check."""
    settings = settings or Settings()
    app = FastAPI(title="Apothekerskast", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.kb = kb.load(settings.content)
    app.state.questionnaire = Questionnaire.load()
    app.mount("/static", StaticFiles(directory=HERE / "static", check_dir=False), name="static")
    for name in ("web.catalogue", "web.intake"):
        if find_spec(name):
            router: APIRouter = import_module(name).router
            app.include_router(router)
    return app

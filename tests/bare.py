"""The yardstick for our start: the smallest FastAPI site with one Jinja page, `python -m tests.bare POORT`. Holds nothing of ours."""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI
from jinja2 import Environment
from starlette.responses import HTMLResponse

PAGE = Environment(autoescape=True).from_string("<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>")
app = FastAPI()


@app.get("/")
async def home() -> HTMLResponse:
    return HTMLResponse(PAGE.render(title="Kaal"))


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", access_log=False)

"""How the server reaches a page, and which parts of the site wait until someone asks for them.

Pages run on plain Starlette; only the API needs FastAPI, whose import alone takes longer than our first page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from inspect import iscoroutinefunction
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route, Router
from starlette.types import Receive, Scope, Send


def route(method: str, path: str, handler: Callable[..., Any]) -> Route:
    """One address; {parts} of it go to the function by name, and a plain `def` runs in a thread of its own."""
    return Route(path, _endpoint(handler), methods=[method], name=handler.__name__)


def _endpoint(handler: Callable[..., Any]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        found: Response = await handler(request, **request.path_params)
        return found

    async def answer_in_thread(request: Request) -> Response:
        found: Response = await run_in_threadpool(handler, request, **request.path_params)
        return found

    return answer if iscoroutinefunction(handler) else answer_in_thread


class Part(BaseRoute):
    """A part of the site that is only made when one of its addresses is first asked for, or in the warm-up.

    Its module may import whatever it likes (a database, FastAPI, numpy): the first page does not wait for it.
    """

    def __init__(self, make: Callable[[], Router], *addresses: str) -> None:
        self._make = make
        self._addresses = addresses
        """Everything at, under (/) or of another kind than (.) these belongs to this part."""

    @cached_property
    def router(self) -> Router:
        return self._make()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return (Match.FULL if scope["type"] == "http" and self.covers(scope["path"]) else Match.NONE), {}

    def covers(self, path: str) -> bool:
        return any(path.startswith(a) and path[len(a) : len(a) + 1] in ("", "/", ".") for a in self._addresses)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.router(scope, receive, send)


def part_of(module: str, *addresses: str) -> Part:
    """The `router` of a module of this room, imported when it is needed."""

    def make() -> Router:
        return Router(import_module(f"web.{module}").router.routes)

    return Part(make, *addresses)

"""The pages of a module, each address next to the function that answers it, and the two other answers a page can give.

Needs no web framework before there is a server: a static copy is made with the same functions, and has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import RedirectResponse
    from starlette.routing import Route

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Pages:
    """The pages of one module.

    A function gets the request, and every {part} of its address by name; a plain `def` runs in a thread of its own.
    """

    def __init__(self) -> None:
        self._later: list[Callable[[], Route]] = []

    def get(self, path: str) -> Callable[[Handler], Handler]:
        return self._answering("GET", path)

    def post(self, path: str) -> Callable[[Handler], Handler]:
        return self._answering("POST", path)

    def _answering(self, method: str, path: str) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            self._later.append(lambda: _route(method, path, handler))
            return handler

        return add

    @cached_property
    def routes(self) -> Sequence[Route]:
        """For the server, in the order of the module."""
        return [make() for make in self._later]


def _route(method: str, path: str, handler: Callable[..., Any]) -> Route:
    from web.routing import route

    return route(method, path, handler)


def not_here(why: str) -> HTTPException:
    """To raise when there is nothing at an address; our own words, in Dutch."""
    from starlette.exceptions import HTTPException

    return HTTPException(404, why)


def moved(request: Request, path: str) -> RedirectResponse:
    """For good, to another address of this site."""
    from starlette.responses import RedirectResponse

    return RedirectResponse(request.url.replace(path=path), 301)

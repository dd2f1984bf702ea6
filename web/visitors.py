"""Who is at the door of a page with an account or a form: cookies, the token in every form, and the page that answers. Keeps nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from web import accounts
from web.accounts import Account, Role
from web.database import Database
from web.intake import Typed, read_form
from web.pages import Handler, Pages
from web.render import page

SESSION = "kast-sessie"
BROWSER = "kast-formulier"
"""A random word that only this browser knows; every form carries a word derived from it."""
BROWSER_KEPT = 30 * 24 * 3600
TOKEN_FIELD = "formulier"  # noqa: S105  the name of a field
Need = Callable[[Request], Account | None]
"""Gives who is there, or raises HTTPException when they may not come in."""
PRIVATE = {"Cache-Control": "no-store"}
SIGN_IN = "/inloggen"

COME_BACK = (
    "U bent niet (meer) ingelogd. Log in op een ander tabblad, kom terug op deze bladzijde en verstuur haar opnieuw. "
    "Uw browser bewaart wat u heeft ingevuld."
)
NOT_OURS = "Dit formulier was te lang open, of het kwam niet van onze site. Ga terug, ververs de bladzijde en verstuur haar opnieuw."
NOT_FOR_YOU = "Uw account mag dit niet. Vraag het aan uw beheerder."


def database(request: Request) -> Database:
    found: Database = request.app.state.database
    return found


def _is_https(request: Request) -> bool:
    return bool(request.app.state.settings.is_https)


def cookie(request: Request, name: str) -> str:
    """What this browser brought along, or nothing."""
    return request.cookies.get(_cookie_name(request, name), "")[:200]


def _cookie_name(request: Request, name: str) -> str:
    """Over https a browser itself refuses such a cookie from a neighbouring host."""
    return f"__Host-{name}" if _is_https(request) else name


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """A cookie that no script and no other site can use; without seconds it goes when the browser closes."""
    response.set_cookie(
        _cookie_name(request, name), value, max_age=seconds, httponly=True, samesite="lax", secure=_is_https(request)
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(_cookie_name(request, name), httponly=True, samesite="lax", secure=_is_https(request))


def new_browser(request: Request, response: Response) -> None:
    """At signing in and out every form that was open before stops working."""
    set_cookie(request, response, BROWSER, secrets.token_urlsafe(32), BROWSER_KEPT)


def show(
    request: Request, template: str, status: int = 200, account: Account | None = None, **context: Any
) -> HTMLResponse:
    """A page that is nobody else's and that no cache keeps, with the token for its forms."""
    browser = cookie(request, BROWSER)
    secret = browser or secrets.token_urlsafe(32)
    token = accounts.form_token(secret)
    response = page(request, template, status, PRIVATE, account=account, form_token=token, **context)
    if not browser:
        set_cookie(request, response, BROWSER, secret, BROWSER_KEPT)
    return response


def go(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303, PRIVATE)


class Door(Route):
    """An address that knows who is there; so that all of them can be found."""


class Doors(Pages):
    """Pages that know who is there. A function gets the request and the account, a POST also the form, and the parts of its address.

    Who may come in is said beside the address. Every form must be one of ours, sent from the browser that asked for it.
    """

    def get(self, path: str, who: Need | None = None) -> Callable[[Handler], Handler]:
        return self._answering("GET", path, who)

    def post(self, path: str, who: Need | None = None, files: int = 0) -> Callable[[Handler], Handler]:
        """`files` is how many files may come along; they are in `request.state.files` by the name of their field."""
        return self._answering("POST", path, who, files)

    def _answering(
        self, method: str, path: str, who: Need | None = None, files: int = 0
    ) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            async def answer(request: Request) -> Response:
                form = [await _own_form(request, files)] if method == "POST" else []
                return await run_in_threadpool(answer_in_thread, request, form)

            def answer_in_thread(request: Request, form: list[Typed]) -> Response:
                found: Response = handler(request, (who or visitor)(request), *form, **request.path_params)
                return found

            self._later.append(lambda: Door(path, answer, methods=[method], name=handler.__name__))
            return handler

        return add


async def _own_form(request: Request, files: int) -> Typed:
    """What was filled in. Refuses a form that did not come from a page of ours in this browser."""
    typed = await read_form(request, files)
    browser = cookie(request, BROWSER)
    sent = next(iter(typed.pop(TOKEN_FIELD, [])), "")
    origin = request.headers.get("origin")
    same_host = not origin or urlsplit(origin).netloc == request.url.netloc
    if not (browser and same_host and compare_digest(sent.encode(), accounts.form_token(browser).encode())):
        raise HTTPException(403, NOT_OURS, PRIVATE)
    return typed


def visitor(request: Request) -> Account | None:
    """Who is signed in here, if anybody."""
    token = cookie(request, SESSION)
    if not token:
        return None
    with database(request).read() as session:
        found = accounts.signed_in(session, token)
    if found and found.must_be_seen:
        with database(request).write() as session:
            accounts.seen(session, token)
    return found.account if found else None


def member(request: Request) -> Account:
    """Whoever is signed in; others first sign in."""
    found = visitor(request)
    if found:
        return found
    if request.method == "GET":
        raise HTTPException(303, headers={"Location": f"{SIGN_IN}?naar={quote(request.url.path)}", **PRIVATE})
    raise HTTPException(401, COME_BACK, PRIVATE)


def administrator(request: Request) -> Account:
    return _only(request, lambda found: found.role == Role.ADMINISTRATOR)


def reader(request: Request) -> Account:
    """Somebody with a gemeente of whose metingen they may know."""
    return _only(request, lambda found: found.municipality is not None)


def regional(request: Request) -> Account:
    """Somebody who brings gemeenten together."""
    return _only(request, lambda found: found.sees_region)


def coordinator(request: Request) -> Account:
    """Somebody who may make and change metingen of their gemeente."""
    return _only(request, lambda found: found.may_measure)


def _only(request: Request, may: Callable[[Account], bool]) -> Account:
    found = member(request)
    if not may(found):
        raise HTTPException(403, NOT_FOR_YOU, PRIVATE)
    return found


def one(typed: Typed, name: str) -> str:
    """The first value of a field, without spaces around it, and without NUL: PostgreSQL keeps no such sign."""
    return next(iter(typed.get(name, ())), "").replace("\0", "").strip()


def place(request: Request) -> str:
    """Where a request comes from; kept only as a hash, for a quarter of an hour."""
    return request.client.host if request.client else ""


def safe_goal(text: str) -> str | None:
    """An address of our own to go on to, or None: never another site."""
    parts = urlsplit(text)
    good = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return text if good and len(text) <= 200 and text.isprintable() and "\\" not in text else None

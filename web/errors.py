"""What a visitor or a program is told when something goes wrong: a page in plain Dutch, or problem+json (RFC 9457) under the API.

Never shows what was sent, nor anything of the machinery; the traceback goes to the log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Match, Route

from web import render
from web.routing import Part

if TYPE_CHECKING:
    from starlette.applications import Starlette

log = logging.getLogger(__name__)

API_PREFIX = "/api/v1"
"""Everything under this address speaks JSON, also when it goes wrong."""
API_VERSION = "1.0.0"
"""Of the interface, not of the program: the first number is in the address."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error in words: what it is called, what happened, what one can do."""

    status: int
    title: str
    happened: str
    advice: str


EXPLANATIONS = {
    explanation.status: explanation
    for explanation in (
        Explanation(
            400,
            "Deze vraag begrijpen we niet",
            "In het adres of in het formulier staat iets dat we niet kunnen lezen.",
            "Ga terug en kijk uw invoer na. Heeft u een link gekregen? Controleer of die helemaal is overgenomen.",
        ),
        Explanation(
            401,
            "Log eerst in",
            "Deze bladzijde is alleen voor wie is ingelogd.",
            "Log in en probeer het opnieuw.",
        ),
        Explanation(
            403,
            "Dit mag niet",
            "U mag deze bladzijde niet gebruiken, of uw formulier was verlopen.",
            "Ga terug, ververs de bladzijde en probeer het opnieuw.",
        ),
        Explanation(
            404,
            "Deze bladzijde bestaat niet",
            "Op dit adres staat niets. De bladzijde kan verplaatst zijn, of er zit een tikfout in het adres.",
            "Zoek in de kast of begin op de startpagina.",
        ),
        Explanation(
            405,
            "Dit kan hier niet",
            "Dit adres bestaat, maar niet voor wat u nu probeert te doen.",
            "Ga terug en probeer het via de bladzijde zelf.",
        ),
        Explanation(
            413,
            "Dit is te veel tegelijk",
            "U stuurde meer gegevens dan we aannemen.",
            "Maak uw tekst korter en probeer het opnieuw.",
        ),
        Explanation(
            414,
            "Dit adres is te lang",
            "Het adres is langer dan we aannemen.",
            "Controleer of de link goed is overgenomen, of vul de vragenlijst opnieuw in.",
        ),
        Explanation(
            500,
            "Er ging bij ons iets mis",
            "De bladzijde kon niet worden gemaakt. Dat ligt aan ons, niet aan u.",
            "Probeer het over een paar minuten opnieuw. Blijft het misgaan? Meld het aan de beheerder.",
        ),
        Explanation(
            503,
            "De site is even niet bereikbaar",
            "Een onderdeel dat we nodig hebben, geeft geen antwoord.",
            "Probeer het over een paar minuten opnieuw.",
        ),
    )
}


OTHERWISE = {403: "Hier kunt u wel terecht:"}
"""What one can do when our own words already say why: trying again does not help who is not allowed."""


class InvalidInputError(Exception):
    """What was asked cannot be answered: every objection at once, as (parameter, Dutch sentence)."""

    def __init__(self, objections: Sequence[tuple[str, str]]) -> None:
        self.objections = tuple(objections)
        super().__init__(f"{len(self.objections)} bezwaren")


def explain(status: int) -> Explanation:
    """Words for a status; a rare one gets the words of its family."""
    return EXPLANATIONS.get(status) or EXPLANATIONS[400 if status < 500 else 500]


def is_api(path: str) -> bool:
    return path == API_PREFIX or path.startswith(f"{API_PREFIX}/")


def respond(
    request: Request,
    status: int,
    *,
    detail: str | None = None,
    objections: Sequence[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The error in the form that belongs to the address: a page, or problem+json."""
    if is_api(request.scope["path"]):
        return problem(status, detail=detail, objections=objections, headers=headers)
    words = explain(status)
    if detail:
        words = replace(words, happened=detail, advice=OTHERWISE.get(status, words.advice))
    return _page(request, status, words, dict(headers or {}))


def problem(
    status: int,
    *,
    detail: str | None = None,
    objections: Sequence[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """RFC 9457, with one line in `errors` for everything that is wrong."""
    words = explain(status)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": words.title,
        "status": status,
        "detail": detail or words.happened,
    }
    if objections:
        body["errors"] = [{"parameter": parameter, "detail": sentence} for parameter, sentence in objections]
    return JSONResponse(body, status, dict(headers or {}), media_type="application/problem+json")


def _page(request: Request, status: int, words: Explanation, headers: dict[str, str]) -> Response:
    """The page in the style of the site; in plain HTML when even that cannot be made."""
    try:
        return render.page(request, "fout.html", status, headers, fout=words)
    except Exception:
        log.exception("foutpagina niet gemaakt")
        return HTMLResponse(_plain_page(words), status, headers)


def _plain_page(words: Explanation) -> str:
    title, happened, advice = escape(words.title), escape(words.happened), escape(words.advice)
    return (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>{title}</title>'
        f'<main><h1>{title}</h1><p>{happened}</p><p>{advice}</p><p><a href="/">Naar de startpagina</a></p></main></html>'
    )


def install(app: Starlette) -> None:
    """Let this app answer every error with `respond`."""
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(InvalidInputError, _on_invalid_input)
    app.add_exception_handler(Exception, _on_crash)


def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - the handler is registered for this type
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_methods_at(request)))
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=headers)
    return respond(request, error.status_code, detail=_our_words(error), headers=headers)


def _our_words(error: HTTPException) -> str | None:
    """What our own code says about what is missing or not allowed; the English of the framework is not for visitors."""
    ours = error.status_code in (401, 403, 404) and error.detail != HTTPStatus(error.status_code).phrase
    return error.detail if ours else None


def _methods_at(request: Request) -> set[str]:
    """Every method of every route at this address; GET always comes with HEAD. What is no route is a file: only to be read."""
    routes = [route for route in _flat(request.app.routes) if route.matches(request.scope)[0] is not Match.NONE]
    found = {method for route in routes for method in route.methods or ()} or {"GET"}
    return found | {"HEAD"} if "GET" in found else found


def _flat(routes: Iterable[BaseRoute]) -> Iterator[Route]:
    """The routes themselves, also those within a part."""
    for route in routes:
        if isinstance(route, Part):
            yield from _flat(route.router.routes)
        elif isinstance(route, Route):
            yield route


def bad_request(request: Request, _error: Exception) -> Response:
    """For input that a framework refuses in its own English."""
    return respond(request, 400)


def _on_invalid_input(request: Request, error: Exception) -> Response:
    objections = error.objections if isinstance(error, InvalidInputError) else ()
    return respond(request, 400, detail="De vraag klopt niet; zie 'errors'.", objections=objections)


def _on_crash(request: Request, _error: Exception) -> Response:
    return respond(request, 500)

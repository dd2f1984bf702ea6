"""The guard around every answer, also around error pages: headers, limits on what comes in, HEAD, and where to report a leak.

One plain ASGI layer outside everything else, so that no answer escapes it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import errors, render
from web.settings import Settings

MAX_BODY = 64 * 1024
"""Bytes; a complete questionnaire with remarks is about 10 kB."""
MAX_TEXT = 512 * 1024
"""Bytes, where someone may paste a whole report: it is not read, but it is given back with a kind word."""
WITH_TEXT = ("/eigen-woorden",)
MAX_FILE = 3 * 1024 * 1024
"""Bytes, where a table may be sent: more than is read of it, so that a file that is too big gets an answer in words."""
WITH_FILE = "/cijfers/bestand"
"""The end of such an address."""
MAX_QUERY = 8_000
"""Characters; a complete profile in an address is about 1.200."""
YEAR = 365 * 24 * 3600
SECURITY_TXT_VALID = timedelta(days=180)

EVERYWHERE = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # An address can hold a profile: never pass it on to another site. 'no-referrer' would also hide the origin of our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ON_PAGES = {"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-cache"}
ON_API = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-store",
    # Public data without accounts or cookies: any site may read it.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version",
}
FOREVER = f"public, max-age={YEAR}, immutable"
AN_HOUR = "public, max-age=3600"


class Guard:
    """Wraps the whole site."""

    def __init__(self, app: ASGIApp, settings: Settings, api_version: str) -> None:
        self._app = app
        self._everywhere = EVERYWHERE | ({"Strict-Transport-Security": f"max-age={YEAR}"} if settings.is_https else {})
        self._on_api = ON_API | {"API-Version": api_version}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = self._with_headers(scope, _without_body(send) if scope["method"] == "HEAD" else send)
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        if status := _refusal(scope):
            await errors.respond(Request(scope), status, headers={"Connection": "close"})(scope, receive, send)
        else:
            await self._app(scope, _limited(receive, _most(scope)), send)

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers(scope, message["status"]).items():
                    headers.setdefault(name, value)
            await send(message)

        return send_with_headers

    def _headers(self, scope: Scope, status: int) -> dict[str, str]:
        if errors.is_api(scope["path"]):
            return self._everywhere | self._on_api
        headers = self._everywhere | ON_PAGES
        if status >= 400:
            return headers | {"Cache-Control": "no-store"}
        if scope["path"].startswith("/static/"):
            return headers | {"Cache-Control": FOREVER if _is_versioned(scope) else AN_HOUR}
        return headers


def _is_versioned(scope: Scope) -> bool:
    """Does the address carry the hash of what is there now, so that other content has another address?"""
    try:
        address = render.static(scope["path"].removeprefix("/static/"))
    except OSError:
        return False
    return address == f"{scope['path']}?{scope['query_string'].decode('latin-1')}"


def _refusal(scope: Scope) -> int | None:
    """The status with which to refuse this request unread, or None."""
    if len(scope["query_string"]) > MAX_QUERY:
        return 414
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if not declared.isdigit():
        return 400
    return 413 if len(declared) > 9 or int(declared) > _most(scope) else None


def _most(scope: Scope) -> int:
    """Bytes that may come in at this address."""
    if scope["path"].endswith(WITH_FILE):
        return MAX_FILE
    return MAX_TEXT if scope["path"] in WITH_TEXT else MAX_BODY


def _limited(receive: Receive, most: int) -> Receive:
    """Count what comes in: a body without a declared length is stopped as soon as it is too long."""
    total = 0

    async def receive_limited() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > most:
            raise HTTPException(413)
        return message

    return receive_limited


def _without_body(send: Send) -> Send:
    async def send_without_body(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_without_body


def security_txt(settings: Settings, now: datetime | None = None) -> str:
    """RFC 9116; the date of expiry moves along, so that it cannot be forgotten."""
    expires = ((now or datetime.now(UTC)) + SECURITY_TXT_VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        f"Contact: mailto:{settings.contact}\n"
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: nl, en\n"
        f"Canonical: {settings.base_url}/.well-known/security.txt\n"
    )


ROBOTS_TXT = """\
# Het aantal mogelijke vragen is eindeloos; de bladzijden zelf mogen gevonden worden.
User-agent: *
Disallow: /*?
Disallow: /api/
Disallow: /invullen/
Disallow: /metingen
Disallow: /welkom/
"""

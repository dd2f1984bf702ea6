"""Do the sources still open? Asks each address politely and says what it found. Knows no pages and prints nothing.

Polite: one question at a time per host, with a pause; robots.txt is obeyed; a busy server is asked again later, a few times.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx2

LONGEST_WAIT = 30.0
"""Seconds that a server may ask us to wait."""
MAX_REDIRECTS = 8
ENOUGH_BYTES = 65_536
"""Of a page that we read to see whether it is really there."""
BUSY = {429, 502, 503, 504}
CLOSED = {401, 402, 403, 407, 429, 451}
"""Answers that say no to us, and nothing about the page."""

_SAYS_GONE = re.compile(
    r"<(?:title|h1)[^>]*>[^<]{0,80}?(?:pagina (?:is )?niet (?:meer )?(?:gevonden|beschikbaar)|niet gevonden|bestaat niet"
    r"|page not found|not found|\b404\b)",
    re.IGNORECASE,
)


class State(StrEnum):
    """What was found, best first."""

    GOOD = "goed"
    MOVED = "verhuisd"
    CLOSED = "niet na te kijken"
    SILENT = "geen antwoord"
    BROKEN = "fout"
    SEEMS_GONE = "lijkt weg"
    GONE = "weg"


WRONG = {State.SILENT, State.BROKEN, State.SEEMS_GONE, State.GONE}
"""States that an editor has to do something about."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How we ask. Times in seconds."""

    agent: str = "Apothekerskast-linkcontrole/1"
    timeout: float = 10.0
    """For each step: connecting, and each piece of the answer."""
    deadline: float = 30.0
    """For one whole answer, however slowly it drips in."""
    tries: int = 3
    pause: float = 1.0
    """Between two questions to one host; doubled with every new try."""
    hosts_at_once: int = 8
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Finding:
    url: str
    state: State
    detail: str = ""
    """In words: an answer code, a new address, or why not."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    url: str
    """Where it came from in the end."""
    permanent: bool
    """Did every step on the way say that it moved for good?"""
    body: str
    wait: float | None = None


class _CannotAskError(Exception):
    """There is no answer; the text says why, in Dutch."""


def look_up(urls: Iterable[str], manners: Manners | None = None) -> list[Finding]:
    """What each address gives, in the order given; an address that is given twice is asked once."""
    manners = manners or Manners()
    hosts: dict[str, list[str]] = {}
    order = list(dict.fromkeys(urls))
    for url in order:
        hosts.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    headers = {"User-Agent": manners.agent, "Accept": "text/html,*/*;q=0.5"}
    with (
        httpx2.Client(headers=headers, timeout=manners.timeout) as client,
        ThreadPoolExecutor(manners.hosts_at_once) as pool,
    ):
        found = {
            one.url: one for host in pool.map(lambda one: _host(client, one, manners), hosts.values()) for one in host
        }
    return [found[url] for url in order]


def _host(client: httpx2.Client, urls: list[str], manners: Manners) -> list[Finding]:
    """All addresses of one host, one after another."""
    try:
        rules = _rules(client, urls[0], manners)
    except _CannotAskError as error:
        return [Finding(url, State.SILENT, str(error)) for url in urls]
    pause = min(float(rules.crawl_delay(manners.agent) or 0), LONGEST_WAIT) if rules else 0.0
    found = []
    for url in urls:
        manners.sleep(max(pause, manners.pause))
        allowed = rules is not None and rules.can_fetch(manners.agent, url)
        found.append(
            _one(client, url, manners) if allowed else Finding(url, State.CLOSED, "robots.txt vraagt dit niet te doen")
        )
    return found


def _rules(client: httpx2.Client, url: str, manners: Manners) -> RobotFileParser | None:
    """What robots.txt allows; None when the server cannot tell now, which means: nothing (RFC 9309)."""
    answer = _ask(client, urljoin(url, "/robots.txt"), manners)
    if answer.status >= 500:
        return None
    rules = RobotFileParser()
    rules.parse(answer.body.splitlines() if answer.status < 400 else [])
    return rules


def _one(client: httpx2.Client, url: str, manners: Manners) -> Finding:
    try:
        answer = _patiently(client, url, manners)
    except _CannotAskError as error:
        return Finding(url, State.SILENT, str(error))
    return _judged(url, answer)


def _patiently(client: httpx2.Client, url: str, manners: Manners) -> _Answer:
    """An answer, after a few tries when the server is busy or silent."""
    for attempt in range(1, manners.tries + 1):
        wait = manners.pause * 2**attempt
        try:
            answer = _ask(client, url, manners)
            if answer.status not in BUSY or attempt == manners.tries:
                return answer
            wait = min(answer.wait or wait, LONGEST_WAIT)
        except _CannotAskError:
            if attempt == manners.tries:
                raise
        manners.sleep(wait)
    raise AssertionError("the last try answers or raises")


def _judged(url: str, answer: _Answer) -> Finding:
    if answer.status in (404, 410):
        return Finding(url, State.GONE, f"antwoord {answer.status}")
    if answer.status in CLOSED:
        return Finding(url, State.CLOSED, f"de site laat ons niet toe ({answer.status})")
    if answer.status >= 400:
        return Finding(url, State.BROKEN, f"antwoord {answer.status}")
    asked, came = urlsplit(url), urlsplit(answer.url)
    if asked.path.strip("/") and not came.path.strip("/") and not came.query:
        return Finding(url, State.SEEMS_GONE, f"leidt naar de voorpagina: {answer.url}")
    if said := _SAYS_GONE.search(answer.body):
        return Finding(url, State.SEEMS_GONE, f"de bladzijde zegt: {' '.join(said[0].rpartition('>')[2].split())}")
    if answer.permanent and answer.url != url:
        return Finding(url, State.MOVED, f"voorgoed naar {answer.url}")
    return Finding(url, State.GOOD)


def _ask(client: httpx2.Client, url: str, manners: Manners) -> _Answer:
    """One question, redirects followed. Raises _CannotAskError."""
    until, permanent = time.monotonic() + manners.deadline, True
    try:
        for _ in range(MAX_REDIRECTS + 1):
            if urlsplit(url).scheme not in ("http", "https"):
                raise _CannotAskError("leidt naar iets dat geen webadres is")
            with client.stream("GET", url, follow_redirects=False) as response:
                if not response.has_redirect_location:
                    return _Answer(
                        response.status_code, url, permanent, _beginning(response, until), _retry_after(response)
                    )
                permanent = permanent and response.status_code in (301, 308)
                url = urljoin(url, response.headers["location"])
        raise _CannotAskError("verwijst steeds verder")
    except httpx2.TimeoutException:
        raise _CannotAskError("geen antwoord binnen de tijd") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, OSError):
        raise _CannotAskError("niet te bereiken, of het antwoord is onleesbaar") from None


def _beginning(response: httpx2.Response, until: float) -> str:
    """The first part of an answer as text. Raises _CannotAskError when it takes too long."""
    read = b""
    for piece in response.iter_bytes():
        read += piece
        if len(read) >= ENOUGH_BYTES:
            break
        if time.monotonic() > until:
            raise _CannotAskError("het antwoord komt te langzaam")
    try:
        return read[:ENOUGH_BYTES].decode(response.charset_encoding or "utf-8", errors="replace")
    except LookupError:  # the server names an encoding that nobody knows
        return read[:ENOUGH_BYTES].decode("utf-8", errors="replace")


def _retry_after(response: httpx2.Response) -> float | None:
    asked = response.headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else None


def in_order(found: Iterable[Finding]) -> Iterator[tuple[State, list[Finding]]]:
    """Findings by state, worst first; what is good is left out."""
    kept = list(found)
    for state in reversed(State):
        if state is not State.GOOD and (these := [one for one in kept if one.state is state]):
            yield state, these

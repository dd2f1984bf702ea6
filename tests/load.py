"""A whole country fills in at once: how long saving a step takes, and whether anything goes wrong. `python -m tests.load --help`.

Every respondent opens the link of a meting, chooses a role, thinks, saves, reads the next page, and sends in. An hour of filling in
is pressed into five minutes. Afterwards every answer that was acknowledged is looked up in the database.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import uvloop

from assessment import municipalities, store
from tests import postgres
from tests.server import FIXED, PATIENCE, Server, new_meting
from web.database import Database

ROLES = ("politie-boa", "jongerenwerk", "school-leerplicht", "wijkteam-jgz", "gemeente", "bewoners-jongeren")
"""Who fills in, in turn."""
ALL_HAVE_BEGUN = 0.8
"""At this part of the time; the rest is to finish."""
THINKING = 1 / 40
"""Of the time, on average, for a page: a minute and a half of the hour."""

_HIDDEN = re.compile(r'name="(formulier|begin|stap)" value="([^"]*)"')
_ASKED = re.compile(r'<input type="radio" id="[^"]+" name="([^"]+)"')
_CODE = re.compile(r'class="code">([^<]+)<')


class Browser:
    """As little of one as will do: one connection that is kept while the server keeps it, cookies, redirects by hand."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address)
        self._cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> str:
        status, page, _ = await self._ask(f"GET {path} HTTP/1.1\r\n", b"")
        assert status == 200, (path, status)
        return page

    async def post(self, path: str, fields: dict[str, str]) -> str:
        """Where the answer leads."""
        body = urlencode(fields).encode()
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        origin = f"Origin: http://{self._host.netloc}\r\n"
        status, _, where = await self._ask(f"POST {path} HTTP/1.1\r\n{kind}{origin}", body)
        assert status == 303, (path, status)
        return where

    async def _ask(self, head: str, body: bytes) -> tuple[int, str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = f"{head}Host: {self._host.netloc}\r\nCookie: {cookies}\r\n\r\n".encode() + body
        if self._streams:
            try:
                return await self._exchange(*self._streams, sent)
            except (OSError, asyncio.IncompleteReadError) as error:  # it was closed while we were thinking
                self.close()
                if getattr(error, "partial", b""):
                    raise
        self._streams = await asyncio.open_connection(self._host.hostname, self._host.port)
        return await self._exchange(*self._streams, sent)

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes
    ) -> tuple[int, str, str]:
        writer.write(sent)
        async with asyncio.timeout(PATIENCE):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            status, *lines = head.split("\r\n")
            headers = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines if line)]
            page = await reader.readexactly(int(dict(headers)["content-length"]))
        for value in (value for name, value in headers if name == "set-cookie"):
            name, _, rest = value.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        return int(status.split()[1]), page.decode(), dict(headers).get("location", "")

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None


@dataclass
class Measured:
    """What came of it; times in seconds."""

    saves: list[float] = field(default_factory=list)
    """From sending a step until it is acknowledged."""
    pages: list[float] = field(default_factory=list)
    """From sending a step until the next page is there."""
    errors: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """By link and personal code."""


async def fill_in(address: str, link: str, number: int, thinking: float, measured: Measured) -> None:
    """One respondent, from the link to the thanks."""
    browser, chance = Browser(address), random.Random(number)
    try:
        page = await browser.get(link)
        begun = await browser.post(link, dict(_HIDDEN.findall(page)) | {"rol": ROLES[number % len(ROLES)]})
        page = await browser.get(begun)
        found = _CODE.search(page)
        assert found, page[:400]
        answers = measured.acknowledged[link, unescape(found[1])] = {}
        while not begun.endswith("/klaar"):
            await asyncio.sleep(thinking * chance.uniform(0.5, 1.5))
            given = {name: FIXED.get(name[:2], str(chance.randrange(5))) for name in _ASKED.findall(page)}
            fields = dict(_HIDDEN.findall(page)) | {"actie": "verder"} | given
            start = time.perf_counter()
            begun = await browser.post(f"{link}/vragen", fields)
            measured.saves.append(time.perf_counter() - start)
            answers |= given
            page = await browser.get(begun)
            measured.pages.append(time.perf_counter() - start)
    except Exception as error:
        measured.errors[f"{type(error).__name__}: {error}"[:120]] += 1
    finally:
        browser.close()


async def run(address: str, links: Sequence[str], people: int, seconds: float) -> Measured:
    """Respondents begin evenly spread, the people of one meting at any moment."""
    measured, visits = Measured(), [link for link in links for _ in range(people)]
    random.Random(1).shuffle(visits)
    begin = time.monotonic()

    async def visit(number: int, link: str) -> None:
        await asyncio.sleep(begin + number * seconds * ALL_HAVE_BEGUN / len(visits) - time.monotonic())
        await fill_in(address, link, number, seconds * THINKING, measured)

    await asyncio.gather(*(visit(number, link) for number, link in enumerate(visits)))
    return measured


def metingen(database: Database, count: int) -> Iterator[str]:
    """One link per meting, with which people choose their role."""
    codes = [municipality.code for municipality in municipalities()]
    for number in range(count):
        yield new_meting(database, [None], codes[number % len(codes)])[None]


def lost(database: Database, measured: Measured) -> list[str]:
    """The code of everybody whose answers are not exactly what was acknowledged to them, and nobody else's."""
    wrong = []
    with database.read() as session:
        for (link, code), answers in measured.acknowledged.items():
            meting = store.invited(session, link.rsplit("/", 1)[1])
            assert meting is not None
            kept = store.response_by(session, meting, store.code_hash(meting.id, code))
            if kept is None or {name: values[0] for name, values in kept.answers.items()} != answers:
                wrong.append(code)
    return wrong


def cpu_of(process: int) -> float:
    """Seconds of processor time of a process and all its children, also those that are gone."""
    parents, used = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            row = path.read_text().rpartition(")")[2].split()
            number = int(path.parent.name)
            parents[number], used[number] = int(row[1]), sum(map(int, row[11:15])) / os.sysconf("SC_CLK_TCK")
    family, size = {process}, 0
    while len(family) > size:
        size = len(family)
        family |= {number for number, parent in parents.items() if parent in family}
    return sum(used.get(number, 0.0) for number in family)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of our own; otherwise SQLite")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--metingen", type=int, default=342)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=300)
    chosen = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        own = stack.enter_context(postgres.running()) if chosen.postgres else None
        url = own.url if own else f"sqlite:///{folder}/kast.sqlite3"
        database = Database(url)
        stack.callback(database.close)
        links = list(metingen(database, chosen.metingen))
        server = Server(url, chosen.workers)
        stack.callback(server.stop)
        time.sleep(15)  # the warm-up is no part of this
        watched = {"server": server.process.pid} | ({"database": own.process} if own else {})
        before, mine, start = (
            {name: cpu_of(pid) for name, pid in watched.items()},
            time.process_time(),
            time.monotonic(),
        )
        measured = uvloop.run(run(server.address, links, chosen.people, chosen.seconds))
        elapsed = time.monotonic() - start
        used = {name: cpu_of(pid) - before[name] for name, pid in watched.items()} | {
            "client": time.process_time() - mine
        }
        report(measured, lost(database, measured), len(links) * chosen.people, elapsed, used)


def report(measured: Measured, wrong: list[str], expected: int, elapsed: float, used: dict[str, float]) -> None:
    steps = len(measured.saves)
    print(f"{len(measured.acknowledged)} of {expected} people began, {steps} steps saved in {elapsed:.0f} s")
    print(f"{steps / elapsed:.1f} steps a second")
    for name, times in (("saving a step", measured.saves), ("until the next page", measured.pages)):
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
        p50, p95, p99, most = (round(1000 * t) for t in (cuts[49], cuts[94], cuts[98], max(times, default=0)))
        print(f"{name}: median {p50} ms, p95 {p95} ms, p99 {p99} ms, longest {most} ms")
    print("processor seconds: " + ", ".join(f"{name} {seconds:.0f}" for name, seconds in used.items()))
    print(f"errors: {dict(measured.errors) or 'none'}; people whose answers are not as acknowledged: {len(wrong)}")


if __name__ == "__main__":
    main()

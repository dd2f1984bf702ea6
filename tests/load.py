"""A whole country fills in at once: how long saving a step takes, and whether anything goes wrong. `python -m tests.load --help`.

Every respondent opens a link, begins, and saves every step of the short version. Two workers serve one database, as behind a proxy.
The number of metingen and the time in which they are filled in can be set; the defaults are 342 gemeenten, ten people each, five minutes.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from assessment import municipalities
from tests.server import Respondent, Server, kept, new_meting
from web.database import Database

WORKERS = 2
ROLES = ("politie-boa", "jongerenwerk", "school-leerplicht", "wijkteam-jgz", "gemeente")
AT_ONCE = 60
"""Respondents that the client side keeps busy at the same time."""


@dataclass
class Measured:
    """What came of it."""

    saves: list[float] = field(default_factory=list)
    """Seconds per saved step, as the respondent waits for it: the POST and the next page."""
    late: float = 0.0
    """How far the last respondent began after its time, in seconds: above a few, the client or server could not keep up."""
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def fill_in(address: str, link: str, measured: Measured, chance: random.Random) -> None:
    respondent = Respondent(address, link)
    waits: list[float] = []
    try:
        respondent.begin()
        for _ in range(30):
            start = time.perf_counter()
            done = respondent.save(str(chance.randrange(5)))
            waits.append(time.perf_counter() - start)
            if done:
                break
    except Exception as error:
        with measured.lock:
            measured.errors[f"{type(error).__name__}: {error}"[:80]] += 1
    finally:
        respondent.close()
    with measured.lock:
        measured.saves += waits


def run(addresses: Sequence[str], links: Sequence[str], people: int, seconds: float) -> Measured:
    """Respondents begin evenly spread over the time."""
    measured, chance = Measured(), random.Random(1)
    visits = [link for link in links for _ in range(people)]
    chance.shuffle(visits)
    begin = time.monotonic()

    def visit(number: int) -> None:
        wait = begin + number * seconds / len(visits) - time.monotonic()
        with measured.lock:
            measured.late = max(measured.late, -wait)
        time.sleep(max(0.0, wait))
        fill_in(addresses[number % len(addresses)], visits[number], measured, random.Random(number))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(visit, range(len(visits))))
    return measured


def metingen(database: Database, count: int) -> Iterator[str]:
    codes = [municipality.code for municipality in municipalities()]
    for number in range(count):
        role = ROLES[number % len(ROLES)]
        yield new_meting(database, [role], codes[number % len(codes)])[role]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", help="address of an empty database; otherwise SQLite in a temporary folder")
    parser.add_argument("--metingen", type=int, default=342)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=300)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.database or f"sqlite:///{folder}/kast.sqlite3"
        database = Database(url)
        links = list(metingen(database, chosen.metingen))
        servers = [Server(url) for _ in range(WORKERS)]
        time.sleep(15)  # the warm-up is no part of this
        start = time.monotonic()
        measured = run([server.address for server in servers], links, chosen.people, chosen.seconds)
        elapsed = time.monotonic() - start
        for server in servers:
            server.stop()
        people = sum(len(kept(database, link)) for link in links)
        database.close()
    report(measured, people, chosen.metingen * chosen.people, elapsed)


def report(measured: Measured, people: int, expected: int, elapsed: float) -> None:
    cuts = statistics.quantiles(measured.saves, n=100) if len(measured.saves) > 1 else [0.0] * 99
    print(f"{people} of {expected} respondents kept, {len(measured.saves)} steps saved in {elapsed:.0f} s")
    print(f"{len(measured.saves) / elapsed:.1f} steps a second; the latest began {measured.late:.1f} s after its time")
    print(f"saving a step: median {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms")
    print(f"errors: {dict(measured.errors) or 'none'}")


if __name__ == "__main__":
    main()

"""How fast it is, as measured here and now: `make bench`. Times next to a bare yardstick from the same run; nothing is asserted.

Processes start as for a user: with the compiled files that Python itself leaves behind, and with a snapshot of an earlier start,
except where a line says otherwise.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml
from starlette.types import ASGIApp, Message

import kb
from assessment import Context, Profile, read_context, read_profile, to_query
from matcher import Advice, recommend
from matcher.offer import offer_of
from matcher.package import compose
from matcher.pool import pool_of
from matcher.priorities import prioritise
from matcher.question import ask
from matcher.ranking import rank
from tests import bench_site
from tests.generate import cupboard_of
from web import create_app

ROOT = Path(__file__).parent.parent
KAST = str(Path(sys.executable).with_name("kast"))
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "profielen.yaml").read_text())
PROCESS_ROUNDS = 7
CALL_ROUNDS = 100
START_ROUNDS = 5
AS_A_USER = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
BIG_SIZES = (1_000, 10_000)


def main() -> None:
    cupboard = kb.load()
    search = Searching(cupboard)
    parts: list[Callable[[], object]] = [
        commands,
        first_pages,
        whole_pages,
        *(partial(advice_on, cupboard, f"advice {case['id']}", case, limit=0.01) for case in CASES),
        partial(recept_on, cupboard),
        partial(slowest_advice, cupboard),
        partial(big_cupboard, cupboard),
        partial(search_big_cupboard, cupboard),
        bench_site.main,
    ]
    for part in parts:
        part()
        search.ask(rounds=4)
    search.report(usual=0.0002)


def commands() -> None:
    python = process_seconds([sys.executable, "-c", "pass"])
    line("python -c pass (yardstick)", python, python)
    line("kast --help", process_seconds([KAST, "--help"]), python, limit=0.3)
    line("kast check (all content)", process_seconds([KAST, "check"]), python, limit=2.0)


def slowest_advice(cupboard: kb.KnowledgeBase) -> None:
    profile, context = worked_example()
    line(
        "advice P2, slowest 1 in 100",
        call_seconds(lambda: in_full(recommend(cupboard, profile, context)), share=0.99),
        call_seconds(bare_pass(len(cupboard.interventions))),
    )


def search_big_cupboard(cupboard: kb.KnowledgeBase) -> None:
    search = Searching(cupboard_of(max(BIG_SIZES), cupboard))
    search.ask(rounds=12)
    search.report(usual=0.001)


class Searching:
    """Building the index, and every question of the two sets made by hand, each as if asked for the first time.

    Processor time, and the best of some rounds with everything forgotten in between: other work on this machine must not count, and a
    neighbour on the same processor may keep us slow for half a minute on end, so that the rounds are better spread over the whole run.
    The yardsticks are reading the words of all pages once, and looking for one word in all titles and summaries.
    """

    def __init__(self, cupboard: kb.KnowledgeBase) -> None:
        self.cupboard = cupboard
        self.asked = [question.text for question in kb.own_questions() if question.source != "gemaakt"]
        self.fresh = [kb.KnowledgeBase(cupboard.interventions, cupboard.factors) for _ in range(3)]
        self.built = [cpu_seconds(lambda one=one: one.search("hulp", 1)) for one in self.fresh]  # type: ignore[misc]
        self.rounds: list[list[float]] = []
        self.scans: list[float] = []

    def ask(self, rounds: int) -> None:
        """Everything some times over."""
        for _ in range(rounds):
            self.rounds.append(asked_anew(self.fresh[len(self.rounds) % len(self.fresh)], self.asked))
            self.scans.append(cpu_seconds(lambda: plain_scan(self.cupboard, "multisysteem")))

    def report(self, usual: float) -> None:
        pages, size, scan = self.cupboard.interventions, len(self.cupboard.interventions), min(self.scans)
        some = pages[: min(size, 200)]
        read = cpu_seconds(lambda: [kb.tokens(page.model_dump_json()) for page in some]) * size / len(some)
        line(f"search: index of {size} pages (yardstick: reading their words)", min(self.built), read, limit=3.0)
        times = sorted(map(min, zip(*self.rounds, strict=True)))
        middle, slow = (times[place_of(self.asked, share)] for share in (0.5, 0.99))
        line(f"search among {size}, median of {len(self.asked)} questions (yardstick: scan)", middle, scan, usual)
        line(f"search among {size}, slowest 1 in 100", slow, scan, limit=0.005)


def asked_anew(cupboard: kb.KnowledgeBase, asked: Sequence[str]) -> list[float]:
    """Processor time of each of these questions, in seconds, by a search that remembers no earlier one."""
    cupboard.forget_questions()
    return [cpu_seconds(lambda q=q: cupboard.search(q, 24)) for q in asked]  # type: ignore[misc]


def place_of(asked: Sequence[str], share: float) -> int:
    """The place of a quantile."""
    return int(share * (len(asked) - 1))


def cpu_seconds(call: Callable[[], object]) -> float:
    """Processor time of one call, in seconds."""
    start = time.process_time()
    call()
    return time.process_time() - start


def big_cupboard(cupboard: kb.KnowledgeBase) -> None:
    """Advice and recept on ten thousand interventions, next to what a bare pass over the same numbers costs."""
    taken = {}
    for size in BIG_SIZES:
        many, biggest = cupboard_of(size, cupboard), size == max(BIG_SIZES)
        limit = 0.06 if biggest else None
        seconds = {
            case["id"]: advice_on(many, f"advice {case['id']} on {size}", case, limit, rounds=20)
            for case in (CASES if biggest else CASES[1:2])
        }
        taken[size] = seconds[CASES[1]["id"]]
        recept_on(many, limit=0.05 if biggest else None)
    least, most = min(taken), max(taken)
    print(f"from {least} to {most}, {most // least} times as many: {taken[most] / taken[least]:.1f} times as long")


def advice_on(
    cupboard: kb.KnowledgeBase, name: str, case: dict[str, Any], limit: float | None, rounds: int = CALL_ROUNDS
) -> float:
    """Seconds for one whole advice: 200 recalculations and the reasons of the first twenty; then the recept; then the two together.

    The same question each time, but nothing of a question is remembered: only what no question changes was worked out before.
    """
    profile, context = read_profile(case)[0], read_context(case["context"])[0]
    advised = call_seconds(lambda: with_reasons(recommend(cupboard, profile, context)), rounds=rounds)
    taken = call_seconds(lambda: in_full(recommend(cupboard, profile, context)), rounds=rounds)
    bare = call_seconds(bare_pass(len(cupboard.interventions)), rounds=rounds)
    line(f"{name}, with reasons (yardstick: a bare numpy pass)", advised, bare, limit=limit)
    line(f"{name}, and with the recept on top (same yardstick)", taken, bare)
    return advised


def with_reasons(advice: Advice) -> object:
    """What is worked out only when it is looked at."""
    return [recommendation.reasons for recommendation in advice.recommended[:20]]


def in_full(advice: Advice) -> object:
    """And the recept, which is an item of its own."""
    return with_reasons(advice), advice.package


def recept_on(cupboard: kb.KnowledgeBase, limit: float | None = None) -> None:
    """Choosing a recept of at most five from a ranking that is there, and putting it into words."""
    size = len(cupboard.interventions)
    profile, context = worked_example()
    question = ask(context, prioritise(cupboard.factors, profile))
    ranked = rank(question, pool_of(cupboard), profile)
    taken = call_seconds(lambda: compose(offer_of(cupboard, ranked.recommended, ranked.services)), rounds=30)
    line(f"recept from {size} (same yardstick)", taken, call_seconds(bare_pass(size), rounds=30), limit)


def bare_pass(size: int) -> Callable[[], object]:
    """Masks, a matrix-vector product and the top twenty over as many rows and factors: the floor for any matcher."""
    import numpy as np  # after kb, so that it runs in one thread here as it does on the site

    chance = np.random.default_rng(0)
    matrix, vector, closed = chance.random((size, 56)), chance.random(56), chance.random(size) < 0.5

    def run() -> object:
        scores = matrix @ vector
        scores[closed] = -1
        first = np.argpartition(-scores, 20)[:20]
        return first[np.argsort(-scores[first])]

    return run


def worked_example() -> tuple[Profile, Context]:
    return read_profile(CASES[1])[0], read_context(CASES[1]["context"])[0]


def line(name: str, seconds: float, yardstick: float, limit: float | None = None) -> None:
    aim = f"   doel < {limit * 1000:g} ms" if limit else ""
    print(f"{name:<78} {seconds * 1000:9.2f} ms   {seconds / yardstick:8.1f} x yardstick{aim}", flush=True)


def process_seconds(command: list[str]) -> float:
    """Median wall time of a whole process, in seconds, after one round to warm the disk."""
    times = []
    for _ in range(PROCESS_ROUNDS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=AS_A_USER)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def call_seconds(call: Callable[[], object], share: float = 0.5, rounds: int = CALL_ROUNDS) -> float:
    """A quantile of the processor time of one call in this process, in seconds: a busy machine disturbs it least."""
    call()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return sorted(times)[int(share * (len(times) - 1))]


def first_pages() -> None:
    """From starting a server to the last byte of its first page; ours and the bare one in turn."""
    serve, bare = [KAST, "serve", "--port"], [sys.executable, "-m", "tests.bare"]
    with tempfile.TemporaryDirectory() as folder:
        rounds = [
            (first_page_seconds(serve), first_page_seconds(serve, f"{folder}/{number}.json"), first_page_seconds(bare))
            for number in range(START_ROUNDS + 1)
        ]
    ours, unread, yardstick = (statistics.median(times) for times in zip(*rounds[1:], strict=True))
    line("kast serve to first page (yardstick: bare FastAPI with one Jinja page)", ours, yardstick, limit=1.5)
    line("kast serve to first page, content never read before (same yardstick)", unread, yardstick)


def first_page_seconds(command: list[str], snapshot: str | None = None) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = AS_A_USER | ({"KAST_SNAPSHOT": snapshot} if snapshot else {})
    start = time.perf_counter()
    server = subprocess.Popen(
        [*command, str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not answers(f"http://127.0.0.1:{port}/"):
            time.sleep(0.005)
        return time.perf_counter() - start
    finally:
        server.terminate()
        server.wait()


def whole_pages() -> None:
    """A page as the site makes it, from request to last byte, in this process; next to a page without any knowledge."""
    site = create_app()
    plain = call_seconds(lambda: get(site, "/privacy"))
    for case in CASES[:3]:
        profile, context = read_profile(case)[0], read_context(case["context"])[0]
        query = urlencode(to_query(profile, context))
        whole = call_seconds(lambda query=query: get(site, "/advies", query), rounds=20)  # type: ignore[misc]
        line(f"page /advies of {case['id']} (yardstick: page /privacy)", whole, plain)
    line("page /interventies (same yardstick)", call_seconds(lambda: get(site, "/interventies"), rounds=20), plain)


def get(site: ASGIApp, path: str, query: str = "") -> None:
    """Ask the site itself, without a network in between."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "root_path": "", "headers": []}
    address = {"path": path, "raw_path": path.encode(), "query_string": query.encode(), "server": ("kast", 80)}

    async def ask() -> None:
        await site(scope | address, receive, send)

    asyncio.run(ask())
    assert said[0]["status"] == 200, path


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as page:  # noqa: S310 - our own server on loopback
            return bool(page.read())
    except (urllib.error.URLError, ConnectionError):
        return False


def plain_scan(cupboard: kb.KnowledgeBase, word: str) -> list[str]:
    """The simplest search there is: which title or summary has this word?"""
    return [i.id for i in cupboard.interventions if word in i.title.casefold() or word in i.summary.casefold()]


if __name__ == "__main__":
    profile, context = worked_example()
    query = "&".join(f"{key}={value}" for key, value in to_query(profile, context))
    print(f"python {sys.version.split()[0]}; medians of {PROCESS_ROUNDS} processes or {CALL_ROUNDS} calls")
    print(f"the address of P2 has {len(query)} signs")
    main()

"""The check of sources, against a real server on this machine that hangs, drips, leads astray, fails and lies."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from web import links
from web.links import Finding, Manners, State

BUSY = 0.02
"""Seconds that a question takes at least, so that another one beside it is seen."""
PAGE = b"<!doctype html><title>Een methode</title><h1>Een methode</h1>"
PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/": (200, {}, PAGE),
    "/goed": (200, {}, PAGE),
    "/weg": (404, {}, b"weg"),
    "/voorgoed-weg": (410, {}, b"weg"),
    "/verboden": (403, {}, b"nee"),
    "/kapot": (500, {}, b"au"),
    "/verhuisd": (301, {"Location": "/goed"}, b""),
    "/even-elders": (302, {"Location": "/goed"}, b""),
    "/naar-huis": (302, {"Location": "/"}, b""),
    "/rond": (302, {"Location": "/rond"}, b""),
    "/naar-bestand": (302, {"Location": "file:///etc/passwd"}, b""),
    "/liegt": (200, {}, b"<title>Pagina niet gevonden - Site</title>"),
    "/liegt-in-kop": (200, {}, b"<title>Site</title><h1>Page not found</h1>"),
    "/over-vermist": (200, {}, b"<title>Vermist</title><p>De pagina niet gevonden hebben is erg.</p>"),
    "/geheim": (200, {}, PAGE),
    "/binair": (200, {"Content-Type": "application/pdf"}, b"%PDF\xff\xfe\x00"),
    "/vreemde-tekens": (200, {"Content-Type": "text/html; charset=bestaat-niet"}, PAGE),
    "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /geheim\n"),
}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.at_once = self.most_at_once = 0
        self.agents: set[str] = set()
        self.stopping = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.agents.add(self.headers["User-Agent"])
        self.server.at_once += 1
        self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        time.sleep(BUSY)
        self.server.at_once -= 1  # before the answer: whoever has that may ask the next thing at once
        try:
            special = {"/hangt": self._hang, "/druppelt": self._drip, "/hapert": self._falter, "/breekt-af": self._cut}
            special.get(self.path, self._page)()
        except OSError:
            pass  # who asked has gone

    def _page(self) -> None:
        status, headers, body = PAGES.get(self.path, (404, {}, b""))
        self._send(status, headers, body)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _hang(self) -> None:
        self.server.stopping.wait(30)

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.stopping.wait(0.05):
            self.wfile.write(b".")

    def _falter(self) -> None:
        busy = self.server.asked[self.path] < 2
        self._send(*((503, {"Retry-After": "7"}, b"") if busy else (200, {}, PAGE)))

    def _cut(self) -> None:
        self._send(200, {"Content-Length": "5000"}, b"half")

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, args=(0.05,))
    thread.start()
    yield made
    made.stopping.set()
    made.shutdown()
    thread.join()
    made.server_close()


def quick(**changes: Any) -> Manners:
    given: dict[str, Any] = {"timeout": 0.5, "deadline": 0.5, "tries": 2, "pause": 0.0, "sleep": lambda _: None}
    return Manners(**{**given, **changes})


def found(server: Server, *paths: str, **manners: Any) -> list[Finding]:
    return links.look_up([server.base + path for path in paths], quick(**manners))


@pytest.mark.parametrize(
    ("path", "state", "detail"),
    [
        ("/goed", State.GOOD, ""),
        ("/even-elders", State.GOOD, ""),
        ("/binair", State.GOOD, ""),
        ("/vreemde-tekens", State.GOOD, ""),
        ("/over-vermist", State.GOOD, ""),
        ("/weg", State.GONE, "antwoord 404"),
        ("/voorgoed-weg", State.GONE, "antwoord 410"),
        ("/verboden", State.CLOSED, "de site laat ons niet toe (403)"),
        ("/geheim", State.CLOSED, "robots.txt vraagt dit niet te doen"),
        ("/kapot", State.BROKEN, "antwoord 500"),
        ("/rond", State.SILENT, "verwijst steeds verder"),
        ("/naar-bestand", State.SILENT, "leidt naar iets dat geen webadres is"),
        ("/hangt", State.SILENT, "geen antwoord binnen de tijd"),
        ("/druppelt", State.SILENT, "het antwoord komt te langzaam"),
        ("/breekt-af", State.SILENT, "niet te bereiken, of het antwoord is onleesbaar"),
        ("/liegt", State.SEEMS_GONE, "de bladzijde zegt: Pagina niet gevonden"),
        ("/liegt-in-kop", State.SEEMS_GONE, "de bladzijde zegt: Page not found"),
    ],
)
def test_an_address_is_judged_by_what_it_gives(server: Server, path: str, state: State, detail: str) -> None:
    (one,) = found(server, path)
    assert (one.state, one.detail) == (state, detail)


def test_what_moved_for_good_names_the_new_address(server: Server) -> None:
    (one,) = found(server, "/verhuisd")
    assert (one.state, one.detail) == (State.MOVED, f"voorgoed naar {server.base}/goed")


def test_an_address_that_leads_to_the_front_page_seems_gone(server: Server) -> None:
    (one,) = found(server, "/naar-huis")
    assert (one.state, one.detail) == (State.SEEMS_GONE, f"leidt naar de voorpagina: {server.base}/")


def test_the_front_page_itself_is_good(server: Server) -> None:
    assert [one.state for one in found(server, "/", "")] == [State.GOOD, State.GOOD]


def test_a_busy_server_is_asked_again_after_the_time_it_asks_for(server: Server) -> None:
    waited: list[float] = []
    (one,) = found(server, "/hapert", sleep=waited.append)
    assert (one.state, server.asked["/hapert"]) == (State.GOOD, 2)
    assert 7.0 in waited


def test_what_is_gone_is_not_asked_again(server: Server) -> None:
    found(server, "/weg", "/kapot")
    assert (server.asked["/weg"], server.asked["/kapot"]) == (1, 1)


def test_a_host_is_asked_one_thing_at_a_time_and_knows_who_asks(server: Server) -> None:
    found(server, "/goed", "/weg", "/verhuisd", "/liegt", agent="kast-test (+https://example.org)")
    assert server.most_at_once == 1
    assert server.agents == {"kast-test (+https://example.org)"}


def test_a_host_gets_a_pause_between_questions(server: Server) -> None:
    waited: list[float] = []
    found(server, "/goed", "/weg", pause=3.0, sleep=waited.append)
    assert waited == [3.0, 3.0]


def test_one_that_hangs_does_not_keep_another_host_waiting(server: Server) -> None:
    other = server.base.replace("127.0.0.1", "localhost")
    urls = [f"{server.base}/hangt", f"{other}/goed"]
    states = [one.state for one in links.look_up(urls, quick(tries=1))]
    assert states == [State.SILENT, State.GOOD]


def test_a_server_that_is_not_there_is_silent() -> None:
    (one,) = links.look_up(["http://127.0.0.1:9/niets"], quick())
    assert (one.state, one.detail) == (State.SILENT, "niet te bereiken, of het antwoord is onleesbaar")


def test_an_address_is_asked_once_and_told_in_the_order_given(server: Server) -> None:
    urls = [one.url for one in found(server, "/weg", "/goed", "/weg")]
    assert urls == [f"{server.base}/weg", f"{server.base}/goed"]
    assert server.asked["/weg"] == 1


def test_without_robots_all_is_allowed_and_with_a_broken_one_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAGES, "/robots.txt", (404, {}, b""))
    assert found(server, "/geheim")[0].state is State.GOOD
    monkeypatch.setitem(PAGES, "/robots.txt", (500, {}, b""))
    assert found(server, "/goed")[0].state is State.CLOSED


def test_nothing_to_ask_is_nothing_found() -> None:
    assert links.look_up([]) == []


def test_the_worst_comes_first_and_the_good_is_left_out() -> None:
    given = [Finding("a", State.GOOD), Finding("b", State.MOVED), Finding("c", State.GONE)]
    assert [(state, [one.url for one in these]) for state, these in links.in_order(given)] == [
        (State.GONE, ["c"]),
        (State.MOVED, ["b"]),
    ]

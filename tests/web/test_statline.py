"""Figures of CBS through its OData API, served here by a local server. The recordings are made up, in the shape of the real answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from assessment import WantedFigures, find_municipality, import_figures
from tests.web.test_cli import typed
from web import statline

HENGELO = find_municipality("Hengelo (O.)")
assert HENGELO is not None
PROPERTIES = [
    "WijkenEnBuurten",
    "Gemeentenaam_1",
    "AantalInwoners_5",
    "HuishoudensTotaal_28",
    "HuishoudensMetEenLaagInkomen_78",
]
SHARES = {"GM0164": 5.6, "GM0153": 8.1, "GM0141": 7.7, "GM0147": None, "NL00": 6.2}
HOUSEHOLDS = {"GM0164": 38000, "GM0153": 80000, "GM0141": 33000, "GM0147": 10000, "NL00": 8300000}


class Recording(BaseHTTPRequestHandler):
    """Answers as CBS does; `broken` on the server makes it answer otherwise."""

    def do_GET(self) -> None:
        broken = self.server.broken  # type: ignore[attr-defined]
        address = urlsplit(self.path)
        body: Any = {"value": [{"Key": key} for key in PROPERTIES]}
        if "TypedDataSet" in address.path:
            body = self.page(parse_qs(address.query))
        text = broken.get(address.path.rsplit("/", 1)[-1]) or json.dumps(body)
        self.send_response(503 if text == "503" else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(text.encode())

    def page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        """One place per page; the second half of a long answer lies behind a link."""
        self.server.asked.append(query)  # type: ignore[attr-defined]
        code = query["$filter"][0].split("'")[1]
        place = code.strip()
        rows = [
            {
                "WijkenEnBuurten": code,
                "HuishoudensMetEenLaagInkomen_78": SHARES[place],
                "HuishoudensTotaal_28": HOUSEHOLDS[place],
            }
            for _ in range(place in SHARES)
        ]
        if place == "NL00" and "$skip" not in query:
            host = self.headers["Host"]
            return {"odata.nextLink": f"http://{host}{self.path}&$skip=1", "value": []}
        return {"value": rows}

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def cbs(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    monkeypatch.setenv("NO_PROXY", "*")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recording)
    server.broken, server.asked = {}, []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def base(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}/odata"


def test_the_table_holds_the_municipality_its_region_and_the_country(cbs: ThreadingHTTPServer) -> None:
    lines = statline.fetch(statline.Wanted(HENGELO, base=base(cbs))).splitlines()  # type: ignore[arg-type]
    assert lines[0] == "indicator;gebied;jaar;percentage;noemer;bron"
    assert "R10;GM0164;2022;5,6;38000;CBS StatLine 85318NED" in lines
    assert "R10;GM0147;2022;.;10000;CBS StatLine 85318NED" in lines
    assert lines[-1] == "R10;NL00;2022;6,2;8300000;CBS StatLine 85318NED"


def test_only_the_columns_and_rows_that_are_needed_are_asked_for(cbs: ThreadingHTTPServer) -> None:
    statline.fetch(statline.Wanted(HENGELO, base=base(cbs)))  # type: ignore[arg-type]
    asked = cbs.asked  # type: ignore[attr-defined]
    assert len(asked) == 14 + 1 + 1
    assert asked[0]["$select"] == ["WijkenEnBuurten,HuishoudensMetEenLaagInkomen_78,HuishoudensTotaal_28"]
    assert asked[0]["$filter"] == ["WijkenEnBuurten eq 'GM0141    '"]


def test_what_is_fetched_can_be_read_in(cbs: ThreadingHTTPServer) -> None:
    text = statline.fetch(statline.Wanted(HENGELO, base=base(cbs)))  # type: ignore[arg-type]
    (figure,) = import_figures(text.encode(), WantedFigures(HENGELO)).figures  # type: ignore[arg-type]
    assert figure.value.indicator_id == "R10"
    assert figure.value.observed == pytest.approx(0.056 * 38000)
    assert figure.value.expected == pytest.approx(38000 * 0.062)
    assert (figure.year, figure.source) == (2022, "CBS StatLine 85318NED")


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"DataProperties": "503"}, "niet te bereiken"),
        ({"TypedDataSet": "503"}, "niet te bereiken"),
        ({"TypedDataSet": "<html>"}, "niet kunnen lezen"),
        ({"TypedDataSet": "[]"}, "niet kunnen lezen"),
        ({"DataProperties": '{"value": []}'}, "geen kolom HuishoudensMetEenLaagInkomen"),
    ],
)
def test_an_answer_that_cannot_be_used_is_said(cbs: ThreadingHTTPServer, broken: dict[str, str], words: str) -> None:
    cbs.broken = broken  # type: ignore[attr-defined]
    with pytest.raises(statline.FetchError, match=words):
        statline.fetch(statline.Wanted(HENGELO, base=base(cbs)))  # type: ignore[arg-type]


def test_a_next_page_elsewhere_is_not_followed(cbs: ThreadingHTTPServer) -> None:
    cbs.broken = {"TypedDataSet": '{"value": [], "odata.nextLink": "http://192.0.2.1/elders"}'}  # type: ignore[attr-defined]
    assert statline.fetch(statline.Wanted(HENGELO, base=base(cbs))).count("\n") == 1  # type: ignore[arg-type]


def test_the_command_writes_a_file_to_read_in(
    cbs: ThreadingHTTPServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hengelo.csv"
    assert typed("figures", "Hengelo", "--base", base(cbs), "--file", str(path)) == 0
    assert path.read_text(encoding="utf-8").startswith("indicator;gebied")
    assert "Lees dit bestand in" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("Atlantis",), 2, "niet één gemeente"),
        (("Hengelo", "--table", "85984NED"), 2, "--table en --year samen"),
        (("Hengelo", "--base", "http://127.0.0.1:9"), 1, "niet te bereiken"),
    ],
)
def test_what_cannot_be_fetched_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    assert typed("figures", *arguments) == code
    assert words in capsys.readouterr().err

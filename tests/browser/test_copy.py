"""The static copy in a real Chromium: from a disk and from a host, with and without JavaScript, with the answers of the living site."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Page

from kb import KnowledgeBase
from tests.browser.conftest import PATIENCE, PHONE
from tests.browser.test_accessibility import fits, objections
from web import frozen
from web.settings import Settings

TESTS = Path(__file__).parent.parent
QUESTIONS = (TESTS / "kb" / "zoekvragen.yaml", TESTS / "cases" / "zoekvragen-lezer.yaml")
SAME_FIRST, SAME_FIVE = 0.95, 0.95
"""Share of the questions with the same first answer, and of the first five answers that are the same."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, echte_kast: KnowledgeBase) -> Path:
    path = tmp_path_factory.mktemp("kopie") / "kast"
    with ThreadPoolExecutor(1) as apart:  # Playwright keeps an event loop in this thread
        apart.submit(frozen.export, echte_kast, Settings(), path, frozen.Options(), date(2026, 11, 22)).result()
    return path


@pytest.fixture(scope="module")
def hosted(copy: Path) -> Iterator[str]:
    """The copy in a folder of a plain web host; gives its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=copy.parent)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{copy.name}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is watched: at the end the console was silent."""
    context = browser.new_context(viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    said: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def ask(page: Page, base: str, question: str) -> list[str]:
    """The titles found for a question."""
    page.goto(f"{base}/interventies.html?q={quote(question)}")
    page.wait_for_selector("#gevonden:not([hidden])")
    return page.locator("#kaarten .card-title").all_inner_texts()


def test_one_finds_the_same_as_on_the_living_site(page: Page, hosted: str, echte_kast: KnowledgeBase) -> None:
    questions = [case["vraag"] for path in QUESTIONS for case in yaml.safe_load(path.read_text())]
    ask(page, hosted, "messen")
    answers = page.evaluate(
        """asked => {
            const machine = kastZoekmachine(kastZoekgegevens);
            return asked.map(question => machine.search(question).slice(0, 5).map(hit => hit.id));
        }""",
        questions,
    )
    first = five = 0.0
    for question, found in zip(questions, answers, strict=True):
        expected = [hit.intervention_id for hit in echte_kast.search(question, 5)]
        first += found[:1] == expected[:1]
        five += len(set(found) & set(expected)) / max(len(found), len(expected)) if found or expected else 1
    assert first / len(questions) >= SAME_FIRST
    assert five / len(questions) >= SAME_FIVE


def test_one_can_search_from_a_disk(page: Page, copy: Path) -> None:
    found = ask(page, copy.as_uri(), "multi systeem terapie")
    assert found[0] == "Multisysteem Therapie (MST)"


def test_a_search_begins_on_the_front_page_and_ends_on_a_bijsluiter(page: Page, hosted: str) -> None:
    page.goto(f"{hosted}/index.html")
    page.fill("#zoek", "kiva")
    page.keyboard.press("Enter")
    page.locator("#kaarten .card-title a").first.click()
    assert page.url.startswith(f"{hosted}/interventies/")
    assert "KiVa" in page.locator("h1").inner_text()


def test_a_result_says_why(page: Page, hosted: str) -> None:
    ask(page, hosted, "messen")
    assert page.locator("#kaarten .card-why").first.inner_text().startswith("Gevonden op ")


def test_nonsense_finds_nothing_and_a_slip_gets_a_question(page: Page, hosted: str, echte_kast: KnowledgeBase) -> None:
    assert ask(page, hosted, "xqzwv") == []
    slip = "begeleid intensieve traject jongere groep zzz"
    assert (page.locator("#bedoelde").is_visible()) == (echte_kast.suggest("xqzwv") is not None)
    ask(page, hosted, slip)
    assert page.locator("#bedoelde").is_visible() == (
        not echte_kast.search(slip) and echte_kast.suggest(slip) is not None
    )


def test_facets_in_the_address_narrow_as_on_the_living_site(page: Page, hosted: str, echte_kast: KnowledgeBase) -> None:
    page.goto(f"{hosted}/interventies.html?vorm=gezin&vorm=school&zwaarte=licht")
    page.wait_for_selector("#gevonden:not([hidden])")
    found = page.locator("#kaarten .card-title").all_inner_texts()
    assert found == [i.title for i in echte_kast.filter({"vorm": ["gezin", "school"], "zwaarte": ["licht"]})]


def test_without_javascript_one_can_browse_to_a_bijsluiter(browser: Browser, copy: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{copy.as_uri()}/interventies.html")
    assert not page.locator("#zoeker").is_visible()
    page.goto(f"{copy.as_uri()}/lijst/vorm-gezin.html")
    page.locator(".card-title a").first.click()
    assert page.locator("h1").is_visible()
    context.close()


@pytest.mark.parametrize(
    "name", ["interventies.html?q=messen", "lijst/vorm-gezin.html", "over-deze-kopie.html", "404.html"]
)
def test_pages_of_the_copy_have_no_barriers_that_a_machine_can_find(page: Page, hosted: str, name: str) -> None:
    page.goto(f"{hosted}/{name}")
    assert fits(page)
    assert objections(page) == []

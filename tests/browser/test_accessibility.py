"""What axe can see, on a phone and on a wide screen, in light and in dark. It finds about a third; the rest is for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, WIDE, NewPage

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

MAIN = (
    "/",
    "/interventies?q=messen&probleem=wapens",
    "/interventies/multisysteem-therapie",
    "/interventies/scared-straight",
    "/eigen-woorden",
    "/vergelijk?id=kiva&id=mdft&id=halt-straf&id=onzin",
)
"""Pages whose layout changes with the width of the screen, or that most people see."""
PLAIN = (
    "/interventies?q=xqzwvj",
    "/factoren",
    "/factoren/wapenbezit",
    "/over",
    "/privacy",
    "/toegankelijkheid",
    "/api",
    "/witte-vlekken?voor=delictgedrag",
    "/werkt-niet",
    "/mijn-lijst?id=kiva&id=mdft",
    "/verantwoording",
    "/verantwoording/algoritmeregister",
)
STEPS = ("wie", "individu", "gezin", "vrienden", "wijk", "online", "verandering", "probleem", "mogelijk")
KINDS_OF_STEP = ("wie", "individu", "verandering", "probleem")
"""One of each kind: the steps with statements differ in their words only."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours: all that differs in the dark."""
SCREENS = pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["telefoon", "breed"])


def objections(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe has against this page, with everything folded out; of these rules only, if any are named."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    options: dict[str, Any] = {
        "resultTypes": ["violations"],
        "preload": False,
        "runOnly": {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS},
    }
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in violations for node in v["nodes"]]


def fits(page: Page) -> bool:
    """Nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("path", PLAIN)
def test_axe_has_nothing_against_a_plain_page_on_a_phone(new_page: NewPage, path: str) -> None:
    page = new_page(PHONE)
    page.goto(path)
    assert objections(page) == []
    assert fits(page)


@SCREENS
@pytest.mark.parametrize("path", MAIN)
def test_axe_has_nothing_against_a_page(new_page: NewPage, path: str, viewport: dict[str, int]) -> None:
    page = new_page(viewport)
    page.goto(path)
    assert objections(page) == []
    assert fits(page)


@pytest.mark.parametrize("step", STEPS)
def test_axe_has_nothing_against_a_step_on_a_phone(new_page: NewPage, queries: dict[str, str], step: str) -> None:
    page = new_page(PHONE)
    page.goto(f"/snelscan?{queries['advies']}&stap={step}")
    assert objections(page) == []


@pytest.mark.parametrize("step", KINDS_OF_STEP)
def test_axe_has_nothing_against_a_step_on_a_wide_screen(new_page: NewPage, queries: dict[str, str], step: str) -> None:
    page = new_page(WIDE)
    page.goto(f"/snelscan?{queries['advies']}&stap={step}")
    assert objections(page) == []


@SCREENS
@pytest.mark.parametrize("outcome", ["rustig", "onbekend"])
def test_axe_has_nothing_against_an_advice_without_a_ranking(
    new_page: NewPage, queries: dict[str, str], outcome: str, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.goto(f"/advies?{queries[outcome]}")
    assert objections(page) == []


@pytest.mark.parametrize(
    "path", ["/", "/interventies?probleem=wapens", "/interventies/scared-straight", "/snelscan", "/witte-vlekken"]
)
def test_axe_has_nothing_against_a_page_in_the_dark(new_page: NewPage, path: str) -> None:
    page = new_page(color_scheme="dark")
    page.goto(path)
    assert objections(page, COLOURS) == []


@pytest.mark.parametrize("width", [320, 768])
@pytest.mark.parametrize(
    "path", ["/", "/interventies", "/interventies/multisysteem-therapie", "/snelscan?stap=individu"]
)
def test_no_page_scrolls_sideways(new_page: NewPage, path: str, width: int) -> None:
    page = new_page({"width": width, "height": 800})
    page.goto(path)
    assert fits(page)


@pytest.mark.parametrize("width", [320, 768])
def test_no_advice_scrolls_sideways(new_page: NewPage, queries: dict[str, str], width: int) -> None:
    page = new_page({"width": width, "height": 800})
    page.goto(f"/advies?{queries['advies']}")
    assert fits(page)

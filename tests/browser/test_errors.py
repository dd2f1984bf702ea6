"""Pages that say something went wrong; the browser notes their status in its console, and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WIDE
from tests.browser.test_accessibility import objections


@pytest.fixture
def page(browser: Browser, site: str) -> Page:
    return browser.new_context(base_url=site, viewport=WIDE).new_page()  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/advies", "/advies?ernst=9", "/bestaat-niet"])
def test_axe_has_nothing_against_a_page_that_explains(page: Page, path: str) -> None:
    page.goto(path)
    assert objections(page) == []
    page.context.close()


def test_axe_has_nothing_against_a_form_with_errors(page: Page) -> None:
    page.goto("/snelscan")
    page.get_by_role("button", name="Verder").click()
    assert objections(page) == []
    page.context.close()


def test_the_summary_of_errors_has_the_focus(page: Page) -> None:
    page.goto("/snelscan")
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("#fouten")).to_be_focused()
    page.context.close()

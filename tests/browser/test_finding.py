"""Finding in a real browser: filters that apply at once, and that are spoken."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage


@pytest.fixture
def catalogue(new_page: NewPage) -> Page:
    page = new_page()
    page.goto("/interventies")
    return page


def test_a_ticked_filter_applies_at_once_and_is_spoken(catalogue: Page) -> None:
    catalogue.get_by_role("checkbox", name="Wapens").check()
    expect(catalogue).to_have_url("/interventies?probleem=wapens")
    expect(catalogue.get_by_role("status")).to_have_text(catalogue.locator("#resultaten").inner_text())
    expect(catalogue.get_by_role("checkbox", name="Wapens")).to_be_focused()


def test_going_back_takes_a_filter_off(catalogue: Page) -> None:
    before = catalogue.locator("#resultaten").inner_text()
    catalogue.get_by_role("checkbox", name="Wapens").check()
    expect(catalogue.locator("#resultaten")).not_to_have_text(before)
    catalogue.go_back()
    expect(catalogue.locator("#resultaten")).to_have_text(before)


def test_without_a_script_the_button_applies_the_filter(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/interventies")
    page.get_by_role("checkbox", name="Wapens").check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page).to_have_url("/interventies?q=&probleem=wapens")

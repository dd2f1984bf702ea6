"""Finding in a real browser: filters that apply at once, and that are spoken."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage


def weapons(page: Page) -> Locator:
    """The box of the problem, not of an intervention with that word in its name."""
    return page.get_by_role("checkbox", name=re.compile(r"^Wapens \d+ interventies"))


@pytest.fixture
def catalogue(new_page: NewPage) -> Page:
    page = new_page()
    page.goto("/interventies")
    return page


def test_a_ticked_filter_applies_at_once_and_is_spoken(catalogue: Page) -> None:
    weapons(catalogue).check()
    expect(catalogue).to_have_url("/interventies?probleem=wapens")
    expect(catalogue.get_by_role("status")).to_have_text(catalogue.locator("#resultaten").inner_text())
    expect(weapons(catalogue)).to_be_focused()


def test_what_one_ticked_stays_chosen_when_a_filter_hides_it(catalogue: Page) -> None:
    catalogue.get_by_role("checkbox", name="Kies 10 voor Toekomst").check()
    weapons(catalogue).check()
    expect(catalogue.locator("#resultaten")).to_contain_text("8 interventies")
    expect(catalogue.locator(".choose-bar")).to_contain_text("1 gekozen:")
    catalogue.get_by_role("button", name="Vergelijk").click()
    expect(catalogue.get_by_role("columnheader")).to_have_text("10 voor Toekomst")


def test_going_back_takes_a_filter_off(catalogue: Page) -> None:
    before = catalogue.locator("#resultaten").inner_text()
    weapons(catalogue).check()
    expect(catalogue.locator("#resultaten")).not_to_have_text(before)
    catalogue.go_back()
    expect(catalogue.locator("#resultaten")).to_have_text(before)


def test_without_a_script_the_button_applies_the_filter(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/interventies")
    weapons(page).check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page).to_have_url("/interventies?q=&probleem=wapens")


# My list


def test_choosing_comparing_and_listing_works_without_a_script(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/interventies?q=pesten")
    page.get_by_role("checkbox", name="Kies").nth(0).check()
    page.get_by_role("checkbox", name="Kies").nth(1).check()
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("link", name="Bekijk als lijst").click()
    expect(page.get_by_role("link", name="Haal van de lijst")).to_have_count(2)
    page.get_by_role("link", name="Zoek verder").click()
    page.get_by_label("Zoek op naam").fill("MST")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Multisysteem Therapie (MST)", exact=True).click()
    page.get_by_role("link", name="Zet op mijn lijst").click()
    expect(page.get_by_role("link", name="Haal van de lijst")).to_have_count(3)
    page.get_by_role("link", name="Haal van de lijst").first.click()
    expect(page.get_by_role("link", name="Haal van de lijst")).to_have_count(2)


def test_the_browser_remembers_the_list(new_page: NewPage) -> None:
    page = new_page()
    for name in ("kiva", "snap"):
        page.goto(f"/interventies/{name}")
        page.get_by_role("link", name="Zet op mijn lijst").click()
    expect(page).to_have_url("/mijn-lijst?id=kiva&id=snap")
    page.goto("/mijn-lijst")
    expect(page).to_have_url("/mijn-lijst?id=kiva&id=snap")
    page.get_by_role("link", name=re.compile("Haal van de lijst.*KiVa")).click()
    expect(page).to_have_url("/mijn-lijst?id=snap")
    page.goto("/mijn-lijst")
    expect(page).to_have_url("/mijn-lijst?id=snap")
    page.get_by_role("link", name="Maak de lijst leeg").click()
    expect(page.get_by_text("Uw lijst is leeg")).to_be_visible()
    page.goto("/mijn-lijst")
    expect(page.get_by_text("Uw lijst is leeg")).to_be_visible()


def test_the_list_of_a_colleague_does_not_replace_ones_own(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/interventies/kiva")
    page.get_by_role("link", name="Zet op mijn lijst").click()
    expect(page).to_have_url("/mijn-lijst?id=kiva")
    page.goto("/mijn-lijst?id=mdft")
    expect(page.get_by_role("status")).to_contain_text("een andere lijst")
    page.get_by_role("link", name="Bekijk uw eigen lijst").click()
    expect(page).to_have_url("/mijn-lijst?id=kiva")


def test_a_printed_list_has_room_to_write_and_no_buttons(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/mijn-lijst?id=kiva")
    page.emulate_media(media="print")
    expect(page.get_by_text("Aantekeningen")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)

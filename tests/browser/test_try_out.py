"""What if, own words and the team check in a real browser: without JavaScript, for axe, and on paper."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage
from tests.browser.test_accessibility import COLOURS, SCREENS, fits, objections

STORY = "Rond het station hangen jongens met messen. Ze spijbelen en verkopen drugs."
SHEETS = "/teamcheck?" + urlencode([("interventie", each) for each in ("mdft", "multisysteem-therapie", "kiva")])
A4 = {"width": 688, "height": 1031}
"""The paper between its margins, in CSS pixels."""


def tell(page: Page) -> None:
    page.goto("/eigen-woorden")
    page.get_by_label("Wat ziet u gebeuren?").fill(STORY)
    page.get_by_role("button", name="Lees mijn tekst").click()
    page.locator("label[for=kies-wapenbezit]").click()


@pytest.fixture(scope="session")
def tried(queries: dict[str, str]) -> str:
    """An advice with everything on it: changed, with something left out, and a question why not."""
    rest = "&".join(part for part in queries["advies"].split("&") if "verzuim" not in part)
    return f"/advies?{rest}&was=budget~3&zonder=mdft&gewicht=bewijs~dubbel&waaromniet=kiva"


@SCREENS
def test_axe_has_nothing_against_an_advice_tried_otherwise(
    new_page: NewPage, tried: str, viewport: dict[str, int]
) -> None:
    page = new_page(viewport)
    page.goto(tried)
    assert objections(page) == []
    assert fits(page)


@SCREENS
def test_axe_has_nothing_against_own_words(new_page: NewPage, viewport: dict[str, int]) -> None:
    page = new_page(viewport)
    tell(page)
    assert objections(page) == []
    assert fits(page)


@SCREENS
def test_axe_has_nothing_against_the_team_check(new_page: NewPage, viewport: dict[str, int]) -> None:
    page = new_page(viewport)
    page.goto(SHEETS)
    assert objections(page) == []
    assert fits(page)


def test_axe_has_nothing_against_a_try_out_in_the_dark(new_page: NewPage, tried: str) -> None:
    page = new_page(color_scheme="dark")
    page.goto(tried)
    assert objections(page, COLOURS) == []


def test_another_budget_can_be_tried_without_a_script(new_page: NewPage, queries: dict[str, str]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/advies?{queries['advies']}")
    page.get_by_text("Wijzig iets en kijk wat er verschuift").click()
    page.get_by_label("Budget").select_option(label="Meer dan 100.000 euro")
    page.get_by_role("button", name="Reken opnieuw").click()
    expect(page.locator(".changed")).to_contain_text("budget: meer dan 100.000 euro (was: tot 25.000 euro per jaar)")


def test_a_suggestion_is_left_out_and_put_back(new_page: NewPage, queries: dict[str, str]) -> None:
    page = new_page()
    page.goto(f"/advies?{queries['advies']}")
    first = page.locator(".suggestion h3").first.inner_text()
    page.get_by_role("link", name="Laat weg").first.click()
    expect(page.locator(".suggestion h3").first).not_to_have_text(first)
    page.get_by_role("link", name="Zet terug").click()
    expect(page.locator(".suggestion h3").first).to_have_text(first)


def test_one_asks_why_not_by_name(new_page: NewPage, queries: dict[str, str]) -> None:
    page = new_page()
    page.goto(f"/advies?{queries['advies']}")
    page.get_by_role("combobox", name="Waarom staat").fill("scared straight")
    page.get_by_role("button", name="Leg uit").click()
    expect(page.locator(".why-not-answer")).to_contain_text("valt af")


def test_the_question_that_helps_is_answered_and_leads_back(new_page: NewPage, tried: str) -> None:
    page = new_page()
    page.goto(tried.split("&was=")[0])
    page.get_by_role("link", name="Beantwoord deze vraag").click()
    name = page.url.rpartition("#")[2]
    page.locator(f"label[for={name}-5]").click()
    page.get_by_role("button", name="Meteen naar het advies").click()
    page.wait_for_url("**/advies?**")


def test_own_words_lead_to_an_advice_without_a_script(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    tell(page)
    page.locator("label[for=hoeveel-wapenbezit-4]").click()
    page.locator("label[for=zekerheid-2]").click()
    page.get_by_role("button", name="Meteen een eerste advies").click()
    page.wait_for_url("**/advies?**")


def test_how_much_is_asked_only_of_what_is_ticked(new_page: NewPage) -> None:
    page = new_page(PHONE)
    tell(page)
    assert page.locator(".topic-amount:visible").count() == 1


def test_every_sheet_of_the_team_check_is_one_page_of_paper(new_page: NewPage) -> None:
    page = new_page(A4)
    page.goto(SHEETS)
    page.emulate_media(media="print")
    heights = page.evaluate("[...document.querySelectorAll('.sheet')].map(each => each.offsetHeight)")
    assert [height <= A4["height"] for height in heights] == [True] * 3

"""The whole job of a policy officer: find MST, read its bijsluiter, do the snelscan about knives, read and share the advice.

Three times: with JavaScript, without, and by keyboard alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import pytest
from playwright.sync_api import Locator, Page, expect

from assessment import ContextQuestion, QuestionKind, Questionnaire, trend_field
from kb import KnowledgeBase
from tests.browser.conftest import NewPage
from tests.web import samples
from web import steps

MOST_TABS = 400


class Hand(Protocol):
    """A way to work a page."""

    def press(self, target: Locator) -> None: ...
    def write(self, target: Locator, text: str) -> None: ...
    def choose(self, target: Locator, index: int) -> None: ...


class Pointer:
    """Mouse or finger."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, target: Locator, index: int) -> None:
        if target.evaluate("e => e.tagName") == "SELECT":
            target.select_option(index=index)
        else:
            target.locator("xpath=following-sibling::label").click()


class Keyboard:
    """Tab, Enter, space, arrows and letters; no pointer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Tab on until this element has the focus."""
        for _ in range(MOST_TABS):
            if target.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"met Tab niet te bereiken: {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.type(text)

    def choose(self, target: Locator, index: int) -> None:
        """A box takes the space bar; a radio group is entered at its first and walked with arrows; so is a list."""
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        is_list = target.evaluate("e => e.tagName") == "SELECT"
        first = target if is_list else self.page.locator(f'input[name="{target.get_attribute("name")}"]').first
        self.reach(first)
        if index == 0:
            self.page.keyboard.press("Space")
        for _ in range(index):
            self.page.keyboard.press("ArrowDown")


def answer_context(page: Page, hand: Hand, question: ContextQuestion, values: Sequence[str]) -> None:
    if not question.kind.has_options:
        hand.write(page.locator(f"#{question.id}"), values[0])
        return
    codes = [option.code for option in question.options]
    for place, value in enumerate(values):
        if question.kind is QuestionKind.RANKED:
            hand.choose(page.locator(f'select[name="{question.id}"]').nth(place), codes.index(value) + 1)
        else:
            hand.choose(page.locator(f'input[name="{question.id}"][value="{value}"]'), codes.index(value))


def answer_step(page: Page, hand: Hand, step: steps.Step, form: Mapping[str, Sequence[str]]) -> None:
    for question in step.questions:
        if question.id in form:
            answer_context(page, hand, question, form[question.id])
    fields = [name for name in step.field_ids if not name.startswith("C")]
    for name in fields:
        radios = page.locator(f'input[name="{name}"]')
        codes = [radios.nth(n).get_attribute("value") for n in range(radios.count())]
        hand.choose(radios.nth(codes.index(form[name][0])), codes.index(form[name][0]))


def do_the_job(page: Page, hand: Hand, kast: KnowledgeBase) -> None:
    """From the home page to the advice."""
    form = samples.knives() | {trend_field(factor): ["1"] for factor in kast.factors}
    page.goto("/")
    hand.write(page.get_by_label("Zoek op naam"), "multi systeem terapie")
    page.keyboard.press("Enter")
    hand.press(page.get_by_role("link", name="Multisysteem Therapie (MST)", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Multisysteem Therapie (MST)")
    hand.press(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Snelscan"))
    questionnaire = Questionnaire.load()
    for step in steps.plan(questionnaire, kast.factors, form):
        expect(page.locator('input[name="stap"]')).to_have_value(step.id)
        answer_step(page, hand, step, form)
        hand.press(page.locator('button[value="verder"]'))
    page.wait_for_url("**/advies?**")


WAYS = pytest.mark.parametrize(
    ("hand", "script"),
    [(Pointer, True), (Pointer, False), (Keyboard, True)],
    ids=["met JavaScript", "zonder JavaScript", "alleen toetsenbord"],
)


@WAYS
def test_the_whole_job_can_be_done_and_shared(
    new_page: NewPage, echte_kast: KnowledgeBase, hand: type[Pointer] | type[Keyboard], script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    do_the_job(page, hand(page), echte_kast)
    address = page.get_by_label("Adres van dit advies").input_value()
    letter = page.get_by_role("main").inner_text()
    assert "Dit past" in letter
    other = new_page(java_script_enabled=script)
    other.goto(address)
    assert other.get_by_role("main").inner_text() == letter


def test_the_copy_button_copies_the_address(new_page: NewPage, queries: dict[str, str]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/advies?{queries['advies']}")
    page.get_by_role("button", name="Kopieer").click()
    page.get_by_text("Het adres is gekopieerd.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_buttons_that_need_a_script_are_absent_without_it(new_page: NewPage, queries: dict[str, str]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/advies?{queries['advies']}")
    assert not page.get_by_role("button", name="Kopieer").is_visible()


def test_the_first_tab_leads_past_the_menu(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_filters_are_folded_on_a_phone(new_page: NewPage) -> None:
    page = new_page({"width": 390, "height": 844})
    page.goto("/interventies")
    assert not page.get_by_role("button", name="Toon resultaten").is_visible()


def test_filters_stand_open_on_a_wide_screen(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/interventies")
    assert page.get_by_role("button", name="Toon resultaten").is_visible()


def test_a_printed_advice_has_no_menu(new_page: NewPage, queries: dict[str, str]) -> None:
    page = new_page()
    page.goto(f"/advies?{queries['advies']}")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Hoofdmenu").is_visible()

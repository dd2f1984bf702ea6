"""Six respondents in four roles in a real browser: two at the same moment, one without JavaScript, one who loses the connection.

Nothing is lost, and the profile equals the formulas of the scoring notes, worked out here once more, to the last decimal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import fmean, variance

import pytest
from playwright.sync_api import Page, expect
from scipy.stats import t
from sqlmodel import select

from assessment import Questionnaire, score, store
from kb import KnowledgeBase
from tests.browser.conftest import PHONE, NewPage
from tests.server import new_meting
from web.database import Database

ROLES = ("politie-boa", "jongerenwerk", "school-leerplicht", "gemeente")
Given = dict[str, str]


@pytest.fixture
def database(site_database: str) -> Iterator[Database]:
    opened = Database(site_database)
    yield opened
    opened.close()


def questions(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...new Set([...document.querySelectorAll('input[type=radio]')].map(i => i.name))]"
    )
    return found


def answer(page: Page, code: str) -> Given:
    """Click an answer at every question of this page."""
    given = {}
    for name in questions(page):
        chosen = "3" if name.startswith("Z-") else "1" if name.startswith("T-") else code
        page.locator(f'input[name="{name}"][value="{chosen}"] + label').click()
        given[name] = chosen
    return given


def begin(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Begin met invullen").click()


def go_on(page: Page) -> None:
    page.locator('button[value="verder"]').click()


def finish(page: Page, code: str) -> Given:
    given: Given = {}
    while "/klaar" not in page.url:
        given |= answer(page, code)
        go_on(page)
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    return given


def two_at_the_same_moment(new_page: NewPage, link: str) -> list[Given]:
    """Page by page next to each other, on the same link."""
    pages, given = (new_page(), new_page()), ({}, {})  # type: tuple[Page, Page], tuple[Given, Given]
    for page in pages:
        begin(page, link)
    while any("/klaar" not in page.url for page in pages):
        for page, mine, code in zip(pages, given, ("4", "1"), strict=True):
            if "/klaar" not in page.url:
                mine |= answer(page, code)
        for page in pages:
            if "/klaar" not in page.url:
                go_on(page)
    return list(given)


def one_who_loses_the_connection(new_page: NewPage, link: str) -> Given:
    """Half-way the connection goes; the page stays with what was chosen, and later it goes on."""
    page = new_page(PHONE)
    begin(page, link)
    given = answer(page, "2")
    go_on(page)
    expect(page.locator(".progress-words")).to_contain_text("Stap 2")
    given |= answer(page, "2")
    page.context.set_offline(True)
    go_on(page)
    expect(page.locator("[data-offline]")).to_be_visible()
    assert page.locator("input[type=radio]:checked").count() == len(questions(page))
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(link)
    again.get_by_role("link", name="Ga verder").click()
    expect(again.locator(".progress-words")).to_contain_text("Stap 2")
    return given | finish(again, "2")


def test_six_people_in_four_roles_lose_nothing_and_the_profile_is_right(
    new_page: NewPage, database: Database, echte_kast: KnowledgeBase
) -> None:
    links = new_meting(database, ROLES)
    given: list[tuple[str, Given]] = [
        ("politie-boa", g) for g in two_at_the_same_moment(new_page, links["politie-boa"])
    ]
    plain = new_page(PHONE, java_script_enabled=False)
    begin(plain, links["jongerenwerk"])
    given.append(("jongerenwerk", finish_without_script(plain, "3")))
    given.append(("school-leerplicht", one_who_loses_the_connection(new_page, links["school-leerplicht"])))
    for code in ("3", "4"):
        page = new_page()
        begin(page, links["gemeente"])
        given.append(("gemeente", finish(page, code)))
    assert sorted(kept(database), key=str) == sorted(given, key=str)
    with database.read() as session:
        (meting,) = session.exec(select(store.Assessment)).all()
        profile = score(Questionnaire.load(), echte_kast.factors, store.responses_of(session, meting))
    expected = by_hand(Questionnaire.load(), given)
    assert profile.scores.keys() == expected.keys()
    assert len(expected) > 10
    for factor, (value, error) in expected.items():
        assert math.isclose(profile.scores[factor].score, value, rel_tol=1e-12), factor
        assert math.isclose(profile.scores[factor].error, error, rel_tol=1e-12), factor


def finish_without_script(page: Page, code: str) -> Given:
    """The names of the questions come from the page itself; there is no script to ask."""
    given: Given = {}
    while "/klaar" not in page.url:
        names = {box.get_attribute("name") or "" for box in page.locator("input[type=radio]").all()}
        for name in names:
            chosen = "3" if name.startswith("Z-") else "1" if name.startswith("T-") else code
            page.locator(f'input[name="{name}"][value="{chosen}"] + label').click()
            given[name] = chosen
        go_on(page)
    return given


def kept(database: Database) -> list[tuple[str, Given]]:
    with database.read() as session:
        rows = session.exec(select(store.StoredResponse)).all()
        return [(row.role, {n: v[0] for n, v in store.answers_of(session, row).items()}) for row in rows]


def by_hand(questionnaire: Questionnaire, given: list[tuple[str, Given]]) -> dict[str, tuple[float, float]]:
    """Score and standard error per factor: scoring.md paragraph 1, for the short version in which every factor has one question."""
    found = {}
    for item in questionnaire.items(short=True):
        people: dict[str, list[float]] = {}
        for role, answers in given:
            if item.id in answers:
                points = 25.0 * int(answers[item.id])
                people.setdefault(role, []).append(100 - points if item.reversed else points)
        if sum(map(len, people.values())) < 3 or len(people) < 2:
            continue
        means = {role: fmean(points) for role, points in people.items()}  # everybody is as sure: answer 3
        weights = {role: 1.0 if role in item.roles else 0.5 for role in people}
        value = sum(weights[r] * means[r] for r in people) / sum(weights.values())
        freedom = len(people) - 1
        pooled = (freedom * variance(means.values()) + 3 * 20.0**2) / (freedom + 3)
        student = round(float(t.ppf(0.9, freedom + 3)), 3) / 1.28  # so that 1.28 errors are an 80% band
        found[item.factor] = (value, math.sqrt(pooled / len(people)) * student)
    return found

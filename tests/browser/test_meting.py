"""Six respondents in four roles in a real browser: two at the same moment, one without JavaScript, one who loses the connection.

Nothing is lost, and the profile equals the formulas of the scoring notes, worked out here once more, to the last decimal.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, variance

from playwright.sync_api import Page, expect
from scipy.stats import t
from sqlmodel import Session

from assessment import AreaLevel, IndicatorValue, Item, Questionnaire, score, store
from kb import KnowledgeBase
from tests.browser.conftest import PHONE, NewPage, signed_in
from tests.server import kept, new_meting
from web.database import Database

ROLES = ("politie-boa", "jongerenwerk", "school-leerplicht", "gemeente")
Given = dict[str, str]
Expected = dict[str, float]
"""Name of what a FactorScore holds to what it must be."""


def questions(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...new Set([...document.querySelectorAll('input[type=radio]')].map(i => i.name))]"
    )
    return found


def chosen(name: str, who: str) -> str:
    """What this person answers there: always the same, and different for every question and every person; now and then 'weet ik niet'."""
    codes = {"T-": ("-2", "-1", "0", "1", "2"), "Z-": ("1", "2", "3", "4", "wn")}
    return random.Random(f"{who} {name}").choice(codes.get(name[:2], ("0", "1", "2", "3", "3", "4", "4", "wn")))


def answer(page: Page, who: str, names: Iterable[str] | None = None) -> Given:
    """Click an answer at every question of this page."""
    given = {name: chosen(name, who) for name in names or questions(page)}
    for name, code in given.items():
        page.locator(f'input[name="{name}"][value="{code}"] + label').click()
    return given


def begin(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Begin met invullen").click()


def go_on(page: Page) -> None:
    page.locator('button[value="verder"]').click()


def finish(page: Page, who: str) -> Given:
    given: Given = {}
    while "/klaar" not in page.url:
        given |= answer(page, who)
        go_on(page)
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    return given


def two_at_the_same_moment(new_page: NewPage, link: str) -> list[Given]:
    """Page by page next to each other, on the same link."""
    pages, given = (new_page(), new_page()), ({}, {})  # type: tuple[Page, Page], tuple[Given, Given]
    for page in pages:
        begin(page, link)
    while any("/klaar" not in page.url for page in pages):
        for page, mine, who in zip(pages, given, ("agent 1", "agent 2"), strict=True):
            if "/klaar" not in page.url:
                mine |= answer(page, who)
        for page in pages:
            if "/klaar" not in page.url:
                go_on(page)
    return list(given)


def one_who_loses_the_connection(new_page: NewPage, link: str) -> Given:
    """Half-way the connection goes; the page stays with what was chosen, and later it goes on."""
    page = new_page(PHONE)
    begin(page, link)
    given = answer(page, "leraar")
    go_on(page)
    expect(page.locator(".progress-words")).to_contain_text("Stap 2")
    given |= answer(page, "leraar")
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
    return given | finish(again, "leraar")


def test_six_people_in_four_roles_lose_nothing_and_the_profile_is_right(
    new_page: NewPage, database: Database, echte_kast: KnowledgeBase
) -> None:
    links = new_meting(database, ROLES, "GM0183")
    figure = IndicatorValue("R20", 75, 55, AreaLevel.MUNICIPALITY)
    put(database, figure)
    given: list[tuple[str, Given]] = [
        ("politie-boa", g) for g in two_at_the_same_moment(new_page, links["politie-boa"])
    ]
    plain = new_page(PHONE, java_script_enabled=False)
    begin(plain, links["jongerenwerk"])
    given.append(("jongerenwerk", finish_without_script(plain, "jongerenwerker")))
    given.append(("school-leerplicht", one_who_loses_the_connection(new_page, links["school-leerplicht"])))
    for who in ("ambtenaar 1", "ambtenaar 2"):
        page = new_page()
        begin(page, links["gemeente"])
        given.append(("gemeente", finish(page, who)))
    assert in_order(kept(database, links["gemeente"])) == in_order(g for _, g in given)
    expected = by_hand(Questionnaire.load(), given, figure)
    assert len(expected) > 10
    right_to_the_last_decimal(database, echte_kast, expected)
    shown_in_fives(new_page, database, expected)


def in_order(people: Iterable[Given]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(given.items()) for given in people)


def put(database: Database, figure: IndicatorValue) -> None:
    with database.write() as session:
        stored = store.StoredIndicator(
            assessment_id="",
            indicator_id=figure.indicator_id,
            observed=figure.observed,
            expected=figure.expected,
            level=str(figure.level),
            source="CBS",
            year=2024,
        )
        store.put_indicators(session, mine(session), [stored])


def mine(session: Session) -> store.Assessment:
    (meting,) = store.all_of(session, "GM0183")
    return meting


def right_to_the_last_decimal(database: Database, kb: KnowledgeBase, expected: Mapping[str, Expected]) -> None:
    with database.read() as session:
        meting = mine(session)
        figures = store.indicator_values(store.indicators_of(session, meting))
        profile = score(Questionnaire.load(), kb.factors, store.responses_of(session, meting), figures)
    assert profile.respondents == {"politie-boa": 2, "jongerenwerk": 1, "school-leerplicht": 1, "gemeente": 2}
    assert profile.scores.keys() == expected.keys()
    for factor, right in expected.items():
        found = profile.scores[factor]
        for name, value in right.items():
            assert math.isclose(getattr(found, name), value, rel_tol=1e-12, abs_tol=1e-12), (factor, name)
    assert any(found.agreement and found.agreement < 0.5 for found in profile.scores.values())
    assert any(found.trend for found in profile.scores.values())


def shown_in_fives(new_page: NewPage, database: Database, expected: Mapping[str, Expected]) -> None:
    """What the coördinator sees when the meting has closed: the same scores, on five."""
    with database.write() as session:
        meting = mine(session)
        address = f"/metingen/{meting.id}/profiel"
        store.close(session, meting, store.now())
    page = signed_in(new_page, database, "coordinator", "GM0183")
    page.goto(address)
    for factor, right in expected.items():
        row = page.locator(".profile-bars tr", has=page.locator(f'a[href="/factoren/{factor}"]'))
        assert f"beste schatting {5 * math.floor(right['score'] / 5 + 0.5)}," in (row.text_content() or ""), factor


def finish_without_script(page: Page, who: str) -> Given:
    """The names of the questions come from the page itself; there is no script to ask."""
    given: Given = {}
    while "/klaar" not in page.url:
        given |= answer(page, who, {box.get_attribute("name") or "" for box in page.locator("input[type=radio]").all()})
        go_on(page)
    return given


def by_hand(
    questionnaire: Questionnaire, given: Sequence[tuple[str, Given]], figure: IndicatorValue
) -> dict[str, Expected]:
    """scoring.md paragraphs 1 and 2, with Student's t for the band (docs/herstelstudie.md): every factor has one question in the short
    version. Taken from the program are only the questions themselves: which factor, which roles, which way round."""
    items = questionnaire.items(short=True)
    assert len({item.factor for item in items}) == len(items)
    return {item.factor: found for item in items if (found := one_factor(questionnaire, item, given, figure))}


WEIGHTS = {"1": 0.5, "2": 0.75, "3": 1.0, "4": 1.25, "wn": 0.5}
LINKED = "geen-werk-dagbesteding"
"""The factor of the figure."""


def one_factor(
    questionnaire: Questionnaire, item: Item, given: Sequence[tuple[str, Given]], figure: IndicatorValue
) -> Expected | None:
    section = next(s for s in questionnaire.sections() if item in s.items)
    people: dict[str, list[tuple[float, float]]] = {}
    for role, answers in given:
        code = answers.get(item.id, "wn")
        if code != "wn":
            points = 100 - 25 * int(code) if item.reversed else 25 * int(code)
            people.setdefault(role, []).append((points, WEIGHTS[answers[section.certainty_id]]))
    asked = sum(map(len, people.values()))
    if asked < 3 or len(people) < 2:
        return None
    means = {role: sum(w * x for x, w in said) / sum(w for _, w in said) for role, said in people.items()}
    u = {role: 1.0 if role in item.roles else 0.5 for role in people}
    experience = sum(u[role] * means[role] for role in people) / sum(u.values())
    s2, roles = variance(means.values()), len(people)
    pooled = ((roles - 1) * s2 + 3 * 20.0**2) / (roles - 1 + 3)
    student = round(float(t.ppf(0.9, roles - 1 + 3)), 3) / 1.28
    estimates = [(experience, pooled / roles * student**2)]
    if item.factor == LINKED:
        rr = (figure.observed + 5) / (figure.expected + 5)
        estimates.append((50 + 25 * math.log2(rr), 36**2 / (figure.observed + 5) + 12**2))
    precision = sum(1 / error for _, error in estimates)
    sources = fmean(weight for said in people.values() for _, weight in said)
    return {
        "score": sum(value / error for value, error in estimates) / precision,
        "standard_error": math.sqrt(1 / precision),
        "agreement": 1 - s2 / 1250,
        "confidence": 0.4 * min(1, asked / 10) * min(1, roles / 4)
        + 0.3 * max(0, 1 - s2 / 1250)
        + 0.2 * (0.5 if item.factor == LINKED else 0)
        + 0.1 * (sources - 0.5) / 0.75,
        "trend": trend(item.factor, given),
        "respondents": asked,
        "roles": roles,
    }


def trend(factor: str, given: Sequence[tuple[str, Given]]) -> float:
    """The mean over roles to the nearest whole step, a half towards no change."""
    roles: dict[str, list[int]] = {}
    for role, answers in given:
        if f"T-{factor}" in answers:
            roles.setdefault(role, []).append(int(answers[f"T-{factor}"]))
    mean = fmean(map(fmean, roles.values())) if roles else 0.0
    return math.copysign(math.ceil(abs(mean) - 0.5), mean)

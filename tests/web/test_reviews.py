"""Who keeps which page, as a page and as a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from kb import KnowledgeBase, Tasks, review_due, tasks
from web import reviews


@pytest.fixture
def kept(kleine_kast: KnowledgeBase) -> Tasks:
    return tasks(kleine_kast.interventions, date(2026, 11, 22))[0]


def test_the_calendar_has_one_whole_day_for_every_page(kept: Tasks) -> None:
    read = Calendar.from_ical(reviews.calendar(kept, "https://kast.example.nl").to_ical())
    events = read.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [review_due(page) for page in kept.pages]
    assert len({str(event["uid"]) for event in events}) == len(kept.pages)
    assert str(events[0]["summary"]).startswith("Nakijken: ")


def test_the_calendar_is_the_same_until_a_page_is_checked(kept: Tasks) -> None:
    first, second = (reviews.calendar(kept, "https://x").to_ical() for _ in range(2))
    assert first == second
    stamp = Calendar.from_ical(first).walk("VEVENT")[0].decoded("dtstamp")
    assert stamp == datetime(2026, 11, 21, tzinfo=UTC)


def test_the_page_links_to_a_calendar_that_opens(client: TestClient) -> None:
    text = client.get("/nakijken").text
    assert 'href="/nakijken/platform-ivz.ics"' in text
    answer = client.get("/nakijken/platform-ivz.ics")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")


def test_an_unknown_keeper_has_no_calendar(client: TestClient) -> None:
    assert client.get("/nakijken/niemand.ics").status_code == 404


def test_keepers_whose_names_differ_in_signs_share_a_calendar(kept: Tasks) -> None:
    other = Tasks(kept.maintainer.upper(), kept.pages[:1])
    assert reviews.address_of(kept) == reviews.address_of(other)
    assert len(reviews._together([kept, other]).pages) == len(kept.pages) + 1

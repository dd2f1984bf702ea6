"""A page is due for review in time, and its keeper is told what is to be done."""

from __future__ import annotations

from datetime import date

import pytest

from kb import Availability, EvidenceLevel, Intervention, KnowledgeBase, Status, is_stale, review, review_due, tasks


@pytest.fixture
def some(kleine_kast: KnowledgeBase) -> Intervention:
    found = kleine_kast.get("leerwerkplek")
    assert found
    return found


@pytest.mark.parametrize(
    ("availability", "due"), [(Availability.LOCAL, date(2027, 11, 21)), (Availability.NATIONAL, date(2028, 5, 21))]
)
def test_something_local_is_read_again_sooner(some: Intervention, availability: Availability, due: date) -> None:
    page = some.model_copy(update={"checked_on": date(2026, 11, 21), "availability": availability})
    assert review_due(page) == due


def test_the_end_of_a_month_stays_within_the_month() -> None:
    assert review.add_months(date(2026, 8, 31), 18) == date(2028, 2, 29)


@pytest.mark.parametrize(("today", "stale"), [(date(2028, 5, 21), False), (date(2028, 5, 22), True)])
def test_a_page_is_stale_the_day_after_it_was_due(some: Intervention, today: date, stale: bool) -> None:
    page = some.model_copy(update={"checked_on": date(2026, 11, 21), "availability": None})
    assert is_stale(page, today) is stale


def test_a_withdrawn_page_never_goes_stale(some: Intervention) -> None:
    assert not is_stale(some.model_copy(update={"status": Status.WITHDRAWN}), date(2099, 1, 1))


def test_every_keeper_gets_a_list_in_order_of_the_day(some: Intervention) -> None:
    pages = [
        some.model_copy(update={"id": name, "title": name, "maintainer": who, "checked_on": day, "availability": None})
        for name, who, day in (
            ("a", "Borne", date(2026, 1, 1)),
            ("b", "Almelo", date(2026, 3, 1)),
            ("c", "Borne", date(2025, 1, 1)),
        )
    ]
    almelo, borne = tasks(pages, date(2027, 6, 1))
    assert ([p.id for p in almelo.soon], [p.id for p in almelo.stale]) == (["b"], [])
    assert [p.id for p in borne.pages] == ["c", "a"]
    assert [p.id for p in borne.soon] == ["a"]
    assert [p.id for p in borne.stale] == ["c"]


def test_what_lacks_evidence_or_sources_is_named(some: Intervention) -> None:
    bare = some.model_copy(
        update={
            "evidence": (some.evidence[0].model_copy(update={"level": EvidenceLevel.NOT_ASSESSED}),),
            "sources": (some.sources[0].model_copy(update={"url": None}),),
        }
    )
    (found,) = tasks([bare], date(2026, 11, 22))
    assert found.without_evidence == found.without_sources == (bare,)


def test_a_page_in_order_is_in_no_list(some: Intervention) -> None:
    (found,) = tasks([some], date(2026, 11, 22))
    assert found.stale == found.soon == found.without_evidence == found.without_sources == ()


def test_nothing_to_keep_is_no_keeper() -> None:
    assert tasks([], date(2026, 11, 22)) == ()

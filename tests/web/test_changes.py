"""What readers see of changes: on the page, and in a feed that a reader program understands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kb import Intervention, KnowledgeBase, history
from tests.web.conftest import NewClient
from web import changes, feed

ATOM = {"a": feed.ATOM}
OTHERWISE = datetime(2026, 1, 1, tzinfo=UTC)


class Told(changes.Known):
    """A history that is given."""

    def __init__(self, pages: dict[str, history.PageHistory]) -> None:
        super().__init__(Path(), Path())
        self._pages = pages

    def refresh(self) -> None:
        """Nothing to ask."""


def on(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


TOLD = Told(
    {
        "leerwerkplek": history.PageHistory(
            blob="x",
            added=on(1),
            changes=(
                history.Change(on=on(9), what=()),
                history.Change(on=on(5), what=("bewijs", "bronnen")),
                history.Change(on=on(2), what=("titel",)),
            ),
        ),
        "oud-strafkamp": history.PageHistory(blob="x", added=on(1), changes=(history.Change(on=on(7), what=("ingetrokken",)),)),
    }
)  # fmt: skip


def test_news_comes_newest_first_and_a_look_over_is_no_news(kleine_kast: KnowledgeBase) -> None:
    assert [entry.title for entry in feed.newest(kleine_kast, TOLD)] == [
        "Ingetrokken: Oud strafkamp",
        "Bijgewerkt: Leerwerkplek",
        "Bijgewerkt: Leerwerkplek",
        "Nieuw: Leerwerkplek",
        "Nieuw: Oud strafkamp",
    ]


def test_the_feed_holds_no_more_than_asked(kleine_kast: KnowledgeBase) -> None:
    assert len(feed.newest(kleine_kast, TOLD, 2)) == 2


def test_the_feed_is_atom_with_an_id_for_every_entry(kleine_kast: KnowledgeBase) -> None:
    entries = feed.newest(kleine_kast, TOLD)
    root = ElementTree.fromstring(feed.feed(entries, "https://kast.example.nl", OTHERWISE))  # noqa: S314 - our own
    ids = [found.text for found in root.findall("a:entry/a:id", ATOM)]
    assert len(ids) == len(set(ids)) == len(entries)
    assert [found.text for found in root.findall("a:updated", ATOM)] == [on(7).isoformat()]
    assert root.find("a:entry/a:summary", ATOM).text == "Ingetrokken."  # type: ignore[union-attr]


def test_a_feed_without_news_is_a_feed(kleine_kast: KnowledgeBase) -> None:
    entries = feed.newest(kleine_kast, Told({}))
    root = ElementTree.fromstring(feed.feed(entries, "https://x", OTHERWISE))  # noqa: S314 - our own
    assert (entries, root.findall("a:entry", ATOM)) == ([], [])
    assert root.find("a:updated", ATOM).text == OTHERWISE.isoformat()  # type: ignore[union-attr]


def test_a_title_cannot_break_the_feed(kleine_kast: KnowledgeBase) -> None:
    some = kleine_kast.interventions[0].model_copy(update={"title": "<b>&]]>", "id": "leerwerkplek"})
    entry = feed.Entry(some, on(1), some.title, "x")
    root = ElementTree.fromstring(feed.feed([entry], "https://x", OTHERWISE))  # noqa: S314 - our own
    assert root.find("a:entry/a:title", ATOM).text == "<b>&]]>"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ((), "Nagekeken; er is niets veranderd."),
        (("bewijs",), "Bijgewerkt: bewijs."),
        (("bewijs", "bronnen", "titel"), "Bijgewerkt: bewijs, bronnen en titel."),
        (("ingetrokken",), "Ingetrokken."),
    ],
)
def test_a_change_is_a_sentence(what: tuple[str, ...], words: str) -> None:
    assert changes.in_words(what) == words


@pytest.fixture(scope="module")
def told_client(new_client: NewClient) -> TestClient:
    """A site whose content was checked in 2020, with a history."""

    def change(app: Starlette) -> None:
        old = {"checked_on": date(2020, 1, 1)}
        pages: list[Intervention] = [
            i.model_copy(update=old) if i.id == "sportavond" else i for i in app.state.kb.visible
        ]
        app.state.kb = KnowledgeBase(pages, app.state.kb.factors)
        app.state.history = TOLD

    return new_client(change, content=Path(__file__).parent.parent / "content" / "kast")


def test_a_page_says_since_when_and_what_changed_last(told_client: TestClient) -> None:
    text = told_client.get("/interventies/leerwerkplek").text
    assert 'In de kast sinds <time datetime="2026-03-01">1 maart 2026</time>.' in text
    assert "9 maart 2026</time>. Nagekeken; er is niets veranderd." in text
    assert "5 maart 2026</time>: Bijgewerkt: bewijs en bronnen." in text


def test_a_page_without_history_says_nothing_of_it(told_client: TestClient) -> None:
    assert "In de kast sinds" not in told_client.get("/interventies/sportavond").text


def test_a_page_that_was_not_looked_over_in_time_says_so(told_client: TestClient) -> None:
    assert "Deze bladzijde is te lang niet nagekeken" in told_client.get("/interventies/sportavond").text
    assert "te lang niet nagekeken" not in told_client.get("/interventies/leerwerkplek").text


def test_the_feed_has_its_address_and_kind(told_client: TestClient) -> None:
    answer = told_client.get("/feed.atom")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    assert b"Bijgewerkt: Leerwerkplek" in answer.content


def test_every_page_points_to_the_feed(told_client: TestClient) -> None:
    assert '<link rel="alternate" type="application/atom+xml" href="/feed.atom"' in told_client.get("/").text

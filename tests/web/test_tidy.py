"""A site that keeps running throws away by itself what is past its term, and goes on when that fails once."""

from __future__ import annotations

import time

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment import store
from tests.server import new_meting
from tests.web.people import database_of
from web import app as site
from web.commands import storage

PATIENCE = 30.0


def metingen(app: Starlette) -> int:
    with database_of(app).read() as session:
        return len(session.exec(select(store.Assessment)).all())


def past_its_term(app: Starlette) -> None:
    new_meting(database_of(app), ["politie-boa"])
    with database_of(app).write() as session:
        meting = session.exec(select(store.Assessment)).one()
        meting.closes_at = store.now() - 2 * store.KEEP
        session.add(meting)
    new_meting(database_of(app), ["politie-boa"])


def wait_until_one_is_left(app: Starlette) -> None:
    end = time.monotonic() + PATIENCE
    while metingen(app) > 1 and time.monotonic() < end:
        time.sleep(0.02)


def test_a_site_that_keeps_running_tidies_by_itself(site_app: Starlette) -> None:
    past_its_term(site_app)
    assert metingen(site_app) == 2
    with TestClient(site_app):
        wait_until_one_is_left(site_app)
    assert metingen(site_app) == 1


def test_when_it_fails_once_it_is_tried_again(
    site_app: Starlette, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    past_its_term(site_app)
    real, failures = storage.tidy, iter([True])

    def falter(database: object) -> tuple[int, int]:
        if next(failures, False):
            raise OSError("geheim wachtwoord")
        return real(database)  # type: ignore[arg-type]

    monkeypatch.setattr(storage, "tidy", falter)
    with TestClient(site_app):
        wait_until_one_is_left(site_app)
    assert metingen(site_app) == 1
    assert "opruimen is niet gelukt" in caplog.text


@pytest.fixture
def site_app(light_site: Starlette, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    """A site for which a day takes a hundredth of a second."""
    monkeypatch.setattr(site, "TIDY_EVERY", 0.01)
    return light_site

"""`kast serve --workers 2`: two processes are one site, one that dies is replaced, and what must happen once happens once."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.conftest import SMALL_CUPBOARD, new_database
from tests.server import PATIENCE, Respondent, Server, filled, kept, new_meting
from web.database import Database


@pytest.fixture
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Server, Database]]:
    (url,) = new_database(request, "sqlite", tmp_path)
    database = Database(url)
    server = Server(url, workers=2, KAST_CONTENT=str(SMALL_CUPBOARD))
    yield server, database
    server.kill()
    database.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_visitor_notices_nothing_of_workers_that_die(served: tuple[Server, Database]) -> None:
    """The two that began are killed one after the other, so that every form is taken by another process than the one that made it."""
    server, database = served
    link = new_meting(database, ["politie-boa"])["politie-boa"]
    until(lambda: len(server.workers) == 2)
    first, second = server.workers
    acknowledged: dict[str, str] = {}
    with closing(Respondent(server.address, link)) as respondent:
        respondent.begin()
        for victim in (first, second):
            os.kill(victim, signal.SIGKILL)
            until(lambda gone=victim: gone not in server.workers and len(server.workers) == 2)  # type: ignore[misc]
            acknowledged |= filled(respondent.names, "3")
            assert not respondent.save("3")
        assert kept(database, link) == [acknowledged]
    until(lambda: len(server.said) > 1)
    assert [line.startswith("Er is nog geen beheerder") for line in server.said[1:]] == [True]
    last = server.workers
    assert server.stop() == 0
    assert not any(map(is_running, last))


def is_running(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False

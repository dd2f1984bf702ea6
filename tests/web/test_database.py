"""The connection: the same questions to SQLite and to a real PostgreSQL 15."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from starlette.testclient import TestClient

from assessment import store
from tests.web.conftest import NewClient
from web import accounts
from web.database import Database, driver_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/map/kast.sqlite3" if request.param == "sqlite" else request.getfixturevalue("postgres")
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/kast.sqlite3")
    yield opened
    opened.close()


def pragma(database: Database, name: str) -> object:
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_database_that_runs_is_reachable(database: Database) -> None:
    assert database.is_reachable()


def test_what_is_written_can_be_read_back(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE proef (naam TEXT)"))
        connection.execute(text("INSERT INTO proef VALUES (:naam)"), {"naam": "Zoë"})
        assert connection.execute(text("SELECT naam FROM proef")).scalar() == "Zoë"


def test_a_row_cannot_point_to_a_row_that_does_not_exist(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE ouder (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TEMPORARY TABLE kind (ouder INTEGER REFERENCES ouder (id))"))
        with pytest.raises(IntegrityError):
            connection.execute(text("INSERT INTO kind VALUES (7)"))


def test_postgresql_is_reached_through_psycopg_3(postgres: str) -> None:
    opened = Database(postgres)
    assert opened.engine.driver == "psycopg"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_gives_the_same_driver(scheme: str) -> None:
    assert driver_url(f"{scheme}://kast@localhost/kast") == "postgresql+psycopg://kast@localhost/kast"


def test_sqlite_lets_readers_go_on_while_someone_writes(sqlite: Database) -> None:
    assert pragma(sqlite, "journal_mode") == "wal"


def test_sqlite_watches_over_foreign_keys(sqlite: Database) -> None:
    assert pragma(sqlite, "foreign_keys") == 1


def test_sqlite_waits_for_another_writer(sqlite: Database) -> None:
    assert pragma(sqlite, "busy_timeout") == 15_000


def test_what_is_changed_while_looking_is_not_kept(database_url: str) -> None:
    opened = Database(database_url)
    with opened.read() as session:
        session.add(accounts.AuditLine(at=store.now(), action="kijken", result="gelukt"))
    with opened.read() as session:
        assert accounts.audit_lines(session, 9) == []
    opened.close()


def test_a_connection_that_was_closed_at_the_other_end_is_replaced(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.database.STILL", 0)
    opened, other = Database(database_url), Database(database_url)
    with opened.read() as session:
        session.execute(text("SELECT 1"))
    if opened.engine.dialect.name == "postgresql":
        with other.engine.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()")
            )  # fmt: skip
    with opened.read() as session:
        assert session.execute(text("SELECT 1")).scalar() == 1
    for each in (opened, other):
        each.close()


def test_another_process_writes_to_sqlite_when_its_turn_comes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kast.sqlite3"
    first, second = Database(url), Database(url)
    order: list[str] = []

    def write_too() -> None:
        with second.write():
            order.append("second")

    second.upgrade()
    other = threading.Thread(target=write_too)
    with first.write():
        other.start()
        time.sleep(0.1)
        order.append("first")
    other.join(60)
    assert order == ["first", "second"]


def test_a_turn_passes_on_when_writing_fails(sqlite: Database) -> None:
    def fail() -> None:
        with sqlite.write():
            raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fail()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    opened = Database(f"sqlite:///{tmp_path}/nieuw/diep/kast.sqlite3")
    assert opened.is_reachable()
    opened.close()
    assert (tmp_path / "nieuw" / "diep" / "kast.sqlite3").exists()


UNREACHABLE = ["sqlite:////proc/niets/kast.sqlite3", "postgresql://kast:geheim@127.0.0.1:1/kast"]


@pytest.mark.parametrize("url", UNREACHABLE)
def test_a_database_that_is_away_is_not_reachable(url: str) -> None:
    assert not Database(url).is_reachable()


def test_the_log_says_why_without_password_or_address(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        Database(UNREACHABLE[1]).is_reachable()
    assert caplog.messages == ["database niet bereikbaar: OperationalError"]


def test_the_health_page_counts_and_says_ok(new_client: NewClient, postgres: str) -> None:
    answer = new_client(database_url=postgres).get("/healthz").json()
    assert answer == {"status": "ok", "interventies": answer["interventies"], "database": "ok"}
    assert answer["interventies"] > 0


@pytest.fixture(scope="module")
def client_without_database(new_client: NewClient) -> TestClient:
    return new_client(database_url=UNREACHABLE[1])


def test_the_health_page_says_503_when_the_database_is_away(client_without_database: TestClient) -> None:
    answer = client_without_database.get("/healthz")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")


def test_the_health_page_gives_nothing_away_about_the_database(client_without_database: TestClient) -> None:
    said = client_without_database.get("/healthz").text.lower()
    assert not [word for word in ("geheim", "127.0.0.1", "postgres", "psycopg", "sqlalchemy") if word in said]


def test_the_site_still_works_when_the_database_is_away(client_without_database: TestClient) -> None:
    assert client_without_database.get("/api/v1/factoren").status_code == 200


def test_sqlalchemy_is_not_imported_before_it_is_used() -> None:
    code = "import sys, web.database; web.database.Database('sqlite://'); sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0

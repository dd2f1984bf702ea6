"""The tables are made and kept up to date by steps, the same on both engines; several processes may try at once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from web import accounts, migrate
from web.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/kaal.sqlite3"
    server: str = request.getfixturevalue("postgres")
    name = f"kaal{abs(hash(tmp_path))}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def test_the_steps_make_exactly_the_tables_that_the_program_knows(database: Database) -> None:
    with database.engine.connect() as connection:
        command.check(migrate.config(connection))


def test_a_database_knows_which_step_it_took(database: Database) -> None:
    database.upgrade()
    with database.engine.connect() as connection:
        assert migrate.current(connection) == migrate.newest()


def test_several_workers_that_start_together_make_the_tables_once(bare_url: str) -> None:
    code = f"from web.database import Database; d = Database({bare_url!r}); d.upgrade(); d.close()"
    command = [sys.executable, "-W", "error", "-c", code]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: subprocess.run(command, capture_output=True, text=True), range(2)))
    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 2
    opened = Database(bare_url)
    assert "answer" in inspect(opened.engine).get_table_names()
    opened.close()


def test_a_line_of_the_log_cannot_be_changed(database: Database) -> None:
    with database.write() as session:
        accounts.log(session, None, "proef")
    with pytest.raises(DatabaseError, match="logboek groeit alleen"), database.write() as session:
        session.execute(text("UPDATE audit SET result = 'mislukt'"))


def test_a_young_line_of_the_log_cannot_be_thrown_away(database: Database) -> None:
    with database.write() as session:
        accounts.log(session, None, "proef")
    with pytest.raises(DatabaseError, match="logboek groeit alleen"), database.write() as session:
        session.execute(text("DELETE FROM audit"))


def test_an_old_line_of_the_log_goes_by_itself(database: Database) -> None:
    with database.write() as session:
        session.execute(
            text("INSERT INTO audit (at, action, subject, result) VALUES ('2020-01-01 00:00:00', 'oud', '', 'gelukt')")
        )
        accounts.log(session, None, "nieuw")
        accounts.clean_up(session)
    with database.read() as session:
        assert [line.action for line, _ in accounts.audit_lines(session, 9)] == ["nieuw"]

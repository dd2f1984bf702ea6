"""Brings the tables to this version of the program, forward only. The steps themselves lie in `migrations/versions`."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

HERE = Path(__file__).parent / "migrations"
LOCK = 1_263_686_484
"""Any number, as long as nobody else on the same PostgreSQL uses it."""


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(HERE).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def newest() -> str | None:
    """The last step that this program knows."""
    return ScriptDirectory.from_config(config()).get_current_head()


def current(connection: Connection) -> str | None:
    """The last step that this database took."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine) -> None:
    """All steps that are missing, or none when one fails. Waits for another process that is at it."""
    with engine.connect() as connection:
        if current(connection) == newest():
            return
    if engine.dialect.name == "sqlite":
        _upgrade_sqlite(engine)
    else:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            command.upgrade(config(connection), "head")


def _upgrade_sqlite(engine: Engine) -> None:
    """With foreign keys off: altering a table in SQLite means making it anew, and dropping the old one would drop what points to it."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        try:
            command.upgrade(config(connection), "head")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("na het bijwerken wijst een rij naar niets")
            connection.commit()
        finally:
            connection.rollback()
            connection.invalidate()

"""The connection to SQLite or PostgreSQL, from one address. Holds no tables: who needs them declares them.

SQLAlchemy is imported at the first use; the command line and the first page do not wait for it.
"""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Engine

BUSY_TIMEOUT = 5
"""Seconds that a writer waits for another on SQLite."""
CONNECT_TIMEOUT = 3
"""Seconds before an unreachable PostgreSQL is called unreachable."""

log = logging.getLogger(__name__)


def driver_url(url: str) -> str:
    """The address with the driver that we have: psycopg 3, whatever way PostgreSQL is written."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


class Database:
    """One database for the life of the process. Opens itself when it is first used."""

    def __init__(self, url: str) -> None:
        self._url = driver_url(url)

    @cached_property
    def engine(self) -> Engine:
        from sqlalchemy import create_engine, make_url

        url = make_url(self._url)
        if url.get_backend_name() == "sqlite":
            return _sqlite(url)
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_TIMEOUT})

    def is_reachable(self) -> bool:
        """Ask the database something. Why it fails goes to the log, without address or password."""
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except Exception as error:
            log.warning("database niet bereikbaar: %s", type(getattr(error, "orig", None) or error).__name__)
            return False
        return True

    def close(self) -> None:
        if "engine" in self.__dict__:
            self.engine.dispose()


def _sqlite(url: Any) -> Engine:
    from sqlalchemy import create_engine, event

    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL lets readers go on while someone writes; foreign keys are off in SQLite unless asked for."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT * 1000}", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

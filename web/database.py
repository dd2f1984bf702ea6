"""The connection to SQLite or PostgreSQL, from one address, and its tables brought up to date. Knows no table itself.

SQLAlchemy is imported at the first use; the command line and the first page do not wait for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

BUSY_TIMEOUT = 15
"""Seconds that a writer waits for another process on SQLite."""
CONNECT_TIMEOUT = 3
"""Seconds before an unreachable PostgreSQL is called unreachable."""
CONNECTIONS = 20
"""At most, per process."""
WRITES = "kast_writes"
"""Execution option: this transaction is going to write."""

log = logging.getLogger(__name__)


def driver_url(url: str) -> str:
    """The address with the driver that we have: psycopg 3, whatever way PostgreSQL is written."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


class Database:
    """One database for the life of the process. Opens itself when it is first used, and makes its tables before the first session."""

    def __init__(self, url: str) -> None:
        self._url = driver_url(url)
        self._is_current = False
        self._upgrading = threading.Lock()
        # SQLite lets one writer in at a time; here they queue in order, where SQLite itself would let them try at random.
        self._writing = threading.Lock() if self._url.startswith("sqlite") else nullcontext()

    @cached_property
    def engine(self) -> Engine:
        from sqlalchemy import create_engine, make_url

        url = make_url(self._url)
        if url.get_backend_name() == "sqlite":
            return _sqlite(url)
        limits = {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_pre_ping": True}
        return create_engine(url, connect_args={"connect_timeout": CONNECT_TIMEOUT}, **limits)

    def is_reachable(self) -> bool:
        """Ask the database something. Why it fails goes to the log, without address or password."""
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except Exception as error:
            log.warning("database niet bereikbaar: %s", type(getattr(error, "orig", None) or error).__name__)
            return False
        return True

    def upgrade(self) -> None:
        """Make the tables, or bring them up to date; nothing when they are. Several processes may do this at the same time."""
        from web.migrate import upgrade

        with self._upgrading:
            if not self._is_current:
                upgrade(self.engine)
                self._is_current = True

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only looks."""
        from sqlmodel import Session

        self.upgrade()
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session of which everything is kept, or nothing when an exception leaves it."""
        from sqlmodel import Session

        self.upgrade()
        engine = self.engine.execution_options(**{WRITES: True})
        with self._writing, Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        if "engine" in self.__dict__:
            self.engine.dispose()


def _sqlite(url: Any) -> Engine:
    from sqlalchemy import create_engine, event

    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL lets readers go on while someone writes; foreign keys are off in SQLite unless asked for; FULL survives a power cut."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_TIMEOUT * 1000}", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Who is going to write says so at once: SQLite refuses, without waiting, a reader that wants to write after another did."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

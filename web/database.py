"""The connection to SQLite or PostgreSQL, from one address, and its tables brought up to date. Knows no table itself.

SQLAlchemy is imported at the first use; the command line and the first page do not wait for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry
    from sqlmodel import Session

BUSY_TIMEOUT = 15
"""Seconds that a writer waits for another process on SQLite."""
CONNECT_TIMEOUT = 3
"""Seconds before an unreachable PostgreSQL is called unreachable."""
CONNECTIONS = 20
"""At most, per process."""
STILL = 2.0
"""Seconds without use before a connection to PostgreSQL is asked whether it is still there; asking each time is one more journey per page."""
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
        self._writing = threading.Lock()

    @cached_property
    def engine(self) -> Engine:
        from sqlalchemy import create_engine, event, make_url

        url = make_url(self._url)
        if url.get_backend_name() == "sqlite":
            return _sqlite(url)
        engine = create_engine(
            url, connect_args={"connect_timeout": CONNECT_TIMEOUT}, pool_size=CONNECTIONS, max_overflow=0
        )
        event.listen(engine, "checkin", _remember_when)
        event.listen(engine, "checkout", partial(_ask_after_a_while, engine.dialect))
        return engine

    @cached_property
    def _looking(self) -> Engine:
        """For who only looks. PostgreSQL shows every question its own moment, also within a transaction; without one is less to and fro."""
        is_sqlite = self.engine.dialect.name == "sqlite"
        return self.engine if is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @cached_property
    def _changing(self) -> Engine:
        return self.engine.execution_options(**{WRITES: True})

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
        """A session that only looks; what is changed in it is not kept."""
        from sqlmodel import Session

        self.upgrade()
        with Session(self._looking, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session of which everything is kept, or nothing when an exception leaves it."""
        from sqlmodel import Session

        self.upgrade()
        with self._turn(), Session(self._changing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite lets one writer in at a time; here they queue in order, where SQLite itself would let them try now and then.

        First within this process; then with the other workers, by a lock on a file beside the database. Without such locks (Windows)
        workers do it the way of SQLite.
        """
        scheme, _, path = self._url.partition(":///")
        if scheme != "sqlite":
            yield
            return
        with self._writing, Path(f"{path.partition('?')[0]}-beurt").open("a") if fcntl else nullcontext() as turn:
            if turn:
                fcntl.flock(turn, fcntl.LOCK_EX)  # let go when the file is closed, also by who is killed
            yield

    def close(self) -> None:
        if "engine" in self.__dict__:
            self.engine.dispose()


def _remember_when(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _ask_after_a_while(dialect: Any, connection: Any, record: ConnectionPoolEntry, _pool: object) -> None:
    """A connection that lay still may have been closed at the other end: then another is made, and nobody notices."""
    from sqlalchemy.exc import DisconnectionError

    if time.monotonic() - record.info.get("used", time.monotonic()) > STILL:
        try:
            dialect.do_ping(connection)
        except dialect.dbapi.Error as error:
            raise DisconnectionError from error


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

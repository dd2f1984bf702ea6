"""The cupboards every test may look into, and databases to write in: SQLite, and a real PostgreSQL 15 of our own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

import kb
from tests.postgres import PROGRAMS, running
from web.database import Database

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault in the code."""
settings.register_profile("huis", calm, derandomize=True, max_examples=60)
settings.register_profile("zoek", calm, max_examples=1000)
settings.load_profile("huis")
"""The same examples in every run, so that a change is judged by what it changes. `pytest --hypothesis-profile=zoek` looks for new ones."""

_numbers = count(1)
HERE = Path(__file__).parent
SMALL_CUPBOARD = HERE / "content" / "kast"
REMEMBERED = HERE.parent / ".pytest_cache" / "inhoud.json"
os.environ["KAST_SNAPSHOT"] = str(REMEMBERED)
"""One snapshot for all test processes and every `kast` they start; it is read again when a byte of the content or of kb changes."""


_LONG = (
    "browser",
    "test_power_cut.py",
    "test_workers.py",
    "test_migrate.py",
    "test_frozen.py",
    "test_exact.py",
    "test_drafts.py",
)
"""Folders and files whose tests take long: a browser, a server that is killed, a whole site on disk."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long goes first, so that at the end no core waits for the other."""
    items.sort(key=lambda item: not any(part in _LONG for part in item.path.parts))


@cache
def real_cupboard() -> kb.KnowledgeBase:
    """The real interventions."""
    return kb.load(remembered=REMEMBERED)


@pytest.fixture(scope="session", autouse=True)
def _no_warm_up() -> Iterator[None]:
    """Parts are made by who asks for them: a thread in the background would import libraries amid the warnings of any test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("web.app.WARM_UP_AFTER", 3600)
        yield


@pytest.fixture(scope="session")
def kleine_kast() -> kb.KnowledgeBase:
    """Six invented pages that differ in every facet; see tests/content/kast."""
    return kb.load(SMALL_CUPBOARD)


@pytest.fixture(scope="session")
def echte_kast() -> kb.KnowledgeBase:
    """The real interventions."""
    return real_cupboard()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of an empty PostgreSQL, for all tests of this process."""
    if not (PROGRAMS / "initdb").exists():
        pytest.skip(f"PostgreSQL 15 staat niet in {PROGRAMS}")
    with running("fsync=off") as found:
        yield found.url


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and nothing in them, to copy: making the tables takes longer."""
    path = tmp_path_factory.mktemp("leeg") / "kast.sqlite3"
    made = Database(f"sqlite:///{path}")
    made.upgrade()
    made.close()
    return path


@pytest.fixture(scope="session")
def empty_postgres(postgres: str) -> str:
    """The same in PostgreSQL: the name of a database to copy."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE leeg")
    made = Database(postgres.replace("/postgres?", "/leeg?"))
    made.upgrade()
    made.close()
    return "leeg"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of one test, with tables; every test that asks for it runs on both engines."""
    yield from new_database(request, request.param, tmp_path)


def new_database(request: pytest.FixtureRequest, engine: str, folder: Path) -> Iterator[str]:
    """The address of a fresh database with tables, gone afterwards."""
    if engine == "sqlite":
        path = folder / f"kast{next(_numbers)}.sqlite3"
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server, template = request.getfixturevalue("postgres"), request.getfixturevalue("empty_postgres")
    name = f"test{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()

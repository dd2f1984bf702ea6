"""A copy of everything in the database, as lines of JSON that either engine can read back; made while the site serves.

One consistent moment: a single reading transaction. The first line says which step of the tables it was made with.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Column, Connection, Date, Table, func, insert, select, text
from sqlmodel import SQLModel

from assessment import store
from web import accounts, migrate
from web.database import WRITES, Database

FORMAT = "apothekerskast-1"
BATCH = 500
DECLARED = (store, accounts)
"""Importing them declares their tables."""


class BackupError(Exception):
    """This copy cannot be made or put back; the text says why, in Dutch."""


def backup(database: Database, path: Path) -> int:
    """Write a copy and give the number of rows. The file is whole or not there. Raises BackupError, OSError."""
    if path.exists():
        raise BackupError(f"{path} bestaat al. Kies een andere naam; een reservekopie wordt nooit overschreven.")
    database.upgrade()
    unfinished = path.with_name(f".{path.name}.bezig")
    try:
        # 0600: a copy holds everything.
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with gzip.open(raw, "wt", encoding="utf-8") as file:
                count = _write(database, file)
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _write(database: Database, file: TextIO) -> int:
    engine = database.engine
    one_moment = (
        engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")
    )
    with one_moment.connect() as connection:
        head = {"soort": FORMAT, "stap": migrate.current(connection), "gemaakt_op": store.now().isoformat()}
        print(json.dumps(head), file=file)
        count = 0
        for table in _tables():
            for row in connection.execution_options(yield_per=BATCH).execute(select(table)):
                print(json.dumps([table.name, _plain(row._mapping)], ensure_ascii=False), file=file)
                count += 1
    return count


def _tables() -> list[Table]:
    """What is pointed to goes before what points to it."""
    return SQLModel.metadata.sorted_tables


def _plain(row: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def restore(database: Database, path: Path) -> int:
    """Put a copy into an empty database and give the number of rows: all of it or nothing. Raises BackupError, OSError."""
    database.upgrade()
    engine = database.engine.execution_options(**{WRITES: True})
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file, engine.begin() as connection:
            _check(connection, file.readline())
            count = sum(_put(connection, name, rows) for name, rows in _batches(file))
            _continue_numbering(connection)
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError, ValueError, KeyError, TypeError):
        raise BackupError(f"{path} is geen hele reservekopie van de kast. Er is niets teruggezet.") from None
    return count


def _check(connection: Connection, first_line: str) -> None:
    head = json.loads(first_line)
    if not isinstance(head, dict) or head.get("soort") != FORMAT:
        raise ValueError("geen kop")
    if head["stap"] != migrate.newest():
        raise BackupError(
            f"Deze kopie is van versie {head['stap']} van de tabellen; dit programma kent {migrate.newest()}. "
            "Zet de kopie terug met de versie van het programma waarmee zij is gemaakt, en werk daarna bij."
        )
    full = [table.name for table in _tables() if connection.scalar(select(func.count()).select_from(table))]
    if full:
        raise BackupError(
            "Deze database is niet leeg. Zet een kopie terug in een lege database; zie KAST_DATABASE_URL."
        )


def _batches(file: TextIO) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of one table together."""
    name, rows = "", list[dict[str, Any]]()
    for line in file:
        table, row = json.loads(line)
        if rows and (table != name or len(rows) == BATCH):
            yield name, rows
            rows = []
        name = table
        rows.append(row)
    if rows:
        yield name, rows


def _put(connection: Connection, name: str, rows: list[dict[str, Any]]) -> int:
    table = SQLModel.metadata.tables[name]
    connection.execute(insert(table), [_typed(table, row) for row in rows])
    return len(rows)


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.columns[name], value) for name, value in row.items()}


def _value(column: Column[Any], value: Any) -> Any:
    if isinstance(value, str) and isinstance(column.type, store.UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and isinstance(column.type, Date) else value


def _continue_numbering(connection: Connection) -> None:
    """PostgreSQL counts apart from the rows; let it go on after the highest."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables():
        key = table.primary_key.columns
        if len(key) == 1 and "id" in key and key["id"].autoincrement and key["id"].type.python_type is int:
            highest = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM \"{table.name}\" HAVING max(id) IS NOT NULL"  # noqa: S608
            connection.execute(text(highest))

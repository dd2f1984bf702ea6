"""A copy made while others write is whole, is one moment, and comes back exactly, also on the other engine."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from assessment import store
from tests.conftest import new_database
from tests.invullingen import own
from web import accounts, backup
from web.database import Database

Rows = dict[str, list[tuple[object, ...]]]


def rows_of(database: Database) -> Rows:
    with database.engine.connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        return {t.name: sorted(map(tuple, connection.execute(select(t))), key=str) for t in tables}


def fill(database: Database, email: str = "jo@enschede.nl") -> store.Assessment:
    with database.write() as session:
        meting = store.create(
            session,
            municipality="GM0153",
            area="De Bothoven",
            short=False,
            situation={"C04": ["12-17", "18-22"]},
            roles=["politie-boa", None],
            closes_at=store.now() + store.KEEP,
            created_by="1",
        )
        accounts.accept(session, accounts.invite(session, "coordinator", "GM0153"), email, "een goed lang wachtwoord")
        accounts.log(session, None, "proef")
        store.agree(
            session,
            store.Conversation(
                assessment_id=meting.id, held_on=store.now().date(), with_youth=True, with_residents=False
            ),
            [store.AgreedPriority(assessment_id=meting.id, axis="wapens", place=1, suggested=2, reason="‘Zoë’; \n ja")],
        )
    for number in range(3):
        answer(database, meting, f"{email} {number}")
    return meting


def answer(database: Database, meting: store.Assessment, person: str) -> None:
    with database.write() as session:
        response = store.start(session, meting, "politie-boa", f"formulier {person}", [f"sleutel {person}"])
        store.save(session, own(session, response), {"IND01": "3", "O-wijk": "Ünï\n'\"; --"})


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    for url in new_database(request, request.param, tmp_path):
        opened = Database(url)
        yield opened
        opened.close()


def test_a_copy_comes_back_exactly_on_either_engine(database: Database, other: Database, tmp_path: Path) -> None:
    fill(database)
    made = backup.backup(database, tmp_path / "kopie.gz")
    assert backup.restore(other, tmp_path / "kopie.gz") == made
    assert rows_of(other) == rows_of(database)
    fill(other, "an@enschede.nl")  # and it goes on: new rows get new numbers


def test_a_copy_made_while_people_fill_in_is_one_moment(database: Database, tmp_path: Path) -> None:
    meting = fill(database)
    stop = threading.Event()

    def write() -> None:
        number = 100
        while not stop.is_set():
            answer(database, meting, str(number))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup.backup(database, tmp_path / f"{number}.gz")
    finally:
        stop.set()
        writer.join(60)
    for number in range(3):
        back = Database(f"sqlite:///{tmp_path}/{number}.sqlite3")
        backup.restore(back, tmp_path / f"{number}.gz")
        with back.read() as session:
            people = session.scalar(select(func.count()).select_from(store.StoredResponse))
            assert session.scalar(select(func.count()).select_from(store.StoredAnswer)) == 2 * (people or 0)
        back.close()


def test_a_copy_is_never_written_over(database: Database, tmp_path: Path) -> None:
    (tmp_path / "kopie.gz").write_text("belangrijk")
    with pytest.raises(backup.BackupError, match="bestaat al"):
        backup.backup(database, tmp_path / "kopie.gz")
    assert (tmp_path / "kopie.gz").read_text() == "belangrijk"


def test_only_the_owner_can_read_a_copy(database: Database, tmp_path: Path) -> None:
    backup.backup(database, tmp_path / "kopie.gz")
    assert (tmp_path / "kopie.gz").stat().st_mode & 0o077 == 0


def test_a_copy_does_not_go_over_what_is_there(database: Database, tmp_path: Path) -> None:
    fill(database)
    before = rows_of(database)
    backup.backup(database, tmp_path / "kopie.gz")
    with pytest.raises(backup.BackupError, match="niet leeg"):
        backup.restore(database, tmp_path / "kopie.gz")
    assert rows_of(database) == before


def test_half_a_copy_puts_nothing_back(database: Database, other: Database, tmp_path: Path) -> None:
    fill(database)
    backup.backup(database, tmp_path / "heel.gz")
    whole = (tmp_path / "heel.gz").read_bytes()
    (tmp_path / "half.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(backup.BackupError, match="geen hele"):
        backup.restore(other, tmp_path / "half.gz")
    assert not any(rows_of(other).values())


@pytest.mark.parametrize(
    "content",
    [b"", b"geen gzip", gzip.compress(b"[]\n", mtime=0), gzip.compress(b'{"soort": "anders"}\n', mtime=0)],
    ids=["niets", "geen gzip", "een lijst", "een ander soort"],
)
def test_another_file_is_no_copy(content: bytes, database: Database, tmp_path: Path) -> None:
    (tmp_path / "anders.gz").write_bytes(content)
    with pytest.raises(backup.BackupError):
        backup.restore(database, tmp_path / "anders.gz")


def test_a_copy_of_other_tables_says_what_to_do(database: Database, tmp_path: Path) -> None:
    (tmp_path / "ander.gz").write_bytes(gzip.compress(b'{"soort": "apothekerskast-1", "stap": "9999"}\n'))
    with pytest.raises(backup.BackupError, match="9999"):
        backup.restore(database, tmp_path / "ander.gz")

"""`kast db` and `kast user`: what an administrator of the server does with the database. The work itself is in backup.py and accounts.py."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from web.commands import CommandError, settings

if TYPE_CHECKING:
    from web.database import Database


def add_db(parser: Any) -> None:
    """The commands under `kast db`."""
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="db", required=True)
    commands.add_parser("upgrade", help="breng de tabellen bij; de site doet dit zelf bij de start").set_defaults(
        run=upgrade
    )
    for name, run, words in (
        ("backup", backup, "maak een reservekopie; de site mag doorlopen"),
        ("restore", restore, "zet een reservekopie terug in een lege database"),
    ):
        one = commands.add_parser(name, help=words)
        one.add_argument("file", metavar="BESTAND", type=Path, help="de reservekopie, zoals kast-2026-11-22.jsonl.gz")
        one.set_defaults(run=run)
    commands.add_parser("cleanup", help="gooi weg wat over de bewaartermijn is").set_defaults(run=clean_up)


def add_user(parser: Any) -> None:
    """The commands under `kast user`."""
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="user", required=True)
    commands.add_parser("list", help="toon alle accounts").set_defaults(run=list_users)
    new = commands.add_parser("invite", help="maak een uitnodiging; de link staat alleen op het scherm")
    new.add_argument("role", metavar="ROL", help="beheerder, redacteur, coordinator of lezer")
    new.add_argument("organisation", metavar="ORGANISATIE", help="een gemeente, platform-ivz, vnon of politie")
    new.add_argument("--email", default="", metavar="ADRES", help="alleen voor dit adres")
    new.set_defaults(run=invite)
    for name, active, words in (("block", False, "sluit een account af"), ("allow", True, "laat een account weer toe")):
        one = commands.add_parser(name, help=words)
        one.add_argument("email", metavar="ADRES", help="e-mailadres van het account")
        one.set_defaults(run=change, active=active)


@contextmanager
def _database() -> Iterator[Database]:
    from sqlalchemy.exc import OperationalError

    from web.database import Database

    opened = Database(settings().database_url)
    try:
        yield opened
    except OperationalError:
        raise CommandError("KAST_DATABASE_URL: deze database geeft geen antwoord.", 1) from None
    finally:
        opened.close()


def upgrade(_chosen: argparse.Namespace) -> int:
    with _database() as database:
        database.upgrade()
    print("De tabellen zijn bij.")
    return 0


def backup(chosen: argparse.Namespace) -> int:
    from web import backup

    with _database() as database, _in_words(chosen.file):
        print(f"{backup.backup(database, chosen.file)} rijen bewaard in {chosen.file}.")
    return 0


def restore(chosen: argparse.Namespace) -> int:
    from web import backup

    with _database() as database, _in_words(chosen.file):
        print(f"{backup.restore(database, chosen.file)} rijen teruggezet uit {chosen.file}.")
    return 0


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    from web.backup import BackupError

    try:
        yield
    except BackupError as error:
        raise CommandError(str(error), 1) from None
    except OSError:
        raise CommandError(f"{path} is niet te openen. Bestaat de map, en mag u daar schrijven?", 1) from None


def clean_up(_chosen: argparse.Namespace) -> int:
    with _database() as database:
        metingen, empty = tidy(database)
    print(f"{metingen} metingen en {empty} lege invullingen waren over hun termijn en zijn weg.")
    return 0


def tidy(database: Database) -> tuple[int, int]:
    """Throw away what is past its term, and write that down; how many metingen and how many empty invullingen."""
    from assessment import store
    from web import accounts

    with database.write() as session:
        counts = store.clean_up(session)
        accounts.clean_up(session)
        if any(counts):
            accounts.log(session, None, "opruimen", f"{counts[0]} metingen, {counts[1]} leeg")
    return counts


def first_link(database: Database, address: str) -> str | None:
    """Where the first beheerder makes an account; None when there is one."""
    from web import accounts

    with database.write() as session:
        token = accounts.invite_first(session)
    return f"{address}/welkom/{token}" if token else None


def list_users(_chosen: argparse.Namespace) -> int:
    from web import accounts

    with _database() as database, database.read() as session:
        for each in accounts.all_accounts(session):
            state = "" if each.active else "  geblokkeerd"
            print(f"{each.email}  {each.role}  {accounts.organisation_name(each.organisation)}{state}")
    return 0


def invite(chosen: argparse.Namespace) -> int:
    from web import accounts
    from web.administration import organisation_code

    try:
        with _database() as database, database.write() as session:
            token = accounts.invite(session, chosen.role, organisation_code(chosen.organisation), chosen.email)
            accounts.log(session, None, "uitnodigen", f"{chosen.role} {chosen.organisation}")
    except accounts.AccountError as error:
        raise CommandError(str(error)) from None
    print(f"{settings().base_url}/welkom/{token}")
    print(f"Deze link werkt één keer, {accounts.INVITATION_VALID.days} dagen lang.")
    return 0


def change(chosen: argparse.Namespace) -> int:
    from web import accounts

    try:
        with _database() as database, database.write() as session:
            found = accounts.find_account(session, chosen.email)
            if found is None:
                raise accounts.AccountError(f"{chosen.email} heeft hier geen account.")
            accounts.set_active(session, found.number, chosen.active)
            accounts.log(session, None, "toelaten" if chosen.active else "blokkeren", f"account {found.number}")
    except accounts.AccountError as error:
        raise CommandError(str(error), 1) from None
    print(f"{chosen.email} kan {'weer' if chosen.active else 'niet meer'} inloggen.")
    return 0

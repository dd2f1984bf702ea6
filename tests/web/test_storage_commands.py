"""`kast db` and `kast user`: a copy and back, invitations, and mistakes in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from web import accounts, settings
from web.app import create_app, open_the_books
from web.cli import main
from web.database import Database


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_sqlite: Path) -> Database:
    """The database that the commands use."""
    path = tmp_path / "kast.sqlite3"
    path.write_bytes(empty_sqlite.read_bytes())
    monkeypatch.setenv("KAST_DATABASE_URL", f"sqlite:///{path}")
    return Database(f"sqlite:///{path}")


def test_an_invitation_for_a_gemeente_by_its_name(here: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "invite", "coordinator", "Hengelo"]) == 0
    link = capsys.readouterr().out.splitlines()[0]
    with here.read() as session:
        found = accounts.open_invitation(session, link.rsplit("/", 1)[1])
    here.close()
    assert found is not None
    assert (found.role, found.organisation) == ("coordinator", "GM0164")


@pytest.mark.parametrize(
    ("public", "entrance"),
    [("https://kast.example.nl", "https://kast.example.nl"), ("http://localhost:8000", "http://127.0.0.1:8123")],
)
def test_the_first_link_leads_to_where_its_reader_can_come(
    here: Database, capsys: pytest.CaptureFixture[str], public: str, entrance: str
) -> None:
    here.close()
    app = create_app(settings.read(base_url=public))
    app.state.address = "http://127.0.0.1:8123"
    open_the_books(app)
    app.state.database.close()
    assert f"account op {entrance}/welkom/" in capsys.readouterr().out


@pytest.mark.parametrize("role", ["baas", "coordinator"])
def test_an_invitation_that_cannot_be_is_said(here: Database, capsys: pytest.CaptureFixture[str], role: str) -> None:
    assert main(["user", "invite", role, "vnon"]) == 2
    assert "Kies" in capsys.readouterr().err
    here.close()


def test_somebody_is_blocked_and_let_in_again(here: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with here.write() as session:
        accounts.accept(
            session, accounts.invite(session, "lezer", "GM0153"), "jo@enschede.nl", "een goed lang wachtwoord"
        )
    here.close()
    assert main(["user", "block", "jo@enschede.nl"]) == 0
    assert main(["user", "list"]) == 0
    assert "jo@enschede.nl  lezer  Gemeente Enschede  geblokkeerd" in capsys.readouterr().out
    assert main(["user", "allow", "jo@enschede.nl"]) == 0
    assert main(["user", "block", "niemand@elders.nl"]) == 1


def test_a_copy_goes_out_and_comes_back(
    here: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["user", "invite", "lezer", "politie"])
    here.close()
    copy = str(tmp_path / "kopie.gz")
    assert main(["db", "backup", copy]) == 0
    assert main(["db", "backup", copy]) == 1
    assert main(["db", "restore", copy]) == 1
    assert "niet leeg" in capsys.readouterr().err
    monkeypatch.setenv("KAST_DATABASE_URL", f"sqlite:///{tmp_path}/nieuw.sqlite3")
    assert main(["db", "restore", copy]) == 0
    assert "2 rijen teruggezet" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_said(here: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here.close()
    assert main(["db", "restore", str(tmp_path / "niets.gz")]) == 1
    assert "niet te openen" in capsys.readouterr().err


def test_tables_are_made_and_old_things_go(here: Database, capsys: pytest.CaptureFixture[str]) -> None:
    here.close()
    assert main(["db", "upgrade"]) == 0
    assert main(["db", "cleanup"]) == 0
    assert "0 metingen en 0 lege invullingen" in capsys.readouterr().out


def test_a_database_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KAST_DATABASE_URL", "postgresql://kast:geheim@127.0.0.1:1/kast")
    assert main(["db", "upgrade"]) == 1
    said = capsys.readouterr().err
    assert "geeft geen antwoord" in said
    assert "geheim" not in said

"""People for tests: each with a browser of their own, who fill in forms the way a page shows them. They never bend the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.testclient import TestClient

from assessment import store
from web import accounts
from web.database import Database

PASSWORD = "een goed lang wachtwoord"  # noqa: S105  of nobody

Fields = Mapping[str, str | list[str]]


class Person:
    """A browser. Follows no redirect by itself, so that a test sees what was answered."""

    def __init__(self, app: Starlette, **options: object) -> None:
        self.app = app
        self.client = TestClient(app, raise_server_exceptions=False, follow_redirects=False, **options)  # type: ignore[arg-type]
        self.page = ""
        self.status = 0
        self.at = "/"

    def open(self, path: str) -> Person:
        """Open an address and follow where it leads."""
        answer = self.client.get(path)
        for _ in range(5):
            if answer.status_code != 303:
                break
            path = _path(answer.headers["location"])
            answer = self.client.get(path)
        self.page, self.status, self.at = answer.text, answer.status_code, path
        return self

    @property
    def token(self) -> str:
        """The word that a form on this page carries."""
        found = re.search(r'name="formulier" value="([^"]+)"', self.page)
        return found[1] if found else ""

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return unescape(found[1]) if found else ""

    def send(self, path: str, **fields: str | list[str]) -> Person:
        """Send a form of this page and follow where it leads; the status is that of the answer itself."""
        answer = self.client.post(path, data={"formulier": self.token, **fields})
        status = answer.status_code
        if status == 303:
            self.open(_path(answer.headers["location"]))
            self.status = status
            return self
        self.page, self.status, self.at = answer.text, status, path
        return self

    def accept(self, invitation: str, email: str, password: str = PASSWORD) -> Person:
        self.open(f"/welkom/{invitation}")
        return self.send(f"/welkom/{invitation}", email=email, wachtwoord=password, nogmaals=password)

    def sign_in(self, email: str, password: str = PASSWORD) -> Person:
        self.open("/inloggen")
        return self.send("/inloggen", email=email, wachtwoord=password)


def _path(location: str) -> str:
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def database_of(app: Starlette) -> Database:
    found: Database = app.state.database
    return found


def member(app: Starlette, role: str, organisation: str, email: str) -> Person:
    """Somebody with an account, signed in."""
    with database_of(app).write() as session:
        token = accounts.invite(session, role, organisation)
    return Person(app).accept(token, email)


MEETING: Fields = {
    "C02": "Wesselerbrink",
    "C03": "2400",
    "C04": ["12-17"],
    "C05": ["wapens", "geweld", ""],
    "versie": "kort",
    "rollen": ["politie-boa", "jongerenwerk", "open"],
}


def new_meting(coordinator: Person, **changes: str | list[str]) -> str:
    """The id of a meting that this coördinator made through the form."""
    coordinator.open("/metingen/nieuw")
    closing = coordinator_closing(coordinator)
    coordinator.send("/metingen/nieuw", **{**MEETING, "sluit": closing, **changes})
    return coordinator.at.rsplit("/", 1)[1]


def coordinator_closing(person: Person) -> str:
    found = re.search(r'name="sluit" type="date" value="([^"]+)"', person.page)
    assert found
    return found[1]


def links(app: Starlette, meting_id: str) -> dict[str | None, str]:
    """Role to the address of its link."""
    with database_of(app).read() as session:
        meting = session.get_one(store.Assessment, meting_id)
        return {each.role: f"/invullen/{each.token}" for each in store.invitations(session, meting)}


def begin(person: Person, link: str, role: str | None = None) -> Person:
    """Open a link and begin."""
    person.open(link)
    more = {"rol": role} if role else {}
    return person.send(link, begin=person.hidden("begin"), **more)


def step_of(person: Person) -> str:
    return person.hidden("stap")


def fields_of(person: Person) -> list[str]:
    """The names of the questions on this page, in order."""
    names = re.findall(r'<input type="radio" id="[^"]+" name="([^"]+)"', person.page)
    return list(dict.fromkeys(names))


def fill_in(person: Person, link: str, answer: str = "3", certainty: str = "3") -> dict[str, str]:
    """Answer every step with the same answer until the end; what was filled in."""
    given: dict[str, str] = {}
    for _ in range(30):
        if not person.at.startswith(f"{link}/vragen"):
            return given
        answers = {
            name: certainty if name.startswith("Z-") else "1" if name.startswith("T-") else answer
            for name in fields_of(person)
        }
        given |= answers
        person.send(f"{link}/vragen", stap=step_of(person), actie="verder", **answers)
        assert person.status == 303, person.page
    raise AssertionError("er komt geen einde aan de vragen")


def close(app: Starlette, meting_id: str) -> None:
    """Close a meting behind the back of the pages."""
    with database_of(app).write() as session:
        store.close(session, session.get_one(store.Assessment, meting_id), store.now())

"""Signing in with one's organisation, against a real provider process: every check counts, and the groups decide the role."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import SMALL_CUPBOARD
from tests.web.people import Person, database_of, member
from web import accounts, create_app
from web.settings import Settings, SettingsError, read

USERS: dict[str, dict[str, str | list[str]]] = {
    "jo": {"email": "Jo@enschede.nl", "roles": ["iets", "kast-enschede"]},
    "an": {"email": "an@hengelo.nl", "roles": ["iets anders"]},
    "zonder": {"roles": ["kast-enschede"]},
}
ROLES = {
    "kast-beheer": "beheerder platform-ivz",
    "kast-enschede": "coordinator GM0153",
    "kast-fout": "coordinator vnon",
}
BACK = "http://testserver/inloggen/terug"


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """An OpenID provider as a process of its own."""
    port = free_port()
    users = [part for sub, claims in USERS.items() for part in ("--user-claims", json.dumps({"sub": sub, **claims}))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "True", *users]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{address}/.well-known/openid-configuration", process)
            yield address
        finally:
            process.terminate()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None
        try:
            httpx2.get(address).raise_for_status()
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("de inlogdienst start niet")


@pytest.fixture
def oidc_site(provider: str, light_site: Starlette) -> Iterator[Starlette]:
    url = light_site.state.settings.database_url
    settings = Settings(
        database_url=url, content=SMALL_CUPBOARD, base_url="http://testserver", oidc_issuer=provider, oidc_roles=ROLES,
        oidc_client_secret="x",  # noqa: S106  of nobody
    )  # fmt: skip
    app = create_app(settings)
    yield app
    app.state.database.close()


def leave(person: Person) -> str:
    """Where the provider is asked, by a browser that goes there."""
    answer = person.client.get("/inloggen/organisatie?naar=/metingen/nieuw")
    assert answer.status_code == 303
    return answer.headers["location"]


def consent(address: str, sub: str) -> str:
    """Sign in at the provider; gives the address it sends the browser back to."""
    answer = httpx2.post(address, data={"sub": sub})
    assert answer.status_code in (302, 303), answer.text
    return answer.headers["location"]


def come_back(person: Person, location: str) -> Person:
    assert location.startswith(BACK)
    return person.open(location.removeprefix("http://testserver"))


def test_a_coordinator_of_the_organisation_gets_in_and_goes_on(oidc_site: Starlette) -> None:
    person = Person(oidc_site)
    come_back(person, consent(leave(person), "jo"))
    assert person.at == "/metingen/nieuw"
    with database_of(oidc_site).read() as session:
        (made,) = accounts.all_accounts(session)
    assert (made.email, made.role, made.organisation, made.password_hash) == (
        "jo@enschede.nl",
        "coordinator",
        "GM0153",
        None,
    )


def test_the_same_person_keeps_the_same_account(oidc_site: Starlette) -> None:
    for _ in range(2):
        person = Person(oidc_site)
        come_back(person, consent(leave(person), "jo"))
    with database_of(oidc_site).read() as session:
        assert len(accounts.all_accounts(session)) == 1


def test_we_ask_with_a_code_pkce_a_nonce_and_a_state(oidc_site: Starlette) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leave(Person(oidc_site))).query).items()}
    assert (asked["response_type"], asked["code_challenge_method"], asked["redirect_uri"]) == ("code", "S256", BACK)
    assert all(len(asked[name]) >= 43 for name in ("state", "nonce", "code_challenge"))


def test_without_a_group_of_ours_nobody_gets_in(oidc_site: Starlette) -> None:
    person = Person(oidc_site)
    come_back(person, consent(leave(person), "an"))
    assert (person.status, "geen groep" in person.page) == (403, True)
    assert person.open("/metingen").at.startswith("/inloggen")


def test_without_an_address_nobody_gets_in(oidc_site: Starlette) -> None:
    person = Person(oidc_site)
    come_back(person, consent(leave(person), "zonder"))
    assert person.status == 403


def test_an_account_with_a_password_is_not_taken_over(oidc_site: Starlette) -> None:
    member(oidc_site, "lezer", "GM0141", "jo@enschede.nl")
    person = Person(oidc_site)
    come_back(person, consent(leave(person), "jo"))
    assert (person.status, "al een account met een wachtwoord" in person.page) == (403, True)


def test_a_blocked_person_stays_out(oidc_site: Starlette) -> None:
    person = Person(oidc_site)
    come_back(person, consent(leave(person), "jo"))
    with database_of(oidc_site).write() as session:
        accounts.set_active(session, 1, active=False)
    again = Person(oidc_site)
    come_back(again, consent(leave(again), "jo"))
    assert again.status == 403


def test_the_way_back_works_once(oidc_site: Starlette) -> None:
    person = Person(oidc_site)
    location = consent(leave(person), "jo")
    come_back(person, location)
    again = Person(oidc_site)
    come_back(again, location)
    assert again.status == 400


def test_another_browser_cannot_come_back_in_our_place(oidc_site: Starlette) -> None:
    location = consent(leave(Person(oidc_site)), "jo")
    victim = Person(oidc_site).open("/inloggen")
    come_back(victim, location)
    assert victim.status == 400
    assert victim.open("/metingen").at.startswith("/inloggen")


@pytest.mark.parametrize("query", ["", "state=x", "code=x", "code=x&state=y", "error=access_denied&state=x"])
def test_a_made_up_way_back_is_refused(oidc_site: Starlette, query: str) -> None:
    assert Person(oidc_site).open(f"/inloggen/terug?{query}").status == 400


def test_a_made_up_code_is_refused(oidc_site: Starlette) -> None:
    person = Person(oidc_site)
    state = parse_qs(urlsplit(leave(person)).query)["state"][0]
    assert person.open(f"/inloggen/terug?code=verzonnen&state={state}").status == 400


def test_a_provider_that_is_away_is_said(light_site: Starlette) -> None:
    url = light_site.state.settings.database_url
    app = create_app(Settings(database_url=url, content=SMALL_CUPBOARD, oidc_issuer="http://127.0.0.1:1"))
    answer = TestClient(app, raise_server_exceptions=False, follow_redirects=False).get("/inloggen/organisatie")
    assert (answer.status_code, "geeft geen antwoord" in answer.text) == (503, True)
    app.state.database.close()


def test_without_a_provider_there_is_only_the_password(light_site: Starlette) -> None:
    person = Person(light_site).open("/inloggen/organisatie")
    assert person.at == "/inloggen"
    assert "organisatie?" not in person.page


def test_groups_come_from_the_environment_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAST_OIDC_ROLES", '{"groep": "lezer GM0153"}')
    assert read().oidc_roles == {"groep": "lezer GM0153"}


@pytest.mark.parametrize("text", ["{", "[]", '{"groep": "lezer"}', '{"groep": 1}'])
def test_groups_that_cannot_be_read_are_said(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KAST_OIDC_ROLES", text)
    with pytest.raises(SettingsError, match="KAST_OIDC_ROLES"):
        read()

"""Every address behind the door, tried by everybody who should not get in. The addresses come from the site: a new one is tried by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from tests.web.people import Person, begin, database_of, fill_in, links, member, new_meting
from web import visitors
from web.routing import Part

NOTED = {"audit", "login_session", "attempt"}
"""Tables that may change when somebody is refused."""
AREA = "Geheimebuurt"


def routes_of(app: Starlette) -> Iterator[Route]:
    """Every route of the part of the site that knows accounts."""
    part = next(route for route in app.routes if isinstance(route, Part) and route.covers("/metingen"))
    yield from (route for route in _flat(part.router.routes) if isinstance(route, Route))


def _flat(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    for route in routes:
        yield from _flat(getattr(route, "routes", None) or []) if not isinstance(route, Route) else [route]


def address(route: Route, **ids: str | int) -> str:
    """The address with these ids filled in; an id that this test does not know is an error on purpose."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: str(ids[found[1]]), route.path)


def rows(app: Starlette) -> dict[str, list[str]]:
    """Everything in the database, but for what may change."""
    with database_of(app).engine.connect() as connection:
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in NOTED]
        return {table.name: sorted(str(tuple(row)) for row in connection.execute(select(table))) for table in tables}


def is_get(route: Route) -> bool:
    return "GET" in (route.methods or ())


@pytest.fixture
def theirs(light_site: Starlette) -> dict[str, str | int]:
    """A meting of Enschede with an answer in it, and the ids that belong to it."""
    owner = member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    meting = new_meting(owner, C02=AREA)
    link = links(light_site, meting)["politie-boa"]
    fill_in(begin(Person(light_site), link), link)
    return {"id": meting, "number": 1, "token": link.rsplit("/", 1)[1], "kind": "json"}


OTHERS = {
    "coordinator elders": ("coordinator", "GM0141", 404),
    "lezer elders": ("lezer", "GM0141", 404),
    "lezer van de regio": ("lezer", "vnon", 403),
    "lezer bij de politie": ("lezer", "politie", 403),
    "redacteur": ("redacteur", "GM0153", 403),
    "beheerder": ("beheerder", "platform-ivz", 403),
}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reaches_the_meting_of_a_gemeente(
    light_site: Starlette, theirs: dict[str, str | int], who: str
) -> None:
    role, organisation, refusal = OTHERS[who]
    stranger = member(light_site, role, organisation, "ander@elders.nl")
    tried = [route for route in routes_of(light_site) if route.path.startswith("/metingen/{id}")]
    before = rows(light_site)
    for route in tried:
        path = address(route, **theirs)
        if is_get(route):
            answer = stranger.client.get(path)
        else:
            stranger.open("/account")
            answer = stranger.client.post(
                path, data={"formulier": stranger.token, "actie": "nu", "sluit": "2027-01-01"}
            )
        allowed = {refusal, 403} if not is_get(route) or "verwijderen" in path else {refusal}
        assert answer.status_code in allowed, (route.methods, path)
        assert AREA not in answer.text
    assert len(tried) >= 8
    assert rows(light_site) == before


@pytest.mark.parametrize("who", [*OTHERS, "niemand"])
def test_no_other_page_speaks_of_the_meting_either(
    light_site: Starlette, theirs: dict[str, str | int], who: str
) -> None:
    stranger = Person(light_site)
    if who in OTHERS:
        stranger = member(light_site, *OTHERS[who][:2], "ander@elders.nl")
    for route in routes_of(light_site):
        if is_get(route) and "{id}" not in route.path and not route.path.startswith("/invullen/"):
            answer = stranger.client.get(address(route, token="x" * 26, number=1, id="0", kind="json"))
            assert AREA not in answer.text, route.path
            assert str(theirs["id"]) not in answer.text or route.path == "/beheer/logboek", route.path


def test_a_reader_of_the_gemeente_sees_and_changes_nothing(light_site: Starlette, theirs: dict[str, str | int]) -> None:
    reader = member(light_site, "lezer", "GM0153", "kijk@enschede.nl")
    assert AREA in reader.open("/metingen").page
    before = rows(light_site)
    for route in routes_of(light_site):
        if not is_get(route) and route.path.startswith("/metingen"):
            reader.open("/account")
            answer = reader.client.post(address(route, **theirs), data={"formulier": reader.token, "actie": "nu"})
            assert answer.status_code == 403, route.path
    assert rows(light_site) == before


def test_who_is_not_signed_in_first_signs_in(light_site: Starlette, theirs: dict[str, str | int]) -> None:
    person, before = Person(light_site).open("/inloggen"), rows(light_site)
    token = person.token
    for route in routes_of(light_site):
        if route.path.startswith(("/metingen", "/account", "/beheer", "/uitloggen")):
            path = address(route, **theirs)
            if is_get(route):
                answer = person.client.get(path)
                assert (answer.status_code, answer.headers["location"][:9]) == (303, "/inloggen"), path
            else:
                assert person.client.post(path, data={"formulier": token}).status_code == 401, path
    assert rows(light_site) == before


@pytest.mark.parametrize("link", ["", "a", "x" * 26, "x" * 500, "%00", "' OR 1=1 --", "..%2f..%2fbeheer"])
def test_a_guessed_link_leads_nowhere(light_site: Starlette, theirs: dict[str, str | int], link: str) -> None:
    person = Person(light_site).open("/inloggen")
    token = person.token
    for route in routes_of(light_site):
        if route.path.startswith("/invullen/"):
            path = address(route, token=link)
            answer = person.client.get(path) if is_get(route) else person.client.post(path, data={"formulier": token})
            assert answer.status_code in (404, 405), path
            assert AREA not in answer.text
    assert theirs


FORGED = {
    "zonder woord": lambda _token: ({}, {}),
    "met een ander woord": lambda token: ({"formulier": "x" * len(token)}, {}),
    "van een andere site": lambda token: ({"formulier": token}, {"origin": "https://kwaad.nl"}),
    "zonder afzender": lambda token: ({"formulier": token}, {"origin": "null"}),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_form_is_refused_everywhere(light_site: Starlette, theirs: dict[str, str | int], how: str) -> None:
    owner = Person(light_site).sign_in("jo@enschede.nl").open("/account")
    fields, headers = FORGED[how](owner.token)  # type: ignore[no-untyped-call]
    before, tried = rows(light_site), 0
    for route in routes_of(light_site):
        if not is_get(route):
            answer = owner.client.post(address(route, **theirs), data={"actie": "nu", **fields}, headers=headers)
            assert answer.status_code == 403, route.path
            tried += 1
    assert tried > 12
    assert rows(light_site) == before


def test_the_word_of_another_browser_is_no_good(light_site: Starlette, theirs: dict[str, str | int]) -> None:
    owner = Person(light_site).sign_in("jo@enschede.nl").open("/account")
    thief = Person(light_site).open("/inloggen")
    answer = owner.client.post(f"/metingen/{theirs['id']}/sluiten", data={"formulier": thief.token, "actie": "nu"})
    assert answer.status_code == 403


def test_a_form_that_was_open_before_signing_out_is_no_good_after(light_site: Starlette) -> None:
    owner = member(light_site, "coordinator", "GM0153", "jo@enschede.nl").open("/account")
    old = owner.token
    owner.send("/uitloggen")
    owner.sign_in("jo@enschede.nl")
    assert owner.client.post("/uitloggen", data={"formulier": old}).status_code == 403


def test_no_page_behind_the_door_is_kept_by_a_cache(light_site: Starlette, theirs: dict[str, str | int]) -> None:
    owner = Person(light_site).sign_in("jo@enschede.nl")
    for route in routes_of(light_site):
        if is_get(route):
            assert owner.client.get(address(route, **theirs)).headers["cache-control"] == "no-store", route.path


def test_a_session_is_only_an_opaque_word(light_site: Starlette) -> None:
    owner = member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    word = owner.client.cookies.get(visitors.SESSION) or ""
    assert re.fullmatch(r"[\w-]{43}", word)
    with database_of(light_site).engine.connect() as connection:
        kept = str([*connection.execute(select(SQLModel.metadata.tables["login_session"]))])
    assert word not in kept

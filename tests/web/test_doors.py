"""Every address behind the door, tried by everybody who should not get in. The addresses come from the site: a new one is tried by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from assessment import Questionnaire, store
from tests.invullingen import own
from tests.web.people import Person, begin, database_of, fill_in, links, member, new_meting
from web import accounts, visitors
from web.routing import Part

NOTED = {"audit", "login_session", "attempt"}
"""Tables that may change when somebody is refused."""
AREA = "Geheimebuurt"


def routes_of(app: Starlette) -> Iterator[Route]:
    """Every route of the site that knows who is there."""
    yield from (route for _, route in _flat(app.routes) if isinstance(route, visitors.Door))


def pages_of(app: Starlette, everywhere: bool) -> list[str]:
    """Every address behind the door, or of the whole site with its API, that can be asked for without knowing an id."""
    found = _flat(app.routes) if everywhere else (("", route) for route in routes_of(app))
    return sorted({prefix + route.path for prefix, route in found if is_get(route) and "{" not in prefix + route.path})


def _flat(routes: Iterable[BaseRoute], prefix: str = "") -> Iterator[tuple[str, Route]]:
    for route in routes:
        if isinstance(route, Route):
            yield prefix, route
        else:
            within = route.router.routes if isinstance(route, Part) else getattr(route, "routes", None) or []
            yield from _flat(within, prefix + getattr(route, "path", ""))


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
    """An open meting of Enschede with an answer in it, and the ids that belong to it."""
    owner = member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    meting = new_meting(owner, C02=AREA)
    link = links(light_site, meting)["politie-boa"]
    fill_in(begin(Person(light_site), link), link)
    return {"id": meting, "number": 1, "token": link.rsplit("/", 1)[1], "kind": "json"}


@pytest.fixture
def finished(light_site: Starlette, theirs: dict[str, str | int]) -> dict[str, str | int]:
    """A closed meting of Enschede with a profile and agreements: on every page of it there is something to see."""
    with database_of(light_site).write() as session:
        meting = store.create(
            session,
            municipality="GM0153",
            area=AREA,
            short=True,
            situation={"C02": [AREA]},
            roles=["politie-boa", "jongerenwerk"],
            closes_at=store.now() + store.KEEP,
            created_by="1",
        )
        found, number = meting.id, store.invitations(session, meting)[0].id or 0
        items = [item.id for item in Questionnaire.load().items(short=True)]
        for place, role in enumerate(["politie-boa", "politie-boa", "jongerenwerk", "jongerenwerk"]):
            response = store.start(session, meting, role, f"begin {place}", [f"sleutel {place}"])
            store.save(session, own(session, response), dict.fromkeys(items, "3"))
        talk = store.Conversation(assessment_id=found, held_on=date(2026, 11, 20), with_youth=True, with_residents=True)
        store.agree(session, talk, [store.AgreedPriority(assessment_id=found, axis="wapens", place=1, reason="")])
        store.close(session, meting, store.now())
    return {**theirs, "id": found, "number": number}


OTHERS = {
    "coordinator elders": ("coordinator", "GM0141"),
    "lezer elders": ("lezer", "GM0141"),
    "lezer van de regio": ("lezer", "vnon"),
    "lezer bij de politie": ("lezer", "politie"),
    "redacteur van de gemeente zelf": ("redacteur", "GM0153"),
    "beheerder van de gemeente zelf": ("beheerder", "GM0153"),
}
PUBLIC = ("/inloggen", "/welkom", "/invullen")
MEMBERS = ("/account", "/uitloggen")
COORDINATORS = ("/metingen/nieuw", "/metingen/{id}/sluiten", "/metingen/{id}/verwijderen")
"""Pages that only lead to a form that changes something."""


def refusal(role: str, organisation: str, route: Route) -> int | None:
    """What somebody who is not of the gemeente gets here; None where they may come. A new kind of address must be put here."""
    has_gemeente = role in ("coordinator", "lezer") and organisation.startswith("GM")
    for_coordinators = not is_get(route) or route.path in COORDINATORS
    if route.path.startswith(PUBLIC + MEMBERS):
        return None
    if route.path.startswith("/beheer"):
        return None if role == "beheerder" else 403
    if route.path == "/regio":
        return None if role == "lezer" and organisation == "vnon" else 403
    assert route.path.startswith("/metingen"), route.path
    if not has_gemeente or (for_coordinators and role != "coordinator"):
        return 403
    return 404 if "{id}" in route.path else None


def test_every_role_is_among_those_who_try() -> None:
    assert {role for role, _ in OTHERS.values()} == set(accounts.Role)


@pytest.mark.parametrize("who", OTHERS)
def test_every_route_refuses_everybody_else(
    light_site: Starlette, theirs: dict[str, str | int], finished: dict[str, str | int], who: str
) -> None:
    stranger = member(light_site, *OTHERS[who], "ander@elders.nl").open("/account")
    before, refused = rows(light_site), 0
    tried = [(route, ids) for route in routes_of(light_site) for ids in (theirs, finished)]
    for route, ids in tried:
        expected, path = refusal(*OTHERS[who], route), address(route, **ids)
        if expected:
            fields = {"formulier": stranger.token, "actie": "nu", "sluit": "2027-01-01", "cijfer": "R03"}
            answer = stranger.client.get(path) if is_get(route) else stranger.client.post(path, data=fields)
            assert answer.status_code == expected, (route.methods, path)
            assert AREA not in answer.text, path
            refused += 1
    assert refused >= 40
    assert rows(light_site) == before


def test_its_own_coordinator_does_see_something_there(light_site: Starlette, finished: dict[str, str | int]) -> None:
    """Otherwise the walk above would prove nothing."""
    owner = Person(light_site).sign_in("jo@enschede.nl")
    for route in routes_of(light_site):
        if is_get(route) and route.path.startswith("/metingen/{id}"):
            answer = owner.client.get(address(route, **finished), follow_redirects=True)
            assert (answer.status_code, AREA in answer.text) == (200, True), route.path


def test_a_link_of_another_meting_is_not_renewed_through_ones_own(
    light_site: Starlette, theirs: dict[str, str | int]
) -> None:
    stranger = member(light_site, "coordinator", "GM0141", "an@almelo.nl")
    own, before = new_meting(stranger), links(light_site, str(theirs["id"]))
    with database_of(light_site).read() as session:
        found = store.invitations(session, session.get_one(store.Assessment, str(theirs["id"])))
    for link in found:
        assert stranger.open(f"/metingen/{own}").send(f"/metingen/{own}/links/{link.id}").status == 404
    assert links(light_site, str(theirs["id"])) == before


def test_a_meting_is_always_of_ones_own_gemeente_whatever_is_sent_along(light_site: Starlette) -> None:
    owner = member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    meting = new_meting(
        owner, C01="GM0141", municipality="GM0141", gemeente="GM0141", id="abc", created_by="9", questionnaire="x",
        closes_at="2020-01-01", short="", C06="5",
    )  # fmt: skip
    with database_of(light_site).read() as session:
        made = session.get_one(store.Assessment, meting)
    assert (made.municipality, made.situation["C01"], made.created_by) == ("GM0153", ["GM0153"], "1")
    assert (made.is_open, made.short, made.id == "abc", "C06" in made.situation) == (True, True, False, False)


@pytest.mark.parametrize("who", [*OTHERS, "niemand"])
def test_no_other_page_speaks_of_the_meting_either(
    light_site: Starlette, finished: dict[str, str | int], who: str
) -> None:
    stranger = member(light_site, *OTHERS[who], "ander@elders.nl") if who in OTHERS else Person(light_site)
    for path in pages_of(light_site, everywhere=who not in OTHERS):
        answer = stranger.client.get(path)
        assert answer.status_code < 500, path
        assert AREA not in answer.text, path
        assert str(finished["id"]) not in answer.text or path == "/beheer/logboek", path


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


GUESSED = ("", "a", "x" * 26, "x" * 500, "%00", "' OR 1=1 --", "..%2f..%2fbeheer")


def test_a_guessed_link_leads_nowhere(light_site: Starlette, theirs: dict[str, str | int]) -> None:
    person = Person(light_site).open("/inloggen")
    token, real = person.token, str(theirs["token"])
    tried = [route for route in routes_of(light_site) if route.path.startswith("/invullen/")]
    assert len(tried) >= 9
    for link in (*GUESSED, real[:-1], real + "a", real.upper()):
        for route in tried:
            path = address(route, token=link)
            answer = person.client.get(path) if is_get(route) else person.client.post(path, data={"formulier": token})
            assert answer.status_code in (404, 405), path
            assert AREA not in answer.text


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
    assert tried >= 17
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

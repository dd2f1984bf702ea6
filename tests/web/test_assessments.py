"""What a coördinator does with a meting: make it, hand out its links, see how far it is, close it, throw it away."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.applications import Starlette

from assessment import store
from tests.web.people import Person, begin, close, database_of, fields_of, fill_in, links, new_meting, step_of


@pytest.fixture
def meting(coordinator: Person) -> str:
    return new_meting(coordinator)


def one_step(person: Person, link: str) -> None:
    answers = dict.fromkeys(fields_of(person), "3")
    person.send(f"{link}/vragen", stap=step_of(person), actie="stoppen", **answers)


def all_metingen(app: Starlette) -> list[store.Assessment]:
    with database_of(app).read() as session:
        return store.all_of(session, "GM0153")


def test_a_meting_gets_a_link_and_a_square_per_role(coordinator: Person, light_site: Starlette, meting: str) -> None:
    found = links(light_site, meting)
    assert set(found) == {"politie-boa", "jongerenwerk", None}
    assert len(set(found.values())) == 3
    coordinator.open(f"/metingen/{meting}/uitnodiging")
    assert coordinator.page.count("<svg ") - coordinator.page.count("brand-mark") == 3
    assert all(address in coordinator.page for address in found.values())


WRONG: dict[str, tuple[dict[str, str | list[str]], str]] = {
    "geen wijk": ({"C02": ""}, "Vul dit in"),
    "een naam": ({"C02": "De straat van Fleur Agema"}, "naam van een persoon"),
    "geen probleem": ({"C05": ["", "", ""]}, "Kies minstens één antwoord"),
    "geen versie": ({"versie": "middel"}, "Kies de korte of de lange versie"),
    "geen rol": ({"rollen": []}, "Kies minstens één rol"),
    "onbekende rol": ({"rollen": ["kapitein"]}, "Kies minstens één rol"),
    "geen dag": ({"sluit": "ooit"}, "Kies een dag van morgen"),
    "gisteren": ({"sluit": "2020-01-01"}, "Kies een dag van morgen"),
    "te ver": ({"sluit": "2099-01-01"}, "Kies een dag van morgen"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_said_and_what_was_typed_stays(coordinator: Person, light_site: Starlette, what: str) -> None:
    fields, said = WRONG[what]
    new_meting(coordinator, **{"C03": "2417", **fields})
    assert (coordinator.status, said in coordinator.page) == (400, True)
    assert 'value="2417"' in coordinator.page
    assert all_metingen(light_site) == []


def test_progress_counts_people_per_role_and_says_nothing_else(
    coordinator: Person, light_site: Starlette, meting: str
) -> None:
    link = links(light_site, meting)["politie-boa"]
    fill_in(begin(Person(light_site), link), link, "4")
    one_step(begin(Person(light_site), link), link)
    begin(Person(light_site), link)  # and answers nothing
    page = coordinator.open(f"/metingen/{meting}").page
    assert re.search(r"Politie of boa</th><td[^>]*>2</td><td[^>]*>1</td>", page)
    assert re.search(r"Jongerenwerk</th><td[^>]*>0</td><td[^>]*>0</td>", page)


def test_closing_is_asked_first_and_says_how_far_it_is(coordinator: Person, light_site: Starlette, meting: str) -> None:
    link = links(light_site, meting)["politie-boa"]
    one_step(begin(Person(light_site), link), link)
    coordinator.open(f"/metingen/{meting}/sluiten")
    assert "Eén persoon is begonnen, in 1 rol" in coordinator.page
    assert "Onder de 3 invullers is er geen profiel" in coordinator.page
    coordinator.send(f"/metingen/{meting}/sluiten", actie="nu")
    assert (coordinator.status, "Gesloten op" in coordinator.page) == (303, True)
    assert not all_metingen(light_site)[0].is_open
    assert coordinator.open(f"/metingen/{meting}/sluiten").at == f"/metingen/{meting}"


@pytest.mark.parametrize("typed", ["%Y-%m-%d", "%d-%m-%Y"])
def test_the_last_day_can_be_put_off(coordinator: Person, meting: str, typed: str) -> None:
    later = store.now().date() + timedelta(days=99)
    coordinator.open(f"/metingen/{meting}").send(
        f"/metingen/{meting}/sluiten", actie="dag", sluit=later.strftime(typed)
    )
    assert coordinator.status == 303
    assert f'value="{later.isoformat()}"' in coordinator.page


@pytest.mark.parametrize("day", ["ooit", "2020-01-01", "2099-01-01", ""])
def test_a_day_that_cannot_be_is_said(coordinator: Person, light_site: Starlette, meting: str, day: str) -> None:
    before = all_metingen(light_site)[0].closes_at
    coordinator.open(f"/metingen/{meting}").send(f"/metingen/{meting}/sluiten", actie="dag", sluit=day)
    assert (coordinator.status, "Kies een dag van morgen" in coordinator.page) == (409, True)
    assert all_metingen(light_site)[0].closes_at == before


@pytest.mark.parametrize("action", ["nu", "dag"])
def test_a_closed_meting_never_opens_again(
    coordinator: Person, light_site: Starlette, meting: str, action: str
) -> None:
    coordinator.open(f"/metingen/{meting}")
    close(light_site, meting)
    later = (store.now().date() + timedelta(days=9)).isoformat()
    coordinator.send(f"/metingen/{meting}/sluiten", actie=action, sluit=later)
    assert (coordinator.status, "al gesloten" in coordinator.page) == (409, True)
    assert not all_metingen(light_site)[0].is_open


def test_a_new_link_ends_the_old_one_and_who_began_goes_on_with_the_code(
    coordinator: Person, light_site: Starlette, meting: str
) -> None:
    old = links(light_site, meting)["politie-boa"]
    person = begin(Person(light_site), old)
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", person.page)
    assert code
    with database_of(light_site).read() as session:
        (number,) = (
            i.id
            for i in store.invitations(session, session.get_one(store.Assessment, meting))
            if i.role == "politie-boa"
        )
    coordinator.open(f"/metingen/{meting}").send(f"/metingen/{meting}/links/{number}")
    new = links(light_site, meting)["politie-boa"]
    assert person.open(old).status == 404
    elsewhere = Person(light_site).open(new)
    assert elsewhere.send(f"{new}/code", code=code[0]).at == f"{new}/vragen"


def test_throwing_away_is_asked_first_and_leaves_nothing(
    coordinator: Person, light_site: Starlette, meting: str
) -> None:
    link = links(light_site, meting)["politie-boa"]
    fill_in(begin(Person(light_site), link), link)
    assert "Alle antwoorden van 1 invuller" in coordinator.open(f"/metingen/{meting}/verwijderen").page
    coordinator.send(f"/metingen/{meting}/verwijderen")
    assert (coordinator.at, "Er zijn nog geen metingen" in coordinator.page) == ("/metingen", True)
    with database_of(light_site).read() as session:
        assert session.exec(select(store.StoredAnswer)).all() == []
    assert Person(light_site).open(link).status == 404

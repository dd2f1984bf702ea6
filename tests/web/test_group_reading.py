"""The reading of a group beside a meting: closed answers, what to find out first, and what it does to the advice."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette

from assessment import store
from tests.web.people import Person, database_of, member, new_meting

FULL: dict[str, str | list[str]] = {
    "G01": "last",
    "G02": ["plek", "omvang", "rollen", "goed"],
    "G03": "midden",
    "G04": "klein",
    "G05": "gelijk",
    "G06": "mijden",
    "G07": "ja",
}


@pytest.fixture
def page(coordinator: Person) -> str:
    address = f"/metingen/{new_meting(coordinator)}/groep"
    coordinator.open(address)
    return address


def situation(app: Starlette, page: str) -> dict[str, list[str]]:
    with database_of(app).read() as session:
        return session.get_one(store.Assessment, page.split("/")[2]).situation


def knowledge(app: Starlette, page: str) -> str | None:
    with database_of(app).read() as session:
        meting = session.get_one(store.Assessment, page.split("/")[2])
        return store.context_of(store.questionnaire_of(session, meting), meting).group_knowledge


def test_a_full_reading_makes_the_group_known_to_the_advice(
    light_site: Starlette, coordinator: Person, page: str
) -> None:
    coordinator.send(page, **FULL)
    assert coordinator.status == 303
    assert knowledge(light_site, page) == "ja"
    assert "goed genoeg voor een groepsaanpak" in coordinator.page


def test_an_empty_reading_advises_against_group_interventions_and_says_where_to_begin(
    light_site: Starlette, coordinator: Person, page: str
) -> None:
    coordinator.send(page, G01="weet-niet")
    assert knowledge(light_site, page) == "nee"
    assert "raden wij daarom af" in coordinator.page
    assert "stap 1 van het 7-stappenmodel" in coordinator.page


def test_what_is_filled_in_comes_back_and_can_be_changed(light_site: Starlette, coordinator: Person, page: str) -> None:
    coordinator.send(page, **FULL)
    assert 'value="mijden" checked' in coordinator.open(page).page
    coordinator.send(page, **{**FULL, "G07": "nee"})
    assert knowledge(light_site, page) == "deels"


def test_a_name_is_no_answer_and_is_not_kept(light_site: Starlette, coordinator: Person, page: str) -> None:
    coordinator.send(page, **{**FULL, "G01": "Jan de Vries", "G08": "Piet"})
    assert coordinator.status == 400
    assert "G01" not in situation(light_site, page)
    coordinator.open(page).send(page, **{**FULL, "G08": "Piet"})
    assert "G08" not in situation(light_site, page)


def test_no_field_on_the_page_takes_free_text(coordinator: Person, page: str) -> None:
    assert "<textarea" not in coordinator.open(page).page
    assert 'type="text"' not in coordinator.page


def test_who_only_reads_cannot_change_it(light_site: Starlette, page: str) -> None:
    reader = member(light_site, "lezer", "GM0153", "kijk@enschede.nl").open(page)
    assert "Bewaar" not in reader.page
    assert reader.send(page, **FULL).status == 403

"""What stands beside a factor on the page of a profile: figures, roles that differ, the region, and the group that nobody read."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette

from assessment import Difference, Verdict, store
from kb import KnowledgeBase
from tests.web.people import Person, begin, close, database_of, fill_in, links, member, new_meting
from tests.web.test_region import measured
from tests.web.test_registrations import HAND
from web import beside


def profile_page(app: Starlette, meting: str, code: str = "GM0153") -> str:
    """The page as its coördinator sees it."""
    return Person(app).sign_in(f"jo@{code.lower()}.nl").open(f"/metingen/{meting}/profiel").page


def test_a_figure_stands_beside_the_factor_with_its_source(light_site: Starlette) -> None:
    coordinator = member(light_site, "coordinator", "GM0153", "jo@gm0153.nl")
    meting = new_meting(coordinator)
    page = f"/metingen/{meting}/cijfers"
    coordinator.open(page).send(page, **{**HAND, "cijfer": "R13", "bron": "GGD Twente"})
    link = links(light_site, meting)
    for role in ("politie-boa", "jongerenwerk", "jongerenwerk"):
        fill_in(begin(Person(light_site), link[role]), link[role])
    close(light_site, meting)
    assert "cijfer ‘Alcohol: recent gedronken of dronken’: meer dan verwacht (GGD Twente, 2024)" in profile_page(
        light_site, meting
    )


def test_the_region_stands_beside_a_profile_from_three_gemeenten_on(light_site: Starlette) -> None:
    own = measured(light_site, "GM0153", "4")
    measured(light_site, "GM0141", "0")
    assert "Naast de regio" not in profile_page(light_site, own)
    measured(light_site, "GM0147", "0")
    page = profile_page(light_site, own)
    assert "Naast de regio" in page
    assert "hoger (regio 35, hier 100)" in page


def test_gemeenten_of_another_region_do_not_count(light_site: Starlette) -> None:
    own = measured(light_site, "GM0153", "4")
    for code in ("GM0014", "GM0034"):
        measured(light_site, code, "0")
    assert "Naast de regio" not in profile_page(light_site, own)


def test_every_gemeente_sees_the_same_region(light_site: Starlette) -> None:
    """Otherwise two of them could work out a third by laying their pages side by side."""
    first, second, _ = (measured(light_site, c, a) for c, a in (("GM0153", "4"), ("GM0141", "0"), ("GM0147", "1")))
    assert "(regio 40, hier 100)" in profile_page(light_site, first)
    assert "(regio 40, hier 0)" in profile_page(light_site, second, "GM0141")


@pytest.mark.parametrize(
    ("factor", "words"), [("agressie", ["hoger", "lager"]), ("zelfcontrole", ["sterker", "zwakker"])]
)
def test_a_risk_is_higher_and_protection_is_stronger(echte_kast: KnowledgeBase, factor: str, words: list[str]) -> None:
    differences = [{factor: Difference(factor, 40, 80, verdict)} for verdict in (Verdict.HIGHER, Verdict.LOWER)]
    assert [row.words for each in differences for row in beside.laid(echte_kast, each)] == words


def test_what_may_be_chance_is_not_called_clear(echte_kast: KnowledgeBase) -> None:
    differences = {
        "agressie": Difference("agressie", 40, 45, Verdict.UNCLEAR),
        "wapenbezit": Difference("wapenbezit", 20, 80, Verdict.HIGHER),
    }
    clear = {row.factor.id: row.is_clear for row in beside.laid(echte_kast, differences)}
    assert clear == {"agressie": False, "wapenbezit": True}


def differing(app: Starlette, police: int, youth_work: int) -> str:
    coordinator = member(app, "coordinator", "GM0153", "jo@gm0153.nl")
    meting = new_meting(coordinator, rollen=["politie-boa", "jongerenwerk", "school-leerplicht"])
    link = links(app, meting)
    people = [("politie-boa", "4")] * police + [("jongerenwerk", "0")] * youth_work + [("school-leerplicht", "0")] * 3
    for role, answer in people:
        fill_in(begin(Person(app), link[role]), link[role], answer)
    close(app, meting)
    return meting


def test_where_people_differ_the_roles_stand_beside_it(light_site: Starlette) -> None:
    page = profile_page(light_site, differing(light_site, 3, 3))
    assert "hierover verschilt men van mening" in page
    assert "per rol: Jongerenwerk zeer laag, Politie of boa zeer hoog, School of leerplicht zeer laag" in page


def test_a_role_of_one_person_hides_itself_and_what_would_give_it_away(light_site: Starlette) -> None:
    page = profile_page(light_site, differing(light_site, 1, 3))
    assert "hierover verschilt men van mening" in page
    assert "Politie of boa zeer hoog" not in page


@pytest.mark.parametrize(("level", "asked"), [("groep", True), ("individueel", False)])
def test_a_group_that_nobody_read_is_said_and_goes_along_to_the_advice(
    light_site: Starlette, level: str, asked: bool
) -> None:
    meting = measured(light_site, "GM0153")
    with database_of(light_site).write() as session:
        store.describe(session, session.get_one(store.Assessment, meting), {"C07": [level]})
    page = profile_page(light_site, meting)
    assert ("Duid eerst samen de groep" in page) is asked
    assert ("groepskennis=nee" in page) is asked


def test_remarks_of_several_kinds_come_together_in_order() -> None:
    found = beside.together([{"a": ["een"]}, {"b": ["twee"]}, {"a": ["drie"]}])
    assert found == {"a": ["een", "drie"], "b": ["twee"]}

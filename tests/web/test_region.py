"""The region: what gemeenten have in common, and nothing of one of them but what it agreed to work on."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette

import kb
from assessment import FactorScore, Profile, municipalities, store
from tests.web.people import Person, begin, close, database_of, fill_in, links, member, new_meting
from web import region

CUPBOARD = kb.load()


def measured(app: Starlette, code: str, answer: str = "3", people: int = 3) -> str:
    """A closed meting of this gemeente with so many respondents in two roles."""
    coordinator = member(app, "coordinator", code, f"jo@{code.lower()}.nl")
    meting = new_meting(coordinator, C02=f"Geheimebuurt {code}")
    found = links(app, meting)
    for place in range(people):
        link = found["politie-boa" if place % 2 else "jongerenwerk"]
        fill_in(begin(Person(app), link), link, answer)
    close(app, meting)
    return meting


def agree(app: Starlette, meting: str, *axes: str) -> None:
    with database_of(app).write() as session:
        talk = store.Conversation(
            assessment_id=meting, held_on=store.now().date(), with_youth=True, with_residents=True
        )
        chosen = [store.AgreedPriority(assessment_id=meting, axis=axis, place=n) for n, axis in enumerate(axes, 1)]
        dropped = store.AgreedPriority(assessment_id=meting, axis="weggelaten", place=0, suggested=1)
        store.agree(session, talk, [*chosen, dropped])


@pytest.fixture
def ivz(light_site: Starlette) -> Person:
    return member(light_site, "lezer", "platform-ivz", "ivz@voorbeeld.nl")


@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [
        ("lezer", "platform-ivz", 200),
        ("lezer", "vnon", 200),
        ("lezer", "politie", 403),
        ("lezer", "GM0153", 403),
        ("coordinator", "GM0153", 403),
        ("beheerder", "platform-ivz", 403),
        ("redacteur", "vnon", 403),
    ],
)
def test_only_who_brings_gemeenten_together_sees_the_region(
    light_site: Starlette, role: str, organisation: str, status: int
) -> None:
    visitor = member(light_site, role, organisation, "wie@voorbeeld.nl").open("/regio")
    assert visitor.status == status
    assert "ververs" not in visitor.page


@pytest.mark.parametrize(
    ("role", "organisation", "first"),
    [
        ("lezer", "vnon", "/regio"),
        ("lezer", "GM0153", "/metingen"),
        ("lezer", "politie", "/account"),
        ("beheerder", "platform-ivz", "/beheer"),
        ("redacteur", "vnon", "/account"),
    ],
)
def test_everybody_first_comes_to_a_page_they_may_see(
    light_site: Starlette, role: str, organisation: str, first: str
) -> None:
    visitor = member(light_site, role, organisation, "wie@voorbeeld.nl")
    assert visitor.at == first
    assert visitor.open(first).status == 200


def test_the_map_has_every_gemeente_of_twente_once_on_a_place_of_its_own() -> None:
    assert set(region.TILES) == {one.code for one in municipalities() if one.safety_region == "VR05"}
    assert len(set(region.TILES.values())) == len(region.TILES)


@pytest.mark.parametrize(("count", "shade"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (40, 3)])
def test_a_shade_says_how_much_was_measured(count: int, shade: int) -> None:
    enschede = next(tile for tile in region.tiles({"GM0153": count}) if tile.name == "Enschede")
    assert (enschede.count, enschede.shade) == (count, shade)


def test_a_long_name_is_cut_where_it_can_be() -> None:
    assert {tile.lines for tile in region.tiles({}) if len(tile.lines) > 1} == {
        ("Hof van", "Twente"),
        ("Rijssen-", "Holten"),
    }


def test_the_map_is_the_same_whatever_was_found(light_site: Starlette, ivz: Person) -> None:
    """Two gemeenten with opposite answers and one meting each look the same."""
    measured(light_site, "GM0153", "4")
    measured(light_site, "GM0141", "0")
    page = ivz.open("/regio").page
    shades = dict(re.findall(r'class="tile tile-(\d)".*?class="tile-name"[^>]*>([^<]+)', page))
    assert {name for shade, name in shades.items() if shade == "1"} <= {"Enschede", "Almelo"}
    assert page.count('class="tile tile-1"') == 2


def test_two_gemeenten_give_no_scores_and_three_do(light_site: Starlette, ivz: Person) -> None:
    measured(light_site, "GM0153")
    measured(light_site, "GM0141")
    assert "Nog geen beeld van de regio" in ivz.open("/regio").page
    measured(light_site, "GM0147")
    page = ivz.open("/regio").page
    assert "Nog geen beeld" not in page
    assert 'data-head="In de regio"' in page


def test_an_open_meting_counts_on_the_map_but_not_in_the_scores(light_site: Starlette, ivz: Person) -> None:
    for code in ("GM0153", "GM0141"):
        measured(light_site, code)
    new_meting(member(light_site, "coordinator", "GM0147", "jo@borne.nl"))
    page = ivz.open("/regio").page
    assert "3 metingen in Twente" in page
    assert "Nog geen beeld van de regio" in page


def test_no_area_and_no_score_of_one_gemeente_is_on_the_page(light_site: Starlette, ivz: Person) -> None:
    ids = [measured(light_site, code, answer) for code, answer in (("GM0153", "4"), ("GM0141", "0"), ("GM0147", "2"))]
    page = ivz.open("/regio").page
    assert "Geheimebuurt" not in page
    assert not [number for number in ids if number in page]


def test_what_two_gemeenten_agreed_on_stands_with_both_names(light_site: Starlette, ivz: Person) -> None:
    first, second = measured(light_site, "GM0153"), measured(light_site, "GM0141")
    agree(light_site, first, "wapens", "agressie")
    agree(light_site, second, "wapens")
    page = ivz.open("/regio").page
    assert 'data-head="Gemeenten">Almelo, Enschede<' in page
    assert page.count('data-head="Gemeenten">Enschede<') == 0


def test_what_was_dropped_is_not_shared() -> None:
    assert region.shared(CUPBOARD, {"GM0153": ["wapens"], "GM0141": []}) == []


def test_the_most_shared_stands_first() -> None:
    agreed = {"GM0153": ["wapens", "agressie"], "GM0141": ["agressie"], "GM0147": ["agressie", "wapens"]}
    found = region.shared(CUPBOARD, agreed)
    assert [(one.factor.axis, len(one.names)) for one in found] == [("agressie", 3), ("wapens", 2)]


def test_protection_has_words_of_its_own() -> None:
    towns = {f"GM{n}": [Profile({"zelfcontrole": FactorScore("zelfcontrole", 20, 0.6)})] for n in range(3)}
    ((label, (row,)),) = region.rows(CUPBOARD, towns)
    assert (label, row.words, row.municipalities) == ("Jongeren zelf", "zwak", 3)


def test_the_region_is_the_same_on_both_engines(site: Starlette) -> None:
    """Metingen per gemeente, what was agreed, and the scores, from a real PostgreSQL too."""
    for code in ("GM0153", "GM0141", "GM0147"):
        agree(site, measured(site, code), "wapens")
    new_meting(Person(site).sign_in("jo@gm0153.nl"), C02="Elders")
    page = member(site, "lezer", "vnon", "regio@voorbeeld.nl").open("/regio").page
    assert "4 metingen in Twente" in page
    assert 'data-head="Gemeenten">Almelo, Borne, Enschede<' in page
    assert "(uit 3 gemeenten)" in page

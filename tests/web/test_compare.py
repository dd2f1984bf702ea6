"""Interventions next to each other, and the list to print. Everything is in the address."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from kb import KnowledgeBase
from tests.web.test_catalogue import text_of
from web import compare


def row(kast: KnowledgeBase, label: str, *ids: str) -> compare.Row:
    found = compare.compare(kast, [("id", each) for each in ids])
    return next(row for row in found.rows if row.label == label)


def address(path: str, *ids: str) -> str:
    return f"{path}?{urlencode([('id', each) for each in ids])}"


def heads(client: TestClient, *ids: str) -> list[str]:
    """The interventions at the top of the table."""
    html = client.get(address("/vergelijk", *ids)).text
    return re.findall(r'scope="col"><a href="/interventies/([a-z0-9-]+)"', html)


# Comparing


def test_what_differs_is_marked(kleine_kast: KnowledgeBase) -> None:
    assert row(kleine_kast, "Zwaarte", "sportavond", "leerwerkplek").state == compare.DIFFERS


def test_what_is_equal_is_not_marked(kleine_kast: KnowledgeBase) -> None:
    assert row(kleine_kast, "Zwaarte", "sportavond", "schoolles-online").state == compare.SAME


def test_what_is_unknown_is_no_difference(kleine_kast: KnowledgeBase) -> None:
    assert row(kleine_kast, "Kosten", "sportavond", "leerwerkplek").state == compare.PARTLY_KNOWN


def test_running_text_is_never_marked(echte_kast: KnowledgeBase) -> None:
    found = row(echte_kast, "Hoe vaak", "multisysteem-therapie", "mdft")
    assert (found.state, found.differs) == (compare.PROSE, True)


def test_a_value_that_not_all_have_is_pointed_out(kleine_kast: KnowledgeBase) -> None:
    cells = row(kleine_kast, "Preventieniveau", "sportavond", "schoolles-online").cells
    assert {value.text: value.everywhere for value in cells[0]} == {"Universeel": True, "Selectief": False}


def test_evidence_is_compared_per_outcome(echte_kast: KnowledgeBase) -> None:
    cells = row(echte_kast, "Bewijs voor delicten", "multisysteem-therapie", "halt-straf").cells
    assert [cell[0].text.split(" (")[0] for cell in cells] == ["Eerste aanwijzingen", "Geen effect"]


def test_what_other_registers_say_is_compared_with_a_link(echte_kast: KnowledgeBase) -> None:
    (value,) = row(echte_kast, "Elders beoordeeld", "multisysteem-therapie").cells[0]
    assert value.text == "Blueprints: ‘Model’"
    assert value.href
    assert value.href.startswith("https://")


def test_only_the_differences_can_be_shown(kleine_kast: KnowledgeBase) -> None:
    params = [("id", "sportavond"), ("id", "schoolles-online"), ("alleen", "verschillen")]
    assert "Zwaarte" not in [row.label for row in compare.compare(kleine_kast, params).rows]


def test_a_property_that_none_has_is_left_out(kleine_kast: KnowledgeBase) -> None:
    labels = [row.label for row in compare.compare(kleine_kast, [("id", "sportavond")]).rows]
    assert "Kosten" not in labels


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ([], "Zet twee tot vier interventies naast elkaar"),
        (["kiva"], "Kies er nog een, dan ziet u de verschillen"),
        (["kiva", "bestaat-niet"], "‘bestaat-niet’ ligt niet in de kast"),
        (["kiva", "snap", "mdft", "taakspel", "halt-straf"], "U koos er 5. Hieronder staan de eerste 4."),
    ],
    ids=["geen", "een", "onbekend", "vijf"],
)
def test_any_number_of_interventions_is_answered_kindly(client: TestClient, ids: list[str], said: str) -> None:
    assert said in text_of(client, address("/vergelijk", *ids))


def test_the_fifth_moves_up_when_one_is_taken_away(client: TestClient) -> None:
    five = ["kiva", "snap", "mdft", "taakspel", "halt-straf"]
    html = client.get(address("/vergelijk", *five)).text
    without = re.findall(r'href="(/vergelijk\?[^"]+)">Haal weg', html)[0].replace("&amp;", "&")
    assert heads(client, *re.findall(r"id=([a-z0-9-]+)", without)) == five[1:]


def test_the_same_one_twice_stands_there_once(client: TestClient) -> None:
    assert heads(client, "kiva", "kiva", "snap") == ["kiva", "snap"]


def test_a_difference_is_said_in_words(client: TestClient) -> None:
    assert "Zwaarte ≠ Verschilt" in text_of(client, address("/vergelijk", "kiva", "mdft"))


@pytest.mark.parametrize("path", ["/vergelijk", "/mijn-lijst"])
def test_a_name_is_added_to_the_address(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?id=kiva&erbij=MST")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?id=kiva&id=multisysteem-therapie")


@pytest.mark.parametrize("path", ["/vergelijk", "/mijn-lijst"])
def test_a_name_that_means_nothing_is_kept_and_explained(client: TestClient, path: str) -> None:
    html = client.get(f"{path}?id=kiva&erbij=xqzwvj").text
    assert "We vonden geen interventie die op ‘xqzwvj’ lijkt" in html
    assert 'value="xqzwvj"' in html


@pytest.mark.parametrize("path", ["/vergelijk", "/mijn-lijst"])
@pytest.mark.parametrize("given", ["<script>alert(1)</script>", "../../etc/passwd", "%00", "a" * 3000])
def test_anything_in_the_address_is_only_text(client: TestClient, path: str, given: str) -> None:
    answer = client.get(path, params={"id": given, "erbij": given})
    assert answer.status_code in (200, 303)
    assert "<script>alert" not in answer.text


# My list


def test_an_empty_list_says_how_to_begin(client: TestClient) -> None:
    assert "Uw lijst is leeg" in text_of(client, "/mijn-lijst")


def test_the_list_says_what_one_takes_to_a_meeting(client: TestClient) -> None:
    said = text_of(client, address("/mijn-lijst", "multisysteem-therapie"))
    for words in ("Goede aanwijzingen voor gedragsproblemen", "Duur: drie tot vijf maanden", "Wat het vraagt"):
        assert words in said
    assert "Aantekeningen" in said


def test_one_can_be_taken_off_the_list(client: TestClient) -> None:
    html = client.get(address("/mijn-lijst", "kiva", "snap")).text
    assert re.search(r'data-weg="kiva" href="/mijn-lijst\?id=snap"', html)


def test_the_list_travels_along_while_searching(client: TestClient) -> None:
    html = client.get("/interventies?q=messen&lijst=kiva&lijst=bestaat-niet").text
    assert '<input type="hidden" name="lijst" value="kiva">' in html
    assert '<input type="hidden" name="id" value="kiva">' in html
    assert "/interventies/messenverbod-apv?lijst=kiva" in html
    assert "bestaat-niet" not in html


def test_a_bijsluiter_adds_itself_to_the_list_it_was_given(client: TestClient) -> None:
    html = client.get("/interventies/snap?lijst=kiva").text
    assert 'href="/mijn-lijst?id=kiva&amp;id=snap"' in html
    assert 'href="/vergelijk?id=kiva&amp;id=snap"' in html

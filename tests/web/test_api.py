"""The API: the same knowledge and the same advice as on the pages, with the keys that editors know."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
import yaml
from starlette.testclient import TestClient

import kb
import matcher
from assessment import Questionnaire, from_query, read_context, read_profile, to_query
from kb import KnowledgeBase
from tests.conftest import real_cupboard
from web.advice_json import advice_as_json

API = "/api/v1"


@pytest.fixture(scope="module")
def cupboard(echte_kast: KnowledgeBase) -> KnowledgeBase:
    return echte_kast


@pytest.fixture(scope="module")
def address() -> str:
    """The query string of a worked profile."""
    case = yaml.safe_load((kb.CONTENT_FOLDER.parent / "tests" / "cases" / "profielen.yaml").read_text())[0]
    return urlencode(to_query(read_profile(case)[0], read_context(case["context"])[0]))


def ask(client: TestClient, path: str) -> Any:
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.text
    return answer.json()


# Interventions


def test_all_published_interventions_can_be_had_in_one_go(client: TestClient, cupboard: KnowledgeBase) -> None:
    found = ask(client, "/interventies?perPagina=500")["resultaten"]
    assert [i["id"] for i in found] == [i.id for i in cupboard.interventions]


def test_a_page_of_interventions_says_how_many_there_are(client: TestClient, cupboard: KnowledgeBase) -> None:
    assert ask(client, "/interventies?perPagina=1")["totaal"] == len(cupboard.interventions)


def test_pages_follow_each_other_without_gap_or_overlap(client: TestClient, cupboard: KnowledgeBase) -> None:
    pages = ask(client, "/interventies?perPagina=50")["paginas"]
    found = [
        i["id"]
        for n in range(1, pages + 1)
        for i in ask(client, f"/interventies?perPagina=50&pagina={n}")["resultaten"]
    ]
    assert found == [i.id for i in cupboard.interventions]


def test_a_page_after_the_last_is_empty(client: TestClient) -> None:
    assert ask(client, "/interventies?pagina=9999")["resultaten"] == []


def test_an_intervention_has_the_keys_of_its_file(client: TestClient, cupboard: KnowledgeBase) -> None:
    first = cupboard.interventions[0]
    assert ask(client, f"/interventies/{first.id}") == first.model_dump(by_alias=True, mode="json")


def test_the_list_gives_an_intervention_as_its_own_address_does(client: TestClient) -> None:
    listed = ask(client, "/interventies?perPagina=3")["resultaten"]
    assert listed == [ask(client, f"/interventies/{i['id']}") for i in listed]


def test_facets_narrow_as_on_the_page(client: TestClient, cupboard: KnowledgeBase) -> None:
    found = ask(client, "/interventies?vorm=gezin&vorm=school&zwaarte=licht&perPagina=500")["resultaten"]
    expected = cupboard.filter({"vorm": ["gezin", "school"], "zwaarte": ["licht"]})
    assert [i["id"] for i in found] == [i.id for i in expected]


@pytest.mark.parametrize("facet", [facet.key for facet in real_cupboard().facets])
def test_every_facet_of_the_catalogue_is_a_parameter(client: TestClient, cupboard: KnowledgeBase, facet: str) -> None:
    code = next(iter(next(f for f in cupboard.facets if f.key == facet).options))
    assert client.get(f"{API}/interventies?{urlencode({facet: code})}").status_code == 200


def test_a_search_gives_the_best_first(client: TestClient, cupboard: KnowledgeBase) -> None:
    found = ask(client, "/interventies?q=ruzie+thuis&perPagina=500")["resultaten"]
    assert [i["id"] for i in found] == [hit.intervention_id for hit in cupboard.search("ruzie thuis")]


def test_nonsense_finds_nothing(client: TestClient) -> None:
    assert ask(client, "/interventies?q=xqzjwv")["totaal"] == 0


@pytest.mark.parametrize("query", ["perPagina=0", "perPagina=501", "pagina=0", "pagina=-1", "pagina=1.5", "pagina=٣", "pagina=1&pagina=2", "per_pagina=3", "Q=x"])  # fmt: skip
def test_a_question_that_cannot_be_answered_is_400(client: TestClient, query: str) -> None:
    assert client.get(f"{API}/interventies?{query}").status_code == 400


def test_an_unknown_intervention_is_404(client: TestClient) -> None:
    assert client.get(f"{API}/interventies/bestaat-niet").status_code == 404


# Factors and questions


def test_all_factors_are_given(client: TestClient, cupboard: KnowledgeBase) -> None:
    assert [f["id"] for f in ask(client, "/factoren")["resultaten"]] == list(cupboard.factors)


def test_a_factor_has_the_keys_of_its_file(client: TestClient, cupboard: KnowledgeBase) -> None:
    expected = cupboard.factors["agressie"].model_dump(by_alias=True, mode="json")
    assert ask(client, "/factoren/agressie") == expected


def test_an_unknown_factor_is_404(client: TestClient) -> None:
    assert client.get(f"{API}/factoren/bestaat-niet").status_code == 404


def test_the_questionnaire_is_given_with_its_version(client: TestClient) -> None:
    assert ask(client, "/vragenlijst")["versie"] == Questionnaire.load().version


# Advice


def test_the_same_address_gives_the_same_advice_as_the_matcher(
    client: TestClient, cupboard: KnowledgeBase, address: str
) -> None:
    profile, context, problems = from_query(parse_qsl(address))
    assert not problems
    expected = advice_as_json(matcher.recommend(cupboard, profile, context))
    given = ask(client, f"/advies?{address}")
    assert {key: given[key] for key in expected} == expected


def test_the_reasons_are_the_score(client: TestClient, address: str) -> None:
    for found in ask(client, f"/advies?{address}")["aanbevolen"]:
        assert found["score"] == sum(reason["punten"] for reason in found["redenen"])


def test_the_keys_of_the_contract_come_first(client: TestClient, address: str) -> None:
    keys = ["uitkomst", "prioriteiten", "vlaggen", "aanbevolen", "uitgesloten", "recept"]
    assert list(ask(client, f"/advies?{address}"))[:6] == keys


def test_a_recommendation_begins_with_the_keys_of_the_contract(client: TestClient, address: str) -> None:
    assert list(ask(client, f"/advies?{address}")["aanbevolen"][0])[:3] == ["id", "score", "redenen"]


def test_a_reason_has_the_keys_of_the_contract(client: TestClient, address: str) -> None:
    reason = ask(client, f"/advies?{address}")["aanbevolen"][0]["redenen"][0]
    assert list(reason) == ["criterium", "punten", "tekst", "factoren"]


def test_what_falls_off_says_why(client: TestClient, address: str) -> None:
    excluded = ask(client, f"/advies?{address}")["uitgesloten"]
    assert excluded
    assert all(e["reden"] for e in excluded)


def test_the_recipe_only_holds_what_is_recommended(client: TestClient, address: str) -> None:
    advice = ask(client, f"/advies?{address}")
    assert set(advice["recept"]) <= {found["id"] for found in advice["aanbevolen"]}


def test_an_empty_question_gives_no_ranking(client: TestClient) -> None:
    advice = ask(client, "/advies")
    assert (advice["uitkomst"], advice["aanbevolen"]) == ("onvoldoende-gegevens", [])


@pytest.mark.parametrize(
    "query", ["factor=bestaat-niet~50", "factor=agressie~101", "ernst=9", "gemeente=Nergens", "x=1"]
)
def test_an_advice_is_not_given_on_input_that_cannot_be_read(client: TestClient, query: str) -> None:
    assert client.get(f"{API}/advies?{query}").status_code == 400


def test_an_address_of_an_older_questionnaire_still_gives_advice(client: TestClient) -> None:
    advice = ask(client, "/advies?factor=agressie~80&vragenlijst=0.0")
    assert any("andere versie" in said for said in advice["niet_meegewogen"])


def test_a_recommendation_has_its_place_and_how_steady_that_is(client: TestClient, address: str) -> None:
    first = ask(client, f"/advies?{address}")["aanbevolen"][0]
    assert first["plaats"] == 1
    assert 0 <= first["stabiliteit"] <= 1


def test_wishes_in_the_address_are_in_the_answer(client: TestClient, address: str) -> None:
    advice = ask(client, f"/advies?{address}&gewicht=bewijs~dubbel&zonder=mdft")
    assert advice["gewichten"] == [{"criterium": "bewijs", "telt": "dubbel"}]
    assert advice["weggelaten"] == ["mdft"]


def test_what_moved_is_told(client: TestClient, address: str) -> None:
    first = ask(client, f"/advies?{address}")["aanbevolen"][0]
    moved = ask(client, f"/advies?{address}&zonder={first['id']}")["verschoven"]
    assert f"{first['titel']} valt nu af." in moved


def test_why_not_is_answered_on_request(client: TestClient, address: str) -> None:
    assert ask(client, f"/advies?{address}&waaromniet=scared-straight")["waarom_niet"]["id"] == "scared-straight"


def test_the_question_that_helps_most_is_one_of_the_short_questionnaire(client: TestClient) -> None:
    asked = ask(client, "/advies?factor=agressie~80~0.7&factor=geldproblemen~70~0.6&ernst=3")["meest_helpende_vraag"]
    assert asked["vraag"] in {item.id for item in Questionnaire.load().items(short=True)}


def test_the_recept_is_given_with_other_aims(client: TestClient, address: str) -> None:
    assert all({"naam", "waarom", "delen"} <= set(r) for r in ask(client, f"/advies?{address}")["recept_alternatieven"])


@pytest.mark.parametrize("query", ["gewicht=onzin~dubbel", "zonder=bestaat-niet", "was=gemeente~GM0141"])
def test_a_wish_that_means_nothing_is_a_bad_question(client: TestClient, query: str) -> None:
    assert client.get(f"{API}/advies?{query}").status_code == 400

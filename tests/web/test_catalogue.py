"""The pages one reads: home, search, bijsluiter, factors, and what the site says about itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kb import Domain, EvidenceLevel, KnowledgeBase
from tests.conftest import SMALL_CUPBOARD
from tests.web.conftest import NewClient
from web import catalogue

PAGES = (
    "/",
    "/interventies",
    "/interventies/multisysteem-therapie",
    "/factoren",
    "/factoren/agressie",
    "/snelscan",
    "/over",
    "/privacy",
    "/toegankelijkheid",
    "/api",
    "/verantwoording",
    "/verantwoording/algoritmeregister",
    "/eigen-woorden",
    "/witte-vlekken",
    "/werkt-niet",
    "/vergelijk?id=kiva&id=mdft",
    "/mijn-lijst?id=kiva",
)

LEAFLET_ORDER = [
    "Waarvoor",
    "Voor wie",
    "Niet geschikt voor",
    "Dosering",
    "Hoe het werkt",
    "Bewijs",
    "Let op",
    "Wat het vraagt",
    "Bronnen",
    "Laatst gecontroleerd",
]


def text_of(client: TestClient, path: str) -> str:
    """The page as one line of text, without tags."""
    html = client.get(path).text
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_site_can_be_read(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_links_to_the_accessibility_statement(client: TestClient, path: str) -> None:
    assert 'href="/toegankelijkheid"' in client.get(path).text


@pytest.mark.parametrize("path", PAGES)
def test_no_page_carries_inline_style_or_script(client: TestClient, path: str) -> None:
    assert not re.search(
        r"<style|<script(?! type=\"module\" src=\"/static)|\sstyle=|\son[a-z]+=", client.get(path).text
    )


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_anything_from_elsewhere(client: TestClient, path: str) -> None:
    loaded = re.findall(r"<(?:link|script|img|iframe)[^>]+(?:href|src)=\"([^\"]+)\"", client.get(path).text)
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


def test_every_intervention_has_a_page(client: TestClient, echte_kast: KnowledgeBase) -> None:
    assert {client.get(f"/interventies/{i.id}").status_code for i in echte_kast.interventions} == {200}


def test_every_factor_has_a_page(client: TestClient, echte_kast: KnowledgeBase) -> None:
    assert {client.get(f"/factoren/{factor_id}").status_code for factor_id in echte_kast.factors} == {200}


def test_the_cabinet_has_a_drawer_for_every_leefgebied(client: TestClient) -> None:
    assert re.findall(r'href="/interventies\?leefgebied=([a-z-]+)"', client.get("/").text) == [str(d) for d in Domain]


def test_a_drawer_holds_as_many_interventions_as_its_label_says(kleine_kast: KnowledgeBase) -> None:
    for drawer in catalogue.drawers(kleine_kast):
        assert catalogue.search(kleine_kast, [("leefgebied", str(drawer.domain))]).total == drawer.count


# Searching


def test_a_misspelt_name_is_found(client: TestClient) -> None:
    assert "/interventies/multisysteem-therapie" in client.get("/interventies?q=multi+systeem+terapie").text


def test_a_result_says_why_it_matched(client: TestClient) -> None:
    assert "Gevonden op" in text_of(client, "/interventies?q=messen")


def test_the_title_of_the_results_says_how_many(client: TestClient) -> None:
    assert re.search(r"<title>\d+ interventies? voor ‘messen’", client.get("/interventies?q=messen").text)


def test_nothing_found_says_so(client: TestClient) -> None:
    assert "Niets gevonden voor ‘xqzwvj’" in text_of(client, "/interventies?q=xqzwvj")


def test_nothing_found_says_what_to_try(client: TestClient) -> None:
    assert "Dit kunt u proberen" in text_of(client, "/interventies?q=xqzwvj")


def test_what_was_typed_is_shown_as_text(client: TestClient) -> None:
    assert "<script>alert" not in client.get("/interventies?q=<script>alert(1)</script>").text


def test_two_options_of_one_facet_add_up(kleine_kast: KnowledgeBase) -> None:
    one = catalogue.search(kleine_kast, [("beschikbaarheid", "lokaal")]).total
    two = catalogue.search(kleine_kast, [("beschikbaarheid", "lokaal"), ("beschikbaarheid", "regionaal")]).total
    assert (one, two) == (1, 2)


def test_a_choice_can_be_removed_on_its_own(kleine_kast: KnowledgeBase) -> None:
    chips = catalogue.search(kleine_kast, [("beschikbaarheid", "lokaal"), ("soort", "dienst"), ("q", "a")]).chips
    assert chips[0].href == "/interventies?q=a&soort=dienst"


def test_a_choice_that_does_not_exist_is_left_aside(kleine_kast: KnowledgeBase) -> None:
    assert catalogue.search(kleine_kast, [("soort", "onzin"), ("utm_source", "x")]).chips == ()


def test_a_choice_made_twice_counts_once(kleine_kast: KnowledgeBase) -> None:
    assert len(catalogue.search(kleine_kast, [("beschikbaarheid", "lokaal")] * 2).chips) == 1


def test_factors_are_grouped_by_leefgebied(echte_kast: KnowledgeBase) -> None:
    view = next(v for v in catalogue.search(echte_kast, []).facets if v.facet.key == "factor")
    assert list(view.groups) == [domain.label for domain in Domain]


def test_evidence_is_grouped_by_outcome(echte_kast: KnowledgeBase) -> None:
    view = next(v for v in catalogue.search(echte_kast, []).facets if v.facet.key == "uitkomst")
    assert "Delicten" in view.groups
    assert all("delicten" in option.label for option in view.groups["Delicten"])


def test_choices_that_leave_nothing_say_what_to_leave_out(kleine_kast: KnowledgeBase) -> None:
    chips = catalogue.search(kleine_kast, [("zwaarte", "zwaar"), ("vorm", "school")]).chips
    assert {chip.label: chip.left for chip in chips} == {"Zwaar": 1, "School": 2}


def test_the_number_found_has_a_place_to_be_spoken(client: TestClient) -> None:
    assert 'role="status"' in client.get("/interventies").text


def test_all_interventions_are_reached_by_turning_pages(echte_kast: KnowledgeBase) -> None:
    pages = catalogue.search(echte_kast, []).pages
    seen = [
        c.intervention.id for n in range(pages) for c in catalogue.search(echte_kast, [("pagina", str(n + 1))]).cards
    ]
    assert seen == [i.id for i in echte_kast.interventions]


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "²", "9" * 40, ""])
def test_a_page_number_that_does_not_exist_leads_to_one_that_does(kleine_kast: KnowledgeBase, number: str) -> None:
    assert catalogue.search(kleine_kast, [("pagina", number)]).cards


# The bijsluiter


def test_the_bijsluiter_keeps_its_order(client: TestClient) -> None:
    headings = re.findall(r"<h2 id=[^>]+>([^<]+)</h2>", client.get("/interventies/scared-straight").text)
    assert headings[: len(LEAFLET_ORDER)] == LEAFLET_ORDER


def test_the_evidence_says_how_far_up_the_ladder_it_is(client: TestClient) -> None:
    said = text_of(client, "/interventies/multisysteem-therapie")
    assert (
        "2 van 4: Eerste aanwijzingen voor delicten Erkenningscommissie Justitiële Interventies, 8 december 2021"
        in said
    )


def test_harm_is_said_at_the_top(client: TestClient) -> None:
    html = client.get("/interventies/scared-straight").text
    assert html.index("Schadelijk voor delicten") < html.index('id="waarvoor"')


def test_another_register_speaks_in_its_own_words(client: TestClient) -> None:
    assert "Blueprints : ‘Model’" in text_of(client, "/interventies/multisysteem-therapie")


def test_a_verdict_from_elsewhere_without_a_year_says_so(client: TestClient) -> None:
    assert "‘Model’ (jaar niet gevonden)" in text_of(client, "/interventies/multisysteem-therapie")


def test_a_derived_factor_is_called_derived(client: TestClient) -> None:
    assert "Goede opvoedvaardigheden afgeleid" in text_of(client, "/interventies/multisysteem-therapie")


def test_the_data_behind_a_page_is_linked(client: TestClient) -> None:
    assert 'type="application/json" href="/api/v1/interventies/kiva"' in client.get("/interventies/kiva").text


def test_costs_that_nobody_found_are_said_to_be_unknown(new_client: NewClient) -> None:
    small = new_client(content=SMALL_CUPBOARD)
    unknown = "Kosten: niet gevonden in de bronnen"
    assert [unknown in text_of(small, f"/interventies/{name}") for name in ("leerwerkplek", "sportavond")] == [
        False,
        True,
    ]


def test_what_no_longer_exists_says_so_on_its_page_and_in_every_list(client: TestClient) -> None:
    page = "/interventies/actieplan-wapens-en-jongeren"
    assert "Dit bestaat niet meer" in text_of(client, page)
    assert "12 tot en met 17 jaar · gestopt" in text_of(client, "/interventies?q=drop je knife")
    assert "Drop je knife en inleveracties · gestopt" in text_of(client, "/interventies/messenverbod-apv")


def test_something_that_goes_well_with_it_is_linked(new_client: NewClient) -> None:
    small = new_client(content=SMALL_CUPBOARD)
    assert 'href="/interventies/leerwerkplek"' in small.get("/interventies/gezinscoach-thuis").text


@pytest.fixture(scope="module")
def with_withdrawn(new_client: NewClient, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The small cupboard, with one page withdrawn."""
    folder: Path = tmp_path_factory.mktemp("kast")
    for page in SMALL_CUPBOARD.glob("*.md"):
        (folder / page.name).write_text(page.read_text("utf-8"), "utf-8")
    withdrawn = folder / "wijkverbod.md"
    words = "status: ingetrokken\ningetrokken: {op: 2026-03-01, reden: De wet is veranderd.}"
    withdrawn.write_text(withdrawn.read_text("utf-8").replace("status: gepubliceerd", words), "utf-8")
    return new_client(content=folder)


def test_a_withdrawn_page_keeps_its_address(with_withdrawn: TestClient) -> None:
    assert with_withdrawn.get("/interventies/wijkverbod").status_code == 200


def test_a_withdrawn_page_says_when_and_why(with_withdrawn: TestClient) -> None:
    assert "ingetrokken op 1 maart 2026 De wet is veranderd." in text_of(with_withdrawn, "/interventies/wijkverbod")


def test_a_withdrawn_page_is_kept_out_of_search_engines(with_withdrawn: TestClient) -> None:
    assert '<meta name="robots" content="noindex">' in with_withdrawn.get("/interventies/wijkverbod").text


def test_a_withdrawn_page_is_not_in_the_list(with_withdrawn: TestClient) -> None:
    assert "/interventies/wijkverbod" not in with_withdrawn.get("/interventies").text


@pytest.mark.parametrize("path", ["/interventies/bestaat-niet", "/factoren/bestaat-niet"])
def test_what_does_not_exist_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


# Factors and the rest


def test_a_factor_names_the_interventions_that_work_on_it(client: TestClient) -> None:
    assert "/interventies/multisysteem-therapie" in client.get("/factoren/agressie").text


def test_a_factor_without_a_measure_says_so(client: TestClient, echte_kast: KnowledgeBase) -> None:
    unsure = next(factor for factor in echte_kast.factors.values() if factor.strength_certainty == "laag")
    assert "neutrale beginwaarde" in text_of(client, f"/factoren/{unsure.id}")


def test_the_accessibility_status_stays_c_until_an_audit(client: TestClient) -> None:
    assert "Status: C, eerste maatregelen genomen" in text_of(client, "/toegankelijkheid")


def test_the_evidence_levels_are_all_explained(client: TestClient) -> None:
    said = text_of(client, "/over")
    assert all(level.label in said for level in EvidenceLevel)


def test_addresses_on_the_api_page_exist(client: TestClient) -> None:
    links = re.findall(r'href="(/api/v1/[^"]+)"', client.get("/api").text)
    assert {client.get(link).status_code for link in links} == {200}

"""Looking into the cupboard: pages, filters and facets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import kb
from kb import Domain, KnowledgeBase
from tests.kb.pages import page

WITHDRAWN = ("status: gepubliceerd", "status: ingetrokken\ningetrokken: {op: 2026-01-02, reden: Bestaat niet meer.}")


def ids(found: tuple[kb.Intervention, ...]) -> list[str]:
    return [intervention.id for intervention in found]


def test_pages_come_in_order_of_title(kleine_kast: KnowledgeBase) -> None:
    titles = [intervention.title.casefold() for intervention in kleine_kast.interventions]
    assert titles == sorted(titles)


def test_a_page_is_found_by_its_file_name(kleine_kast: KnowledgeBase) -> None:
    found = kleine_kast.get("sportavond")
    assert found
    assert found.title == "Sportavond in de wijk"


def test_an_unknown_id_gives_nothing(kleine_kast: KnowledgeBase) -> None:
    assert kleine_kast.get("../README") is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sportavond", "sportavond"),
        ("LEERWERKPLEK", "leerwerkplek"),
        ("werk en leren", "leerwerkplek"),
        ("gezinscoch", "gezinscoach-thuis"),
        ("xqzwvj", None),
        ("", None),
    ],
    ids=["id", "titel", "andere naam", "tikfout", "onzin", "niets"],
)
def test_a_page_is_found_by_whatever_someone_calls_it(
    kleine_kast: KnowledgeBase, typed: str, expected: str | None
) -> None:
    found = kleine_kast.find(typed)
    assert (found.id if found else None) == expected


def test_a_concept_is_not_shown(tmp_path: Path) -> None:
    kast = KnowledgeBase([page(tmp_path, ("status: gepubliceerd", "status: concept"))], {})
    assert (kast.get("mijn-aanpak"), kast.interventions) == (None, ())


def test_a_withdrawn_page_keeps_its_address_but_is_not_offered(tmp_path: Path) -> None:
    kast = KnowledgeBase([page(tmp_path, WITHDRAWN)], {})
    found = kast.get("mijn-aanpak")
    assert found
    assert found.withdrawal
    assert found.withdrawal.reason == "Bestaat niet meer."
    assert kast.interventions == ()


def test_interventions_are_found_by_the_factor_they_work_on(kleine_kast: KnowledgeBase) -> None:
    assert ids(kleine_kast.working_on("weerbaarheid")) == ["leerwerkplek", "schoolles-online"]


def test_interventions_are_found_by_domain(kleine_kast: KnowledgeBase) -> None:
    assert ids(kleine_kast.in_domain(Domain.FRIENDS)) == ["sportavond", "wijkverbod"]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({}, ["gezinscoach-thuis", "leerwerkplek", "oud-strafkamp", "schoolles-online", "sportavond", "wijkverbod"]),
        ({"zwaarte": ["licht"]}, ["schoolles-online", "sportavond"]),
        ({"zwaarte": ["licht", "zwaar"]}, ["gezinscoach-thuis", "oud-strafkamp", "schoolles-online", "sportavond"]),
        ({"zwaarte": ["licht", "zwaar"], "vorm": ["groep"]}, ["oud-strafkamp", "sportavond"]),
        ({"leeftijd": ["23-27"]}, ["leerwerkplek", "wijkverbod"]),
        ({"bewijs": ["niet-beoordeeld"]}, ["schoolles-online", "sportavond"]),
        ({"beschikbaarheid": ["regionaal"], "vorm": ["school"]}, []),
        ({"uitkomst": ["delictgedrag~sterke-aanwijzingen"]}, ["gezinscoach-thuis"]),
        ({"uitkomst": ["delictgedrag~eerste-aanwijzingen"]}, []),
        ({"twente": ["loopt"]}, ["leerwerkplek", "sportavond"]),
        ({"twente": ["onbekend"]}, ["oud-strafkamp"]),
        ({"factor": ["agressie", "jeugdgroep"]}, ["gezinscoach-thuis", "wijkverbod"]),
        ({"zwaarte": ["loodzwaar"], "kleur": ["blauw"], "vorm": []}, None),
    ],
    ids=str,
)
def test_filters_join_within_a_facet_and_narrow_across_facets(
    kleine_kast: KnowledgeBase, selection: Mapping[str, list[str]], expected: list[str] | None
) -> None:
    everything = ids(kleine_kast.interventions)
    assert ids(kleine_kast.filter(selection)) == (everything if expected is None else expected)


def test_a_filter_can_look_among_some_pages_only(kleine_kast: KnowledgeBase) -> None:
    among = kleine_kast.working_on("weerbaarheid")
    assert ids(kleine_kast.filter({"zwaarte": ["licht"]}, among)) == ["schoolles-online"]


@pytest.mark.parametrize("cupboard", ["kleine_kast", "echte_kast"])
def test_a_facet_never_offers_an_empty_page(cupboard: str, request: pytest.FixtureRequest) -> None:
    kast: KnowledgeBase = request.getfixturevalue(cupboard)
    selection = {"zwaarte": ["licht"], "vorm": ["school", "groep"]}
    for key, options in kast.count(selection).items():
        for option in options:
            assert option.selected or option.count
            narrowed = kast.filter({**selection, key: [option.code]})
            assert len(narrowed) == option.count, (key, option.code)


def test_a_chosen_option_stays_visible_when_nothing_is_left(kleine_kast: KnowledgeBase) -> None:
    counted = kleine_kast.count({"zwaarte": ["zwaar"], "vorm": ["school"]})
    assert [(option.code, option.count) for option in counted["zwaarte"] if option.selected] == [("zwaar", 0)]


def test_the_counts_of_a_facet_leave_out_its_own_choice(kleine_kast: KnowledgeBase) -> None:
    free, chosen = kleine_kast.count({})["zwaarte"], kleine_kast.count({"zwaarte": ["licht"]})["zwaarte"]
    assert [option.count for option in free] == [option.count for option in chosen]


def test_every_facet_code_is_one_of_its_options(echte_kast: KnowledgeBase) -> None:
    for facet in echte_kast.facets:
        used = {str(code) for intervention in echte_kast.interventions for code in facet.codes(intervention)}
        assert used <= facet.options.keys()


def test_a_page_is_found_by_the_id_it_had_before(kleine_kast: KnowledgeBase) -> None:
    pages = [
        i.model_copy(update={"former_ids": ("oude-werkplek",)}) if i.id == "leerwerkplek" else i
        for i in kleine_kast.visible
    ]
    moved = KnowledgeBase(pages, kleine_kast.factors)
    found = moved.get("oude-werkplek")
    assert found
    assert found.id == "leerwerkplek"
    assert moved.get("nog-ouder") is None

"""Looking into the cupboard: pages, filters and facets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import kb
from kb import ContentError, Domain, KnowledgeBase
from tests.conftest import SMALL_CUPBOARD
from tests.kb.pages import GOOD_TEXT, changed, page, write

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


def test_a_folder_with_one_mistake_is_not_served(tmp_path: Path) -> None:
    write(tmp_path, GOOD_TEXT)
    write(tmp_path, changed(("zwaarte: midden", "zwaarte: x")), "kapot.md")
    with pytest.raises(ContentError) as refused:
        kb.load(tmp_path)
    assert ("kapot.md", "zwaarte") in {(problem.path.name, problem.field) for problem in refused.value.problems}


def test_guide_and_template_are_no_pages(tmp_path: Path) -> None:
    for name in ("README.md", "_sjabloon.md", ".verborgen.md"):
        write(tmp_path, "geen bladzijde", name)
    assert kb.load(tmp_path).interventions == ()


def test_the_check_of_one_page_knows_the_whole_collection(tmp_path: Path) -> None:
    path = write(tmp_path, changed(("zekerheid:", "combineert_met: [halt-straf]\nzekerheid:")))
    assert kb.check([path]) == []


def test_the_check_of_a_folder_speaks_of_that_folder_only() -> None:
    folder = SMALL_CUPBOARD.parent / "fouten"
    assert {problem.path.parent for problem in kb.check([folder])} == {folder}


def test_the_real_cupboard_has_no_problems() -> None:
    assert kb.check() == []

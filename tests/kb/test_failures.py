"""What was studied and did not help, and what did better for the same problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import EvidenceLevel, Intervention, KnowledgeBase, Outcome
from kb.failures import FAILED, MOST_BETTER, failures
from tests.kb.pages import page
from tests.kb.test_evidence import levels


def made(folder: Path, name: str, *judged: tuple[str, str], **changes: str) -> Intervention:
    """The good page under another name, with these judgements and these fields changed."""
    swaps = [("titel: Leerwerkplek", f"titel: {name.capitalize()}"), ("ook_bekend_als: [Werk en leren]\n", "")]
    return page(folder, *swaps, levels(*judged), *changes.items(), name=f"{name}.md")


@pytest.fixture
def failed(tmp_path: Path) -> Intervention:
    return made(tmp_path, "mislukt", ("delictgedrag", "geen-effect"))


def test_the_worst_comes_first(echte_kast: KnowledgeBase) -> None:
    found = [FAILED.index(failure.level) for failure in echte_kast.failures]
    assert found == sorted(found)


def test_every_warning_in_the_cupboard_is_in_the_list(echte_kast: KnowledgeBase) -> None:
    warned = {i.id for i in echte_kast.interventions for e in i.evidence if e.level in FAILED}
    assert {failure.id for failure in echte_kast.failures} == warned


def test_contradicting_judgements_are_all_given(tmp_path: Path) -> None:
    (found,) = failures(
        [made(tmp_path, "betwist", ("delictgedrag", "goede-aanwijzingen"), ("delictgedrag", "geen-effect"))]
    )
    assert (found.disputed, len(found.judgements), found.level) == (True, 2, EvidenceLevel.NO_EFFECT)


def test_what_did_better_on_the_same_outcome_is_named(tmp_path: Path, failed: Intervention) -> None:
    better = made(tmp_path, "geslaagd", ("delictgedrag", "eerste-aanwijzingen"))
    assert [each.id for each in failures([failed, better])[0].better] == ["geslaagd"]


@pytest.mark.parametrize(
    ("judged", "changes"),
    [
        ([("school-werk", "sterke-aanwijzingen")], {}),
        ([("delictgedrag", "goed-onderbouwd")], {}),
        ([("delictgedrag", "goede-aanwijzingen"), ("school-werk", "schadelijk")], {}),
        ([("delictgedrag", "goede-aanwijzingen")], {"problemen: [doorgroei, vermogen, drugs]": "problemen: [drugs]"}),
        ([("delictgedrag", "goede-aanwijzingen")], {"leeftijd: {van: 16, tot: 27}": "leeftijd: {van: 4, tot: 12}"}),
        ([("delictgedrag", "goede-aanwijzingen")], {"ernst: {van: 2, tot: 4}": "ernst: {van: 5, tot: 5}"}),
        (
            [("delictgedrag", "goede-aanwijzingen")],
            {"preventieniveau: [selectief, geindiceerd]": "preventieniveau: [universeel]"},
        ),
    ],
    ids=["andere uitkomst", "geen effect aangetoond", "elders schadelijk", "ander probleem", "andere leeftijd", "andere ernst", "andere jongeren"],
)  # fmt: skip
def test_what_is_no_alternative_is_not_named(
    tmp_path: Path, failed: Intervention, judged: list[tuple[str, str]], changes: dict[str, str]
) -> None:
    other = made(tmp_path, "anders", *judged, **changes)
    assert next(f for f in failures([failed, other]) if f.id == "mislukt").better == ()


def test_something_much_heavier_is_no_alternative(tmp_path: Path) -> None:
    light = made(tmp_path, "licht", ("delictgedrag", "geen-effect"), **{"zwaarte: midden": "zwaarte: licht"})
    heavy = made(tmp_path, "zwaar", ("delictgedrag", "goede-aanwijzingen"), **{"zwaarte: midden": "zwaarte: zwaar"})
    assert failures([light, heavy])[0].better == ()


def test_a_few_alternatives_are_enough_and_the_strongest_come_first(tmp_path: Path, failed: Intervention) -> None:
    weak = [made(tmp_path, f"zwak{n}", ("delictgedrag", "eerste-aanwijzingen")) for n in range(MOST_BETTER)]
    strong = made(tmp_path, "sterk", ("delictgedrag", "sterke-aanwijzingen"))
    better = failures([failed, *weak, strong])[0].better
    assert (len(better), better[0].id) == (MOST_BETTER, "sterk")


def test_no_alternative_ever_failed_itself(echte_kast: KnowledgeBase) -> None:
    harmed = {(f.id, f.outcome) for f in echte_kast.failures}
    named = {(each.id, f.outcome) for f in echte_kast.failures for each in f.better}
    assert not named & harmed


def test_an_empty_cupboard_has_no_failures() -> None:
    assert failures([]) == ()


def test_an_outcome_that_nobody_judged_is_no_failure(tmp_path: Path) -> None:
    assert failures([made(tmp_path, "onbekend", (str(Outcome.OFFENDING), "niet-beoordeeld"))]) == ()

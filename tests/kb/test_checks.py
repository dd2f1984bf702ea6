"""Rules that need the whole collection. Their messages are in tests/content/fouten."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import Intervention, KnowledgeBase, Problem, checks, content, strict_yaml
from kb.loading import page_files
from tests.conftest import SMALL_CUPBOARD
from tests.kb.pages import GOOD_PAGE, changed, write


def said_about_two(folder: Path, kast: KnowledgeBase, *changes: tuple[str, str]) -> list[Problem]:
    """What is said about a changed page that lies beside the good one."""
    text = changed(("titel: Leerwerkplek", "titel: Andere titel"), *changes)
    pages = [content.read(GOOD_PAGE), content.read(write(folder, text))]
    return checks.check(pages, kast.factors)


def test_the_rules_look_at_no_other_fields(kleine_kast: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [content.read(path) for path in page_files(SMALL_CUPBOARD)]
    seen: set[str | int] = set()
    at = strict_yaml.Document.at

    def noted(self: strict_yaml.Document, *place: str | int) -> object:
        seen.add(place[0])
        return at(self, *place)

    monkeypatch.setattr(strict_yaml.Document, "at", noted)
    checks.check(pages, kleine_kast.factors)
    assert seen == {Intervention.model_fields[name].alias for name in checks.LOOKED_AT}


def test_two_good_pages_give_no_problems(tmp_path: Path, kleine_kast: KnowledgeBase) -> None:
    assert said_about_two(tmp_path, kleine_kast) == []


@pytest.mark.parametrize("title", ["Leerwerkplek", "LEERWERKPLEK", '" leerwerkplek "'])
def test_a_title_is_used_once_whatever_its_capitals(tmp_path: Path, kleine_kast: KnowledgeBase, title: str) -> None:
    (found,) = said_about_two(tmp_path, kleine_kast, ("titel: Andere titel", f"titel: {title}"))
    assert (found.path.name, found.field) == ("mijn-aanpak.md", "titel")


def test_variants_of_one_method_may_share_an_alias(tmp_path: Path, kleine_kast: KnowledgeBase) -> None:
    assert said_about_two(tmp_path, kleine_kast, ("[Werk en leren]", "[Werk en leren, WL]")) == []


def test_a_broken_page_still_counts_as_a_page_to_combine_with(tmp_path: Path, kleine_kast: KnowledgeBase) -> None:
    broken = write(tmp_path, "geen velden", "kapot.md")
    link = changed(("zekerheid:", "combineert_met: [kapot]\nzekerheid:"))
    pages = [content.read(broken), content.read(write(tmp_path, link))]
    assert {problem.path.name for problem in checks.check(pages, kleine_kast.factors)} == {"kapot.md"}


def test_a_page_that_was_renamed_is_pointed_at(tmp_path: Path, kleine_kast: KnowledgeBase) -> None:
    renamed = changed(("titel:", "voorheen: [oude-naam]\ntitel:"))
    linking = changed(("titel: ", "titel: Andere "), ("zekerheid:", "combineert_met: [oude-naam]\nzekerheid:"))
    pages = [content.read(write(tmp_path, renamed, "nieuwe-naam.md")), content.read(write(tmp_path, linking))]
    (found,) = checks.check(pages, kleine_kast.factors)
    assert found.message == "'oude-naam' heet nu 'nieuwe-naam'. Schrijf die naam."


def test_a_mistake_in_one_field_does_not_hide_an_unknown_factor(tmp_path: Path, kleine_kast: KnowledgeBase) -> None:
    changes = ("zwaarte: midden", "zwaarte: middel"), ("id: weerbaarheid", "id: weerbaarheidd")
    assert [problem.field for problem in said_about_two(tmp_path, kleine_kast, *changes)] == [
        "zwaarte",
        "beschermende_factoren[1].id",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("schoolverzuim", "verzuim-schooluitval"), ("Weerbaarheid", "weerbaarheid"), ("kickzoeker", "impulsiviteit")],
)
def test_a_factor_is_recognised_by_what_people_call_it(
    tmp_path: Path, kleine_kast: KnowledgeBase, written: str, meant: str
) -> None:
    (found,) = said_about_two(tmp_path, kleine_kast, ("id: weerbaarheid", f"id: {written}"))
    assert f"Bedoelde u '{meant}'?" in found.message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("alleen_bij: [weerbaarheidd]", ["Bedoelde u 'weerbaarheid'?"]),
        ("alleen_bij: [uitbuiting]", ["is geen bekende factor"]),
        ("niet_bij: [uitbuitng]", ["is geen bekende factor of situatie. Bedoelde u 'uitbuiting'?"]),
        ("niet_bij: [geweld]", ["Misschien: geweld-in-gezin. Zoek anders met: kast factors 'geweld'."]),
        ("alleen_bij: [weerbaarheid]\nniet_bij: [weerbaarheid]", ["staat ook bij 'alleen_bij'"]),
        ("niet_bij: [uitbuiting, weerbaarheid]", []),
        ("alleen_bij: [weerbaarheid]", []),
    ],
)
def test_what_a_page_is_only_for_or_not_for_is_a_factor_and_may_be_a_situation_only_where_it_rules_out(
    tmp_path: Path, kleine_kast: KnowledgeBase, line: str, said: list[str]
) -> None:
    found = [
        problem.message for problem in said_about_two(tmp_path, kleine_kast, ("zekerheid:", f"{line}\nzekerheid:"))
    ]
    assert len(found) == len(said)
    assert all(words in message for words, message in zip(said, found, strict=True))


def test_an_old_address_leads_to_one_page(tmp_path: Path, kleine_kast: KnowledgeBase) -> None:
    first, second = (
        changed(("titel: Leerwerkplek", f"titel: {title}"), ("status:", "voorheen: [oude-naam]\nstatus:"))
        for title in ("Een", "Twee")
    )
    pages = [content.read(write(tmp_path, first, "een.md")), content.read(write(tmp_path, second, "twee.md"))]
    (found,) = checks.check(pages, kleine_kast.factors)
    assert (found.path.name, found.field) == ("twee.md", "voorheen[1]")
    assert "staat ook bij 'voorheen' in een.md" in found.message


def test_problems_come_in_order_of_file_and_line(tmp_path: Path, kleine_kast: KnowledgeBase) -> None:
    found = said_about_two(tmp_path, kleine_kast, ("zwaarte: midden", "zwaarte: x"), ("soort: dienst", "soort: x"))
    assert found == sorted(found)
    assert len(found) == 2


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.__name__)
def test_every_rule_says_in_one_sentence_what_it_keeps(rule: checks.Rule) -> None:
    assert (rule.__doc__ or "").strip().endswith(".")

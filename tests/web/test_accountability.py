"""/verantwoording shows the model as it is at this moment, and the record for the Algoritmeregister keeps to its standard."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError
from starlette.testclient import TestClient

import assessment
import matcher
from assessment import Questionnaire
from kb import KnowledgeBase
from matcher import weights
from web import accountability, algorithm_register
from web.algorithm_register import Registration
from web.render import dutch_number
from web.settings import ROOT, Settings

PAGE = "/verantwoording"
RECORD = "/verantwoording/algoritmeregister"
PAGES = (PAGE, RECORD)
CONSTANTS = sorted(accountability.constants())
LONG = ("goal", "proportionality", "human_intervention", "risks", "lawful_basis", "impacttoetsen", "source_data")
REQUIRED = ("name", "description_short", "organization", "status", "contact_email", "publication_category", "lang")
TAGS = {"div", "br", "p", "ul", "ol", "li"}

EVALUATION = """\
versie: "0.9"
datum: 2026-11-22
gevallen: {aantal: 60, makers: 2}
cijfers:
  - {naam: deze kast, ndcg5: 0.71, ndcg10: 0.69, recall10: 0.8, schadelijk10: 1}
  - {naam: toeval, ndcg5: 0.05, ndcg10: 0.06, recall10: 0.04, schadelijk10: 31}
weglaten:
  - {criterium: dekking, ndcg10: 0.55}
"""


def text_of(source: str) -> str:
    """A page as one line of text, without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


@pytest.fixture(scope="module")
def shown(client: TestClient) -> str:
    return client.get(PAGE).text


@pytest.fixture(scope="module")
def told(shown: str) -> str:
    return text_of(shown)


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    """The file as anybody would read it."""
    found: dict[str, Any] = yaml.safe_load(algorithm_register.FILE.read_text(encoding="utf-8"))
    return found


# The page


@pytest.mark.parametrize("path", PAGES)
def test_the_page_can_be_read(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_the_page_carries_no_inline_style_or_script(client: TestClient, path: str) -> None:
    assert not re.search(
        r"<style|<script(?! type=\"module\" src=\"/static)|\sstyle=|\son[a-z]+=", client.get(path).text
    )


def test_every_page_leads_to_it(client: TestClient) -> None:
    assert f'href="{PAGE}"' in client.get("/").text


def test_the_lead_says_in_five_sentences_what_it_does_and_does_not(shown: str) -> None:
    lead = re.findall(r'<p class="lead">(.*?)</p>', shown)[0]
    assert len(re.findall(r"[.!?](?:\s|$)", lead)) == 5


def test_it_names_the_version_of_the_rules(told: str) -> None:
    assert f"Rekenregels: versie {matcher.VERSION}" in told


def test_it_names_the_version_of_the_questionnaire(told: str) -> None:
    assert f"Vragenlijst: versie {Questionnaire.load().version}" in told


@pytest.mark.parametrize("name", sorted(name for name in vars(weights) if name.isupper() and name != "VERSION"))
def test_every_constant_of_the_weights_is_on_the_page(shown: str, name: str) -> None:
    assert f"<code>{name}</code>" in shown


@pytest.mark.parametrize("name", CONSTANTS)
def test_every_constant_has_dutch_words_in_accountability_yaml(name: str) -> None:
    assert name in {*accountability.words().numbers, *accountability.OWN_TABLE}


def test_no_words_are_left_of_a_constant_that_is_gone() -> None:
    assert set(accountability.words().numbers) <= set(CONSTANTS)


@pytest.mark.parametrize(
    "name", [name for name in CONSTANTS if isinstance(accountability.constants()[name], int | float)]
)
def test_a_single_number_stands_in_the_row_of_its_name(shown: str, name: str) -> None:
    row = re.findall(rf"<code>{name}</code></th>(.*?)</td>", shown, re.S)[0]
    assert text_of(row) == accountability.said(accountability.constants()[name])


def test_a_constant_without_words_still_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "BRAND_NEW", 7.0, raising=False)
    last = list(accountability.groups({}))[-1]
    assert [cell.text for row in last.tables[0].rows for cell in row][:2] == ["BRAND_NEW", "7"]


def test_a_changed_number_changes_the_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "NEED_FROM", 31.25)
    assert "(N − 31,25)" in text_of(client.get(PAGE).text)


@pytest.mark.parametrize("name", list(weights.WEIGHTS))
def test_a_reason_stands_with_its_points(told: str, name: str) -> None:
    meaning = matcher.CRITERIA[name].meaning
    assert f"{name} {meaning} {dutch_number(weights.WEIGHTS[name])}" in told


@pytest.mark.parametrize("name", list(matcher.CRITERIA))
def test_every_criterion_says_what_it_looks_at(told: str, name: str) -> None:
    assert f"{name} {matcher.CRITERIA[name].meaning}" in told


@pytest.mark.parametrize("name", list(matcher.GATES))
def test_every_gate_says_what_it_rules_out(told: str, name: str) -> None:
    assert f"{name} {matcher.GATES[name].meaning}" in told


MEANINGS = [gate.meaning for gate in matcher.GATES.values()] + [c.meaning for c in matcher.CRITERIA.values()]


@pytest.mark.parametrize("meaning", MEANINGS)
def test_a_meaning_is_a_sentence(meaning: str) -> None:
    assert re.fullmatch(r"[A-ZÉ].*[.?]", meaning)


@pytest.mark.parametrize("code", list(weights.PENALTIES))
def test_every_penalty_has_words_of_its_own(code: str, echte_kast: KnowledgeBase) -> None:
    lists = accountability.lookups(echte_kast, Questionnaire.load())
    table = next(t for g in accountability.groups(lists) for t in g.tables if t.code == "PENALTIES")
    assert code not in {row[0].text for row in table.rows}


def test_codes_are_shown_as_words(echte_kast: KnowledgeBase) -> None:
    lists = accountability.lookups(echte_kast, Questionnaire.load())
    first = {row[0].text for g in accountability.groups(lists) for t in g.tables for row in t.rows}
    assert not first & {*weights.PARTNERS, *weights.PROBLEM_AXES, *weights.TERM_MONTHS}


def test_every_factor_stands_on_the_page(shown: str, echte_kast: KnowledgeBase) -> None:
    assert {f'href="/factoren/{factor_id}"' in shown for factor_id in echte_kast.factors} == {True}


def test_there_are_as_many_rows_of_factors_as_factors(echte_kast: KnowledgeBase) -> None:
    assert sum(len(table.rows) for table in accountability.factor_tables(echte_kast)) == len(echte_kast.factors) == 56


def test_a_factor_of_uncertain_strength_counts_as_medium(echte_kast: KnowledgeBase) -> None:
    rows = {row[0].text: row for table in accountability.factor_tables(echte_kast) for row in table.rows}
    unsure = [f for f in echte_kast.factors.values() if str(f.strength_certainty) == "laag"]
    assert {rows[f.name][-1].text.split(" × ")[0] for f in unsure} == {"1"}


@pytest.mark.parametrize("code", list(assessment.QUICK_SCAN_CONFIDENCE))
def test_the_confidence_of_the_quick_scan_is_shown_with_its_words(told: str, code: str) -> None:
    answers = Questionnaire.load().scales["zekerheid"].answers
    label = next(answer.label for answer in answers if answer.code == code)
    assert f"{label} {dutch_number(assessment.QUICK_SCAN_CONFIDENCE[code])}" in told


def cited() -> set[str]:
    words = accountability.words()
    found = [formula.sources for formula in words.formulas] + [pitfall.sources for pitfall in words.pitfalls]
    return {source for sources in (*found, *(n.sources for n in words.numbers.values())) for source in sources}


def test_what_is_cited_is_in_the_list_of_sources() -> None:
    assert cited() <= {source.id for source in accountability.words().sources}


def test_every_source_is_cited() -> None:
    assert {source.id for source in accountability.words().sources} <= cited()


TEXTS = sorted(set(re.findall(r"{([A-Z_]+)", accountability.WORDS.read_text(encoding="utf-8"))) - {"NAAM"})


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_names_only_numbers_that_exist(name: str) -> None:
    assert name in CONSTANTS


def test_every_formula_has_a_source() -> None:
    assert all(formula.sources for formula in accountability.words().formulas)


def test_no_name_of_the_code_is_left_in_a_text(told: str) -> None:
    assert not re.search(r"[{}]", told)


def test_the_ten_pitfalls_say_what_the_design_does(told: str) -> None:
    assert told.count("Wat wij doen:") == 10


def test_every_table_has_a_caption(shown: str) -> None:
    assert shown.count("<table") == shown.count("<caption")


def test_every_head_of_a_table_has_a_scope(shown: str) -> None:
    assert not re.findall(r"<th(?![^>]*\sscope=)[\s>]", shown)


# Figures of the last evaluation


def test_without_figures_it_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accountability, "evaluation", lambda: None)
    assert "Er zijn nog geen cijfers" in text_of(client.get(PAGE).text)


@pytest.fixture
def with_figures(client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    file = tmp_path / "evaluation.yaml"
    file.write_text(EVALUATION, encoding="utf-8")
    found = accountability.evaluation(file)
    monkeypatch.setattr(accountability, "evaluation", lambda: found)
    return text_of(client.get(PAGE).text)


def test_figures_are_shown(with_figures: str) -> None:
    assert "deze kast 0,71 0,69 0,8 1" in with_figures


def test_a_criterion_left_out_is_shown(with_figures: str) -> None:
    assert "dekking 0,55" in with_figures


def test_figures_are_also_said_in_plain_words(with_figures: str) -> None:
    assert "Van wat zeker paste, stond gemiddeld 80 van de 100 bij de eerste tien" in with_figures


def test_a_set_is_listed_as_one_speaks() -> None:
    assert accountability.said(frozenset({11, 12, 13})) == "11, 12 en 13"
    assert accountability.said((1.0, 0.7, 0.5)) == "1; 0,7; 0,5"


def test_the_words_name_the_two_criteria_that_weigh_most() -> None:
    heaviest = sorted(weights.WEIGHTS, key=lambda name: -weights.WEIGHTS[name])[:2]
    said = next(f.explanation for f in accountability.words().formulas if f.title == "Van prioriteit naar punten")
    assert f"‘{heaviest[0].capitalize()}’ en ‘{heaviest[1]}’ wegen het zwaarst" in said


def test_figures_of_another_version_say_so(with_figures: str) -> None:
    assert "Deze cijfers zijn dus van een oudere versie" in with_figures


def test_figures_say_when(with_figures: str) -> None:
    assert "Gemeten op 22 november 2026" in with_figures


def test_the_figures_that_are_there_can_be_read() -> None:
    found = accountability.evaluation()
    assert found is None or found.figures


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "evaluation.yaml"
    file.write_text("versie: [", encoding="utf-8")
    with pytest.raises(accountability.FileError):
        accountability.evaluation(file)


# The record for the Algoritmeregister


def test_the_file_keeps_to_the_standard(record: dict[str, Any]) -> None:
    assert Registration.model_validate(record)


def test_the_file_is_as_new_as_the_weights() -> None:
    text = algorithm_register.FILE.read_text(encoding="utf-8")
    assert text == algorithm_register.renewed(text), "draai: python -m web.algorithm_register"


@pytest.mark.parametrize("field", REQUIRED)
def test_a_required_field_is_filled_in(record: dict[str, Any], field: str) -> None:
    assert record[field]


@pytest.mark.parametrize("field", REQUIRED)
def test_a_required_field_cannot_be_left_out(record: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError):
        Registration.model_validate({key: value for key, value in record.items() if key != field})


WRONG = [
    ("name", "a" * 101),
    ("description_short", "a" * 351),
    ("goal", "a" * 2501),
    ("methods_and_models", "a" * 5001),
    ("goal", "<p>goed</p><b>fout</b>"),
    ("goal", '<p class="x">fout</p>'),
    ("status", "Bijna klaar"),
    ("publication_category", "Overig"),
    ("category", ["Veiligheid"]),
    ("category", ["Werk", "Recht", "Wonen", "Verkeer"]),
    ("lang", "nl"),
    ("standard_version", "0.4"),
    ("website", "http://kast.example.nl"),
    ("begin_date", "2026-13"),
    ("kleur", "groen"),
]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_what_the_standard_does_not_allow_is_refused(record: dict[str, Any], field: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        Registration.model_validate({**record, field: value})


@pytest.mark.parametrize("field", [*LONG, "methods_and_models"])
def test_a_long_text_holds_only_the_tags_of_the_standard(record: dict[str, Any], field: str) -> None:
    assert set(re.findall(r"</?(\w+)", record[field])) <= TAGS


@pytest.mark.parametrize("field", [*LONG, "methods_and_models"])
def test_every_tag_of_a_long_text_is_closed(record: dict[str, Any], field: str) -> None:
    opened, closed = re.findall(r"<(\w+)>", record[field]), re.findall(r"</(\w+)>", record[field])
    assert sorted(opened) == sorted(closed)


def test_the_technical_text_names_the_version(record: dict[str, Any]) -> None:
    assert f"Rekenregels versie {matcher.VERSION}" in record["methods_and_models"]


@pytest.mark.parametrize(("name", "points"), [*weights.WEIGHTS.items(), *weights.PENALTIES.items()])
def test_the_technical_text_names_a_weight_with_its_points(record: dict[str, Any], name: str, points: float) -> None:
    assert f"<li>{name}: {dutch_number(points)}</li>" in record["methods_and_models"]


@pytest.mark.parametrize("name", list(matcher.GATES))
def test_the_technical_text_names_a_gate(record: dict[str, Any], name: str) -> None:
    assert f"<li>{name}: " in record["methods_and_models"]


def test_the_technical_text_says_whether_it_learns(record: dict[str, Any]) -> None:
    assert "niet zelflerend" in record["methods_and_models"]


def test_only_the_municipality_knows_its_name(record: dict[str, Any]) -> None:
    assert record["organization"] == algorithm_register.PLACEHOLDER


def test_the_class_is_that_of_other_algorithms(record: dict[str, Any]) -> None:
    assert record["publication_category"] == "Overige algoritmes"


def test_the_address_of_the_code_is_that_of_publiccode(record: dict[str, Any]) -> None:
    publiccode = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert record["publiccode"] == publiccode["url"]


def test_the_record_can_be_downloaded(client: TestClient) -> None:
    answer = client.get(accountability.JSON_ADDRESS)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_the_download_keeps_to_the_standard(client: TestClient) -> None:
    assert Registration.model_validate(json.loads(client.get(accountability.JSON_ADDRESS).text))


def test_the_download_follows_a_changed_weight(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(weights.WEIGHTS, "dekking", 12.5)
    assert "dekking: 12,5" in client.get(accountability.JSON_ADDRESS).json()["methods_and_models"]


def test_a_site_on_https_names_its_own_address() -> None:
    settings = Settings(base_url="https://kast.example.nl")
    assert algorithm_register.registration(settings).website == "https://kast.example.nl/verantwoording"


def test_a_site_without_https_names_no_address() -> None:
    assert algorithm_register.registration(Settings()).website is None


def test_the_page_leads_to_the_download(client: TestClient) -> None:
    assert f'href="{accountability.JSON_ADDRESS}"' in client.get(RECORD).text


@pytest.mark.parametrize("field", REQUIRED)
def test_the_page_shows_a_required_field(client: TestClient, field: str) -> None:
    assert f"<code>{field}</code>" in client.get(RECORD).text

"""The snelscan step by step, and the advice at its end."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from starlette.testclient import TestClient

from assessment import Questionnaire
from kb import KnowledgeBase
from tests.web import samples
from web import steps

Form = samples.Form


def plan(kast: KnowledgeBase, form: Form) -> tuple[steps.Step, ...]:
    return steps.plan(Questionnaire.load(), kast.factors, form)


def hidden(html: str) -> Form:
    """The answers that travel along in a page."""
    found: Form = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html):
        found.setdefault(name, []).append(unescape(value))
    return found


def walk(client: TestClient, kast: KnowledgeBase, form: Form) -> str:
    """Fill in every step as a browser would: only what a page shows or hides is sent. Gives the address at the end."""
    html = client.get("/snelscan").text
    for _ in range(12):
        carried = hidden(html)
        step = next(step for step in plan(kast, form) if step.id == carried["stap"][0])
        typed = {name: form[name] for name in step.field_ids if name in form}
        answer = client.post("/snelscan", data={**carried, **typed, "actie": "verder"})
        if answer.status_code == 303:
            return answer.headers["location"]
        assert answer.status_code == 200
        html = answer.text
    raise AssertionError("de snelscan komt niet aan")


def finish(client: TestClient, form: Form) -> str:
    """Send everything on the last step."""
    return client.post("/snelscan", data={**form, "stap": "mogelijk", "actie": "verder"}).headers["location"]


@pytest.fixture(scope="module")
def letter(client: TestClient) -> Callable[[Form], str]:
    """The text of the advice on a form."""
    return lambda form: " ".join(re.sub(r"<[^>]+>", " ", client.get(finish(client, form)).text).split())


# Steps


def test_budget_and_problem_come_after_the_statements(echte_kast: KnowledgeBase) -> None:
    assert [step.id for step in plan(echte_kast, {})][-2:] == ["probleem", "mogelijk"]


def test_every_question_of_the_short_version_is_asked_once(echte_kast: KnowledgeBase) -> None:
    questionnaire = Questionnaire.load()
    asked = [name for step in plan(echte_kast, {}) for name in step.field_ids]
    wanted = [question.id for question in questionnaire.context_questions(short=True)]
    wanted += [name for s in questionnaire.sections(short=True) for name in (*(i.id for i in s.items), s.certainty_id)]
    assert sorted(asked) == sorted(wanted)


def test_no_step_has_more_than_six_statements(echte_kast: KnowledgeBase) -> None:
    assert max(sum(len(s.items) for s in step.sections) for step in plan(echte_kast, {})) <= steps.MOST_ITEMS


def test_change_is_asked_only_about_what_is_high(echte_kast: KnowledgeBase) -> None:
    rising = steps.rising(Questionnaire.load(), echte_kast.factors, {"WIJ02": ["4"], "IND01": ["1"], "VRI11": ["0"]})
    assert {factor.id for factor in rising} == {"wapenbezit", "steunende-volwassene"}


def test_a_step_without_questions_is_passed_over(echte_kast: KnowledgeBase) -> None:
    found = plan(echte_kast, {})
    change = next(step for step in found if step.id == "verandering")
    assert steps.neighbour(found, found[found.index(change) - 1], 1).id == "probleem"


def test_the_whole_form_can_be_walked_through(client: TestClient, echte_kast: KnowledgeBase) -> None:
    assert walk(client, echte_kast, samples.knives()) == finish(client, samples.knives())


def test_terug_loses_nothing_that_was_typed(client: TestClient) -> None:
    data = {"stap": "individu", "actie": "terug", "C01": "Almelo", "IND05": "3"}
    assert hidden(client.post("/snelscan", data=data).text)["IND05"] == ["3"]


def test_terug_does_not_complain(client: TestClient) -> None:
    data = {"stap": "individu", "actie": "terug", "IND05": "onzin"}
    assert client.post("/snelscan", data=data).status_code == 200


def test_terug_shows_the_municipality_by_name(client: TestClient) -> None:
    data = {"stap": "individu", "actie": "terug", "C01": "GM0141"}
    assert 'value="Almelo"' in client.post("/snelscan", data=data).text


def test_a_missing_answer_is_said_beside_the_field(client: TestClient) -> None:
    assert 'id="C01-fout"' in client.post("/snelscan", data={"stap": "wie"}).text


def test_a_missing_answer_is_said_at_the_top_with_a_link(client: TestClient) -> None:
    assert '<li><a href="#C01">' in client.post("/snelscan", data={"stap": "wie"}).text


def test_the_summary_names_the_question(client: TestClient) -> None:
    assert (
        '<a href="#C01">Voor welke gemeente vult u dit in?</a>' in client.post("/snelscan", data={"stap": "wie"}).text
    )


def test_every_link_in_the_summary_leads_to_a_field(client: TestClient) -> None:
    html = client.post("/snelscan", data={**samples.CONTEXT, "stap": "probleem", "C05": "", "C06": "", "C10": ""}).text
    links = re.findall(r'<li><a href="#([^"]+)">', html)
    assert links
    assert all(f'id="{link}"' in html for link in links)


def test_the_title_of_a_page_with_an_error_begins_with_it(client: TestClient) -> None:
    assert "<title>Fout: " in client.post("/snelscan", data={"stap": "wie"}).text


def test_what_was_typed_wrong_is_shown_again(client: TestClient) -> None:
    data = {**samples.CONTEXT, "stap": "wie", "C01": "Almeloo"}
    assert 'value="Almeloo"' in client.post("/snelscan", data=data).text


def test_a_misspelt_municipality_gets_a_suggestion(client: TestClient) -> None:
    assert (
        "Bedoelde u Almelo?" in client.post("/snelscan", data={**samples.CONTEXT, "stap": "wie", "C01": "Almeloo"}).text
    )


@pytest.mark.parametrize(
    ("step", "question"),
    [
        ("wie", "C02"),
        ("probleem", "C09"),
        ("probleem", "C10"),
        ("mogelijk", "C12"),
        ("mogelijk", "C13"),
        ("mogelijk", "C15"),
    ],
)
def test_nobody_is_made_to_guess(client: TestClient, step: str, question: str) -> None:
    """The name of the neighbourhood, and what has no answer for who does not know it."""
    form = {**samples.knives(), "stap": step, question: ""}
    assert client.post("/snelscan", data=form).status_code in (200, 303)


def test_statements_may_be_passed_over(client: TestClient) -> None:
    assert client.post("/snelscan", data={**samples.CONTEXT, "stap": "individu"}).status_code == 200


def test_weet_ik_niet_stands_with_every_statement(client: TestClient, echte_kast: KnowledgeBase) -> None:
    html = client.get("/snelscan?stap=individu").text
    step = next(step for step in plan(echte_kast, {}) if step.id == "individu")
    assert html.count('value="wn"') == len(step.field_ids)


def test_shares_are_also_said_in_numbers_when_the_youths_are_counted(client: TestClient) -> None:
    html = client.post("/snelscan", data={**samples.CONTEXT, "C03": "400", "stap": "wie"}).text
    assert "hier ongeveer 40" in html


def test_a_number_under_ten_is_never_shown(client: TestClient) -> None:
    html = client.post("/snelscan", data={**samples.CONTEXT, "C03": "90", "stap": "wie"}).text
    assert not re.search(r"hier ongeveer \d\b", html)


def test_a_field_nobody_asked_for_is_not_carried_along(client: TestClient) -> None:
    html = client.post("/snelscan", data={**samples.CONTEXT, "stap": "wie", "geheim": "ja"}).text
    assert "geheim" not in html


def test_a_wrong_answer_on_an_earlier_step_leads_back_to_it(client: TestClient) -> None:
    html = client.post("/snelscan", data={**samples.knives(), "IND05": "onzin", "stap": "mogelijk"}).text
    assert '<input type="hidden" name="stap" value="individu">' in html


def test_nothing_is_stored_between_steps(client: TestClient) -> None:
    answer = client.post("/snelscan", data={**samples.CONTEXT, "stap": "wie"})
    assert "set-cookie" not in answer.headers


# The advice


def test_the_end_of_the_snelscan_is_the_address_of_an_advice(client: TestClient) -> None:
    assert finish(client, samples.knives()).startswith("/advies?")


def test_the_address_gives_the_same_advice_every_time(client: TestClient) -> None:
    address = finish(client, samples.knives())
    assert client.get(address).text == client.get(address).text


def test_an_advice_leads_back_to_the_questions_with_everything_filled_in(client: TestClient) -> None:
    back = re.search(r'href="(/snelscan\?[^"]+)"', client.get(finish(client, samples.knives())).text)
    assert back is not None
    carried = hidden(client.get(unescape(back[1])).text)
    form = samples.knives()
    assert {name: carried[name] for name in form if name in carried} == {n: form[n] for n in form if n in carried}


def test_the_letter_begins_with_the_question(letter: Callable[[Form], str]) -> None:
    assert "U vroeg wat past bij ‘wapens’ en ‘geweld en bedreiging’ in Almelo" in letter(samples.knives())


def test_one_respondent_is_called_provisional(letter: Callable[[Form], str]) -> None:
    assert "Voorlopig: één invuller" in letter(samples.knives())


def test_an_acute_problem_says_first_whom_to_call(letter: Callable[[Form], str]) -> None:
    said = letter(samples.knives() | {"C06": ["5"]})
    assert said.index("Nu gevaar: bel 112") < said.index("Wat wij zien")


def test_at_most_five_suggestions_stand_on_the_first_screen(client: TestClient) -> None:
    assert 1 <= client.get(finish(client, samples.knives())).text.count('<li class="suggestion">') <= 5


def test_the_points_of_a_suggestion_add_up_to_its_score(client: TestClient) -> None:
    html = client.get(finish(client, samples.knives())).text
    table = re.findall(r'<table class="points">.*?</table>', html, re.DOTALL)[0]
    *points, score = [float(n.replace(",", ".")) for n in re.findall(r"<td>(-?[\d,]+)</td>", table)]
    assert sum(points) == score


def test_the_recept_says_what_each_part_adds(letter: Callable[[Form], str]) -> None:
    assert "Voegt toe:" in letter(samples.knives())


def test_the_letter_says_what_it_could_not_weigh(letter: Callable[[Form], str]) -> None:
    assert "Wat dit advies niet kon wegen" in letter(samples.knives())


def test_what_was_ruled_out_is_named_with_its_reason(letter: Callable[[Form], str]) -> None:
    assert "die afvielen, met de reden" in letter(samples.knives())


def test_without_knowledge_there_is_no_ranking(letter: Callable[[Form], str]) -> None:
    said = letter(samples.unknown())
    assert "Wij weten nog te weinig om te kiezen" in said
    assert "Dit past" not in said


def test_without_need_there_is_no_ranking(letter: Callable[[Form], str]) -> None:
    said = letter(samples.quiet())
    assert "Er is weinig aan de hand" in said
    assert "Dit past" not in said


def test_an_unknown_key_is_named_and_left_aside(client: TestClient) -> None:
    html = client.get(finish(client, samples.knives()) + "&utm_source=mail").text
    assert "Dit kennen wij niet: utm_source" in html


@pytest.mark.parametrize(
    "query", ["", "?factor=onzin~70", "?factor=agressie~honderd", "?ernst=9", "?gemeente=Atlantis"]
)
def test_an_address_that_cannot_be_read_is_a_bad_question(client: TestClient, query: str) -> None:
    assert client.get(f"/advies{query}").status_code == 400


def test_a_bad_address_leads_to_the_questions_with_what_could_be_read(client: TestClient) -> None:
    assert 'href="/snelscan?ernst=9&amp;gemeente=GM0141"' in client.get("/advies?ernst=9&gemeente=GM0141").text


def test_an_advice_is_linked_as_data_with_the_same_address(client: TestClient) -> None:
    address = finish(client, samples.knives())
    link = re.search(r'type="application/json" href="([^"]+)"', client.get(address).text)
    assert link is not None
    assert client.get(unescape(link[1])).json()["uitkomst"] == "advies"


def test_a_file_in_the_form_is_refused(client: TestClient) -> None:
    assert client.post("/snelscan", files={"C01": ("a.txt", b"x")}).status_code == 400

"""Doubt, *wat als* and *waarom niet* on the page of an advice. The address stays the whole question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from starlette.testclient import TestClient

from assessment import Questionnaire, from_query, parse, quick_scan, to_query
from kb import KnowledgeBase
from matcher import Advice, Recommendation, recommend
from tests.web import samples
from web import address, what_if

Say = Callable[..., str]


@pytest.fixture(scope="module")
def query(echte_kast: KnowledgeBase) -> str:
    """The address of an advice about knives."""
    questionnaire = Questionnaire.load()
    read = parse(samples.knives(), questionnaire=questionnaire, short=True)
    return urlencode(to_query(quick_scan(questionnaire, echte_kast.factors, read.response), read.context))


@pytest.fixture(scope="module")
def unsure(query: str) -> str:
    """The same, where nobody knows about truancy: an answer to that would help."""
    return urlencode([pair for pair in parse_qsl(query) if not pair[1].startswith("verzuim-schooluitval~")])


@pytest.fixture(scope="module")
def advice(echte_kast: KnowledgeBase, query: str) -> Advice:
    return recommend(echte_kast, *from_query(parse_qsl(query))[:2])


@pytest.fixture
def say(client: TestClient, query: str) -> Say:
    """The words of the page with these pairs added to its address."""

    def text(*extra: tuple[str, str]) -> str:
        html = client.get(f"/advies?{query}&{urlencode(extra)}").text
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))

    return text


def submitted(client: TestClient, location: str, **typed: list[str]) -> str:
    """Send the form of *wat als* as a browser does, with some fields filled in otherwise; gives the address one lands on."""
    html = client.get(location).text
    form = html[html.index('aria-labelledby="wat-als"') :]
    form = form[form.index("<form") : form.index("</form>")]
    pairs = [
        (name, unescape(value))
        for name, value in re.findall(r'<input type="(?:hidden)" name="([^"]+)" value="([^"]*)">', form)
    ]
    pairs += [("leeftijd", v) for v in re.findall(r'name="leeftijd" value="([^"]+)" checked', form)]
    for name, body in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        pairs.append((name, next(iter(re.findall(r'value="([^"]*)" selected', body)), "")))
    pairs = [pair for pair in pairs if pair[0] not in typed]
    pairs += [(name, value) for name, values in typed.items() for value in values]
    answer = client.get(f"/advies?{urlencode(pairs)}")
    assert answer.status_code == 303
    return answer.headers["location"]


def pairs_of(location: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(location).query)


def first_five(advice: Advice) -> list[Recommendation]:
    return list(advice.recommended[:5])


# Doubt


@pytest.mark.parametrize(
    ("steady", "said"),
    [
        (0.93, "Staat in 9 van de 10 berekeningen bij de eerste drie"),
        (0.99, "Staat in bijna alle berekeningen bij de eerste drie"),
        (0.1, "Staat in 1 van de 10 berekeningen bij de eerste drie"),
        (0.04, "Staat in minder dan 1 van de 10 berekeningen bij de eerste drie"),
    ],
)
def test_stability_is_said_in_tenths(advice: Advice, steady: float, said: str) -> None:
    assert what_if.steadiness(replace(advice.recommended[0], steady=steady)) == said


def test_every_suggestion_says_how_steady_it_is(client: TestClient, query: str) -> None:
    assert client.get(f"/advies?{query}").text.count('<p class="suggestion-sure">') == 5


def test_neighbours_that_are_nearly_equal_share_their_place(advice: Advice) -> None:
    said = [what_if.shared_place(r, advice) for r in first_five(advice)]
    places = [r.place for r in advice.recommended]
    assert said == [f"Gedeelde plaats {r.place}" if places.count(r.place) > 1 else None for r in first_five(advice)]


def test_the_number_of_a_suggestion_is_its_place(client: TestClient, query: str, advice: Advice) -> None:
    shown = re.findall(
        r'<p class="suggestion-number" aria-hidden="true">(\d+)</p>', client.get(f"/advies?{query}").text
    )
    assert shown == [str(r.place) for r in first_five(advice)]


# The question that helps most


def test_the_question_that_helps_most_leads_to_its_place_in_the_snelscan(client: TestClient, unsure: str) -> None:
    link = re.search(r'href="(/snelscan\?[^"]+#[A-Z0-9]+)">Beantwoord', client.get(f"/advies?{unsure}").text)
    assert link is not None
    href = unescape(link[1])
    assert f'id="{urlsplit(href).fragment}"' in client.get(href).text


def test_an_advice_of_a_meting_never_leads_to_the_form_of_one_person(client: TestClient, unsure: str) -> None:
    """There one person's answers would silently take the place of what eight people said."""
    of_eight = re.sub(r"invullers=[^&]*", "invullers=politie-boa~5&invullers=gemeente~3", unsure)
    page = client.get(f"/advies?{of_eight}").text
    assert "/snelscan?" not in page
    assert "het beeld van 8 mensen uit een meting" in page


def test_from_an_advice_every_step_leads_straight_back_to_it(client: TestClient, query: str) -> None:
    assert "Meteen naar het advies" in client.get(f"/snelscan?{query}&stap=individu&vanaf=advies").text


def test_an_answer_given_afterwards_is_in_the_new_advice(client: TestClient) -> None:
    form = {**samples.knives(), "IND05": ["4"], "stap": "individu", "vanaf": "advies", "actie": "advies"}
    assert "agressie~100" in client.post("/snelscan", data=form).headers["location"].replace("%7E", "~")


def test_who_comes_from_an_advice_need_not_fill_in_the_rest(client: TestClient) -> None:
    form = {"IND05": "4", "Z-individu": "3", "stap": "individu", "vanaf": "advies", "actie": "advies"}
    assert client.post("/snelscan", data=form).status_code == 303


def test_without_an_advice_before_the_rest_must_be_filled_in(client: TestClient) -> None:
    form = {"IND05": "4", "Z-individu": "3", "stap": "individu", "actie": "advies"}
    assert client.post("/snelscan", data=form).status_code == 400


# What if


def test_without_a_change_nothing_is_said_about_changes(say: Say) -> None:
    assert "Wat als: dit is anders dan uw antwoorden" not in say()


def test_the_form_untouched_changes_nothing(client: TestClient, query: str) -> None:
    assert sorted(pairs_of(submitted(client, f"/advies?{query}"))) == sorted(parse_qsl(query))


def test_another_budget_is_in_the_address_with_what_it_was(client: TestClient, query: str) -> None:
    found = pairs_of(submitted(client, f"/advies?{query}", budget=["3"]))
    assert {("budget", "3"), ("was", "budget~1")} <= set(found)


def test_a_second_change_keeps_the_first_answer(client: TestClient, query: str) -> None:
    once = submitted(client, f"/advies?{query}", budget=["3"])
    assert ("was", "budget~1") in pairs_of(submitted(client, once, budget=["0"]))


def test_an_answer_put_back_is_no_change(client: TestClient, query: str) -> None:
    once = submitted(client, f"/advies?{query}", budget=["3"])
    assert sorted(pairs_of(submitted(client, once, budget=["1"]))) == sorted(parse_qsl(query))


def test_an_answer_can_be_taken_away(client: TestClient, query: str) -> None:
    found = pairs_of(submitted(client, f"/advies?{query}", budget=[""]))
    assert "budget" not in dict(found)


def test_other_ages_can_be_tried(client: TestClient, query: str) -> None:
    found = pairs_of(submitted(client, f"/advies?{query}", leeftijd=["18-22", "23-27"]))
    assert ("was", "leeftijd~12-17") in found


def test_one_topic_can_be_set_higher(client: TestClient, query: str) -> None:
    found = pairs_of(submitted(client, f"/advies?{query}", onderwerp=["geldproblemen"], hoogte=["100"]))
    assert {("factor", "geldproblemen~100~0.6~~20"), ("was", "factor~geldproblemen~25~0.6~~20")} <= set(found)


def test_a_topic_nobody_answered_can_be_supposed(client: TestClient, unsure: str) -> None:
    found = pairs_of(submitted(client, f"/advies?{unsure}", onderwerp=["verzuim-schooluitval"], hoogte=["75"]))
    assert {("factor", "verzuim-schooluitval~75~0.5"), ("was", "factor~verzuim-schooluitval")} <= set(found)


def test_evidence_can_count_double(client: TestClient, query: str) -> None:
    found = pairs_of(submitted(client, f"/advies?{query}", gewicht=["bewijs~dubbel"]))
    assert ("gewicht", "bewijs~dubbel") in found


def test_the_page_says_in_plain_words_what_was_changed(say: Say) -> None:
    assert "budget: Tot" not in say(("was", "budget~3"))
    assert "budget: tot 25.000 euro per jaar (was: meer dan 100.000 euro)" in say(("was", "budget~3"))


def test_the_page_says_that_evidence_counts_double(say: Say) -> None:
    assert "‘bewijs’ telt dubbel" in say(("gewicht", "bewijs~dubbel"))


def test_the_page_says_what_moved(say: Say, advice: Advice) -> None:
    first = advice.recommended[0].intervention
    assert f"{first.title} valt nu af." in say(("zonder", first.id))


def test_what_is_left_out_can_be_put_back(client: TestClient, query: str) -> None:
    html = client.get(f"/advies?{query}&zonder=mdft").text
    back = re.search(r'<a class="chip" href="([^"]+)">', html)
    assert back is not None
    assert "zonder" not in unescape(back[1])


def test_every_suggestion_can_be_left_out(client: TestClient, query: str, advice: Advice) -> None:
    html = client.get(f"/advies?{query}").text
    assert all(f"zonder={r.intervention.id}#anders" in html for r in first_five(advice))


def test_one_goes_back_to_the_own_answers_in_one_step(client: TestClient, query: str) -> None:
    changed = submitted(client, f"/advies?{query}", budget=["3"])
    back = re.search(r'href="([^"]+)">Terug naar uw eigen antwoorden', client.get(changed).text)
    assert back is not None
    assert sorted(pairs_of(unescape(back[1]))) == sorted(parse_qsl(query))


@pytest.mark.parametrize(
    "pair",
    [
        ("gewicht", "onzin~dubbel"),
        ("gewicht", "bewijs~vier"),
        ("zonder", "bestaat-niet"),
        ("was", "gemeente~GM0141"),
        ("was", "budget~9"),
        ("was", "factor~onzin~70"),
    ],
)
def test_a_wish_that_means_nothing_is_named_and_left_aside(say: Say, pair: tuple[str, str]) -> None:
    assert f"Dit kennen wij niet: {pair[0]}={pair[1]}." in say(pair)


def test_an_answer_of_before_that_equals_the_one_of_now_is_no_change(echte_kast: KnowledgeBase) -> None:
    assert not address.read(echte_kast, [("budget", "1"), ("was", "budget~1")]).changed


def test_what_is_typed_in_a_wish_is_never_markup(client: TestClient, query: str) -> None:
    assert "<script>x" not in client.get(f"/advies?{query}&zonder=<script>x</script>&waaromniet=<script>x").text


# Why not


def test_why_something_is_ruled_out_is_told_by_its_name(say: Say, advice: Advice) -> None:
    out = advice.excluded[0]
    assert f"{out.intervention.title} valt af. {out.text}" in say(("waaromniet", out.intervention.title))


def test_a_name_may_be_misspelt(say: Say) -> None:
    answer = say(("waaromniet", "multi systeem terapie"))
    assert any(
        f"Multisysteem Therapie (MST) {words}" in answer for words in ("staat er wel bij", "staat op plaats", "valt af")
    )


def test_a_name_nobody_knows_gets_a_kind_answer(say: Say) -> None:
    assert "Wij vinden in de kast niets dat zo heet" in say(("waaromniet", "xqzwvj"))


def test_the_question_why_not_is_not_part_of_the_links_of_the_advice(client: TestClient, query: str) -> None:
    html = client.get(f"/advies?{query}&waaromniet=mdft").text
    assert "waaromniet=" not in "".join(re.findall(r'href="/advies\?([^"]+)"', html))


# The recept otherwise


def test_the_recept_offers_its_alternatives(say: Say, advice: Advice) -> None:
    assert all(f"Liever {other.name}?" in say() for other in advice.alternatives)

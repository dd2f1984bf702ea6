"""A description in own words: suggestions to confirm, and then an advice or the snelscan. Nothing of the text leaves the page."""

from __future__ import annotations

import logging
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from assessment import QUICK_SCAN_CONFIDENCE, Questionnaire, from_query
from web import words
from web.security import MAX_TEXT

STORY = "Rond het station hangen jongens met messen. Ze spijbelen en verkopen drugs."
FILLED = {
    "tekst": STORY,
    "kies": ["wapenbezit"],
    "hoeveel-wapenbezit": "3",
    "zekerheid": "2",
    "actie": "advies",
}


def send(client: TestClient, **typed: object) -> str:
    return client.post(words.PATH, data={"tekst": STORY, "actie": "lees"} | typed).text


def in_textarea(html: str) -> str:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", html, re.DOTALL)
    assert found
    return unescape(found[1])


def test_the_page_asks_for_a_story(client: TestClient) -> None:
    assert 'name="tekst"' in client.get(words.PATH).text


@pytest.mark.parametrize("path", ["/", "/snelscan"])
def test_one_finds_the_page_from_where_one_begins(client: TestClient, path: str) -> None:
    assert f'href="{words.PATH}"' in client.get(path).text


def test_a_suggestion_shows_the_words_that_led_to_it(client: TestClient) -> None:
    html = unescape(send(client))
    assert 'value="wapenbezit"' in html
    assert "Door uw woorden: messen" in html


def test_no_suggestion_is_chosen_beforehand(client: TestClient) -> None:
    assert " checked" not in send(client)


def test_what_was_ticked_stays_when_the_text_changes(client: TestClient) -> None:
    html = send(client, tekst="Ze verkopen drugs bij de school.", kies=["wapenbezit"])
    assert 'value="wapenbezit" checked' in html


def test_a_confirmed_topic_leads_to_an_advice(client: TestClient) -> None:
    assert client.post(words.PATH, data=FILLED).headers["location"].startswith("/advies?factor=wapenbezit")


def test_the_advice_is_there(client: TestClient) -> None:
    assert client.get(client.post(words.PATH, data=FILLED).headers["location"]).status_code == 200


def test_the_score_is_the_answer_to_the_question_of_the_questionnaire(client: TestClient) -> None:
    location = client.post(words.PATH, data=FILLED).headers["location"]
    profile, _, problems = from_query(parse_qsl(urlsplit(location).query))
    assert not problems
    assert profile.scores["wapenbezit"].score == 75


def test_the_doubt_is_that_of_a_quick_scan(client: TestClient) -> None:
    location = client.post(words.PATH, data=FILLED).headers["location"]
    profile = from_query(parse_qsl(urlsplit(location).query))[0]
    assert profile.scores["wapenbezit"].confidence == QUICK_SCAN_CONFIDENCE["2"]


def test_an_advice_on_words_alone_says_it_is_even_more_provisional(client: TestClient) -> None:
    assert "Nog voorlopiger" in client.get(client.post(words.PATH, data=FILLED).headers["location"]).text


def test_a_confirmed_topic_is_filled_in_in_the_snelscan(client: TestClient) -> None:
    location = client.post(words.PATH, data=FILLED | {"actie": "snelscan"}).headers["location"]
    item = next(i for i in Questionnaire.load().items(short=True) if i.factor == "wapenbezit")
    assert f'<input type="hidden" name="{item.id}" value="3">' in client.get(location).text


def test_weet_ik_niet_is_an_answer_and_gives_no_score(client: TestClient) -> None:
    typed = FILLED | {"kies": ["wapenbezit", "verzuim-schooluitval"], "hoeveel-verzuim-schooluitval": "wn"}
    location = client.post(words.PATH, data=typed).headers["location"]
    assert set(from_query(parse_qsl(urlsplit(location).query))[0].scores) == {"wapenbezit"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tekst": ""}, words.NOTHING_TYPED),
        ({"tekst": " \n\t "}, words.NOTHING_TYPED),
        ({"tekst": "\x00\x07\u200b"}, words.NOTHING_TYPED),
        ({"tekst": "qwx zvk blorp"}, words.NOTHING_FOUND),
        ({"tekst": "messen " * 15_000}, words.TOO_LONG),
        ({"kies": []}, words.NOTHING_CHOSEN),
        ({"hoeveel-wapenbezit": ""}, words.NO_AMOUNT),
        ({"hoeveel-wapenbezit": "99"}, words.NO_AMOUNT),
        ({"hoeveel-wapenbezit": "wn"}, words.NOTHING_KNOWN),
        ({"zekerheid": ""}, words.NO_CERTAINTY),
    ],
    ids=[
        "leeg",
        "wit",
        "onzichtbaar",
        "onzin",
        "100 kB",
        "niets gekozen",
        "geen antwoord",
        "vreemd",
        "wn",
        "zekerheid",
    ],
)
def test_what_is_missing_is_said_kindly(client: TestClient, change: dict[str, object], said: str) -> None:
    typed = {name: value for name, value in (FILLED | change).items() if value != []}
    if change.keys() == {"tekst"}:
        typed.pop("kies")
    answer = client.post(words.PATH, data=typed)
    assert (answer.status_code, said in answer.text) == (400, True)


@pytest.mark.parametrize("text", ["qwx zvk blorp", "messen " * 15_000, "<script>alert(1)</script> & meer"])
def test_the_text_stays_in_its_field(client: TestClient, text: str) -> None:
    assert in_textarea(send(client, tekst=text)) == text


def test_control_characters_are_taken_out(client: TestClient) -> None:
    assert in_textarea(send(client, tekst="Jongens\x00 met\x1b messen")) == "Jongens  met  messen"


def test_every_line_of_the_summary_leads_to_a_field(client: TestClient) -> None:
    html = client.post(words.PATH, data=FILLED | {"hoeveel-wapenbezit": "", "zekerheid": ""}).text
    links = re.findall(r'<li><a href="#([^"]+)">', html)
    assert len(links) == 2
    assert all(f'id="{link}"' in html for link in links)


def test_the_text_is_in_no_address(client: TestClient) -> None:
    assert "station" not in client.post(words.PATH, data=FILLED).headers["location"]


def test_the_text_is_in_no_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(client, tekst="Rond het geheimwoord hangen jongens met messen.")
    assert "geheimwoord" not in caplog.text


def test_nothing_is_kept_between_visits(client: TestClient) -> None:
    assert "set-cookie" not in client.post(words.PATH, data=FILLED).headers


def test_a_whole_book_is_refused(client: TestClient) -> None:
    assert client.post(words.PATH, data={"tekst": "a" * MAX_TEXT}).status_code == 413


def test_elsewhere_the_limit_stays_as_it_was(client: TestClient) -> None:
    assert client.post("/snelscan", data={"C02": "a" * 100_000}).status_code == 413


def test_a_topic_that_does_not_exist_is_left_aside(client: TestClient) -> None:
    assert "bestaat-niet" not in send(client, kies=["bestaat-niet"])

"""Filling in a meting: saved at every step, back on the same device or with a code, apart from everybody else, until it closes."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select
from starlette.applications import Starlette

from assessment import Questionnaire, store
from tests.web.people import Person, begin, close, database_of, fields_of, fill_in, links, member, new_meting, step_of


@pytest.fixture
def meting(site: Starlette) -> str:
    return new_meting(member(site, "coordinator", "GM0153", "jo@enschede.nl"))


@pytest.fixture
def light_meting(light_site: Starlette) -> str:
    return new_meting(member(light_site, "coordinator", "GM0153", "jo@enschede.nl"))


def kept(app: Starlette, meting_id: str) -> list[tuple[str | None, dict[str, str]]]:
    """Role and answers of everybody who answered something."""
    with database_of(app).read() as session:
        meting = session.get_one(store.Assessment, meting_id)
        return [(each.role, dict(each.answers)) for each in store.responses_of(session, meting)]


def test_what_one_fills_in_is_what_is_kept(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    person = begin(Person(site), link)
    given = fill_in(person, link)
    assert person.at == f"{link}/klaar"
    assert "Dank u wel" in person.page
    answers = {name: value for name, value in given.items() if not name.startswith(("Z-", "T-"))}
    assert kept(site, meting) == [("politie-boa", answers)]
    assert len(answers) > 10


def test_the_number_of_steps_does_not_grow_on_the_way(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    person = begin(Person(light_site), link)
    said = {said[1]} if (said := re.search(r"Stap 1 van (\d+)", person.page)) else set()
    while step_of(person) != "verandering":
        answers = dict.fromkeys(fields_of(person), "4")
        person.send(f"{link}/vragen", stap=step_of(person), actie="verder", **answers)
        said |= set(re.findall(r"Stap \d+ van (\d+)", person.page))
    assert said == {"5"}


def test_only_the_questions_of_the_own_role_are_asked(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    given = fill_in(begin(Person(light_site), link), link)
    items = {item.id for item in Questionnaire.load().items(short=True, role="politie-boa")}
    assert {name for name in given if not name.startswith(("Z-", "T-"))} == items


def test_on_the_open_link_one_chooses_a_role(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)[None]
    assert begin(Person(light_site), link).status == 400
    assert begin(Person(light_site), link, "kapitein").status == 400
    person = begin(Person(light_site), link, "gemeente")
    person.send(f"{link}/vragen", stap=step_of(person), actie="verder", **dict.fromkeys(fields_of(person), "3"))
    assert kept(light_site, light_meting)[0][0] == "gemeente"


def test_the_role_of_a_link_cannot_be_changed(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    person = begin(Person(light_site), link, "gemeente")
    person.send(f"{link}/vragen", stap=step_of(person), actie="verder", rol="gemeente", role="gemeente", **dict.fromkeys(fields_of(person), "3"))  # fmt: skip
    assert [role for role, _ in kept(light_site, light_meting)] == ["politie-boa"]


def test_every_step_is_saved_and_one_goes_on_where_one_was(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    person = begin(Person(site), link)
    first = step_of(person)
    person.send(f"{link}/vragen", stap=first, actie="verder", **dict.fromkeys(fields_of(person), "3"))
    second = step_of(person)
    person.open("/").open(link)
    assert "Welkom terug" in person.page
    assert step_of(person.open(f"{link}/vragen")) == second
    person.open(f"{link}/vragen?stap={first}")
    assert person.page.count(" checked>") == len(fields_of(person))


def test_with_the_code_one_goes_on_elsewhere_and_both_devices_work(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    phone = begin(Person(site), link)
    first = step_of(phone)
    names = fields_of(phone)
    phone.send(f"{link}/vragen", stap=first, actie="stoppen", **dict.fromkeys(names, "2"))
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", phone.page)
    assert code
    desk = Person(site).open(link)
    desk.send(f"{link}/code", code=code[0].lower().replace("-", " "))
    assert desk.at == f"{link}/vragen"
    desk.send(f"{link}/vragen", stap=first, actie="verder", **dict.fromkeys(names, "4"))
    assert phone.open(f"{link}/vragen?stap={first}").page.count('value="4" checked') == len(names)
    assert len(kept(site, meting)) == 1
    assert code[0] in desk.open(f"{link}/klaar").page


def test_a_wrong_code_is_said_and_cannot_be_tried_for_ever(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    thief = Person(light_site).open(link)
    statuses = [thief.send(f"{link}/code", code=store.new_code()).status for _ in range(9)]
    assert statuses == [400] * 8 + [429]


def test_two_people_on_one_link_never_see_or_change_each_other(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    first, second = begin(Person(site), link), begin(Person(site), link)
    fill_in(first, link, "0")
    fill_in(second, link, "4")
    assert sorted(set(answers.values()) for _, answers in kept(site, meting)) == [{"0"}, {"4"}]
    assert 'value="4" checked' not in first.open(f"{link}/vragen?stap=individu").page


def test_two_people_on_one_computer_have_their_own(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    person = begin(Person(light_site), link)
    fill_in(person, link, "0")
    person.open(link).send(f"{link}/ander")
    assert person.at == link
    begin(person, link)
    fill_in(person, link, "4")
    assert sorted(set(answers.values()) for _, answers in kept(light_site, light_meting)) == [{"0"}, {"4"}]


def test_a_start_sent_twice_begins_one(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    person = Person(site).open(link)
    fields = {"formulier": person.token, "begin": person.hidden("begin")}
    for _ in range(2):
        assert person.client.post(link, data=fields).status_code == 303
    with database_of(site).read() as session:
        assert len(session.exec(select(store.StoredResponse)).all()) == 1


def test_an_answer_sent_twice_counts_once(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    person = begin(Person(site), link)
    fields = {
        "formulier": person.token,
        "stap": step_of(person),
        "actie": "verder",
        **dict.fromkeys(fields_of(person), "3"),
    }
    for _ in range(2):
        assert person.client.post(f"{link}/vragen", data=fields).status_code == 303
    assert len(kept(site, meting)) == 1


def test_after_closing_nothing_is_taken_and_nothing_typed_is_lost(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    person = begin(Person(site), link)
    names, step = fields_of(person), step_of(person)
    close(site, meting)
    person.send(f"{link}/vragen", stap=step, actie="verder", **dict.fromkeys(names, "4"))
    assert person.status == 409
    assert "net gesloten" in person.page
    assert person.page.count('value="4" checked') == len(names)
    assert kept(site, meting) == []


def test_nobody_begins_after_closing(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    person = Person(site).open(link)
    fields = {"formulier": person.token, "begin": person.hidden("begin")}
    close(site, meting)
    answer = person.client.post(link, data=fields)
    assert (answer.status_code, "Deze meting is gesloten" in answer.text) == (409, True)


def test_what_is_good_is_kept_when_something_on_the_page_is_not(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    person = begin(Person(site), link)
    names = [name for name in fields_of(person) if not name.startswith("Z-")]
    person.send(f"{link}/vragen", stap=step_of(person), actie="verder", **{names[0]: "3", names[1]: "onzin"})
    assert person.status == 400
    assert "is geen antwoord op deze vraag" in person.page
    assert kept(site, meting) == [("politie-boa", {names[0]: "3"})]


def test_going_back_saves_too_and_asks_nothing(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    person = begin(Person(light_site), link)
    person.send(f"{link}/vragen", stap=step_of(person), actie="verder", **dict.fromkeys(fields_of(person), "3"))
    names = [name for name in fields_of(person) if not name.startswith("Z-")]
    person.send(f"{link}/vragen", stap=step_of(person), actie="terug", **{names[0]: "3"})
    assert person.status == 303
    assert names[0] in kept(light_site, light_meting)[0][1]


def test_only_questions_of_this_page_are_taken(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    person = begin(Person(light_site), link)
    own = dict.fromkeys(fields_of(person), "3")
    person.send(
        f"{link}/vragen", stap=step_of(person), actie="verder", **own, vreemd="1", id="9", response_id="9", C14="3"
    )
    given = {name for name in own if not name.startswith("Z-")}
    assert [set(answers) for _, answers in kept(light_site, light_meting)] == [given]
    with database_of(light_site).read() as session:
        stored = {row.field for row in session.exec(select(store.StoredAnswer))}
    assert stored == set(own)


def test_a_sign_that_no_database_keeps_is_left_out(site: Starlette) -> None:
    meting = new_meting(member(site, "coordinator", "GM0153", "jo@enschede.nl"), versie="lang")
    link = links(site, meting)["politie-boa"]
    person = begin(Person(site), link)
    name = re.search(r'<textarea[^>]*name="(O-[^"]+)"', person.page)
    assert name
    person.send(f"{link}/vragen", stap=step_of(person), actie="terug", **{name[1]: 'Het is ‘s \0avonds \\u0000 "druk"'})
    assert person.status == 303
    with database_of(site).read() as session:
        assert [row.value for row in session.exec(select(store.StoredAnswer))] == ['Het is ‘s avonds \\u0000 "druk"']


REMARKS = {
    "Bel mij op 06-12345678": "telefoonnummer",
    "Het gaat om 111222333": "burgerservicenummer",
    "Mail jan@school.nl": "e-mailadres",
    "Vooral Mohammed doet mee": "naam van een persoon",
}


@pytest.mark.parametrize("remark", REMARKS)
def test_free_text_that_says_too_much_is_not_kept_and_kindly_asked_back(light_site: Starlette, remark: str) -> None:
    meting = new_meting(member(light_site, "coordinator", "GM0153", "jo@enschede.nl"), versie="lang")
    link = links(light_site, meting)["politie-boa"]
    person = begin(Person(light_site), link)
    name = re.search(r'<textarea[^>]*name="(O-[^"]+)"', person.page)
    assert name
    answers = dict.fromkeys(fields_of(person), "3") | {name[1]: remark}
    person.send(f"{link}/vragen", stap=step_of(person), actie="verder", **answers)
    assert (person.status, REMARKS[remark] in person.page, remark in person.page) == (400, True, True)
    with database_of(light_site).read() as session:
        stored = [row.value for row in session.exec(select(store.StoredAnswer))]
    assert remark not in stored
    assert len(stored) == len(answers) - 1


def test_who_says_that_it_is_no_name_is_believed(light_site: Starlette) -> None:
    meting = new_meting(member(light_site, "coordinator", "GM0153", "jo@enschede.nl"), versie="lang")
    link = links(light_site, meting)["politie-boa"]
    person = begin(Person(light_site), link)
    name = re.search(r'<textarea[^>]*name="(O-[^"]+)"', person.page)
    assert name
    answers = dict.fromkeys(fields_of(person), "3") | {
        name[1]: "Rond het huis van Fleur Agema",
        f"zeker-{name[1]}": "ja",
    }
    assert person.send(f"{link}/vragen", stap=step_of(person), actie="verder", **answers).status == 303


def test_a_copy_holds_every_answer_in_words(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    person = begin(Person(light_site), link)
    given = fill_in(person, link, "wn")
    person.open(f"{link}/kopie")
    items = [name for name in given if not name.startswith("Z-")]
    assert person.page.count("<dd>Weet ik niet</dd>") == len(items)


def test_one_can_take_everything_back_until_closing(site: Starlette, meting: str) -> None:
    link = links(site, meting)["politie-boa"]
    person = begin(Person(site), link)
    fill_in(person, link)
    person.open(f"{link}/klaar").send(f"{link}/verwijderen")
    assert "verwijderd" in person.page
    assert kept(site, meting) == []
    assert "Begin met invullen" in person.open(link).page


def test_after_closing_what_counted_stays(light_site: Starlette, light_meting: str) -> None:
    link = links(light_site, light_meting)["politie-boa"]
    person = begin(Person(light_site), link)
    fill_in(person, link)
    close(light_site, light_meting)
    assert person.send(f"{link}/verwijderen").status == 409
    assert len(kept(light_site, light_meting)) == 1


def test_the_device_of_one_meting_opens_nothing_of_another(light_site: Starlette, light_meting: str) -> None:
    owner = Person(light_site).sign_in("jo@enschede.nl")
    other = new_meting(owner, C02="Elders")
    mine, theirs = (links(light_site, each)["politie-boa"] for each in (light_meting, other))
    person = begin(Person(light_site), mine)
    fill_in(person, mine, "4")
    ((name, value),) = [(k, v) for k, v in person.client.cookies.items() if k.startswith("kast-invulling-")]
    person.client.cookies.set(name.replace(light_meting, other), value, domain="testserver.local")
    assert person.open(f"{theirs}/vragen").at == theirs


def test_a_changed_questionnaire_does_not_touch_a_running_meting(site: Starlette, meting: str) -> None:
    with database_of(site).write() as session:
        mine = session.get_one(store.Assessment, meting)
        content = dict(session.get_one(store.StoredQuestionnaire, mine.questionnaire).content)
        content["versie"] = "0.0"
        content["onderdelen"] = [part for part in content["onderdelen"] if part["id"] != "online"]
        session.add(store.StoredQuestionnaire(digest="ouder", version="0.0", content=content))
        session.flush()
        mine.questionnaire = "ouder"
        session.add(mine)
    link = links(site, meting)["politie-boa"]
    person = begin(Person(site), link)
    given = fill_in(person, link)
    assert not [name for name in given if name.startswith("ONL")]
    assert "versie 0.0" in person.open(f"{link}/kopie").page
    assert set(kept(site, meting)[0][1]) == {name for name in given if not name.startswith(("Z-", "T-"))}

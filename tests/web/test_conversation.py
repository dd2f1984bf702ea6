"""The profile of a closed meting, the conversation about it, and the agreed priorities that lead the advice."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette

import matcher
from assessment import from_query
from kb import KnowledgeBase
from matcher import Wishes
from tests.web.people import Person, begin, close, fill_in, links, new_meting
from web.conversation import Candidate, most_places, moved, problems

PEOPLE = {"politie-boa": ("3", "4"), "jongerenwerk": ("3", "2"), "school-leerplicht": ("4", "3")}


def measured(app: Starlette, coordinator: Person, **changes: str | list[str]) -> str:
    """A closed meting with six answers in three roles."""
    meting = new_meting(coordinator, rollen=list(PEOPLE), **changes)
    for role, answers in PEOPLE.items():
        for answer in answers:
            link = links(app, meting)[role]
            fill_in(begin(Person(app), link), link, answer)
    close(app, meting)
    return meting


@pytest.fixture
def meting(light_site: Starlette, coordinator: Person) -> str:
    return measured(light_site, coordinator)


def places(page: str) -> dict[str, str]:
    """What stands at every axis when the page opens: the suggestion."""
    found: dict[str, str] = {}
    for axis, options in re.findall(r'name="plaats-([^"]+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'value="(\d)" selected', options)
        found[axis] = chosen[1] if chosen else "0"
    return found


def agreed(coordinator: Person, meting: str, **fields: str) -> Person:
    coordinator.open(f"/metingen/{meting}/gesprek")
    suggestion = {f"plaats-{axis}": place for axis, place in places(coordinator.page).items()}
    whole = {**suggestion, "datum": "2026-12-01", "jongeren": "ja", "bewoners": "nee", **fields}
    return coordinator.send(f"/metingen/{meting}/gesprek", **whole)


def advice_link(page: str) -> str:
    found = re.search(r'href="(/advies\?[^"]+)"', page)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("path", ["profiel", "gespreksblad", "gesprek", "afspraken"])
def test_an_open_meting_has_no_profile_yet(coordinator: Person, path: str) -> None:
    meting = new_meting(coordinator)
    coordinator.open(f"/metingen/{meting}/{path}")
    assert (coordinator.status, "pas als de meting gesloten is" in coordinator.page) == (404, True)


def test_the_profile_says_who_took_part_and_leads_to_the_advice(coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/profiel")
    assert "6 mensen" in coordinator.page
    assert "Politie of boa: 2" in coordinator.page
    link = advice_link(coordinator.page)
    assert coordinator.open(link).status == 200
    assert "Wesselerbrink in Enschede" in coordinator.page


def test_only_fives_leave_a_meting(coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/profiel")
    profile, _, problems = from_query(parse_qsl(urlsplit(advice_link(coordinator.page)).query))
    assert not problems
    assert profile.scores
    assert {score.score % 5 for score in profile.scores.values()} == {0}
    assert {(score.standard_error or 0) % 5 for score in profile.scores.values()} == {0}


def test_with_two_people_there_is_no_profile_and_the_page_says_why(light_site: Starlette, coordinator: Person) -> None:
    meting = new_meting(coordinator)
    for role in ("politie-boa", "jongerenwerk"):
        link = links(light_site, meting)[role]
        fill_in(begin(Person(light_site), link), link)
    close(light_site, meting)
    coordinator.open(f"/metingen/{meting}/profiel")
    assert "Te weinig invullers" in coordinator.page
    assert "profile-bar" not in coordinator.page


def test_a_second_meting_of_the_same_area_is_laid_beside_the_first(
    light_site: Starlette, coordinator: Person, meting: str
) -> None:
    again = measured(light_site, coordinator, C02="wesselerbrink")
    page = coordinator.open(f"/metingen/{again}/profiel").page
    assert "Geen onderwerp is duidelijk anders" in page
    assert "geen duidelijk verschil" in page
    elsewhere = measured(light_site, coordinator, C02="Elders")
    assert "vorige meting" not in coordinator.open(f"/metingen/{elsewhere}/profiel").page
    assert meting


def test_the_suggestion_can_be_agreed_to_without_a_reason(coordinator: Person, meting: str) -> None:
    agreed(coordinator, meting)
    assert (coordinator.status, coordinator.at) == (303, f"/metingen/{meting}/afspraken")
    assert "Jongeren praatten mee" in coordinator.page


def test_the_agreed_priorities_lead_the_advice(light_site: Starlette, coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/gesprek")
    first, second, *_ = (
        axis for axis, place in sorted(places(coordinator.page).items(), key=lambda p: p[1]) if place != "0"
    )
    change = {
        f"plaats-{first}": "2",
        f"plaats-{second}": "1",
        f"reden-{first}": "Dit loopt al.",
        f"reden-{second}": "Nu urgent.",
    }
    agreed(coordinator, meting, **change)
    assert coordinator.at.endswith("/afspraken")
    assert "Waarom anders: " in coordinator.page
    pairs = parse_qsl(urlsplit(advice_link(coordinator.page)).query)
    profile, context, _ = from_query([pair for pair in pairs if pair[0] != matcher.AGREED_KEY])
    kb: KnowledgeBase = light_site.state.kb
    advice = matcher.recommend(kb, profile, context, Wishes.from_query(pairs))
    assert [axis.id for axis in advice.priorities.act][:2] == [second, first]
    assert coordinator.open(advice_link(coordinator.page)).status == 200


def test_moving_adding_or_dropping_needs_a_reason(coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/gesprek")
    dropped = next(axis for axis, place in places(coordinator.page).items() if place == "1")
    added = next(axis for axis, place in places(coordinator.page).items() if place == "0")
    agreed(coordinator, meting, **{f"plaats-{dropped}": "0", f"plaats-{added}": "1"})
    assert coordinator.status == 400
    assert (
        coordinator.page.count(f'id="reden-{dropped}-fout"') == coordinator.page.count(f'id="reden-{added}-fout"') == 1
    )
    agreed(coordinator, meting, **{f"plaats-{dropped}": "0", f"plaats-{added}": "1", f"reden-{dropped}": "Loopt al goed.", f"reden-{added}": "Zien wij elke dag."})  # fmt: skip
    assert "Bewust niet gekozen" in coordinator.page


BAD = {
    "geen dag": ({"datum": "morgen"}, "Vul de dag van het gesprek in"),
    "een naam": ({"notitie": "Vooral Mohammed doet mee"}, "naam van een persoon"),
    "te lang": ({"notitie": "a" * 1001}, "hoogstens 1000 tekens"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_mistake_loses_nothing_that_was_typed(coordinator: Person, meting: str, what: str) -> None:
    fields, said = BAD[what]
    agreed(coordinator, meting, **fields)
    assert (coordinator.status, said in coordinator.page) == (400, True)
    assert next(iter(fields.values())) in coordinator.page
    assert coordinator.open(f"/metingen/{meting}/afspraken").at.endswith("/gesprek")


def test_two_on_one_place_is_said(coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/gesprek")
    agreed(coordinator, meting, **{f"plaats-{axis}": "1" for axis in places(coordinator.page)})
    assert (coordinator.status, "dezelfde plaats" in coordinator.page) == (400, True)


def test_nothing_chosen_is_said(coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/gesprek")
    agreed(coordinator, meting, **{f"plaats-{axis}": "0" for axis in places(coordinator.page)})
    assert (coordinator.status, "minstens één onderwerp" in coordinator.page) == (400, True)


def test_safety_stays_on_every_page_whatever_was_agreed(coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/gesprek")
    assert "Eerst: veiligheid" in coordinator.page
    flags = {factor for factor in matcher.weights.SAFETY_FLAGS if f"/factoren/{factor}" in coordinator.page}
    assert flags
    keep = [axis for axis, place in places(coordinator.page).items() if place == "0"][:1]
    drop = {f"plaats-{a}": "0" for a in places(coordinator.page)} | {
        f"reden-{a}": "Niet nu." for a in places(coordinator.page)
    }
    agreed(coordinator, meting, **{**drop, f"plaats-{keep[0]}": "1"})
    for path in (f"/metingen/{meting}/afspraken", f"/metingen/{meting}/profiel", advice_link(coordinator.page)):
        page = coordinator.open(path).page
        assert "Eerst: veiligheid" in page
        assert all(f"/factoren/{factor}" in page for factor in flags)


def test_the_situation_reaches_the_advice(coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/situatie")
    coordinator.send(f"/metingen/{meting}/situatie", C06="5", C14="0", C10=["school", "straat"])
    assert "3 van 14 vragen" in coordinator.page
    _, context, _ = from_query(
        parse_qsl(urlsplit(advice_link(coordinator.open(f"/metingen/{meting}/profiel").page)).query)
    )
    assert (context.severity, context.budget, context.settings) == (5, "0", ("school", "straat"))


def test_a_wrong_answer_about_the_situation_is_said_and_not_kept(coordinator: Person, meting: str) -> None:
    coordinator.open(f"/metingen/{meting}/situatie")
    coordinator.send(f"/metingen/{meting}/situatie", C06="9", C14="0")
    assert coordinator.status == 400
    assert 'name="C14" value="0" checked' in coordinator.page
    assert 'name="C14" value="0" checked' not in coordinator.open(f"/metingen/{meting}/situatie").page


def candidate(axis: str, suggested: int, place: int) -> Candidate:
    return Candidate(axis, axis, suggested, str(place), "")


@pytest.mark.parametrize(
    ("order", "explained"),
    [
        ("a1 b2 c3", set()),
        ("a2 b1 c3", {"a"}),
        ("a3 b1 c2", {"a"}),
        ("a1 b2 c0", {"c"}),
        ("a1 b3 c2", {"b"}),
        ("a0 b0 c1", {"a", "b"}),
        ("a2 b4 c5", set()),
    ],
)
def test_only_what_really_moved_needs_a_reason(order: str, explained: set[str]) -> None:
    listed = [candidate(word[0], n, int(word[1])) for n, word in enumerate(order.split(), 1)]
    found = moved(listed)
    assert len(found) == len(explained)
    if len(order.replace("0", "")) < len(order):
        assert found == explained


def test_what_was_not_suggested_always_needs_a_reason() -> None:
    assert moved([candidate("a", 1, 1), candidate("x", 0, 2)]) == {"x"}


def test_as_many_can_be_chosen_as_we_suggest_when_the_last_are_tied() -> None:
    tied = [candidate(f"a{n}", n, n) for n in range(1, 7)]
    assert most_places(tied) == 6
    assert problems(tied, {"datum": "2026-12-01"}) == {}
    assert most_places(tied[:2]) == 5

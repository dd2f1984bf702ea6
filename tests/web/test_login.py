"""Signing in: an invitation works once, a session cannot be prepared or guessed, a password cannot be tried for ever."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select
from starlette.applications import Starlette

from assessment import store
from tests.web.conftest import NewClient
from tests.web.people import PASSWORD, Person, database_of, member
from web import accounts, visitors


def invitation(app: Starlette, role: str = "coordinator", organisation: str = "GM0153", email: str = "") -> str:
    with database_of(app).write() as session:
        return accounts.invite(session, role, organisation, email)


def test_an_invitation_makes_an_account_that_can_sign_in_again(site: Starlette) -> None:
    person = Person(site).accept(invitation(site), "Jo@Enschede.nl")
    assert (person.status, person.at) == (303, "/metingen")
    person.send("/uitloggen")
    assert person.open("/metingen").at.startswith("/inloggen")
    assert person.sign_in("jo@enschede.nl").at == "/metingen"


def test_an_invitation_works_once(site: Starlette) -> None:
    token = invitation(site)
    Person(site).accept(token, "jo@enschede.nl")
    late = Person(site).open(f"/welkom/{token}")
    assert (late.status, "al gebruikt of verlopen" in late.page) == (404, True)


def test_an_invitation_that_two_people_use_at_once_makes_one_account(site: Starlette) -> None:
    token = invitation(site)
    first, second = Person(site).open(f"/welkom/{token}"), Person(site).open(f"/welkom/{token}")
    for person, email in ((first, "een@enschede.nl"), (second, "twee@enschede.nl")):
        person.send(f"/welkom/{token}", email=email, wachtwoord=PASSWORD, nogmaals=PASSWORD)
    assert (first.status, second.status) == (303, 404)


def test_an_invitation_ends(light_site: Starlette) -> None:
    token = invitation(light_site)
    with database_of(light_site).write() as session:
        session.execute(text("UPDATE account_invitation SET expires_at = '2020-01-01 00:00:00'"))
    assert Person(light_site).open(f"/welkom/{token}").status == 404


def test_an_invitation_for_one_address_is_for_that_address(light_site: Starlette) -> None:
    Person(light_site).accept(invitation(light_site, email="jo@enschede.nl"), "ander@elders.nl")
    with database_of(light_site).read() as session:
        assert [each.email for each in accounts.all_accounts(session)] == ["jo@enschede.nl"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"wachtwoord": "kort", "nogmaals": "kort"}, "minstens 12 tekens"),
        ({"wachtwoord": "aaaaaaaaaaaaaa", "nogmaals": "aaaaaaaaaaaaaa"}, "te makkelijk"),
        ({"nogmaals": "iets anders dan dat"}, "niet gelijk"),
        ({"email": "geen adres"}, "Vul een e-mailadres in"),
    ],
)
def test_a_mistake_is_said_and_the_invitation_still_works(
    light_site: Starlette, fields: dict[str, str], said: str
) -> None:
    token = invitation(light_site)
    person = Person(light_site).open(f"/welkom/{token}")
    whole = {"email": "jo@enschede.nl", "wachtwoord": PASSWORD, "nogmaals": PASSWORD}
    person.send(f"/welkom/{token}", **(whole | fields))
    assert (person.status, said in person.page) == (400, True)
    assert PASSWORD not in person.page
    assert person.send(f"/welkom/{token}", **whole).status == 303


def test_what_else_is_sent_along_changes_nothing(light_site: Starlette) -> None:
    token = invitation(light_site, "lezer")
    person = Person(light_site).open(f"/welkom/{token}")
    person.send(
        f"/welkom/{token}", email="jo@enschede.nl", wachtwoord=PASSWORD, nogmaals=PASSWORD,
        role="beheerder", rol="beheerder", organisation="GM0141", organisatie="GM0141", id="1", active="0",
    )  # fmt: skip
    with database_of(light_site).read() as session:
        (made,) = accounts.all_accounts(session)
    assert (made.role, made.organisation, made.active) == ("lezer", "GM0153", True)


@pytest.mark.parametrize(
    ("email", "password"), [("jo@enschede.nl", "fout wachtwoord"), ("niemand@elders.nl", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_look_the_same(
    light_site: Starlette, email: str, password: str
) -> None:
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    person = Person(light_site).sign_in(email, password)
    assert (person.status, "Het e-mailadres of het wachtwoord klopt niet." in person.page) == (400, True)
    assert password not in person.page


def test_a_password_cannot_be_tried_for_ever_and_the_right_one_waits_too(site: Starlette) -> None:
    member(site, "coordinator", "GM0153", "jo@enschede.nl")
    thief = Person(site)
    statuses = [thief.sign_in("jo@enschede.nl", f"geraden {n}").status for n in range(accounts.ATTEMPTS + 1)]
    assert statuses == [400] * accounts.ATTEMPTS + [429]
    assert Person(site).sign_in("jo@enschede.nl").status == 429


def test_another_account_does_not_wait_for_a_thief(light_site: Starlette) -> None:
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    for n in range(accounts.ATTEMPTS + 1):
        Person(light_site).sign_in("ander@enschede.nl", f"geraden {n}")
    assert Person(light_site).sign_in("jo@enschede.nl").status == 303


def test_after_a_quarter_of_an_hour_one_may_try_again(light_site: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    for n in range(accounts.ATTEMPTS + 1):
        Person(light_site).sign_in("jo@enschede.nl", f"geraden {n}")
    later = store.now() + accounts.ATTEMPTS_WITHIN + timedelta(seconds=1)
    monkeypatch.setattr(accounts, "now", lambda: later)
    assert Person(light_site).sign_in("jo@enschede.nl").status == 303


def use_session(person: Person, value: str) -> None:
    """As if this browser had got this cookie from us."""
    person.client.cookies.set(visitors.SESSION, value, domain="testserver.local")


def session_cookie(person: Person) -> str:
    return person.client.cookies.get(visitors.SESSION) or ""


def test_a_session_that_somebody_prepared_is_not_used(light_site: Starlette) -> None:
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    victim = Person(light_site)
    use_session(victim, "voorbereid")
    victim.sign_in("jo@enschede.nl")
    assert session_cookie(victim) not in ("", "voorbereid")
    thief = Person(light_site)
    use_session(thief, "voorbereid")
    assert thief.open("/metingen").at.startswith("/inloggen")


def test_signing_in_again_ends_the_session_before(light_site: Starlette) -> None:
    person = member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    old = session_cookie(person)
    other = Person(light_site)
    use_session(other, old)
    assert other.open("/metingen").at == "/metingen"
    use_session(person, old)
    person.open("/account")
    person.send("/account/wachtwoord", oud=PASSWORD, nieuw="een ander lang wachtwoord")
    assert session_cookie(person) != old
    assert other.open("/metingen").at.startswith("/inloggen")
    assert person.open("/metingen").at == "/metingen"


def test_signing_out_everywhere_ends_every_session(site: Starlette) -> None:
    here = member(site, "coordinator", "GM0153", "jo@enschede.nl")
    there = Person(site).sign_in("jo@enschede.nl")
    here.open("/account").send("/uitloggen", overal="ja")
    assert there.open("/metingen").at.startswith("/inloggen")


@pytest.mark.parametrize(
    ("column", "back"), [("seen_at", accounts.SESSION_IDLE), ("created_at", accounts.SESSION_LONGEST)]
)
def test_a_session_ends_by_itself(site: Starlette, column: str, back: timedelta) -> None:
    person = member(site, "coordinator", "GM0153", "jo@enschede.nl")
    with database_of(site).write() as session:
        row = session.exec(select(accounts.LoginSession)).one()
        setattr(row, column, store.now() - back - timedelta(seconds=1))
        session.add(row)
    assert person.open("/metingen").at.startswith("/inloggen")


def test_a_blocked_account_is_out_at_once_and_cannot_come_back(light_site: Starlette) -> None:
    admin = member(light_site, "beheerder", "platform-ivz", "baas@ivz.nl")
    person = member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    admin.open("/beheer").send("/beheer/accounts/2", actie="blokkeren")
    assert person.open("/metingen").at.startswith("/inloggen")
    assert Person(light_site).sign_in("jo@enschede.nl").status == 400


def test_the_last_beheerder_cannot_be_blocked(light_site: Starlette) -> None:
    admin = member(light_site, "beheerder", "platform-ivz", "baas@ivz.nl")
    admin.open("/beheer").send("/beheer/accounts/1", actie="blokkeren")
    assert (admin.status, "laatste beheerder" in admin.page) == (400, True)


def test_a_beheerder_invites_somebody_by_the_name_of_the_gemeente(light_site: Starlette) -> None:
    admin = member(light_site, "beheerder", "platform-ivz", "baas@ivz.nl")
    admin.open("/beheer").send("/beheer/uitnodigen", rol="coordinator", organisatie="Gemeente Hengelo", email="")
    found = re.search(r"/welkom/([a-z0-9]{26})", admin.page)
    assert found
    assert Person(light_site).accept(found[1], "an@hengelo.nl").at == "/metingen"
    with database_of(light_site).read() as session:
        made = accounts.find_account(session, "an@hengelo.nl")
    assert made is not None
    assert made.municipality == "GM0164"


def test_an_invitation_that_is_withdrawn_opens_nothing_and_is_said_in_the_log(light_site: Starlette) -> None:
    admin = member(light_site, "beheerder", "platform-ivz", "baas@ivz.nl")
    token = invitation(light_site, email="fout@adres.nl")
    admin.open("/beheer")
    assert "fout@adres.nl" in admin.page
    shown = re.search(r'name="uitnodiging" value="([0-9a-f]{64})"', admin.page)
    assert shown
    admin.send("/beheer/uitnodigingen/intrekken", uitnodiging=shown[1])
    assert (admin.at, "fout@adres.nl" in admin.page) == ("/beheer", False)
    assert Person(light_site).open(f"/welkom/{token}").status == 404
    admin.send("/beheer/uitnodigingen/intrekken", uitnodiging=shown[1])
    assert (admin.status, "gebruikt, verlopen of al ingetrokken" in admin.page) == (400, True)
    assert "uitnodiging intrekken" in admin.open("/beheer/logboek").page


def test_an_invitation_that_was_used_cannot_be_withdrawn(light_site: Starlette) -> None:
    admin = member(light_site, "beheerder", "platform-ivz", "baas@ivz.nl")
    with database_of(light_site).read() as session:
        used = session.exec(select(accounts.AccountInvitation)).one()
    assert used.used_at
    admin.open("/beheer").send("/beheer/uitnodigingen/intrekken", uitnodiging=used.token_hash)
    assert admin.status == 400
    assert Person(light_site).sign_in("baas@ivz.nl").at != "/inloggen"


@pytest.mark.parametrize(
    ("role", "organisation"), [("baas", "GM0153"), ("coordinator", "GM9999"), ("coordinator", "vnon"), ("", "")]
)
def test_a_role_that_cannot_be_is_refused(light_site: Starlette, role: str, organisation: str) -> None:
    admin = member(light_site, "beheerder", "platform-ivz", "baas@ivz.nl")
    admin.open("/beheer").send("/beheer/uitnodigen", rol=role, organisatie=organisation, email="")
    assert (admin.status, "/welkom/" in admin.page) == (400, False)


def test_the_log_says_who_did_what_and_never_a_secret(light_site: Starlette) -> None:
    admin = member(light_site, "beheerder", "platform-ivz", "baas@ivz.nl")
    Person(light_site).sign_in("baas@ivz.nl", "een fout wachtwoord")
    admin.open("/beheer/logboek")
    assert admin.page.count("<td>inloggen</td>") == 2
    assert "<td>mislukt</td>" in admin.page
    assert "wachtwoord" not in admin.page


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(light_site: Starlette) -> None:
    token = invitation(light_site)
    person = Person(light_site).open(f"/welkom/{token}")
    fields = {"formulier": person.token, "email": "jo@enschede.nl", "wachtwoord": PASSWORD, "nogmaals": PASSWORD}
    cookies = person.client.post(f"/welkom/{token}", data=fields).headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in each and "SameSite=lax" in each for each in cookies)


def test_over_https_the_cookie_is_only_sent_over_https(new_client: NewClient) -> None:
    client = new_client(base_url="https://kast.example.nl")
    client.base_url = "https://testserver"
    (cookie,) = client.get("/inloggen").headers.get_list("set-cookie")
    assert cookie.startswith("__Host-kast-formulier=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"))


@pytest.mark.parametrize("goal", ["https://kwaad.nl", "//kwaad.nl", "/\\kwaad.nl", "javascript:alert(1)", "kwaad.nl"])
def test_signing_in_never_leads_to_another_site(light_site: Starlette, goal: str) -> None:
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    person = Person(light_site).open("/inloggen")
    answer = person.client.post(
        "/inloggen",
        data={"formulier": person.token, "email": "jo@enschede.nl", "wachtwoord": PASSWORD, "naar": goal},
    )
    assert answer.headers["location"] == "/metingen"


def test_signing_in_leads_back_to_where_one_was_going(light_site: Starlette) -> None:
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    person = Person(light_site).open("/metingen/nieuw")
    person.send("/inloggen", email="jo@enschede.nl", wachtwoord=PASSWORD, naar=person.hidden("naar"))
    assert person.at == "/metingen/nieuw"


def test_a_public_page_sets_no_cookie(light_site: Starlette) -> None:
    client = Person(light_site).client
    for path in ("/", "/snelscan", "/interventies", "/over", "/privacy"):
        assert "set-cookie" not in client.get(path).headers


def test_the_first_beheerder_gets_a_link_until_there_is_one(site: Starlette) -> None:
    with database_of(site).write() as session:
        token = accounts.invite_first(session)
    assert token is not None
    assert Person(site).accept(token, "baas@ivz.nl").at == "/beheer"
    with database_of(site).write() as session:
        assert accounts.invite_first(session) is None


def test_an_earlier_link_for_the_first_beheerder_ends_when_one_is_used(light_site: Starlette) -> None:
    with database_of(light_site).write() as session:
        first, second = accounts.invite_first(session), accounts.invite_first(session)
    assert first
    assert second
    Person(light_site).accept(first, "baas@ivz.nl")
    assert Person(light_site).open(f"/welkom/{second}").status == 404


def test_who_forgot_a_password_gets_a_link_from_a_beheerder_and_chooses_another(site: Starlette) -> None:
    there = member(site, "coordinator", "GM0153", "jo@enschede.nl")
    admin = member(site, "beheerder", "platform-ivz", "baas@ivz.nl").open("/beheer")
    admin.send("/beheer/uitnodigen", rol="coordinator", organisatie="GM0153", email="jo@enschede.nl")
    found = re.search(r"/welkom/([a-z0-9]{26})", admin.page)
    assert found
    person = Person(site)
    assert "Kies een nieuw wachtwoord" in person.open(f"/welkom/{found[1]}").page
    person.accept(found[1], "ander@elders.nl", "een heel ander wachtwoord")
    assert person.at == "/metingen"
    assert there.open("/metingen").at.startswith("/inloggen")
    assert Person(site).sign_in("jo@enschede.nl").status == 400
    assert Person(site).sign_in("jo@enschede.nl", "een heel ander wachtwoord").status == 303
    assert "wachtwoord vernieuwen" in admin.open("/beheer/logboek").page
    with database_of(site).read() as session:
        assert len(accounts.all_accounts(session)) == 2


@pytest.mark.parametrize(("role", "organisation"), [("beheerder", "GM0153"), ("coordinator", "GM0141")])
def test_a_new_password_is_no_way_to_another_role(light_site: Starlette, role: str, organisation: str) -> None:
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    with pytest.raises(accounts.AccountError, match="al een account"):
        invitation(light_site, role, organisation, "jo@enschede.nl")


def test_a_new_password_is_no_way_past_a_block_or_the_login_of_the_organisation(light_site: Starlette) -> None:
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    token = invitation(light_site, email="jo@enschede.nl")
    with database_of(light_site).write() as session:
        accounts.set_active(session, 1, False)
    assert "al een account" in Person(light_site).accept(token, "jo@enschede.nl", "een heel ander wachtwoord").page
    with database_of(light_site).write() as session:
        accounts.set_active(session, 1, True).password_hash = None
    with pytest.raises(accounts.AccountError, match="al een account"):
        invitation(light_site, email="jo@enschede.nl")


def test_an_open_invitation_changes_no_account_that_is_there(light_site: Starlette) -> None:
    """Otherwise whoever got one could take over the account of somebody else."""
    member(light_site, "coordinator", "GM0153", "jo@enschede.nl")
    thief = Person(light_site).accept(invitation(light_site), "jo@enschede.nl", "een heel ander wachtwoord")
    assert (thief.status, "al een account" in thief.page) == (400, True)
    assert Person(light_site).sign_in("jo@enschede.nl").status == 303

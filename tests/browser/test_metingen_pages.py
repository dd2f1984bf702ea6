"""Every page of a meting, from the first link to the region, on a phone and on a wide screen: axe objects to nothing, nothing is cut off.

With KAST_PLATEN=MAP every page is also kept as pictures of both screens, and what is meant for paper as it prints: for people to look at.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, expect

from assessment import Questionnaire, store
from tests.browser.conftest import PHONE, WIDE, NewPage, signed_in
from tests.browser.test_accessibility import fits, objections
from tests.invullingen import own
from web import accounts
from web.database import Database

PAPER = {"width": 794, "height": 1123}
"""A4 at 96 points an inch."""
PICTURES = os.environ.get("KAST_PLATEN")
ROLES = ("politie-boa", "jongerenwerk", "school-leerplicht", "wijkteam-jgz", "gemeente")
SITUATION = {"C03": ["2400"], "C04": ["12-17"], "C05": ["wapens", "geweld"], "C07": ["groep"], "C08": ["nee"]}


def look(page: Page, name: str, printed: bool = False, columns: bool = False) -> None:
    """What a visitor on a phone, at a desk and with paper would stumble over. Only `columns` look otherwise to axe at a desk."""
    for screen, size in (("breed", WIDE), ("telefoon", PHONE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        _picture(page, f"{name}-{screen}")
        assert fits(page), f"{name} {screen}"
        assert (screen == "breed" and not columns) or objections(page) == [], f"{name} {screen}"
    if printed:
        page.set_viewport_size(PAPER)  # type: ignore[arg-type]
        page.emulate_media(media="print")
        _picture(page, f"{name}-papier")
        assert fits(page), f"{name} op papier"
        page.emulate_media(media="null")


def sheets_of(page: Page) -> int:
    """How many sheets of A4 it takes to print this page."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def meting_of(database: Database, code: str, area: str) -> str:
    """An open meting of the long version, with a link per role and one for everybody."""
    with database.write() as session:
        made = store.create(
            session,
            municipality=code,
            area=area,
            short=False,
            situation={"C01": [code], "C02": [area], **SITUATION},
            roles=[*ROLES, None],
            closes_at=store.now() + store.KEEP,
            created_by="0",
        )
        return made.id


def fill_in(database: Database, meting_id: str, chance: random.Random, roles: Iterable[str]) -> None:
    """Everybody sees about the same, each role a little differently, and nobody knows all."""
    questionnaire = Questionnaire.load()
    truth = {item.factor: chance.uniform(0, 4) for item in questionnaire.items(short=False)}
    with database.write() as session:
        meting = session.get_one(store.Assessment, meting_id)
        for number, role in enumerate(roles):
            given = {
                item.id: _answer(4 - truth[item.factor] if item.reversed else truth[item.factor], chance)
                for item in questionnaire.items(short=False, role=role)
            }
            sure = {section.certainty_id: "3" for section in questionnaire.sections(role=role)}
            response = store.start(session, meting, role, f"{meting_id} {number}", [f"{meting_id} {number}"])
            store.save(session, own(session, response), given | sure)


def _answer(around: float, chance: random.Random) -> str:
    return "wn" if chance.random() < 0.1 else str(min(4, max(0, round(chance.gauss(around, 0.9)))))


def close(database: Database, meting_id: str) -> None:
    with database.write() as session:
        store.close(session, session.get_one(store.Assessment, meting_id), store.now())


def link_of(database: Database, meting_id: str, role: str | None) -> str:
    with database.read() as session:
        found = store.invitations(session, session.get_one(store.Assessment, meting_id))
        return next(f"/invullen/{each.token}" for each in found if each.role == role)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_getting_in(new_page: NewPage, database: Database) -> None:
    with database.write() as session:
        token = accounts.invite(session, "coordinator", "GM0164")
    page = new_page()
    page.goto(f"/welkom/{token}")
    look(page, "welkom")
    page.get_by_label("E-mailadres").fill("an@hengelo.nl")
    page.get_by_label("Kies een wachtwoord").fill("een goed lang wachtwoord")
    page.get_by_label("Hetzelfde wachtwoord").fill("een ander lang wachtwoord")
    press(page, "Maak mijn account")
    look(page, "welkom-fout")
    page.get_by_label("Kies een wachtwoord").fill("een goed lang wachtwoord")
    page.get_by_label("Hetzelfde wachtwoord").fill("een goed lang wachtwoord")
    press(page, "Maak mijn account")
    expect(page.get_by_role("heading", name="Metingen")).to_be_visible()
    look(page, "metingen-leeg")
    page.goto("/account")
    look(page, "account")
    press(page, "Log uit")
    page.get_by_label("E-mailadres").fill("an@hengelo.nl")
    page.get_by_label("Wachtwoord").fill("een fout lang wachtwoord")
    press(page, "Log in")
    look(page, "inloggen-fout")


def test_making_a_meting_and_adding_figures(new_page: NewPage, database: Database) -> None:
    page = signed_in(new_page, database, "coordinator", "GM0153")
    page.goto("/metingen/nieuw")
    look(page, "meting-maken")
    press(page, "Maak de meting")
    look(page, "meting-maken-fout")
    page.locator('[name="C02"]').fill("Wesselerbrink")
    page.locator('[name="C05"]').first.select_option("wapens")
    page.locator('[name="C04"][value="12-17"] + label').click()
    page.locator('[name="versie"][value="kort"] + label').click()
    press(page, "Maak de meting")
    expect(page.get_by_role("heading", name="Wesselerbrink in Enschede")).to_be_visible()
    meting = page.url.rsplit("/", 1)[1]
    fill_in(database, meting, random.Random(1), ROLES)
    page.reload()
    look(page, "meting-open", columns=True)
    page.goto(f"/metingen/{meting}/sluiten")
    look(page, "sluiten")
    page.goto(f"/metingen/{meting}/uitnodiging")
    look(page, "uitnodiging", printed=True)
    assert sheets_of(page) == len(Questionnaire.load().roles)
    page.goto(f"/metingen/{meting}/situatie")
    look(page, "situatie")
    page.goto(f"/metingen/{meting}/groep")
    look(page, "groep")
    for name in dict.fromkeys(page.locator("form.no-print input").evaluate_all("all => all.map(i => i.name)")):
        if name.startswith("G"):
            page.locator(f'[name="{name}"] + label').first.click()
    press(page, "Bewaar")
    look(page, "groep-ingevuld", printed=True)
    page.goto(f"/metingen/{meting}/cijfers")
    look(page, "cijfers-leeg")
    press(page, "Voeg toe")
    look(page, "cijfers-fout")
    page.locator('[name="bron-bestand"]').fill("CBS StatLine")
    page.locator('[name="soort"]').select_option("R03")
    table = "gemeente;jaar;aantal;noemer\nEnschede;2024;150;10.000\nEnschede;2023;veel;10.000\nNederland;2024;12.000;1.200.000\nHengelo (O.);2024;.;9.000\nEnschede;2022;<5;10.000\n"
    page.locator('[name="bestand"]').set_input_files(
        {"name": "tabel.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    press(page, "Lees de tabel in")
    expect(page.get_by_text("1 cijfer overgenomen")).to_be_visible()
    look(page, "cijfers-ingelezen", columns=True)
    page.goto(f"/metingen/{meting}/verwijderen")
    look(page, "verwijderen")


def test_filling_in(new_page: NewPage, database: Database) -> None:
    meting = meting_of(database, "GM0150", "Voorstad")
    page = new_page()
    page.goto(link_of(database, meting, None))
    look(page, "invullen-begin")
    press(page, "Begin met invullen")
    look(page, "invullen-begin-fout")
    page.locator('[name="rol"][value="gemeente"] + label').click()
    press(page, "Begin met invullen")
    look(page, "invullen-stap")
    page.locator("textarea").first.fill("Vooral Mohammed doet mee")
    press(page, "Bewaar en ga verder")
    look(page, "invullen-stap-fout")
    page.goto(page.url.partition("?")[0])
    press(page, "Bewaar en stop")
    look(page, "invullen-bewaard")
    code = page.locator(".code-big").inner_text()
    page.get_by_role("link", name="Bewaar of print een kopie").click()
    look(page, "invullen-kopie", printed=True)
    other = new_page()
    other.goto(link_of(database, meting, None))
    other.get_by_label("Uw persoonlijke code").fill("ABCD-EFGH-JKMN")
    press(other, "Ga verder")
    look(other, "invullen-code-fout")
    other.get_by_label("Uw persoonlijke code").fill(code)
    press(other, "Ga verder")
    expect(other.locator(".progress-words")).to_be_visible()
    close(database, meting)
    press(other, "Bewaar en stop")
    look(other, "invullen-net-gesloten")
    other.goto(link_of(database, meting, None))
    look(other, "invullen-gesloten")


def test_the_profile_the_conversation_and_the_agreements(new_page: NewPage, database: Database) -> None:
    page = signed_in(new_page, database, "coordinator", "GM0141")
    earlier = meting_of(database, "GM0141", "Nieuwstraat-kwartier")
    fill_in(database, earlier, random.Random(3), ROLES * 2)
    close(database, earlier)
    few = meting_of(database, "GM0141", "Sluitersveld")
    close(database, few)
    meting = meting_of(database, "GM0141", "Nieuwstraat-kwartier")
    fill_in(database, meting, random.Random(3), (*ROLES, "jongerenwerk", "politie-boa", "politie-boa", "gemeente"))
    close(database, meting)
    page.goto("/metingen")
    look(page, "metingen")
    page.goto(f"/metingen/{meting}")
    look(page, "meting-gesloten")
    page.goto(f"/metingen/{meting}/profiel")
    look(page, "profiel", printed=True, columns=True)
    page.goto(f"/metingen/{meting}/gespreksblad")
    look(page, "gespreksblad", printed=True)
    assert sheets_of(page) == 1
    page.goto(f"/metingen/{few}/profiel")
    look(page, "profiel-te-weinig")
    page.goto(f"/metingen/{meting}/gesprek")
    look(page, "gesprek", columns=True)
    first = page.locator("select").first
    first.select_option("0")
    press(page, "Leg vast wat u afsprak")
    look(page, "gesprek-fout")
    page.locator("textarea").first.fill("Dit loopt al goed; het jongerenwerk gaat ermee door.")
    page.get_by_label("Wanneer was het gesprek?").fill("2026-11-20")
    press(page, "Leg vast wat u afsprak")
    expect(page.get_by_text("Bewust niet gekozen")).to_be_visible()
    look(page, "afspraken", printed=True)
    assert sheets_of(page) == 1


def test_the_region_and_what_a_beheerder_does(new_page: NewPage, database: Database) -> None:
    page = signed_in(new_page, database, "lezer", "vnon")
    page.goto("/regio")
    look(page, "regio-leeg")
    for code in ("GM0163", "GM0168", "GM0158"):
        meting = meting_of(database, code, "Centrum")
        fill_in(database, meting, random.Random(5), ROLES)
        close(database, meting)
        with database.write() as session:
            talk = store.Conversation(
                assessment_id=meting, held_on=store.now().date(), with_youth=True, with_residents=True
            )
            store.agree(session, talk, [store.AgreedPriority(assessment_id=meting, axis="wapens", place=1, reason="")])
    page.goto("/regio")
    look(page, "regio", printed=True, columns=True)
    page = signed_in(new_page, database, "beheerder", "platform-ivz")
    page.goto("/beheer")
    look(page, "beheer")
    page.goto("/beheer/logboek")
    look(page, "logboek")

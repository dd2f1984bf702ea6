"""Registration figures of a meting: what may be added, by whom, until when, and what is shown of it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette

from assessment import store
from tests.web.people import Person, close, database_of, member, new_meting

HAND = {
    "cijfer": "R03",
    "aantal": "65",
    "noemer": "5.000",
    "aantal-regio": "12.000",
    "noemer-regio": "1.200.000",
    "gebied": "gemeente",
    "jaar": "2024",
    "bron": "CBS StatLine",
}
TABLE = "gemeente;jaar;aantal;noemer\nEnschede;2024;150;10.000\nNederland;2024;12.000;1.200.000\n"


@pytest.fixture
def page(coordinator: Person) -> str:
    """The address of the figures of a new meting."""
    address = f"/metingen/{new_meting(coordinator)}/cijfers"
    coordinator.open(address)
    return address


def kept(app: Starlette, page: str) -> list[store.StoredIndicator]:
    with database_of(app).read() as session:
        meting = session.get_one(store.Assessment, page.split("/")[2])
        return store.indicators_of(session, meting)


def upload(person: Person, page: str, data: bytes, **fields: str) -> Person:
    answer = person.client.post(
        f"{page}/bestand",
        data={"formulier": person.token, **fields},
        files={"bestand": ("tabel.csv", data, "text/csv")},
    )
    person.page, person.status = answer.text, answer.status_code
    return person


def test_a_figure_by_hand_is_kept_with_what_one_would_expect(
    light_site: Starlette, coordinator: Person, page: str
) -> None:
    coordinator.send(page, **HAND)
    assert coordinator.status == 303
    (figure,) = kept(light_site, page)
    assert (figure.observed, figure.expected, figure.year, figure.level) == (65, 50, 2024, "gemeente")
    assert "CBS StatLine, 2024, over de hele gemeente" in coordinator.page


def test_it_is_shown_in_tens_beside_what_was_expected(coordinator: Person, page: str) -> None:
    coordinator.send(page, **{**HAND, "aantal": "163"})
    assert ">160<" in coordinator.page
    assert ">50<" in coordinator.page
    assert "163" not in coordinator.page
    assert "meer dan verwacht" in coordinator.page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"aantal": "veel"}, "Vul een getal in"),
        ({"aantal": ""}, "Vul een getal in"),
        ({"noemer": "0"}, "meer dan nul"),
        ({"noemer": "50"}, "groter dan waar het uit komt"),
        ({"jaar": "ooit"}, "Vul een jaar in"),
        ({"cijfer": "R99"}, "Kies een cijfer"),
        ({"gebied": "straat"}, "Kies waarover"),
        ({"bron": ""}, "waar het cijfer vandaan komt"),
        ({"bron": "x" * 101}, "hoogstens 100 tekens"),
        ({"bron": "Jan, 06-12345678"}, "telefoonnummer"),
        ({"aantal": "9"}, "te klein"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_typed_is_lost(
    light_site: Starlette, coordinator: Person, page: str, changes: dict[str, str], words: str
) -> None:
    coordinator.send(page, **{**HAND, **changes})
    assert coordinator.status == 400
    assert words in coordinator.page
    assert 'value="12.000"' in coordinator.page
    assert kept(light_site, page) == []


def test_a_table_is_read_in(light_site: Starlette, coordinator: Person, page: str) -> None:
    upload(coordinator, page, TABLE.encode("cp1252"), **{"soort": "R03", "bron-bestand": "Politie"})
    assert coordinator.status == 200
    assert "1 cijfer overgenomen" in coordinator.page
    (figure,) = kept(light_site, page)
    assert (figure.observed, figure.expected, figure.source) == (150, 100, "Politie")


def test_lines_that_cannot_be_used_are_named_beside_what_is_kept(
    light_site: Starlette, coordinator: Person, page: str
) -> None:
    upload(coordinator, page, (TABLE + "Enschede;2023;<5;10.000\nAtlantis;2023;60;10.000\n").encode(), soort="R03")
    assert "Regel 4: De bron geeft dit aantal niet" in coordinator.page
    assert "Regel 5: &#39;Atlantis&#39; kennen we niet" in coordinator.page
    assert len(kept(light_site, page)) == 1


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 400, "Kies een bestand."),
        (b"PK\x03\x04", 422, "Excel- of zipbestand"),
        (b"a;b\n1;2\n", 422, "Wij zoeken een kolom"),
        (b"\xff\xfe\x00\x01\x02", 422, "geen leesbare tabel"),
        (b"x" * 2_000_001, 422, "groter dan 2 MB"),
        (TABLE.replace("150", "7").encode(), 422, "minder dan 10"),
        (b"gemeente;jaar;aantal;verwacht\nEnschede;2024;<script>alert(1)</script>;9\n", 422, "&lt;script&gt;"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do(
    light_site: Starlette, coordinator: Person, page: str, data: bytes, status: int, words: str
) -> None:
    upload(coordinator, page, data, soort="R03")
    assert coordinator.status == status
    assert words in coordinator.page
    assert kept(light_site, page) == []


def test_a_file_beyond_any_table_is_refused_unread(coordinator: Person, page: str) -> None:
    assert upload(coordinator, page, b"x" * 4_000_000).status == 413


def test_two_files_at_once_are_refused(light_site: Starlette, coordinator: Person, page: str) -> None:
    files = [("bestand", ("a.csv", TABLE.encode())), ("bestand", ("b.csv", TABLE.encode()))]
    answer = coordinator.client.post(f"{page}/bestand", data={"formulier": coordinator.token}, files=files)
    assert answer.status_code == 400
    assert kept(light_site, page) == []


def test_a_file_without_our_token_is_refused(light_site: Starlette, coordinator: Person, page: str) -> None:
    answer = coordinator.client.post(
        f"{page}/bestand", data={"soort": "R03"}, files={"bestand": ("a.csv", TABLE.encode())}
    )
    assert answer.status_code == 403
    assert kept(light_site, page) == []


def test_a_figure_can_be_taken_away(light_site: Starlette, coordinator: Person, page: str) -> None:
    coordinator.send(page, **HAND)
    coordinator.send(f"{page}/weg", cijfer="R03")
    assert kept(light_site, page) == []


def test_after_closing_nothing_changes_any_more(light_site: Starlette, coordinator: Person, page: str) -> None:
    """Otherwise whoever may add figures could work out from their effect how people differed."""
    coordinator.send(page, **HAND)
    close(light_site, page.split("/")[2])
    assert "De meting is gesloten" in coordinator.send(page, **{**HAND, "aantal": "80"}).page
    assert coordinator.status == 400
    assert "De meting is gesloten" in coordinator.send(f"{page}/weg", cijfer="R03").page
    assert "De meting is gesloten" in upload(coordinator, page, TABLE.encode(), soort="R03").page
    assert [figure.observed for figure in kept(light_site, page)] == [65]
    assert "verandert niets meer" in coordinator.open(page).page


def test_who_only_reads_sees_the_figures_but_no_form(light_site: Starlette, coordinator: Person, page: str) -> None:
    coordinator.send(page, **HAND)
    reader = member(light_site, "lezer", "GM0153", "kijk@enschede.nl").open(page)
    assert "Jeugdige verdachten" in reader.page
    assert "Lees de tabel in" not in reader.page


def test_figures_come_are_replaced_and_go_on_both_engines(site: Starlette) -> None:
    person = member(site, "coordinator", "GM0153", "jo@enschede.nl")
    address = f"/metingen/{new_meting(person)}/cijfers"
    person.open(address).send(address, **HAND)
    upload(person, address, TABLE.encode(), **{"soort": "R03", "bron-bestand": "Politie"})
    assert [(figure.observed, figure.source) for figure in kept(site, address)] == [(150, "Politie")]
    person.send(f"{address}/weg", cijfer="R03")
    assert kept(site, address) == []

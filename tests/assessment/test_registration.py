"""Tables in the shape of police, Halt, leerplicht, GGD and CBS exports; every number here is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import AreaLevel, IndicatorValue, get_municipality
from assessment.registration import (
    COUNTRY,
    MAX_MESSAGES,
    Figure,
    Wanted,
    import_figures,
    indicator_of,
    place_of,
    year_of,
)

HENGELO = get_municipality("GM0164")
assert HENGELO is not None
WANTED = Wanted(HENGELO, indicator="R03", source="CBS")

CBS = """Geregistreerde verdachten van 12 tot 18 jaar;;;
;;;
RegioS;Perioden;Aantal;Noemer
NL01  ;2023JJ00;12.000;1.200.000
GM0164    ;2023JJ00;65;5.000
GM0153    ;2023JJ00;150;10.000
Bron: CBS
"""


def figures(text: str, wanted: Wanted = WANTED) -> tuple[Figure, ...]:
    return import_figures(text.encode(), wanted).figures


def messages(text: str, wanted: Wanted = WANTED) -> list[str]:
    return [message.text for message in import_figures(text.encode(), wanted).messages]


def test_a_cbs_table_gives_a_count_beside_what_the_country_lets_one_expect() -> None:
    assert import_figures(CBS.encode(), WANTED).messages == ()
    assert figures(CBS) == (Figure(IndicatorValue("R03", 65, 50, AreaLevel.MUNICIPALITY), "CBS", 2023),)


@pytest.mark.parametrize(
    "name", ["GM0164", "GM0164    ", "0164", "164", "Hengelo", "Hengelo (O.)", "HENGELO (O)", "gemeente Hengelo"]
)
def test_a_municipality_is_found_however_it_is_written(name: str) -> None:
    assert place_of(name, WANTED) == "GM0164"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("NL01", COUNTRY),
        ("Nederland", COUNTRY),
        ("Twente", "Twente"),
        ("GGD-regio Twente", "Twente"),
        ("Enschede", "GM0153"),
    ],
)
def test_what_one_compares_with_is_found(name: str, place: str) -> None:
    assert place_of(name, WANTED) == place


@pytest.mark.parametrize("name", ["Bergen", "Atlantis", "9999", "", "GM1", "²", "٣"])
def test_what_is_no_single_place_is_not(name: str) -> None:
    assert place_of(name, WANTED) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023", 2023),
        ("2023*", 2023),
        ("2023JJ00", 2023),
        ("2023.0", 2023),
        ("2021-2023", 2023),
        ("2023/2024", 2023),
        ("2023/24", 2023),
        ("2023SJ00", 2023),
    ],
)
def test_a_year_as_tables_write_it(text: str, year: int) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize("text", ["", "23", "1850", "٢٠٢٣", "2023MM01", "mei", "20233", "2023KW01"])
def test_what_is_no_year(text: str) -> None:
    assert year_of(text) is None


@pytest.mark.parametrize(
    ("text", "indicator"),
    [("R03", "R03"), ("r3", "R03"), (" R21 ", "R21"), ("jeugdreclassering", "R12"), ("R99", None), ("", None)],
)
def test_an_indicator_by_its_code_or_its_name(text: str, indicator: str | None) -> None:
    assert indicator_of(text) == indicator


def test_a_percentage_becomes_a_count_with_its_base() -> None:
    """GGD: 30% of 400 here; 25% of 4000 in the region."""
    table = "gemeente,jaar,percentage,respondenten\nHengelo,2023,30.0%,400\nGGD-regio Twente,2023,25.0%,4000\n"
    assert figures(table, Wanted(HENGELO, indicator="R13")) == (  # type: ignore[arg-type]
        Figure(IndicatorValue("R13", 120, 100, AreaLevel.MUNICIPALITY), "", 2023),
    )


def test_a_rate_per_thousand_becomes_a_count_with_its_base() -> None:
    table = "gemeente\tjaar\tper 1.000 jongeren\tjongeren\nHengelo\t2023\t8,6\t5.000\nNederland\t2023\t8\t1.200.000\n"
    (found,) = figures(table)
    assert found.value.observed == pytest.approx(43)
    assert found.value.expected == pytest.approx(40)


def test_the_table_may_say_itself_what_is_expected() -> None:
    table = "indicator;gemeente;jaar;aantal;verwacht;bron\nR05;Hengelo;2024;30;25;Halt\nR03;Hengelo;2024;60;50;CBS\n"
    found = figures(table, Wanted(HENGELO))  # type: ignore[arg-type]
    assert [(f.value.indicator_id, f.value.observed, f.value.expected, f.source) for f in found] == [
        ("R03", 60, 50, "CBS"),
        ("R05", 30, 25, "Halt"),
    ]


def test_the_region_goes_before_the_country_and_the_neighbours_make_a_region() -> None:
    head = "gemeente;jaar;aantal;noemer\nHengelo;2023;65;5000\nNederland;2023;12000;1200000\n"
    neighbours = "Enschede;2023;200;10000\nAlmelo;2023;90;5000\nBorne;2023;10;1000\n"
    assert figures(head)[0].value.expected == 50
    assert figures(head + neighbours)[0].value.expected == pytest.approx(5000 * 300 / 16000)
    assert figures(head + neighbours + "Twente;2023;400;20000\n")[0].value.expected == 100


def test_two_neighbours_are_no_region() -> None:
    table = "gemeente;jaar;aantal;noemer\nHengelo;2023;65;5000\nEnschede;2023;200;10000\nAlmelo;2023;90;5000\n"
    assert figures(table) == ()
    assert "niets om mee te vergelijken" in messages(table)[0]


def test_the_neighbourhood_goes_before_the_municipality_when_it_has_enough_cases() -> None:
    head = "gebied;jaar;aantal;noemer\nNederland;2023;12000;1200000\nHengelo;2023;65;5000\n"
    wanted = Wanted(HENGELO, "De Nijverheid", "R03")  # type: ignore[arg-type]
    assert figures(head + "De Nijverheid;2023;20;1000\n", wanted)[0].value == IndicatorValue(
        "R03", 20, 10, AreaLevel.AREA
    )
    assert figures(head + "De Nijverheid;2023;9;1000\n", wanted)[0].value.level is AreaLevel.MUNICIPALITY


def test_three_years_are_taken_together_when_one_is_too_small() -> None:
    rows = "".join(
        f"Hengelo;{year};{count};500\nNederland;{year};12000;1200000\n"
        for year, count in ((2021, 5), (2022, 4), (2023, 6))
    )
    (found,) = figures("gemeente;jaar;aantal;noemer\n" + rows)
    assert (found.value.observed, found.value.expected, found.year, found.years) == (15, 15, 2023, 3)


def test_a_missing_year_in_between_is_not_bridged() -> None:
    rows = "".join(f"Hengelo;{year};5;500\nNederland;{year};12000;1200000\n" for year in (2019, 2022, 2023))
    assert figures("gemeente;jaar;aantal;noemer\n" + rows) == ()


def test_a_number_under_ten_is_neither_kept_nor_named() -> None:
    table = "gemeente;jaar;aantal;verwacht\nHengelo;2023;7;12\n"
    assert figures(table) == ()
    (message,) = messages(table)
    assert "minder dan 10" in message
    assert "7" not in message


@pytest.mark.parametrize("cell", [".", "<5", "-", "x", "", "n.b."])
def test_a_suppressed_cell_is_unknown_and_said(cell: str) -> None:
    table = f"gemeente;jaar;aantal;verwacht\nHengelo;2022;60;50\nHengelo;2023;{cell};50\n"
    assert [found.year for found in figures(table)] == [2022]
    assert "Onbekend is niet nul" in messages(table)[0]


def test_every_broken_line_is_named_by_its_number() -> None:
    found = import_figures(
        b"gemeente;jaar;aantal;noemer;verwacht\n"
        b"Hengelo;2023;vijftig;5000;50\n"
        b"Hengelo;ooit;60;5000;50\n"
        b"Atlantis;2023;60;5000;50\n"
        b"Hengelo;2022;60,5;5000;50\n"
        b"Hengelo;2022;6000;5000;50\n"
        b"Hengelo;2021;60;5000;50\n"
        b"Hengelo (O.);2021;61;5000;50\n",
        WANTED,
    )
    assert [message.line for message in found.messages] == [2, 3, 4, 5, 6, 8]
    assert [message.text.split(".")[0] for message in found.messages] == [
        "'vijftig' is geen aantal",
        "'ooit' is geen jaar",
        "'Atlantis' kennen we niet als gemeente of regio",
        "'60,5' is geen heel aantal",
        "Het aantal is groter dan de noemer ('5000')",
        "Dit staat ook op regel 7; de eerste telt",
    ]
    assert found.figures[0].value.observed == 60


def test_an_unknown_indicator_in_a_row_is_named() -> None:
    assert "'R77' is geen cijfer" in messages("indicator;gemeente;jaar;aantal\nR77;Hengelo;2023;60\n")[0]


def test_a_file_about_elsewhere_says_so() -> None:
    assert messages("gemeente;jaar;aantal;verwacht\nEnschede;2023;60;50\n") == [
        "R03: er staat geen regel in over Hengelo (O.)."
    ]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("a;b;c\n1;2;3\n", "Wij zoeken een kolom met het gebied"),
        ("gemeente;jaar\nHengelo;2023\n", "Wij zoeken een kolom met het gebied"),
        ("gemeente;jaar;percentage\nHengelo;2023;12\n", "‘noemer’"),
        ("gemeente;jaar;aantal\n", "geen gegevens"),
    ],
)
def test_wrong_columns_say_what_is_wanted(table: str, words: str) -> None:
    assert words in messages(table)[0]


def test_without_a_column_or_a_choice_one_must_say_which_figure_it_is() -> None:
    assert "Kies eerst welk cijfer" in messages("gemeente;jaar;aantal\nHengelo;2023;60\n", Wanted(HENGELO))[0]  # type: ignore[arg-type]


def test_thousands_of_broken_lines_give_a_short_list() -> None:
    found = import_figures(b"gemeente;jaar;aantal;verwacht\n" + b"Hengelo;2023;veel;50\n" * 5000, WANTED)
    assert len(found.messages) == MAX_MESSAGES + 1
    assert found.messages[-1].text == f"En nog {5000 - MAX_MESSAGES} andere regels."


def test_what_people_type_comes_back_short_and_in_one_line() -> None:
    table = 'gemeente;jaar;aantal;verwacht\nHengelo;2023;"<script>\nalert(1)</script>' + "a" * 5000 + '";50\n'
    (message,) = messages(table)
    assert len(message) < 150
    assert "\n" not in message


@given(st.text(max_size=300))
def test_whatever_is_in_the_table_nothing_breaks(text: str) -> None:
    found = import_figures(("gemeente;jaar;aantal;verwacht\n" + text).encode("utf-8", "replace"), WANTED)
    assert all(figure.value.observed >= 10 for figure in found.figures)

"""Tables as people send them: any separator, any encoding, numbers as Dutch and English programs write them, and junk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.tables import MAX_BYTES, MAX_ROWS, number, read, separator

TEXT = "gemeente{0}jaar{0}aantal\nHengelo (O.){0}2023{0}45\nSúdwest-Fryslân{0}2023{0}30\n"


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_separator_and_encoding_gives_the_same_rows(sign: str, encoding: str) -> None:
    rows, refusal = read(TEXT.format(sign).encode(encoding))
    assert refusal is None
    assert [row.cells for row in rows] == [
        ("gemeente", "jaar", "aantal"),
        ("Hengelo (O.)", "2023", "45"),
        ("Súdwest-Fryslân", "2023", "30"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like_and_keep_their_number(end: str) -> None:
    rows, _ = read(f"a;b{end}{end}1;2{end}".encode())
    assert [(row.line, row.cells) for row in rows] == [(1, ("a", "b")), (3, ("1", "2"))]


def test_a_quoted_cell_keeps_its_separator_and_its_line_end() -> None:
    rows, _ = read(b'naam;aantal\n"Hengelo; (O.)";"1\n2"\n')
    assert rows[1].cells == ("Hengelo; (O.)", "1 2")


def test_a_decimal_comma_loses_from_a_semicolon() -> None:
    assert separator("gebied;pct;n\nA;12,5;1,0\nB;3,1;2,0\n") == ";"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n\n;;\n", id="only separators"),
        pytest.param(b"PK\x03\x04rest", id="xlsx"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", id="xls"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(b"a;b\n\x00;1", id="NUL"),
        pytest.param(b"\xff\xfe\x00", id="half of a UTF-16 sign"),
        pytest.param(b"a;b\n" * (MAX_ROWS + 200), id="too many rows"),
        pytest.param(b"a" * (MAX_BYTES + 1), id="too big"),
        pytest.param(b'"' + b"a" * 200_000, id="a quote that never ends"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes) -> None:
    rows, refusal = read(data)
    assert rows == []
    assert refusal
    assert refusal.endswith(".")


@given(st.binary(max_size=400))
def test_whatever_bytes_come_in_nothing_breaks(data: bytes) -> None:
    rows, refusal = read(data)
    assert bool(rows) != bool(refusal)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("45", 45),
        ("1.234", 1234),
        ("1.234.567", 1234567),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("12,345", 12.345),
        ("0.125", 0.125),
        ("1.234,5", 1234.5),
        ("12,5%", 12.5),
        ("12,5 %", 12.5),
        (" 7 ", 7),
        ("'7", 7),
        ("10.0", 10),
    ],
)
def test_a_number_as_tables_write_it(text: str, value: float) -> None:
    assert number(text).value == value
    assert not number(text).suppressed


@pytest.mark.parametrize(
    "text", ["", ".", "..", "-", "–", "x", "X", "*", "<5", "< 5", "<10", "minder dan 5", "n.b.", "geheim", "NaN"]
)
def test_what_a_source_keeps_to_itself_is_unknown_and_never_zero(text: str) -> None:
    assert number(text).suppressed
    assert number(text).value is None


@pytest.mark.parametrize("text", ["vijf", "-3", "1e9", "=1+1", "12-mrt", "1.23.4", "inf", "٣", "1/2", "9" * 16])
def test_what_is_no_number_is_neither(text: str) -> None:
    assert number(text).value is None
    assert not number(text).suppressed

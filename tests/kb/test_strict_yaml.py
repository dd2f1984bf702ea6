"""Strict YAML: what is read, what is refused, and on which line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import strict_yaml


def said(text: str) -> list[tuple[int, str]]:
    return [(line, message) for line, _, message in strict_yaml.read(text).problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("2.5", 2.5),
        ("1.25", 1.25),
        ("tekst", "tekst"),
        ("'no'", "no"),
        ('"12:30"', "12:30"),
        ("'012'", "012"),
        ("2026-11-22", "2026-11-22"),
        ("ja", "ja"),
        ("null", None),
        ("~", None),
        ("", None),
        ("[a, 1]", ["a", 1]),
        ("{b: c}", {"b": "c"}),
        (">-\n  twee\n  regels", "twee regels"),
        ("R&D * 2 !", "R&D * 2 !"),
        ("1" * 30, "1" * 30),
        ("24/7", "24/7"),
    ],
)
def test_goed_is_read_as_written(written: str, value: Any) -> None:
    document = strict_yaml.read(f"a: {written}")
    assert (document.value, document.problems) == ({"a": value}, [])


TWO_MEANINGS = [
    "no",
    "Yes",
    "on",
    "OFF",
    "y",
    "true",
    "False",
    "012",
    "12:30",
    "1_000",
    "0x1F",
    "0o7",
    "1.250",
    "12.500.000",
]
SPECIAL = ["&a b", "*a", "!!str b", "!b", "! b", "!!python/object:os.system b", "&a [b]", "@b", "`b", "%b", "? b"]
UNREADABLE = ["b: c", "- b", "'b", '"b', "[b", "{b", "b: [c", "'b' c", '"\\z"', "|b", "]", ", b"]
DEEP = [pytest.param("[" * depth, id=f"{depth} deep") for depth in (300, 100_000)]


@pytest.mark.parametrize("written", [*TWO_MEANINGS, *SPECIAL, *UNREADABLE, *DEEP])
def test_fout_is_refused_on_its_own_line(written: str) -> None:
    problems = said(f"eerst: goed\na: {written}\nlaatst: goed\n")
    assert [line for line, _ in problems] == [2]


def test_what_is_refused_does_not_hide_the_rest() -> None:
    assert strict_yaml.read("a: 'b\nc: d").value == {"c": "d"}


def test_several_unreadable_blocks_are_all_named() -> None:
    assert [line for line, _ in said("a: 'b\nc: d\ne: [f\ng: h: i\n")] == [1, 3, 4]


def test_an_unreadable_block_is_named_by_its_field() -> None:
    assert strict_yaml.read("a: 1\nsoort interventie\n").problems[0][1] == ("soort",)


def test_a_document_that_stays_unreadable_gives_up_with_its_problems() -> None:
    assert len(said("\n".join(f"a{n}: 'b" for n in range(40)))) == strict_yaml.MAX_UNREADABLE


def test_the_second_of_two_equal_keys_is_refused() -> None:
    assert said("a: 1\nb: 2\na: 1") == [(3, "'a' staat er twee keer (ook op regel 1). Laat er één staan.")]


def test_two_values_for_one_key_are_both_named() -> None:
    twice = "'a' staat er twee keer: op regel 1 'ja', hier 'nee'. Laat staan wat klopt."
    assert said('a: "ja"\nb: 2\na: "nee"') == [(3, twice)]


def test_two_lists_under_one_key_belong_together() -> None:
    twice = "'a' staat er twee keer (ook op regel 1). Zet alles bij één van de twee."
    assert said("a: [x]\nb: 2\na:\n  - y") == [(3, twice)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a:\n\tb: z", 2),
        ("a:\n  - b: x\n\tc: z", 4),
        ("a:\n  b: x\n\n\tc: z", 2),
        ("a:\n  - b: x\n\t- b: z", 2),
    ],
)
def test_a_tab_is_told_how_many_spaces_it_should_be(text: str, number: int) -> None:
    told = f"Hier staat een tab. Haal hem weg: voor de eerste letter horen {number} spaties."
    assert told in [message for _, message in said(text)]
    assert said(text.replace("\t", " " * number)) == []


def test_a_tab_before_what_needs_no_indent_goes() -> None:
    assert [message for _, message in said("a: x\n\tb: y")] == ["Hier staat een tab. Haal hem weg."]


def test_a_value_of_more_lines_that_stands_twice_is_named_on_one() -> None:
    assert all("\n" not in message for _, message in said("a: >-\n  een\n\n  twee\na: drie"))


def test_equal_keys_in_different_entries_are_fine() -> None:
    assert said("a:\n  - b: 1\n  - b: 2") == []


@pytest.mark.parametrize("text", ["? [b]\n: c", "? {b: c}\n: d", "&x b: c", "!x b: c", "'': c"])
def test_a_field_has_a_plain_name(text: str) -> None:
    assert "naam van een veld" in said(f"a: 1\n{text}")[0][1]


@pytest.mark.parametrize(
    ("place", "line"), [((), 1), (("a",), 1), (("b",), 2), (("b", 1), 4), (("b", 1, "d"), 5), (("b", 1, "weg"), 4)]
)
def test_every_value_knows_its_line(place: strict_yaml.Path, line: int) -> None:
    assert strict_yaml.read("a: 1\nb:\n  - 1\n  - c: 1\n    d: 2\n").line_of(place) == line


@pytest.mark.parametrize(
    ("place", "value"),
    [(("a", "b", 1), 2), (("a", "b", 9), None), (("a", 0), None), (("x", "y"), None), ((), {"a": {"b": [1, 2]}})],
)
def test_a_value_is_found_by_its_place_or_not_at_all(place: strict_yaml.Path, value: Any) -> None:
    assert strict_yaml.read("a: {b: [1, 2]}").at(*place) == value


def test_a_billion_laughs_stay_a_few_words() -> None:
    laughs = "a: &a [ha, ha]\n" + "".join(
        f"{c}: &{c} [*{b}, *{b}]\n" for b, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert set(strict_yaml.read(laughs).value.values()) == {None}


def test_problems_are_counted_up_to_a_limit() -> None:
    assert len(said("a: [" + "no, " * 500 + "b]")) == strict_yaml.MAX_PROBLEMS


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2", "a: 1\n...\nb: 2", "a: 1\n...\n"])
def test_a_second_document_is_refused_or_nothing(text: str) -> None:
    assert all("alleen ... of ---" in message for _, message in said(text))


@given(st.text(alphabet="ab:- \n\t'\"[]{}&*!|>%@#,?\\.0129_~\u00e9\x07", max_size=60))
def test_no_text_makes_it_raise(text: str) -> None:
    document = strict_yaml.read(text)
    last = text.count("\n") + 1
    assert all(1 <= line <= last and message.endswith((".", "'", '"')) for line, _, message in document.problems)


@given(
    st.text(alphabet="ab:- \n'\"[]{},#>|&~.019\u00e9", max_size=60) | st.sampled_from([f"a: {w}" for w in TWO_MEANINGS])
)
def test_reading_quickly_says_the_same_as_reading_closely(text: str) -> None:
    quick, close = strict_yaml.read(text), strict_yaml._read_closely(text)
    assert (quick.value, quick.problems) == (close.value, close.problems)
    assert [quick.line_of(place) for place in close.lines] == list(close.lines.values())

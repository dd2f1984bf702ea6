"""One file in, an Intervention or Problems out. The kinds of mistake themselves are in tests/content/fouten."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core.core_schema import ErrorType

from kb import content, prose, written
from kb.model import FrontMatter, Intervention
from tests.content.test_fouten import ENGLISH
from tests.kb.pages import GOOD_PAGE, GOOD_TEXT, changed, lines_with, page, problems, write

REACHABLE = ("int_", "float_", "finite_", "string_", "tuple_", "too_", "enum", "model_t", "date_", "missing")
"""Beginnings of the pydantic error types that fields of the model can give."""
NEVER_GIVEN = {
    "string_sub_type",  # strings come from YAML, so they are plain
    "string_unicode",  # the same
    "string_not_ascii",  # no field asks for ASCII
    "date_past",  # no field asks for a day before or after today
    "date_future",  # the same
    "missing_argument",  # only functions have arguments
    "missing_keyword_only_argument",  # the same
    "missing_positional_only_argument",  # the same
    "missing_sentinel_error",  # no field uses a sentinel
    "int_parsing",  # whole numbers are strict, text is never parsed
    "int_parsing_size",  # the same
    "int_from_float",  # strict too
}
FRONT = yaml.load(GOOD_TEXT.split("---\n")[1], Loader=yaml.BaseLoader)  # noqa: S506 - plain words, no objects
KNOWN_WORDS = sorted({word for word in re.findall(r"[\w-]+", GOOD_TEXT) if len(word) < 20})


def test_a_good_page_becomes_an_intervention() -> None:
    read = content.read(GOOD_PAGE)
    assert (read.problems, read.intervention and read.intervention.title) == ((), "Leerwerkplek")


def test_the_file_name_is_the_id(tmp_path: Path) -> None:
    assert page(tmp_path, name="andere-naam.md").id == "andere-naam"


def test_what_the_sources_do_not_say_is_unknown(tmp_path: Path) -> None:
    assert page(tmp_path).sections.not_suitable is None


def test_a_broken_page_gives_no_intervention(tmp_path: Path) -> None:
    assert content.read(write(tmp_path, changed(("titel: ", "tietel: ")))).intervention is None


def test_the_problems_of_one_page_come_in_order_of_line(tmp_path: Path) -> None:
    found = problems(tmp_path, ("zwaarte: midden", "zwaarte: 3"), ("titel: ", "tietel: "), ("## Aanpak", "## Anpak"))
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert len(found) == 3  # that the title is missing goes without saying


@pytest.mark.parametrize(
    ("place", "written"),
    [((), ""), (("bewijs",), "bewijs"), (("bewijs", 1), "bewijs[2]"), (("bewijs", 1, "niveau"), "bewijs[2].niveau")],
)
def test_a_place_is_written_for_editors(place: tuple[str | int, ...], written: str) -> None:
    assert content.dotted(place) == written


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("gecontroleerd_op: 2026-11-21", 'gecontroleerd_op: "2026-11-21"'),
        ("datum: 2019-06", "datum: 2019"),
        ("datum: 2019-06", "datum: 2019-06-30"),
        ("datum: 2019-06", 'datum: "2019"'),
        ("bedrag_eur: 4500", "bedrag_eur: 4500.50"),
        ("titel: Leerwerkplek", 'titel: "  Leerwerkplek "'),
        ("kosten: {bedrag_eur: 4500, per: deelnemer, jaar: 2025}", "kosten:"),
        ("vorm: [individueel]", "vorm:\n  - individueel\n  - groep"),
        ("leeftijd: {van: 16, tot: 27}", "leeftijd: {van: 16, tot: 16}"),
        ("leeftijd: {van: 16, tot: 27}", "leeftijd: null  # onbekend"),
    ],
)
def test_goed_may_be_written_like_this(tmp_path: Path, old: str, new: str) -> None:
    assert problems(tmp_path, (old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2026-11-21", "2026-13-01", "De datum '2026-13-01' bestaat niet"),
        ("2026-11-21", "3 maart 2026", "Bedoelde u 2026-03-03?"),
        ("2026-11-21", "1 mrt. 2026", "Bedoelde u 2026-03-01?"),
        ("2026-11-21", "1/12/2026", "Bedoelde u 2026-12-01?"),
        ("2026-11-21", "gisteren", "'gisteren' is geen datum"),
        ("2026-11-21", "0", "'0' is geen datum"),
        ("2026-11-21", "2026-11-21T10:00:00", "is geen datum"),
        ("datum: 2019-06", "datum: 2019-13", "zoals 2026, 2026-11 of 2026-11-22"),
        ("datum: 2019-06", "datum: 2023-02-29", "De datum '2023-02-29' bestaat niet"),
        ("bedrag_eur: 4500", "bedrag_eur: veel", "Hier hoort een getal, niet 'veel'"),
        ("bedrag_eur: 4500", "bedrag_eur: inf", "Hier hoort een getal, niet 'inf'"),
        ("bedrag_eur: 4500", "bedrag_eur: -1", "'-1' is te laag"),
        ("jaar: 2025", "jaar: 25", "'25' is te laag. Het laagste dat hier kan is 1900."),
        ("van: 16", "van: [16]", "Hier hoort een heel getal, niet '[16]'"),
        ("zwaarte: midden", "zwaarte: MIDDEN", "Bedoelde u 'midden'?"),
        ("zwaarte: midden", "zwaarte: {licht: 1}", "Hier hoort één woord uit de lijst"),
        ("status: gepubliceerd", "status: Ingetroken", "Bedoelde u 'ingetrokken'?"),
        ("leeftijd: {van: 16, tot: 27}", "leeftijd: [16, 27]", "Schrijf: {van: ..., tot: ...}"),
        ("beheerder: Platform IVZ", "beheerder:\n  - Platform IVZ", "Hier hoort één tekst, geen lijst"),
        ("samenvatting: Jongeren", "samenvatting: Let op: jongeren", "dubbele punt te veel"),
        ("titel: Leerwerkplek", 'titel: " "', "Dit verplichte veld is leeg."),
    ],
)
def test_fout_is_explained_with_the_likely_fix(tmp_path: Path, old: str, new: str, words: str) -> None:
    (found,) = problems(tmp_path, (old, new))
    assert words in found.message
    assert found.line in lines_with(changed((old, new)), new.split("\n")[0])


def test_the_template_may_have_its_own_name(tmp_path: Path) -> None:
    assert content.read(write(tmp_path, GOOD_TEXT, written.TEMPLATE_NAME)).problems == ()


@pytest.mark.parametrize("error_type", sorted(get_args(ErrorType)))
def test_every_error_a_field_can_give_has_dutch_words(error_type: str) -> None:
    if not error_type.startswith(REACHABLE) or error_type in NEVER_GIVEN:
        return
    own = {"missing", *content.MESSAGE_TYPES}
    assert error_type in own


def test_every_field_says_what_it_is_for() -> None:
    assert [name for name, field in FrontMatter.model_fields.items() if not field.description] == []


def test_only_the_file_name_and_the_prose_add_fields_to_the_front_matter() -> None:
    assert Intervention.model_fields.keys() - FrontMatter.model_fields.keys() == {"id", "sections"}


def places(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a tree of plain values."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(found for key, child in children for found in places(child, (*place, key)))]


def with_value(tree: Any, place: tuple[str | int, ...], value: Any) -> Any:
    """The tree with another value at a place."""
    if not place:
        return value
    copied = dict(tree) if isinstance(tree, dict) else list(tree)
    copied[place[0]] = with_value(tree[place[0]], place[1:], value)  # type: ignore[index]
    return copied


SIMPLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=5),
    st.text(max_size=30),
    st.sampled_from(KNOWN_WORDS),
    st.sampled_from(["9" * 400, "9" * 400 + ".5", "1e999", "nan", "2026-02-30", "{", "javascript:x", "x" * 5000]),
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(changes=st.lists(st.tuples(st.sampled_from(places(FRONT)), VALUES), min_size=1, max_size=4))
def test_whatever_stands_in_a_field_reading_never_raises_and_speaks_dutch(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[str | int, ...], Any]]
) -> None:
    front = FRONT
    for place, value in changes:
        if place in places(front):
            front = with_value(front, place, value)
    body = GOOD_TEXT.split("---\n", 2)[2]
    text = f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n{body}"
    check_speaks_dutch(write(tmp_path_factory.getbasetemp(), text, "gewijzigd.md"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(GOOD_TEXT)), st.booleans())
def test_whatever_bytes_stand_in_a_file_reading_never_raises(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, position: int, inside: bool
) -> None:
    raw = GOOD_TEXT.encode()
    path = tmp_path_factory.getbasetemp() / "willekeurig.md"
    path.write_bytes(raw[:position] + junk + raw[position:] if inside else junk)
    check_speaks_dutch(path)


def check_speaks_dutch(path: Path) -> None:
    """All that is said about a page is ours, on one line, about a line that is there."""
    read = content.read(path)
    last = re.sub(rb"\r\n?", b"\n", path.read_bytes()).count(b"\n") + 1
    assert (read.intervention is None) == bool(read.problems)
    for problem in read.problems:
        own_words = re.sub(r"'.*'|na '.*|\".*\"", "", problem.message)
        assert not ENGLISH.search(own_words), problem.message
        assert "past hier niet" not in own_words, problem.message
        assert "\n" not in problem.message
        assert 1 <= problem.line <= last
        assert len(problem.message) < 600, problem.message


def test_what_is_not_found_is_only_said_under_headings_that_may_be_empty() -> None:
    assert {"Niet geschikt voor", "Wat het vraagt"} == prose.OPTIONAL_HEADINGS

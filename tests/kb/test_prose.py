"""The prose of a page: its five headings, and what may stand under them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import prose
from kb.model import Sections

GOOD = "\n".join(f"## {title}\n\nTekst over {title}.\n" for title in prose.HEADINGS)
LINE_UNDER_GOAL = 3


def objections(words: str) -> list[tuple[int, str]]:
    """What is said when these words stand under the first heading."""
    return [(line, said) for line, _, said in prose.split(GOOD.replace("Tekst over Doel.", words))[1]]


def test_the_fixed_headings_are_those_of_the_model() -> None:
    declared = {str(field.alias): field.is_required() for field in Sections.model_fields.values()}
    assert declared == {heading: heading not in prose.OPTIONAL_HEADINGS for heading in prose.HEADINGS}
    assert tuple(declared) == prose.HEADINGS


def test_a_good_body_is_split_by_its_headings() -> None:
    sections, said = prose.split(GOOD)
    assert said == []
    assert sections == {title: f"Tekst over {title}." for title in prose.HEADINGS}


def test_underlined_headings_count_too() -> None:
    assert prose.split(GOOD.replace("## Aanpak", "Aanpak\n------"))[1] == []


def test_a_heading_in_code_is_no_heading() -> None:
    assert objections("```\n## Doel\n```") == []


def test_a_heading_in_a_quote_is_no_fixed_heading() -> None:
    assert objections("> ## Doel") == []


@pytest.mark.parametrize(
    "words",
    [
        "Een [link](https://example.org/x).",
        "Een [link][1].\n\n[1]: https://example.org",
        "<https://example.org>",
        "[mail](mailto:info@example.org)",
        "[andere bladzijde](halt-straf.md)",
        "[andere bladzijde](/interventies/halt-straf)",
        "### Tussenkop\n\n- een\n- twee",
        "5 < 6 en 7 > 6",
        "AT&T &amp; R&D",
        "Bron (data: CBS) en javascript: een taal.",
        "`<script>`",
        "Prijs: 5 * 6 = *30* euro_per_jaar",
    ],
)
def test_goed_text_passes(words: str) -> None:
    assert objections(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "<div>",
        "<script>alert(1)</script>",
        "a <b>c</b> d",
        "a <img src=x onerror=alert(1)>",
        "<!-- opmerking -->",
        "<?php ?>",
        "[x](javascript:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x]( JAVASCRIPT:alert(1) )",
        "[**x**](javascript:alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](java&Tab;script:alert(1))",
        "<javascript:alert(1)>",
        "<vbscript:x>",
        "[x](data:text/html,x)",
        "[x](file:///etc/passwd)",
        "[x](ftp://example.org)",
        "[x](//example.org)",
        "[x](www.example.org)",
        "[1]: javascript:alert(1)",
        "![foto](https://example.org/x.png)",
        "![foto](javascript:x)",
        "[![foto](/x.png)](https://example.org)",
        "# Titel",
        "Titel\n=====",
    ],
)
def test_fout_text_is_refused_on_its_line(words: str) -> None:
    assert {line for line, _ in objections(words)} == {LINE_UNDER_GOAL}


def test_a_mistake_further_in_a_paragraph_has_its_own_line() -> None:
    assert [line for line, _ in objections("een\ntwee <b>\ndrie [x](ftp://y)")] == [
        LINE_UNDER_GOAL + 1,
        LINE_UNDER_GOAL + 2,
    ]


def test_an_html_element_is_named_once_per_line() -> None:
    assert len(objections("een <b>woord</b>")) == 1


def test_a_misspelt_heading_is_not_missed_as_well() -> None:
    said = prose.split(GOOD.replace("## Wat het vraagt", "## Wat vraagt het"))[1]
    assert [message for _, _, message in said] == ["'Wat vraagt het' is geen vaste kop. Bedoelde u 'Wat het vraagt'?"]


def test_one_unknown_heading_where_one_is_missing_is_that_one_under_another_name() -> None:
    said = prose.split(GOOD.replace("## Doelgroep", "## Voor jongens en meisjes"))[1]
    assert [message for _, _, message in said] == [
        "'Voor jongens en meisjes' is geen vaste kop. En 'Doelgroep' ontbreekt. Is dit die tekst? Maak er dan '## Doelgroep' van."
    ]


def test_an_address_without_a_site_is_no_link() -> None:
    ((_, said),) = objections("zie [hier](https://)")
    assert "Schrijf het hele adres" in said


def test_a_missing_heading_is_named_where_it_belongs() -> None:
    body = GOOD.replace("## Doelgroep\n\nTekst over Doelgroep.\n\n", "")
    line, title, said = prose.split(body)[1][0]
    assert (body.split("\n")[line - 1], title) == ("## Aanpak", "Doelgroep")
    assert "boven '## Aanpak'" in said


def test_a_body_without_headings_gives_one_objection() -> None:
    assert len(prose.split("Alleen tekst.")[1]) == 1


def test_raw_html_is_shown_as_text() -> None:
    assert "<script>" not in prose.to_html("<script>alert(1)</script> <b>x</b>")


@given(st.text(alphabet="#<>[]()!`*_&;:/ab \n\\-=\"'", max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    _, said = prose.split(text)
    assert all(1 <= line <= text.count("\n") + 1 for line, _, _ in said)

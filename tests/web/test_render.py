"""Dates, numbers, sentences and prose as a reader sees them."""

from __future__ import annotations

from datetime import date

import pytest
from jinja2 import DictLoader, UndefinedError

from kb import NOT_FOUND, Evidence
from web import render


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 11, 21), "21 november 2026"),
        ("2021-12-08", "8 december 2021"),
        ("2021-12", "december 2021"),
        ("2013", "2013"),
    ],
)
def test_a_date_is_as_exact_as_what_is_known(value: date | str, said: str) -> None:
    assert render.dutch_date(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(12500, "12.500"), (2.5, "2,5"), (-0.125, "-0,125"), (4500.0, "4.500"), (0, "0")]
)
def test_a_number_is_written_the_dutch_way(value: float, said: str) -> None:
    assert render.dutch_number(value) == said


@pytest.mark.parametrize(("text", "said"), [("let op", "Let op."), ("Echt?", "Echt?"), (" ja. ", "Ja.")])
def test_a_sentence_has_a_capital_and_a_stop(text: str, said: str) -> None:
    assert render.sentence(text) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"niveau": "eerste-aanwijzingen", "oordeel_van": "Commissie", "datum": "2021-12-08"},
            "Commissie, 8 december 2021",
        ),
        ({"niveau": "praktijkvoorbeeld"}, "beschreven uit de praktijk, zonder erkenning"),
        ({"niveau": "niet-beoordeeld"}, "geen oordeel gevonden; dat is iets anders dan 'werkt niet'"),
        (
            {"niveau": "niet-beoordeeld", "oordeel_van": "onderzoek", "datum": "2016"},
            "geen oordeel van een commissie; wel onderzoek (2016)",
        ),
        ({"niveau": "niet-beoordeeld", "datum": "2025"}, "geen oordeel gevonden; bron: 2025"),
    ],
)
def test_a_study_does_not_look_like_a_verdict(fields: dict[str, str], said: str) -> None:
    assert render.judged(Evidence.model_validate({"uitkomst": "delictgedrag", **fields})) == said


@pytest.mark.parametrize("link", ["kiva.md", "./kiva.md", "../kiva", "/interventies/kiva"])
def test_a_link_between_pages_becomes_an_address(link: str) -> None:
    assert 'href="/interventies/kiva"' in render.markdown(f"Zie [KiVa]({link}).")


def test_a_link_in_prose_tells_nothing_to_where_it_leads() -> None:
    assert 'rel="noopener"' in render.markdown("Zie [KiVa](kiva.md).")


def test_prose_keeps_its_lists() -> None:
    assert "<li>een</li>" in render.markdown("- een\n- twee")


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "[x](javascript:alert(1))"]
)
def test_prose_runs_nothing(evil: str) -> None:
    html = render.markdown(evil)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_the_address_of_a_static_file_changes_with_its_content() -> None:
    assert render.static("kast.css").startswith("/static/kast.css?v=")


def test_the_stylesheet_stays_small() -> None:
    assert (render.STATIC / "kast.css").stat().st_size < 25_000


@pytest.mark.parametrize("forbidden", ["url(", "@import", "@font-face"])
def test_the_stylesheet_loads_nothing(forbidden: str) -> None:
    assert forbidden not in (render.STATIC / "kast.css").read_text("utf-8")


class Shelf:
    """Something with attributes, for a template."""

    name = "plank"

    @property
    def broken(self) -> str:
        raise AttributeError


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ shelf.name }}", "plank"),
        ("{{ box.name }}", "doos &amp; deksel"),
        ("{{ box.inside.name }} {{ box.inside.shelf.name }}", "vak plank"),
        ("{% for key in box.inside.keys() %}{{ key }} {% endfor %}", "name shelf "),
        ("{% if box.inside is defined and box.outside is not defined %}ja{% endif %}", "ja"),
    ],
)
def test_a_template_reads_an_attribute_and_a_key_alike(template: str, shown: str) -> None:
    assert in_words(template) == shown


@pytest.mark.parametrize(
    "template", ["{{ shelf.color }}", "{{ box.color }}", "{{ shelf.broken }}", "{{ shelf.name.a }}"]
)
def test_what_is_not_there_is_an_error_and_no_empty_place(template: str) -> None:
    with pytest.raises(UndefinedError):
        in_words(template)


def in_words(template: str) -> str:
    environment = render.new_environment(DictLoader({"a.html": template}))
    shelf = Shelf()
    box = {"name": "doos & deksel", "inside": {"name": "vak", "shelf": shelf}}
    return environment.get_template("a.html").render(shelf=shelf, box=box)


@pytest.mark.parametrize("text", [None, "", NOT_FOUND])
def test_a_heading_without_a_text_says_that_nothing_was_found(text: str | None) -> None:
    assert render.prose(text) == '<p class="unknown">Niet gevonden in de bronnen.</p>'

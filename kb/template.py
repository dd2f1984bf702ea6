"""Writes the editor's template, the table of fields in the guide and the JSON Schema, all read off kb/model.py. Run: python -m kb.template"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kb import content, prose, written
from kb.loading import CONTENT_FOLDER
from kb.model import SEVERITIES, Choice, FrontMatter, SeverityRange

TEMPLATE = CONTENT_FOLDER / written.TEMPLATE_NAME
GUIDE = CONTENT_FOLDER / "README.md"
TABLE_STARTS, TABLE_ENDS = "<!-- velden: gemaakt door python -m kb.template -->", "<!-- einde velden -->"
WIDTH = 120

EXAMPLES: dict[str, str] = {
    "titel": "Naam van de interventie",
    "ook_bekend_als": "[Andere naam, AFK]",
    "voorheen": "[oude-naam]",
    "status": "concept",
    "ingetrokken": '{op: 2026-11-22, reden: "De methode wordt niet meer gegeven."}',
    "samenvatting": ">-\n  Eén of twee zinnen: wat is het, voor wie, en wat gebeurt er?",
    "soort": "interventie",
    "vorm": "[gezin]",
    "leeftijd": "{van: 12, tot: 17}",
    "geslacht": "alle",
    "situatie": "[vuurwerk]",
    "lvb": "ook",
    "preventieniveau": "[selectief]",
    "fase": "[preventie]",
    "karakter": "preventief",
    "zwaarte": "midden",
    "indicatie": (
        "\n  problemen: [overlast, vernieling]\n  hoofdprobleem: overlast\n  ernst: {van: 2, tot: 3}"
        "\n  niveau: [individueel]\n  rol_in_aanpak: aanvulling\n  basis: afgeleid"
    ),
    "setting": "[thuis, school]",
    "uitvoerder": "Jeugdhulporganisatie",
    "eigenaar": "Naam van de organisatie",
    "partners": "[gemeente, school, politie]",
    "duur": '{maanden: 6, toelichting: "In overleg ook langer."}',
    "intensiteit": "Elke week een gesprek van een uur",
    "kosten": '{bedrag_eur: 4500, per: deelnemer, jaar: 2026, toelichting: "Zonder reiskosten."}',
    "beschikbaarheid": "landelijk",
    "regio": "[Twente]",
    "bewijs": (
        "\n  - uitkomst: delictgedrag\n    niveau: niet-beoordeeld"
        "\n    #oordeel_van: Erkenningscommissie Interventies\n    #datum: 2024-05\n    #toelichting: Eén zin uitleg."
    ),
    "elders_beoordeeld": "[{register: CrimeSolutions, oordeel: Promising, jaar: 2023, url: https://example.org/oordeel}]",
    "risicofactoren": "[{id: antisociale-vrienden, basis: afgeleid}]",
    "beschermende_factoren": "[{id: zelfcontrole, basis: afgeleid}]",
    "alleen_bij": "[antisociale-vrienden]",
    "niet_bij": "[geweld-in-gezin]",
    "aandachtspunten": '[{soort: groepseffect, tekst: "Eén zin voor de lezer.", bron_url: https://example.org/bron}]',
    "combineert_met": "[halt-straf]",
    "bronnen": '\n  - {titel: "Titel van de bron", uitgever: "Wie het uitgaf", url: https://example.org/bron, jaar: 2024}',
    "zekerheid": "laag",
    "gecontroleerd_op": "2026-11-22",
    "beheerder": "Platform IVZ",
}
"""What stands in the template behind each field; optional fields are switched off with a # without a space."""

OPENING = """\
# Zo gebruikt u dit sjabloon: kopieer het bestand en geef de kopie de naam van de interventie, zoals mijn-aanpak.md.
# Regels met een # ervoor zijn uitleg. U mag ze laten staan of weghalen.
# Een veld met een # er vlak voor is niet verplicht. Weet u het? Haal de # weg en vul in. Weet u het niet? Laat het zo.
"""


def template() -> str:
    """The template: a valid page with every field explained."""
    fields = "\n".join(_field_lines(field) for field in FrontMatter.model_fields.values())
    sections = "\n".join(f"## {title}\n\n{prose.HINTS[title]}\n" for title in prose.HEADINGS)
    return f"---\n{OPENING}\n{fields}---\n\n{sections}"


def _field_lines(field: FieldInfo) -> str:
    name = str(field.alias)
    needed = "Verplicht." if field.is_required() else "Niet verplicht."
    lines = [*_comment(f"{name}: {field.description}. {needed}"), *_explained(field, "", set())]
    example = f"{name}:{EXAMPLES[name] if EXAMPLES[name].startswith(chr(10)) else ' ' + EXAMPLES[name]}"
    return "\n".join([*lines, example if field.is_required() else f"#{example}", ""])


def _comment(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent="# ", subsequent_indent="#       ", break_on_hyphens=False)


def _explained(field: FieldInfo, indent: str, told: set[type]) -> Iterator[str]:
    """The options of a field, or the fields within it, each on a comment line; a list that was told is not repeated."""
    inside = content.type_of(field)
    if issubclass(inside, Choice) and inside not in told:
        told.add(inside)
        for option in inside:
            meaning = " – ".join(words for words in (option.label, option.meaning) if words and words.lower() != option)
            yield from _comment(f"{indent}  {option}: {meaning}" if meaning else f"{indent}  {option}")
    if issubclass(inside, BaseModel):
        for inner in inside.model_fields.values():
            optional = "" if inner.is_required() else " (niet verplicht)"
            yield from _comment(f"{indent}  {inner.alias}: {inner.description}{optional}")
            yield from _explained(inner, f"{indent}  ", told)
    if inside is SeverityRange:
        yield from (line for code, label in SEVERITIES.items() for line in _comment(f"{indent}    {code}: {label}"))


def field_table() -> str:
    """The fields as a Markdown table: name, needed, what to fill in, options."""
    rows = "\n".join(_rows(FrontMatter, ""))
    return f"| Veld | Verplicht | Wat u invult | Keuzes |\n|---|---|---|---|\n{rows}"


def _rows(model: type[BaseModel], within: str) -> Iterator[str]:
    for field in model.model_fields.values():
        inner = content.type_of(field)
        options = ", ".join(f"`{option}`" for option in inner) if issubclass(inner, Choice) else ""
        needed = "ja" if field.is_required() else "nee"
        yield f"| {within}`{field.alias}` | {needed} | {field.description} | {options} |"
        if issubclass(inner, BaseModel):
            yield from _rows(inner, f"{within}`{field.alias}` › ")


def json_schema() -> dict[str, Any]:
    """The fields of a page as a JSON Schema (2020-12), for editors that complete and check while typing."""
    said = FrontMatter.model_json_schema(by_alias=True, mode="validation")
    choices = {choice.__name__: choice for choice in _choices(FrontMatter)}
    parts = {name: _part(part, choices.get(name)) for name, part in said.pop("$defs").items()}
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Velden van een interventie"}
    return {**about, **_part(said), "$defs": parts}


def _choices(model: type[BaseModel]) -> Iterator[type[Choice]]:
    """Every closed list in a model and the models within it."""
    for field in model.model_fields.values():
        inside = content.type_of(field)
        if issubclass(inside, Choice):
            yield inside
        elif issubclass(inside, BaseModel):
            yield from _choices(inside)


def _part(said: dict[str, Any], choice: type[Choice] | None = None) -> dict[str, Any]:
    """A part of the schema in our words: names and docstrings are for programmers, options get the words of readers."""
    if choice:
        return {"oneOf": [_option(option) for option in choice]}
    kept = {key: value for key, value in said.items() if key not in ("title", "description")}
    if "properties" in kept:
        kept["properties"] = {
            name: {key: value for key, value in field.items() if key != "title"}
            for name, field in kept["properties"].items()
        }
    return kept


def _option(option: Choice) -> dict[str, str]:
    return {"const": str(option), "title": option.label} | ({"description": option.meaning} if option.meaning else {})


def with_table(guide: str) -> str:
    """The guide with the present table between its two markers."""
    before, _, rest = guide.partition(TABLE_STARTS)
    return f"{before}{TABLE_STARTS}\n\n{field_table()}\n\n{TABLE_ENDS}{rest.partition(TABLE_ENDS)[2]}"


def write(template_file: Path = TEMPLATE, guide_file: Path = GUIDE) -> None:
    """Write both files anew."""
    template_file.write_text(template(), encoding="utf-8")
    guide_file.write_text(with_table(guide_file.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()

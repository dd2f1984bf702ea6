"""One file in, an Intervention or Problems out: encoding, front matter, closed lists, prose. The only place that reads content files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kb import prose, strict_yaml
from kb.model import Choice, Factor, FrontMatter, Intervention, Record
from kb.problems import Problem, did_you_mean

MAX_BYTES = 200_000
"""A page is about five kilobytes; forty times that is no page."""
MAX_SUMMARY_WORDS = 45

_FILE_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Page:
    """A file that was read: its intervention if nothing was wrong, and the line of every field for later checks."""

    path: Path
    intervention: Intervention | None
    problems: tuple[Problem, ...]
    lines: strict_yaml.Document

    def problem(self, place: strict_yaml.Path, message: str, **options: Any) -> Problem:
        """A problem with this page at a front matter field."""
        return Problem(self.path, self.lines.line_of(place), dotted(place), message, **options)


def read(path: Path) -> Page:
    """Read one page. Never raises: whatever is wrong with the file becomes a Problem with its line."""
    text, problem = _decode(path)
    if problem:
        return Page(path, None, (Problem(path, 1, "", problem),), strict_yaml.Document())
    front, body, first_body_line, problem = _split(text)
    if problem:
        return Page(path, None, (Problem(path, 1, "", problem),), strict_yaml.Document())
    document = strict_yaml.read("\n" + front)
    problems = list(_name_problems(path))
    problems += [Problem(path, line, dotted(place), said) for line, place, said in document.problems]
    sections, objections = prose.split(body)
    problems += [Problem(path, first_body_line + line - 1, title, said) for line, title, said in objections]
    intervention, wrong = _validate(path, document, sections, complain_about_text=not objections)
    problems += wrong
    ordered = tuple(sorted(set(problems)))
    return Page(path, None if ordered else intervention, ordered, document)


def _decode(path: Path) -> tuple[str, str]:
    """The text of a file and no problem, or no text and the problem."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        return "", f"Dit bestand is niet te openen ({error.strerror})."
    if size > MAX_BYTES:
        return (
            "",
            f"Dit bestand is te groot ({size / 1_000_000:.1f} MB). Een bladzijde is hoogstens {MAX_BYTES // 1000} kB; zet lange stukken bij de bronnen.",
        )
    if b"\x00" in raw:
        return "", "Dit is geen tekstbestand. Sla de bladzijde op als gewone tekst (UTF-8)."
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", f"Op regel {line} staat een teken dat niet in UTF-8 is opgeslagen. Sla het bestand op als UTF-8."
    if not text.strip():
        return "", "Dit bestand is leeg. Begin met een kopie van _sjabloon.md."
    return text.replace("\r\n", "\n").replace("\r", "\n"), ""


def _split(text: str) -> tuple[str, str, int, str]:
    """(front matter, body, line where the body starts, problem)."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return "", "", 1, f"De eerste regel moet {_FENCE} zijn; daaronder komen de velden."
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if end is None:
        return "", "", 1, f"De velden zijn niet afgesloten. Zet een regel {_FENCE} onder het laatste veld."
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2, ""


def _name_problems(path: Path) -> Iterator[Problem]:
    if path.suffix != ".md":
        yield Problem(path, 1, "", f"De naam van dit bestand moet eindigen op .md, niet op '{path.suffix}'.")
    if not _FILE_NAME.match(path.stem):
        yield Problem(
            path,
            1,
            "",
            f"De bestandsnaam '{path.name}' kan geen adres zijn. Gebruik alleen kleine letters, cijfers en streepjes, zoals 'mijn-aanpak.md'.",
        )


def _validate(
    path: Path, document: strict_yaml.Document, sections: dict[str, str], *, complain_about_text: bool
) -> tuple[Intervention | None, list[Problem]]:
    if document.value is None:
        return None, [] if document.problems else [
            Problem(path, 1, "", "Er staan geen velden tussen de streepjes. Begin met een kopie van _sjabloon.md.")
        ]
    if not isinstance(document.value, dict):
        return None, [
            Problem(
                path,
                2,
                "",
                "Boven aan de bladzijde hoort een lijst met 'veld: waarde'. Vergelijk hem met het sjabloon.",
            )
        ]
    text = {
        title: None if said == prose.NOT_FOUND and title in prose.OPTIONAL_HEADINGS else said
        for title, said in sections.items()
    }
    broken = {place for _, place, _ in document.problems}
    try:
        intervention = Intervention.model_validate({**document.value, "id": _safe_id(path), "tekst": text})
    except ValidationError as error:
        told = [
            e
            for e in error.errors(include_url=False)
            if (e["loc"][0] != "tekst" or complain_about_text) and e["loc"][0] != "id"
        ]
        return None, [
            _explain(path, document, detail)
            for detail in told
            if not any(detail["loc"][: len(p)] == p for p in broken if p)
        ]
    return intervention, [
        Problem(path, document.line_of((field,)), field, said) for field, said in _page_rules(intervention)
    ]


def _safe_id(path: Path) -> str:
    return path.stem if _FILE_NAME.match(path.stem) else "x"


def _page_rules(page: Intervention) -> Iterator[tuple[str, str]]:
    """Rules that need more than one field of the same page."""
    if page.ages and page.ages.start > page.ages.end:
        yield "leeftijd", f"'van' ({page.ages.start}) is hoger dan 'tot' ({page.ages.end})."
    if page.indication.severity.start > page.indication.severity.end:
        yield (
            "indicatie",
            f"Bij ernst is 'van' ({page.indication.severity.start}) hoger dan 'tot' ({page.indication.severity.end}).",
        )
    if page.indication.main_problem and page.indication.main_problem not in page.indication.problems:
        yield (
            "indicatie",
            f"Het hoofdprobleem '{page.indication.main_problem}' staat niet bij 'problemen'. Zet het daar ook bij.",
        )
    words = len(page.summary.split())
    if words > MAX_SUMMARY_WORDS:
        yield "samenvatting", f"De samenvatting heeft {words} woorden; hoogstens {MAX_SUMMARY_WORDS}. Maak hem korter."
    if (page.status == "ingetrokken") != (page.withdrawal is not None):
        yield "status", "Bij status 'ingetrokken' hoort het veld 'ingetrokken' met 'op' en 'reden', en alleen dan."
    repeated = _first_repeat([link.id for link in page.factor_links])
    if repeated:
        yield "risicofactoren", f"De factor '{repeated}' staat er twee keer. Laat er één staan."


def _first_repeat(words: Sequence[str]) -> str | None:
    return next((word for index, word in enumerate(words) if word in words[:index]), None)


def dotted(place: strict_yaml.Path) -> str:
    """A place as editors write it: `bewijs[2].niveau`, list positions from 1."""
    out = ""
    for part in place:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else str(part)
    return out


def _explain(path: Path, document: strict_yaml.Document, detail: ErrorDetails) -> Problem:
    place = tuple(detail["loc"])
    model = _model_at(place[:-1])
    name = str(place[-1]) if place else ""
    line = document.line_of(place)
    if detail["type"] == "missing":
        meaning = _described(model, name)
        return Problem(
            path,
            document.line_of(place[:-1]),
            dotted(place[:-1]) or name,
            f"Het verplichte veld '{name}' ontbreekt{meaning}.",
        )
    if detail["type"] == "extra_forbidden":
        known = [str(f.alias) for f in model.model_fields.values()] if model else []
        return Problem(
            path,
            line,
            dotted(place),
            f"'{name}' is geen bekend veld.{did_you_mean(name, known) or ' Haal het weg, of kijk in de handleiding welk veld u zoekt.'}",
        )
    return Problem(path, line, dotted(place), _value_message(detail, place))


def _described(model: type[BaseModel] | None, name: str) -> str:
    for field in model.model_fields.values() if model else ():
        if field.alias == name and field.description:
            return f" ({field.description})"
    return ""


def _value_message(detail: ErrorDetails, place: strict_yaml.Path) -> str:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "enum":
        return _closed_list_message(given, _choice_at(place))
    if given is None:
        return "Dit veld is leeg. Vul het in, of haal de hele regel weg."
    shown = str(given)[:60]
    return _VALUE_MESSAGES.get(kind, "'{given}' past hier niet. Kijk in de handleiding wat dit veld verwacht.").format(
        given=shown, **context
    )


def _closed_list_message(given: Any, choice: type[Choice] | None) -> str:
    codes = [str(member) for member in choice] if choice else []
    suggestion = did_you_mean(str(given), codes) if given is not None else ""
    return f"'{str(given)[:60]}' staat niet in de lijst.{suggestion or ' Kies uit: ' + ', '.join(codes) + '.'}"


_VALUE_MESSAGES = {
    "string_type": "Hier hoort tekst, niet '{given}'. Zet getallen en losse woorden als tekst tussen aanhalingstekens.",
    "string_too_short": "Dit veld is leeg. Vul het in, of haal de hele regel weg.",
    "string_too_long": "Deze tekst is te lang; hoogstens {max_length} tekens.",
    "string_pattern_mismatch": "'{given}' is niet goed geschreven. Een webadres begint met https://, een datum is 2026, 2026-11 of 2026-11-22, een id heeft kleine letters en streepjes.",
    "int_type": "Hier hoort een heel getal, niet '{given}'.",
    "int_parsing": "Hier hoort een heel getal, niet '{given}'.",
    "int_from_float": "Hier hoort een heel getal, niet '{given}'.",
    "float_type": "Hier hoort een getal, niet '{given}'.",
    "float_parsing": "Hier hoort een getal, niet '{given}'. Gebruik een punt voor cijfers achter de komma.",
    "greater_than": "'{given}' is te laag; het moet hoger zijn dan {gt}.",
    "greater_than_equal": "'{given}' is te laag; het laagste is {ge}.",
    "less_than_equal": "'{given}' is te hoog; het hoogste is {le}.",
    "tuple_type": "Hier hoort een lijst: elke waarde op een eigen regel met een streepje ervoor.",
    "list_type": "Hier hoort een lijst: elke waarde op een eigen regel met een streepje ervoor.",
    "too_short": "Deze lijst is leeg. Zet er minstens één waarde in.",
    "too_long": "Deze lijst is te lang; hoogstens {max_length}.",
    "model_type": "Hier horen velden onder elkaar ('naam: waarde'), niet '{given}'.",
    "dict_type": "Hier horen velden onder elkaar ('naam: waarde'), niet '{given}'.",
    "date_parsing": "'{given}' is geen datum. Schrijf jaar-maand-dag, zoals 2026-11-22.",
    "date_from_datetime_parsing": "'{given}' is geen datum. Schrijf jaar-maand-dag, zoals 2026-11-22.",
    "date_type": "'{given}' is geen datum. Schrijf jaar-maand-dag, zoals 2026-11-22.",
}


def _model_at(place: strict_yaml.Path) -> type[BaseModel] | None:
    found = _type_at(tuple("*" if isinstance(part, int) else part for part in place))
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _choice_at(place: strict_yaml.Path) -> type[Choice] | None:
    found = _type_at(tuple("*" if isinstance(part, int) else part for part in place))
    return found if isinstance(found, type) and issubclass(found, Choice) else None


@cache
def _type_at(place: tuple[str, ...]) -> Any:
    """The declared type at a place in the front matter, list positions written as *."""
    found: Any = FrontMatter
    for part in place:
        if part != "*":
            fields = found.model_fields.values() if isinstance(found, type) and issubclass(found, Record) else ()
            found = next((_innermost(field.annotation) for field in fields if field.alias == part), None)
    return found


def _innermost(annotation: Any) -> Any:
    """The type inside `X | None`, `tuple[X, ...]` and `Annotated[X, ...]`."""
    arguments = [a for a in get_args(annotation) if isinstance(a, type) or get_args(a)]
    arguments = [a for a in arguments if a is not type(None) and a is not Ellipsis]
    return _innermost(arguments[0]) if arguments else annotation


def read_factors(path: Path) -> dict[str, Factor]:
    """The taxonomy, in the order of the file. Raises ValueError when it does not hold: it is ours, not an editor's."""
    document = strict_yaml.read(path.read_text(encoding="utf-8"))
    if document.problems:
        raise ValueError(f"{path.name}: {document.problems}")
    factors = {factor.id: factor for factor in (Factor.model_validate(entry) for entry in document.value)}
    for factor in factors.values():
        if factor.counterpart and factors[factor.counterpart].counterpart != factor.id:
            raise ValueError(f"{path.name}: {factor.id} en {factor.counterpart} zijn niet elkaars tegenhanger")
    return factors

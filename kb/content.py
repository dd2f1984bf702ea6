"""What a written page means: an Intervention, or Problems in the words of an editor. The closed lists themselves are in model.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from kb import page_rules, strict_yaml, written
from kb.model import Choice, EvidenceLevel, Factor, FrontMatter, Intervention
from kb.problems import Problem, did_you_mean, nearest, shown
from kb.words import as_slug
from kb.written import TEMPLATE_NAME, Said, Written


@dataclass(frozen=True, slots=True)
class Page:
    """A file that was read: its intervention if nothing was wrong, and what the front matter says, for later checks."""

    path: Path
    intervention: Intervention | None
    problems: tuple[Problem, ...]
    lines: strict_yaml.Document
    text: str = ""
    """The file as far as it can be read; line n of the file is line n here."""
    first_body_line: int = 1

    def problem(self, place: strict_yaml.Path, message: str, **options: Any) -> Problem:
        """A problem with this page at a front matter field."""
        return Problem(self.path, self.lines.line_of(place), dotted(place), message, **options)

    def text_at(self, *place: str | int) -> str | None:
        """What the editor wrote at a place, when it is text and nothing was said about it yet."""
        found = self.lines.at(*place)
        return found.strip() if isinstance(found, str) and not self._is_spoken_of(place) else None

    def texts_at(self, key: str, *inside: str) -> Iterator[tuple[strict_yaml.Path, str]]:
        """The same of every entry of a list, with its place; `inside` names the field when the entries have fields."""
        entries = self.lines.at(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            place: strict_yaml.Path = (key, index, *inside)
            found = entry
            for name in inside:
                found = found.get(name) if isinstance(found, dict) else None
            if isinstance(found, str) and not self._is_spoken_of(place):
                yield place, found.strip()

    def _is_spoken_of(self, place: strict_yaml.Path) -> bool:
        return bool(self.problems) and any(problem.field == dotted(place) for problem in self.problems)

    def count_at(self, *place: str | int) -> int:
        """How many entries the editor wrote at a place; none when there is no list."""
        found = self.lines.at(*place)
        return len(found) if isinstance(found, list) else 0


def read(path: Path) -> Page:
    """Read one page. Never raises: whatever is wrong with the file becomes a Problem with its line."""
    return _understood(written.read(path))


def read_bytes(path: Path, raw: bytes) -> Page:
    """Read a page from its bytes, whatever lies at its path now: a draft, or an older version."""
    return _understood(written.read_bytes(path, raw))


def _understood(page: Written) -> Page:
    document = page.document or strict_yaml.Document()
    intervention, said = _validate(page, page.document) if page.document else (None, [])
    said += page.said
    if intervention:
        said += page_rules.hints_left(page)
    problems = tuple(sorted({Problem(page.path, line, dotted(place), message) for line, place, message in said}))
    return Page(page.path, None if problems else intervention, problems, document, page.text, page.first_body_line)


def _validate(page: Written, document: strict_yaml.Document) -> tuple[Intervention | None, list[Said]]:
    if document.value is None:
        empty = f"Er staan geen velden tussen de streepjes. Begin met een kopie van {TEMPLATE_NAME}."
        return None, [] if document.problems else [(1, (), empty)]
    if not isinstance(document.value, dict):
        line = document.line_of(())
        return None, [
            (line, (), f"Boven aan de bladzijde horen regels met 'veld: waarde'. Vergelijk met {TEMPLATE_NAME}.")
        ]
    said: list[Said] = [(document.line_of(place), place, told) for place, told in page_rules.objections(document)]
    try:
        return Intervention.model_validate(page.whole), said
    except ValidationError as error:
        quiet = {"id", "tekst"} if page.has_odd_prose else {"id"}
        told = [detail for detail in error.errors(include_url=False) if detail["loc"][0] not in quiet]
        told = [detail for detail in told if not _is_known(detail, document) and not _is_misspelt(detail, told)]
        return None, said + [_explain(document, detail) for detail in told]


def _is_known(detail: ErrorDetails, document: strict_yaml.Document) -> bool:
    """Is this only the hole that an earlier objection left?"""
    if detail["type"] == "too_short" and detail["input"]:
        return True  # not empty: its entries are wrong, and that is said already
    hole = detail["type"] == "missing" or detail["input"] is None
    return hole and any(place and detail["loc"][: len(place)] == place for _, place, _ in document.problems)


def _is_misspelt(detail: ErrorDetails, told: Sequence[ErrorDetails]) -> bool:
    """Is this field only missing because its name was misspelt? Then the message about that name says all."""
    place = tuple(detail["loc"])
    unknown = [tuple(other["loc"]) for other in told if other["type"] == "extra_forbidden"]
    beside = [str(other[-1]) for other in unknown if other[:-1] == place[:-1]]
    return detail["type"] == "missing" and any(nearest(name, _aliases(place[:-1])) == place[-1] for name in beside)


def dotted(place: strict_yaml.Path) -> str:
    """A place as editors write it: `bewijs[2].niveau`, list positions from 1."""
    out = ""
    for part in place:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else str(part)
    return out


def _explain(document: strict_yaml.Document, detail: ErrorDetails) -> Said:
    place = tuple(detail["loc"])
    message = _message(detail, place)
    return document.line_of(place[:-1] if detail["type"] == "missing" else place), place, message


def _message(detail: ErrorDetails, place: strict_yaml.Path) -> str:
    kind, given = detail["type"], detail["input"]
    field, name = _field_at(place), place[-1]
    if kind == "missing":
        meaning = f" ({field.description})" if field and field.description else ""
        return f"Het verplichte veld '{name}' ontbreekt{meaning}. Voeg het toe.{_options(place)}"
    if kind == "extra_forbidden":
        advice = (
            did_you_mean(str(name), _aliases(place[:-1])) or " Haal het weg, of zoek het goede veld in de handleiding."
        )
        if given is None and " " in str(name) and len(place) > 1:
            advice = " Staat er een komma in uw tekst? Zet de hele tekst dan tussen aanhalingstekens."
        return f"'{shown(name)}' is geen bekend veld.{advice}"
    if given is None or (isinstance(given, str) and not given.strip()):
        if field and field.is_required():
            return f"Dit verplichte veld is leeg. Vul het in.{_options(place)}"
        return "Dit veld is leeg. Vul het in, of haal de hele regel weg."
    if kind in _MADE_MESSAGES:
        return _MADE_MESSAGES[kind](given, place)
    words = _VALUE_MESSAGES.get(kind, FALLBACK_MESSAGE)
    return words.format(given=shown(given), **detail.get("ctx", {}))


def _options(place: strict_yaml.Path) -> str:
    choice = _choice_at(place)
    return f" Kies uit: {', '.join(choice)}." if choice else ""


def _closed_list(given: Any, place: strict_yaml.Path) -> str:
    choice = _choice_at(place)
    by_label = {member.label.casefold(): str(member) for member in choice or ()}
    meant = by_label.get(str(given).casefold())
    suggestion = f" Bedoelde u '{meant}'?" if meant else did_you_mean(str(given), list(choice or ()))
    if isinstance(given, (list, dict)):
        return f"Hier hoort één woord uit de lijst, niet '{shown(given)}'.{_options(place)}"
    if not suggestion and choice is EvidenceLevel:
        suggestion = f"{_options(place)} Niemand oordeelde? Kies '{EvidenceLevel.NOT_ASSESSED}'."
    field = _field_at(place)
    if not suggestion and field and not field.is_required():
        suggestion = f"{_options(place)} Weet u het niet? Haal het veld weg."
    return f"'{shown(given)}' staat niet in de lijst.{suggestion or _options(place)}"


def _text(given: Any, _place: strict_yaml.Path) -> str:
    if isinstance(given, list):
        return "Hier hoort één tekst, geen lijst. Haal de streepjes of de haakjes [ ] weg."
    if isinstance(given, dict):
        return "Hier hoort gewone tekst, zonder { }. Staat er een dubbele punt in? Zet de hele tekst dan tussen aanhalingstekens."
    return f'Hier hoort tekst, geen getal. Zet het tussen aanhalingstekens: "{shown(given)}".'


def _list(given: Any, _place: strict_yaml.Path) -> str:
    if isinstance(given, dict):
        return "Hier hoort een lijst. Zet voor elk deel een streepje (-), zoals in het sjabloon."
    return f"Hier hoort een lijst. Schrijf [{shown(given)}], of zet elke waarde op een eigen regel met een streepje ervoor."


def _fields(given: Any, place: strict_yaml.Path) -> str:
    model = _type_at(place)
    fields = list(model.model_fields.values()) if model is not None and issubclass(model, BaseModel) else []
    needed = [field for field in fields if field.is_required()]
    names = ", ".join(f"{field.alias}: ..." for field in needed or fields)
    said = f"Hier horen losse velden, niet '{shown(given)}'. Schrijf: {{{names}}}."
    told = said + "".join(f" {field.alias}: {field.description}{_among(field)}." for field in needed)
    if not needed:
        return f"{said} Wat u niet weet, mag weg."
    return told if len(told) <= MAX_MESSAGE else said


def _among(field: FieldInfo) -> str:
    """The options of a field with few of them."""
    choice = type_of(field)
    if not issubclass(choice, Choice) or len(choice) > FEW:
        return ""
    return f" ({', '.join(choice)})"


def _whole_number(given: Any, _place: strict_yaml.Path) -> str:
    if isinstance(given, str) and given.strip().isdecimal():
        return f"Een getal staat niet tussen aanhalingstekens. Schrijf {given.strip()[:20]}."
    return f"Hier hoort een heel getal, niet '{shown(given)}'. Schrijf alleen het getal, zonder woorden of punten."


def _pattern(given: Any, place: strict_yaml.Path) -> str:
    if place[-1] in ("url", "bron_url"):
        guess = f" Bedoelde u 'https://{shown(given)}'?" if str(given).startswith("www.") else ""
        return f"'{shown(given)}' is geen volledig webadres. Een webadres begint met https:// en heeft geen spaties.{guess}"
    if place[-1] == "datum":
        return _date(given, place)
    slug = as_slug(str(given).removesuffix(".md"))
    guess = f" Bedoelde u '{slug}'?" if slug else ""
    return f"'{shown(given)}' is geen id. Een id heeft alleen kleine letters, cijfers en streepjes.{guess}"


MAX_MESSAGE = 260
"""Characters that still read as one message."""
FEW = 6
"""Options of a closed list that can be named in passing."""
_MONTHS = ["jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def _date(given: Any, place: strict_yaml.Path) -> str:
    written, examples = str(given).strip(), "2026-11-22"
    if place[-1] == "datum":
        examples = "2026, 2026-11 of 2026-11-22"
    if re.match(r"\d{4}-\d\d-\d\d$", written):
        return f"De datum '{written}' bestaat niet. Kijk de maand en de dag na; schrijf jaar-maand-dag."
    parts = re.match(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9}\.?)[-/. ]+(\d{4})$", written.lower())
    guess = f" Bedoelde u {found}?" if parts and (found := _as_date(parts[3], parts[2], parts[1])) else ""
    return f"'{shown(given)}' is geen datum.{guess or f' Schrijf jaar-maand-dag, zoals {examples}.'}"


def _as_date(year: str, month: str, day: str) -> date | None:
    name = month[:3].replace("mrt", "maa")
    try:
        return date(int(year), _MONTHS.index(name) + 1 if name in _MONTHS else int(month), int(day))
    except ValueError:
        return None


_MADE_MESSAGES = {
    "enum": _closed_list,
    "string_type": _text,
    "tuple_type": _list,
    "model_type": _fields,
    "int_type": _whole_number,
    "string_pattern_mismatch": _pattern,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
}

_NUMBER = (
    "Hier hoort een getal, niet '{given}'. Schrijf alleen het getal; een punt staat voor de cijfers achter de komma."
)

_VALUE_MESSAGES = {
    "string_too_short": "Dit veld is leeg. Vul het in, of haal de hele regel weg.",
    "string_too_long": "Deze tekst is te lang. Maak hem korter: hoogstens {max_length} tekens.",
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than": "'{given}' is te laag. Vul een getal in dat hoger is dan {gt}.",
    "greater_than_equal": "'{given}' is te laag. Het laagste dat hier kan is {ge}.",
    "less_than_equal": "'{given}' is te hoog. Het hoogste dat hier kan is {le}.",
    "too_short": "Deze lijst is leeg. Zet er minstens één waarde in.",
    "too_long": "Deze lijst is te lang. Kies er hoogstens {max_length}.",
}
MESSAGE_TYPES = frozenset({*_MADE_MESSAGES, *_VALUE_MESSAGES})
"""The pydantic error types that are put into Dutch words; no other is expected."""
FALLBACK_MESSAGE = "'{given}' past hier niet. Kijk in de handleiding wat dit veld verwacht."


@cache
def _field_at(place: strict_yaml.Path) -> FieldInfo | None:
    """The declared field at a place in the front matter; list positions make no difference."""
    found: FieldInfo | None = None
    model: Any = FrontMatter
    for part in place:
        if isinstance(part, str):
            fields = model.model_fields.values() if isinstance(model, type) and issubclass(model, BaseModel) else ()
            found = next((field for field in fields if field.alias == part), None)
            model = type_of(found) if found else None
    return found


def type_of(field: FieldInfo) -> type[Any]:
    """The plain type of a field, or of one entry when it is a list."""
    found: type[Any] = _innermost(field.annotation)
    return found


def _type_at(place: strict_yaml.Path) -> type[Any] | None:
    if not place:
        return FrontMatter
    field = _field_at(place)
    return type_of(field) if field else None


def _aliases(place: strict_yaml.Path) -> list[str]:
    """The fields that may stand under a place."""
    found = _type_at(place)
    fields = found.model_fields.values() if found is not None and issubclass(found, BaseModel) else ()
    return [str(field.alias) for field in fields]


def _choice_at(place: strict_yaml.Path) -> type[Choice] | None:
    found = _type_at(place)
    return found if found is not None and issubclass(found, Choice) else None


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

"""One file in, an Intervention or Problems out: encoding, front matter, closed lists, prose. The only place that reads content files."""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from kb import prose, strict_yaml
from kb.model import Choice, Factor, FrontMatter, Intervention, Status
from kb.problems import Problem, did_you_mean, nearest
from kb.words import as_slug

MAX_BYTES = 50_000
"""A page is about five kilobytes; ten times that is no page."""
MAX_SUMMARY_WORDS = 45
MAX_BAD_LINES = 5
"""Lines with unreadable characters that are named before the rest is left unsaid."""
TEMPLATE_NAME = "_sjabloon.md"
_HINT_LEFT = "Hier staat nog de uitleg van het sjabloon. Schrijf uw eigen tekst, of zet 'status' nog op concept."

_FILE_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_FENCE = "---"
_CONTROL_BYTES = bytes((*range(0x09), *range(0x0E, 0x20)))
_UNSEEN_RANGES = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x200B, 0x200B), (0x2028, 0x2029), (0x202A, 0x202E),
    (0x2066, 0x2069), (0xFEFF, 0xFEFF), (0xFFFE, 0xFFFF),
)  # fmt: skip
_UNSEEN = "".join(chr(code) for first, last in _UNSEEN_RANGES for code in range(first, last + 1))
_INVISIBLE = re.compile(f"[{re.escape(_UNSEEN)}]|(?m:^)[ -]*\xa0[ \xa0]*")
"""Characters nobody sees, that break lines, hide text or spoil the search; and a hard space used to indent."""
_SUSPECTS = tuple(f"{_UNSEEN}\xa0")
"""Without one of these there is none of those; and looking for one character after another is quickly done."""
_OWN_KEYS = ("id", "tekst")
"""Keys of an Intervention that come from the file name and the prose, never from the front matter."""

_Said = tuple[int, strict_yaml.Path, str]
"""(line, place, Dutch sentence)."""


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
        if not isinstance(found, str) or (self.problems and any(p.field == dotted(place) for p in self.problems)):
            return None
        return found.strip()

    def count_at(self, *place: str | int) -> int:
        """How many entries the editor wrote at a place; none when there is no list."""
        found = self.lines.at(*place)
        return len(found) if isinstance(found, list) else 0


def read(path: Path) -> Page:
    """Read one page. Never raises: whatever is wrong with the file becomes a Problem with its line."""
    raw, objection = _bytes_of(path)
    return _page(path, [(1, (), objection)]) if objection else read_bytes(path, raw)


def read_bytes(path: Path, raw: bytes) -> Page:
    """Read a page from its bytes, whatever lies at its path now: a draft, or an older version."""
    text, said = _decode(raw)
    said += [(1, (), message) for message in _name_objections(path)]
    front, body, first_body_line, objection = _split(text) if text else ("", "", 1, None)
    if objection or not text:
        return _page(path, said + ([objection] if objection else []), text=text)
    document = strict_yaml.read("\n" + front)
    sections, objections = prose.split(body)
    said += [(first_body_line + line - 1, (title,) if title else (), message) for line, title, message in objections]
    intervention, wrong = _validate(path, document, sections, complain_about_text=not objections)
    said += document.problems + wrong
    if intervention and intervention.status is Status.PUBLISHED:
        said += [(line, (heading,), _HINT_LEFT) for heading, line in prose.hints_left(text)]
    return _page(path, said, document, intervention, text=text, first_body_line=first_body_line)


def parts(raw: bytes) -> dict[str, Any]:
    """Fields and headed texts as they were written, with every run of spaces made one; whatever cannot be read is left out."""
    front, body, _, _ = _split(_decode(raw)[0])
    found = strict_yaml.read("\n" + front).value
    written = {**(found if isinstance(found, dict) else {}), **prose.split(body)[0]}
    return {key: _one_spaced(value) for key, value in written.items()}


def _one_spaced(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: _one_spaced(part) for key, part in value.items()}
    return [_one_spaced(part) for part in value] if isinstance(value, list) else value


def _page(
    path: Path,
    said: Sequence[_Said],
    document: strict_yaml.Document | None = None,
    intervention: Intervention | None = None,
    **rest: Any,
) -> Page:
    problems = tuple(sorted({Problem(path, line, dotted(place), message) for line, place, message in said}))
    return Page(path, None if problems else intervention, problems, document or strict_yaml.Document(), **rest)


def _decode(raw: bytes) -> tuple[str, list[_Said]]:
    """The text of a file, as far as it can be read, and what was wrong with it; no text means: look no further."""
    text = raw.decode("utf-8-sig", errors="replace")
    said: list[_Said] = []
    if "\ufffd" in text:
        said += _encoding_objections(raw)
    if not text.strip():
        return "", [(1, (), f"Dit bestand is leeg. Begin met een kopie van {TEMPLATE_NAME}.")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unseen = list(_INVISIBLE.finditer(text)) if any(map(text.__contains__, _SUSPECTS)) else []
    for found in unseen[:MAX_BAD_LINES]:
        line, where = text.count("\n", 0, found.start()) + 1, _after(text, found.start())
        said.append((line, (), f"Op deze regel staat een onzichtbaar teken{where}. Typ de regel opnieuw."))
    return _INVISIBLE.sub(lambda found: " " * len(found[0]), text) if unseen else text, said


def _after(text: str, position: int) -> str:
    """Where on its line a position is, in words."""
    before = text[:position].rpartition("\n")[2].strip()[-20:]
    return f", na '{before}'" if before else ""


def _bytes_of(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and no objection, or the objection."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            return b"", "Dit is een map, geen bladzijde. Een bladzijde is een bestand dat eindigt op .md."
        if not stat.S_ISREG(found.st_mode):
            return b"", "Dit is geen gewoon bestand. Sla de bladzijde op als tekstbestand."
        if found.st_size > MAX_BYTES:
            return b"", _too_big(found.st_size)
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b"", "Dit bestand bestaat niet. Kijk de naam na."
    except (OSError, ValueError):
        return b"", "Dit bestand is niet te openen. Kijk of u het mag lezen, en sla het anders opnieuw op."
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return b"", "Dit bestand is opgeslagen als UTF-16. Kies bij het opslaan de codering UTF-8."
    if b"\x00" in raw or (len(raw.translate(None, _CONTROL_BYTES)) < len(raw) and not _is_utf8(raw)):
        return b"", "Dit is geen tekstbestand. Sla de bladzijde op als gewone tekst, met de codering UTF-8."
    return raw, ""


def _too_big(size: int) -> str:
    shown = f"{size / 1_000_000:.1f} MB".replace(".", ",") if size >= 1_000_000 else f"{size // 1000} kB"
    return f"Dit bestand is te groot ({shown}; hoogstens {MAX_BYTES // 1000} kB). Laat lange stukken weg en verwijs ernaar bij 'bronnen'."


def _is_utf8(raw: bytes) -> bool:
    return "\ufffd" not in raw.decode("utf-8", errors="replace")


def _encoding_objections(raw: bytes) -> Iterator[_Said]:
    """The lines that are not UTF-8, with the word as its writer most likely saw it."""
    bad = ((number, line) for number, line in enumerate(raw.split(b"\n"), start=1) if not _is_utf8(line))
    for number, line in list(bad)[:MAX_BAD_LINES]:
        words = (word for word in line.split() if not _is_utf8(word))
        shown = next(words, b"").decode("cp1252", errors="replace")[:40]
        yield number, (), f"'{shown}' is niet goed opgeslagen. Kies bij het opslaan de codering UTF-8."


def _split(text: str) -> tuple[str, str, int, _Said | None]:
    """(front matter, body, line where the body starts, objection)."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        first = next((number for number, line in enumerate(lines, start=1) if line.strip()), 1)
        return "", "", 1, (1, (), _no_fence(lines, first))
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if end is None:
        heading = next((number for number, line in enumerate(lines, start=1) if line.startswith("## ")), len(lines))
        unclosed = f"De velden zijn niet afgesloten. Zet onder het laatste veld een regel met alleen {_FENCE}."
        return "", "", 1, (heading, (), unclosed)
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2, None


def _no_fence(lines: Sequence[str], first: int) -> str:
    if lines[first - 1].rstrip() == _FENCE:
        return f"Boven de eerste {_FENCE} staan lege regels. Haal die weg: {_FENCE} hoort op regel 1."
    return f"Op de eerste regel hoort alleen {_FENCE} te staan, met daaronder de velden. Vergelijk met {TEMPLATE_NAME}."


def _name_objections(path: Path) -> Iterator[str]:
    if path.name == TEMPLATE_NAME or path.is_dir():
        return
    if path.suffix != ".md":
        yield f"De naam van dit bestand moet eindigen op .md. Noem het '{as_slug(path.stem) or 'mijn-aanpak'}.md'."
    elif not _FILE_NAME.match(path.stem):
        advice = f"{as_slug(path.stem) or 'mijn-aanpak'}.md"
        yield f"De bestandsnaam '{path.name}' kan geen adres worden: alleen kleine letters, cijfers en streepjes. Noem het '{advice}'."


def _validate(
    path: Path, document: strict_yaml.Document, sections: dict[str, str], *, complain_about_text: bool
) -> tuple[Intervention | None, list[_Said]]:
    if document.value is None:
        empty = f"Er staan geen velden tussen de streepjes. Begin met een kopie van {TEMPLATE_NAME}."
        return None, [] if document.problems else [(1, (), empty)]
    if not isinstance(document.value, dict):
        line = document.line_of(())
        return None, [
            (line, (), f"Boven aan de bladzijde horen regels met 'veld: waarde'. Vergelijk met {TEMPLATE_NAME}.")
        ]
    said: list[_Said] = [
        (document.line_of((key,)), (key,), _OWN_KEYS_MESSAGE[key]) for key in _OWN_KEYS if key in document.value
    ]
    said += [(document.line_of(place), place, message) for place, message in _page_rules(document)]
    text = {
        title: None if words == prose.NOT_FOUND and title in prose.OPTIONAL_HEADINGS else words
        for title, words in sections.items()
    }
    try:
        return Intervention.model_validate({**document.value, "id": _safe_id(path), "tekst": text}), said
    except ValidationError as error:
        quiet = {"id"} if complain_about_text else {"id", "tekst"}
        told = [detail for detail in error.errors(include_url=False) if detail["loc"][0] not in quiet]
        told = [detail for detail in told if not _is_known(detail, document) and not _is_misspelt(detail, told)]
        return None, said + [_explain(document, detail) for detail in told]


_OWN_KEYS_MESSAGE = {
    "id": "'id' is geen veld: het adres komt uit de bestandsnaam. Haal deze regel weg.",
    "tekst": "'tekst' is geen veld: de tekst staat onder de vijf vaste koppen. Haal deze regel weg.",
}


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


def _safe_id(path: Path) -> str:
    return path.stem if _FILE_NAME.match(path.stem) else "x"


def _page_rules(document: strict_yaml.Document) -> Iterator[tuple[strict_yaml.Path, str]]:
    """Rules that need more than one field. They look at what was written, so that a mistake elsewhere does not hide them."""
    for place in (("leeftijd",), ("indicatie", "ernst")):
        low, high = _whole(document.at(*place, "van")), _whole(document.at(*place, "tot"))
        if low is not None and high is not None and low > high:
            yield place, f"'van' ({low}) is hoger dan 'tot' ({high}). Draai ze om."
    main, problems = document.at("indicatie", "hoofdprobleem"), document.at("indicatie", "problemen")
    if isinstance(main, str) and isinstance(problems, list) and main not in problems:
        yield (
            ("indicatie", "hoofdprobleem"),
            f"'{_shown(main)}' staat niet bij 'problemen'. Zet het daar ook bij, vooraan.",
        )
    summary = document.at("samenvatting")
    words = len(summary.split()) if isinstance(summary, str) else 0
    if words > MAX_SUMMARY_WORDS:
        yield ("samenvatting",), f"De samenvatting heeft {words} woorden. Maak er hoogstens {MAX_SUMMARY_WORDS} van."
    yield from _withdrawal_rule(document)
    yield from _repeats(document.value)
    yield from _repeated_factors(document)


def _whole(value: Any) -> int | None:
    is_whole = isinstance(value, int) or (isinstance(value, str) and value.strip().isdecimal() and len(value) < 9)
    return int(value) if is_whole else None


def _withdrawal_rule(document: strict_yaml.Document) -> Iterator[tuple[strict_yaml.Path, str]]:
    withdrawn, reason = document.at("status") == "ingetrokken", document.at("ingetrokken")
    if withdrawn and not reason:
        example = 'ingetrokken: {op: 2026-11-22, reden: "..."}'
        yield ("status",), f"Bij status 'ingetrokken' horen een datum en een reden. Zet eronder: {example}"
    if reason and not withdrawn and "status" in document.value:
        yield (
            ("ingetrokken",),
            "Dit veld hoort alleen bij status 'ingetrokken'. Pas de status aan, of haal dit veld weg.",
        )


def _repeats(value: dict[str, Any]) -> Iterator[tuple[strict_yaml.Path, str]]:
    """Words that stand twice in one list, however deep it lies."""
    waiting: list[tuple[strict_yaml.Path, Any]] = [((), value)]
    while waiting:
        place, value = waiting.pop()
        children = value.items() if isinstance(value, dict) else enumerate(value)
        waiting += [((*place, key), child) for key, child in children if isinstance(child, (dict, list))]
        if isinstance(value, list):
            yield from _said_again([word for word in value if isinstance(word, str)], value, place)


def _said_again(
    words: list[str], entries: list[Any], place: strict_yaml.Path
) -> Iterator[tuple[strict_yaml.Path, str]]:
    if len(set(words)) == len(words):
        return
    for index, word in enumerate(entries):
        if isinstance(word, str) and word in entries[:index]:
            yield (*place, index), f"'{_shown(word)}' staat twee keer in deze lijst. Laat er één staan."


def _repeated_factors(document: strict_yaml.Document) -> Iterator[tuple[strict_yaml.Path, str]]:
    seen: set[str] = set()
    for key in ("risicofactoren", "beschermende_factoren"):
        entries = document.at(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            factor = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(factor, str):
                if factor in seen:
                    yield (key, index, "id"), f"De factor '{_shown(factor)}' staat er twee keer. Laat er één staan."
                seen.add(factor)


def dotted(place: strict_yaml.Path) -> str:
    """A place as editors write it: `bewijs[2].niveau`, list positions from 1."""
    out = ""
    for part in place:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else str(part)
    return out


def _explain(document: strict_yaml.Document, detail: ErrorDetails) -> _Said:
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
        suggestion = did_you_mean(str(name), _aliases(place[:-1]))
        return f"'{_shown(name)}' is geen bekend veld.{suggestion or ' Haal het weg, of zoek het goede veld in de handleiding.'}"
    if given is None or (isinstance(given, str) and not given.strip()):
        if field and field.is_required():
            return f"Dit verplichte veld is leeg. Vul het in.{_options(place)}"
        return "Dit veld is leeg. Vul het in, of haal de hele regel weg."
    if kind in _MADE_MESSAGES:
        return _MADE_MESSAGES[kind](given, place)
    words = _VALUE_MESSAGES.get(kind, FALLBACK_MESSAGE)
    return words.format(given=_shown(given), **detail.get("ctx", {}))


def _shown(value: Any) -> str:
    """A value as it can be quoted in a message: on one line and not too long."""
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value[:4])[:56] + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(item)}" for key, item in list(value.items())[:3])[:56] + "}"
    words = " ".join(str(value).split())
    return words if len(words) <= 60 else words[:57] + "..."


def _options(place: strict_yaml.Path) -> str:
    choice = _choice_at(place)
    return f" Kies uit: {', '.join(choice)}." if choice else ""


def _closed_list(given: Any, place: strict_yaml.Path) -> str:
    choice = _choice_at(place)
    by_label = {member.label.casefold(): str(member) for member in choice or ()}
    meant = by_label.get(str(given).casefold())
    suggestion = f" Bedoelde u '{meant}'?" if meant else did_you_mean(str(given), list(choice or ()))
    if isinstance(given, (list, dict)):
        return f"Hier hoort één woord uit de lijst, niet '{_shown(given)}'.{_options(place)}"
    return f"'{_shown(given)}' staat niet in de lijst.{suggestion or _options(place)}"


def _text(given: Any, _place: strict_yaml.Path) -> str:
    if isinstance(given, list):
        return "Hier hoort één tekst, geen lijst. Haal de streepjes of de haakjes [ ] weg."
    if isinstance(given, dict):
        return "Hier hoort tekst. Staat er een dubbele punt in? Zet de hele tekst dan tussen aanhalingstekens."
    return f'Hier hoort tekst, geen getal. Zet het tussen aanhalingstekens: "{_shown(given)}".'


def _list(given: Any, _place: strict_yaml.Path) -> str:
    if isinstance(given, dict):
        return "Hier hoort een lijst. Zet voor elk deel een streepje (-), zoals in het sjabloon."
    return f"Hier hoort een lijst. Schrijf [{_shown(given)}], of zet elke waarde op een eigen regel met een streepje ervoor."


def _fields(given: Any, place: strict_yaml.Path) -> str:
    names = ", ".join(f"{name}: ..." for name in _aliases(place))
    return f"Hier horen losse velden, niet '{_shown(given)}'. Schrijf: {{{names}}}. Wat niet verplicht is, mag weg."


def _whole_number(given: Any, _place: strict_yaml.Path) -> str:
    if isinstance(given, str) and given.strip().isdecimal():
        return f"Een getal staat niet tussen aanhalingstekens. Schrijf {given.strip()[:20]}."
    return f"Hier hoort een heel getal, niet '{_shown(given)}'. Schrijf alleen het getal, zonder woorden of punten."


def _pattern(given: Any, place: strict_yaml.Path) -> str:
    if place[-1] in ("url", "bron_url"):
        guess = f" Bedoelde u 'https://{_shown(given)}'?" if str(given).startswith("www.") else ""
        return f"'{_shown(given)}' is geen volledig webadres. Een webadres begint met https:// en heeft geen spaties.{guess}"
    if place[-1] == "datum":
        return _date(given, place)
    slug = as_slug(str(given).removesuffix(".md"))
    guess = f" Bedoelde u '{slug}'?" if slug else ""
    return f"'{_shown(given)}' is geen id. Een id heeft alleen kleine letters, cijfers en streepjes.{guess}"


_MONTHS = ["jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def _date(given: Any, place: strict_yaml.Path) -> str:
    written, examples = str(given).strip(), "2026-11-22"
    if place[-1] == "datum":
        examples = "2026, 2026-11 of 2026-11-22"
    if re.match(r"\d{4}-\d\d-\d\d$", written):
        return f"De datum '{written}' bestaat niet. Kijk de maand en de dag na; schrijf jaar-maand-dag."
    parts = re.match(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9}\.?)[-/. ]+(\d{4})$", written.lower())
    guess = f" Bedoelde u {found}?" if parts and (found := _as_date(parts[3], parts[2], parts[1])) else ""
    return f"'{_shown(given)}' is geen datum. Schrijf jaar-maand-dag, zoals {examples}.{guess}"


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

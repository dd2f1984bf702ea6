"""Strict YAML for editors: every value with its line, no duplicate keys, no guesses about `no`, `12:30` or `012`.

PyYAML's C parser gives the events; what the words mean is decided here, because YAML 1.1 reads `no` as false, `012` as ten
and `12:30` as 750. A block that cannot be read is named and left out, so that the rest is still looked at. Knows nothing of
interventions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

Path = tuple[str | int, ...]
"""Where a value sits: keys and list positions from the top."""

MAX_DEPTH = 12
MAX_PROBLEMS = 50
MAX_NAME = 60
"""Characters in the name of a field."""
REMEMBERED = 4096
"""Words of which the meaning is kept."""
MAX_UNREADABLE = 10
"""Blocks that are left out before giving up on a text."""

_NULL = {"", "~", "null"}
_TRUTH_WORDS = {"yes", "no", "on", "off", "y", "n", "true", "false"}
_LONGEST_TRUTH = max(map(len, _TRUTH_WORDS))
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+$")
_AMBIGUOUS_NUMBER = re.compile(r"[-+]?(0[0-9_]+|[0-9]+(_[0-9]+)+|0[xob][0-9a-fA-F_]+|[0-9]+(:[0-5]?[0-9])+)$")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+$")
_TOP_LEVEL_LINE = re.compile(r"[^\s#-]")
_KEY = re.compile(r"\s*(?:-\s+)?['\"]?([\w-]+)")
_TABBED = re.compile(r" *\t")
_INDENTED = re.compile(r" *(?:- +)*")
_GLUED = re.compile(r"\s*(?:-\s+)?([\w-]+):([^\s/].*)$")
_FENCE = re.compile(r"(\.\.\.|---)(\s|$)")
_OPENING_QUOTE = re.compile(r"\s*(?:-\s+)*(?:[\w-]+:\s+)?(['\"])(.*)$")

_TOO_DEEP = "Hier staan te veel lijstjes in elkaar. Gebruik hoogstens een paar niveaus, zoals in het sjabloon."
_REFERENCE = (
    "Een & of * aan het begin van een waarde betekent in dit bestand iets anders. Zet de tekst tussen aanhalingstekens."
)
_TAG = "Een uitroepteken aan het begin van een waarde betekent in dit bestand iets anders. Zet de tekst tussen aanhalingstekens."
_QUOTE_OPEN = (
    "Het aanhalingsteken op deze regel wordt niet gesloten. Zet aan het eind hetzelfde aanhalingsteken: {quote}"
)
_QUOTE_INSIDE = (
    "Het aanhalingsteken {quote} staat hier ook midden in de tekst. Zet om de hele tekst {other} in plaats van {quote}."
)
_NO_COLON = "Hier ontbreekt na de naam van het veld een dubbele punt met een spatie, zoals in 'soort: interventie'."
_NO_SPACE = "Achter de dubbele punt ontbreekt een spatie. Schrijf '{key}: {value}'."
_EXTRA_COLON = "Hier staat een dubbele punt te veel. Zet een tekst met een dubbele punt erin tussen aanhalingstekens."
_INDENT = "Het inspringen klopt hier niet. Zet velden die bij elkaar horen even ver naar rechts, met spaties."
_TAB = "Hier staat een tab. Haal hem weg: voor de eerste letter horen {number} spaties."
_TAB_TOO_MANY = "Hier staat een tab. Haal hem weg."
_STRAY_FENCE = "Een regel met alleen ... of --- kan hier niet. Haal hem weg."
_UNREADABLE = "Deze regel is niet te lezen als 'veld: waarde'. Vergelijk hem met het sjabloon."

_AT_START, _AT_PROBLEM = "context_mark", "problem_mark"
_PARSER_MESSAGES = (
    ("could not find expected ':'", _AT_START, _NO_COLON),
    (
        "cannot start any token",
        _AT_PROBLEM,
        "Een tekst kan niet beginnen met @, % of `. Zet de tekst tussen aanhalingstekens.",
    ),
    (
        "unexpected end of stream",
        _AT_START,
        "Het aanhalingsteken op deze regel wordt niet gesloten. Zet het ook aan het eind.",
    ),
    (
        "expected ',' or",
        _AT_START,
        "Het haakje [ of { op deze regel wordt niet goed gesloten, of er ontbreekt een komma. Staat er in een tekst een komma of dubbele punt? Zet die tekst dan tussen aanhalingstekens.",
    ),
    (
        "expected node content",
        _AT_PROBLEM,
        "Hier staat een haakje of komma waar een waarde hoort. Vul de waarde in, of zet tekst tussen aanhalingstekens.",
    ),
    (
        "block sequence entries are not allowed",
        _AT_PROBLEM,
        "Zet het eerste streepje van een lijst op een nieuwe regel, onder de naam van het veld.",
    ),
    ("expected '-' indicator", _AT_PROBLEM, _INDENT),
    ("expected key", _AT_PROBLEM, _INDENT),
    ("undefined alias", _AT_PROBLEM, _REFERENCE),
    ("alphabetic or numeric character", _AT_PROBLEM, _REFERENCE),
    ("second occurrence", _AT_PROBLEM, _REFERENCE),
    ("tag", _AT_PROBLEM, _TAG),
    (
        "while scanning a directive",
        _AT_PROBLEM,
        "Een procentteken (%) aan het begin betekent in dit bestand iets anders. Zet de tekst tussen aanhalingstekens.",
    ),
    (
        "escape character",
        _AT_PROBLEM,
        "Een \\ betekent tussen dubbele aanhalingstekens iets anders. Gebruik enkele aanhalingstekens (').",
    ),
    (
        "hexdecimal",
        _AT_PROBLEM,
        "Een \\ betekent tussen dubbele aanhalingstekens iets anders. Gebruik enkele aanhalingstekens (').",
    ),
    ("comment or line break", _AT_PROBLEM, "Na > of | begint de tekst pas op de volgende regel, ingesprongen."),
    (
        "mapping keys are not allowed",
        _AT_PROBLEM,
        "Een tekst kan niet beginnen met een vraagteken. Zet de tekst tussen aanhalingstekens.",
    ),
    ("not allowed", _AT_PROBLEM, "Hier staat een onzichtbaar teken dat niet mag. Typ deze regel opnieuw."),
)


@dataclass(slots=True)
class Document:
    """What was read: plain values, the line of every value, and what was wrong."""

    value: Any = None
    problems: list[tuple[int, Path, str]] = field(default_factory=list)
    """(line, place, Dutch sentence)."""
    lines: dict[Path, int] = field(default_factory=dict)
    """Line of each value, counted from 1 in the text that was given; empty until `line_of` needs them."""
    unnumbered: str = ""
    """The text when its lines were not noted yet: of most pages nobody asks for one."""

    def line_of(self, place: Path) -> int:
        """Line of the value at this place, or of its nearest parent that exists."""
        if self.unnumbered:
            text, self.unnumbered = self.unnumbered, ""
            _Reader(self, text).read()
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def at(self, *place: str | int) -> Any:
        """The plain value at a place, or None when there is nothing there or something else stands in the way."""
        found = self.value
        for part in place:
            fits = isinstance(found, dict if isinstance(part, str) else list)
            known = fits and (part in found if isinstance(part, str) else part < len(found))
            found = found[part] if known else None
        return found


def read(text: str) -> Document:
    """Read one YAML document; never raises, every objection is in `problems`."""
    try:
        return Document(_only_values(text), unnumbered=text)
    except (yaml.YAMLError, _OddError):
        return _read_closely(text)


def _read_closely(text: str) -> Document:
    """The same with the line of everything, and with an objection to whatever is odd."""
    unreadable: list[tuple[int, Path, str]] = []
    lines = text.split("\n")
    while len(unreadable) < MAX_UNREADABLE:
        document = Document()
        try:
            _Reader(document, "\n".join(lines)).read()
        except (yaml.YAMLError, _TooDeepError) as error:
            line, message = _diagnose(error, lines)
            message = _without_space(lines[line - 1]) if message == _NO_COLON else message
            unreadable.append((line, _leave_out_block(lines, line), message))
        else:
            document.problems += unreadable
            return document
    return Document(problems=unreadable)


def _without_space(line: str) -> str:
    """Who wrote 'soort:interventie' did write a colon."""
    written = _GLUED.match(line)
    return _NO_SPACE.format(key=written[1], value=written[2][:MAX_NAME]) if written else _NO_COLON


def _leave_out_block(lines: list[str], line: int) -> Path:
    """Empty the top-level block around a line, so that the rest can be read; gives the place of the block."""
    is_start = [bool(_TOP_LEVEL_LINE.match(content)) for content in lines]
    if _FENCE.match(lines[line - 1]):
        lines[line - 1] = ""
        return ()
    first = next((i for i in range(min(line, len(lines)) - 1, -1, -1) if is_start[i]), 0)
    last = next((i for i in range(max(first + 1, line), len(lines)) if is_start[i]), len(lines))
    key = _KEY.match(lines[first])
    lines[first:last] = [""] * (last - first)
    return (key[1],) if key else ()


def _diagnose(error: Exception, lines: Sequence[str]) -> tuple[int, str]:
    """(line, Dutch sentence) for what the parser stumbled over; its own idea of the line is often a line too late."""
    if isinstance(error, _TooDeepError):
        return error.line, _TOO_DEEP
    said = str(error)
    line = _marked_line(error, _AT_PROBLEM, lines)
    if "mapping values are not allowed" in said:
        return _misplaced_colon(lines, line)
    if "tab character" in said or ("cannot start any token" in said and _TABBED.match(lines[line - 1])):
        number = _spaces_at(lines, line)
        return line, _TAB.format(number=number) if number else _TAB_TOO_MANY
    if "document" in said:
        return next((i for i in range(line, 0, -1) if _FENCE.match(lines[i - 1])), line), _STRAY_FENCE
    if "expected" in said and (quote := _stray_quote(lines, line)):
        return quote
    for english, mark, dutch in _PARSER_MESSAGES:
        if english in said:
            return _marked_line(error, mark, lines), dutch
    return line, _UNREADABLE


def _spaces_at(lines: Sequence[str], line: int) -> int:
    """How far a line should be indented by the filled line above it: a dash under its dash, a field under its field or its colon."""
    above = next((lines[i - 1] for i in range(line - 1, 0, -1) if lines[i - 1].strip()), "")
    if lines[line - 1].lstrip().startswith("- ") and above.lstrip().startswith("- "):
        return len(above) - len(above.lstrip())
    start = _INDENTED.match(above)
    return (len(start[0]) if start else 0) + (2 if above.rstrip().endswith(":") else 0)


def _marked_line(error: Exception, name: str, lines: Sequence[str]) -> int:
    mark = getattr(error, name, None) or getattr(error, _AT_PROBLEM, None) or getattr(error, _AT_START, None)
    if mark:
        return min(int(mark.line) + 1, len(lines))
    position = getattr(error, "position", 0)
    return "\n".join(lines)[:position].count("\n") + 1


def _misplaced_colon(lines: Sequence[str], line: int) -> tuple[int, str]:
    """`a: b: c`, a line that is indented too far, or the line before it that lacks its colon."""
    if len(re.findall(r":(?:\s|$)", lines[line - 1])) > 1:
        return line, _EXTRA_COLON
    above = next((i for i in range(line - 1, 0, -1) if lines[i - 1].strip()), 0)
    if above and not re.search(r":(\s|$)", lines[above - 1]):
        return above, _NO_COLON
    return line, _INDENT


def _stray_quote(lines: Sequence[str], line: int) -> tuple[int, str] | None:
    """The nearest line, here or above, with a quoted text that does not close where it should."""
    for number in range(line, 0, -1):
        opened = _OPENING_QUOTE.match(lines[number - 1])
        if not opened:
            continue
        quote, rest = opened[1], opened[2]
        rest = rest.replace("''", "") if quote == "'" else re.sub(r"\\.", "", rest)
        _, closed, after = rest.partition(quote)
        if not closed:
            return number, _QUOTE_OPEN.format(quote=quote)
        if not re.match(r"\s*([,\]}:]|#|$)", after):
            return number, _QUOTE_INSIDE.format(quote=quote, other='"' if quote == "'" else "'")
    return None


class _OddError(Exception):
    """Something that `_Reader` must look at."""


def _only_values(text: str) -> Any:
    """What a text says in which nothing is odd; its lines take as long again, and only objections and advice name them.

    Raises _OddError or yaml.YAMLError for everything that `_Reader` objects to.
    """
    next_event: Callable[[], Any] = yaml.CBaseLoader(text).get_event
    next_event()  # start of the stream
    if type(next_event()) is StreamEndEvent:
        return None
    found = _value(next_event(), next_event, MAX_DEPTH)
    next_event()  # end of the document
    if type(next_event()) is not StreamEndEvent:
        raise _OddError
    return found


def _value(event: Any, next_event: Callable[[], Any], depth: int) -> Any:
    """The value that starts with this event, at most so many levels deep."""
    if event.anchor or event.tag:
        raise _OddError
    kind = type(event)
    if kind is ScalarEvent:
        return event.value if event.style else _unquoted(event.value)
    if not depth:
        raise _OddError
    if kind is SequenceStartEvent:
        items = []
        while type(event := next_event()) is not SequenceEndEvent:
            items.append(_value(event, next_event, depth - 1))
        return items
    pairs: dict[str, Any] = {}
    while type(event := next_event()) is not MappingEndEvent:
        if type(event) is not ScalarEvent or event.anchor or event.tag:
            raise _OddError
        name = event.value
        if name in pairs or not _is_name(name):
            raise _OddError
        pairs[name] = _value(next_event(), next_event, depth - 1)
    return pairs


@lru_cache(maxsize=REMEMBERED)
def _unquoted(text: str) -> Any:
    """Pages use the same words over and over."""
    if _objection_to(text):
        raise _OddError
    return _meant(text)


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class _Reader:
    """Turns the parser's events into plain values and notes lines and problems on the way.

    Works on events and not on PyYAML's tree, because building that tree crashes Python on deeply nested text.
    """

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.next_event: Callable[[], Any] = yaml.CBaseLoader(text).get_event

    def read(self) -> None:
        self.next_event()  # start of the stream
        if isinstance(self.next_event(), StreamEndEvent):
            return
        self.document.value = self.build(self.next_event(), ())
        self.next_event()  # end of the document
        following = self.next_event()
        if not isinstance(following, StreamEndEvent):
            self._object(following, (), _STRAY_FENCE)

    def build(self, event: Any, place: Path) -> Any:
        """The value that starts with this event."""
        self.document.lines.setdefault(place, _line_of(event))
        if isinstance(event, AliasEvent) or event.anchor:
            return self._refuse(event, place, _REFERENCE)
        if event.tag:
            return self._refuse(event, place, _TAG)
        if isinstance(event, ScalarEvent):
            return event.value if event.style else self._plain(event, place)
        if len(place) >= MAX_DEPTH:
            raise _TooDeepError(_line_of(event))
        return dict(self._pairs(place)) if isinstance(event, MappingStartEvent) else list(self._items(event, place))

    def _object(self, event: Any, place: Path, message: str) -> None:
        if len(self.document.problems) < MAX_PROBLEMS:
            self.document.problems.append((_line_of(event), place, message))

    def _refuse(self, event: Any, place: Path, message: str) -> None:
        self._object(event, place, message)
        self._skip(event)

    def _skip(self, event: Any) -> None:
        """Pass over the rest of the value that starts with this event."""
        depth = _step(event)
        while depth:
            depth += _step(self.next_event())

    def _items(self, _start: Any, place: Path) -> Iterator[Any]:
        index = 0
        while not isinstance(event := self.next_event(), SequenceEndEvent):
            yield self.build(event, (*place, index))
            index += 1

    def _pairs(self, place: Path) -> Iterator[tuple[str, Any]]:
        first_line: dict[str, int] = {}
        said: dict[str, Any] = {}
        while not isinstance(event := self.next_event(), MappingEndEvent):
            if type(event) is not ScalarEvent or event.anchor or event.tag or not _is_name(event.value):
                self._refuse(event, place, "Voor de dubbele punt hoort de naam van een veld te staan.")
                self._skip(self.next_event())
                continue
            key = str(event.value)
            following = self.next_event()
            if key in first_line:
                self._object(event, (*place, key), _said_twice(key, first_line[key], said[key], following))
                self._skip(following)
                continue
            first_line[key] = self.document.lines[(*place, key)] = _line_of(event)
            said[key] = following
            yield key, self.build(following, (*place, key))

    def _plain(self, event: Any, place: Path) -> Any:
        """A word or number without quotes; what could mean two things is refused."""
        if objection := _objection_to(event.value):
            return self._object(event, place, objection)
        return _meant(event.value)


def _said_twice(key: str, line: int, first: Any, second: Any) -> str:
    """What to do depends on what was said; both are the first event of a value."""
    both = isinstance(first, ScalarEvent) and isinstance(second, ScalarEvent)
    if both and first.value != second.value:
        one, other = (" ".join(said.value.split())[:MAX_NAME] for said in (first, second))
        return f"'{key}' staat er twee keer: op regel {line} '{one}', hier '{other}'. Laat staan wat klopt."
    return f"'{key}' staat er twee keer (ook op regel {line}). {'Laat er één staan.' if both else 'Zet alles bij één van de twee.'}"


_NUMBER_STARTS = frozenset("+-0123456789")


def _objection_to(text: str) -> str:
    """Why this may not stand without quotes: it could mean two things. Nothing when it may."""
    if len(text) <= _LONGEST_TRUTH and text.lower() in _TRUTH_WORDS:
        return f"'{text}' kan ook ja of nee betekenen. Zet het tussen aanhalingstekens: \"{text}\"."
    advice = _other_reading(text) if text[:1] in _NUMBER_STARTS else ""
    return f"'{text}' kan op twee manieren worden gelezen. {advice}" if advice else ""


def _meant(text: str) -> str | int | float | None:
    """What stands there without quotes: a number, nothing or a text."""
    if text[:1] in _NUMBER_STARTS:
        return _number(text)
    return None if text.lower() in _NULL else text


def _other_reading(text: str) -> str:
    """What to write instead of a number that could mean two things; nothing when it could not."""
    if _THOUSANDS.match(text):
        return f"Schrijf {text.replace('.', '')}, zonder punt."
    if not _AMBIGUOUS_NUMBER.match(text):
        return ""
    plain = text.replace("_", "").lstrip("+-0")
    number = f"Schrijf {plain[:20]}, of" if plain.isdecimal() else "Schrijf"
    return f'{number} "{text}" als het tekst is.'


def _line_of(event: Any) -> int:
    return int(event.start_mark.line) + 1


@lru_cache(maxsize=REMEMBERED)
def _is_name(text: str) -> bool:
    """Can this be the name of a field: a plain word or some words on one line?"""
    return 0 < len(text) <= MAX_NAME and text.isprintable()


def _step(event: Any) -> int:
    if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
        return 1
    return -1 if isinstance(event, (MappingEndEvent, SequenceEndEvent)) else 0


def _number(text: str) -> str | int | float:
    if _INTEGER.match(text):
        return int(text) if len(text) < 19 else text
    return float(text) if _DECIMAL.match(text) else text

"""Strict YAML for editors: every value with its line, no duplicate keys, no guesses about `no`, `12:30` or `012`.

PyYAML's C parser gives the tree; what the words mean is decided here, because YAML 1.1 reads `no` as false, `012` as ten
and `12:30` as 750. Knows nothing of interventions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
"""Where a value sits: keys and list positions from the top."""

MAX_DEPTH = 12
MAX_PROBLEMS = 50

_NULL = {"", "~", "null"}
_TRUTH = {"true": True, "false": False}
_AMBIGUOUS_WORDS = {"yes", "no", "on", "off", "y", "n"}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+$")
_AMBIGUOUS_NUMBER = re.compile(r"[-+]?(0[0-9_]+|[0-9]+(_[0-9]+)+|0[xob][0-9a-fA-F_]+|[0-9]+(:[0-5]?[0-9])+)$")

_PARSER_MESSAGES = (
    ("could not find expected ':'", "Hier ontbreekt een dubbele punt (:) na de naam van het veld."),
    (
        "mapping values are not allowed",
        "Hier staat een dubbele punt (:) te veel. Zet tekst met een dubbele punt tussen aanhalingstekens.",
    ),
    ("found character '\\t'", "Hier staat een tab. Gebruik spaties om in te springen."),
    (
        "found character that cannot start any token",
        "Hier staat een teken dat zo niet mag (een tab, @ of `). Gebruik spaties, of zet de tekst tussen aanhalingstekens.",
    ),
    ("found unexpected end of stream", "Een aanhalingsteken of haakje is niet gesloten."),
    ("expected <block end>", "Het inspringen klopt niet: zet velden van hetzelfde lijstje even ver naar rechts."),
    ("expected ',' or", "Een haakje [ ] of { } is niet gesloten, of er ontbreekt een komma."),
    ("special characters are not allowed", "Hier staat een onzichtbaar teken dat niet mag. Typ deze regel opnieuw."),
    (
        "found undefined alias",
        "Een sterretje (*) aan het begin betekent iets anders in dit bestand. Zet de tekst tussen aanhalingstekens.",
    ),
    (
        "while scanning an alias",
        "Een sterretje (*) aan het begin betekent iets anders in dit bestand. Zet de tekst tussen aanhalingstekens.",
    ),
    (
        "while scanning an anchor",
        "Een &-teken aan het begin betekent iets anders in dit bestand. Zet de tekst tussen aanhalingstekens.",
    ),
    (
        "while scanning a directive",
        "Een procentteken (%) aan het begin betekent iets anders in dit bestand. Zet de tekst tussen aanhalingstekens.",
    ),
)
_UNREADABLE = "Deze regel is niet te lezen als 'veld: waarde'. Vergelijk hem met het sjabloon."


@dataclass(slots=True)
class Document:
    """What was read: plain values, the line of every value, and what was wrong."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    """Line of each value, counted from 1 in the text that was given."""
    problems: list[tuple[int, Path, str]] = field(default_factory=list)
    """(line, place, Dutch sentence)."""

    def line_of(self, place: Path) -> int:
        """Line of the value at this place, or of its nearest parent that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(text: str) -> Document:
    """Read one YAML document; never raises, every objection is in `problems`."""
    document = Document()
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        document.problems.append((_error_line(error), (), _explain(error)))
        return document
    except RecursionError:
        document.problems.append((1, (), "Dit is te diep genest. Gebruik hoogstens een paar niveaus."))
        return document
    if root is not None:
        document.value = _Reader(document).build(root, ())
    return document


def _error_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line + 1 if mark else 1


def _explain(error: yaml.YAMLError) -> str:
    said = str(error)
    return next((dutch for english, dutch in _PARSER_MESSAGES if english in said), _UNREADABLE)


class _Reader:
    """Turns the node tree into plain values and notes lines and problems on the way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, place: Path) -> Any:
        self.document.lines.setdefault(place, node.start_mark.line + 1)
        if len(place) > MAX_DEPTH:
            return self._object(node, place, "Dit is te diep genest. Gebruik hoogstens een paar niveaus.")
        if id(node) in self.seen and not isinstance(node, yaml.ScalarNode):
            return self._object(node, place, "Verwijzingen met & en * worden niet gebruikt. Schrijf de waarde voluit.")
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*place, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, place) if isinstance(node, yaml.ScalarNode) else None

    def _object(self, node: yaml.Node, place: Path, message: str) -> None:
        if len(self.document.problems) < MAX_PROBLEMS:
            self.document.problems.append((node.start_mark.line + 1, place, message))

    def _pairs(self, node: yaml.MappingNode, place: Path) -> Iterator[tuple[str, Any]]:
        first_line: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._object(key_node, place, "De naam van een veld moet een gewoon woord zijn.")
            elif key in first_line:
                self._object(
                    key_node,
                    (*place, key),
                    f"'{key}' staat er twee keer (ook op regel {{eerder}}). Laat er één staan.".format(
                        eerder=first_line[key]
                    ),
                )
            else:
                first_line[key] = line
                self.document.lines[(*place, key)] = line
                yield key, self.build(value_node, (*place, key))

    def _scalar(self, node: yaml.ScalarNode, place: Path) -> Any:
        text = str(node.value)
        if node.tag not in _PLAIN_TAGS:
            return self._object(node, place, f"'{node.tag}' kan hier niet. Schrijf gewoon de waarde.")
        if node.style:
            return text
        if text.lower() in _AMBIGUOUS_WORDS:
            return self._object(
                node, place, f"'{text}' kan ook ja of nee betekenen. Zet het tussen aanhalingstekens: '{text}'."
            )
        if _AMBIGUOUS_NUMBER.match(text):
            return self._object(
                node,
                place,
                f"'{text}' kan op twee manieren worden gelezen. Zet het tussen aanhalingstekens, of schrijf een gewoon getal.",
            )
        return _plain_value(text)


_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")
}


def _plain_value(text: str) -> str | int | float | bool | None:
    if text.lower() in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.match(text):
        return int(text) if len(text) < 19 else text
    return float(text) if _DECIMAL.match(text) else text

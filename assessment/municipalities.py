"""The 342 municipalities of 2023 (CBS, CC BY 4.0): code, name, other names, safety region. Knows no neighbourhoods."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from assessment.datafile import FOLDER

REGION_NAMES = {
    "VR02": "Fryslân",
    "VR03": "Drenthe",
    "VR04": "IJsselland",
    "VR05": "Twente",
    "VR06": "Noord- en Oost-Gelderland",
    "VR07": "Gelderland-Midden",
    "VR08": "Gelderland-Zuid",
    "VR10": "Noord-Holland-Noord",
    "VR11": "Zaanstreek-Waterland",
    "VR12": "Kennemerland",
    "VR13": "Amsterdam-Amstelland",
    "VR14": "Gooi en Vechtstreek",
    "VR15": "Haaglanden",
    "VR16": "Hollands Midden",
    "VR17": "Rotterdam-Rijnmond",
    "VR18": "Zuid-Holland-Zuid",
    "VR19": "Zeeland",
    "VR20": "Midden- en West-Brabant",
    "VR21": "Brabant-Noord",
    "VR22": "Brabant-Zuidoost",
    "VR23": "Limburg-Noord",
    "VR24": "Zuid-Limburg",
    "VR25": "Flevoland",
}
"""Names of the safety regions. Groningen and Utrecht are left out on purpose: those words mean the city, not the region around it."""


@dataclass(frozen=True, slots=True)
class Municipality:
    code: str
    """CBS code, GM and four digits."""
    name: str
    """The name to show: Den Haag, not 's-Gravenhage."""
    official_name: str
    aliases: tuple[str, ...]
    """Other words people search for, slang included."""
    safety_region: str
    """VR01-VR25."""


def municipalities() -> tuple[Municipality, ...]:
    """All municipalities in order of the name to show."""
    return tuple(_by_code().values())


def get(code: str) -> Municipality | None:
    """The municipality with exactly this CBS code."""
    return _by_code().get(code)


def find(text: str) -> Municipality | None:
    """By code, name or alias, whatever the capitals, accents and spaces; None when unknown or when two share the name."""
    found = _by_word().get(_key(text[:80]), ())
    return found[0] if len(found) == 1 else None


def suggest(text: str) -> tuple[str, ...]:
    """The names that look most like this text, to ask 'Bedoelde u ...?'; more than one when they share the word (Bergen)."""
    key = _key(text[:80])
    near = [key] if key in _by_word() else get_close_matches(key, list(_by_word()), n=1, cutoff=0.75)
    return tuple(municipality.name for word in near for municipality in _by_word()[word])


def places(code: str) -> tuple[str, ...]:
    """Names under which an intervention can say it runs here: the municipality and, where it has a name of its own, the region."""
    municipality = get(code)
    if municipality is None:
        return ()
    region = REGION_NAMES.get(municipality.safety_region)
    names = [*_unshared_names(municipality), *([region] if region else [])]
    return tuple(dict.fromkeys(names))


def _unshared_names(municipality: Municipality) -> Iterable[str]:
    """Its names, and the bare name without '(O.)' unless another municipality has that too (Bergen)."""
    bare = _without_suffix(municipality.official_name)
    candidates = (municipality.name, municipality.official_name, bare)
    return (name for name in candidates if find(name) == municipality)


@cache
def _by_code() -> dict[str, Municipality]:
    with (FOLDER / "gemeenten.csv").open(encoding="utf-8", newline="") as file:
        rows = [_municipality(row) for row in csv.DictReader(file)]
    return {row.code: row for row in sorted(rows, key=lambda row: _key(row.name))}


def _municipality(row: dict[str, str]) -> Municipality:
    aliases = tuple(alias for alias in row["zoektermen"].split("|") if alias)
    return Municipality(row["code"], row["weergavenaam"] or row["naam"], row["naam"], aliases, row["veiligheidsregio"])


@cache
def _by_word() -> dict[str, tuple[Municipality, ...]]:
    words: dict[str, tuple[Municipality, ...]] = {}
    for municipality in municipalities():
        for word in _words(municipality):
            words[word] = (*words.get(word, ()), municipality)
    return words


def _words(municipality: Municipality) -> set[str]:
    names = (municipality.code, municipality.name, municipality.official_name, *municipality.aliases)
    return {_key(name) for name in (*names, _without_suffix(municipality.official_name))}


def _without_suffix(name: str) -> str:
    return re.sub(r" \([A-Z]+\.\)$", "", name)


def _key(text: str) -> str:
    """Letters and digits only, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())

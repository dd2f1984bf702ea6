"""Every gate closes when it must, says why in Dutch, and stays open otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from kb import AgeRange
from matcher import recommend
from tests.matcher.samples import context, indication, page, profile, small_cupboard


def gate(asked: dict[str, Any], **changed: Any) -> str | None:
    excluded = recommend(small_cupboard(page(**changed)), profile(agressie=80), context(**asked)).excluded
    return excluded[0].gate if excluded else None


TITLE = [{"soort": "alleen-met-titel", "tekst": "Alleen met een straf."}]
BROAD = [{"soort": "te-breed", "tekst": "Voor iedereen."}]
WEAPONS = [{"id": "wapenbezit", "basis": "expliciet"}]
PRIVACY = [{"soort": "privacy-proxy", "tekst": "Kiest personen."}]
PERSONS = {"zwaarte": "zwaar", "karakter": "beide", "preventieniveau": ["justitieel"], "aandachtspunten": PRIVACY}

CLOSED = [
    ("leeftijd", {"ages": (AgeRange(van=0, tot=11),)}, {}),
    ("leeftijd", {}, {"leeftijd": {"van": 17, "tot": 27}}),
    ("titel", {}, {"aandachtspunten": TITLE}),
    ("titel", {"settings": ("politie",)}, {"setting": ["inrichting"]}),
    ("te-zwaar", {"severity": 1}, {"indicatie": indication(ernst={"van": 3, "tot": 5})}),
    ("te-licht", {"severity": 5}, {"indicatie": indication(ernst={"van": 1, "tot": 2})}),
    ("te-breed", {"severity": 4}, {"aandachtspunten": BROAD}),
    ("privacy", {"severity": 3}, PERSONS),
    ("privacy", {"severity": 2}, {"karakter": "beide", "aandachtspunten": PRIVACY}),
    ("groep-niet-geduid", {"group_knowledge": "nee"}, {"vorm": ["groep"]}),
    ("past-niet", {"settings": ("politie",)}, {"risicofactoren": WEAPONS, "aandachtspunten": TITLE}),
    ("past-niet", {}, {"risicofactoren": WEAPONS, "indicatie": indication(problemen=["wapens"])}),
]
OPEN = [
    ({}, {"risicofactoren": WEAPONS}),
    ({}, {"indicatie": indication(problemen=["wapens"])}),
    ({}, {"leeftijd": None}),
    ({"ages": ()}, {}),
    ({"settings": ("politie",)}, {"aandachtspunten": TITLE}),
    ({"settings": ("inrichting",)}, {"setting": ["inrichting"], "aandachtspunten": TITLE}),
    ({"severity": 2}, {"indicatie": indication(ernst={"van": 3, "tot": 5})}),
    ({"severity": None}, {"indicatie": indication(ernst={"van": 4, "tot": 5})}),
    ({"severity": 3}, {"aandachtspunten": BROAD}),
    ({"severity": 4}, PERSONS),
    ({"severity": 2}, {"aandachtspunten": PRIVACY}),
    ({"severity": 2}, {"karakter": "beide", "vorm": ["wijk"], "aandachtspunten": PRIVACY}),
    ({"group_knowledge": "ja"}, {"vorm": ["groep"], "preventieniveau": ["selectief"]}),
]


@pytest.mark.parametrize(("expected", "asked", "changed"), CLOSED)
def test_a_gate_closes(expected: str, asked: dict[str, Any], changed: dict[str, Any]) -> None:
    assert gate(asked, **changed) == expected


@pytest.mark.parametrize(("asked", "changed"), OPEN)
def test_a_gate_stays_open(asked: dict[str, Any], changed: dict[str, Any]) -> None:
    assert gate(asked, **changed) is None


@pytest.mark.parametrize(("_expected", "asked", "changed"), CLOSED)
def test_a_closed_gate_says_why_in_a_sentence(_expected: str, asked: dict[str, Any], changed: dict[str, Any]) -> None:
    (excluded,) = recommend(small_cupboard(page(**changed)), profile(agressie=80), context(**asked)).excluded
    assert excluded.text[0].isupper()
    assert excluded.text.endswith(".")

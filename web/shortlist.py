"""The personal list that lives in the address: reading it, and the addresses with one more or one less. Pure; stores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from kb import Intervention, KnowledgeBase

LIST_PATH, COMPARE_PATH = "/mijn-lijst", "/vergelijk"
ID_KEY = "id"
CARRIED_KEY = "lijst"
"""The list as other pages carry it along, for who reads without JavaScript."""
MOST = 50
MAX_ID = 120

Pairs = Sequence[tuple[str, str]]


class Shortlist(NamedTuple):
    """What an address holds of a list."""

    interventions: tuple[Intervention, ...] = ()
    """Each once, in the order chosen; withdrawn ones too, because a list may be old."""
    unknown: tuple[str, ...] = ()
    """What was asked for and is not in the cupboard."""

    @property
    def ids(self) -> list[str]:
        return [intervention.id for intervention in self.interventions]

    def without(self, intervention_id: str) -> list[str]:
        return [other for other in self.ids if other != intervention_id]


def read(kb: KnowledgeBase, params: Pairs, key: str = ID_KEY) -> Shortlist:
    """The list in the pairs of an address. Empty, double and unknown ids do no harm."""
    asked = dict.fromkeys(value.strip()[:MAX_ID] for name, value in params if name == key and value.strip())
    found = {each: kb.get(each) for each in list(asked)[:MOST]}
    return Shortlist(
        tuple(intervention for intervention in found.values() if intervention),
        tuple(each for each, intervention in found.items() if intervention is None),
    )


def address(path: str, ids: Iterable[str], *more: tuple[str, str], key: str = ID_KEY) -> str:
    """This page with these interventions on the list."""
    query = urlencode([*((key, each) for each in ids), *more])
    return f"{path}?{query}" if query else path


def adding(path: str, listed: Sequence[str], intervention_id: str) -> str:
    """This page with one more on the list."""
    return address(path, dict.fromkeys([*listed, intervention_id]))

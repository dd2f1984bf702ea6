"""The whole address of an advice: the profile and the question, what one wants to see otherwise, and what was before that. Pure; knows no HTTP.

`gewicht=bewijs~dubbel`, `zonder=mst` and `prioriteit=wapens` (agreed on together, in order) are wishes; `was=budget~1` holds what an answer was before *wat als* changed it, so that
the page can say what the change did; `waaromniet=mst` asks about one intervention. All else is the profile and its context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from assessment import QUERY_KEYS, QUICK_SCAN_CONFIDENCE, Context, FieldProblem, Profile, from_query
from kb import KnowledgeBase
from matcher import AGREED_KEY, EMPHASIS_KEY, LEFT_OUT_KEY, Wishes

WAS_KEY = "was"
WHY_NOT_KEY = "waaromniet"
OWN_KEYS = (EMPHASIS_KEY, LEFT_OUT_KEY, AGREED_KEY, WAS_KEY, WHY_NOT_KEY)
FACTOR_KEY = "factor"
TOPIC_KEY, HEIGHT_KEY = "onderwerp", "hoogte"
"""Two fields of the form that stand for one factor of the address; they never stay in it."""
CHANGEABLE = ("leeftijd", "ernst", "niveau", "budget", "capaciteit")
"""Keys that *wat als* can change, besides the score of a factor."""
SEPARATOR = "~"
OTHER_VERSION = "vragenlijst"
"""An address from another version of the questionnaire still gives an advice, with a remark."""
SUPPOSED = QUICK_SCAN_CONFIDENCE["2"]
"""Confidence of a factor that nobody scored and that one only supposes: as sure as having seen some situations."""
HEIGHTS = ("0", "25", "50", "75", "100")
MAX_WHY_NOT = 120

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Address:
    """What an address says, piece by piece."""

    asked: Pairs
    """Profile and context, as they came in."""
    own: Pairs
    """Wishes and earlier answers that mean something."""
    why_not: str
    strange: tuple[str, ...]
    """Keys and values that mean nothing here; named and left aside."""

    @cached_property
    def _read(self) -> tuple[Profile, Context, tuple[FieldProblem, ...]]:
        return from_query(self.asked)

    @property
    def profile(self) -> Profile:
        return self._read[0]

    @property
    def context(self) -> Context:
        return self._read[1]

    @property
    def remarks(self) -> tuple[FieldProblem, ...]:
        """Objections that an advice can live with."""
        return tuple(problem for problem in self._read[2] if problem.field == OTHER_VERSION)

    @property
    def wrong(self) -> tuple[FieldProblem, ...]:
        return tuple(problem for problem in self._read[2] if problem.field != OTHER_VERSION)

    @cached_property
    def wishes(self) -> Wishes:
        return Wishes.from_query(self.own)

    @cached_property
    def earlier(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """What was changed, as (key, factor or nothing), to its values before."""
        return dict(_earlier(value) for key, value in self.own if key == WAS_KEY)

    @cached_property
    def before(self) -> tuple[Profile, Context]:
        """The answers without any *wat als*."""
        pairs = self.asked
        for name, values in self.earlier.items():
            pairs = put(pairs, name, values)
        return from_query(pairs)[:2]

    @property
    def changed(self) -> bool:
        """Is this another question than the one that was answered?"""
        return bool(self.own)

    @property
    def question(self) -> str:
        """Only the answers: what the snelscan understands."""
        return urlencode(self.asked)

    @cached_property
    def query(self) -> str:
        return urlencode([*self.asked, *self.own])

    def values(self, name: tuple[str, str]) -> tuple[str, ...]:
        return values_of(self.asked, name)

    def without(self, pair: tuple[str, str]) -> str:
        """The address with one wish taken back."""
        return urlencode([*self.asked, *(other for other in self.own if other != pair)])

    def put_back(self, name: tuple[str, str]) -> str:
        """The address with one answer as it was."""
        rest = [(k, v) for k, v in self.own if k != WAS_KEY or _earlier(v)[0] != name]
        return urlencode([*put(self.asked, name, self.earlier[name]), *rest])

    @property
    def original(self) -> str:
        """The address without any *wat als*."""
        pairs = self.asked
        for name, values in self.earlier.items():
            pairs = put(pairs, name, values)
        return urlencode(pairs)

    def leave_out(self, intervention_id: str) -> str:
        return "&".join(part for part in (self.query, urlencode({LEFT_OUT_KEY: intervention_id})) if part)


def read(kb: KnowledgeBase, pairs: Pairs) -> Address:
    """Sort an address into its parts. Never raises; what cannot be read is in `wrong`, what means nothing in `strange`."""
    asked = [(key, value) for key, value in pairs if key in QUERY_KEYS]
    own: list[tuple[str, str]] = []
    strange = [key for key, _ in pairs if key not in QUERY_KEYS and key not in OWN_KEYS]
    for key, value in pairs:
        if key in (EMPHASIS_KEY, LEFT_OUT_KEY, AGREED_KEY, WAS_KEY) and (key, value) not in own:
            good = _means_something(kb, asked, key, value)
            own, strange = ([*own, (key, value)], strange) if good else (own, [*strange, f"{key}={value[:40]}"])
    why_not = next((" ".join(value.split())[:MAX_WHY_NOT] for key, value in pairs if key == WHY_NOT_KEY), "")
    return Address(asked, own, why_not, tuple(dict.fromkeys(strange)))


def _means_something(kb: KnowledgeBase, asked: Pairs, key: str, value: str) -> bool:
    if key == EMPHASIS_KEY:
        return bool(Wishes.from_query([(key, value)]).emphasis)
    if key == LEFT_OUT_KEY:
        return kb.get(value) is not None
    if key == AGREED_KEY:
        scored = from_query([pair for pair in asked if pair[0] == FACTOR_KEY])[0].scores
        return any(kb.factors[factor_id].axis == value for factor_id in scored if factor_id in kb.factors)
    name, values = _earlier(value)
    known = name[0] in CHANGEABLE or bool(name[0] == FACTOR_KEY and name[1] in kb.factors)
    return known and values != values_of(asked, name) and not from_query(put([], name, values))[2]


def _earlier(value: str) -> tuple[tuple[str, str], tuple[str, ...]]:
    """`budget~1` as (('budget', ''), ('1',)); `factor~agressie~75~0.6` as (('factor', 'agressie'), ('agressie~75~0.6',))."""
    key, _, rest = value.partition(SEPARATOR)
    if key == FACTOR_KEY:
        factor_id, _, score = rest.partition(SEPARATOR)
        return (key, factor_id), ((rest,) if score else ())
    return (key, ""), tuple(word for word in rest.split(SEPARATOR) if word)


def values_of(pairs: Pairs, name: tuple[str, str]) -> tuple[str, ...]:
    """The values of a key; of `factor` only those of one factor."""
    return tuple(value for key, value in pairs if _names(key, value) == name)


def put(pairs: Pairs, name: tuple[str, str], values: Iterable[str]) -> Pairs:
    """The same pairs with other values for one name."""
    return [(k, v) for k, v in pairs if _names(k, v) != name] + [(name[0], value) for value in values]


def _names(key: str, value: str) -> tuple[str, str]:
    return (key, value.split(SEPARATOR, 1)[0] if key == FACTOR_KEY else "")


def is_form(pairs: Pairs) -> bool:
    """Does this come from the form of *wat als*? Then it is to be settled into a clean address first."""
    return any(key in (TOPIC_KEY, HEIGHT_KEY) for key, _ in pairs)


def settle(kb: KnowledgeBase, pairs: Pairs) -> str:
    """What the form sent, as an address: without empty fields, with the factor in its place, with only what really changed."""
    typed = {key: value for key, value in pairs if key in (TOPIC_KEY, HEIGHT_KEY)}
    clean = [(key, value) for key, value in pairs if value and key not in typed]
    name = (FACTOR_KEY, typed.get(TOPIC_KEY, ""))
    if name[1] in kb.factors and typed.get(HEIGHT_KEY) in HEIGHTS:
        now = values_of(clean, name)
        if not any(_earlier(value)[0] == name for key, value in clean if key == WAS_KEY):
            clean.append((WAS_KEY, SEPARATOR.join((FACTOR_KEY, now[0] if now else name[1]))))
        clean = [*put(clean, name, [_supposed(name[1], now, typed[HEIGHT_KEY])])]
    asked = [(key, value) for key, value in clean if key in QUERY_KEYS]
    return urlencode([*sorted(asked, key=lambda pair: pair[0]), *_still_meant(kb, asked, clean)])


def _supposed(factor_id: str, now: tuple[str, ...], height: str) -> str:
    """Another score with the doubt it had; with a supposed doubt when nobody scored it."""
    rest = now[0].split(SEPARATOR)[2:] if now else [str(SUPPOSED)]
    return SEPARATOR.join((factor_id, height, *rest))


def _still_meant(kb: KnowledgeBase, asked: Pairs, pairs: Pairs) -> Iterator[tuple[str, str]]:
    for key, value in dict.fromkeys(pairs):
        if key in (EMPHASIS_KEY, LEFT_OUT_KEY, AGREED_KEY, WAS_KEY) and _means_something(kb, asked, key, value):
            yield key, value

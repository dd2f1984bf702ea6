"""*Wat als* in words: what was changed, what the form offers, and how sure a place is. Pure; the matcher decides, this only says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from assessment import Questionnaire
from kb import Factor, Intervention, KnowledgeBase
from matcher import AGREED_KEY, EMPHASES, EMPHASIS_KEY, LEFT_OUT_KEY, Advice, Helpful, Recommendation
from web import steps
from web.address import CHANGEABLE, FACTOR_KEY, SEPARATOR, WAS_KEY, Address
from web.leaflet import lowered

WEIGHED = {
    "bewijs": "Bewijs",
    "dekking": "Werkt aan uw prioriteiten",
    "probleem": "Gemaakt voor uw probleem",
    "leeftijd": "Past bij de leeftijd",
    "beschikbaar": "Is in uw regio te krijgen",
}
"""Criteria whose weight the form can change, in plain words; the address can change every criterion."""
EMPHASIS_WORDS = {"0": "telt niet", "half": "telt half", "dubbel": "telt dubbel"}
CHANGED_WORDS = {
    "leeftijd": "leeftijd",
    "ernst": "ernst",
    "niveau": "hoe het eruitziet",
    "budget": "budget",
    "capaciteit": "tijd en mensen",
}
HEIGHT_WORDS = {
    "0": "zeer laag of zeer zwak",
    "25": "laag of zwak",
    "50": "midden",
    "75": "hoog of sterk",
    "100": "zeer hoog of zeer sterk",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise than the answers, and the query that takes it back."""

    text: str
    undo: str


def changes(kb: KnowledgeBase, questionnaire: Questionnaire, address: Address) -> Iterator[Change]:
    """Everything that is otherwise, in the order of the address."""
    for key, value in address.own:
        if key == EMPHASIS_KEY:
            criterion, _, word = value.partition(SEPARATOR)
            yield Change(f"{_weighed(criterion)} {EMPHASIS_WORDS[word]}", address.without((key, value)))
        elif key == LEFT_OUT_KEY:
            yield Change(f"zonder {_title(kb, value)}", address.without((key, value)))
        elif key == AGREED_KEY:
            yield Change(f"samen afgesproken: {_axis_name(kb, value)}", address.without((key, value)))
    for name in address.earlier:
        yield Change(_answered_otherwise(kb, questionnaire, address, name), address.put_back(name))


def _weighed(criterion: str) -> str:
    words = WEIGHED.get(criterion, criterion)
    return f"‘{words[:1].lower()}{words[1:]}’"


def _axis_name(kb: KnowledgeBase, axis_id: str) -> str:
    return next((lowered(factor.name) for factor in kb.factors.values() if factor.axis == axis_id), axis_id)


def _title(kb: KnowledgeBase, intervention_id: str) -> str:
    found = kb.get(intervention_id)
    return found.title if found else intervention_id


def _answered_otherwise(
    kb: KnowledgeBase, questionnaire: Questionnaire, address: Address, name: tuple[str, str]
) -> str:
    """'budget: meer dan 100.000 euro (was: geen extra geld)'."""
    now, before = address.values(name), address.earlier[name]
    if name[0] == FACTOR_KEY:
        label = lowered(kb.factors[name[1]].name)
        return f"{label}: {_height(now)} (was: {_height(before)})"
    return (
        f"{CHANGED_WORDS[name[0]]}: {_said(questionnaire, name[0], now)} (was: {_said(questionnaire, name[0], before)})"
    )


def _height(values: Sequence[str]) -> str:
    if not values:
        return "niet ingevuld"
    score = float(values[0].split(SEPARATOR)[1])
    return HEIGHT_WORDS[min(HEIGHT_WORDS, key=lambda code: abs(float(code) - score))]


def _said(questionnaire: Questionnaire, key: str, values: Sequence[str]) -> str:
    labels = dict(_options(questionnaire, key, values))
    return ", ".join(labels[value][:1].lower() + labels[value][1:] for value in values) or "niet ingevuld"


def _options(questionnaire: Questionnaire, key: str, chosen: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Code and words of a closed list; ages that are in no list by their numbers."""
    question = questionnaire.question(key)
    known = {option.code: option.label for option in question.options} if question else {}
    yield from known.items()
    yield from ((value, f"{value} jaar") for value in chosen if value not in known)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: its name, its words, its options, and which are chosen now."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the form of *wat als* shows and carries."""

    ages: Field
    context: tuple[Field, ...]
    weights: tuple[Field, ...]
    known: tuple[Factor, ...]
    """Topics with a score."""
    unknown: tuple[Factor, ...]
    """Topics of the short questionnaire without one."""
    hidden: tuple[tuple[str, str], ...]


def form(kb: KnowledgeBase, questionnaire: Questionnaire, address: Address) -> Form:
    fields = {key: _field(questionnaire, address, key) for key in CHANGEABLE}
    scored = [factor for factor_id, factor in kb.factors.items() if factor_id in address.profile.scores]
    short = {item.factor for item in questionnaire.items(short=True)} - address.profile.scores.keys()
    return Form(
        ages=fields.pop("leeftijd"),
        context=tuple(fields.values()),
        weights=tuple(_weight_field(address, criterion) for criterion in WEIGHED),
        known=tuple(sorted(scored, key=lambda factor: factor.name)),
        unknown=tuple(sorted((kb.factors[f] for f in short), key=lambda factor: factor.name)),
        hidden=tuple(_carried(address)),
    )


def _field(questionnaire: Questionnaire, address: Address, key: str) -> Field:
    chosen = address.values((key, ""))
    words = CHANGED_WORDS[key]
    return Field(key, words[:1].upper() + words[1:], tuple(_options(questionnaire, key, chosen)), chosen)


def _weight_field(address: Address, criterion: str) -> Field:
    options = tuple((f"{criterion}{SEPARATOR}{word}", f"{EMPHASIS_WORDS[word]}") for word in EMPHASES)
    chosen = tuple(value for key, value in address.own if key == EMPHASIS_KEY)
    return Field(EMPHASIS_KEY, WEIGHED[criterion], options, chosen)


def _carried(address: Address) -> Iterator[tuple[str, str]]:
    """What the form does not show travels along; and of what it does show, how it was answered."""
    yield from ((key, value) for key, value in address.asked if key not in CHANGEABLE)
    for key, value in address.own:
        shown = key == EMPHASIS_KEY and value.partition(SEPARATOR)[0] in WEIGHED
        if not shown and not (key == WAS_KEY and value.partition(SEPARATOR)[0] in CHANGEABLE):
            yield key, value
    for key in CHANGEABLE:
        before = address.earlier.get((key, ""), address.values((key, "")))
        yield WAS_KEY, SEPARATOR.join((key, *before))


def steadiness(recommendation: Recommendation) -> str:
    """'Staat in 9 van de 10 berekeningen bij de eerste drie'."""
    tenths = int(recommendation.steady * 10 + 0.5)
    if recommendation.steady < 0.1:
        return "Staat in minder dan 1 van de 10 berekeningen bij de eerste drie"
    how_many = "in bijna alle" if tenths == 10 else f"in {tenths} van de 10"
    return f"Staat {how_many} berekeningen bij de eerste drie"


def shared_place(recommendation: Recommendation, advice: Advice) -> str | None:
    """'Gedeelde plaats 3'; nothing for who stands alone."""
    return f"Gedeelde plaats {recommendation.place}" if _equals(advice, recommendation.place) > 1 else None


def _equals(advice: Advice, place: int) -> int:
    """How many share a place: they stand together, the first of them at the number of the place."""
    from_there = islice(advice.recommended, place - 1, None)
    return sum(1 for _ in takewhile(lambda recommendation: recommendation.place == place, from_there))


def leaders(advice: Advice) -> str | None:
    """What to say when the first is hardly better than the next."""
    count = _equals(advice, 1)
    if count < 2:
        return None
    return f"De verschillen zijn klein: de eerste {count} passen bijna even goed. Kies dan op wat bij u uitvoerbaar is."


@dataclass(frozen=True, slots=True)
class Ask:
    """The question whose answer would help most, and where it stands in the snelscan."""

    factor: Factor
    text: str
    href: str


def ask(kb: KnowledgeBase, questionnaire: Questionnaire, address: Address, helpful: Helpful | None) -> Ask | None:
    """Where to answer it: the right step, with everything filled in, and straight back to the advice."""
    if helpful is None:
        return None
    item = next(i for i in questionnaire.items(short=True) if i.factor == helpful.factor.id)
    plan = steps.plan(questionnaire, kb.factors, {})
    step = next(step for step in plan if item.id in step.field_ids)
    return Ask(helpful.factor, item.text, f"/snelscan?{address.question}&stap={step.id}&vanaf=advies#{item.id}")


def titles(interventions: Iterable[Intervention]) -> tuple[str, ...]:
    """Names to choose from in the box of *waarom niet*."""
    return tuple(sorted((intervention.title for intervention in interventions), key=str.casefold))

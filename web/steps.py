"""The snelscan as a form in steps: which questions stand together, what is hidden, what was typed wrong. Pure; knows no HTTP.

Nothing is stored: every answer of the other steps travels along in the form. Budget and choice of problem come after the items
on purpose, so that nobody answers towards the outcome they have in mind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import fmean

from assessment import ContextQuestion, Item, ParsedForm, Questionnaire, Section, get_municipality, parse, trend_field
from kb import Factor

Typed = Mapping[str, Sequence[str]]

MOST_ITEMS = 6
"""Neighbouring sections share a step as long as it has no more statements than this."""
WHO_KEYS = ("gemeente", "gebied", "jongeren", "leeftijd", "rol")
PROBLEM_KEYS = ("probleem", "ernst", "niveau", "omvang", "setting")
OPTIONAL_KEYS = ("gebied", "omvang", "setting", "capaciteit", "partners", "termijn")
"""May stay empty in a snelscan: the area, though a meting needs it, and what has no answer for who does not know or has nobody yet.
A forced guess would count as knowledge."""
CHANGED = "Deze onderwerpen vallen het meest op in uw antwoorden."
"""Why these are asked about again, before the question itself."""

NOTES = {
    "gebied": "Doe de snelscan voor elke wijk of kern apart.",
    "rol": "Alleen uw rol komt in het adres van het advies, nooit een naam.",
}
"""By key of a question: what the long version says about a meting is not true of a snelscan."""
HINTS = {
    "alle": "Denk aan alle jongeren van 8 tot en met 27 jaar in dit gebied.",
    "ouders": "Denk aan alle gezinnen met kinderen in dit gebied.",
    "zorggroep": "Denk aan de jongeren om wie u zich zorgen maakt.",
}
"""By whom a statement is about. For the others the explanation of the scale says what to look at."""
SCALES_WITHOUT_HINT = ("dekking",)


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    id: str
    title: str
    intro: str = ""
    questions: tuple[ContextQuestion, ...] = ()
    sections: tuple[Section, ...] = ()
    trends: tuple[Factor, ...] = ()
    remarks: bool = False
    """Does every section end with its open question?"""

    @cached_property
    def field_ids(self) -> tuple[str, ...]:
        """Every form field of this page, in order."""
        return tuple(self.labels)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The words of every field of this page; the question about certainty by the name of its section."""
        found: dict[str, str] = {question.id: question.text for question in self.questions}
        for section in self.sections:
            found |= {item.id: item.text for item in section.items}
            found[section.certainty_id] = f"Waar baseert u dit op ({section.title.lower()})?"
            if self.remarks:
                found[section.remark_id] = f"Wat moeten we nog weten ({section.title.lower()})?"
        return found | {trend_field(factor.id): factor.name for factor in self.trends}

    @property
    def is_empty(self) -> bool:
        return not self.field_ids


def plan(questionnaire: Questionnaire, factors: Mapping[str, Factor], typed: Typed) -> tuple[Step, ...]:
    """All steps in order; the one about change is empty as long as nothing scores high."""
    trends = tuple(rising(questionnaire, factors, typed))
    possible = [q.key for q in questionnaire.context_questions(short=True) if q.key not in WHO_KEYS + PROBLEM_KEYS]
    return (
        Step("wie", "Waar en wie", questions=_questions(questionnaire, WHO_KEYS)),
        *_item_steps(questionnaire, True),
        Step("verandering", "Verandering", f"{CHANGED} {questionnaire.follow_up.trend.text}", trends=trends),
        Step("probleem", "Het probleem", questions=_questions(questionnaire, PROBLEM_KEYS)),
        Step("mogelijk", "Wat is er mogelijk?", questions=_questions(questionnaire, possible)),
    )


def meting_plan(
    questionnaire: Questionnaire, factors: Mapping[str, Factor], typed: Typed, short: bool, role: str
) -> tuple[Step, ...]:
    """The steps of one respondent in a meting: what this role is asked, home ground first, then what changed."""
    trends = tuple(rising(questionnaire, factors, typed, short))
    changed = Step("verandering", "Verandering", f"{CHANGED} {questionnaire.follow_up.trend.text}", trends=trends)
    return (*_item_steps(questionnaire, short, role), changed)


def situation_steps(questionnaire: Questionnaire) -> tuple[Step, Step]:
    """What a coördinator fills in: first what a meting is about, later what the advice needs."""
    about = ("gebied", "jongeren", "leeftijd", "probleem")
    left_out = (*about, "gemeente", "rol")
    later = [question.key for question in questionnaire.context_questions() if question.key not in left_out]
    return (
        Step("gebied", "Het gebied", questions=_questions(questionnaire, about)),
        Step("situatie", "De situatie", questions=tuple(q for k in later if (q := questionnaire.question(k)))),
    )


def _questions(questionnaire: Questionnaire, keys: Iterable[str]) -> tuple[ContextQuestion, ...]:
    return tuple(question for question in map(questionnaire.question, keys) if question and question.short)


@lru_cache(maxsize=256)
def _item_steps(questionnaire: Questionnaire, short: bool, role: str | None = None) -> tuple[Step, ...]:
    """The steps with statements: those of one role, home ground first, or of everybody."""
    asked = questionnaire.sections(short, role)
    if role is not None:
        asked = (*(s for s in asked if role in s.roles), *(s for s in asked if role not in s.roles))
    return tuple(
        Step(together[0].id, _title(together), sections=tuple(together), remarks=not short)
        for together in _grouped(asked)
    )


def _grouped(sections: Sequence[Section]) -> Iterable[list[Section]]:
    """Small neighbours together."""
    together: list[Section] = []
    for section in sections:
        if together and sum(len(s.items) for s in together) + len(section.items) > MOST_ITEMS:
            yield together
            together = []
        together.append(section)
    yield together


def _title(sections: Sequence[Section]) -> str:
    first, *rest = (section.title for section in sections)
    return "; ".join([first, *(title[:1].lower() + title[1:] for title in rest)])


def rising(
    questionnaire: Questionnaire, factors: Mapping[str, Factor], typed: Typed, short: bool = True
) -> list[Factor]:
    """Factors with a high need so far, highest first: for these one is asked how they changed."""
    asked = questionnaire.follow_up.trend
    points: dict[str, list[int]] = {}
    for item in questionnaire.items(short):
        given = questionnaire.points(item, next(iter(typed[item.id]), "")) if item.id in typed else None
        if given is not None and item.factor in factors:
            points.setdefault(item.factor, []).append(given if factors[item.factor].is_risk else 100 - given)
    needs = {factor: fmean(given) for factor, given in points.items()}
    high = sorted((f for f, need in needs.items() if need >= asked.from_score), key=lambda f: -needs[f])
    return [factors[factor_id] for factor_id in high[: asked.at_most]]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything one page of the form shows."""

    step: Step
    number: int
    total: int
    typed: Typed
    hidden: tuple[tuple[str, str], ...]
    """Answers of the other steps, as name and value."""
    problems: Mapping[str, str]
    youth_count: int | None

    @property
    def wrong(self) -> tuple[tuple[str, str, str], ...]:
        """What is wrong, in the order of the page: field, question, message."""
        asked = self.step.labels
        return tuple((name, asked[name], self.problems[name]) for name in asked if name in self.problems)

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        return self.number == self.total

    def first(self, name: str) -> str:
        """The text of a field as it was typed; a municipality by its name."""
        text = next(iter(self.typed.get(name, ())), "")
        found = get_municipality(text)
        return found.name if found else text


def page(steps: Sequence[Step], step: Step, typed: Typed, problems: Mapping[str, str], youth_count: int | None) -> Page:
    """One step with what was typed, and the answers of all others along."""
    own = set(step.field_ids)
    known = {name for other in steps for name in other.field_ids}
    hidden = tuple((name, value) for name in sorted(known - own) for value in typed.get(name, ()) if value)
    return Page(step, steps.index(step) + 1, len(steps), typed, hidden, problems, youth_count)


def note(question: ContextQuestion) -> str | None:
    """The line under a question."""
    return NOTES.get(question.key, question.note)


def hint(questionnaire: Questionnaire, item: Item) -> str | None:
    """The line under a statement: whom or what to think of."""
    if item.scale == "frequentie" or item.about not in HINTS:
        return None if item.scale in SCALES_WITHOUT_HINT else questionnaire.scales[item.scale].explanation
    return HINTS[item.about]


def numbers(questionnaire: Questionnaire, item: Item, youth_count: int | None) -> dict[str, str]:
    """By answer: about how many young people that is here; never fewer than ten."""
    found = {a.code: questionnaire.local_number(item, a, youth_count) for a in questionnaire.choices(item.scale)}
    return {code: f"hier ongeveer {number}" for code, number in found.items() if number}


def find(steps: Sequence[Step], step_id: str) -> Step:
    """The step with this id; the first one when it does not exist."""
    return next((step for step in steps if step.id == step_id and not step.is_empty), steps[0])


def neighbour(steps: Sequence[Step], step: Step, direction: int) -> Step:
    """The next (1) or previous (-1) step with something to ask; itself at either end."""
    index = steps.index(step) + direction
    while 0 <= index < len(steps):
        if not steps[index].is_empty:
            return steps[index]
        index += direction
    return step


def read(questionnaire: Questionnaire, typed: Typed, only: Step | None = None) -> ParsedForm:
    """Read the form: one step, or all of the short version."""
    return parse(typed, questionnaire=questionnaire, only=only.field_ids if only else None, short=True)


def problems(questionnaire: Questionnaire, form: ParsedForm) -> dict[str, str]:
    """What is wrong, less what may stay empty in a snelscan."""
    optional = {question.id for question in questionnaire.context if question.key in OPTIONAL_KEYS}
    return {
        name: message
        for name, message in form.problems.items()
        if name not in optional or any(value.strip() for value in form.typed.get(name, ()))
    }


def first_wrong(steps: Sequence[Step], wrong: Mapping[str, str]) -> Step | None:
    """The first step with something wrong on it."""
    return next((step for step in steps if set(step.field_ids) & wrong.keys()), None)

"""The questionnaire as data: scales, context questions, sections of items, what follows. Read once, checked once, frozen.

Knows what may be asked and answered; reading a filled-in form is `forms.py`, computing is `scoring.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import cache, cached_property, lru_cache

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assessment import consistency, datafile
from assessment.disclosure import shown_number
from kb import AGE_BANDS, SEVERITIES, Choice, Domain, Factor, ProblemKind, ProblemLevel, Setting, Situation

EVERYONE = "alle"
"""`over_wie` of an item about all young people in the area."""


class QuestionnaireError(Exception):
    """questionnaire.yaml contradicts itself or the knowledge base; the text names every problem."""


class Part(BaseModel):
    """Base of every part: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Answer(Part):
    """One point of a scale."""

    code: str = Field(alias="code")
    label: str = Field(alias="label")
    points: int | None = Field(None, alias="punten", ge=0, le=100, description="0-100 in steps of 25")
    share: float | None = Field(None, alias="aandeel", gt=0, le=1, description="of all young people, about")
    weight: float | None = Field(
        None, alias="gewicht", gt=0, description="weight of the respondent, on the certainty scale"
    )


class Scale(Part):
    """The answers that items with this scale share; 'weet ik niet' always comes on top."""

    title: str = Field(alias="titel")
    explanation: str = Field(alias="uitleg")
    answers: tuple[Answer, ...] = Field(alias="antwoorden", min_length=2)
    not_applicable: Answer | None = Field(None, alias="niet_van_toepassing", description="counts as no answer")
    unknown_weight: float | None = Field(
        None, alias="gewicht_onbekend", description="weight when the certainty is not known"
    )


class Option(Part):
    """One choice of a context question."""

    code: str = Field(alias="code")
    label: str = Field(alias="label")
    meaning: str = Field("", alias="betekenis")
    settings: tuple[Setting, ...] = Field(
        (), alias="settings", description="the settings of kb that this choice stands for"
    )
    interventions: tuple[str, ...] = Field((), alias="interventies", description="ids of pages that are this")
    exclusive: bool = Field(False, alias="alleen", description="cannot go with another choice")


class QuestionKind(StrEnum):
    MUNICIPALITY = "gemeente"
    TEXT = "tekst"
    NUMBER = "getal"
    ONE = "keuze"
    SOME = "meerkeuze"
    RANKED = "rangorde"

    @property
    def takes_many(self) -> bool:
        return self in (QuestionKind.SOME, QuestionKind.RANKED)

    @property
    def has_options(self) -> bool:
        return self.takes_many or self is QuestionKind.ONE


def _of(choice: type[Choice]) -> tuple[Option, ...]:
    return tuple(Option(code=str(c), label=c.label, betekenis=c.meaning) for c in choice)


KB_LISTS: Mapping[str, tuple[Option, ...]] = {
    "probleem": _of(ProblemKind),
    "niveau": _of(ProblemLevel),
    "situatie": _of(Situation),
    "ernst": tuple(Option(code=str(code), label=label) for code, label in SEVERITIES.items()),
    "leeftijd": tuple(Option(code=code, label=label) for code, (label, _) in AGE_BANDS.items()),
}
"""Closed lists of the knowledge base that a context question can refer to with `opties_uit`."""


class ContextQuestion(Part):
    """A question about the situation; its answer is one field of Context."""

    id: str = Field(alias="id")
    text: str = Field(alias="tekst")
    kind: QuestionKind = Field(alias="soort")
    key: str = Field(alias="veld", description="key of CONTEXT_KEYS: the name in cases and in the query string")
    required: bool = Field(False, alias="verplicht")
    short: bool = Field(False, alias="kort", description="also in the short version")
    note: str | None = Field(None, alias="toelichting")
    max_length: int = Field(80, alias="max_tekens", gt=0)
    minimum: int = Field(0, alias="minimum")
    maximum: int = Field(10**6, alias="maximum")
    max_choices: int | None = Field(None, alias="max_keuzes", gt=0)
    options_from: str | None = Field(None, alias="opties_uit", description="a list of KB_LISTS; own options follow it")
    own_options: tuple[Option, ...] = Field((), alias="opties")

    @cached_property
    def options(self) -> tuple[Option, ...]:
        return KB_LISTS.get(self.options_from or "", ()) + self.own_options

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


class Item(Part):
    """One statement about one factor; its id is also the name of its form field."""

    id: str = Field(alias="id")
    factor: str = Field(alias="factor", description="id of a factor of kb")
    text: str = Field(alias="tekst")
    scale: str = Field(alias="schaal")
    about: str = Field(alias="over_wie", description="alle, zorggroep, ouders, buurt or aanbod")
    reversed: bool = Field(False, alias="omkeren", description="score = 100 - points")
    short: bool = Field(False, alias="kort", description="also in the short version")
    life_stage: str | None = Field(None, alias="leeftijdsfase")
    roles: tuple[str, ...] = Field(
        alias="rollen", min_length=1, description="roles that can see this; others weigh half"
    )
    reason: str = Field(alias="reden", description="why this is asked, with its source")


class Section(Part):
    """The items of one leefgebied; the certainty is asked once per section."""

    domain: Domain = Field(alias="id", description="a section is named after its leefgebied")
    title: str = Field(alias="titel")
    intro: str = Field(alias="intro")
    roles: tuple[str, ...] = Field(
        alias="rollen", description="roles for which this is home ground: ask them this first"
    )
    items: tuple[Item, ...] = Field(alias="vragen", min_length=1)

    @property
    def id(self) -> str:
        return str(self.domain)

    @property
    def certainty_id(self) -> str:
        """Form field of the certainty question."""
        return f"Z-{self.id}"

    @property
    def remark_id(self) -> str:
        """Form field of the open question."""
        return f"O-{self.id}"

    @property
    def field_ids(self) -> tuple[str, ...]:
        """Every form field of this section, in order."""
        return (*(item.id for item in self.items), self.certainty_id, self.remark_id)


class CertaintyQuestion(Part):
    text: str = Field(alias="tekst")
    scale: str = Field(alias="schaal")


class OpenQuestion(Part):
    text: str = Field(alias="tekst")
    max_length: int = Field(alias="max_tekens", gt=0)
    caution: str = Field(alias="let_op")


class Closing(Part):
    """The two questions that end every section."""

    certainty: CertaintyQuestion = Field(alias="zekerheid")
    remark: OpenQuestion = Field(alias="open")


class GroupSection(Part):
    """What partners must know of a group before any group intervention: steps 1 and 2 of the seven-step model."""

    title: str = Field(alias="titel")
    intro: str = Field(alias="intro")
    levels: tuple[ProblemLevel, ...] = Field(alias="niveaus", description="asked when the problem is at this level")
    questions: tuple[ContextQuestion, ...] = Field(alias="vragen", min_length=1)

    def question(self, key: str) -> ContextQuestion:
        """The question for this `veld`. Raises StopIteration when it is not asked."""
        return next(question for question in self.questions if question.key == key)


class FollowUp(Part):
    """A question about factors after their score is known."""

    text: str = Field(alias="tekst")
    at_most: int = Field(alias="hoogstens", gt=0, description="for how many factors")
    when: str = Field(alias="wanneer")


class TrendQuestion(FollowUp):
    """How a factor changed over twelve months; form field T-<factor>."""

    scale: str = Field(alias="schaal")
    from_score: int = Field(alias="vanaf_score", description="0-100: asked from this need on")


class FollowUps(Part):
    trend: TrendQuestion = Field(alias="trend")
    priority: FollowUp = Field(alias="prioriteit")


class Duration(Part):
    long: str = Field(alias="lang")
    short: str = Field(alias="kort")


class Questionnaire(Part):
    """One version of the whole instrument."""

    title: str = Field(alias="titel")
    version: str = Field(alias="versie")
    stage: str = Field(alias="stadium")
    audience: str = Field(alias="voor_wie")
    purpose: str = Field(alias="doel")
    duration: Duration = Field(alias="duur")
    unknown: Answer = Field(alias="weet_niet")
    scales: dict[str, Scale] = Field(alias="schalen")
    context: tuple[ContextQuestion, ...] = Field(alias="context")
    closing: Closing = Field(alias="afsluiting")
    follow_up: FollowUps = Field(alias="vervolg")
    group: GroupSection | None = Field(None, alias="groep", description="absent in versions before 0.2")
    all_sections: tuple[Section, ...] = Field(alias="onderdelen")

    def __hash__(self) -> int:
        """By its version, so that what follows from a questionnaire can be kept beside it."""
        return hash(self.version)

    @staticmethod
    def load() -> Questionnaire:
        """The questionnaire of this version; read and checked once per process. Raises QuestionnaireError."""
        return _load()

    def sections(self, short: bool = False, role: str | None = None) -> tuple[Section, ...]:
        """Sections with only the items of the short version and of this role, when asked; empty sections are left out."""
        return _sections(self, short, role)

    def items(self, short: bool = False, role: str | None = None) -> tuple[Item, ...]:
        return tuple(item for section in _sections(self, short, role) for item in section.items)

    def context_questions(self, short: bool = False) -> tuple[ContextQuestion, ...]:
        return tuple(question for question in self.context if question.short or not short)

    @cached_property
    def items_by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items()}

    @cached_property
    def items_by_factor(self) -> Mapping[str, tuple[Item, ...]]:
        factors = dict.fromkeys(item.factor for item in self.items())
        return {factor: tuple(item for item in self.items() if item.factor == factor) for factor in factors}

    @cached_property
    def section_by_factor(self) -> Mapping[str, Section]:
        """The one section in which a factor is asked."""
        return {item.factor: section for section in self.all_sections for item in section.items}

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Code and words of every role: the options of the question with `veld: rol`."""
        question = self.question("rol")
        return {option.code: option.label for option in question.options} if question else {}

    def question(self, key: str) -> ContextQuestion | None:
        """The context question for this `veld`, such as 'setting'."""
        return next((question for question in self.context if question.key == key), None)

    def choices(self, scale_id: str) -> tuple[Answer, ...]:
        """Everything one can answer on a scale, 'niet van toepassing' and 'weet ik niet' last."""
        return self._choices[scale_id]

    def codes(self, scale_id: str) -> Collection[str]:
        """The codes of everything one can answer on a scale."""
        return self._codes[scale_id]

    @cached_property
    def _choices(self) -> Mapping[str, tuple[Answer, ...]]:
        return {
            name: (*scale.answers, *([scale.not_applicable] if scale.not_applicable else []), self.unknown)
            for name, scale in self.scales.items()
        }

    @cached_property
    def _codes(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(answer.code for answer in answers) for name, answers in self._choices.items()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Every form field of the questionnaire, with its place."""
        names = [question.id for question in self.context]
        names += [name for section in self.all_sections for name in section.field_ids]
        names += [trend_field(factor) for factor in self.items_by_factor]
        return {name: place for place, name in enumerate(dict.fromkeys(names))}

    def points(self, item: Item, code: str) -> int | None:
        """0-100 for an answer, reversed when the item is; None for every answer that is no estimate."""
        points = self._points.get((item.scale, code))
        return 100 - points if item.reversed and points is not None else points

    @cached_property
    def _points(self) -> Mapping[tuple[str, str], int | None]:
        return {(name, answer.code): answer.points for name, scale in self.scales.items() for answer in scale.answers}

    def local_number(self, item: Item, answer: Answer, youth_count: int | None) -> int | None:
        """About how many young people here this answer means, in tens; None when it is not about all of them or too few to show."""
        if item.about != EVERYONE or answer.share is None or youth_count is None:
            return None
        return shown_number(answer.share * youth_count)

    def weight(self, certainty: str | None) -> float:
        """Weight of a respondent from the certainty code of a section: 0.5, 0.75, 1 or 1.25; unknown counts as a feeling, 0.5."""
        scale = self.scales[self.closing.certainty.scale]
        found = next((answer.weight for answer in scale.answers if answer.code == certainty), scale.unknown_weight)
        return found or 0.5

    def check(self, factors: Mapping[str, Factor]) -> None:
        """Raise QuestionnaireError when an item asks about a factor that the knowledge base does not have."""
        _raise_if(f"{i.id}: factor '{i.factor}' staat niet in kb" for i in self.items() if i.factor not in factors)


def trend_field(factor_id: str) -> str:
    """Name of the form field that asks how a factor changed over twelve months."""
    return f"T-{factor_id}"


def _asked(item: Item, short: bool, role: str | None) -> bool:
    return (item.short or not short) and (role is None or role in item.roles)


@lru_cache(maxsize=256)
def _sections(questionnaire: Questionnaire, short: bool, role: str | None) -> tuple[Section, ...]:
    asked = ((s, tuple(i for i in s.items if _asked(i, short, role))) for s in questionnaire.all_sections)
    return tuple(section.model_copy(update={"items": items}) for section, items in asked if items)


@cache
def _load() -> Questionnaire:
    return read_questionnaire(datafile.read("questionnaire.yaml"))


def read_questionnaire(data: object) -> Questionnaire:
    """A questionnaire from the plain values of its file. Raises QuestionnaireError with everything that is wrong."""
    try:
        questionnaire = Questionnaire.model_validate(data)
    except ValidationError as error:
        raise QuestionnaireError(str(error)) from error
    _raise_if(consistency.problems(questionnaire))
    return questionnaire


def _raise_if(problems: Iterable[str]) -> None:
    found = list(problems)
    if found:
        raise QuestionnaireError("questionnaire.yaml klopt niet:\n- " + "\n- ".join(found))

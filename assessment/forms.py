"""A filled-in form to a Response and a Context, and back. Field names are the ids of the questions. Never raises on what people send.

What was typed is kept as it was, also when it is wrong, so that a page can show it again beside the message. Knows no HTTP.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessment.context import CONTEXT_KEYS, Context
from assessment.questionnaire import ContextQuestion, Questionnaire, Section, trend_field
from assessment.reading import clean, quoted, read_answer

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Response:
    """One colleague's answers. Only the role is kept, never a name."""

    role: str | None
    answers: Mapping[str, str] = field(default_factory=dict)
    """Item id to answer code; 'wn' (weet ik niet) is an answer too, an item that was passed over is not here."""
    certainty: Mapping[str, str] = field(default_factory=dict)
    """Section id to code of the certainty scale."""
    trends: Mapping[str, int] = field(default_factory=dict)
    """Factor id to -2..2, only when asked and known."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """Section id to free text; for the project leader only, after a check on names."""
    short: bool = False
    """Was this the short version?"""


@dataclass(frozen=True, slots=True)
class ParsedForm:
    """Everything a page needs: what was typed, what is wrong with it, and what it says."""

    typed: Mapping[str, tuple[str, ...]]
    """Every field as it came in, valid or not."""
    problems: Mapping[str, str]
    """Field to a Dutch sentence that says what to do, in the order of the questionnaire."""
    response: Response
    context: Context
    unknown_fields: tuple[str, ...] = ()
    """Names of fields that are not of this questionnaire; ignore them, or say so."""


def parse(
    form: Form,
    *,
    questionnaire: Questionnaire | None = None,
    only: Collection[str] | None = None,
    short: bool = False,
    role: str | None = None,
) -> ParsedForm:
    """Read a form. `only` names the questions of one page: just those can be wrong or missing, all valid answers are read.

    Without `only` every question of the version (`short` or long) must be in order. `role` is for an invitation that already
    knows it; otherwise it is the answer to the question of the role.
    """
    return _Parser(questionnaire or Questionnaire.load(), form, short, role).parsed(only)


class _Parser:
    """Reads one form; collects a message per field as it goes."""

    def __init__(self, questionnaire: Questionnaire, form: Form, short: bool, role: str | None) -> None:
        self.questionnaire, self.short, self.role = questionnaire, short, role
        self.typed = {str(name): _as_strings(values) for name, values in form.items()}
        self.problems: dict[str, str] = {}

    def parsed(self, only: Collection[str] | None) -> ParsedForm:
        context = self._context()
        role = self.role if self.role in self.questionnaire.roles else context.role
        answers = dict(self._answers())
        certainty = dict(self._certainty(answers))
        trends, remarks = dict(self._trends()), dict(self._remarks())
        asked = self._version_fields() if only is None else set(only)
        places = self.questionnaire.places
        wrong = sorted(self.problems.keys() & asked, key=lambda name: places[name])
        return ParsedForm(
            self.typed,
            {name: self.problems[name] for name in wrong},
            Response(role, answers, certainty, trends, remarks, self.short),
            context,
            tuple(name for name in self.typed if name not in places),
        )

    def _version_fields(self) -> set[str]:
        """Fields of this version, and every other field that was sent along: nobody's answer is dropped in silence."""
        required = {question.id for question in self.questionnaire.context_questions(self.short)}
        sections = self.questionnaire.sections(self.short)
        return required | {name for section in sections for name in section.field_ids} | set(self.typed)

    def _context(self) -> Context:
        fields: dict[str, Any] = {}
        for question in self.questionnaire.context:
            typed = self.typed.get(question.id, ())
            value, messages = read_answer(question, typed)
            if value is not None:
                fields[CONTEXT_KEYS[question.key]] = value
            if messages:
                self.problems[question.id] = " ".join(messages[:3])
            elif value is None and question.required and not (question.key == "rol" and self.role):
                self.problems[question.id] = _missing(question)
        return Context(**fields)

    def _answers(self) -> Iterator[tuple[str, str]]:
        for item in self.questionnaire.items():
            yield from self._coded(item.id, item.id, item.scale)

    def _certainty(self, answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        scale = self.questionnaire.closing.certainty.scale
        for section in self.questionnaire.all_sections:
            given = list(self._coded(section.certainty_id, section.id, scale))
            yield from given
            if not given and section.certainty_id not in self.problems and self._has_estimate(section, answers):
                self.problems[section.certainty_id] = (
                    "Kies waar u uw antwoorden in dit onderdeel op baseert, of 'weet ik niet'."
                )

    def _has_estimate(self, section: Section, answers: Mapping[str, str]) -> bool:
        return any(self.questionnaire.points(item, answers.get(item.id, "")) is not None for item in section.items)

    def _trends(self) -> Iterator[tuple[str, int]]:
        scale = self.questionnaire.follow_up.trend.scale
        for factor in self.questionnaire.items_by_factor:
            for _, code in self._coded(trend_field(factor), factor, scale):
                if code != self.questionnaire.unknown.code:
                    yield factor, int(code)

    def _remarks(self) -> Iterator[tuple[str, str]]:
        limit = self.questionnaire.closing.remark.max_length
        for section in self.questionnaire.all_sections:
            typed = "\n".join(self.typed.get(section.remark_id, ()))[: 10 * limit]
            text = "\n".join(clean(line) for line in typed.splitlines()).strip()
            if len(text) > limit:
                self.problems[section.remark_id] = f"Gebruik hoogstens {limit} tekens; maak de tekst korter."
            elif text:
                yield section.id, text

    def _coded(self, name: str, key: str, scale: str) -> Iterator[tuple[str, str]]:
        """The one known code of this field under this key; otherwise nothing and, when something was typed, a message."""
        if name not in self.typed:
            return
        words = list(dict.fromkeys(word.strip() for word in self.typed.get(name, ()) if word.strip()))
        if len(words) > 1:
            self.problems[name] = "Kies één antwoord."
        elif words and words[0] not in self.questionnaire.codes(scale):
            self.problems[name] = f"{quoted(words[0])} is geen antwoord op deze vraag. Kies een van de antwoorden."
        elif words:
            yield key, words[0]


def _as_strings(values: object) -> tuple[str, ...]:
    """What a form library may hand over for one field: one text, or several."""
    if isinstance(values, str):
        return (values,)
    return tuple(str(value) for value in values) if isinstance(values, Iterable) else ()


def _missing(question: ContextQuestion) -> str:
    if question.kind.takes_many:
        return "Kies minstens één antwoord."
    return "Kies een antwoord." if question.kind.has_options else "Vul dit in."

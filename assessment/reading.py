"""Reads answers to the context questions, whatever they come from (form, case file, address): codes in, Context and sentences out.

Never raises on what people send. Knows nothing of items, factors or HTTP.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from assessment import municipalities
from assessment.context import CONTEXT_KEYS, Context
from assessment.questionnaire import ContextQuestion, QuestionKind, Questionnaire
from kb import AgeRange, ProblemKind

MAX_AGE = 99
MAX_PROBLEMS = 50
"""More sentences than this help nobody."""

REGION = ContextQuestion(id="regio", tekst="Welke regio?", soort=QuestionKind.TEXT, veld="regio")
"""Only cases and addresses name a region; a form asks for the municipality."""

_CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_NUMBER = re.compile(r"\d{1,9}|\d{1,3}([. ]\d{3}){1,2}", re.ASCII)
_AGES = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, and what to do about it, in Dutch."""

    field: str
    message: str


def clean(text: str) -> str:
    """One line of visible text: control characters and line ends become spaces, runs of spaces become one."""
    return " ".join("".join(" " if unicodedata.category(c) in _CONTROL else c for c in text).split())


def quoted(text: str) -> str:
    """What someone typed, short and clean enough to repeat in a message."""
    seen = clean(text[:200])
    return f"'{seen if len(seen) <= 40 else seen[:39] + '…'}'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question to end a message with, or nothing when no known word is near."""
    near = get_close_matches(word[:60].casefold(), list(known), n=1)
    return f" Bedoelde u '{near[0]}'?" if near else ""


def whole_number(text: str) -> int | None:
    """A whole number of at most nine digits, also written as 1.200 or 1 200; None for anything else."""
    found = _NUMBER.fullmatch(text.strip())
    return int(re.sub(r"\D", "", found.group())) if found else None


def read_answers(
    questionnaire: Questionnaire, answers: Mapping[str, Sequence[str]]
) -> tuple[Context, tuple[FieldProblem, ...]]:
    """Context from strings per `veld`; keys without a question are not looked at. What is wrong is left out and named."""
    fields: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for question in (*questionnaire.context, REGION):
        value, messages = read_answer(question, answers.get(question.key, ()))
        problems += [FieldProblem(question.key, message) for message in messages]
        if value is not None:
            fields[CONTEXT_KEYS[question.key]] = value
    return Context(**fields), tuple(problems)


def read_answer(question: ContextQuestion, typed: Sequence[str]) -> tuple[Any, list[str]]:
    """The value of one Context field, or None, and what is wrong with what was typed."""
    words = list(dict.fromkeys(word.strip() for word in typed if word.strip()))
    if not words:
        return None, []
    if question.kind.takes_many:
        return _read_many(question, words)
    if len(words) > 1:
        return None, ["Geef hier één antwoord."]
    value, message = _reader(question)(question, words[0])
    return value, [message] if message else []


Read = tuple[Any, str | None]
"""A value and no message, or None and a message."""


def _read_many(question: ContextQuestion, words: list[str]) -> tuple[Any, list[str]]:
    read = _reader(question)
    pairs = [read(question, word) for word in words[:MAX_PROBLEMS]]
    values = tuple(dict.fromkeys(value for value, _ in pairs if value is not None))
    messages = [message for _, message in pairs if message]
    messages += [message for message in (_too_many(question, values), _contradiction(question, words)) if message]
    return values[: question.max_choices] or None, messages


def _too_many(question: ContextQuestion, values: Sequence[object]) -> str | None:
    if question.max_choices is None or len(values) <= question.max_choices:
        return None
    return f"Kies er hoogstens {question.max_choices}; u koos er {len(values)}."


def _contradiction(question: ContextQuestion, words: Sequence[str]) -> str | None:
    alone = next((o for o in question.options if o.exclusive and o.code in words and len(words) > 1), None)
    return f"'{alone.label}' kan niet samen met een ander antwoord. Haal een van beide weg." if alone else None


def _reader(question: ContextQuestion) -> Callable[[ContextQuestion, str], Read]:
    by_key: dict[str, Callable[[ContextQuestion, str], Read]] = {
        "leeftijd": _read_ages,
        "probleem": _read_problem,
        "ernst": _read_severity,
    }
    return by_key.get(question.key) or _READERS[question.kind]


def _read_text(question: ContextQuestion, word: str) -> Read:
    text = clean(word[: 10 * question.max_length])
    if len(text) > question.max_length:
        return None, f"Gebruik hoogstens {question.max_length} tekens; maak de tekst korter."
    return (text, None) if text else (None, "Vul hier leesbare tekst in.")


def _read_number(question: ContextQuestion, word: str) -> Read:
    number = whole_number(word)
    if number is None or not question.minimum <= number <= question.maximum:
        highest = f"{question.maximum:,}".replace(",", ".")
        return None, f"Vul een heel getal in van {question.minimum} tot en met {highest}, bijvoorbeeld 400."
    return number, None


def _read_municipality(_: ContextQuestion, word: str) -> Read:
    found = municipalities.find(word)
    if found:
        return found.code, None
    near = municipalities.suggest(word)
    advice = f"Bedoelde u {' of '.join(near)}?" if near else "Kies er een uit de lijst."
    return None, f"{quoted(word)} is niet één gemeente die wij kennen. {advice}"


def _read_option(question: ContextQuestion, word: str) -> Read:
    if question.option(word):
        return word, None
    codes = [option.code for option in question.options]
    return None, f"{quoted(word)} is hier geen keuze. Kies uit: {', '.join(codes)}.{did_you_mean(word, codes)}"


def _read_problem(question: ContextQuestion, word: str) -> Read:
    code, message = _read_option(question, word)
    return next((kind for kind in ProblemKind if kind == code), None), message


def _read_severity(question: ContextQuestion, word: str) -> Read:
    code, message = _read_option(question, word)
    return int(code) if code else None, message


def _read_ages(_: ContextQuestion, word: str) -> Read:
    found = _AGES.fullmatch(word)
    start, end = (int(found[1]), int(found[2])) if found else (1, 0)
    if start > end:
        return (
            None,
            f"{quoted(word)} is geen leeftijd. Schrijf van en tot en met, bijvoorbeeld 12-17 (0 tot en met {MAX_AGE}).",
        )
    return AgeRange(van=start, tot=end), None


_READERS: Mapping[QuestionKind, Callable[[ContextQuestion, str], Read]] = {
    QuestionKind.MUNICIPALITY: _read_municipality,
    QuestionKind.TEXT: _read_text,
    QuestionKind.NUMBER: _read_number,
    QuestionKind.ONE: _read_option,
    QuestionKind.SOME: _read_option,
    QuestionKind.RANKED: _read_option,
}


def write_answers(context: Context) -> dict[str, list[str]]:
    """The reverse of `read_answers`: strings per `veld`, only for what was answered."""
    values = {key: getattr(context, attribute) for key, attribute in CONTEXT_KEYS.items()}
    return {key: _written(value) for key, value in values.items() if value not in (None, ())}


def _written(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [f"{v.start}-{v.end}" if isinstance(v, AgeRange) else str(v) for v in value]
    return [str(value)]

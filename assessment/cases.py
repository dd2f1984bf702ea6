"""Reads the case format of `kast match`: plain values from YAML or JSON, as in assessment/profiles.yaml. Never raises on content."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from assessment.context import CONTEXT_KEYS, Context
from assessment.profile import UNKNOWN_ROLE, FactorScore, Profile
from assessment.questionnaire import Questionnaire
from assessment.reading import FieldProblem, did_you_mean, quoted, read_answers

DEFAULT_CONFIDENCE = 0.6
"""Z of a factor that a case or address gives no Z for: 'midden', as in the worked profiles."""
MAX_RESPONDENTS = 10_000

RESPONDENTS_KEY = "invullers"
"""Lies in the context of a case, but belongs to the profile."""


def read_context(context: object) -> tuple[Context, tuple[FieldProblem, ...], tuple[str, ...]]:
    """Context, what is wrong, and the names of keys we do not know (name and ignore them). Every key is optional."""
    if context is None:
        return Context(), (), ()
    if not isinstance(context, Mapping):
        return Context(), (FieldProblem("context", "context moet een lijstje van velden zijn, zoals {ernst: 3}."),), ()
    known = {key: context[key] for key in CONTEXT_KEYS if key in context}
    strings = {key: _ages(value) if key == "leeftijd" else _strings(value) for key, value in known.items()}
    read, problems = read_answers(Questionnaire.load(), strings)
    unknown = tuple(_string(key) for key in context if key not in CONTEXT_KEYS and key != RESPONDENTS_KEY)
    return read, problems, unknown


def read_profile(case: object) -> tuple[Profile, tuple[FieldProblem, ...]]:
    """Profile from `scores` ({factor: {s, z, trend}}) and `context.invullers` ({role: number}) of one case, and what is wrong.

    s is 0-100, z 0-1 (0.6 when left out), trend -2 to 2. What is wrong is left out and named.
    """
    case = case if isinstance(case, Mapping) else {}
    problems: list[FieldProblem] = []
    scores = dict(_scores(case.get("scores"), problems))
    context = case.get("context")
    given = context.get(RESPONDENTS_KEY) if isinstance(context, Mapping) else None
    return Profile(scores, dict(_respondents(given, problems))), tuple(problems)


@cache
def known_factors() -> frozenset[str]:
    """Ids of the factors that the questionnaire asks about: all of kb."""
    return frozenset(Questionnaire.load().items_by_factor)


def unknown_factor(factor_id: str) -> FieldProblem:
    message = f"{quoted(factor_id)} is geen factor die wij kennen.{did_you_mean(factor_id, known_factors())}"
    return FieldProblem(quoted(factor_id).strip("'"), message)


def read_respondent(role: str, number: object) -> tuple[int | None, FieldProblem | None]:
    """The number of respondents in a role, or what is wrong with it."""
    roles = [*Questionnaire.load().roles, UNKNOWN_ROLE]
    if role not in roles:
        return None, FieldProblem(
            RESPONDENTS_KEY, f"{quoted(role)} is geen rol. Kies uit: {', '.join(roles)}.{did_you_mean(role, roles)}"
        )
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MAX_RESPONDENTS:
        return None, FieldProblem(RESPONDENTS_KEY, f"Het aantal invullers van {role} moet een heel getal vanaf 1 zijn.")
    return number, None


def in_range(value: object, low: float, high: float) -> float | None:
    """The number when it is one and lies within these bounds, both included."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if low <= value <= high and math.isfinite(value) else None


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [_string(one) for one in values if one is not None]


def _string(value: object) -> str:
    """As text; a number too long for Python to write becomes text that no reader accepts."""
    try:
        return str(value)
    except ValueError:
        return "te lang getal"


def _ages(value: object) -> list[str]:
    """Bands ('12-17'), {van, tot}, a list of those, or two numbers [8, 27]."""
    if isinstance(value, (list, tuple)) and len(value) == 2 and all(type(age) is int for age in value):
        return ["-".join(_strings(value))]
    ranges = value if isinstance(value, (list, tuple)) else [value]
    pairs = [[r.get("van"), r.get("tot")] if isinstance(r, Mapping) else [r] for r in ranges]
    return ["-".join(_strings(pair)) for pair in pairs if pair != [None]]


def _scores(scores: object, problems: list[FieldProblem]) -> Iterator[tuple[str, FactorScore]]:
    if scores is None:
        return
    if not isinstance(scores, Mapping):
        problems.append(FieldProblem("scores", "scores moet per factor een score geven, zoals {agressie: {s: 70}}."))
        return
    for key, given in scores.items():
        factor_id = _string(key)
        if factor_id not in known_factors():
            problems.append(unknown_factor(factor_id))
            continue
        score, messages = _score(factor_id, given)
        problems += [FieldProblem(factor_id, message) for message in messages]
        if score:
            yield factor_id, score


def _score(factor_id: str, given: object) -> tuple[FactorScore | None, list[str]]:
    if not isinstance(given, Mapping) or "s" not in given:
        return None, [f"{factor_id} heeft een score nodig, zoals {{s: 70, z: 0.6}}."]
    score = in_range(given["s"], 0, 100)
    confidence = in_range(given.get("z", DEFAULT_CONFIDENCE), 0, 1)
    trend = in_range(given.get("trend", 0), -2, 2)
    messages = list(_objections(factor_id, given, score, confidence, trend))
    if score is None or confidence is None or trend is None or trend != int(trend):
        return None, messages
    return FactorScore(factor_id, float(score), float(confidence), int(trend)), messages


def _objections(
    factor_id: str, given: Mapping[Any, Any], score: float | None, confidence: float | None, trend: float | None
) -> Iterator[str]:
    if score is None:
        yield f"s van {factor_id} moet een getal van 0 tot en met 100 zijn."
    if confidence is None:
        yield f"z van {factor_id} moet een getal van 0 tot en met 1 zijn."
    if trend is None or trend != int(trend):
        yield f"trend van {factor_id} moet -2, -1, 0, 1 of 2 zijn."
    for key in given:
        if key not in ("s", "z", "trend"):
            yield f"{quoted(_string(key))} bij {factor_id} kennen we niet en telt niet mee."


def _respondents(given: object, problems: list[FieldProblem]) -> Iterator[tuple[str, int]]:
    if given is None:
        return
    if not isinstance(given, Mapping):
        problems.append(
            FieldProblem(RESPONDENTS_KEY, "invullers moet per rol een aantal geven, zoals {politie-boa: 2}.")
        )
        return
    for role, number in given.items():
        count, problem = read_respondent(_string(role), number)
        if problem:
            problems.append(problem)
        elif count:
            yield role, count

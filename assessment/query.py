"""The address is the profile: Profile and Context to query pairs and back, without loss. Knows no HTTP and no percent signs.

A factor is one value of at most seven parts, `agressie~70~0.6~1~16~0.8~uiteen`: score, Z, trend, standard error, r_wg, and whether
figures and experience diverge. Empty parts at the end are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessment.cases import (
    DEFAULT_CONFIDENCE,
    RESPONDENTS_KEY,
    in_range,
    known_factors,
    read_respondent,
    unknown_factor,
)
from assessment.context import CONTEXT_KEYS, Context
from assessment.profile import FactorScore, Profile
from assessment.questionnaire import Questionnaire
from assessment.reading import (
    MAX_PROBLEMS,
    FieldProblem,
    did_you_mean,
    quoted,
    read_answers,
    whole_number,
    write_answers,
)

SEPARATOR = "~"
DIVERGING = "uiteen"
MAX_LENGTH = 200
"""Characters of one factor; six numbers and an id need fewer."""
MAX_FACTORS = 200
"""Factors after these are not read; there are 56."""
FACTOR_KEY = "factor"
VERSION_KEY = "vragenlijst"

QUERY_KEYS = frozenset({*CONTEXT_KEYS, FACTOR_KEY, RESPONDENTS_KEY, VERSION_KEY})
"""Every key that means something here; a page may add its own and should take those out before `from_query`."""


def to_query(profile: Profile, context: Context) -> list[tuple[str, str]]:
    """Pairs in a fixed order: keys by alphabet, factors and roles by id, choices in their own order (the first weighs most)."""
    pairs = [(key, value) for key, values in write_answers(context).items() for value in values]
    pairs += [(FACTOR_KEY, _write_score(profile.scores[factor])) for factor in sorted(profile.scores)]
    pairs += [(RESPONDENTS_KEY, f"{role}{SEPARATOR}{count}") for role, count in sorted(profile.respondents.items())]
    pairs.append((VERSION_KEY, Questionnaire.load().version))
    return sorted(pairs, key=lambda pair: pair[0])


def from_query(pairs: Iterable[tuple[str, str]]) -> tuple[Profile, Context, tuple[FieldProblem, ...]]:
    """The reverse of `to_query`. Unknown keys and malformed values are named in the problems and left out; nothing raises."""
    values: dict[str, list[str]] = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    problems: list[FieldProblem] = list(_foreign(values))
    scores = dict(_read_scores(values.get(FACTOR_KEY, []), problems))
    respondents = dict(_read_respondents(values.get(RESPONDENTS_KEY, []), problems))
    context, objections = read_answers(Questionnaire.load(), values)
    return Profile(scores, respondents), context, tuple([*problems, *objections][:MAX_PROBLEMS])


def _foreign(values: dict[str, list[str]]) -> Iterator[FieldProblem]:
    for key in [key for key in values if key not in QUERY_KEYS][:MAX_PROBLEMS]:
        yield FieldProblem(
            quoted(key).strip("'"), f"{quoted(key)} kennen we niet en telt niet mee.{did_you_mean(key, QUERY_KEYS)}"
        )
    if any(version != Questionnaire.load().version for version in values.get(VERSION_KEY, [])):
        yield FieldProblem(
            VERSION_KEY, "Dit adres is gemaakt met een andere versie van de vragenlijst. Controleer de antwoorden."
        )


def _write_score(score: FactorScore) -> str:
    parts = (
        score.factor_id,
        _number(score.score),
        _number(score.confidence),
        str(score.trend) if score.trend else "",
        _number(score.standard_error),
        _number(score.agreement),
        DIVERGING if score.diverging else "",
    )
    return SEPARATOR.join(parts).rstrip(SEPARATOR)


def _number(value: float | None) -> str:
    """The shortest text that reads back as exactly this number."""
    if value is None:
        return ""
    return repr(float(value)).removesuffix(".0")


def _read_scores(values: list[str], problems: list[FieldProblem]) -> Iterator[tuple[str, FactorScore]]:
    seen: set[str] = set()
    for value in values[:MAX_FACTORS]:
        factor_id = value.split(SEPARATOR, 1)[0]
        score, problem = _read_score(value)
        if factor_id in seen:
            problem, score = FieldProblem(factor_id, f"{factor_id} staat er twee keer; alleen de eerste telt."), None
        if problem:
            problems.append(problem)
        if score:
            seen.add(factor_id)
            yield factor_id, score


def _read_score(value: str) -> tuple[FactorScore | None, FieldProblem | None]:
    factor_id, *parts = value[:MAX_LENGTH].split(SEPARATOR)
    if factor_id not in known_factors():
        return None, unknown_factor(factor_id)
    score = _score_of(factor_id, [*parts, *[""] * (6 - len(parts))])
    if score is None:
        message = f"{quoted(value)} is niet te lezen. Schrijf factor~score~zekerheid, bijvoorbeeld {factor_id}~70~0.6."
        return None, FieldProblem(factor_id, message)
    return score, None


def _score_of(factor_id: str, parts: list[str]) -> FactorScore | None:
    """From score, Z, trend, standard error, r_wg and divergence as text; None when a part does not fit."""
    if len(parts) != 6 or parts[5] not in ("", DIVERGING):
        return None
    bounds = ((0.0, 100.0), (0.0, 1.0), (-2.0, 2.0), (0.0, float("inf")), (float("-inf"), 1.0))
    numbers = [in_range(_parsed(part), *bound) for part, bound in zip(parts, bounds, strict=False)]
    if any(part and number is None for part, number in zip(parts, numbers, strict=False)):
        return None
    score, confidence, trend, error, agreement = numbers
    if score is None or (trend and trend != int(trend)):
        return None
    sure = DEFAULT_CONFIDENCE if confidence is None else confidence
    return FactorScore(factor_id, score, sure, int(trend or 0), error, agreement, bool(parts[5]))


def _parsed(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _read_respondents(values: list[str], problems: list[FieldProblem]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for value in values[:MAX_PROBLEMS]:
        role, _, number = value.partition(SEPARATOR)
        count, problem = read_respondent(role, whole_number(number[:12]))
        if role in seen:
            problem, count = FieldProblem(RESPONDENTS_KEY, f"{role} staat er twee keer; alleen de eerste telt."), None
        if problem:
            problems.append(problem)
        if count:
            seen.add(role)
            yield role, count

"""Rules that a questionnaire must keep within itself: a generator of sentences per rule. Knows nothing of answers or scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assessment.context import CONTEXT_KEYS, GROUP_KEYS

if TYPE_CHECKING:
    from assessment.questionnaire import ContextQuestion, Item, Questionnaire


def problems(questionnaire: Questionnaire) -> Iterator[str]:
    """Everything that contradicts itself; nothing when the questionnaire is sound."""
    yield from _double_ids(questionnaire)
    yield from _scales(questionnaire)
    yield from _sections(questionnaire)
    for question in questionnaire.context:
        yield from _context_question(question)
    for item in questionnaire.items():
        yield from _item(item, questionnaire)
    yield from _factors(questionnaire)
    yield from _group(questionnaire)


def _double_ids(questionnaire: Questionnaire) -> Iterator[str]:
    group = questionnaire.group.questions if questionnaire.group else ()
    fields = [question.id for question in (*questionnaire.context, *group)]
    fields += [field for section in questionnaire.all_sections for field in section.field_ids]
    yield from (f"id '{field}' komt twee keer voor" for field in _twice(fields))
    keys = [question.key for question in questionnaire.context]
    yield from (f"veld '{key}' hoort bij twee vragen" for key in _twice(keys))


def _scales(questionnaire: Questionnaire) -> Iterator[str]:
    for scale_id, scale in questionnaire.scales.items():
        codes = [answer.code for answer in scale.answers] + [questionnaire.unknown.code]
        yield from (f"schaal {scale_id}: code '{code}' komt twee keer voor" for code in _twice(codes))
    for wanted in (questionnaire.closing.certainty.scale, questionnaire.follow_up.trend.scale):
        if wanted not in questionnaire.scales:
            yield f"schaal '{wanted}' bestaat niet"


def _sections(questionnaire: Questionnaire) -> Iterator[str]:
    for section in questionnaire.all_sections:
        yield from _unknown_roles(section.id, section.roles, questionnaire)


def _context_question(question: ContextQuestion) -> Iterator[str]:
    if question.key not in CONTEXT_KEYS:
        yield f"{question.id}: veld '{question.key}' bestaat niet"
    if question.kind.has_options and not question.options:
        yield f"{question.id}: een {question.kind} heeft opties nodig, of opties_uit met een bekende lijst"
    codes = [option.code for option in question.options]
    yield from (f"{question.id}: optie '{code}' komt twee keer voor" for code in _twice(codes))


def _item(item: Item, questionnaire: Questionnaire) -> Iterator[str]:
    yield from _unknown_roles(item.id, item.roles, questionnaire)
    scale = questionnaire.scales.get(item.scale)
    if scale is None:
        yield f"{item.id}: schaal '{item.scale}' bestaat niet"
    elif any(answer.points is None for answer in scale.answers):
        yield f"{item.id}: schaal '{item.scale}' heeft geen punten"


def _factors(questionnaire: Questionnaire) -> Iterator[str]:
    for factor, items in questionnaire.items_by_factor.items():
        homes = {section.id for section in questionnaire.all_sections if set(items) & set(section.items)}
        if len(homes) > 1:
            yield f"factor '{factor}' staat in twee onderdelen ({', '.join(sorted(homes))}); de zekerheid geldt per onderdeel"
        if sum(item.short for item in items) > 1:
            yield f"factor '{factor}' heeft meer dan één korte vraag; een advies is dan niet terug te rekenen"


def _group(questionnaire: Questionnaire) -> Iterator[str]:
    """The reading of a group works with exactly these fields, and writes no text: a name could be in it."""
    asked = questionnaire.group.questions if questionnaire.group else ()
    keys = [question.key for question in asked]
    if asked and sorted(keys) != sorted(GROUP_KEYS):
        yield f"groep: de velden moeten {', '.join(GROUP_KEYS)} zijn"
    for question in asked:
        if not question.options:
            yield f"{question.id}: een vraag over de groep heeft opties nodig; vrije tekst zou namen kunnen bevatten"


def _unknown_roles(where: str, roles: Iterable[str], questionnaire: Questionnaire) -> Iterator[str]:
    yield from (f"{where}: rol '{role}' bestaat niet" for role in roles if role not in questionnaire.roles)


def _twice(words: Iterable[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]

"""Do the partners know the group well enough for a group intervention? Answers to the section `groep` in, `groepskennis` and reasons out.

Seven-step model: first whether behaviour is a problem at all (step 1), then what is known together (step 2). No labels, no names,
no text: only closed answers. Knows no HTTP and no storage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.context import Context
from assessment.questionnaire import ContextQuestion, GroupSection
from assessment.reading import read_answer

UNKNOWN = "weet-niet"
NOTHING = "niets"
TOGETHER = "samen"
JUDGED = {"groepsernst": "ernst", "risico": "risico", "ontwikkeling": "ontwikkeling", "impact": "impact"}
"""The four sides of a group on which partners must have an opinion (Bureau Beke: from labels to reading)."""
ENOUGH_KNOWN = 4
"""So many of the six things must be known together for a full reading; half of them for a partial one."""
PARTLY_KNOWN = 2


@dataclass(frozen=True, slots=True)
class GroupReading:
    """What the partners know, and what they must still find out."""

    knowledge: str
    """A code of `groepskennis`: ja, deels or nee."""
    find_out: tuple[str, ...]
    """Dutch sentences, the most important first."""
    told: tuple[tuple[str, str], ...]
    """Question and answer in words, for on paper."""
    problems: Mapping[str, str]
    """Question id to what is wrong with what was sent."""


def is_asked(section: GroupSection | None, context: Context) -> bool:
    """Is the problem a group or a network?"""
    return section is not None and context.level in section.levels


def careful(section: GroupSection | None, context: Context) -> Context:
    """The question with a group that nobody has said anything about as a group that is not known."""
    if is_asked(section, context) and context.group_knowledge is None:
        return replace(context, group_knowledge="nee")
    return context


def read_group(section: GroupSection, typed: Mapping[str, Sequence[str]]) -> GroupReading:
    """The reading so far; whatever is missing counts as not known."""
    answers: dict[str, tuple[str, ...]] = {}
    problems: dict[str, str] = {}
    for question in section.questions:
        value, messages = read_answer(question, typed.get(question.id, ()))
        if messages:
            problems[question.id] = " ".join(messages[:3])
        elif value is not None:
            answers[question.key] = value if isinstance(value, tuple) else (value,)
    told = tuple((q.text, _words(q, answers[q.key])) for q in section.questions if q.key in answers)
    return GroupReading(_knowledge(answers), tuple(_find_out(section, answers)), told, problems)


def _words(question: ContextQuestion, codes: Sequence[str]) -> str:
    return "; ".join(option.label for option in question.options if option.code in codes)


Answers = Mapping[str, tuple[str, ...]]


def _known(answers: Answers, key: str) -> bool:
    return key in answers and UNKNOWN not in answers[key]


def _is_problem(answers: Answers) -> bool:
    return _known(answers, "gedrag") and TOGETHER not in answers["gedrag"]


def _count(answers: Answers) -> int:
    """Of how many of the six things partners know together."""
    return len([code for code in answers.get("kennis", ()) if code != NOTHING])


def _knowledge(answers: Answers) -> str:
    """'ja' only with a full reading and a plan; 'nee' as long as nobody says that there is a problem."""
    judged = sum(_known(answers, key) for key in JUDGED)
    if not _is_problem(answers) or judged < len(JUDGED) / 2 or _count(answers) < PARTLY_KNOWN:
        return "nee"
    whole = judged == len(JUDGED) and _count(answers) >= ENOUGH_KNOWN and answers.get("regie") == ("ja",)
    return "ja" if whole else "deels"


def _find_out(section: GroupSection, answers: Answers) -> list[str]:
    if answers.get("gedrag") == (TOGETHER,):
        return [
            "Samen zijn is geen probleem. Een groepsaanpak is dan niet op zijn plaats; zorg voor een goede plek en goed contact."
        ]
    found = (
        []
        if _known(answers, "gedrag")
        else ["Stel samen vast of het gedrag problematisch is (stap 1 van het 7-stappenmodel)."]
    )
    if _count(answers) < ENOUGH_KNOWN:
        question = section.question("kennis")
        missing = [o.label.lower() for o in question.options if o.code not in (*answers.get("kennis", ()), NOTHING)]
        found.append(f"Leg bij elkaar wat partners weten. Nog niet bekend: {', '.join(missing)}.")
    unknown = [name for key, name in JUDGED.items() if not _known(answers, key)]
    if unknown:
        found.append(f"Duid samen de groep. Nog open: {', '.join(unknown)}.")
    if answers.get("regie") != ("ja",):
        found.append("Spreek af wie de regie heeft en wie wat doet.")
    return found

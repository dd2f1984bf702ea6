"""Filled-in snelscans for tests: a knife problem around schools, a quiet village, and somebody who knows nothing yet."""

from __future__ import annotations

from assessment import Questionnaire

Form = dict[str, list[str]]

CONTEXT: Form = {
    "C01": ["Almelo"],
    "C03": ["2400"],
    "C04": ["12-17"],
    "C18": ["gemeente"],
    "C05": ["wapens", "geweld"],
    "C06": ["4"],
    "C07": ["netwerk"],
    "C09": ["16-40"],
    "C10": ["school", "online", "jongerenwerk"],
    "C11": ["jongerenwerk", "wijkteam"],
    "C12": ["midden"],
    "C13": ["politie", "school", "jongerenwerk"],
    "C14": ["1"],
    "C15": ["halfjaar"],
    "C16": ["balans"],
    "C17": ["nee"],
}

HIGH = ("WIJ02", "ONL03", "IND05", "VRI06", "SCH03")
"""Statements that a policy officer with a knife problem answers with the highest but one answer."""


def knives() -> Form:
    """Knives around schools: an advice with a ranking."""
    questionnaire = Questionnaire.load()
    answers = {item.id: ["3" if item.id in HIGH else "1"] for item in questionnaire.items(short=True)}
    return CONTEXT | answers | _certainty(questionnaire, "3")


def quiet() -> Form:
    """Nothing is the matter, and everybody is sure of it."""
    questionnaire = Questionnaire.load()
    good = {"dekking": "4", "aanbod": "4"}
    answers = {item.id: [good.get(item.scale, "0")] for item in questionnaire.items(short=True)}
    return CONTEXT | {"C06": ["1"]} | answers | _certainty(questionnaire, "4")


def unknown() -> Form:
    """'Weet ik niet' everywhere."""
    questionnaire = Questionnaire.load()
    return CONTEXT | {item.id: [questionnaire.unknown.code] for item in questionnaire.items(short=True)}


def _certainty(questionnaire: Questionnaire, code: str) -> Form:
    return {section.certainty_id: [code] for section in questionnaire.sections(short=True)}

"""In your own words: a free description to factors that the visitor confirms, then to an advice or to the snelscan.

Nothing is stored: the text travels in the body of a POST, is never logged and never in an address. Only confirmed factors are
in the address of the advice. Their score is the answer to the questionnaire's own question; their doubt is that of a quick scan,
from the one answer to what all of it rests on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import matcher
from assessment import UNKNOWN_ROLE, Context, Item, Profile, Questionnaire, quick_scan, to_query
from assessment import Response as Answers
from kb import Factor, KnowledgeBase
from web.intake import read_form
from web.pages import Pages
from web.render import page

router = Pages()

PATH = "/eigen-woorden"
LONGEST = 4_000
"""Letters; twice the longest description we expect, and as many as the matcher reads."""
TEXT, CHOSEN, CERTAINTY = "tekst", "kies", "zekerheid"
NOTHING_TYPED = "Vertel in een paar zinnen wat er in uw wijk speelt."
TOO_LONG = "Uw tekst is te lang. Wij lezen hoogstens 4.000 letters, ongeveer een bladzijde. Maak de tekst korter."
NOTHING_FOUND = "Wij herkennen in uw tekst geen onderwerp uit de kast. Schrijf in gewone zinnen wat u ziet: wie, wat, waar en hoe vaak."
NOTHING_CHOSEN = "Vink aan wat er bij u speelt. Klopt er niets van? Pas dan uw tekst aan."
NO_AMOUNT = "Kies een antwoord, of ‘weet ik niet’."
NOTHING_KNOWN = "U koos overal ‘weet ik niet’. Dan kunnen wij niets berekenen. Beantwoord er ten minste één."
NO_CERTAINTY = "Kies waar u uw antwoorden op baseert, of ‘weet ik niet’."


@dataclass(frozen=True, slots=True)
class Topic:
    """One suggested factor: the question about it, and the words that led to it."""

    factor: Factor
    item: Item
    words: tuple[str, ...]
    in_scan: bool
    """Is it in the short questionnaire? If not, it cannot be taken along to the snelscan."""

    @property
    def field(self) -> str:
        """Where one says how much."""
        return f"hoeveel-{self.factor.id}"


@dataclass(frozen=True, slots=True)
class View:
    """Everything the page shows."""

    text: str
    topics: tuple[Topic, ...]
    typed: Mapping[str, Sequence[str]]
    problems: Mapping[str, str]

    @property
    def wrong(self) -> tuple[tuple[str, str, str], ...]:
        """Field, its words and the message, in the order of the page."""
        names = {TEXT: "Uw tekst", CHOSEN: "Wat speelt er bij u?"}
        names |= {topic.field: topic.factor.name for topic in self.topics} | {CERTAINTY: "Waar baseert u dit op?"}
        return tuple((name, label, self.problems[name]) for name, label in names.items() if name in self.problems)


def readable(text: str) -> str:
    """The text without what cannot be seen; line ends stay."""
    return "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text.replace("\r\n", "\n"))


def topics(kb: KnowledgeBase, questionnaire: Questionnaire, text: str, chosen: Sequence[str]) -> tuple[Topic, ...]:
    """What the text seems to speak of, surest first; what was ticked before stays, also when the text changed."""
    found = {s.factor.id: s.words for s in matcher.suggest_factors(text, kb.factors)}
    found |= {factor_id: () for factor_id in chosen if factor_id in kb.factors and factor_id not in found}
    return tuple(_topic(questionnaire, kb.factors[factor_id], words) for factor_id, words in found.items())


def _topic(questionnaire: Questionnaire, factor: Factor, words: tuple[str, ...]) -> Topic:
    items = questionnaire.items_by_factor[factor.id]
    item = next((item for item in items if item.short), items[0])
    return Topic(factor, item, words, item.short)


def objections(text: str, found: Sequence[Topic]) -> dict[str, str]:
    """What is wrong with the text itself."""
    if not text.strip():
        return {TEXT: NOTHING_TYPED}
    if len(text) > LONGEST:
        return {TEXT: TOO_LONG}
    return {} if found else {TEXT: NOTHING_FOUND}


def missing(questionnaire: Questionnaire, found: Sequence[Topic], typed: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What must still be answered before there can be an advice."""
    ticked = [topic for topic in found if topic.factor.id in typed.get(CHOSEN, ())]
    if not ticked:
        return {CHOSEN: NOTHING_CHOSEN}
    wrong = {
        topic.field: NO_AMOUNT
        for topic in ticked
        if _one(typed, topic.field) not in {answer.code for answer in questionnaire.choices(topic.item.scale)}
    }
    if not wrong and all(questionnaire.points(t.item, _one(typed, t.field)) is None for t in ticked):
        wrong[CHOSEN] = NOTHING_KNOWN
    scale = questionnaire.closing.certainty.scale
    if _one(typed, CERTAINTY) not in {answer.code for answer in questionnaire.choices(scale)}:
        wrong[CERTAINTY] = NO_CERTAINTY
    return wrong


def profile(kb: KnowledgeBase, questionnaire: Questionnaire, typed: Mapping[str, Sequence[str]]) -> Profile:
    """The confirmed factors as one person's quick scan: the same scores and the same doubt as the same answers give there."""
    asked = [_topic(questionnaire, kb.factors[f], ()) for f in typed.get(CHOSEN, ()) if f in kb.factors]
    sections = {questionnaire.section_by_factor[topic.factor.id].id for topic in asked}
    answers = Answers(
        UNKNOWN_ROLE,
        {topic.item.id: _one(typed, topic.field) for topic in asked},
        dict.fromkeys(sections, _one(typed, CERTAINTY)),
        short=True,
    )
    return quick_scan(questionnaire, kb.factors, answers)


def _one(typed: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(typed.get(name, ())), "")


@router.get(PATH)
async def empty(request: Request) -> HTMLResponse:
    return _show(request, View("", (), {}, {}))


@router.post(PATH)
async def tell(request: Request) -> Response:
    """Read the text again, or go on with what was confirmed. What was typed is always shown again."""
    kb, questionnaire = request.app.state.kb, request.app.state.questionnaire
    typed = await read_form(request)
    text = readable(_one(typed, TEXT))
    chosen = typed.get(CHOSEN, [])
    short_enough = text if len(text) <= LONGEST else ""
    found = await run_in_threadpool(topics, kb, questionnaire, short_enough, chosen)
    goal = _one(typed, "actie")
    problems = objections(text, found)
    if not problems and goal in ("advies", "snelscan"):
        problems = missing(questionnaire, found, typed)
        if not problems:
            return _go_on(goal, profile(kb, questionnaire, typed))
    return _show(request, View(text, found, typed, problems), 400 if problems else 200)


def _go_on(goal: str, confirmed: Profile) -> Response:
    query = urlencode(to_query(confirmed, Context()))
    return RedirectResponse(f"/{goal}?{query}", 303)


def _show(request: Request, view: View, status: int = 200) -> HTMLResponse:
    questionnaire = request.app.state.questionnaire
    return page(request, "words.html", status, view=view, questionnaire=questionnaire, path=PATH)

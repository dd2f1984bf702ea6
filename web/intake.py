"""The snelscan and the advice. Nothing is stored: the form carries its answers, and the address of an advice is the whole input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import matcher
from assessment import (
    QUERY_KEYS,
    Questionnaire,
    from_query,
    municipalities,
    quick_scan,
    to_answers,
    to_query,
    trend_field,
)
from kb import KnowledgeBase
from web import address, leaflet, letter, steps, what_if
from web.pages import Pages
from web.render import page

router = Pages()

FROM_KEY = "vanaf"
"""Says that the snelscan was opened from an advice: then every step leads straight back to it."""

ARRIVE_AT = "anders"
"""Where on the page one lands after a change: what was changed, and what moved."""

Typed = dict[str, list[str]]

PLAIN_FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 1000


def _kb(request: Request) -> KnowledgeBase:
    found: KnowledgeBase = request.app.state.kb
    return found


def _questionnaire(request: Request) -> Questionnaire:
    found: Questionnaire = request.app.state.questionnaire
    return found


def _show(
    request: Request, step_id: str, typed: Typed, problems: Mapping[str, str], status: int = 200, back: bool = False
) -> HTMLResponse:
    questionnaire = _questionnaire(request)
    plan = steps.plan(questionnaire, _kb(request).factors, typed)
    count = steps.read(questionnaire, typed, plan[0]).context.youth_count
    view = steps.page(plan, steps.find(plan, step_id), typed, problems, count)
    return page(
        request,
        "step.html",
        status,
        view=view,
        questionnaire=questionnaire,
        municipalities=municipalities(),
        steps=steps,
        trend_field=trend_field,
        back=back,
    )


@router.get("/snelscan")
async def scan(request: Request) -> HTMLResponse:
    """The first step, or any step filled in from the address of an advice."""
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key in QUERY_KEYS]
    typed: Typed = {}
    if pairs:
        profile, context, _ = from_query(pairs)
        typed = to_answers(profile, context, _questionnaire(request))
    back = bool(pairs) and FROM_KEY in request.query_params
    return _show(request, request.query_params.get("stap", ""), typed, {}, back=back)


@router.post("/snelscan")
async def answer(request: Request) -> Response:
    """Verder checks this step, Terug checks nothing; the last Verder leads to the advice, and so does the button back to it."""
    typed = await read_form(request)
    step_id = next(iter(typed.pop("stap", [])), "")
    action = next(iter(typed.pop("actie", [])), "verder")
    back = bool(typed.pop(FROM_KEY, []))
    questionnaire = _questionnaire(request)
    plan = steps.plan(questionnaire, _kb(request).factors, typed)
    step = steps.find(plan, step_id)
    if action == "terug":
        return _show(request, steps.neighbour(plan, step, -1).id, typed, {}, back=back)
    wrong = steps.problems(questionnaire, steps.read(questionnaire, typed, step))
    if wrong:
        return _show(request, step.id, typed, wrong, 400, back)
    following = steps.neighbour(plan, step, 1)
    if action == "advies" or following is step:
        return _finish(request, plan, typed, back)
    return _show(request, following.id, typed, {}, back=back)


async def read_form(request: Request, files: int = 0) -> Typed:
    """What came in, as text. A file is not an answer; as many as are allowed go to `request.state.files`, by field."""
    typed: Typed = {}
    request.state.files = {}
    if request.headers.get("content-type", "").partition(";")[0].strip() == PLAIN_FORM:
        for name, text in _pairs(await request.body()):
            typed.setdefault(name, []).append(text)
        return typed
    async with request.form(max_files=files) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                typed.setdefault(name, []).append(value)
            else:
                request.state.files[name] = await value.read()
    return typed


def _pairs(body: bytes) -> list[tuple[str, str]]:
    """A form without files. Python's own reader takes a tenth of the time of the one that can read files."""
    try:
        return parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None


def _finish(request: Request, plan: Sequence[steps.Step], typed: Typed, back: bool) -> Response:
    """Off to the advice; or back to the first step where something is wrong. Who came from an advice may leave steps empty."""
    questionnaire = _questionnaire(request)
    form = steps.read(questionnaire, typed)
    wrong = steps.problems(questionnaire, form)
    if back:
        wrong = {name: message for name, message in wrong.items() if any(typed.get(name, ()))}
    step = steps.first_wrong(plan, wrong)
    if step:
        return _show(request, step.id, typed, wrong, 400, back)
    profile = quick_scan(questionnaire, _kb(request).factors, form.response)
    return RedirectResponse(f"/advies?{urlencode(to_query(profile, form.context))}", 303)


@router.get("/advies")
def advice(request: Request) -> Response:
    """The letter. Keys that mean nothing here are named and left aside; a value that cannot be read makes it a bad question."""
    kb = _kb(request)
    pairs = request.query_params.multi_items()
    if address.is_form(pairs):
        return RedirectResponse(f"/advies?{address.settle(kb, pairs)}#{ARRIVE_AT}", 303)
    asked = address.read(kb, pairs)
    if asked.wrong or not asked.asked:
        return page(request, "bad_address.html", 400, problems=asked.wrong, query=asked.question)
    return page(request, "advice.html", **_letter(request, asked))


def _letter(request: Request, asked: address.Address) -> dict[str, Any]:
    """Everything the page of an advice shows."""
    kb, questionnaire = _kb(request), _questionnaire(request)
    found = matcher.recommend(kb, asked.profile, asked.context, asked.wishes)
    return {
        "advice": found,
        "context": asked.context,
        "profile": asked.profile,
        "sight": letter.sight(kb, asked.profile, found),
        "address": asked,
        "remarks": [problem.message for problem in asked.remarks],
        "query": asked.query,
        "here": _here(request),
        "today": datetime.now(UTC).astimezone().date(),
        "questionnaire": questionnaire,
        "leaflet": leaflet,
        "letter": letter,
        "what_if": what_if,
        "recalculations": matcher.weights.RECALCULATIONS,
    } | _other_ways(kb, questionnaire, asked, found)


def _other_ways(
    kb: KnowledgeBase, questionnaire: Questionnaire, asked: address.Address, found: matcher.Advice
) -> dict[str, Any]:
    """Doubt, what if, and why not."""
    before = matcher.recommend(kb, *asked.before) if asked.changed else found
    named = kb.find(asked.why_not)
    alone = not letter.several(asked.profile)
    helpful = matcher.most_helpful_question(kb, asked.profile, asked.context, asked.wishes) if alone else None
    return {
        "changes": list(what_if.changes(kb, questionnaire, asked)),
        "moved": list(matcher.moved(before, found)),
        "form": what_if.form(kb, questionnaire, asked),
        "helpful": what_if.ask(kb, questionnaire, asked, helpful),
        "why_not": matcher.why_not(found, named) if named else None,
        "why_not_page": named,
        "titles": what_if.titles(kb.interventions),
    }


def _here(request: Request) -> str:
    """The address to copy, with the scheme that visitors use."""
    return str(request.url.replace(scheme=urlsplit(request.app.state.settings.base_url).scheme))

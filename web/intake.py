"""The snelscan and the advice. Nothing is stored: the form carries its answers, and the address of an advice is the whole input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter
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
from web import leaflet, letter, steps
from web.render import page

router = APIRouter(include_in_schema=False)

OTHER_VERSION = "vragenlijst"
"""An address from another version of the questionnaire still gives an advice, with a remark."""

Typed = dict[str, list[str]]


def _kb(request: Request) -> KnowledgeBase:
    found: KnowledgeBase = request.app.state.kb
    return found


def _questionnaire(request: Request) -> Questionnaire:
    found: Questionnaire = request.app.state.questionnaire
    return found


def _show(request: Request, step_id: str, typed: Typed, problems: Mapping[str, str], status: int = 200) -> HTMLResponse:
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
    )


@router.get("/snelscan")
async def scan(request: Request) -> HTMLResponse:
    """The first step, or any step filled in from the address of an advice."""
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key in QUERY_KEYS]
    typed: Typed = {}
    if pairs:
        profile, context, _ = from_query(pairs)
        typed = to_answers(profile, context, _questionnaire(request))
    return _show(request, request.query_params.get("stap", ""), typed, {})


@router.post("/snelscan")
async def answer(request: Request) -> Response:
    """Verder checks this step, Terug checks nothing; the last Verder leads to the advice."""
    typed = await _typed(request)
    step_id = next(iter(typed.pop("stap", [])), "")
    action = next(iter(typed.pop("actie", [])), "verder")
    questionnaire = _questionnaire(request)
    plan = steps.plan(questionnaire, _kb(request).factors, typed)
    step = steps.find(plan, step_id)
    if action == "terug":
        return _show(request, steps.neighbour(plan, step, -1).id, typed, {})
    wrong = steps.problems(questionnaire, steps.read(questionnaire, typed, step))
    if wrong:
        return _show(request, step.id, typed, wrong, 400)
    following = steps.neighbour(plan, step, 1)
    return _finish(request, plan, typed) if following is step else _show(request, following.id, typed, {})


async def _typed(request: Request) -> Typed:
    """What came in, as text; a file is not an answer."""
    typed: Typed = {}
    async with request.form(max_files=0) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                typed.setdefault(name, []).append(value)
    return typed


def _finish(request: Request, plan: Sequence[steps.Step], typed: Typed) -> Response:
    """Off to the advice; or back to the first step where something is wrong."""
    questionnaire = _questionnaire(request)
    form = steps.read(questionnaire, typed)
    wrong = steps.problems(questionnaire, form)
    step = steps.first_wrong(plan, wrong)
    if step:
        return _show(request, step.id, typed, wrong, 400)
    profile = quick_scan(questionnaire, _kb(request).factors, form.response)
    return RedirectResponse(f"/advies?{urlencode(to_query(profile, form.context))}", 303)


@router.get("/advies")
async def advice(request: Request) -> HTMLResponse:
    """The letter. Keys that mean nothing here are named and left aside; a value that cannot be read makes it a bad question."""
    pairs = request.query_params.multi_items()
    known = [(key, value) for key, value in pairs if key in QUERY_KEYS]
    ignored = list(dict.fromkeys(key for key, _ in pairs if key not in QUERY_KEYS))
    profile, context, problems = from_query(known)
    wrong = [problem for problem in problems if problem.field != OTHER_VERSION]
    query = urlencode(known)
    if wrong or not known:
        return page(request, "bad_address.html", 400, problems=wrong, query=query)
    kb = _kb(request)
    found = matcher.recommend(kb, profile, context)
    return page(
        request,
        "advice.html",
        advice=found,
        context=context,
        profile=profile,
        sight=letter.sight(kb, profile, found),
        ignored=ignored,
        remarks=[problem.message for problem in problems],
        query=query,
        here=_here(request),
        today=datetime.now(UTC).astimezone().date(),
        questionnaire=_questionnaire(request),
        leaflet=leaflet,
        letter=letter,
    )


def _here(request: Request) -> str:
    """The address to copy, with the scheme that visitors use."""
    return str(request.url.replace(scheme=urlsplit(request.app.state.settings.base_url).scheme))

"""Filling in a meting, without an account: a link, the questions step by step, back later on this device or with a personal code.

Only the role is kept. What may be saved is decided in assessment.store; nothing here knows who a respondent is.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assessment import Questionnaire, parse, screening, store, trend_field
from kb import KnowledgeBase
from web import accounts, steps, visitors
from web.accounts import Account, TooManyError
from web.intake import Typed
from web.visitors import BROWSER, Doors, database, go, one, show

router = Doors()

UNKNOWN = "Deze link werkt niet (meer). Kijk of hij helemaal is overgenomen, of vraag een nieuwe aan wie u uitnodigde."
NO_ROLE = "Kies wat het beste bij u past."
WRONG_CODE = "Deze code kennen wij niet bij deze meting. Kijk of u hem goed heeft overgenomen."
FULL = "Deze meting heeft al heel veel invullers. Vraag het na bij wie u uitnodigde."
SURE = "zeker-"
"""Before the name of an open question: 'there is no name in it'."""
DEVICE = "kast-invulling-"
AFTER_CLOSING = 24 * 3600
"""Seconds that a device still knows its invulling after the meting closed, to print a copy."""


@dataclass(frozen=True)
class Visit:
    """Somebody with a link: the meting, and their invulling when this device has one."""

    token: str
    meting: store.Invited
    questionnaire: Questionnaire
    response: store.OwnResponse | None
    code: str

    @property
    def here(self) -> str:
        return f"/invullen/{self.token}"

    @property
    def asked_role(self) -> str:
        return self.response.role if self.response else ""

    @property
    def answers(self) -> Mapping[str, Sequence[str]]:
        return self.response.answers if self.response else {}

    @cached_property
    def cookie(self) -> str:
        return DEVICE + self.meting.id


def visit(request: Request, token: str) -> Visit:
    """Raises HTTPException 404 for a link that leads nowhere."""
    with database(request).read() as session:
        meting = store.invited(session, token[:60])
        if meting is None:
            raise HTTPException(404, UNKNOWN, visitors.PRIVATE)
        device, _, code = visitors.cookie(request, DEVICE + meting.id).partition(".")
        response = store.response_by(session, meting, store.device_hash(meting.id, device)) if device else None
        questionnaire = store.questionnaire_of(session, meting)
    return Visit(token, meting, questionnaire, response, code if response else "")


def _kb(request: Request) -> KnowledgeBase:
    found: KnowledgeBase = request.app.state.kb
    return found


@router.get("/invullen/{token}")
def arrive(request: Request, _account: Account | None, token: str) -> Response:
    return _landing(request, visit(request, token))


def _landing(request: Request, here: Visit, wrong: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """What this is about, and how to begin or go on."""
    return show(
        request,
        "respond_start.html",
        status,
        visit=here,
        area=here.meting.area,
        begin=secrets.token_urlsafe(16),
        problems=wrong or {},
    )


@router.post("/invullen/{token}")
def begin(request: Request, _account: Account | None, typed: Typed, token: str) -> Response:
    """An invulling of one's own. The same form sent twice begins one."""
    here = visit(request, token)
    role = here.meting.role or one(typed, "rol")
    if role not in here.questionnaire.roles:
        return _landing(request, here, {"rol": NO_ROLE}, 400)
    device, code = secrets.token_urlsafe(24), store.new_code()
    keys = [store.device_hash(here.meting.id, device), store.code_hash(here.meting.id, code)]
    form_key = f"{visitors.cookie(request, BROWSER)} {one(typed, 'begin')}"
    try:
        with database(request).write() as session:
            store.start(session, here.meting, role, form_key, keys)
    except store.ClosedError:
        return _landing(request, here, status=409)
    except store.FullError:
        return _landing(request, here, {"rol": FULL}, 409)
    return _remember(request, here, device, code, go(f"{here.here}/vragen"))


def _remember(request: Request, here: Visit, device: str, code: str, response: Response) -> Response:
    """This device may open the invulling again until the meting has closed."""
    left = int((here.meting.closes_at - store.now()).total_seconds()) + AFTER_CLOSING
    visitors.set_cookie(request, response, here.cookie, f"{device}.{code}", left)
    return response


@router.post("/invullen/{token}/code")
def resume(request: Request, _account: Account | None, typed: Typed, token: str) -> Response:
    """Go on with a personal code, on another device."""
    here = visit(request, token)
    keys = accounts.attempt_keys(f"code {here.meting.id} {visitors.place(request)}", visitors.place(request))
    device, code = secrets.token_urlsafe(24), store.spelled(one(typed, "code"))
    try:
        with database(request).write() as session:
            accounts.count_attempt(session, *keys)
            found = store.response_by(session, here.meting, store.code_hash(here.meting.id, code))
            if found:
                store.open_with(session, found.id, [store.device_hash(here.meting.id, device)])
                accounts.forgive(session, *keys)
    except TooManyError as error:
        return _landing(request, here, {"code": str(error)}, 429)
    if found is None:
        return _landing(request, here, {"code": WRONG_CODE}, 400)
    return _remember(request, here, device, code, go(f"{here.here}/vragen"))


@router.post("/invullen/{token}/ander")
def somebody_else(request: Request, _account: Account | None, _typed: Typed, token: str) -> Response:
    """Another person on the same device: forget here whose invulling it was. It stays, with its code."""
    here = visit(request, token)
    response = go(here.here)
    visitors.drop_cookie(request, response, here.cookie)
    return response


@router.get("/invullen/{token}/vragen")
def question(request: Request, _account: Account | None, token: str) -> Response:
    """One step, as it was saved: the one asked for, or the first with something left to answer."""
    here = visit(request, token)
    if here.response is None:
        return go(here.here)
    plan = _plan(request, here, here.answers)
    asked = request.query_params.get("stap", "")
    step = steps.find(plan, asked) if asked else _first_unanswered(plan, here)
    return _step(request, here, plan, step, here.answers, {})


def _plan(request: Request, here: Visit, answers: Mapping[str, Sequence[str]]) -> tuple[steps.Step, ...]:
    factors = _kb(request).factors
    return steps.meting_plan(here.questionnaire, factors, answers, here.meting.short, here.asked_role)


def _first_unanswered(plan: Sequence[steps.Step], here: Visit) -> steps.Step:
    """A step without any answer yet; the first one when all have."""
    asked = [step for step in plan if not step.is_empty]
    return next((step for step in asked if not set(step.field_ids) & here.answers.keys()), asked[0])


def _step(
    request: Request,
    here: Visit,
    plan: Sequence[steps.Step],
    step: steps.Step,
    typed: Mapping[str, Sequence[str]],
    wrong: Mapping[str, str],
    status: int = 200,
) -> Response:
    shown = tuple(each for each in plan if not each.is_empty)
    return show(
        request,
        "respond_step.html",
        status,
        visit=here,
        view=steps.page(
            shown if step is shown[-1] else plan, step, typed, wrong, store.youth_count(here.questionnaire, here.meting)
        ),
        questionnaire=here.questionnaire,
        steps=steps,
        trend_field=trend_field,
        closed=status == 409,
        doubted=[name for name in step.field_ids if wrong.get(name) == screening.NAME],
        sure=SURE,
    )


@router.post("/invullen/{token}/vragen")
def answer(request: Request, _account: Account | None, typed: Typed, token: str) -> Response:
    """Save what is good on this page, whatever button was pressed; what is not good is shown again beside its message."""
    here = visit(request, token)
    if here.response is None:
        return go(here.here)
    plan = _plan(request, here, here.answers)
    step, action = steps.find(plan, one(typed, "stap")), one(typed, "actie")
    given = {name: typed[name] for name in step.field_ids if name in typed}
    together = {**here.answers, **given}
    wrong = _problems(here, step, together, typed)
    good = {name: one(given, name) for name in given if name not in wrong}
    after = _after(request, here, step, together, action)
    try:
        with database(request).write() as session:
            store.save(session, here.response, good)
            if not wrong and after is None and action == "verder":
                store.finish(session, here.response)
    except store.ClosedError:
        return _step(request, here, plan, step, together, {}, 409)
    if wrong and action != "terug":
        return _step(request, here, plan, step, together, wrong, 400)
    return go(f"{here.here}/vragen?stap={after.id}" if after else f"{here.here}/klaar")


def _problems(here: Visit, step: steps.Step, together: Mapping[str, Sequence[str]], typed: Typed) -> dict[str, str]:
    """What is wrong on this page, free text that says too much included."""
    read = parse(
        together, questionnaire=here.questionnaire, only=step.field_ids, short=here.meting.short, role=here.asked_role
    )
    wrong = dict(read.problems)
    for section in step.sections if step.remarks else ():
        said = screening.objection("\n".join(together.get(section.remark_id, ())))
        if said and not (said == screening.NAME and one(typed, SURE + section.remark_id)):
            wrong.setdefault(section.remark_id, said)
    return wrong


def _after(
    request: Request, here: Visit, step: steps.Step, answers: Mapping[str, Sequence[str]], action: str
) -> steps.Step | None:
    """The step after this one, or None at the end; what has just been answered can bring the questions about change."""
    if action == "stoppen":
        return None
    plan = _plan(request, here, answers)
    now = next(each for each in plan if each.id == step.id)
    following = steps.neighbour(plan, now, -1 if action == "terug" else 1)
    return None if following is now and action != "terug" else following


@router.get("/invullen/{token}/klaar")
def done(request: Request, _account: Account | None, token: str) -> Response:
    """Thanks, the code, and what can still be done."""
    here = visit(request, token)
    if here.response is None:
        return go(here.here)
    return show(request, "respond_done.html", visit=here, finished=here.response.finished_at is not None)


@router.get("/invullen/{token}/kopie")
def copy(request: Request, _account: Account | None, token: str) -> Response:
    """One's own answers with their questions, to print or keep."""
    here = visit(request, token)
    if here.response is None:
        return go(here.here)
    plan = [step for step in _plan(request, here, here.answers) if not step.is_empty]
    return show(request, "respond_copy.html", visit=here, pages=[(step, list(_said(here, step))) for step in plan])


def _said(here: Visit, step: steps.Step) -> list[tuple[str, str]]:
    """Question and answer in words, in the order of the page."""
    scales = {item.id: item.scale for section in step.sections for item in section.items}
    scales |= {section.certainty_id: here.questionnaire.closing.certainty.scale for section in step.sections}
    scales |= {trend_field(factor.id): here.questionnaire.follow_up.trend.scale for factor in step.trends}
    said = []
    for name, label in step.labels.items():
        value = next(iter(here.answers.get(name, ())), "")
        words = (
            {answer.code: answer.label for answer in here.questionnaire.choices(scales[name])} if name in scales else {}
        )
        said.append((label, words.get(value, value) or "niet ingevuld"))
    return said


@router.post("/invullen/{token}/verwijderen")
def take_back(request: Request, _account: Account | None, _typed: Typed, token: str) -> Response:
    """All one's answers go, as long as the meting is open."""
    here = visit(request, token)
    if here.response is None:
        return go(here.here)
    try:
        with database(request).write() as session:
            store.forget(session, here.response)
    except store.ClosedError:
        return show(request, "respond_done.html", 409, visit=here, finished=True)
    response = show(request, "respond_gone.html", visit=here)
    visitors.drop_cookie(request, response, here.cookie)
    return response

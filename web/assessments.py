"""What a coördinator does with metingen: make one, hand out its links, see how far it is, close it, throw it away.

Every address carries the id of a meting; `own` gives it only to its gemeente. For anybody else it does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import segno
from markupsafe import Markup
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assessment import (
    MIN_RESPONDENTS,
    WORKING_RESPONDENTS,
    ParsedForm,
    Questionnaire,
    get_municipality,
    parse,
    screening,
    store,
)
from web import accounts, steps, visitors
from web.accounts import Account
from web.administration import own_address
from web.intake import Typed
from web.visitors import Doors, coordinator, database, go, one, reader, show

router = Doors()

SOONEST, LATEST = timedelta(days=1), timedelta(days=366)
USUAL = timedelta(days=21)
"""Three weeks: long enough to remind people once."""
EVERYBODY = "open"
"""Among the roles: one link with which the respondent chooses."""
NO_VERSION = "Kies de korte of de lange versie."
NO_LINKS = "Kies minstens één rol, of de link waarmee iedereen zelf een rol kiest."
NO_DATE = "Kies een dag van morgen tot over een jaar."
CLOSED = (
    "Deze meting is al gesloten. Wat gesloten is, gaat niet meer open; dan zou te herleiden zijn wie wat antwoordde."
)


def own(session: Session, account: Account, assessment_id: str) -> store.Assessment:
    """The meting, when it is of the gemeente of this account. Raises HTTPException 404."""
    found = store.get(session, assessment_id, account.municipality or "")
    if found is None:
        raise HTTPException(404, headers=visitors.PRIVATE)
    return found


def area_in_words(meting: store.Assessment) -> str:
    """'Wesselerbrink in Enschede'."""
    municipality = get_municipality(meting.municipality)
    return f"{meting.area} in {municipality.name}" if municipality else meting.area


def last_day(moment: datetime) -> date:
    """The last day on which answers are taken, on the clock of the server."""
    return (moment - timedelta(seconds=1)).astimezone().date()


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min).astimezone(UTC)


@router.get("/metingen", reader)
def overview(request: Request, account: Account) -> Response:
    """All metingen of one's gemeente, with how many people took part."""
    with database(request).read() as session:
        mine = [(each, store.progress(session, each)) for each in store.all_of(session, account.municipality or "")]
    rows = [(each, sum(role.started for role in roles.values())) for each, roles in mine]
    name = accounts.organisation_name(account.organisation)
    return show(request, "assessments.html", account=account, rows=rows, name=name, last_day=last_day)


@router.get("/metingen/nieuw", coordinator)
def ask(request: Request, account: Account) -> Response:
    return _ask(request, account, {}, {})


def _ask(request: Request, account: Account, typed: Typed, wrong: Mapping[str, str]) -> Response:
    questionnaire: Questionnaire = request.app.state.questionnaire
    step = steps.situation_steps(questionnaire)[0]
    return show(
        request,
        "assessment_new.html",
        400 if wrong else 200,
        account,
        view=steps.page([step], step, typed, wrong, None),
        roles=questionnaire.roles,
        questionnaire=questionnaire,
        everybody=EVERYBODY,
        chosen=typed.get("rollen", [] if typed else list(questionnaire.roles)),
        version=one(typed, "versie"),
        closing=one(typed, "sluit") or (datetime.now().astimezone().date() + USUAL).isoformat(),
        own_labels={"sluit": "Tot en met welke dag?", "versie": "Welke versie?", "rollen": "Wie nodigt u uit?"},
        gemeente=accounts.organisation_name(account.organisation),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A meting as it was filled in."""

    form: ParsedForm
    short: bool
    roles: tuple[str | None, ...]
    closes_at: datetime | None
    problems: dict[str, str]


def read_new(questionnaire: Questionnaire, municipality: str, typed: Typed) -> Wanted:
    """Only the fields of this form count; the gemeente is that of the account, whatever was sent."""
    step = steps.situation_steps(questionnaire)[0]
    given = {name: typed[name] for name in step.field_ids if name in typed} | {"C01": [municipality]}
    form = parse(given, questionnaire=questionnaire, only=step.field_ids)
    chosen = typed.get("rollen", [])
    roles = (*(role for role in questionnaire.roles if role in chosen), *([None] if EVERYBODY in chosen else []))
    version, closes_at = one(typed, "versie"), read_day(one(typed, "sluit"))
    problems = dict(form.problems)
    said = screening.objection(form.context.area or "")
    problems |= {"C02": said} if said else {}
    problems |= {"versie": NO_VERSION} if version not in ("kort", "lang") else {}
    problems |= {} if roles else {"rollen": NO_LINKS}
    problems |= {} if closes_at else {"sluit": NO_DATE}
    return Wanted(form, version == "kort", roles, closes_at, problems)


def a_day(text: str) -> date | None:
    """A day as a browser sends it (2026-12-31), or as one types it where there is no calendar to pick from (31-12-2026)."""
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  a day has no time zone
    return None


def read_day(text: str) -> datetime | None:
    """The moment after that day, when it lies within what is allowed."""
    day, today = a_day(text), datetime.now().astimezone().date()
    return end_of(day) if day and today + SOONEST <= day <= today + LATEST else None


@router.post("/metingen/nieuw", coordinator)
def make(request: Request, account: Account, typed: Typed) -> Response:
    """A meting of one's own gemeente, with its links."""
    assert account.municipality  # noqa: S101  a coördinator has one
    wanted = read_new(request.app.state.questionnaire, account.municipality, typed)
    if wanted.problems or wanted.closes_at is None:
        return _ask(request, account, typed, wanted.problems)
    situation = {name: list(values) for name, values in wanted.form.typed.items()}
    with database(request).write() as session:
        made = store.create(
            session,
            municipality=account.municipality,
            area=wanted.form.context.area or "",
            short=wanted.short,
            situation=situation,
            roles=wanted.roles,
            closes_at=wanted.closes_at,
            created_by=str(account.number),
        )
        accounts.log(session, account, "meting maken", made.id)
    return go(f"/metingen/{made.id}")


@dataclass(frozen=True, slots=True)
class Link:
    """One link to hand out."""

    number: int
    role: str
    address: str

    @property
    def qr(self) -> Markup:
        """As a drawing that a phone can read, on white in dark mode too."""
        return Markup(segno.make(self.address, error="m").svg_inline(border=3, light="white", omitsize=True))  # noqa: S704  only squares


def _links(request: Request, session: Session, meting: store.Assessment, questionnaire: Questionnaire) -> list[Link]:
    return [
        Link(link.id or 0, questionnaire.roles.get(link.role or "", "Iedereen (kiest zelf een rol)"), own_address(request, f"/invullen/{link.token}"))
        for link in store.invitations(session, meting)
    ]  # fmt: skip


@router.get("/metingen/{id}", reader)
def one_meting(request: Request, account: Account, id: str) -> Response:  # noqa: A002  the name in the address
    """How far it is, and what can be done now."""
    return _meting(request, account, id)


def _meting(request: Request, account: Account, assessment_id: str, wrong: str = "") -> Response:
    with database(request).read() as session:
        meting = own(session, account, assessment_id)
        questionnaire = store.questionnaire_of(session, meting)
        progress = store.progress(session, meting)
        links = _links(request, session, meting, questionnaire)
    return show(
        request,
        "assessment.html",
        409 if wrong else 200,
        account,
        meting=meting,
        area=area_in_words(meting),
        links=links,
        rows=[(name, progress.get(role)) for role, name in questionnaire.roles.items()],
        total=sum(role.started for role in progress.values()),
        least=MIN_RESPONDENTS,
        working=WORKING_RESPONDENTS,
        last_day=last_day(meting.closes_at),
        described=_described(questionnaire, meting),
        wrong=wrong,
    )


def _described(questionnaire: Questionnaire, meting: store.Assessment) -> tuple[int, int]:
    """How many questions about the situation have an answer, and how many there are."""
    asked = steps.situation_steps(questionnaire)[1].field_ids
    return sum(bool(meting.situation.get(name)) for name in asked), len(asked)


@router.get("/metingen/{id}/uitnodiging", reader)
def print_links(request: Request, account: Account, id: str) -> Response:  # noqa: A002
    """One sheet per role, with the link and a square for a phone."""
    with database(request).read() as session:
        meting = own(session, account, id)
        questionnaire = store.questionnaire_of(session, meting)
        links = _links(request, session, meting, questionnaire)
    duration = questionnaire.duration.short if meting.short else questionnaire.duration.long
    return show(
        request,
        "assessment_links.html",
        account=account,
        meting=meting,
        duration=duration,
        links=links,
        area=area_in_words(meting),
        last_day=last_day(meting.closes_at),
    )


@router.post("/metingen/{id}/links/{number:int}", coordinator)
def renew_link(request: Request, account: Account, _typed: Typed, id: str, number: int) -> Response:  # noqa: A002
    """A link that went to the wrong people stops working; whoever began goes on with the new one and the personal code."""
    with database(request).write() as session:
        meting = own(session, account, id)
        if not store.renew(session, meting, number):
            raise HTTPException(404, headers=visitors.PRIVATE)
        accounts.log(session, account, "link vernieuwen", meting.id)
    return go(f"/metingen/{id}")


@router.get("/metingen/{id}/sluiten", coordinator)
def ask_closing(request: Request, account: Account, id: str) -> Response:  # noqa: A002
    """Whether to close now: it cannot be undone."""
    with database(request).read() as session:
        meting = own(session, account, id)
        progress = store.progress(session, meting)
    if not meting.is_open:
        return go(f"/metingen/{id}")
    return show(
        request,
        "assessment_close.html",
        account=account,
        meting=meting,
        area=area_in_words(meting),
        started=sum(role.started for role in progress.values()),
        finished=sum(role.finished for role in progress.values()),
        roles=sum(role.started > 0 for role in progress.values()),
        least=MIN_RESPONDENTS,
        working=WORKING_RESPONDENTS,
    )


@router.post("/metingen/{id}/sluiten", coordinator)
def close(request: Request, account: Account, typed: Typed, id: str) -> Response:  # noqa: A002
    """Close now, or on another day. A closed meting stays closed."""
    moment = store.now() if one(typed, "actie") == "nu" else read_day(one(typed, "sluit"))
    if moment is None:
        return _meting(request, account, id, NO_DATE)
    try:
        with database(request).write() as session:
            meting = own(session, account, id)
            store.close(session, meting, moment)
            accounts.log(session, account, "meting sluiten", meting.id)
    except store.ClosedError:
        return _meting(request, account, id, CLOSED)
    return go(f"/metingen/{id}")


@router.get("/metingen/{id}/situatie", reader)
def situation(request: Request, account: Account, id: str) -> Response:  # noqa: A002
    """The rest of the situation: what the advice needs besides the profile."""
    with database(request).read() as session:
        meting = own(session, account, id)
        questionnaire = store.questionnaire_of(session, meting)
    return _situation(request, account, meting, questionnaire, meting.situation, {})


def _situation(
    request: Request,
    account: Account,
    meting: store.Assessment,
    questionnaire: Questionnaire,
    typed: Mapping[str, list[str]],
    wrong: Mapping[str, str],
) -> Response:
    step = steps.situation_steps(questionnaire)[1]
    return show_step(request, "assessment_situation.html", account, meting, step, typed, wrong)


def show_step(
    request: Request,
    template: str,
    account: Account,
    meting: store.Assessment,
    step: steps.Step,
    typed: Mapping[str, list[str]],
    wrong: Mapping[str, str],
    **more: Any,
) -> Response:
    """A page with one step of questions for the coördinator, with what was typed and what is wrong with it."""
    view = steps.page([step], step, typed, wrong, None)
    status = 400 if wrong else 200
    return show(request, template, status, account, meting=meting, area=area_in_words(meting), view=view, **more)


def filled(typed: Typed, names: Iterable[str]) -> dict[str, list[str]]:
    """What was filled in at these questions; a box that was emptied is empty, not absent."""
    return {name: [value for value in typed.get(name, []) if value.strip()] for name in names}


@router.post("/metingen/{id}/situatie", coordinator)
def describe(request: Request, account: Account, typed: Typed, id: str) -> Response:  # noqa: A002
    """What is filled in must be right; what is empty may wait."""
    with database(request).write() as session:
        meting = own(session, account, id)
        questionnaire = store.questionnaire_of(session, meting)
        step = steps.situation_steps(questionnaire)[1]
        given = filled(typed, step.field_ids)
        form = parse(given, questionnaire=questionnaire, only=step.field_ids)
        wrong = {name: message for name, message in form.problems.items() if given[name]}
        if not wrong:
            store.describe(session, meting, given)
            accounts.log(session, account, "situatie beschrijven", meting.id)
    if wrong:
        return _situation(request, account, meting, questionnaire, given, wrong)
    return go(f"/metingen/{id}")


@router.get("/metingen/{id}/verwijderen", coordinator)
def ask_removal(request: Request, account: Account, id: str) -> Response:  # noqa: A002
    with database(request).read() as session:
        meting = own(session, account, id)
        total = sum(role.started for role in store.progress(session, meting).values())
    return show(
        request, "assessment_remove.html", account=account, meting=meting, area=area_in_words(meting), total=total
    )


@router.post("/metingen/{id}/verwijderen", coordinator)
def remove(request: Request, account: Account, _typed: Typed, id: str) -> Response:  # noqa: A002
    """Everything of this meting goes; it cannot be undone."""
    with database(request).write() as session:
        meting = own(session, account, id)
        store.remove(session, meting)
        accounts.log(session, account, "meting verwijderen", id)
    return go("/metingen")

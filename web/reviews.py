"""Who keeps which page and when it must be looked over again: a page for people and a calendar (iCalendar) for each keeper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kb import Intervention, Tasks, as_slug, review_due, tasks
from web.changes import today
from web.pages import Pages
from web.render import page

router = Pages()


def calendar(kept: Tasks, base_url: str) -> Calendar:
    """One day-long event for each page, on the day it is due (RFC 5545)."""
    found = Calendar()
    found.add("prodid", "-//Apothekerskast Jeugd//nakijken//NL")
    found.add("version", "2.0")
    found.add("x-wr-calname", f"Nakijken: {kept.maintainer}")
    for intervention in kept.pages:
        found.add_component(_event(intervention, base_url))
    return found


def _event(intervention: Intervention, base_url: str) -> Event:
    day, address = review_due(intervention), f"{base_url}/interventies/{intervention.id}"
    event = Event()
    event.add("uid", f"nakijken-{intervention.id}@{base_url.partition('//')[2].partition(':')[0]}")
    event.add("dtstamp", datetime.combine(intervention.checked_on, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"Nakijken: {intervention.title}")
    event.add("description", f"Klopt deze bladzijde nog? Pas daarna 'gecontroleerd_op' aan. {address}")
    event.add("url", address)
    return event


def address_of(kept: Tasks) -> str:
    """Where the calendar of a keeper is; names that differ only in signs share one."""
    return f"/nakijken/{as_slug(kept.maintainer) or 'beheerder'}.ics"


def _tasks(request: Request) -> tuple[Tasks, ...]:
    return tasks(request.app.state.kb.interventions, today())


@router.get("/nakijken")
def overview(request: Request) -> HTMLResponse:
    return page(request, "reviews.html", keepers=_tasks(request), address_of=address_of, review_due=review_due)


@router.get("/nakijken/{name}.ics")
def one_calendar(request: Request, name: str) -> Response:
    found = [kept for kept in _tasks(request) if address_of(kept) == f"/nakijken/{name}.ics"]
    if not found:
        raise HTTPException(404, "Deze beheerder kennen wij niet.")
    body = calendar(_together(found), request.app.state.settings.base_url).to_ical()
    return Response(body, media_type="text/calendar; charset=utf-8")


def _together(found: Iterable[Tasks]) -> Tasks:
    first, *others = found
    return Tasks(first.maintainer, tuple(page for kept in (first, *others) for page in kept.pages))

"""After a meting has closed: its profile, the conversation about it, and what was agreed. Only what may leave a meting is shown.

The profile is made coarse first (assessment.publication); nothing on these pages comes from anything finer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import matcher
from assessment import (
    LOW_AGREEMENT,
    MIN_RESPONDENTS,
    MIN_ROLES,
    Context,
    Difference,
    Profile,
    careful,
    changes,
    is_group_asked,
    published,
    screening,
    store,
    to_query,
)
from kb import Domain, Factor, KnowledgeBase
from web import accounts, beside, letter, visitors
from web.accounts import Account
from web.assessments import a_day, area_in_words, last_day, own
from web.beside import profile_of
from web.intake import Typed
from web.visitors import Doors, coordinator, database, go, one, reader, show

router = Doors()

STILL_OPEN = (
    "Het profiel is er pas als de meting gesloten is. Anders zou te herleiden zijn wat de laatste invuller antwoordde."
)
NO_REASON = "Schrijf op waarom u dit onderwerp verplaatst, toevoegt of weglaat."
SAME_PLACE = "Twee onderwerpen staan op dezelfde plaats. Geef elk een eigen plaats."
NOTHING = "Kies minstens één onderwerp."
NO_DAY = "Vul de dag van het gesprek in, zoals 31-12-2026."
TOO_LONG = "Gebruik hoogstens {most} tekens; maak de tekst korter."
MOST_REASON, MOST_NOTE = 400, 1000
REST = 0
"""Place of what is not chosen."""


@dataclass(frozen=True, slots=True)
class Look:
    """A closed meting as it may be seen."""

    meting: store.Assessment
    context: Context
    profile: Profile
    """Published: in fives."""
    roles: Mapping[str, str]
    earlier: tuple[date, Mapping[str, Difference]] | None
    """Day and differences of the previous meting of the same area."""
    beside: Mapping[str, Sequence[str]]
    """What registration figures and roles say about each factor."""
    ask_about_group: bool
    """Is the problem a group that partners do not know yet?"""

    @property
    def total(self) -> int:
        return sum(self.profile.respondents.values())


def look(session: Session, kb: KnowledgeBase, meting: store.Assessment) -> Look:
    """Raises HTTPException 404 while the meting is open."""
    if meting.is_open:
        raise HTTPException(404, STILL_OPEN, visitors.PRIVATE)
    questionnaire = store.questionnaire_of(session, meting)
    now = profile_of(session, kb, meting)
    before = store.previous(session, meting)
    earlier = None
    if before:
        earlier = (last_day(before.closes_at), changes(profile_of(session, kb, before), now))
    shown = published(now)
    context = careful(questionnaire.group, store.context_of(questionnaire, meting))
    said = beside.together([beside.figures(session, meting), beside.roles(session, kb, meting, shown)])
    unknown = is_group_asked(questionnaire.group, context) and context.group_knowledge != "ja"
    return Look(meting, context, shown, questionnaire.roles, earlier, said, unknown)


@dataclass(frozen=True, slots=True)
class Row:
    """One factor of the profile in words."""

    bar: letter.Bar
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One leefgebied, risk beside protection."""

    domain: Domain
    risks: tuple[Row, ...]
    protects: tuple[Row, ...]


def parts(kb: KnowledgeBase, seen: Look) -> Iterator[Part]:
    """Every leefgebied with something to show, in the order of the taxonomy."""
    shown = [kb.factors[factor_id] for factor_id in kb.factors if factor_id in seen.profile.scores]
    for domain in dict.fromkeys(factor.domain for factor in shown):
        rows = [(factor, _row(factor, seen)) for factor in shown if factor.domain == domain]
        yield Part(domain, tuple(r for f, r in rows if f.is_risk), tuple(r for f, r in rows if not f.is_risk))


def _row(factor: Factor, seen: Look) -> Row:
    found = seen.profile.scores[factor.id]
    said = []
    if found.agreement is not None and found.agreement < LOW_AGREEMENT:
        said.append("hierover verschilt men van mening")
    if found.diverging:
        said.append("cijfers en ervaring lopen uiteen")
    return Row(letter.bar(factor, found), (*said, *seen.beside.get(factor.id, ())))


def _untold(kb: KnowledgeBase, seen: Look) -> list[Factor]:
    """Factors that too few people answered to show."""
    return [factor for factor_id, factor in kb.factors.items() if factor_id not in seen.profile.scores]


def advice_address(seen: Look, agreed: Iterable[str] = ()) -> str:
    """The profile, the situation and what was agreed, as the address of an advice."""
    pairs = [*to_query(seen.profile, seen.context), *((matcher.AGREED_KEY, axis) for axis in agreed)]
    return f"/advies?{urlencode(pairs)}"


def _seen(request: Request, account: Account, assessment_id: str) -> tuple[Look, matcher.Priorities]:
    kb: KnowledgeBase = request.app.state.kb
    with database(request).read() as session:
        seen = look(session, kb, own(session, account, assessment_id))
    return seen, matcher.prioritise(kb.factors, seen.profile)


def _agreed(request: Request, seen: Look) -> tuple[store.Conversation | None, list[store.AgreedPriority]]:
    with database(request).read() as session:
        return store.agreed(session, seen.meting)


@router.get("/metingen/{id}/profiel", reader)
def profile(request: Request, account: Account, id: str) -> Response:  # noqa: A002  the name in the address
    """What people who know the area together say of it."""
    kb: KnowledgeBase = request.app.state.kb
    seen, suggested = _seen(request, account, id)
    with database(request).read() as session:
        region = beside.laid(kb, beside.region(session, kb, seen.meting, seen.profile))
    talk, chosen = _agreed(request, seen)
    return show(
        request,
        "assessment_profile.html",
        account=account,
        seen=seen,
        area=area_in_words(seen.meting),
        last_day=last_day(seen.meting.closes_at),
        parts=list(parts(kb, seen)),
        changed=beside.laid(kb, seen.earlier[1]) if seen.earlier else [],
        region=region,
        untold=_untold(kb, seen),
        priorities=suggested,
        acute=seen.context.severity == matcher.SEVERITY_ACUTE,
        letter=letter,
        talk=talk,
        advice=advice_address(seen, [row.axis for row in chosen if row.place]),
        minimum=(MIN_RESPONDENTS, MIN_ROLES),
    )


# The conversation


@dataclass(frozen=True, slots=True)
class Candidate:
    """One axis that people may put on their list."""

    axis: str
    name: str
    suggested: int
    """Place in our suggestion, or REST."""
    place: str
    reason: str


def candidates(
    kb: KnowledgeBase, suggested: matcher.Priorities, profile: Profile, typed: Mapping[str, str]
) -> list[Candidate]:
    """What we suggest first, then everything else that was measured."""
    places = {axis.id: place for place, axis in enumerate(suggested.act, 1)}
    measured = dict.fromkeys(kb.factors[f].axis for f in profile.scores if f in kb.factors)
    order = [*places, *(axis.id for axis in suggested.find_out), *measured]
    return [
        Candidate(
            axis,
            _axis_name(kb, profile, axis),
            places.get(axis, REST),
            typed.get(f"plaats-{axis}", str(places.get(axis, REST))),
            typed.get(f"reden-{axis}", ""),
        )
        for axis in dict.fromkeys(order)
    ]


def _axis_name(kb: KnowledgeBase, profile: Profile, axis: str) -> str:
    named = (factor for factor_id, factor in kb.factors.items() if factor.axis == axis and factor_id in profile.scores)
    return next((factor.name for factor in named), axis)


def most_places(listed: Sequence[Candidate]) -> int:
    """How many can be chosen: five, or as many as we suggest when the last ones are tied."""
    return max(matcher.weights.MOST_PRIORITIES, *(c.suggested for c in listed), 0)


def moved(listed: Sequence[Candidate]) -> set[str]:
    """The axes that need a reason: added, dropped, and the fewest that explain the new order of the rest."""
    chosen = sorted((c for c in listed if c.place not in ("", str(REST))), key=lambda c: int(c.place))
    named = {c.axis for c in chosen}
    kept = [c for c in chosen if c.suggested != REST]
    still = {c.axis for c in _longest_in_order(kept)}
    dropped = {c.axis for c in listed if c.suggested != REST and c.axis not in named}
    added = {c.axis for c in chosen if c.suggested == REST}
    return dropped | added | {c.axis for c in kept if c.axis not in still}


def _longest_in_order(kept: Sequence[Candidate]) -> list[Candidate]:
    """The longest row of candidates that still stand in the suggested order."""
    best: list[list[Candidate]] = []
    for one_more in kept:
        before = [row for row in best if row[-1].suggested < one_more.suggested]
        best.append([*max(before, key=len, default=[]), one_more])
    return max(best, key=len, default=[])


@router.get("/metingen/{id}/gesprek", reader)
def talk_about(request: Request, account: Account, id: str) -> Response:  # noqa: A002
    """The suggestion, or what was agreed before, to change."""
    seen, suggested = _seen(request, account, id)
    talk, rows = _agreed(request, seen)
    before = {f"plaats-{row.axis}": str(row.place) for row in rows} | {f"reden-{row.axis}": row.reason for row in rows}
    if talk:
        before |= {"datum": talk.held_on.isoformat(), "notitie": talk.note}
        before |= {"jongeren": "ja" if talk.with_youth else "nee", "bewoners": "ja" if talk.with_residents else "nee"}
    return _talk(request, account, seen, suggested, before, {})


def _talk(
    request: Request,
    account: Account,
    seen: Look,
    suggested: matcher.Priorities,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> Response:
    listed = candidates(request.app.state.kb, suggested, seen.profile, typed)
    return show(
        request,
        "assessment_talk.html",
        400 if wrong else 200,
        account,
        seen=seen,
        area=area_in_words(seen.meting),
        suggested=[c for c in listed if c.suggested],
        others=[c for c in listed if not c.suggested],
        most=most_places(listed),
        priorities=suggested,
        acute=seen.context.severity == matcher.SEVERITY_ACUTE,
        typed=typed,
        problems=wrong,
        about={f"reden-{c.axis}": c.name for c in listed},
        most_reason=MOST_REASON,
        most_note=MOST_NOTE,
    )


@router.post("/metingen/{id}/gesprek", coordinator)
def agree(request: Request, account: Account, typed: Typed, id: str) -> Response:  # noqa: A002
    """Keep what was agreed. What differs from the suggestion has a reason; a reason names no person."""
    seen, suggested = _seen(request, account, id)
    given = {name: one(typed, name) for name in typed}
    listed = candidates(request.app.state.kb, suggested, seen.profile, given)
    wrong, held_on = problems(listed, given), a_day(given.get("datum", ""))
    if wrong or held_on is None:
        return _talk(request, account, seen, suggested, given, wrong)
    with database(request).write() as session:
        meting = own(session, account, id)
        talk = store.Conversation(
            assessment_id=meting.id,
            held_on=held_on,
            with_youth=given.get("jongeren") == "ja",
            with_residents=given.get("bewoners") == "ja",
            note=given.get("notitie", ""),
        )
        store.agree(session, talk, list(_rows(meting.id, listed)))
        accounts.log(session, account, "afspraken vastleggen", meting.id)
    return go(f"/metingen/{id}/afspraken")


def problems(listed: Sequence[Candidate], given: Mapping[str, str]) -> dict[str, str]:
    """What must still be mended, by field, in the order of the page."""
    places = [c.place for c in listed if c.place not in ("", str(REST))]
    wrong: dict[str, str] = {}
    if any(not (p.isascii() and p.isdigit() and 0 < int(p) <= most_places(listed)) for p in places) or not places:
        return {"plaatsen": NOTHING}
    if len(set(places)) < len(places):
        return {"plaatsen": SAME_PLACE}
    needed = moved(listed)
    for c in listed:
        said = _text_objection(c.reason, MOST_REASON) or (NO_REASON if c.axis in needed and not c.reason else None)
        wrong |= {f"reden-{c.axis}": said} if said else {}
    if not a_day(given.get("datum", "")):
        wrong["datum"] = NO_DAY
    note = _text_objection(given.get("notitie", ""), MOST_NOTE)
    return wrong | ({"notitie": note} if note else {})


def _text_objection(text: str, most: int) -> str | None:
    return TOO_LONG.format(most=most) if len(text) > most else screening.objection(text)


def _rows(assessment_id: str, listed: Sequence[Candidate]) -> Iterator[store.AgreedPriority]:
    """What was chosen, and what was suggested and dropped; places without gaps."""
    chosen = sorted((c for c in listed if c.place not in ("", str(REST))), key=lambda c: int(c.place))
    dropped = [c for c in listed if c.suggested and c not in chosen]
    for place, c in [*enumerate(chosen, 1), *((REST, c) for c in dropped)]:
        yield store.AgreedPriority(
            assessment_id=assessment_id, axis=c.axis, place=place, suggested=c.suggested or None, reason=c.reason
        )


@router.get("/metingen/{id}/afspraken", reader)
def agreements(request: Request, account: Account, id: str) -> Response:  # noqa: A002
    """One page to print: what was agreed, why it differs from what we suggested, and where to go from here."""
    seen, suggested = _seen(request, account, id)
    talk, rows = _agreed(request, seen)
    if talk is None:
        return go(f"/metingen/{id}/gesprek")
    names = {row.axis: _axis_name(request.app.state.kb, seen.profile, row.axis) for row in rows}
    return show(
        request,
        "assessment_agreed.html",
        account=account,
        seen=seen,
        area=area_in_words(seen.meting),
        talk=talk,
        chosen=[row for row in rows if row.place],
        dropped=[row for row in rows if not row.place],
        names=names,
        priorities=suggested,
        acute=seen.context.severity == matcher.SEVERITY_ACUTE,
        advice=advice_address(seen, [row.axis for row in rows if row.place]),
    )

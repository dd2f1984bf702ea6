"""What a beheerder does: invite people, block them, read the log. Sees no metingen."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from assessment import find_municipality
from web import accounts
from web.accounts import Account, AccountError, Role
from web.intake import Typed
from web.visitors import Doors, administrator, database, go, one, show

router = Doors()

SHOWN_LINES = 200


@router.get("/beheer", administrator)
def overview(request: Request, account: Account) -> Response:
    return _overview(request, account)


def _overview(
    request: Request, account: Account, wrong: str = "", typed: Typed | None = None, link: str = ""
) -> Response:
    with database(request).read() as session:
        people, invited = accounts.all_accounts(session), accounts.open_invitations(session)
    return show(
        request,
        "administration.html",
        400 if wrong else 200,
        account,
        people=people,
        invited=invited,
        roles=list(Role),
        others=accounts.OTHER_ORGANISATIONS,
        organisations=accounts.organisations(),
        organisation_name=accounts.organisation_name,
        role_of=Role,
        wrong=wrong,
        typed={name: one(typed or {}, name) for name in ("email", "rol", "organisatie")},
        link=link,
        days=accounts.INVITATION_VALID.days,
    )


@router.post("/beheer/uitnodigen", administrator)
def invite(request: Request, account: Account, typed: Typed) -> Response:
    """A link to hand over; it is shown once, here."""
    try:
        with database(request).write() as session:
            token = accounts.invite(
                session, one(typed, "rol"), organisation_code(one(typed, "organisatie")), one(typed, "email")
            )
            accounts.log(session, account, "uitnodigen", f"{one(typed, 'rol')} {one(typed, 'organisatie')}")
    except AccountError as error:
        return _overview(request, account, str(error), typed)
    return _overview(request, account, link=own_address(request, f"/welkom/{token}"))


def organisation_code(text: str) -> str:
    """The code of an organisation by its name or code; what is not known stays as it is."""
    bare = text.strip().removeprefix("Gemeente ")
    by_name = {name.casefold(): code for code, name in accounts.OTHER_ORGANISATIONS.items()}
    found = find_municipality(bare)
    return by_name.get(bare.casefold()) or (found.code if found else bare.lower())


def own_address(request: Request, path: str) -> str:
    """A whole address to pass on, with the scheme that visitors use."""
    scheme = urlsplit(request.app.state.settings.base_url).scheme
    return f"{scheme}://{request.url.netloc}{path}"


@router.post("/beheer/uitnodigingen/intrekken", administrator)
def withdraw(request: Request, account: Account, typed: Typed) -> Response:
    """A link that went to the wrong person no longer opens anything."""
    try:
        with database(request).write() as session:
            withdrawn = accounts.withdraw(session, one(typed, "uitnodiging"))
            accounts.log(session, account, "uitnodiging intrekken", f"{withdrawn.role} {withdrawn.organisation}")
    except AccountError as error:
        return _overview(request, account, str(error))
    return go("/beheer")


@router.post("/beheer/accounts/{number:int}", administrator)
def change(request: Request, account: Account, typed: Typed, number: int) -> Response:
    """Block somebody, which signs them out at once, or let them in again."""
    active = one(typed, "actie") == "toelaten"
    try:
        with database(request).write() as session:
            accounts.set_active(session, number, active)
            accounts.log(session, account, "toelaten" if active else "blokkeren", f"account {number}")
    except AccountError as error:
        return _overview(request, account, str(error))
    return go("/beheer")


@router.get("/beheer/logboek", administrator)
def log(request: Request, account: Account) -> Response:
    with database(request).read() as session:
        lines = accounts.audit_lines(session, SHOWN_LINES)
    return show(request, "audit.html", account=account, lines=lines, most=SHOWN_LINES)

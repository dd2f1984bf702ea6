"""Signing in and out, the first password, and one's own account. What an account is, is in accounts.py; signing in elsewhere in oidc.py."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from web import accounts, visitors
from web.accounts import Account, AccountError, Role, TooManyError
from web.intake import Typed
from web.visitors import Doors, database, go, member, one, show

router = Doors()

WRONG = "Het e-mailadres of het wachtwoord klopt niet."
NOT_THE_SAME = "De twee wachtwoorden zijn niet gelijk."
GONE = "Deze uitnodiging is al gebruikt of verlopen. Vraag een nieuwe aan uw beheerder."


@router.get(visitors.SIGN_IN)
def ask(request: Request, account: Account | None) -> Response:
    """The form to sign in; who is in already goes on."""
    goal = visitors.safe_goal(request.query_params.get("naar", "")) or ""
    return go(_goal(account, goal)) if account else _form(request, goal)


def _form(request: Request, goal: str, email: str = "", wrong: str = "", status: int = 200) -> Response:
    outside = request.app.state.settings.oidc_issuer is not None
    return show(request, "login.html", status, goal=goal, email=email, wrong=wrong, outside=outside)


@router.post(visitors.SIGN_IN)
def sign_in(request: Request, _account: Account | None, typed: Typed) -> Response:
    """A session for who knows the password; every attempt counts until one is good; the answer does not tell which part was wrong."""
    email, goal = one(typed, "email").lower()[:200], visitors.safe_goal(one(typed, "naar")) or ""
    keys = accounts.attempt_keys(email, visitors.place(request))
    try:
        with database(request).write() as session:
            accounts.count_attempt(session, *keys)
            found = accounts.find_account(session, email)
    except TooManyError as error:
        return _form(request, goal, email, str(error), 429)
    good = accounts.is_password(found, next(iter(typed.get("wachtwoord", ())), ""))
    if not (good and found and found.active):
        with database(request).write() as session:
            accounts.log(session, found, "inloggen", result="mislukt")
        return _form(request, goal, email, WRONG, 400)
    with database(request).write() as session:
        accounts.forgive(session, *keys)
    return welcome(request, found, goal)


def welcome(request: Request, account: Account, goal: str = "") -> Response:
    """Sign this account in with a fresh session and a fresh token for forms."""
    with database(request).write() as session:
        mine = session.get_one(Account, account.number)
        token = accounts.sign_in(session, mine, visitors.cookie(request, visitors.SESSION))
        accounts.log(session, mine, "inloggen")
    response = go(_goal(account, goal))
    visitors.set_cookie(request, response, visitors.SESSION, token)
    visitors.new_browser(request, response)
    return response


def _goal(account: Account, goal: str) -> str:
    """Where one wanted to go, or the first page that this account may see."""
    if goal or account.municipality:
        return goal or "/metingen"
    if account.sees_region:
        return "/regio"
    return "/beheer" if account.role == Role.ADMINISTRATOR else "/account"


@router.post("/uitloggen", member)
def sign_out(request: Request, account: Account, typed: Typed) -> Response:
    """Here, or on every device."""
    with database(request).write() as session:
        if one(typed, "overal"):
            accounts.sign_out_everywhere(session, account)
        accounts.sign_out(session, visitors.cookie(request, visitors.SESSION))
        accounts.log(session, account, "uitloggen")
    response = go(visitors.SIGN_IN)
    visitors.drop_cookie(request, response, visitors.SESSION)
    visitors.new_browser(request, response)
    return response


@router.get("/welkom/{token}")
def invited(request: Request, _account: Account | None, token: str) -> Response:
    """The form behind an invitation, to choose a password."""
    with database(request).read() as session:
        found = accounts.open_invitation(session, token)
    return _welcome_form(request, found, {}) if found else show(request, "invitation_gone.html", 404, words=GONE)


def _welcome_form(
    request: Request, found: accounts.AccountInvitation, wrong: dict[str, str], email: str = ""
) -> Response:
    with database(request).read() as session:
        known = bool(found.email) and accounts.find_account(session, found.email) is not None
    return show(
        request,
        "welcome.html",
        400 if wrong else 200,
        invitation=found,
        known=known,
        role=Role(found.role),
        organisation=accounts.organisation_name(found.organisation),
        email=found.email or email,
        problems=wrong,
        shortest=accounts.SHORTEST_PASSWORD,
    )


@router.post("/welkom/{token}")
def accept(request: Request, _account: Account | None, typed: Typed, token: str) -> Response:
    """Make the account and sign in. A mistake leaves the invitation as it was."""
    email, passwords = one(typed, "email"), [next(iter(typed.get(name, ())), "") for name in ("wachtwoord", "nogmaals")]
    try:
        if passwords[0] != passwords[1]:
            raise AccountError(NOT_THE_SAME)
        with database(request).write() as session:
            made = accounts.accept(session, token, email, passwords[0])
            accounts.log(session, made, "wachtwoord vernieuwen" if made.signed_in_at else "account maken")
    except AccountError as error:
        with database(request).read() as session:
            found = accounts.open_invitation(session, token)
        if found is None:
            return show(request, "invitation_gone.html", 404, words=GONE)
        return _welcome_form(request, found, {"e-mail" if "e-mail" in str(error) else "wachtwoord": str(error)}, email)
    return welcome(request, made)


@router.get("/account", member)
def own(request: Request, account: Account) -> Response:
    return _own_page(request, account)


def _own_page(request: Request, account: Account, wrong: str = "", done: bool = False) -> Response:
    return show(
        request,
        "account.html",
        400 if wrong else 200,
        account,
        role=Role(account.role),
        organisation=accounts.organisation_name(account.organisation),
        wrong=wrong,
        done=done,
        shortest=accounts.SHORTEST_PASSWORD,
    )


@router.post("/account/wachtwoord", member)
def change_password(request: Request, account: Account, typed: Typed) -> Response:
    """Another password; every other session ends and this one is renewed."""
    old, new = (next(iter(typed.get(name, ())), "") for name in ("oud", "nieuw"))
    keys = accounts.attempt_keys(account.email, visitors.place(request))
    try:
        with database(request).write() as session:
            accounts.count_attempt(session, *keys)
        with database(request).write() as session:
            accounts.change_password(session, session.get_one(Account, account.number), old, new)
            accounts.forgive(session, *keys)
            accounts.log(session, account, "wachtwoord wijzigen")
    except AccountError as error:
        with database(request).write() as session:
            accounts.log(session, account, "wachtwoord wijzigen", result="mislukt")
        return _own_page(request, account, str(error))
    return welcome(request, account, "/account")

"""Signing in with one's own organisation (OpenID Connect: code with PKCE). The groups it names become a role; the settings say how."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response

from assessment import store
from web import accounts, login, visitors
from web.accounts import Account, AccountError, OutsideLogin
from web.settings import Settings
from web.visitors import Doors, database, go, show

router = Doors()

VALID = timedelta(minutes=10)
"""To sign in at the other side and come back."""
PATIENCE = 10.0
"""Seconds to wait for the other side."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Only signatures with a public key: never 'none', never one that our own secret could make."""
AWAY = "De inlogdienst van uw organisatie geeft geen antwoord. Probeer het later opnieuw, of log in met een wachtwoord."
FAILED = "Inloggen met uw organisatie is niet gelukt. Begin opnieuw op de inlogbladzijde."
NO_ROLE = "Uw organisatie gaf geen groep door die hier toegang geeft. Vraag het aan uw beheerder."
OTHER_WAY = "Dit e-mailadres heeft hier al een account met een wachtwoord. Log daarmee in."

log = logging.getLogger(__name__)


def _redirect_uri(settings: Settings) -> str:
    return f"{settings.base_url}/inloggen/terug"


def _client(settings: Settings) -> OAuth2Client:
    return OAuth2Client(
        settings.oidc_client_id,
        settings.oidc_client_secret,
        scope="openid email profile",
        redirect_uri=_redirect_uri(settings),
        code_challenge_method="S256",
        timeout=PATIENCE,
    )


def _discover(client: OAuth2Client, issuer: str) -> dict[str, Any]:
    """What the provider says of itself. Raises OSError, ValueError or httpx2.HTTPError."""
    answer = client.request("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration", withhold_token=True)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    if found["issuer"].rstrip("/") != issuer.rstrip("/"):
        raise ValueError("een andere inlogdienst")
    return found


@router.get("/inloggen/organisatie")
def leave(request: Request, _account: Account | None) -> Response:
    """Off to the provider, with a state that only this browser can bring back."""
    settings: Settings = request.app.state.settings
    if settings.oidc_issuer is None:
        return go(visitors.SIGN_IN)
    state, verifier, nonce = (secrets.token_urlsafe(48) for _ in range(3))
    try:
        with _client(settings) as client:
            there = _discover(client, settings.oidc_issuer)["authorization_endpoint"]
            address, _ = client.create_authorization_url(there, state=state, code_verifier=verifier, nonce=nonce)
    except (httpx2.HTTPError, KeyError, ValueError) as error:
        log.warning("inlogdienst niet bereikbaar: %s", type(error).__name__)
        return _failed(request, AWAY, 503)
    response = go(address)
    browser = visitors.cookie(request, visitors.BROWSER)
    if not browser:
        browser = secrets.token_urlsafe(32)
        visitors.set_cookie(request, response, visitors.BROWSER, browser, visitors.BROWSER_KEPT)
    row = OutsideLogin(
        state_hash=store.hashed("staat", state),
        browser_hash=store.hashed("browser", browser),
        nonce=nonce,
        verifier=verifier,
        goal=visitors.safe_goal(request.query_params.get("naar", "")) or "",
        expires_at=store.now() + VALID,
    )
    with database(request).write() as session:
        session.add(row)
    return response


def _failed(request: Request, words: str, status: int = 400) -> Response:
    return show(request, "invitation_gone.html", status, words=words)


@router.get("/inloggen/terug")
def come_back(request: Request, _account: Account | None) -> Response:
    """Back from the provider: once, in the same browser, in time. The session starts only after every check."""
    settings: Settings = request.app.state.settings
    row = _take(request)
    if settings.oidc_issuer is None or row is None or "code" not in request.query_params:
        return _failed(request, FAILED)
    try:
        claims = _claims(settings, settings.oidc_issuer, request.query_params["code"], row)
        with database(request).write() as session:
            account = _account_of(session, settings, claims)
    except AccountError as error:
        with database(request).write() as session:
            accounts.log(session, None, "inloggen met organisatie", result="mislukt")
        return _failed(request, str(error), 403)
    except (httpx2.HTTPError, OAuthError, JoseError, KeyError, ValueError) as error:
        log.warning("inloggen met organisatie mislukt: %s", type(error).__name__)
        return _failed(request, FAILED)
    return login.welcome(request, account, row.goal)


def _take(request: Request) -> OutsideLogin | None:
    """The attempt that this browser began; it can be taken once."""
    state, browser = request.query_params.get("state", ""), visitors.cookie(request, visitors.BROWSER)
    with database(request).write() as session:
        row = session.get(OutsideLogin, store.hashed("staat", state))
        if row is None or row.browser_hash != store.hashed("browser", browser):
            return None
        session.delete(row)
    return row if row.expires_at > store.now() else None


def _claims(settings: Settings, issuer: str, code: str, row: OutsideLogin) -> dict[str, Any]:
    """What the provider says of this person, after checking signature, sender, receiver, nonce and time."""
    with _client(settings) as client:
        there = _discover(client, issuer)
        token = client.fetch_token(there["token_endpoint"], code=code, code_verifier=row.verifier)
        keys = KeySet.import_key_set(client.request("GET", there["jwks_uri"], withhold_token=True).json())
        read = jwt.decode(token["id_token"], keys, algorithms=ALGORITHMS)
        options: dict[str, Any] = {
            "iss": {"essential": True, "value": there["issuer"]},
            "aud": {"essential": True, "value": settings.oidc_client_id},
        }
        params = {"nonce": row.nonce, "client_id": settings.oidc_client_id, "access_token": token["access_token"]}
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate(leeway=60)
        more = client.get(there["userinfo_endpoint"]).json() if "userinfo_endpoint" in there else {}
    if more.get("sub", claims["sub"]) != claims["sub"]:
        raise ValueError("gegevens van een ander")
    return {**more, **claims}


def role_of(settings: Settings, claims: Mapping[str, Any]) -> tuple[str, str] | None:
    """Role and organisation of the first group in the settings that this person has."""
    said = claims.get(settings.oidc_claim, [])
    groups = {said} if isinstance(said, str) else {group for group in said if isinstance(group, str)}
    for group, given in settings.oidc_roles.items():
        role, organisation = given.split()
        if group in groups and accounts.objection(role, organisation) is None:
            return role, organisation
    return None


def _account_of(session: Session, settings: Settings, claims: Mapping[str, Any]) -> Account:
    """The account of this person, made or brought up to date. Raises AccountError. The role follows the provider every time."""
    given = role_of(settings, claims)
    if given is None:
        raise AccountError(NO_ROLE)
    subject = f"{claims['iss']} {claims['sub']}"
    email = accounts.clean_email(str(claims.get("email", "")))
    found = session.exec(select(Account).where(col(Account.subject) == subject)).one_or_none()
    if found is None:
        if accounts.find_account(session, email):
            raise AccountError(OTHER_WAY)
        found = Account(email=email, role=given[0], organisation=given[1], subject=subject, created_at=store.now())
    if not found.active:
        raise AccountError(NO_ROLE)
    found.role, found.organisation = given
    session.add(found)
    session.flush()
    return found

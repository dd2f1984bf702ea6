"""Who may come in: accounts, invitations, sessions, and the log of what they did. Knows no HTTP and no pages; a session is given.

Every secret (link, session, password) is kept as a hash. Organisations are no table: the gemeenten are a list, the others four names.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlmodel import Field, Session, SQLModel, col

from assessment import get_municipality, municipalities, store

UtcDateTime, hashed, now = store.UtcDateTime, store.hashed, store.now

SESSION_IDLE = timedelta(hours=2)
"""A session that is not used for so long is over."""
SESSION_LONGEST = timedelta(hours=12)
"""A session is over after this, used or not: a working day."""
INVITATION_VALID = timedelta(days=7)
ATTEMPTS = 8
"""Passwords or codes in a row for one account or link ..."""
ATTEMPTS_FROM_ONE_PLACE = 200
"""... or from one address, since a town hall may share one, ..."""
ATTEMPTS_WITHIN = timedelta(minutes=15)
"""... within this time; then everybody waits."""
AUDIT_KEPT = timedelta(days=365)
"""The database itself refuses to throw a younger line away."""
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
SEEN_EVERY = timedelta(minutes=1)
"""How exact 'last used' is; writing it at every page would cost a write per page."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_hex(16))
"""Compared with when there is no such account, so that the answer takes as long."""
_hashing = BoundedSemaphore(4)
"""Every password being checked takes 19 MB."""


class Role(StrEnum):
    """What an account may do."""

    ADMINISTRATOR = "beheerder"
    EDITOR = "redacteur"
    COORDINATOR = "coordinator"
    READER = "lezer"

    @property
    def label(self) -> str:
        return "coördinator" if self is Role.COORDINATOR else str(self)

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS = {
    Role.ADMINISTRATOR: "nodigt mensen uit en ziet het logboek; ziet geen metingen",
    Role.EDITOR: "werkt aan de inhoud van de kast; ziet geen metingen",
    Role.COORDINATOR: "maakt en leest metingen van de eigen gemeente",
    Role.READER: "leest metingen van de eigen gemeente, of alleen de regio",
}

OTHER_ORGANISATIONS = {"platform-ivz": "Platform IVZ", "vnon": "VNON", "politie": "Politie"}
REGIONAL_ORGANISATIONS = ("platform-ivz", "vnon")
"""Whose readers see the region: they bring gemeenten together."""


class AccountError(Exception):
    """Something the user can mend; the text says what, in Dutch."""


class TooManyError(AccountError):
    """Too many wrong attempts; wait."""


# The tables


class Account(SQLModel, table=True):
    """One person who can sign in."""

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=200, unique=True)
    role: str = Field(max_length=20)
    organisation: str = Field(max_length=20)
    """A CBS code or a key of OTHER_ORGANISATIONS."""
    password_hash: str | None = Field(default=None, max_length=200)
    subject: str | None = Field(default=None, max_length=300, unique=True)
    """Issuer and subject of an account that signs in elsewhere."""
    active: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)
    signed_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def number(self) -> int:
        assert self.id is not None  # noqa: S101  a stored row has its number
        return self.id

    @property
    def municipality(self) -> str | None:
        """The one gemeente whose metingen this account may see, if any."""
        may = self.role in (Role.COORDINATOR, Role.READER)
        return self.organisation if may and get_municipality(self.organisation) else None

    @property
    def sees_region(self) -> bool:
        """May this account see what the gemeenten have in common?"""
        return self.role == Role.READER and self.organisation in REGIONAL_ORGANISATIONS

    @property
    def may_measure(self) -> bool:
        """May this account make and change metingen of its gemeente?"""
        return self.role == Role.COORDINATOR and self.municipality is not None


class AccountInvitation(SQLModel, table=True):
    """A link with which one person makes one account, once."""

    __tablename__ = "account_invitation"

    token_hash: str = Field(primary_key=True, max_length=64)
    email: str = Field(max_length=200)
    """Empty when whoever has the link may fill in their own."""
    role: str = Field(max_length=20)
    organisation: str = Field(max_length=20)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def is_open(self) -> bool:
        """Can it still be used?"""
        return self.used_at is None and self.expires_at > now()


class LoginSession(SQLModel, table=True):
    """Somebody who is signed in somewhere."""

    __tablename__ = "login_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class Attempt(SQLModel, table=True):
    """A password or code that was tried; who and where only as a hash, and not for long."""

    __tablename__ = "attempt"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: str = Field(max_length=64, index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class OutsideLogin(SQLModel, table=True):
    """Somebody who went to sign in elsewhere and is not back yet."""

    __tablename__ = "outside_login"

    state_hash: str = Field(primary_key=True, max_length=64)
    browser_hash: str = Field(max_length=64)
    nonce: str = Field(max_length=64)
    verifier: str = Field(max_length=128)
    goal: str = Field(max_length=200)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class AuditLine(SQLModel, table=True):
    """Who did what, when, and how it ended. The database refuses to change a line. Never an answer of a respondent."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    account_id: int | None = Field(default=None)
    """Not a key: the line stays when the account goes."""
    action: str = Field(max_length=60)
    subject: str = Field(default="", max_length=80)
    """Id of what it was done to."""
    result: str = Field(max_length=20)


# Organisations


def organisations() -> dict[str, str]:
    """Code and name of every organisation: first the others, then the gemeenten."""
    return OTHER_ORGANISATIONS | {m.code: f"Gemeente {m.name}" for m in municipalities()}


def organisation_name(code: str) -> str:
    found = get_municipality(code)
    return f"Gemeente {found.name}" if found else OTHER_ORGANISATIONS.get(code, code)


def objection(role: str, organisation: str) -> str | None:
    """Why an account cannot have this role at this organisation."""
    if role not in set(Role):
        return "Kies een rol."
    if organisation not in organisations():
        return "Kies een organisatie uit de lijst."
    if role == Role.COORDINATOR and get_municipality(organisation) is None:
        return "Een coördinator hoort bij één gemeente. Kies een gemeente."
    return None


# Invitations and accounts


def clean_email(text: str) -> str:
    """The address as we keep it. Raises AccountError."""
    email = text.strip().lower()
    name, at, host = email.partition("@")
    if not (name and at and "." in host) or len(email) > 200 or any(c.isspace() or c in "<>\"'," for c in email):
        raise AccountError("Vul een e-mailadres in, zoals naam@gemeente.nl.")
    return email


def invite(session: Session, role: str, organisation: str, email: str = "") -> str:
    """The secret part of a new link; for somebody who has an account already, it leads to a new password. Raises AccountError."""
    wrong = objection(role, organisation)
    if wrong:
        raise AccountError(wrong)
    email = clean_email(email) if email.strip() else ""
    known = find_account(session, email) if email else None
    if known and not _may_renew(known, role, organisation):
        raise AccountError(
            "Dit e-mailadres heeft al een account, met een andere rol, geblokkeerd, of met de eigen inlogdienst."
        )
    token = store.new_token()
    until = now() + INVITATION_VALID
    row = AccountInvitation(token_hash=hashed("uitnodiging", token), email=email, role=role, organisation=organisation, expires_at=until)  # fmt: skip
    session.add(row)
    return token


def _may_renew(known: Account, role: str, organisation: str) -> bool:
    """A new password is for an account as it is: never a way to another role, past a block, or around the organisation's own login."""
    same = (known.role, known.organisation) == (role, organisation)
    return same and known.active and known.password_hash is not None


def invite_first(session: Session) -> str | None:
    """A link for the first beheerder; None when there is one already. Of several links the first to be used counts."""
    if session.scalars(select(col(Account.id)).where(col(Account.role) == Role.ADMINISTRATOR)).first() is not None:
        return None
    return invite(session, Role.ADMINISTRATOR, "platform-ivz")


def open_invitation(session: Session, token: str) -> AccountInvitation | None:
    """The invitation of this link, while it can still be used."""
    found = session.get(AccountInvitation, hashed("uitnodiging", token))
    return found if found and found.is_open else None


def _taken_up(session: Session, token_hash: str) -> AccountInvitation | None:
    """The same, for nobody else until we are done."""
    wanted = select(AccountInvitation).where(col(AccountInvitation.token_hash) == token_hash)
    found = session.scalars(wanted.with_for_update()).one_or_none()
    return found if found and found.is_open else None


def password_objection(password: str, email: str) -> str | None:
    """Why this password will not do."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Kies een wachtwoord van minstens {SHORTEST_PASSWORD} tekens. Een zin mag."
    if len(password) > LONGEST_PASSWORD:
        return f"Kies een wachtwoord van hoogstens {LONGEST_PASSWORD} tekens."
    if len(set(password)) < 5 or password.lower() in (email, email.partition("@")[0]):
        return "Dit wachtwoord is te makkelijk te raden. Kies een ander."
    return None


def accept(session: Session, token: str, email: str, password: str) -> Account:
    """Use an invitation, to make an account or to choose another password. Raises AccountError; then the link still works."""
    found = _taken_up(session, hashed("uitnodiging", token))
    if found is None:
        raise AccountError("Deze uitnodiging is al gebruikt of verlopen. Vraag een nieuwe aan uw beheerder.")
    email = found.email or clean_email(email)
    wrong = password_objection(password, email)
    if wrong:
        raise AccountError(wrong)
    known = find_account(session, email)
    if known and not (found.email and _may_renew(known, found.role, found.organisation)):
        raise AccountError("Dit e-mailadres heeft al een account. Log daarmee in.")
    found.used_at = now()
    made = known or Account(email=email, role=found.role, organisation=found.organisation, created_at=now())
    made.password_hash = _hash(password)
    session.add_all([found, made])
    session.flush()
    sign_out_everywhere(session, made)
    if found.role == Role.ADMINISTRATOR and not found.email:
        _drop_open_links(session)
    return made


def _drop_open_links(session: Session) -> None:
    """Links to become beheerder that were printed at a start and not used."""
    mine = delete(AccountInvitation).where(col(AccountInvitation.role) == Role.ADMINISTRATOR)
    session.execute(mine.where(col(AccountInvitation.email) == "", col(AccountInvitation.used_at).is_(None)))


def find_account(session: Session, email: str) -> Account | None:
    return session.scalars(select(Account).where(col(Account.email) == email.strip().lower())).one_or_none()


def all_accounts(session: Session) -> list[Account]:
    return list(session.scalars(select(Account).order_by(col(Account.email))))


def open_invitations(session: Session) -> list[AccountInvitation]:
    usable = select(AccountInvitation).where(col(AccountInvitation.used_at).is_(None))
    return list(
        session.scalars(
            usable.where(col(AccountInvitation.expires_at) > now()).order_by(col(AccountInvitation.expires_at))
        )
    )


def withdraw(session: Session, token_hash: str) -> AccountInvitation:
    """Make the link of an open invitation useless. Raises AccountError when there is no such invitation, or it was used already."""
    found = _taken_up(session, token_hash)
    if found is None:
        raise AccountError("Deze uitnodiging is er niet meer: zij is gebruikt, verlopen of al ingetrokken.")
    session.delete(found)
    return found


def set_active(session: Session, account_id: int, active: bool) -> Account:
    """Block an account, which signs it out everywhere, or let it in again. Raises AccountError for the last beheerder."""
    found = session.get(Account, account_id)
    if found is None:
        raise AccountError("Dit account bestaat niet.")
    others = select(func.count()).select_from(Account).where(
        col(Account.role) == Role.ADMINISTRATOR, col(Account.active), col(Account.id) != account_id
    )  # fmt: skip
    if not active and found.role == Role.ADMINISTRATOR and not session.scalar(others):
        raise AccountError("Dit is de laatste beheerder. Nodig eerst een andere beheerder uit.")
    found.active = active
    session.add(found)
    if not active:
        sign_out_everywhere(session, found)
    return found


def change_password(session: Session, account: Account, old: str, new: str) -> None:
    """Raises AccountError. Signs out everywhere."""
    if not is_password(account, old):
        raise AccountError("Uw huidige wachtwoord klopt niet.")
    wrong = password_objection(new, account.email)
    if wrong:
        raise AccountError(wrong)
    account.password_hash = _hash(new)
    session.add(account)
    sign_out_everywhere(session, account)


# Passwords and attempts


def _hash(password: str) -> str:
    with _hashing:
        return _hasher.hash(password)


def is_password(account: Account | None, password: str) -> bool:
    """Takes as long for an account that does not exist."""
    known = account.password_hash if account and account.password_hash else _NOBODY
    with _hashing:
        try:
            return _hasher.verify(known, password[:LONGEST_PASSWORD]) and known is not _NOBODY
        except (VerificationError, InvalidHashError):
            return False


def count_attempt(session: Session, *keys: tuple[str, int]) -> None:
    """One more attempt for each of these keys, each with how many it may have. Raises TooManyError.

    Counted before the secret is looked at: who tries many at the same time gains nothing.
    """
    since = now() - ATTEMPTS_WITHIN
    session.execute(delete(Attempt).where(col(Attempt.at) < since))
    for key, most in keys:
        mine = select(func.count()).select_from(Attempt).where(col(Attempt.key_hash) == hashed("poging", key))
        if (session.scalar(mine) or 0) >= most:
            raise TooManyError("Te veel pogingen. Wacht een kwartier en probeer het opnieuw.")
    session.add_all(Attempt(key_hash=hashed("poging", key), at=now()) for key, _ in keys)


def forgive(session: Session, subject: tuple[str, int], _place: tuple[str, int]) -> None:
    """A good one: what was tried before does not count any more for this subject."""
    session.execute(delete(Attempt).where(col(Attempt.key_hash) == hashed("poging", subject[0])))


def attempt_keys(subject: str, place: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """What to count by: the account or link, and where it comes from."""
    return (f"wie {subject}", ATTEMPTS), (f"waar {place}", ATTEMPTS_FROM_ONE_PLACE)


# Sessions


def sign_in(session: Session, account: Account, old_token: str | None) -> str:
    """The secret of a new session; one that was there before ends, so that nobody can have prepared it."""
    if old_token:
        sign_out(session, old_token)
    expired = delete(LoginSession).where(col(LoginSession.created_at) < now() - SESSION_LONGEST)
    session.execute(expired)
    account.signed_in_at = now()
    session.add(account)
    token = secrets.token_urlsafe(32)
    row = LoginSession(token_hash=hashed("sessie", token), account_id=account.number, created_at=now(), seen_at=now())
    session.add(row)
    return token


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody with a session."""

    account: Account
    must_be_seen: bool
    """Is it time to write down that the session is used?"""


def signed_in(session: Session, token: str) -> SignedIn | None:
    """Whose session this is, while it lasts."""
    found = session.get(LoginSession, hashed("sessie", token))
    if found is None or found.created_at < now() - SESSION_LONGEST or found.seen_at < now() - SESSION_IDLE:
        return None
    account = session.get(Account, found.account_id)
    return SignedIn(account, found.seen_at < now() - SEEN_EVERY) if account and account.active else None


def seen(session: Session, token: str) -> None:
    found = session.get(LoginSession, hashed("sessie", token))
    if found:
        found.seen_at = now()
        session.add(found)


def sign_out(session: Session, token: str) -> None:
    session.execute(delete(LoginSession).where(col(LoginSession.token_hash) == hashed("sessie", token)))


def sign_out_everywhere(session: Session, account: Account) -> None:
    session.execute(delete(LoginSession).where(col(LoginSession.account_id) == account.id))


def form_token(token: str) -> str:
    """What every form carries to show that it is ours: derived from the secret of the session, of no use without it."""
    return sha256(f"formulier\0{token}".encode()).hexdigest()[:43]


# The log


def log(
    session: Session, account: Account | int | None, action: str, subject: str = "", result: str = "gelukt"
) -> None:
    """Write down who did what. Never call this with something a respondent filled in."""
    who = account.id if isinstance(account, Account) else account
    session.add(AuditLine(at=now(), account_id=who, action=action, subject=subject[:80], result=result))


def audit_lines(session: Session, most: int) -> Sequence[tuple[AuditLine, str | None]]:
    """The latest lines, with the address of the account if it still exists."""
    joined = select(AuditLine, col(Account.email)).join(
        Account, col(Account.id) == col(AuditLine.account_id), isouter=True
    )
    return [(line, email) for line, email in session.execute(joined.order_by(col(AuditLine.id).desc()).limit(most))]


def clean_up(session: Session) -> None:
    """Throw away what is past its term: the log after a year, and what has expired."""
    session.execute(delete(AuditLine).where(col(AuditLine.at) < now() - AUDIT_KEPT))
    session.execute(delete(LoginSession).where(col(LoginSession.created_at) < now() - SESSION_LONGEST))
    session.execute(delete(AccountInvitation).where(col(AccountInvitation.expires_at) < now() - AUDIT_KEPT))
    session.execute(delete(OutsideLogin).where(col(OutsideLogin.expires_at) < now()))

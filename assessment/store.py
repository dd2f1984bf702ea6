"""The tables of metingen and everything that reads or writes them. Knows no accounts, no HTTP, and no connection: a session is given.

Who may do what is decided before. An answer is a row of its own, so that two pages of one respondent never overwrite each other.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Executable,
    FunctionElement,
    Integer,
    Text,
    TypeDecorator,
    bindparam,
    cast,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col

from assessment import datafile
from assessment.context import Context
from assessment.forms import Response, parse
from assessment.indicators import AreaLevel, IndicatorValue
from assessment.questionnaire import Questionnaire, read_questionnaire
from assessment.reading import read_answer

KEEP = timedelta(days=730)
"""How long a meting stays after it closed: two years, enough to compare with the next one."""
NEVER_STARTED = timedelta(days=30)
"""An invulling without a single answer is thrown away after this."""
MAX_RESPONSES = 500
"""Of one meting. Ten to thirty are usual; more is somebody playing with the link."""
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""For codes that people copy from paper: no I, L, O, U, 0 or 1."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class ClosedError(Exception):
    """The meting takes no more answers."""


class FullError(Exception):
    """The meting has as many invullingen as it takes."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: goes in with any time zone, comes out in UTC, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("een tijdstip zonder tijdzone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    return datetime.now(UTC)


# The tables


class StoredQuestionnaire(SQLModel, table=True):
    """A version of the questionnaire as it was when a meting began; a running meting keeps its own."""

    __tablename__ = "questionnaire"

    digest: str = Field(primary_key=True, max_length=16)
    version: str = Field(max_length=20)
    content: dict[str, Any] = Field(sa_type=JSON)


class Assessment(SQLModel, table=True):
    """One meting: an area of a municipality, in one period."""

    __tablename__ = "assessment"

    id: str = Field(primary_key=True, max_length=16)
    municipality: str = Field(max_length=6, index=True)
    """CBS code, such as GM0153."""
    area: str = Field(max_length=80)
    short: bool
    questionnaire: str = Field(foreign_key="questionnaire.digest", max_length=16)
    situation: dict[str, list[str]] = Field(sa_type=JSON)
    """Answers of the coördinator to the context questions: id of the question to what was filled in."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str = Field(max_length=40)
    """Id of an account; not a key, since an account may go while the meting stays."""
    closes_at: datetime = Field(sa_type=UtcDateTime)
    """From this moment on no answer is taken."""

    @property
    def is_open(self) -> bool:
        return now() < self.closes_at

    @property
    def keep_until(self) -> date:
        return (self.closes_at + KEEP).date()


class Invitation(SQLModel, table=True):
    """A link that lets people of one role in, or of any role."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: str = Field(foreign_key="assessment.id", ondelete="CASCADE", index=True, max_length=16)
    role: str | None = Field(default=None, max_length=40)
    """None lets the respondent choose."""
    token: str = Field(max_length=40)
    """Kept readable, so that the coördinator can print it once more; it opens a form and shows nothing."""
    token_hash: str = Field(max_length=64, unique=True)


class StoredResponse(SQLModel, table=True):
    """One respondent in one meting. Only the role; never a name, address or device."""

    __tablename__ = "response"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: str = Field(foreign_key="assessment.id", ondelete="CASCADE", index=True, max_length=16)
    role: str = Field(max_length=40)
    start_hash: str = Field(max_length=64, unique=True)
    """Of the form that started it: sent twice, it starts one."""
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RespondentKey(SQLModel, table=True):
    """What opens an invulling again: a device that was here before, or a personal code. Only its hash."""

    __tablename__ = "respondent_key"

    key_hash: str = Field(primary_key=True, max_length=64)
    response_id: int = Field(foreign_key="response.id", ondelete="CASCADE", index=True)


class StoredAnswer(SQLModel, table=True):
    """What one respondent filled in at one question; the latest counts."""

    __tablename__ = "answer"

    response_id: int = Field(foreign_key="response.id", ondelete="CASCADE", primary_key=True)
    field: str = Field(max_length=80, primary_key=True)
    value: str = Field(max_length=2000)


class StoredIndicator(SQLModel, table=True):
    """A figure from a registration, with its source."""

    __tablename__ = "indicator_value"

    assessment_id: str = Field(foreign_key="assessment.id", ondelete="CASCADE", primary_key=True, max_length=16)
    indicator_id: str = Field(primary_key=True, max_length=40)
    observed: float
    expected: float
    level: str = Field(max_length=12)
    source: str = Field(max_length=200)
    year: int


class Conversation(SQLModel, table=True):
    """The talk about the profile: when, and who was there besides the professionals."""

    __tablename__ = "conversation"

    assessment_id: str = Field(foreign_key="assessment.id", ondelete="CASCADE", primary_key=True, max_length=16)
    held_on: date
    with_youth: bool
    with_residents: bool
    note: str = Field(default="", max_length=1000)


class AgreedPriority(SQLModel, table=True):
    """One agreed priority; a place other than the suggested one has a reason."""

    __tablename__ = "agreed_priority"

    assessment_id: str = Field(foreign_key="assessment.id", ondelete="CASCADE", primary_key=True, max_length=16)
    axis: str = Field(primary_key=True, max_length=60)
    place: int
    """1 is the most important; 0 is suggested and dropped."""
    suggested: int | None = None
    """Place in the suggestion, or None when it was not suggested."""
    reason: str = Field(default="", max_length=400)


# Secrets


def new_token() -> str:
    """130 bits in letters and digits that survive being typed over."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(26))


def new_code() -> str:
    """A personal code of 59 bits, such as 'K7PQ-M2XD-R9TA'. It only works together with the link of the meting."""
    return spelled("".join(secrets.choice(CODE_LETTERS) for _ in range(12)))


def spelled(code: str) -> str:
    """A code as we write it, however it was typed."""
    letters = "".join(c for c in code.upper() if c.isalnum())[:20]
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def hashed(*parts: str) -> str:
    """What is kept of a secret. Looked up as a whole, so the time it takes tells nothing about the secret."""
    return sha256("\0".join(parts).encode()).hexdigest()


def code_hash(assessment_id: str, code: str) -> str:
    """Capitals, spaces and hyphens do not matter."""
    return hashed("code", assessment_id, spelled(code))


def device_hash(assessment_id: str, token: str) -> str:
    return hashed("device", assessment_id, token)


# Metingen


@lru_cache(maxsize=1)
def _current() -> tuple[str, Any]:
    content = datafile.read("questionnaire.yaml")
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16], content


def create(
    session: Session,
    *,
    municipality: str,
    area: str,
    short: bool,
    situation: Mapping[str, Sequence[str]],
    roles: Sequence[str | None],
    closes_at: datetime,
    created_by: str,
) -> Assessment:
    """A new meting with one link per role; None among the roles is a link for everybody."""
    digest, content = _current()
    if session.get(StoredQuestionnaire, digest) is None:
        _add_new(session, StoredQuestionnaire, {"digest": digest, "version": content["versie"], "content": content})
    meting = Assessment(
        id=secrets.token_hex(6),
        municipality=municipality,
        area=area,
        short=short,
        questionnaire=digest,
        situation={name: list(values) for name, values in situation.items()},
        created_at=now(),
        created_by=created_by,
        closes_at=closes_at,
    )
    session.add(meting)
    session.flush()
    for role in roles:
        session.add(_invitation(meting.id, role))
    session.flush()
    return meting


def _invitation(assessment_id: str, role: str | None) -> Invitation:
    token = new_token()
    return Invitation(assessment_id=assessment_id, role=role, token=token, token_hash=hashed("link", token))


def get(session: Session, assessment_id: str, municipality: str) -> Assessment | None:
    """The meting, when it is of this municipality. Another's does not exist."""
    found = session.get(Assessment, assessment_id[:16])
    return found if found and found.municipality == municipality else None


def all_of(session: Session, municipality: str) -> list[Assessment]:
    """Newest first."""
    mine = select(Assessment).where(col(Assessment.municipality) == municipality)
    return list(session.scalars(mine.order_by(col(Assessment.created_at).desc(), col(Assessment.id))))


def previous(session: Session, meting: Assessment) -> Assessment | None:
    """The last meting of the same area, with the same version of the questions (short or long), that closed before this one began."""
    same = select(Assessment).where(
        col(Assessment.municipality) == meting.municipality,
        func.lower(col(Assessment.area)) == meting.area.lower(),
        col(Assessment.short) == meting.short,
        col(Assessment.id) != meting.id,
        col(Assessment.closes_at) <= meting.created_at,
    )
    return session.scalars(same.order_by(col(Assessment.closes_at).desc()).limit(1)).one_or_none()


def all_in(session: Session, codes: Sequence[str]) -> list[Assessment]:
    """Every meting of these gemeenten, those of one gemeente together."""
    theirs = select(Assessment).where(col(Assessment.municipality).in_(codes))
    return list(session.scalars(theirs.order_by(col(Assessment.municipality), col(Assessment.id))))


def invitations(session: Session, meting: Assessment) -> list[Invitation]:
    mine = select(Invitation).where(col(Invitation.assessment_id) == meting.id)
    return list(session.scalars(mine.order_by(col(Invitation.id))))


def renew(session: Session, meting: Assessment, invitation_id: int) -> bool:
    """Another link for the same role; the old one stops working. False when this meting has no such link."""
    found = session.get(Invitation, invitation_id)
    if found is None or found.assessment_id != meting.id:
        return False
    fresh = _invitation(meting.id, found.role)
    found.token, found.token_hash = fresh.token, fresh.token_hash
    session.add(found)
    return True


_METINGEN, _LINKS, _RESPONSES, _KEYS, _ANSWERS = (
    SQLModel.metadata.tables[name] for name in ("assessment", "invitation", "response", "respondent_key", "answer")
)
"""The tables behind every step of a respondent. Their questions are put together once, here and below, and make no objects of the
ORM: with those the database had long been ready before the program was."""


@dataclass(frozen=True, slots=True)
class Invited:
    """What somebody with a link sees of a meting, and the role the link is for; None lets them choose."""

    role: str | None
    id: str
    area: str
    short: bool
    questionnaire: str
    situation: Mapping[str, Sequence[str]]
    closes_at: datetime

    @property
    def is_open(self) -> bool:
        return now() < self.closes_at


_INVITED = (
    select(_LINKS.c.role, *_METINGEN.c["id", "area", "short", "questionnaire", "situation", "closes_at"])
    .select_from(_LINKS.join(_METINGEN))
    .where(_LINKS.c.token_hash == bindparam("token_hash"))
)


def invited(session: Session, token: str) -> Invited | None:
    """Where a link leads, by what stands in the address."""
    found = session.connection().execute(_INVITED, {"token_hash": hashed("link", token)}).one_or_none()
    return Invited(*found) if found else None


_earlier: dict[str, Questionnaire] = {}
"""Versions of before this program, by digest: what has the same digest never changes."""


def questionnaire_of(session: Session, meting: Assessment | Invited) -> Questionnaire:
    """The version this meting began with."""
    digest = meting.questionnaire
    if digest == _current()[0]:
        return Questionnaire.load()
    if digest not in _earlier:
        _earlier[digest] = read_questionnaire(session.get_one(StoredQuestionnaire, digest).content)
    return _earlier[digest]


def context_of(questionnaire: Questionnaire, meting: Assessment) -> Context:
    """What the coördinator filled in about the situation."""
    return parse(meting.situation, questionnaire=questionnaire, only=()).context


def youth_count(questionnaire: Questionnaire, meting: Invited) -> int | None:
    """About how many young people live in the area, as the coördinator filled in."""
    asked = questionnaire.question("jongeren")
    count: int | None = read_answer(asked, meting.situation.get(asked.id, ()))[0] if asked else None
    return count


def describe(session: Session, meting: Assessment, situation: Mapping[str, Sequence[str]]) -> None:
    """Put these answers about the situation beside what was there."""
    meting.situation = {**meting.situation, **{name: list(values) for name, values in situation.items()}}
    session.add(meting)


def close(session: Session, meting: Assessment, moment: datetime) -> None:
    """Take answers until then; a meting that is closed stays closed, so that no two profiles of it can be compared.

    Raises ClosedError when it is closed already.
    """
    open_now = update(Assessment).where(col(Assessment.id) == meting.id, col(Assessment.closes_at) > now())
    if session.execute(open_now.values(closes_at=moment)).rowcount == 0:  # type: ignore[attr-defined]
        raise ClosedError
    session.expire(meting)


def remove(session: Session, meting: Assessment) -> None:
    """The meting and everything that belongs to it."""
    session.execute(delete(Assessment).where(col(Assessment.id) == meting.id))


def clean_up(session: Session) -> tuple[int, int]:
    """Throw away what is past its term: how many metingen, and how many invullingen in which nothing was filled in."""
    old = delete(Assessment).where(col(Assessment.closes_at) < now() - KEEP)
    answered = select(col(StoredAnswer.response_id))
    empty = delete(StoredResponse).where(
        col(StoredResponse.started_at) < now() - NEVER_STARTED, col(StoredResponse.id).not_in(answered)
    )
    counts = [session.execute(each).rowcount for each in (old, empty)]  # type: ignore[attr-defined]
    return counts[0], counts[1]


# Invullingen


@dataclass(frozen=True, slots=True)
class OwnResponse:
    """An invulling as whoever filled it in sees it."""

    id: int
    assessment_id: str
    role: str
    finished_at: datetime | None
    answers: Mapping[str, Sequence[str]]
    """What was filled in so far, as a form."""


_COUNT = select(func.count()).select_from(_RESPONSES).where(_RESPONSES.c.assessment_id == bindparam("assessment_id"))
_STARTED = select(_RESPONSES.c.id).where(_RESPONSES.c.start_hash == bindparam("start_hash"))


def start(session: Session, meting: Assessment | Invited, role: str, form_key: str, keys: Iterable[str]) -> int:
    """The invulling that this form starts, opened by these key hashes. The same form sent twice gives the same one.

    Raises ClosedError or FullError.
    """
    _hold_open(session, meting.id)
    ask = session.connection()
    if ask.execute(_COUNT, {"assessment_id": meting.id}).scalar_one() >= MAX_RESPONSES:
        raise FullError
    start_hash = hashed("start", meting.id, form_key)
    row = {"assessment_id": meting.id, "role": role, "start_hash": start_hash, "started_at": now()}
    _add_new(session, StoredResponse, row)
    response_id: int = ask.execute(_STARTED, {"start_hash": start_hash}).scalar_one()
    open_with(session, response_id, keys)
    return response_id


def open_with(session: Session, response_id: int, keys: Iterable[str]) -> None:
    """Let these key hashes open an invulling too."""
    _add_new(session, RespondentKey, *({"key_hash": key, "response_id": response_id} for key in keys))


_OPENED = (
    select(*_RESPONSES.c["id", "assessment_id", "role", "finished_at"], *_ANSWERS.c["field", "value"])
    .select_from(_KEYS.join(_RESPONSES).outerjoin(_ANSWERS))
    .where(_KEYS.c.key_hash == bindparam("key_hash"), _RESPONSES.c.assessment_id == bindparam("assessment_id"))
)


def response_by(session: Session, meting: Assessment | Invited, key: str) -> OwnResponse | None:
    """The invulling of this meting that a key hash opens."""
    rows = session.connection().execute(_OPENED, {"key_hash": key, "assessment_id": meting.id}).all()
    if not rows:
        return None
    number, assessment_id, role, finished_at, *_ = rows[0]
    return OwnResponse(number, assessment_id, role, finished_at, {row.field: (row.value,) for row in rows if row.field})


def forget(session: Session, response: OwnResponse) -> None:
    """Take an invulling back, answers and all. Raises ClosedError: what was counted stays counted."""
    _hold_open(session, response.assessment_id)
    session.execute(delete(StoredResponse).where(col(StoredResponse.id) == response.id))


_DIALECTS: Mapping[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def _keeping(dialect: str, each: FunctionElement[Any]) -> tuple[Executable, Executable]:
    """What keeps all answers of a page at once, and what takes the empty ones away; `each` makes rows of the answers."""
    given = each.table_valued("key", "value")
    filled = select(bindparam("response_id", type_=Integer), given.c.key, given.c.value).where(given.c.value != "")
    keep = _DIALECTS[dialect].insert(_ANSWERS).from_select(list(_ANSWERS.c), filled)
    emptied = select(given.c.key).where(given.c.value == "")
    return (
        keep.on_conflict_do_update(index_elements=["response_id", "field"], set_={"value": keep.excluded.value}),
        delete(_ANSWERS).where(_ANSWERS.c.response_id == bindparam("response_id"), _ANSWERS.c.field.in_(emptied)),
    )


_GIVEN = bindparam("answers", type_=Text)
_KEEP = {
    "sqlite": _keeping("sqlite", func.json_each(_GIVEN)),
    "postgresql": _keeping("postgresql", func.json_each_text(cast(_GIVEN, postgresql.JSON))),
}


def save(session: Session, response: OwnResponse, answers: Mapping[str, str]) -> None:
    """Keep these answers; an empty one is taken away. Saving the same twice changes nothing. Raises ClosedError."""
    _hold_open(session, response.assessment_id)
    ask = session.connection()
    # In one order, so that two devices of one person never wait for each other.
    given = {"response_id": response.id, "answers": json.dumps(answers, sort_keys=True)}
    keep, drop = _KEEP[ask.dialect.name]
    ask.execute(keep, given)
    if not all(answers.values()):
        ask.execute(drop, given)


_FINISH = (
    update(_RESPONSES)
    .where(_RESPONSES.c.id == bindparam("response_id"), _RESPONSES.c.finished_at.is_(None))
    .values(finished_at=bindparam("moment"))
)


def finish(session: Session, response: OwnResponse) -> None:
    """The respondent says that this is all; answers can still change until the meting closes."""
    _hold_open(session, response.assessment_id)
    session.connection().execute(_FINISH, {"response_id": response.id, "moment": now()})


_CLOSES = select(_METINGEN.c.closes_at).where(_METINGEN.c.id == bindparam("assessment_id")).with_for_update(read=True)


def _hold_open(session: Session, assessment_id: str) -> None:
    """Nobody closes the meting between this question and the end of the transaction."""
    closes_at = session.connection().scalar(_CLOSES, {"assessment_id": assessment_id})
    if closes_at is None or closes_at <= now():
        raise ClosedError


def responses_of(session: Session, meting: Assessment) -> list[Response]:
    """Every invulling with at least one answer, read with the questionnaire of this meting, in no telling order."""
    questionnaire = questionnaire_of(session, meting)
    mine = (
        select(col(StoredResponse.id), col(StoredResponse.role), col(StoredAnswer.field), col(StoredAnswer.value))
        .join(StoredAnswer, col(StoredAnswer.response_id) == col(StoredResponse.id))
        .where(col(StoredResponse.assessment_id) == meting.id)
    )
    forms: dict[tuple[str, int | None], dict[str, list[str]]] = {}
    for number, role, name, value in session.execute(mine):
        forms.setdefault((role, number), {})[name] = [value]
    return [
        parse(typed, questionnaire=questionnaire, only=(), short=meting.short, role=role).response
        for (role, _), typed in sorted(forms.items(), key=lambda entry: (entry[0][0], sorted(entry[1].items())))
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one role is, in numbers."""

    started: int
    finished: int


def progress(session: Session, meting: Assessment) -> dict[str, Progress]:
    """Per role: how many began and answered something, and how many of them say that they are done."""
    answered = select(col(StoredAnswer.response_id))
    mine = (
        select(col(StoredResponse.role), func.count(), func.count(col(StoredResponse.finished_at)))
        .where(col(StoredResponse.assessment_id) == meting.id, col(StoredResponse.id).in_(answered))
        .group_by(col(StoredResponse.role))
    )
    return {role: Progress(started, finished) for role, started, finished in session.execute(mine)}


# Figures and the talk


def put_indicators(session: Session, meting: Assessment, values: Iterable[StoredIndicator]) -> None:
    """These figures replace the ones with the same name.

    Raises ClosedError: who may still change figures beside a closed profile can work out from the changes how people differed.
    """
    _hold_open(session, meting.id)
    for value in values:
        value.assessment_id = meting.id
        session.merge(value)


def drop_indicator(session: Session, meting: Assessment, indicator_id: str) -> None:
    """Take one figure away. Raises ClosedError."""
    _hold_open(session, meting.id)
    mine = delete(StoredIndicator).where(col(StoredIndicator.assessment_id) == meting.id)
    session.execute(mine.where(col(StoredIndicator.indicator_id) == indicator_id))


def indicators_of(session: Session, meting: Assessment) -> list[StoredIndicator]:
    mine = select(StoredIndicator).where(col(StoredIndicator.assessment_id) == meting.id)
    return list(session.scalars(mine.order_by(col(StoredIndicator.indicator_id))))


def indicator_values(rows: Iterable[StoredIndicator]) -> list[IndicatorValue]:
    """The figures as the scoring wants them."""
    return [IndicatorValue(r.indicator_id, r.observed, r.expected, AreaLevel(r.level)) for r in rows]


def agree(session: Session, talk: Conversation, priorities: Sequence[AgreedPriority]) -> None:
    """What the talk decided; it replaces an earlier decision."""
    session.merge(talk)
    session.execute(delete(AgreedPriority).where(col(AgreedPriority.assessment_id) == talk.assessment_id))
    session.add_all(priorities)


def agreed(session: Session, meting: Assessment) -> tuple[Conversation | None, list[AgreedPriority]]:
    """The talk and its priorities, the dropped ones last."""
    mine = select(AgreedPriority).where(col(AgreedPriority.assessment_id) == meting.id)
    rows = sorted(session.scalars(mine), key=lambda row: (row.place == 0, row.place, row.axis))
    return session.get(Conversation, meting.id), rows


def _add_new(session: Session, table: type[SQLModel], *rows: Mapping[str, Any]) -> None:
    """These rows, but for those that are there already; both engines know that under the same words."""
    ask = session.connection()
    ask.execute(_new(ask.dialect.name, table), list(rows))


@cache
def _new(dialect: str, table: type[SQLModel]) -> Executable:
    insert: Executable = _DIALECTS[dialect].insert(table).on_conflict_do_nothing()
    return insert

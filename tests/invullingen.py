"""What one respondent has in the database, looked up by number: for tests that stand behind the pages."""

from __future__ import annotations

from sqlmodel import Session, col, select

from assessment import store


def answers_of(session: Session, number: int) -> dict[str, str]:
    """Question to answer."""
    mine = select(store.StoredAnswer).where(col(store.StoredAnswer.response_id) == number)
    return {row.field: row.value for row in session.exec(mine)}


def own(session: Session, number: int) -> store.OwnResponse:
    """As its respondent would get it."""
    row = session.get_one(store.StoredResponse, number, populate_existing=True)
    typed = {name: (value,) for name, value in answers_of(session, number).items()}
    return store.OwnResponse(number, row.assessment_id, row.role, row.finished_at, typed)

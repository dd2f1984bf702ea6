"""What Alembic asks first: which connection, and what the tables should be."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import String
from sqlmodel import SQLModel

from assessment import store
from web import accounts

DECLARED = (store, accounts)
"""Importing them declares their tables."""


def _plain(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """A step names plain types, so that it still runs when our own are gone."""
    if kind == "type" and isinstance(value, store.UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return f"sa.String({value.length})" if kind == "type" and isinstance(value, String) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_plain,
)
with context.begin_transaction():
    context.run_migrations()

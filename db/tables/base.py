"""The base of every table: names for constraints, UTC time, ordered keys."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any, cast

import uuid_utils.compat
from sqlalchemy import DateTime, Dialect, MetaData, Table
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

# Alembic can only change a constraint that has a name on both databases.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """All tables inherit this.

    A registry of our own: with SQLModel's, editing any watched module makes Streamlit define
    every table twice, and every page fails until restart.
    """


class Utc(TypeDecorator[datetime]):
    """A moment, stored in UTC; a naive one is refused, since nobody can say what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite keeps no zone, so it gets the plain UTC clock."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A naive moment cannot be stored: {value!r}. Give it a time zone.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Every moment that is read carries UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def new_id() -> uuid.UUID:
    """A UUIDv7: ordered by time, so that large tables grow at their end."""
    return uuid_utils.compat.uuid7()


def core(model: type[Base]) -> Table:
    """The table behind a model: queries name its columns as ``core(Person).c.email``."""
    return cast(Table, model.__table__)  # type: ignore[attr-defined]

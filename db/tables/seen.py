"""Statistics as they were shown, reminders, and the log of what was looked at and refused."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id


class Snapshot(Base, table=True):
    """One unit's figures for a module at a month's end, subtree included, and what was hidden."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        # One unit in every module and month, in this order, so that SQLite takes it without
        # knowing how many rows there are; the units directly below one.
        Index(None, "org_id", "unit_id", "module", "month_end"),
        Index(None, "org_id", "module", "parent_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    module: str = Field(primary_key=True)
    month_end: date = Field(primary_key=True)
    unit_id: uuid.UUID = Field(primary_key=True)
    parent_id: uuid.UUID | None = None
    name: str
    people: int
    in_date: int
    # "" when shown; otherwise small, complement, same or change
    hidden: str = ""


class Reminder(Base, table=True):
    """A manager reminded somebody, in the app."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    sender_id: uuid.UUID
    module: str
    sent_at: datetime = Field(sa_type=Utc)


class RecordView(Base, table=True):
    """Somebody saw another person's record: once a day for each viewer, person and place."""

    __tablename__ = "record_view"
    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        UniqueConstraint("org_id", "viewer_id", "person_id", "place", "purpose", "day"),
        Index(None, "org_id", "seen_at"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    viewer_id: uuid.UUID
    person_id: uuid.UUID
    place: str
    # Why, from a short list; "" where the page itself says why.
    purpose: str = Field(default="", sa_column_kwargs={"server_default": ""})
    day: date
    seen_at: datetime = Field(sa_type=Utc)


class Refusal(Base, table=True):
    """Somebody asked for what their rights do not cover."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        Index(None, "org_id", "at"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    what: str
    at: datetime = Field(sa_type=Utc)

"""Counts kept for speed, figures by breakdown, and what bodies publish side by side."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id


class Rollup(Base, table=True):
    """How many people of a unit itself have their newest completion of a module in these months.

    Kept in the transaction of the completion or the move. Months are year × 12 + month − 1.
    """

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        CheckConstraint("people > 0", name="somebody"),
        # The whole body's workload ahead is read from the index alone.
        Index("ix_rollup_org_id_module_expires", "org_id", "module", "expires", "people"),
        # SQLite lays the rows in the order of their key: a body's are read in one go.
        {"sqlite_with_rowid": False},
    )
    org_id: uuid.UUID = Field(primary_key=True)
    unit_id: uuid.UUID = Field(primary_key=True)
    module: str = Field(primary_key=True)
    completed: int = Field(primary_key=True)
    expires: int = Field(primary_key=True)
    people: int


class RollupDay(Base, table=True):
    """The day whose placements the roll-up counts. Moves planned for later come with theirs."""

    __tablename__ = "rollup_day"
    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    day: date


class Breakdown(Base, table=True):
    """A unit's figures at a month's end by one property of its people, and what was hidden."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        Index(None, "org_id", "module", "unit_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    module: str = Field(primary_key=True)
    month_end: date = Field(primary_key=True)
    unit_id: uuid.UUID = Field(primary_key=True)
    # family, path or cohort
    by: str = Field(primary_key=True)
    category: str = Field(primary_key=True)
    people: int
    # From how many to how many of them are in date: no exact count is kept.
    low: int
    high: int
    # "" when shown; otherwise small
    hidden: str = ""


class Learned(Base, table=True):
    """What a whole organisation learned in a module, counted once a day: sums alone."""

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    module: str = Field(primary_key=True)
    # Of which text.
    sha256: str
    counted_at: datetime = Field(sa_type=Utc)
    figures: dict[str, Any] = Field(sa_type=JSON)


class Analysed(Base, table=True):
    """How a whole organisation did with one part of a module, as counted last: sums alone.

    Counted again only when so many more people have come that two counts never differ by few.
    """

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    module: str = Field(primary_key=True)
    # A question on a form ("check/M01-Q10"), a story, the steps; "" is when it was looked at last.
    part: str = Field(primary_key=True)
    # SHA-256 of what was asked: with another text a count of its own begins.
    content: str = Field(primary_key=True)
    people: int
    counted_at: datetime = Field(sa_type=Utc)
    figures: dict[str, Any] = Field(sa_type=JSON)


class Comparing(Base, table=True):
    """A body takes part in the comparison of the bodies that share an installation."""

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    since: date
    agreed_by: uuid.UUID | None = None
    # The first day on which it no longer takes part.
    ends: date | None = None


class Release(Base, table=True):
    """What was published of all bodies together, with what it cost. No body's own figure."""

    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    # What it is about, such as "M01 2026-Q3": published once.
    subject: str = Field(unique=True)
    published_at: datetime = Field(sa_type=Utc)
    epsilon: float
    # How it was made, so that anybody can check the cost: mechanism, bounds, version.
    method: dict[str, Any] = Field(sa_type=JSON)
    figures: dict[str, Any] = Field(sa_type=JSON)

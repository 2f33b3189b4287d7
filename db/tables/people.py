"""Organisations, their unit tree, people, where they work, who acts for whom."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id


class Organisation(Base, table=True):
    """One public body. Nothing is shared between two of them."""

    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    zone: str = "Europe/London"
    language: str = "en"
    # The law whose notes its people read beside what is for everybody: neutral, eu or uk.
    jurisdiction: str = Field(default="neutral", sa_column_kwargs={"server_default": "neutral"})
    # True for a body whose people are all invented. Demo sign-in works for no other.
    invented: bool = False
    # What the body sets itself: the share of people in date it aims for, 0 to 1.
    target: float = 0.8
    # The body counts as "having trained" from this share of its people upwards, 0 to 1.
    trained_from: float = 0.5
    # The smallest group whose statistics are shown.
    least: int = 10
    created_at: datetime = Field(sa_type=Utc)


class Unit(Base, table=True):
    """A node of the organisation's tree."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        Index(None, "org_id", "code", unique=True),
        # Without it SQLite reads every unit for each one whose units it looks for.
        Index(None, "org_id", "parent_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    parent_id: uuid.UUID | None = None
    name: str
    # How the directory or the HR system names it; None for one that was made here.
    code: str | None = None
    # The first day on which it is no longer there.
    closed_on: date | None = None


class UnitPlace(Base, table=True):
    """Where a unit stood in the tree, and under which name, from when to when.

    `unit` has today's state; figures of the past ask here. `ends` is the first day no longer so.
    """

    __tablename__ = "unit_place"
    __table_args__ = (
        ForeignKeyConstraint(["org_id", "unit_id"], ["unit.org_id", "unit.id"], ondelete="CASCADE"),
        Index(None, "org_id", "unit_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    unit_id: uuid.UUID
    parent_id: uuid.UUID | None = None
    name: str
    starts: date
    ends: date | None = None


class Person(Base, table=True):
    """Somebody who works, or worked, for the organisation. Where is in `placement`."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        UniqueConstraint("org_id", "email"),
        Index(None, "org_id", "external_id", unique=True),
        # In any letter case: "Ann" and "ann" are one name to a directory.
        Index("ix_person_org_id_user_name", "org_id", text("lower(user_name)"), unique=True),
        Index(None, "org_id", "employee_number", unique=True),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    # Case-folded: Ann@ and ann@ are one person.
    email: str
    name: str
    given_name: str
    path: str = "A"
    joined_on: date
    # Deactivated people have it too: whoever has left can neither sign in nor go on.
    left_on: date | None = None
    family_name: str | None = None
    # How a directory names her (SCIM externalId and userName), and her number in the HR system.
    external_id: str | None = None
    user_name: str | None = None
    employee_number: str | None = None
    job_title: str | None = None
    # How she is written to; None: as her organisation is.
    language: str | None = None
    zone: str | None = None
    # Since when she wants no weekly mail about the people who report to her.
    digest_off_at: datetime | None = Field(default=None, sa_type=Utc)
    # Counts changes: what a directory sends as If-Match.
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    created_at: datetime | None = Field(default=None, sa_type=Utc)
    changed_at: datetime | None = Field(default=None, sa_type=Utc)
    # When her personal fields were erased; the row stays, so that counts stand.
    erased_at: datetime | None = Field(default=None, sa_type=Utc)
    # When a directory deleted her: it sees her no more, unless she comes back. Her record stays.
    removed_at: datetime | None = Field(default=None, sa_type=Utc)


class Placement(Base, table=True):
    """Who was where, under whom, from when to when (`ends` is the first day no longer there)."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["org_id", "unit_id"], ["unit.org_id", "unit.id"]),
        ForeignKeyConstraint(["org_id", "line_manager_id"], ["person.org_id", "person.id"]),
        Index(None, "org_id", "person_id"),
        Index(None, "org_id", "unit_id"),
        Index(None, "org_id", "line_manager_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    unit_id: uuid.UUID
    line_manager_id: uuid.UUID | None = None
    starts: date
    ends: date | None = None
    # What she works as, and in which grade, as the HR system names them.
    job_family: str | None = None
    grade: str | None = None


class Deputy(Base, table=True):
    """Who acts for a manager, from when to when: she then sees his people as he does."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "manager_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["org_id", "deputy_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        Index(None, "org_id", "deputy_id"),
        Index(None, "org_id", "manager_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    manager_id: uuid.UUID
    deputy_id: uuid.UUID
    # deputy: beside him. acting: in his place, while it is empty or he is away.
    kind: str = "deputy"
    starts: date
    # The first day on which she no longer acts; None until somebody ends it.
    ends: date | None = None
    given_by: uuid.UUID | None = None
    given_at: datetime = Field(sa_type=Utc)

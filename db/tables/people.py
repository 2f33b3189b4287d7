"""Organisations, their unit tree, people, where they work, how they sign in, what they may do."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
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

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    parent_id: uuid.UUID | None = None
    name: str


class Person(Base, table=True):
    """Somebody who works, or worked, for the organisation. Where is in `placement`."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        UniqueConstraint("org_id", "email"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    # Case-folded: Ann@ and ann@ are one person.
    email: str
    name: str
    given_name: str
    path: str = "A"
    joined_on: date
    left_on: date | None = None


class Identity(Base, table=True):
    """How a person is known to a sign-in provider."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        Index(None, "org_id", "person_id"),
    )
    provider: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    org_id: uuid.UUID
    person_id: uuid.UUID


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


class RoleGrant(Base, table=True):
    """A role given to a person. Learner and manager follow from the placements, not from here."""

    __tablename__ = "role_grant"
    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)
    role: str = Field(primary_key=True)
    granted_at: datetime = Field(sa_type=Utc)


class SignIn(Base, table=True):
    """One signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "sign_in"
    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        Index(None, "org_id", "person_id"),
    )
    token_hash: str = Field(primary_key=True)
    org_id: uuid.UUID
    person_id: uuid.UUID
    started_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)

"""Duties: who must take what by when, what excuses from it, and what was proved by hand."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id
from db.tables.rights import PERSON


class Assignment(Base, table=True):
    """A rule: which audience takes a module or a path, by when, and when again.

    `enrolment` has what follows from it for each person and module.
    """

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    title: str
    # A module's id, "path:A", or "path:own" for the path that each person follows.
    target: str
    # `modules.duties.model.Rule` as JSON: audience, exceptions, due, renewal.
    rule: dict[str, Any] = Field(sa_type=JSON)
    # The first day on which it asks anything of anybody.
    starts: date
    made_by: uuid.UUID | None = None
    made_at: datetime = Field(sa_type=Utc)
    changed_at: datetime | None = Field(default=None, sa_type=Utc)
    # The first day on which it asks no longer.
    ends: date | None = None


class Exemption(Base, table=True):
    """Somebody need not take a module ("": none at all), for a ground from a closed list."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    module: str
    ground: str
    starts: date
    # The first day on which it no longer holds; None until somebody ends it.
    ends: date | None = None
    given_by: uuid.UUID | None = None
    given_at: datetime = Field(sa_type=Utc)
    ended_by: uuid.UUID | None = None
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class Extension(Base, table=True):
    """A learner asked for more time for a module; her manager decides."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    module: str
    # The due day that it is about: a later cycle is not extended by it.
    due_on: date
    ground: str
    asked_until: date
    asked_at: datetime = Field(sa_type=Utc)
    decided_by: uuid.UUID | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    # The new last day; None while undecided or when refused.
    granted_until: date | None = None
    # Why not, from a closed list; "" where it was granted or is open.
    answer: str = Field(default="", sa_column_kwargs={"server_default": ""})


class HandRecord(Base, table=True):
    """Training that took place elsewhere, entered by hand; its completion stands beside it."""

    __tablename__ = "hand_record"
    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        ForeignKeyConstraint(["org_id", "attempt_id"], ["attempt.org_id", "attempt.id"]),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    module: str
    # The attempt without answers that the completion hangs on.
    attempt_id: uuid.UUID
    # classroom, prior or printed
    kind: str
    happened_on: date
    # Why it counts, from a closed list.
    reason: str
    # Where the paper is: a file number, never its content.
    document: str
    given_by: uuid.UUID | None = None
    given_at: datetime = Field(sa_type=Utc)
    withdrawn_by: uuid.UUID | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=Utc)


class Refresher(Base, table=True):
    """A rule changed in a module that somebody had completed: she redoes the changed part only."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)
    module: str = Field(primary_key=True)
    # The version that brought the change.
    version: str = Field(primary_key=True)
    made_at: datetime = Field(sa_type=Utc)
    due_on: date
    done_at: datetime | None = Field(default=None, sa_type=Utc)


class Policy(Base, table=True):
    """A text of the organisation's own that its people read and acknowledge."""

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    title: str
    # Days that somebody has to acknowledge it, from its publication or from joining.
    due_days: int
    made_by: uuid.UUID | None = None
    made_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class PolicyVersion(Base, table=True):
    """A published text of a policy. Never changed."""

    __tablename__ = "policy_version"
    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "policy_id"], ["policy.org_id", "policy.id"], ondelete="CASCADE"
        ),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    policy_id: uuid.UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    # Markdown
    body: str
    # Whether whoever acknowledged an earlier one has to do so again.
    asks_again: bool
    published_by: uuid.UUID | None = None
    published_at: datetime = Field(sa_type=Utc)


class Acknowledgement(Base, table=True):
    """Somebody read a version of a policy and said so."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["org_id", "policy_id", "number"],
            ["policy_version.org_id", "policy_version.policy_id", "policy_version.number"],
            ondelete="CASCADE",
        ),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    policy_id: uuid.UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)
    acknowledged_at: datetime = Field(sa_type=Utc)

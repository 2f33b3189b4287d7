"""Mail that is to go out or went out, runs that send it, days off, and calendar feeds."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id
from db.tables.rights import PERSON


class Mail(Base, table=True):
    """One mail to one person: planned once, sent once. Its text is made when it goes out."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        # What it is about; a second planning of the same finds it there.
        UniqueConstraint("org_id", "key"),
        # One message a day at most, whoever plans it.
        UniqueConstraint("org_id", "person_id", "day"),
        Index(None, "state", "next_at"),
        Index(None, "org_id", "made_at"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    key: str
    person_id: uuid.UUID
    # duties, digest or escalation: the first that it has of them; asked, by a manager by hand.
    kind: str
    # Why: modules with reason and day, without names or results.
    facts: dict[str, Any] = Field(sa_type=JSON)
    # The day in its reader's zone.
    day: date
    # waiting, sending, handed (the server has all but the last line), then sent, failed, dropped
    # (nothing was left to say) or unconfirmed (nobody knows whether the server took it).
    state: str
    tries: int = 0
    # Not before this moment: working hours, or the next try.
    next_at: datetime = Field(sa_type=Utc)
    made_at: datetime = Field(sa_type=Utc)
    # Who sends it now, and since when: a process that died leaves it behind.
    claim: str | None = None
    claimed_at: datetime | None = Field(default=None, sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
    # The kind of the last failure, or why it was dropped; never an address.
    failure: str = ""


class MailRun(Base, table=True):
    """One run of the scheduled work, whatever came of it. What is missing is an alarm."""

    __tablename__ = "mail_run"
    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        Index(None, "org_id", "started_at"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    started_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    planned: int = 0
    sent: int = 0
    failed: int = 0
    # Why it could not do its work: the kind of the error, never an address.
    failure: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Holiday(Base, table=True):
    """A day on which the organisation does not work, and gets no mail."""

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    day: date = Field(primary_key=True)
    name: str


class Feed(Base, table=True):
    """A calendar feed with somebody's due days. Only the hash of its token is kept."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        UniqueConstraint("token_hash"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)
    token_hash: str
    made_at: datetime = Field(sa_type=Utc)
    # What calendars were told: by entry its day and how often that has changed (SEQUENCE).
    told: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    changed_at: datetime | None = Field(default=None, sa_type=Utc)
    # The last day on which a calendar asked.
    asked_on: date | None = None

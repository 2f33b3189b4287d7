"""Local accounts: pass-phrases, second factors, single-use links, brakes against guessing."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from db.tables.base import Base, Utc

PERSON = ["person.org_id", "person.id"]


class Account(Base, table=True):
    """A local way to sign in: the argon2id hash of a pass-phrase, and a second factor."""

    __table_args__ = (ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)
    # None until she has chosen one by the link that was sent to her.
    hash: str | None = None
    changed_at: datetime = Field(sa_type=Utc)
    # Sealed with STEWARD_SECRET_KEY; counts from `totp_since` on.
    totp_secret: str | None = None
    totp_since: datetime | None = Field(default=None, sa_type=Utc)
    # The last time step whose code was taken: no code works twice.
    totp_step: int | None = None
    # Hashes of the recovery codes not used yet, one a line.
    recovery: str | None = None


class OneTime(Base, table=True):
    """A single-use link or step: only the hash of its token is kept."""

    __tablename__ = "one_time"
    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        Index(None, "org_id", "person_id"),
    )
    token_hash: str = Field(primary_key=True)
    org_id: uuid.UUID
    person_id: uuid.UUID
    # invite, reset or second-factor
    purpose: str
    made_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class Brake(Base, table=True):
    """Failures against one account or from one address: it slows down, and lets go by itself."""

    # A keyed hash: neither address nor account can be read from it.
    key: str = Field(primary_key=True)
    failures: int
    last_at: datetime = Field(sa_type=Utc)
    free_at: datetime = Field(sa_type=Utc)

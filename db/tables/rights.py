"""What somebody may do, and the browsers in which she is signed in."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id

PERSON = ["person.org_id", "person.id"]


class RoleGrant(Base, table=True):
    """A role given to a person. Learner and manager follow from the placements, not from here."""

    __tablename__ = "role_grant"
    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        ForeignKeyConstraint(["org_id", "unit_id"], ["unit.org_id", "unit.id"]),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    role: str
    # The unit to whose subtree the role reaches; None for the whole organisation.
    unit_id: uuid.UUID | None = None
    # For an auditor: whether names are shown beside the evidence.
    names: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    granted_at: datetime = Field(sa_type=Utc)
    granted_by: uuid.UUID | None = None
    # The first day on which it no longer holds; None until somebody takes it away.
    ends: date | None = None


class Identity(Base, table=True):
    """How a person is known to a sign-in provider."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        Index(None, "org_id", "person_id"),
    )
    provider: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    org_id: uuid.UUID
    person_id: uuid.UUID
    linked_at: datetime | None = Field(default=None, sa_type=Utc)


class SignIn(Base, table=True):
    """One signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "sign_in"
    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        Index(None, "org_id", "person_id"),
        Index(None, "previous_hash"),
    )
    token_hash: str = Field(primary_key=True)
    org_id: uuid.UUID
    person_id: uuid.UUID
    started_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    # How she signed in: demo, local or the provider's name.
    provider: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # The provider's own name for this session, hashed: with it the provider can end it.
    provider_session: str | None = None
    # The roles she had when this token was made: when they change, the token does.
    rights: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # The token before the last change is good until then, for tabs that are still open.
    previous_hash: str | None = None
    previous_until: datetime | None = Field(default=None, sa_type=Utc)


class SignInStep(Base, table=True):
    """A sign-in at a provider that has begun: what its answer must fit. Goes when it is used."""

    __tablename__ = "sign_in_step"
    state_hash: str = Field(primary_key=True)
    provider: str
    # Ties the answer to the browser that asked: the hash of a cookie.
    browser_hash: str
    nonce: str
    verifier: str
    next: str
    expires_at: datetime = Field(sa_type=Utc)

"""What is agreed on, what people ask for, and the log that an auditor can check."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id

PERSON = ["person.org_id", "person.id"]


class Agreement(Base, table=True):
    """A state of the works agreement that this program ran under."""

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    sha256: str
    # The file as it was.
    body: str
    # Who signed, and whether each signature held, as JSON; "[]" for an unsigned one.
    signatures: str
    since: datetime = Field(sa_type=Utc)


class AgreementSeen(Base, table=True):
    """Somebody has read what changed in the agreement: it is not shown to her again."""

    __tablename__ = "agreement_seen"
    __table_args__ = (ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)
    number: int
    seen_at: datetime = Field(sa_type=Utc)


class OwnRequest(Base, table=True):
    """Somebody asks for correction or erasure of what is held on her."""

    __tablename__ = "own_request"
    __table_args__ = (
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    # correction or erasure
    kind: str
    # What is wrong, in her words; "" for erasure.
    text: str
    asked_at: datetime = Field(sa_type=Utc)
    # open, done, refused or withdrawn
    state: str = "open"
    # What she is told.
    answer: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    decided_by: uuid.UUID | None = None


class Evidence(Base, table=True):
    """One entry of the append-only log: each carries the hash of the one before.

    Nothing personal stands in `body`: it names fields of `evidence_field` by their salted hash.
    """

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    # 1, 2, 3 … without a gap.
    number: int = Field(primary_key=True)
    # When and what, as in the body: copies, to find entries by.
    at: datetime = Field(sa_type=Utc)
    kind: str
    # Canonical JSON, hashed as it stands: docs/evidence.md.
    body: str
    previous: str
    hash: str


class EvidenceField(Base, table=True):
    """A personal field of an entry, salted. Its row can go: the chain holds without it."""

    __tablename__ = "evidence_field"
    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "number"], ["evidence.org_id", "evidence.number"], ondelete="CASCADE"
        ),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    name: str = Field(primary_key=True)
    # Whose it is.
    person_id: uuid.UUID
    salt: str
    value: str


class EvidenceHead(Base, table=True):
    """The newest entry of an organisation's log: held while one is added."""

    __tablename__ = "evidence_head"
    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    number: int
    hash: str
    # Turns ids of people into their pseudonyms of the log; is in no export.
    secret: str


class Checkpoint(Base, table=True):
    """The head of the log at a moment, signed with the installation's key."""

    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    # Of the newest entry then.
    number: int = Field(primary_key=True)
    hash: str
    at: datetime = Field(sa_type=Utc)
    # The hash of the checkpoint before, signature included.
    previous: str
    # Ed25519, in hexadecimal digits; both "" where the installation has no key.
    public_key: str
    signature: str

"""What an organisation has of its own: facts, examples, and who changed what."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id


class LocalFact(Base, table=True):
    """One thing that an organisation has filled in, such as whom to call after a breach."""

    __tablename__ = "local_fact"
    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str
    changed_by: uuid.UUID
    changed_at: datetime = Field(sa_type=Utc)


class LocalExample(Base, table=True):
    """An organisation's own example for a screen, kept by the screen's id through upgrades."""

    __tablename__ = "local_example"
    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    module: str = Field(primary_key=True)
    screen: str = Field(primary_key=True)
    body: str
    changed_by: uuid.UUID
    changed_at: datetime = Field(sa_type=Utc)


class Change(Base, table=True):
    """An administrator changed something that everybody in the organisation reads."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        Index(None, "org_id", "at"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    # "fact", "example" or "law"
    what: str
    # the key; module/screen; the law
    thing: str
    # "set", "emptied", "moved" or "chosen"
    how: str
    at: datetime = Field(sa_type=Utc)

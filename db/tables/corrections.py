"""What readers report as wrong in the content."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id


class ContentReport(Base, table=True):
    """A reader says that something is wrong at a place, and why.

    Who she is and what she wrote go after 90 days, who she is also when she lets the answer go.
    """

    __tablename__ = "content_report"
    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["org_id", "revision_id"], ["revision.org_id", "revision.id"]),
        Index(None, "org_id", "person_id"),
        Index(None, "reported_at"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    # The module's id; "" for the glossary and the job aids of no module.
    module: str = ""
    # What was read, where it belongs to a module.
    revision_id: uuid.UUID | None = None
    # kind/name: step/care-data, item/M01-Q03, aid/M01, term/controller
    place: str
    # wrong, unclear, typing or broken
    reason: str
    text: str = ""
    person_id: uuid.UUID | None = None
    reported_at: datetime = Field(sa_type=Utc)
    # open or closed
    state: str = "open"
    answer: str = ""
    closed_at: datetime | None = Field(default=None, sa_type=Utc)

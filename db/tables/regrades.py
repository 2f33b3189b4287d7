"""Answers graded again by a corrected item: the answers stay as they are."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id


class Regrade(Base, table=True):
    """A trainer let the answers to one item be graded by another revision, or took that back."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["org_id", "from_revision_id"], ["revision.org_id", "revision.id"]),
        ForeignKeyConstraint(["org_id", "to_revision_id"], ["revision.org_id", "revision.id"]),
        # Of two trainers at once, one is first and the other is told.
        UniqueConstraint("org_id", "module", "item", "number"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    module: str
    item: str
    number: int
    # The newest of the revisions that the answers were given on, and the one that grades them.
    from_revision_id: uuid.UUID
    to_revision_id: uuid.UUID
    # The number of the regrade of this item that it takes back.
    undoes: int | None = None
    # One sentence, which those whose grade changed can read.
    why: str
    # How many answers and attempts there were of each kind when it was done.
    counts: dict[str, Any] = Field(sa_type=JSON)
    made_by: uuid.UUID | None = None
    made_at: datetime = Field(sa_type=Utc)


class Regraded(Base, table=True):
    """The grade of one answer before and after a regrade. Appended; the highest turn counts."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "answer_id"], ["answer.org_id", "answer.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["org_id", "attempt_id"], ["attempt.org_id", "attempt.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["org_id", "regrade_id"], ["regrade.org_id", "regrade.id"], ondelete="CASCADE"
        ),
        Index(None, "org_id", "attempt_id"),
        Index(None, "org_id", "regrade_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    answer_id: uuid.UUID = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    regrade_id: uuid.UUID
    attempt_id: uuid.UUID
    score_before: float | None = None
    correct_before: bool | None = None
    tags_before: list[str] = Field(default_factory=list, sa_type=JSON)
    grader_before: int = 1
    score: float | None = None
    correct: bool | None = None
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    grader: int = 1

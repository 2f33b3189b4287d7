"""Modules as trainers write them: the files of a draft, what changed, who looks, what they say."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, text, true
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id

DRAFT = ["module_draft.org_id", "module_draft.id"]


class ModuleDraft(Base, table=True):
    """A module that is being written. A module has at most one draft that is not ended."""

    __tablename__ = "module_draft"
    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        Index(
            "uq_module_draft_open",
            "org_id",
            "module",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    # The module's id and the folder of its files.
    module: str
    slug: str
    # The revision that it began from; None for a new module.
    base_id: uuid.UUID | None = None
    # The number of its newest change.
    number: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    # writing, review, approved, published or dropped
    state: str = "writing"
    made_by: uuid.UUID
    made_at: datetime = Field(sa_type=Utc)
    changed_at: datetime = Field(sa_type=Utc)
    # Who asked for a review, and who approved which state of it; a later change undoes both.
    asked_by: uuid.UUID | None = None
    asked_at: datetime | None = Field(default=None, sa_type=Utc)
    # What the reviewer is told.
    word: str = Field(default="", sa_column_kwargs={"server_default": ""})
    approved_by: uuid.UUID | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Utc)
    # The newest step that was ever approved: whoever wrote a later one does not approve.
    approved_number: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    # Whether everybody is offered it, where it is a module of the organisation's own.
    offered: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    # The shipped bundle that was merged into it; "": none.
    merges: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # When it is to be published, and who said so; None: not planned.
    publish_at: datetime | None = Field(default=None, sa_type=Utc)
    planned_by: uuid.UUID | None = None
    # Why it was not published when its time came, until somebody plans or publishes again.
    refused: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # When it was published or dropped, and the revision that it became.
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    revision_id: uuid.UUID | None = None


class DraftFile(Base, table=True):
    """One file of a draft as it stands."""

    __tablename__ = "draft_file"
    __table_args__ = (ForeignKeyConstraint(["org_id", "draft_id"], DRAFT, ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    draft_id: uuid.UUID = Field(primary_key=True)
    path: str = Field(primary_key=True)
    body: str
    # The number of the change that wrote it last.
    number: int


class DraftChange(Base, table=True):
    """One step in a draft's history: which lines of a file gave way to which."""

    __tablename__ = "draft_change"
    __table_args__ = (ForeignKeyConstraint(["org_id", "draft_id"], DRAFT, ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    draft_id: uuid.UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    path: str
    # From this line (from 0) ``old`` gave way to ``new``; None: the file was not there, is gone.
    line: int
    old: str | None = None
    new: str | None = None
    # What was edited, for the history: a path of fields such as "M50-Q01/stem".
    place: str = ""
    changed_by: uuid.UUID
    changed_at: datetime = Field(sa_type=Utc)
    # The change that this one takes back.
    undoes: int | None = None


class DraftComment(Base, table=True):
    """What a trainer says about one place of a draft."""

    __tablename__ = "draft_comment"
    __table_args__ = (
        ForeignKeyConstraint(["org_id", "draft_id"], DRAFT, ondelete="CASCADE"),
        Index(None, "org_id", "draft_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    draft_id: uuid.UUID
    # A file, and a path of fields in it: "questions.en.yaml", "M50-Q01/stem".
    path: str
    place: str = ""
    text: str
    said_by: uuid.UUID
    said_at: datetime = Field(sa_type=Utc)
    settled_by: uuid.UUID | None = None
    settled_at: datetime | None = Field(default=None, sa_type=Utc)


class DraftPresence(Base, table=True):
    """Who has a draft open, and where in it: kept for minutes."""

    __tablename__ = "draft_presence"
    __table_args__ = (ForeignKeyConstraint(["org_id", "draft_id"], DRAFT, ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    draft_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)
    place: str = ""
    seen_at: datetime = Field(sa_type=Utc)


class ShippedWaiting(Base, table=True):
    """The newest shipped state of a module, where trainers published another one here."""

    __tablename__ = "shipped_waiting"
    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["sha256"], ["bundle.sha256"]),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    module: str = Field(primary_key=True)
    sha256: str
    version: str
    since: datetime = Field(sa_type=Utc)
    # Who decided to keep the own one; None: nobody has yet.
    kept_by: uuid.UUID | None = None
    kept_at: datetime | None = Field(default=None, sa_type=Utc)

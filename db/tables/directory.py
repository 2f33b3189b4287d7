"""How people arrive: directory clients, groups, roster imports and how to undo them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id

PERSON = ["person.org_id", "person.id"]


class ScimClient(Base, table=True):
    """A directory that may create, move and deactivate people, by a bearer token of its own."""

    __tablename__ = "scim_client"
    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        UniqueConstraint("token_hash"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    token_hash: str
    # Which of users:read users:write groups:read groups:write, parted by blanks.
    scopes: str
    made_at: datetime = Field(sa_type=Utc)
    made_by: uuid.UUID | None = None
    expires_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)
    used_on: date | None = None


class PeopleGroup(Base, table=True):
    """A group that a directory keeps: a name and members. It grants nothing by itself."""

    __tablename__ = "people_group"
    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        UniqueConstraint("org_id", "name"),
        UniqueConstraint("org_id", "external_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    external_id: str | None = None
    version: int = 1
    created_at: datetime = Field(sa_type=Utc)
    changed_at: datetime = Field(sa_type=Utc)


class GroupMember(Base, table=True):
    """Somebody in a group."""

    __tablename__ = "group_member"
    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "group_id"], ["people_group.org_id", "people_group.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["org_id", "person_id"], PERSON, ondelete="CASCADE"),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    group_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)


class RosterImport(Base, table=True):
    """One import of a staff list: what it did, and whether it was undone."""

    __tablename__ = "roster_import"
    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    sha256: str
    people: int
    joined: int
    moved: int
    left: int
    changed: int
    imported_at: datetime = Field(sa_type=Utc)
    imported_by: uuid.UUID | None = None
    undone_at: datetime | None = Field(default=None, sa_type=Utc)


class RosterUndo(Base, table=True):
    """What one row was before an import, so that the import can be undone. Kept 30 days."""

    __tablename__ = "roster_undo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "import_id"],
            ["roster_import.org_id", "roster_import.id"],
            ondelete="CASCADE",
        ),
        # Without it, erasing one of a million people would read all their rows.
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    import_id: uuid.UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    # person, placement, role_grant, deputy, unit or unit_place; and its id
    thing: str
    thing_id: uuid.UUID
    person_id: uuid.UUID | None = None
    # The row as it was, as JSON; "" when the import made it.
    before: str


class RosterMapping(Base, table=True):
    """Which column of a staff list means what, remembered for the next file with that head."""

    __tablename__ = "roster_mapping"
    __table_args__ = (ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),)
    org_id: uuid.UUID = Field(primary_key=True)
    # SHA-256 of the column names, case-folded and sorted.
    head: str = Field(primary_key=True)
    # Column name -> field, as JSON.
    mapping: str
    saved_at: datetime = Field(sa_type=Utc)

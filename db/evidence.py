"""The log of evidence as rows: appended and read, never changed."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from db.engine import insert_many, insert_new
from db.tables import Evidence, EvidenceField, EvidenceHead, core

ENTRY, FIELD, HEAD = core(Evidence).c, core(EvidenceField).c, core(EvidenceHead).c


@dataclass(frozen=True)
class Head:
    """The newest entry of a log (0 for an empty one), and the secret of its pseudonyms."""

    number: int
    hash: str
    secret: str


def hold(session: Session, *, org_id: uuid.UUID, start: str) -> Head:
    """The head of a log, made with the hash ``start`` when there is none; alone until the commit.

    PostgreSQL locks the row. SQLite ignores the clause: its writing session is alone anyway.
    """
    query = select(HEAD.number, HEAD.hash, HEAD.secret).where(HEAD.org_id == org_id)
    held = session.connection().execute(query.with_for_update()).one_or_none()
    if held is None:
        row = {"org_id": org_id, "number": 0, "hash": start, "secret": secrets.token_hex(32)}
        # Two may come first at once: the second waits here, and finds the first one's.
        insert_new(session, EvidenceHead, row)
        held = session.connection().execute(query.with_for_update()).one()
    return Head(*held)


def add(session: Session, *, entries: list[dict[str, Any]], fields: list[dict[str, Any]]) -> None:
    """Append whole rows."""
    insert_many(session, Evidence, entries)
    insert_many(session, EvidenceField, fields)


def move(session: Session, *, org_id: uuid.UUID, number: int, hash_: str) -> None:
    """Set the head to the entry that was appended last."""
    statement = update(core(EvidenceHead)).where(HEAD.org_id == org_id)
    session.connection().execute(statement.values(number=number, hash=hash_))

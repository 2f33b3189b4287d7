"""Entries about staff lists: what an import did, and that one was taken back."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db.tables import RosterImport
from modules.evidence.recording import record


def done(session: Session, one: RosterImport, *, by_name: str, now: datetime) -> int:
    """Enter what an import did; ``by_name`` is "" for a command on the server."""
    return _enter(session, "roster", one, one.imported_by, by_name, now)


def undone(
    session: Session, one: RosterImport, *, by: uuid.UUID | None, by_name: str, now: datetime
) -> int:
    """Enter that an import was taken back."""
    return _enter(session, "roster_undone", one, by, by_name, now)


def _enter(
    session: Session,
    kind: str,
    one: RosterImport,
    by: uuid.UUID | None,
    by_name: str,
    now: datetime,
) -> int:
    return record(
        session,
        org_id=one.org_id,
        kind=kind,
        about=one.id,
        facts={
            "sha256": one.sha256,
            "people": one.people,
            "joined": one.joined,
            "moved": one.moved,
            "left": one.left,
            "changed": one.changed,
        },
        personal={"by_name": by_name} if by and by_name else {},
        by=by,
        now=now,
    )

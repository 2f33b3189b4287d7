"""Entries about staff lists: what an import did, whose roles it ended; that it was taken back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db.roster import kept
from db.tables import Organisation, RosterImport
from modules.evidence import rights
from modules.evidence.recording import record
from modules.evidence.rights import Right

FACTS = ("sha256", "people", "joined", "moved", "left", "changed")


def done(session: Session, one: RosterImport, *, by_name: str, now: datetime) -> None:
    """Enter what an import did and whose roles it ended; ``by_name`` is "" for a command."""
    _enter(session, "roster", one, rights.taken, one.imported_by, by_name, now)


def undone(
    session: Session, one: RosterImport, *, by: uuid.UUID | None, by_name: str, now: datetime
) -> None:
    """Enter that an import was taken back and who has a role again. Before its rows are let go."""
    _enter(session, "roster_undone", one, rights.given, by, by_name, now)


def _enter(
    session: Session,
    entry: str,
    one: RosterImport,
    role: Callable[..., int],
    by: uuid.UUID | None,
    by_name: str,
    now: datetime,
) -> None:
    record(
        session,
        org_id=one.org_id,
        kind=entry,
        about=one.id,
        facts={name: getattr(one, name) for name in FACTS},
        by=by,
        by_name=by_name,
        now=now,
    )
    body = session.get_one(Organisation, one.org_id)
    day = one.imported_at.astimezone(ZoneInfo(body.zone)).date()
    of: dict[str, Any] = {"org_id": one.org_id, "import_id": one.id, "day": day}
    found = [Right.of(one.org_id, held) for held in kept.roles(session, **of)]
    for person_id, name, email, kind, ends in kept.deputies(session, **of):
        found.append(Right(one.org_id, person_id, name, email, kind, ends=ends))
    for right in found:
        role(session, right, by=by, by_name=by_name, now=now)

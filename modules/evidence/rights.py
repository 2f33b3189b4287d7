"""Entries about rights: who was given which, and whose was taken."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db.grants import Given
from modules.evidence.recording import record


@dataclass(frozen=True)
class Right:
    """A role, or that somebody acts for a manager: ``role`` is then deputy or acting."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    email: str
    role: str
    unit_id: uuid.UUID | None = None
    names: bool = False
    # The first day on which it no longer holds.
    ends: date | None = None

    @classmethod
    def of(cls, org_id: uuid.UUID, one: Given) -> Right:
        """A role as it was given, with the end that it has."""
        return cls(
            *(org_id, one.person_id, one.name, one.email),
            *(one.role, one.unit_id, one.names, one.ends),
        )


def given(
    session: Session, right: Right, *, by: uuid.UUID | None, by_name: str, now: datetime
) -> int:
    """Enter that somebody was given a right; ``by`` is None for a command on the server."""
    return _enter(session, "right_given", right, by, by_name, now)


def taken(
    session: Session, right: Right, *, by: uuid.UUID | None, by_name: str, now: datetime
) -> int:
    """Enter that somebody's right was taken."""
    return _enter(session, "right_taken", right, by, by_name, now)


def _enter(
    session: Session,
    kind: str,
    right: Right,
    by: uuid.UUID | None,
    by_name: str,
    now: datetime,
) -> int:
    return record(
        session,
        org_id=right.org_id,
        kind=kind,
        about=right.person_id,
        facts={
            "role": str(right.role),
            "unit": right.unit_id,
            "names": right.names,
            "ends": right.ends,
        },
        personal={"name": right.name, "email": right.email},
        by=by,
        by_name=by_name,
        now=now,
    )

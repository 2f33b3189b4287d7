"""Learners' own words on a step. Nobody else reads them, and they go after 90 days."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session

from db.engine import replace
from db.tables import Note, core

NOTE = core(Note).c


@dataclass(frozen=True)
class Written:
    """A note as it stands; ``place`` is module and step."""

    place: str
    body: str
    written_at: datetime


def write(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    place: str,
    body: str,
    now: datetime,
) -> None:
    """Keep a note in place of the one before; an empty one deletes it."""
    key = {"org_id": org_id, "person_id": person_id, "place": place}
    if body:
        replace(session, Note, {**key, "body": body, "written_at": now})
        return
    session.connection().execute(
        delete(core(Note)).where(
            NOTE.org_id == org_id, NOTE.person_id == person_id, NOTE.place == place
        )
    )


def of_person(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, place: str = ""
) -> list[Written]:
    """A person's notes, oldest first; that of one place when it is named."""
    query = select(NOTE.place, NOTE.body, NOTE.written_at).where(
        NOTE.org_id == org_id, NOTE.person_id == person_id
    )
    if place:
        query = query.where(NOTE.place == place)
    rows = session.connection().execute(query.order_by(NOTE.written_at, NOTE.place))
    return [Written(**row._mapping) for row in rows]


def forget(session: Session, *, before: datetime) -> int:
    """Delete the notes of every organisation written before a moment; how many there were."""
    statement = delete(core(Note)).where(NOTE.written_at < before).returning(NOTE.place)
    return len(session.connection().execute(statement).all())

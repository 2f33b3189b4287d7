"""What trainers say about places of a draft, and what of it is settled."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from db.people import PERSON
from db.tables import DraftComment, Person, core, new_id

COMMENT = core(DraftComment).c


@dataclass(frozen=True)
class Comment:
    """One comment: on which file and place of fields, what, by whom, and whether it is settled."""

    id: uuid.UUID
    path: str
    place: str
    text: str
    said_by: uuid.UUID
    by: str
    said_at: datetime
    settled_at: datetime | None


def of_draft(session: Session, *, org_id: uuid.UUID, draft_id: uuid.UUID) -> list[Comment]:
    """The comments on a draft, the oldest first."""
    query = (
        select(
            COMMENT.id,
            COMMENT.path,
            COMMENT.place,
            COMMENT.text,
            COMMENT.said_by,
            PERSON.name,
            COMMENT.said_at,
            COMMENT.settled_at,
        )
        .select_from(core(DraftComment))
        .outerjoin(core(Person), (PERSON.org_id == COMMENT.org_id) & (PERSON.id == COMMENT.said_by))
        .where(COMMENT.org_id == org_id, COMMENT.draft_id == draft_id)
        .order_by(COMMENT.said_at, COMMENT.id)
    )
    rows = session.connection().execute(query)
    return [Comment(*row[:5], row[5] or "", *row[6:]) for row in rows]


def open_counts(session: Session, *, org_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """How many comments are not settled, by draft."""
    query = (
        select(COMMENT.draft_id, func.count())
        .where(COMMENT.org_id == org_id, COMMENT.settled_at.is_(None))
        .group_by(COMMENT.draft_id)
    )
    return {row[0]: row[1] for row in session.connection().execute(query)}


def say(
    session: Session,
    *,
    org_id: uuid.UUID,
    draft_id: uuid.UUID,
    path: str,
    place: str,
    text: str,
    by: uuid.UUID,
    now: datetime,
) -> uuid.UUID:
    """Keep a comment on a place."""
    id = new_id()
    row = {"org_id": org_id, "id": id, "draft_id": draft_id, "path": path, "place": place}
    session.connection().execute(
        insert(core(DraftComment)).values(**row, text=text, said_by=by, said_at=now)
    )
    return id


def settle(
    session: Session,
    *,
    org_id: uuid.UUID,
    draft_id: uuid.UUID,
    id: uuid.UUID,
    by: uuid.UUID | None,
    now: datetime | None,
) -> bool:
    """Settle a comment, or with None open it again; False when there is none such."""
    statement = update(core(DraftComment)).where(
        COMMENT.org_id == org_id, COMMENT.draft_id == draft_id, COMMENT.id == id
    )
    done = session.connection().execute(statement.values(settled_by=by, settled_at=now))
    return bool(done.rowcount)

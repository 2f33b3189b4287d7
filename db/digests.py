"""Who wants no weekly mail about the people who report to her, and since when."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session

from db.people import PERSON
from db.tables import Person, core


def off_since(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> datetime | None:
    """Since when somebody wants none; None where she gets them."""
    query = select(PERSON.digest_off_at).where(PERSON.org_id == org_id, PERSON.id == person_id)
    found: datetime | None = session.connection().execute(query).scalar_one_or_none()
    return found


def turn(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, off_at: datetime | None
) -> bool:
    """Turn it off at a moment, or on again with None; False when it was so."""
    was = PERSON.digest_off_at.is_(None)
    done = session.connection().execute(
        update(core(Person))
        .where(PERSON.org_id == org_id, PERSON.id == person_id, ~was if off_at is None else was)
        .values(digest_off_at=off_at)
        .returning(PERSON.id)
    )
    return done.first() is not None

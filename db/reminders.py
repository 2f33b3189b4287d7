"""Reminders that a manager gave, in the app."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from db.engine import insert_many
from db.people import PERSON
from db.tables import Person, Reminder, core, new_id

REMINDER = core(Reminder).c


@dataclass(frozen=True)
class Given:
    """A reminder as the reminded person sees it."""

    module: str
    sender: str
    sent_at: datetime


def last_sent(
    session: Session, *, org_id: uuid.UUID, person_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, datetime]:
    """When each of these people was last reminded."""
    query = (
        select(REMINDER.person_id, func.max(REMINDER.sent_at).label("sent_at"))
        .where(REMINDER.org_id == org_id, REMINDER.person_id.in_(person_ids))
        .group_by(REMINDER.person_id)
    )
    return {row.person_id: row.sent_at for row in session.connection().execute(query)}


def send(
    session: Session,
    *,
    org_id: uuid.UUID,
    sender_id: uuid.UUID,
    pairs: Sequence[tuple[uuid.UUID, str]],
    now: datetime,
) -> None:
    """Record a reminder for each (person, module)."""
    insert_many(
        session,
        Reminder,
        [
            {
                "org_id": org_id,
                "id": new_id(),
                "person_id": person_id,
                "sender_id": sender_id,
                "module": module,
                "sent_at": now,
            }
            for person_id, module in pairs
        ],
    )


def of_person(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[Given]:
    """A person's reminders, newest first."""
    query = (
        select(REMINDER.module, PERSON.name.label("sender"), REMINDER.sent_at)
        .select_from(core(Reminder))
        .join(core(Person), (PERSON.org_id == REMINDER.org_id) & (PERSON.id == REMINDER.sender_id))
        .where(REMINDER.org_id == org_id, REMINDER.person_id == person_id)
        .order_by(REMINDER.sent_at.desc())
    )
    return [Given(**row._mapping) for row in session.connection().execute(query)]

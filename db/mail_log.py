"""The send log: which mail went to whom, of which kind, when, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select, update
from sqlmodel import Session

from db.outbox import MAIL
from db.people import PERSON, PLACEMENT, on_day
from db.tables import Mail, Person, core


@dataclass(frozen=True)
class Line:
    """A mail as the send log shows it: who, of which kind, when, what came of it. No content."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    kind: str
    day: date
    state: str
    tries: int
    next_at: datetime
    sent_at: datetime | None
    failure: str


def log(
    session: Session,
    *,
    org_id: uuid.UUID,
    day: date,
    units: Collection[uuid.UUID] | None,
    states: Collection[str] = (),
    most: int,
) -> list[Line]:
    """The newest mails, newest first; with ``units``, of people who work there on a day."""
    query = (
        select(
            MAIL.id,
            MAIL.person_id,
            PERSON.name,
            MAIL.kind,
            MAIL.day,
            MAIL.state,
            MAIL.tries,
            MAIL.next_at,
            MAIL.sent_at,
            MAIL.failure,
        )
        .select_from(core(Mail))
        .join(core(Person), and_(PERSON.org_id == MAIL.org_id, PERSON.id == MAIL.person_id))
        .where(MAIL.org_id == org_id)
        .order_by(MAIL.made_at.desc(), MAIL.id.desc())
        .limit(most)
    )
    if states:
        query = query.where(MAIL.state.in_(states))
    if units is not None:
        works = select(PLACEMENT.person_id).where(
            PLACEMENT.org_id == org_id, PLACEMENT.unit_id.in_(units), on_day(day)
        )
        query = query.where(MAIL.person_id.in_(works))
    return [Line(**row._mapping) for row in session.connection().execute(query)]


def count(session: Session, *, org_id: uuid.UUID) -> dict[str, int]:
    """How many mails are in each state."""
    query = (
        select(MAIL.state, func.count().label("n"))
        .where(MAIL.org_id == org_id)
        .group_by(MAIL.state)
    )
    return {row.state: row.n for row in session.connection().execute(query)}


def try_again(
    session: Session, *, org_id: uuid.UUID, mail_id: uuid.UUID, day: date, at: datetime
) -> bool:
    """Let a mail that did not go out wait once more, for another day; False when it is not so."""
    done = session.connection().execute(
        update(core(Mail))
        .where(
            MAIL.org_id == org_id,
            MAIL.id == mail_id,
            MAIL.state.in_(("failed", "unconfirmed")),
        )
        .values(state="waiting", claim=None, claimed_at=None, tries=0, day=day, next_at=at)
        .returning(MAIL.id)
    )
    return done.first() is not None

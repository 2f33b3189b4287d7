"""Who acts for a manager: beside him, or in his place while it is empty."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlmodel import Session

from db.people import DEPUTY, PERSON
from db.tables import Deputy, Person, core, new_id


@dataclass(frozen=True)
class Acting:
    """Somebody acts for somebody; ``ends`` is the first day on which she no longer does."""

    id: uuid.UUID
    manager: str
    deputy_id: uuid.UUID
    deputy: str
    email: str
    kind: str
    starts: date
    ends: date | None


def give(
    session: Session,
    *,
    org_id: uuid.UUID,
    manager_id: uuid.UUID,
    deputy_id: uuid.UUID,
    kind: str,
    starts: date,
    ends: date | None,
    by: uuid.UUID,
    now: datetime,
) -> uuid.UUID:
    """Let somebody act for a manager; gives the row's id."""
    made = new_id()
    session.connection().execute(
        core(Deputy)
        .insert()
        .values(
            org_id=org_id,
            id=made,
            manager_id=manager_id,
            deputy_id=deputy_id,
            kind=kind,
            starts=starts,
            ends=ends,
            given_by=by,
            given_at=now,
        )
    )
    return made


def overlaps(
    session: Session,
    *,
    org_id: uuid.UUID,
    manager_id: uuid.UUID,
    deputy_id: uuid.UUID,
    starts: date,
    ends: date | None,
) -> bool:
    """Whether she already acts for him on one of these days."""
    query = select(DEPUTY.id).where(
        DEPUTY.org_id == org_id,
        DEPUTY.manager_id == manager_id,
        DEPUTY.deputy_id == deputy_id,
        or_(DEPUTY.ends.is_(None), DEPUTY.ends > starts),
    )
    if ends is not None:
        query = query.where(DEPUTY.starts < ends)
    return session.connection().execute(query.limit(1)).first() is not None


def end(session: Session, *, org_id: uuid.UUID, id: uuid.UUID, day: date) -> bool:
    """Let it end on a day, or before it began; whether there was one to end."""
    done = session.connection().execute(
        update(core(Deputy))
        .where(
            DEPUTY.org_id == org_id,
            DEPUTY.id == id,
            or_(DEPUTY.ends.is_(None), DEPUTY.ends > day),
        )
        .values(ends=day)
    )
    return bool(done.rowcount)


def end_all(session: Session, *, org_id: uuid.UUID, deputy_id: uuid.UUID, day: date) -> list[str]:
    """Let whatever somebody does for managers end on a day; the kind of each that did."""
    done = session.connection().execute(
        update(core(Deputy))
        .where(
            DEPUTY.org_id == org_id,
            DEPUTY.deputy_id == deputy_id,
            or_(DEPUTY.ends.is_(None), DEPUTY.ends > day),
        )
        .values(ends=day)
        .returning(DEPUTY.kind)
    )
    return list(done.scalars())


def listing(session: Session, *, org_id: uuid.UUID, day: date) -> list[Acting]:
    """Whoever acts on a day or will later, by manager. One query."""
    helper = core(Person).alias("helper")
    query = (
        select(
            DEPUTY.id,
            PERSON.name.label("manager"),
            DEPUTY.deputy_id,
            helper.c.name.label("deputy"),
            helper.c.email,
            DEPUTY.kind,
            DEPUTY.starts,
            DEPUTY.ends,
        )
        .select_from(core(Deputy))
        .join(core(Person), (PERSON.org_id == DEPUTY.org_id) & (PERSON.id == DEPUTY.manager_id))
        .join(helper, (helper.c.org_id == DEPUTY.org_id) & (helper.c.id == DEPUTY.deputy_id))
        .where(
            DEPUTY.org_id == org_id,
            or_(DEPUTY.ends.is_(None), (DEPUTY.ends > day) & (DEPUTY.ends > DEPUTY.starts)),
        )
        .order_by(PERSON.name, DEPUTY.starts, DEPUTY.id)
    )
    return [Acting(**row._mapping) for row in session.connection().execute(query)]

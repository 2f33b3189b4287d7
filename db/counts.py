"""How many people an organisation has on a day, and how many hold which role."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from db.people import GRANT, PERSON, PLACEMENT, in_force, on_day
from db.tables import Person, Placement, Unit, core

UNIT = core(Unit).c


def people(session: Session, *, org_id: uuid.UUID, day: date) -> int:
    """Everybody who has a place on that day."""
    query = (
        select(func.count(PLACEMENT.person_id.distinct()))
        .select_from(core(Placement).join(core(Person), PERSON.id == PLACEMENT.person_id))
        .where(
            PLACEMENT.org_id == org_id,
            PERSON.org_id == org_id,
            on_day(day),
            PERSON.left_on.is_(None) | (PERSON.left_on > day),
        )
    )
    return int(session.connection().execute(query).scalar_one())


def units(session: Session, *, org_id: uuid.UUID, day: date) -> int:
    """The units that are there on that day."""
    query = select(func.count()).where(
        UNIT.org_id == org_id, UNIT.closed_on.is_(None) | (UNIT.closed_on > day)
    )
    return int(session.connection().execute(query).scalar_one())


def holders(session: Session, *, org_id: uuid.UUID, day: date) -> dict[str, int]:
    """How many people hold each granted role on that day."""
    query = (
        select(GRANT.role, func.count(GRANT.person_id.distinct()))
        .where(GRANT.org_id == org_id, in_force(day))
        .group_by(GRANT.role)
    )
    return {row[0]: int(row[1]) for row in session.connection().execute(query)}

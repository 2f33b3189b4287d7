"""Who reports to a manager on a day, whether anything is asked of them or not."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlmodel import Session

from db.people import PERSON, PLACEMENT, UNIT, on_day, reports_to
from db.tables import Person, Placement, Unit, core


@dataclass(frozen=True)
class Own:
    """Somebody who reports to a manager."""

    person_id: uuid.UUID
    name: str
    email: str
    unit: str


def of_manager(
    session: Session,
    *,
    org_id: uuid.UUID,
    line_manager_id: uuid.UUID,
    day: date,
    person_ids: Collection[uuid.UUID] | None = None,
) -> list[Own]:
    """Who reports to a manager on a day, by name; only these people when they are given.

    Also who reports to a manager for whom she acts on that day.
    """
    query = (
        select(
            PERSON.id.label("person_id"),
            PERSON.name,
            PERSON.email,
            UNIT.name.label("unit"),
        )
        .select_from(core(Placement))
        .join(
            core(Person),
            and_(PERSON.org_id == PLACEMENT.org_id, PERSON.id == PLACEMENT.person_id),
        )
        .join(core(Unit), and_(UNIT.org_id == PLACEMENT.org_id, UNIT.id == PLACEMENT.unit_id))
        .where(
            PLACEMENT.org_id == org_id,
            reports_to(org_id, line_manager_id, day),
            on_day(day),
            or_(PERSON.left_on.is_(None), PERSON.left_on > day),
        )
        .order_by(PERSON.name, PERSON.id, PLACEMENT.starts)
    )
    if person_ids is not None:
        query = query.where(PERSON.id.in_(person_ids))
    # Who is placed twice on one day is there once: the newest placement counts.
    rows = session.connection().execute(query)
    return list({row.person_id: Own(**row._mapping) for row in rows}.values())


def within(
    session: Session,
    *,
    org_id: uuid.UUID,
    day: date,
    units: Collection[uuid.UUID] | None,
    emails: Collection[str] | None = None,
    person_ids: Collection[uuid.UUID] | None = None,
) -> list[Own]:
    """Who of these works in one of some units on a day, by name; None is the whole organisation.

    By address, in small letters, or by id; without either, nobody.
    """
    known = []
    if emails is not None:
        known.append(PERSON.email.in_(emails))
    if person_ids is not None:
        known.append(PERSON.id.in_(person_ids))
    if not known:
        return []
    query = (
        select(
            PERSON.id.label("person_id"),
            PERSON.name,
            PERSON.email,
            UNIT.name.label("unit"),
        )
        .select_from(core(Person))
        .outerjoin(
            core(Placement),
            and_(PLACEMENT.org_id == PERSON.org_id, PLACEMENT.person_id == PERSON.id, on_day(day)),
        )
        .outerjoin(core(Unit), and_(UNIT.org_id == PERSON.org_id, UNIT.id == PLACEMENT.unit_id))
        .where(
            PERSON.org_id == org_id,
            or_(PERSON.left_on.is_(None), PERSON.left_on > day),
            *known,
        )
        .order_by(PERSON.name, PERSON.id, PLACEMENT.starts)
    )
    if units is not None:
        query = query.where(PLACEMENT.unit_id.in_(units))
    rows = session.connection().execute(query)
    return list(
        {row.person_id: Own(**{**row._mapping, "unit": row.unit or ""}) for row in rows}.values()
    )

"""The unit tree, as it is and as it was."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, delete, func, or_, select, update
from sqlmodel import Session

from db.people import PERSON, PLACEMENT, UNIT, on_day
from db.tables import Person, Placement, Unit, UnitPlace, core, new_id

PLACE = core(UnitPlace).c


@dataclass(frozen=True)
class Node:
    """A unit that stands today, with how many people work in it, those below not counted."""

    id: uuid.UUID
    parent_id: uuid.UUID | None
    name: str
    code: str | None
    people: int


@dataclass(frozen=True)
class Stood:
    """Where a unit stood, under which name; ``ends`` is the first day no longer so."""

    unit_id: uuid.UUID
    name: str
    above: str
    starts: date
    ends: date | None


def tree(session: Session, *, org_id: uuid.UUID, day: date) -> list[Node]:
    """Every unit that stands on a day, by name. One query."""
    working = (
        select(PLACEMENT.unit_id, func.count().label("people"))
        .select_from(core(Placement))
        .join(
            core(Person), (PERSON.org_id == PLACEMENT.org_id) & (PERSON.id == PLACEMENT.person_id)
        )
        .where(
            PLACEMENT.org_id == org_id,
            on_day(day),
            or_(PERSON.left_on.is_(None), PERSON.left_on > day),
        )
        .group_by(PLACEMENT.unit_id)
        .subquery()
    )
    query = (
        select(
            UNIT.id,
            UNIT.parent_id,
            UNIT.name,
            UNIT.code,
            func.coalesce(working.c.people, 0).label("people"),
        )
        .outerjoin(working, working.c.unit_id == UNIT.id)
        .where(UNIT.org_id == org_id, or_(UNIT.closed_on.is_(None), UNIT.closed_on > day))
        .order_by(UNIT.name, UNIT.id)
    )
    return [Node(**row._mapping) for row in session.connection().execute(query)]


def add(
    session: Session,
    *,
    org_id: uuid.UUID,
    name: str,
    parent_id: uuid.UUID | None,
    day: date,
    code: str | None = None,
) -> uuid.UUID:
    """Add a unit below another one, or a top; gives its id."""
    made = new_id()
    unit = {"org_id": org_id, "id": made, "parent_id": parent_id, "name": name, "code": code}
    session.connection().execute(core(Unit).insert().values(unit))
    _stands(session, org_id, made, day)
    return made


def change(
    session: Session,
    *,
    org_id: uuid.UUID,
    unit_id: uuid.UUID,
    day: date,
    name: str | None = None,
    parent_id: uuid.UUID | None = None,
) -> None:
    """Rename a unit or move it below another one, and keep where it stood before."""
    values = {"name": name, "parent_id": parent_id}
    given = {key: value for key, value in values.items() if value is not None}
    _was(session, org_id, unit_id, day)
    session.connection().execute(
        update(core(Unit)).where(UNIT.org_id == org_id, UNIT.id == unit_id).values(**given)
    )
    _stands(session, org_id, unit_id, day)


def close(session: Session, *, org_id: uuid.UUID, unit_id: uuid.UUID, day: date) -> None:
    """Close a unit from a day on. Its past stays."""
    _was(session, org_id, unit_id, day)
    session.connection().execute(
        update(core(Unit)).where(UNIT.org_id == org_id, UNIT.id == unit_id).values(closed_on=day)
    )


def history(session: Session, *, org_id: uuid.UUID) -> list[Stood]:
    """Where units stood before, the newest change first. A unit that never changed has no line."""
    above = core(Unit).alias("above")
    several = (
        select(PLACE.unit_id)
        .where(PLACE.org_id == org_id)
        .group_by(PLACE.unit_id)
        .having(func.max(case((PLACE.ends.is_not(None), 1), else_=0)) > 0)
    )
    query = (
        select(
            PLACE.unit_id,
            PLACE.name,
            func.coalesce(above.c.name, "").label("above"),
            PLACE.starts,
            PLACE.ends,
        )
        .outerjoin(above, (above.c.org_id == PLACE.org_id) & (above.c.id == PLACE.parent_id))
        .where(PLACE.org_id == org_id, PLACE.unit_id.in_(several))
        .order_by(PLACE.starts.desc(), PLACE.name, PLACE.id)
    )
    return [Stood(**row._mapping) for row in session.connection().execute(query)]


def _was(session: Session, org_id: uuid.UUID, unit_id: uuid.UUID, day: date) -> None:
    """Close what is known of a unit's place; what nobody wrote down has stood since its people."""
    connection = session.connection()
    of_it = (PLACE.org_id == org_id) & (PLACE.unit_id == unit_id)
    if connection.execute(select(PLACE.id).where(of_it).limit(1)).first() is None:
        first = select(func.min(PLACEMENT.starts)).where(
            PLACEMENT.org_id == org_id, PLACEMENT.unit_id == unit_id
        )
        since = connection.execute(first).scalar() or day
        _stands(session, org_id, unit_id, min(since, day))
    # What began this very day never stood.
    connection.execute(delete(core(UnitPlace)).where(of_it, PLACE.starts >= day))
    connection.execute(update(core(UnitPlace)).where(of_it, PLACE.ends.is_(None)).values(ends=day))


def _stands(session: Session, org_id: uuid.UUID, unit_id: uuid.UUID, day: date) -> None:
    unit = session.connection().execute(
        select(UNIT.parent_id, UNIT.name).where(UNIT.org_id == org_id, UNIT.id == unit_id)
    )
    row = unit.one()
    session.connection().execute(
        core(UnitPlace)
        .insert()
        .values(
            org_id=org_id,
            id=new_id(),
            unit_id=unit_id,
            parent_id=row.parent_id,
            name=row.name,
            starts=day,
        )
    )

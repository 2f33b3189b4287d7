"""A body's beginning: the organisation, its root unit, and people made by hand."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session

from db import recounting
from db.people import ORGANISATION, PERSON, UNIT
from db.tables import Organisation, Person, Placement, Unit, UnitPlace, core, new_id


def by_name(session: Session, *, name: str) -> Organisation | None:
    """The organisation with this name, in any letter case."""
    for one in session.connection().execute(select(ORGANISATION.id, ORGANISATION.name)):
        if one.name.casefold() == name.casefold():
            return session.get(Organisation, one.id)
    return None


def add(
    session: Session,
    *,
    name: str,
    zone: str,
    language: str,
    jurisdiction: str,
    day: date,
    now: datetime,
) -> uuid.UUID:
    """Found an organisation with its root unit; gives its id."""
    org_id = new_id()
    session.add(
        Organisation(
            id=org_id,
            name=name,
            zone=zone,
            language=language,
            jurisdiction=jurisdiction,
            created_at=now,
        )
    )
    session.flush()
    recounting.start(session, org_id=org_id)
    root(session, org_id=org_id, name=name, day=day)
    return org_id


def root(session: Session, *, org_id: uuid.UUID, name: str, day: date) -> uuid.UUID:
    """The unit at the top of the tree; made with this name if the organisation has none."""
    query = (
        select(UNIT.id)
        .where(UNIT.org_id == org_id, UNIT.parent_id.is_(None), UNIT.closed_on.is_(None))
        .order_by(UNIT.id)
    )
    found = session.connection().execute(query).scalars().first()
    if found is not None:
        return uuid.UUID(str(found))
    made = new_id()
    session.connection().execute(
        core(Unit).insert().values(org_id=org_id, id=made, parent_id=None, name=name)
    )
    session.connection().execute(
        core(UnitPlace)
        .insert()
        .values(org_id=org_id, id=new_id(), unit_id=made, parent_id=None, name=name, starts=day)
    )
    return made


def person(session: Session, *, org_id: uuid.UUID, email: str) -> Person | None:
    """The person of this organisation with this address, whether she works there or has left."""
    query = select(PERSON.id).where(PERSON.org_id == org_id, PERSON.email == email.casefold())
    found = session.connection().execute(query).scalars().first()
    return session.get(Person, (org_id, found)) if found else None


def hire(
    session: Session,
    *,
    org_id: uuid.UUID,
    email: str,
    name: str,
    unit_id: uuid.UUID,
    day: date,
    now: datetime,
) -> uuid.UUID:
    """A new person in a unit, from today on; gives her id."""
    made = new_id()
    given, _, family = name.partition(" ")
    session.connection().execute(
        core(Person)
        .insert()
        .values(
            org_id=org_id,
            id=made,
            email=email.casefold(),
            name=name,
            given_name=given,
            family_name=family or None,
            path="A",
            joined_on=day,
            created_at=now,
            changed_at=now,
        )
    )
    session.connection().execute(
        core(Placement)
        .insert()
        .values(org_id=org_id, id=new_id(), person_id=made, unit_id=unit_id, starts=day)
    )
    return made

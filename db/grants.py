"""Roles that were given: to whom, how far, by whom, until when. One taken away stays as history."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, update
from sqlmodel import Session

from db.people import GRANT, PERSON, UNIT, hold, in_force
from db.tables import Person, RoleGrant, Unit, core, new_id


@dataclass(frozen=True)
class Given:
    """A role somebody holds. ``unit`` is "" for the whole organisation, ``by`` "" for a command."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    email: str
    role: str
    unit_id: uuid.UUID | None
    unit: str
    # For an auditor: whether names stand beside the evidence.
    names: bool
    granted_at: datetime
    by: str
    # The first day on which it no longer holds.
    ends: date | None


def give(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    role: str,
    now: datetime,
    day: date,
    unit_id: uuid.UUID | None = None,
    names: bool = False,
    ends: date | None = None,
    by: uuid.UUID | None = None,
) -> uuid.UUID:
    """Give a role from now on; gives the grant's id. Needs a writing session.

    The same role with the same reach is held once: given again, it gets the new ``ends`` and
    ``names``, and keeps who gave it first. ``day`` is today in the organisation's zone. Raises
    ValueError for an end that has passed already.
    """
    if ends is not None and ends <= day:
        raise ValueError(f"A role cannot end on {ends} when today is {day}")
    # Two administrators may press at once: one grant must come of it.
    hold(session, org_id=org_id, person_id=person_id)
    same = and_(
        GRANT.org_id == org_id,
        GRANT.person_id == person_id,
        GRANT.role == role,
        GRANT.unit_id == unit_id if unit_id else GRANT.unit_id.is_(None),
        in_force(day),
    )
    held = session.connection().execute(select(GRANT.id).where(same)).scalars().first()
    if held is not None:
        session.connection().execute(
            update(core(RoleGrant))
            .where(GRANT.org_id == org_id, GRANT.id == held)
            .values(ends=ends, names=names)
        )
        return uuid.UUID(str(held))
    made = new_id()
    session.connection().execute(
        core(RoleGrant)
        .insert()
        .values(
            org_id=org_id,
            id=made,
            person_id=person_id,
            role=role,
            unit_id=unit_id,
            names=names,
            granted_at=now,
            granted_by=by,
            ends=ends,
        )
    )
    return made


def take(session: Session, *, org_id: uuid.UUID, grant_id: uuid.UUID, day: date) -> bool:
    """Take a role away from today on; whether it was in force. The row stays, with its end."""
    done = session.connection().execute(
        update(core(RoleGrant))
        .where(GRANT.org_id == org_id, GRANT.id == grant_id, in_force(day))
        .values(ends=day)
    )
    return bool(done.rowcount)


def _query() -> Select[Any]:
    by = core(Person).alias("by")
    return (
        select(
            GRANT.id,
            GRANT.person_id,
            PERSON.name,
            PERSON.email,
            GRANT.role,
            GRANT.unit_id,
            UNIT.name.label("unit"),
            GRANT.names,
            GRANT.granted_at,
            by.c.name.label("by"),
            GRANT.ends,
        )
        .select_from(core(RoleGrant))
        .join(core(Person), and_(PERSON.org_id == GRANT.org_id, PERSON.id == GRANT.person_id))
        .outerjoin(core(Unit), and_(UNIT.org_id == GRANT.org_id, UNIT.id == GRANT.unit_id))
        .outerjoin(by, and_(by.c.org_id == GRANT.org_id, by.c.id == GRANT.granted_by))
    )


def _given(rows: Sequence[Any]) -> list[Given]:
    return [
        Given(
            **{**row._mapping, "unit": row.unit or "", "by": row.by or ""}
        )  # a missing name is ""
        for row in rows
    ]


def listing(
    session: Session,
    *,
    org_id: uuid.UUID,
    day: date,
    person_id: uuid.UUID | None = None,
    role: str = "",
    past: bool = False,
) -> list[Given]:
    """The roles held on a day by people who work there; of one person or one role when named.

    ``past`` gives those that have ended as well, and of people who have left. By name, then role.
    """
    query = _query().where(GRANT.org_id == org_id)
    if not past:
        query = query.where(in_force(day), or_(PERSON.left_on.is_(None), PERSON.left_on > day))
    if person_id is not None:
        query = query.where(GRANT.person_id == person_id)
    if role:
        query = query.where(GRANT.role == role)
    query = query.order_by(PERSON.name, GRANT.role, GRANT.granted_at, GRANT.id)
    return _given(session.connection().execute(query).all())


def several(session: Session, *, org_id: uuid.UUID, ids: Any) -> list[Given]:
    """These grants of this organisation, whether they still hold or not; ``ids`` may be a query."""
    query = _query().where(GRANT.org_id == org_id, GRANT.id.in_(ids))
    return _given(session.connection().execute(query.order_by(GRANT.id)).all())


def one(session: Session, *, org_id: uuid.UUID, grant_id: uuid.UUID) -> Given | None:
    """One grant of this organisation, whether it still holds or not."""
    query = _query().where(GRANT.org_id == org_id, GRANT.id == grant_id)
    found = _given(session.connection().execute(query).all())
    return found[0] if found else None


def holders(
    session: Session, *, org_id: uuid.UUID, role: str, day: date, but: Collection[uuid.UUID] = ()
) -> int:
    """How many people hold a role for the whole organisation without an end, by other grants.

    Ask with ``but`` before the last administrator's grant is taken: nobody could give it back.
    """
    return len(
        {
            given.person_id
            for given in listing(session, org_id=org_id, day=day, role=role)
            if given.unit_id is None and given.ends is None and given.id not in but
        }
    )

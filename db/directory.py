"""People and groups as a directory sees them: who is visible, one entry each, few queries."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, null, or_, select
from sqlmodel import Session

from db import placements
from db.people import ORGANISATION, PERSON, PLACEMENT, UNIT
from db.tables import GroupMember, PeopleGroup, Person, core

GROUP, MEMBER = core(PeopleGroup).c, core(GroupMember).c


@dataclass(frozen=True)
class Entry:
    """A person as a directory sees her."""

    id: uuid.UUID
    user_name: str
    email: str
    name: str
    given_name: str | None
    family_name: str | None
    external_id: str | None
    employee_number: str | None
    title: str | None
    active: bool
    # Where she works, or last worked; None at the top of the tree.
    department: str | None
    unit_id: uuid.UUID | None
    manager_id: uuid.UUID | None
    version: int
    created_at: datetime | None
    changed_at: datetime | None
    language: str | None = None
    zone: str | None = None
    job_family: str | None = None
    grade: str | None = None
    groups: tuple[tuple[uuid.UUID, str], ...] = ()


@dataclass(frozen=True)
class GroupEntry:
    """A group as a directory sees it, with its members by id."""

    id: uuid.UUID
    name: str
    external_id: str | None
    version: int
    created_at: datetime
    changed_at: datetime
    members: tuple[uuid.UUID, ...] = ()


def works(day: date, person: Any = PERSON) -> Any:
    """The condition that somebody has not left."""
    return or_(person.left_on.is_(None), person.left_on > day)


def visible(org_id: uuid.UUID, day: date, person: Any = PERSON) -> Any:
    """The condition that a directory of the organisation sees somebody.

    Not whoever it deleted, unless she came back, and nobody whose fields were erased.
    """
    gone = and_(person.removed_at.is_not(None), person.left_on.is_not(None))
    return and_(
        person.org_id == org_id,
        person.erased_at.is_(None),
        or_(~gone, person.left_on > day),
    )


def hold(session: Session, *, org_id: uuid.UUID) -> None:
    """Wait until nobody else changes this organisation's people; lasts to the commit.

    So that no two changes make a circle, a second unit or a second name between them. SQLite
    ignores the clause and needs no lock: its writing session is alone from its start.
    """
    query = select(ORGANISATION.id).where(ORGANISATION.id == org_id)
    session.connection().execute(query.with_for_update(key_share=True))


def place(column: Any, day: date) -> Any:
    """A column of the placement of the person in the query around, see `placements.latest`."""
    query = placements.latest(column, org_id=PERSON.org_id, person_id=PERSON.id, day=day)
    return query.correlate(core(Person)).scalar_subquery()


def department(day: date) -> Any:
    """The name of the unit in which the person in the query around works."""
    name = case((UNIT.parent_id.is_(None), null()), else_=UNIT.name)
    query = (
        select(name)
        .where(UNIT.org_id == PERSON.org_id, UNIT.id == place(PLACEMENT.unit_id, day))
        .correlate(core(Person))
    )
    return query.scalar_subquery()


def boss(org_id: uuid.UUID, day: date) -> Any:
    """The id of the line manager of the person in the query around, if she is visible."""
    other = core(Person).alias("boss")
    query = (
        select(other.c.id)
        .where(other.c.id == place(PLACEMENT.line_manager_id, day), visible(org_id, day, other.c))
        .correlate(core(Person))
    )
    return query.scalar_subquery()


def entries(
    session: Session,
    *,
    org_id: uuid.UUID,
    ids: Sequence[uuid.UUID],
    day: date,
    groups: bool = True,
) -> list[Entry]:
    """These people in this order, without those who are not visible. Two queries at most."""
    if not ids:
        return []
    rows = session.connection().execute(
        select(
            PERSON.id,
            PERSON.user_name,
            PERSON.email,
            PERSON.name,
            PERSON.given_name,
            PERSON.family_name,
            PERSON.external_id,
            PERSON.employee_number,
            PERSON.job_title,
            works(day).label("active"),
            department(day).label("department"),
            place(PLACEMENT.unit_id, day).label("unit_id"),
            boss(org_id, day).label("manager_id"),
            PERSON.version,
            PERSON.created_at,
            PERSON.changed_at,
            PERSON.language,
            PERSON.zone,
            place(PLACEMENT.job_family, day).label("job_family"),
            place(PLACEMENT.grade, day).label("grade"),
        ).where(PERSON.id.in_(ids), visible(org_id, day))
    )
    in_groups = _groups(session, org_id, ids) if groups else {}
    found = {
        row.id: Entry(
            row.id,
            row.user_name or row.email,
            row.email,
            row.name,
            row.given_name or None,
            row.family_name,
            row.external_id,
            row.employee_number,
            row.job_title,
            bool(row.active),
            row.department,
            row.unit_id,
            row.manager_id,
            row.version,
            row.created_at,
            row.changed_at or row.created_at,
            row.language,
            row.zone,
            row.job_family,
            row.grade,
            tuple(in_groups.get(row.id, ())),
        )
        for row in rows
    }
    return [found[one] for one in ids if one in found]


def _groups(
    session: Session, org_id: uuid.UUID, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[tuple[uuid.UUID, str]]]:
    query = (
        select(MEMBER.person_id, GROUP.id, GROUP.name)
        .join(core(PeopleGroup), and_(GROUP.org_id == MEMBER.org_id, GROUP.id == MEMBER.group_id))
        .where(MEMBER.org_id == org_id, MEMBER.person_id.in_(ids))
        .order_by(GROUP.id)
    )
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = {}
    for person_id, group_id, name in session.connection().execute(query):
        found.setdefault(person_id, []).append((group_id, name))
    return found


def group_entries(
    session: Session,
    *,
    org_id: uuid.UUID,
    ids: Sequence[uuid.UUID],
    day: date,
    members: bool = True,
) -> list[GroupEntry]:
    """These groups in this order. Two queries at most."""
    if not ids:
        return []
    query = select(
        GROUP.id,
        GROUP.name,
        GROUP.external_id,
        GROUP.version,
        GROUP.created_at,
        GROUP.changed_at,
    ).where(GROUP.org_id == org_id, GROUP.id.in_(ids))
    rows = list(session.connection().execute(query))
    inside: dict[uuid.UUID, list[uuid.UUID]] = {}
    if members:
        joined = (
            select(MEMBER.group_id, PERSON.id)
            .join(core(Person), and_(PERSON.org_id == MEMBER.org_id, PERSON.id == MEMBER.person_id))
            .where(MEMBER.org_id == org_id, MEMBER.group_id.in_(ids), visible(org_id, day))
            .order_by(PERSON.id)
        )
        for group_id, person_id in session.connection().execute(joined):
            inside.setdefault(group_id, []).append(person_id)
    found = {row.id: GroupEntry(*row, tuple(inside.get(row.id, ()))) for row in rows}
    return [found[one] for one in ids if one in found]

"""People: who somebody is, who reports to whom, who works where on a day."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, union_all, update
from sqlmodel import Session
from sqlmodel import select as pick

from db.tables import Deputy, Organisation, Person, Placement, RoleGrant, Unit, core

PERSON, PLACEMENT, UNIT = core(Person).c, core(Placement).c, core(Unit).c
ORGANISATION, GRANT = core(Organisation).c, core(RoleGrant).c
DEPUTY = core(Deputy).c


def on_day(day: Any) -> Any:
    """The condition that a placement holds on a day."""
    return and_(PLACEMENT.starts <= day, or_(PLACEMENT.ends.is_(None), PLACEMENT.ends > day))


def in_force(day: Any) -> Any:
    """The condition that a granted role still holds on a day."""
    return or_(GRANT.ends.is_(None), GRANT.ends > day)


def reports_to(org_id: Any, person_id: Any, day: Any) -> Any:
    """The condition that a placement is under somebody, or under a manager for whom she acts.

    ``org_id`` and ``person_id`` are values, or columns of a query further out.
    """
    herself, others = core(Person).alias("herself"), core(Deputy)
    own = select(herself.c.id).where(herself.c.org_id == org_id, herself.c.id == person_id)
    acting = select(DEPUTY.manager_id).where(
        DEPUTY.org_id == org_id,
        DEPUTY.deputy_id == person_id,
        DEPUTY.starts <= day,
        or_(DEPUTY.ends.is_(None), DEPUTY.ends > day),
    )
    # One list of managers, by which a database finds placements: between two conditions joined by
    # "or", SQLite read every placement of the body. A column of a query further out would
    # otherwise become a table of these.
    managers = union_all(own.correlate_except(herself), acting.correlate_except(others))
    return and_(
        PLACEMENT.org_id == org_id,
        PLACEMENT.line_manager_id.in_(managers),
        # Nobody acts for a manager over herself.
        or_(PLACEMENT.person_id != person_id, PLACEMENT.line_manager_id == person_id),
    )


@dataclass(frozen=True)
class WorksAs:
    """What somebody works as on a day, and in which language and zone she chose to read."""

    job_title: str | None = None
    job_family: str | None = None
    grade: str | None = None
    language: str | None = None
    zone: str | None = None


def works_as(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, day: date) -> WorksAs:
    """Job title, family, grade, language and zone of one person; nothing of who is not here."""
    query = (
        select(
            PERSON.job_title, PLACEMENT.job_family, PLACEMENT.grade, PERSON.language, PERSON.zone
        )
        .select_from(core(Person))
        .outerjoin(
            core(Placement),
            and_(PLACEMENT.org_id == PERSON.org_id, PLACEMENT.person_id == PERSON.id, on_day(day)),
        )
        .where(PERSON.org_id == org_id, PERSON.id == person_id)
    )
    row = session.connection().execute(query.limit(1)).first()
    return WorksAs(*row) if row else WorksAs()


def read_as(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    language: str | None,
    zone: str | None,
    now: datetime,
) -> bool:
    """Keep somebody's own language and zone, None for her organisation's; whether it changed."""
    done = session.connection().execute(
        update(core(Person))
        .where(
            PERSON.org_id == org_id,
            PERSON.id == person_id,
            or_(PERSON.language.is_distinct_from(language), PERSON.zone.is_distinct_from(zone)),
        )
        .values(language=language, zone=zone, version=PERSON.version + 1, changed_at=now)
    )
    return bool(done.rowcount)


def belongs(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Whether somebody is, or was, of an organisation."""
    query = select(PERSON.id).where(PERSON.org_id == org_id, PERSON.id == person_id)
    return session.connection().execute(query).first() is not None


@dataclass(frozen=True)
class Listed:
    """A person in a list: name, address, unit, roles."""

    person_id: uuid.UUID
    name: str
    email: str
    unit: str
    line_manager: str
    roles: tuple[str, ...]


def subtree(
    session: Session, *, org_id: uuid.UUID, units: Collection[uuid.UUID]
) -> frozenset[uuid.UUID]:
    """These units and all below them, as the tree is today. One query."""
    if not units:
        return frozenset()
    top = select(UNIT.id).where(UNIT.org_id == org_id, UNIT.id.in_(units))
    below = top.cte("below", recursive=True)
    # UNION, not UNION ALL: a loop in the tree ends instead of going round.
    below = below.union(select(UNIT.id).where(UNIT.org_id == org_id, UNIT.parent_id == below.c.id))
    return frozenset(session.connection().execute(select(below.c.id)).scalars())


def listing(
    session: Session,
    *,
    org_id: uuid.UUID,
    day: date,
    holding: str = "",
    like: str = "",
    units: Collection[uuid.UUID] | None = None,
) -> list[Listed]:
    """Everybody of an organisation on a day, by name; two queries, however many people.

    ``holding`` keeps those with that granted role; ``like`` those whose name or address has it.
    """
    boss = core(Person).alias("boss")
    placed = and_(PLACEMENT.org_id == PERSON.org_id, PLACEMENT.person_id == PERSON.id, on_day(day))
    # From the units to their people, where units are given: not through everybody.
    staff = core(Person).outerjoin(core(Placement), placed)
    if units is not None:
        staff = core(Placement).join(core(Person), placed)
    query = (
        select(PERSON.id, PERSON.name, PERSON.email, UNIT.name, boss.c.name)
        .select_from(staff)
        .outerjoin(core(Unit), and_(UNIT.org_id == PERSON.org_id, UNIT.id == PLACEMENT.unit_id))
        .outerjoin(
            boss, and_(boss.c.org_id == PERSON.org_id, boss.c.id == PLACEMENT.line_manager_id)
        )
        .where(PERSON.org_id == org_id, or_(PERSON.left_on.is_(None), PERSON.left_on > day))
    )
    if like:
        pattern = f"%{like.casefold()}%"
        query = query.where(or_(func.lower(PERSON.name).like(pattern), PERSON.email.like(pattern)))
    if units is not None:
        query = query.where(PLACEMENT.org_id == org_id, PLACEMENT.unit_id.in_(units))
    grants: dict[uuid.UUID, list[str]] = {}
    for person_id, role in session.connection().execute(
        select(GRANT.person_id, GRANT.role).distinct().where(GRANT.org_id == org_id, in_force(day))
    ):
        grants.setdefault(person_id, []).append(role)
    found = session.connection().execute(query).all()
    # Not by the database: to spare the sorting, SQLite would read everybody.
    rows = sorted(found, key=lambda row: (row[1], row[0]))
    listed = [
        Listed(r[0], r[1], r[2], r[3] or "", r[4] or "", tuple(sorted(grants.get(r[0], []))))
        for r in rows
    ]
    return [one for one in listed if not holding or holding in one.roles]


def hold(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Wait until nobody else begins something for this person; lasts to the commit.

    So what she begins in two tabs is begun once. PostgreSQL locks the person's row, without
    keeping out rows that only refer to it. SQLite ignores the clause and needs no lock: its
    writing session is alone from its start.
    """
    query = select(PERSON.id).where(PERSON.org_id == org_id, PERSON.id == person_id)
    session.connection().execute(query.with_for_update(key_share=True))


def hold_organisation(session: Session, *, org_id: uuid.UUID) -> None:
    """Wait until nobody else changes who runs this organisation; lasts to the commit."""
    query = select(ORGANISATION.id).where(ORGANISATION.id == org_id)
    session.connection().execute(query.with_for_update(key_share=True))


def organisations(session: Session) -> list[Organisation]:
    """Every organisation, oldest first."""
    return list(session.exec(pick(Organisation).order_by(ORGANISATION.created_at)))


def organisation(session: Session, *, org_id: uuid.UUID) -> Organisation | None:
    """One organisation."""
    return session.get(Organisation, org_id)


def zone(session: Session, *, org_id: uuid.UUID) -> str:
    """The time zone of an organisation."""
    query = select(ORGANISATION.zone).where(ORGANISATION.id == org_id)
    return str(session.connection().execute(query).scalar_one())


def real_people(session: Session) -> int:
    """How many people belong to an organisation that is not invented."""
    query = (
        select(func.count())
        .select_from(core(Person))
        .join(core(Organisation), ORGANISATION.id == PERSON.org_id)
        .where(ORGANISATION.invented.is_(False))
    )
    return int(session.connection().execute(query).scalar_one())

"""Rules as they are stored, and what somebody holds by them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlmodel import Session

from db.enrolments import COMPLETION, ENROLMENT
from db.people import PLACEMENT
from db.tables import Assignment, Enrolment, Holiday, core, new_id

ASSIGNMENT, HOLIDAY = core(Assignment).c, core(Holiday).c
WINDOW_DAYS = 30
"""Days before an expiry from which whoever is not enrolled renews her cycle."""


@dataclass(frozen=True)
class Kept:
    """A rule as it is stored."""

    id: uuid.UUID
    title: str
    target: str
    rule: Mapping[str, Any]
    starts: date
    ends: date | None
    made_by: uuid.UUID | None
    made_at: datetime
    changed_at: datetime | None


def assignments(session: Session, *, org_id: uuid.UUID) -> list[Kept]:
    """Every rule of an organisation by title: those in force, those to begin, those that ended."""
    columns = (ASSIGNMENT[one.name] for one in fields(Kept))
    query = select(*columns).where(ASSIGNMENT.org_id == org_id)
    rows = session.connection().execute(query.order_by(ASSIGNMENT.title, ASSIGNMENT.id))
    return [Kept(**row._mapping) for row in rows]


def store(
    session: Session,
    *,
    org_id: uuid.UUID,
    assignment_id: uuid.UUID | None,
    title: str,
    target: str,
    rule: Mapping[str, Any],
    starts: date,
    by: uuid.UUID | None,
    now: datetime,
) -> uuid.UUID:
    """Keep a new rule, or another state of one; gives its id."""
    values = {"title": title, "target": target, "rule": dict(rule), "starts": starts}
    if assignment_id is not None:
        session.connection().execute(
            update(core(Assignment))
            .where(ASSIGNMENT.org_id == org_id, ASSIGNMENT.id == assignment_id)
            .values(**values, changed_at=now)
        )
        return assignment_id
    made = new_id()
    row = {"org_id": org_id, "id": made, "made_by": by, "made_at": now, **values}
    session.connection().execute(core(Assignment).insert().values(row))
    return made


def end(
    session: Session, *, org_id: uuid.UUID, assignment_id: uuid.UUID, today: date, now: datetime
) -> bool:
    """Let a rule ask nothing from a day on; whether it still did, or was to."""
    done = session.connection().execute(
        update(core(Assignment))
        .where(
            ASSIGNMENT.org_id == org_id,
            ASSIGNMENT.id == assignment_id,
            or_(ASSIGNMENT.ends.is_(None), ASSIGNMENT.ends > today),
        )
        .values(ends=today, changed_at=now)
    )
    return bool(done.rowcount)


def holidays(session: Session, *, org_id: uuid.UUID) -> set[date]:
    """The days on which an organisation does not work beside its weekly ones."""
    query = select(HOLIDAY.day).where(HOLIDAY.org_id == org_id)
    return set(session.connection().execute(query).scalars())


@dataclass(frozen=True)
class Held:
    """What renews somebody's module: the rule behind her enrolment, and what she holds already."""

    window_days: int
    rule: Mapping[str, Any] | None
    starts: date | None
    valid_until: date | None


def held(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str) -> Held:
    """What somebody's completion of a module goes by. Two queries."""
    query = (
        select(ENROLMENT.window_days, ASSIGNMENT.rule, ASSIGNMENT.starts)
        .select_from(core(Enrolment))
        .outerjoin(
            core(Assignment),
            and_(ASSIGNMENT.org_id == ENROLMENT.org_id, ASSIGNMENT.id == ENROLMENT.assignment_id),
        )
        .where(
            ENROLMENT.org_id == org_id,
            ENROLMENT.person_id == person_id,
            ENROLMENT.module == module,
            ENROLMENT.ended_on.is_(None),
        )
    )
    row = session.connection().execute(query).first()
    latest = select(func.max(COMPLETION.valid_until)).where(
        COMPLETION.org_id == org_id,
        COMPLETION.person_id == person_id,
        COMPLETION.module == module,
    )
    until = session.connection().execute(latest).scalar()
    window, rule, starts = row or (WINDOW_DAYS, None, None)
    return Held(window, rule, starts, until)


def first_day(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, today: date
) -> date | None:
    """The first day from today on that somebody works: today itself, or when she is to begin."""
    query = select(func.min(PLACEMENT.starts)).where(
        PLACEMENT.org_id == org_id,
        PLACEMENT.person_id == person_id,
        or_(PLACEMENT.ends.is_(None), PLACEMENT.ends > today),
        or_(PLACEMENT.ends.is_(None), PLACEMENT.ends > PLACEMENT.starts),
    )
    found: date | None = session.connection().execute(query).scalar()
    return found

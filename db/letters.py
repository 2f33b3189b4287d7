"""Who can be written to, where, in which language and zone; who manages whom; days off; runs."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, or_, select, update
from sqlmodel import Session

from db.engine import insert_new
from db.people import DEPUTY, GRANT, ORGANISATION, PERSON, PLACEMENT, in_force, on_day
from db.tables import (
    Deputy,
    Holiday,
    MailRun,
    Organisation,
    Person,
    RoleGrant,
    core,
    new_id,
)

HOLIDAY, RUN = core(Holiday).c, core(MailRun).c


@dataclass(frozen=True)
class Reader:
    """Somebody who works here and has an address, with the language and zone that she reads in."""

    person_id: uuid.UUID
    name: str
    given_name: str
    email: str
    language: str
    zone: str
    organisation: str
    # Whether she turned off the weekly mail about the people who report to her.
    digest_off: bool
    # Whether the organisation is invented, with all who work there.
    invented: bool


def readers(
    session: Session,
    *,
    org_id: uuid.UUID,
    day: date,
    person_ids: Collection[uuid.UUID] | None = None,
) -> dict[uuid.UUID, Reader]:
    """By person, who can be written to on a day. Nobody who left, was erased or has no address."""
    query = (
        select(
            PERSON.id.label("person_id"),
            PERSON.name,
            PERSON.given_name,
            PERSON.email,
            func.coalesce(PERSON.language, ORGANISATION.language).label("language"),
            func.coalesce(PERSON.zone, ORGANISATION.zone).label("zone"),
            ORGANISATION.name.label("organisation"),
            PERSON.digest_off_at.is_not(None).label("digest_off"),
            ORGANISATION.invented,
        )
        .select_from(core(Person))
        .join(core(Organisation), ORGANISATION.id == PERSON.org_id)
        .where(
            PERSON.org_id == org_id,
            PERSON.email.like("%_@_%"),
            PERSON.erased_at.is_(None),
            PERSON.removed_at.is_(None),
            PERSON.joined_on <= day,
            or_(PERSON.left_on.is_(None), PERSON.left_on > day),
        )
    )
    if person_ids is not None:
        query = query.where(PERSON.id.in_(person_ids))
    return {row.person_id: Reader(**row._mapping) for row in session.connection().execute(query)}


def leaving(session: Session, *, org_id: uuid.UUID, after: date) -> dict[uuid.UUID, date]:
    """By person, the first day on which she works here no more, where that is known to come."""
    query = select(PERSON.id, PERSON.left_on).where(PERSON.org_id == org_id, PERSON.left_on > after)
    return {row.id: row.left_on for row in session.connection().execute(query)}


def today(now: datetime, zone: str) -> date:
    """The date in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def managers(session: Session, *, org_id: uuid.UUID, day: date) -> dict[uuid.UUID, uuid.UUID]:
    """By person, her line manager on a day. One query."""
    query = select(PLACEMENT.person_id, PLACEMENT.line_manager_id).where(
        PLACEMENT.org_id == org_id, PLACEMENT.line_manager_id.is_not(None), on_day(day)
    )
    return {row.person_id: row.line_manager_id for row in session.connection().execute(query)}


def deputies(session: Session, *, org_id: uuid.UUID, day: date) -> dict[uuid.UUID, set[uuid.UUID]]:
    """By manager, who acts for him on a day."""
    query = select(DEPUTY.manager_id, DEPUTY.deputy_id).where(
        DEPUTY.org_id == org_id,
        DEPUTY.starts <= day,
        or_(DEPUTY.ends.is_(None), DEPUTY.ends > day),
    )
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for row in session.connection().execute(query.select_from(core(Deputy))):
        found.setdefault(row.manager_id, set()).add(row.deputy_id)
    return found


def administrators(session: Session, *, org_id: uuid.UUID, day: date) -> set[uuid.UUID]:
    """Who administers the whole organisation on a day."""
    query = (
        select(GRANT.person_id)
        .select_from(core(RoleGrant))
        .where(
            GRANT.org_id == org_id,
            GRANT.role == "administrator",
            GRANT.unit_id.is_(None),
            in_force(day),
        )
    )
    return set(session.connection().execute(query).scalars())


def holidays(session: Session, *, org_id: uuid.UUID) -> dict[date, str]:
    """Days off with their names, in order."""
    query = select(HOLIDAY.day, HOLIDAY.name).where(HOLIDAY.org_id == org_id)
    return {row.day: row.name for row in session.connection().execute(query.order_by(HOLIDAY.day))}


def add_holiday(session: Session, *, org_id: uuid.UUID, day: date, name: str) -> bool:
    """A day off; False when it is one already."""
    return insert_new(session, Holiday, {"org_id": org_id, "day": day, "name": name})


def remove_holidays(session: Session, *, org_id: uuid.UUID, days: Collection[date]) -> int:
    """Days that are worked after all; how many."""
    done = session.connection().execute(
        delete(core(Holiday))
        .where(HOLIDAY.org_id == org_id, HOLIDAY.day.in_(days))
        .returning(HOLIDAY.day)
    )
    return len(done.all())


@dataclass(frozen=True)
class Run:
    """One run of the scheduled work."""

    started_at: datetime
    ended_at: datetime | None
    planned: int
    sent: int
    failed: int
    failure: str


def begin_run(session: Session, *, org_id: uuid.UUID, now: datetime) -> uuid.UUID:
    """A run begins; gives its id."""
    run_id = new_id()
    row: dict[str, Any] = {"org_id": org_id, "id": run_id, "started_at": now, "ended_at": None}
    session.connection().execute(
        core(MailRun).insert(), [row | {"planned": 0, "sent": 0, "failed": 0, "failure": ""}]
    )
    return run_id


def end_run(session: Session, *, run_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    """What came of a run."""
    session.connection().execute(update(core(MailRun)).where(RUN.id == run_id).values(**values))


def runs(session: Session, *, org_id: uuid.UUID, most: int) -> list[Run]:
    """The newest runs, newest first."""
    query = (
        select(RUN.started_at, RUN.ended_at, RUN.planned, RUN.sent, RUN.failed, RUN.failure)
        .where(RUN.org_id == org_id)
        .order_by(RUN.started_at.desc())
        .limit(most)
    )
    return [Run(**row._mapping) for row in session.connection().execute(query)]


def forget_runs(session: Session, *, before: datetime) -> int:
    """Delete runs that nobody looks for any more; how many."""
    gone = session.connection().execute(
        delete(core(MailRun)).where(RUN.started_at < before).returning(RUN.id)
    )
    return len(gone.all())


def bodies(session: Session) -> list[Any]:
    """Every organisation with its zone, by name."""
    query = select(ORGANISATION.id, ORGANISATION.name, ORGANISATION.zone, ORGANISATION.created_at)
    return list(session.connection().execute(query.order_by(ORGANISATION.name, ORGANISATION.id)))

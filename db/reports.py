"""Who counted where on which day, for the figures of a whole organisation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from db.enrolments import COMPLETION, ENROLMENT
from db.people import PERSON, PLACEMENT, UNIT
from db.tables import Enrolment, Person, Placement, core


@dataclass(frozen=True)
class Node:
    """A unit in the tree as it stands now."""

    unit_id: uuid.UUID
    parent_id: uuid.UUID | None
    name: str


@dataclass(frozen=True)
class Stay:
    """Somebody enrolled worked in a unit from ``first``; ``until`` is the first day no longer."""

    person_id: uuid.UUID
    unit_id: uuid.UUID
    first: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether the person counts in the unit on that day."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Valid:
    """Somebody's completion counted from ``first`` to ``last``, both included."""

    person_id: uuid.UUID
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the completion counts on that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Direct:
    """Who is placed in a unit itself, not below it, and who of them is in date."""

    people: frozenset[uuid.UUID]
    in_date: frozenset[uuid.UUID]


def units(session: Session, *, org_id: uuid.UUID) -> list[Node]:
    """Every unit of an organisation, by name."""
    query = select(UNIT.id, UNIT.parent_id, UNIT.name).where(UNIT.org_id == org_id)
    return [Node(*row) for row in session.connection().execute(query.order_by(UNIT.name, UNIT.id))]


def modules(session: Session, *, org_id: uuid.UUID) -> list[str]:
    """The modules that anybody is enrolled in, by id."""
    query = select(ENROLMENT.module).distinct().where(ENROLMENT.org_id == org_id)
    return sorted(session.connection().execute(query).scalars())


def stays(session: Session, *, org_id: uuid.UUID, module: str, zone: str) -> list[Stay]:
    """Where everybody enrolled in a module has worked, whoever has left included. One query.

    ``zone`` is the organisation's: a day begins at its midnight.
    """
    query = (
        select(
            PLACEMENT.person_id,
            PLACEMENT.unit_id,
            PLACEMENT.starts,
            PLACEMENT.ends,
            PERSON.left_on,
            ENROLMENT.enrolled_at,
            ENROLMENT.ended_on,
        )
        .select_from(core(Placement))
        .join(
            core(Person), (PERSON.org_id == PLACEMENT.org_id) & (PERSON.id == PLACEMENT.person_id)
        )
        .join(
            core(Enrolment),
            (ENROLMENT.org_id == PLACEMENT.org_id) & (ENROLMENT.person_id == PLACEMENT.person_id),
        )
        .where(PLACEMENT.org_id == org_id, ENROLMENT.module == module)
        # The latest placement counts where two overlap, so that nobody is counted twice.
        .order_by(PLACEMENT.starts, PLACEMENT.id)
    )
    found = []
    for row in session.connection().execute(query):
        # Whoever is not asked any more counts no longer, here or where she goes later.
        closed = [day for day in (row.ends, row.left_on, row.ended_on) if day is not None]
        first = max(row.starts, _day(row.enrolled_at, zone))
        found.append(Stay(row.person_id, row.unit_id, first, min(closed, default=None)))
    return found


def valid(session: Session, *, org_id: uuid.UUID, module: str, zone: str) -> list[Valid]:
    """From when to when each completion of a module counts. One query."""
    query = select(COMPLETION.person_id, COMPLETION.completed_at, COMPLETION.valid_until).where(
        COMPLETION.org_id == org_id, COMPLETION.module == module
    )
    return [
        Valid(person_id, _day(completed_at, zone), last)
        for person_id, completed_at, last in session.connection().execute(query)
    ]


def placed(stays: Iterable[Stay], day: date) -> dict[uuid.UUID, uuid.UUID]:
    """The one unit in which each person counts on a day. Pure."""
    return {stay.person_id: stay.unit_id for stay in stays if stay.covers(day)}


def direct(stays: Iterable[Stay], valid: Iterable[Valid], day: date) -> dict[uuid.UUID, Direct]:
    """The people placed in each unit itself on a day, and who of them is in date. Pure."""
    counts = {one.person_id for one in valid if one.covers(day)}
    people: dict[uuid.UUID, set[uuid.UUID]] = {}
    for person_id, unit_id in placed(stays, day).items():
        people.setdefault(unit_id, set()).add(person_id)
    return {
        unit_id: Direct(frozenset(here), frozenset(here & counts))
        for unit_id, here in people.items()
    }


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()

"""Duties as they stand: what is asked of whom, until when it counts, and what eases it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Select, and_, case, func, or_, select, type_coerce
from sqlmodel import Session

from db import refreshers
from db.enrolments import COMPLETION, ENROLMENT
from db.people import PERSON, PLACEMENT, UNIT, on_day, reports_to
from db.tables import Enrolment, Exemption, Extension, Person, Placement, Unit, core

# Where `Duty` has its person and its module.
_whose_and_what = itemgetter(0, 4)

EXEMPTION, EXTENSION = core(Exemption).c, core(Extension).c


@dataclass(frozen=True, slots=True)
class Duty:
    """One module that is asked of somebody who works here, with all that says where she stands.

    ``valid_until`` is the last day of the completion that counts longest. ``extended_until`` was
    granted for the day that is due now, and no earlier one. ``exempt`` holds on the day asked
    about. ``assignment_id`` is None where somebody enrolled her by hand.
    """

    person_id: uuid.UUID
    name: str
    unit: str
    line_manager_id: uuid.UUID | None
    module: str
    enrolled_at: datetime
    # When it came to be asked again, or with another day, grace or window.
    changed_at: datetime | None
    due_on: date
    valid_until: date | None
    grace_days: int
    window_days: int
    before_access: bool
    assignment_id: uuid.UUID | None
    extended_until: date | None
    exempt: bool
    # By when a part that a rule changed is to be redone; the completion counts all the while.
    refresh_on: date | None = None
    # The day on which the newest exemption from it ended.
    excused_until: date | None = None


def asked_on(day: Any) -> Any:
    """The condition that an enrolment is still asked on a day."""
    return or_(ENROLMENT.ended_on.is_(None), ENROLMENT.ended_on > day)


def of_person(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, day: date
) -> list[Duty]:
    """What is asked of one person on a day, by module. One query."""
    return list(_read(session, org_id, day, PERSON.id == person_id))


def of_people(
    session: Session, *, org_id: uuid.UUID, person_ids: Collection[uuid.UUID], day: date
) -> list[Duty]:
    """What is asked of some people on a day, by name. One query."""
    return list(_read(session, org_id, day, PERSON.id.in_(person_ids)))


def of_manager(
    session: Session, *, org_id: uuid.UUID, line_manager_id: uuid.UUID, day: date
) -> list[Duty]:
    """What is asked of those who report to a manager on a day, by name. One query at any size.

    Also of those who report to a manager for whom she acts on that day.
    """
    return list(_read(session, org_id, day, reports_to(org_id, line_manager_id, day)))


def of_lines(
    session: Session, *, org_id: uuid.UUID, line_manager_ids: Collection[uuid.UUID], day: date
) -> list[Duty]:
    """What is asked on a day of those who report to any of some managers, by name. One query."""
    return list(_read(session, org_id, day, PLACEMENT.line_manager_id.in_(line_manager_ids)))


def of_body(session: Session, *, org_id: uuid.UUID, day: date) -> Iterator[Duty]:
    """What is asked of everybody of an organisation on a day, by person. One query, as read."""
    return _read(session, org_id, day, None)


def cleared(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    modules: Collection[str],
    day: date,
) -> set[str]:
    """Which of these modules somebody need not do on a day: in date, or exempt. Two queries."""
    connection = session.connection()
    current = select(COMPLETION.module).where(
        COMPLETION.org_id == org_id,
        COMPLETION.person_id == person_id,
        COMPLETION.module.in_(modules),
        COMPLETION.valid_until >= day,
    )
    excused = select(EXEMPTION.module).where(
        EXEMPTION.org_id == org_id,
        EXEMPTION.person_id == person_id,
        EXEMPTION.starts <= day,
        or_(EXEMPTION.ends.is_(None), EXEMPTION.ends > day),
    )
    free = set(connection.execute(excused).scalars())
    done = set(connection.execute(current).scalars())
    return set(modules) if "" in free else done | (free & set(modules))


def exempt_times(
    session: Session, *, org_id: uuid.UUID
) -> dict[tuple[uuid.UUID, str], list[tuple[date, date]]]:
    """By person and module ("": all), when somebody is exempt: from a day until before another."""
    query = select(EXEMPTION.person_id, EXEMPTION.module, EXEMPTION.starts, EXEMPTION.ends).where(
        EXEMPTION.org_id == org_id,
        or_(EXEMPTION.ends.is_(None), EXEMPTION.starts < EXEMPTION.ends),
    )
    found: dict[tuple[uuid.UUID, str], list[tuple[date, date]]] = {}
    for person_id, module, starts, ends in session.connection().execute(query):
        found.setdefault((person_id, module), []).append((starts, ends or date.max))
    return found


def _read(session: Session, org_id: uuid.UUID, day: date, whose: Any) -> Iterator[Duty]:
    rows = session.connection().execute(_query(org_id, day, whose))
    # Who is placed twice on one day still has each duty once: the newest placement counts.
    for _, several in groupby(rows, key=_whose_and_what):
        *_, row = several
        # By place, as `_query` selects them: a large team is thousands of rows.
        yield Duty(*row)


def _query(org_id: uuid.UUID, day: date, whose: Any) -> Select[Any]:
    asked = _asked(org_id, day, whose)
    of_it = asked.c
    due = case((of_it.valid_until > of_it.due_on, of_it.valid_until), else_=of_it.due_on)
    longer = (
        select(func.max(EXTENSION.granted_until))
        .where(
            EXTENSION.org_id == org_id,
            EXTENSION.person_id == of_it.person_id,
            EXTENSION.module == of_it.module,
            EXTENSION.due_on == due,
        )
        .scalar_subquery()
    )
    hers = (
        EXEMPTION.org_id == org_id,
        EXEMPTION.person_id == of_it.person_id,
        EXEMPTION.module.in_((of_it.module, "")),
    )
    ended = select(func.max(EXEMPTION.ends)).where(
        *hers, EXEMPTION.starts < EXEMPTION.ends, EXEMPTION.ends <= day
    )
    exempt = (
        select(EXEMPTION.id)
        .where(
            *hers,
            EXEMPTION.starts <= day,
            or_(EXEMPTION.ends.is_(None), EXEMPTION.ends > day),
        )
        .exists()
    )
    eased = {
        "extended_until": longer,
        "exempt": type_coerce(exempt, Boolean()),
        "excused_until": ended.scalar_subquery(),
        "refresh_on": refreshers.due_on(org_id, of_it.person_id, of_it.module),
    }
    names = [one.name for one in fields(Duty)]
    query = select(*(eased.get(name, of_it.get(name)).label(name) for name in names))
    by_name = () if whose is None else (of_it.name,)
    return query.order_by(*by_name, of_it.person_id, of_it.module, of_it.starts)


def _asked(org_id: uuid.UUID, day: date, whose: Any) -> Any:
    """Enrolments of people who work here, with the last day that a completion of them counts."""
    own = COMPLETION.org_id == org_id
    until: Any
    if whose is None:
        latest = (
            select(
                COMPLETION.person_id,
                COMPLETION.module,
                func.max(COMPLETION.valid_until).label("valid_until"),
            )
            .where(own)
            .group_by(COMPLETION.person_id, COMPLETION.module)
            .subquery()
        )
        until = latest.c.valid_until
    else:
        # For few people: a look into the index for each, instead of a walk through all of it.
        until = (
            select(func.max(COMPLETION.valid_until))
            .where(
                own,
                COMPLETION.module == ENROLMENT.module,
                COMPLETION.person_id == ENROLMENT.person_id,
            )
            .scalar_subquery()
        )
    query = (
        select(
            PERSON.id.label("person_id"),
            PERSON.name,
            func.coalesce(UNIT.name, "").label("unit"),
            PLACEMENT.line_manager_id,
            ENROLMENT.module,
            ENROLMENT.enrolled_at,
            ENROLMENT.changed_at,
            ENROLMENT.due_on,
            until.label("valid_until"),
            ENROLMENT.grace_days,
            ENROLMENT.window_days,
            ENROLMENT.before_access,
            ENROLMENT.assignment_id,
            PLACEMENT.starts,
        )
        .select_from(core(Enrolment))
        .join(
            core(Person), and_(PERSON.org_id == ENROLMENT.org_id, PERSON.id == ENROLMENT.person_id)
        )
        .outerjoin(
            core(Placement),
            and_(PLACEMENT.org_id == PERSON.org_id, PLACEMENT.person_id == PERSON.id, on_day(day)),
        )
        .outerjoin(core(Unit), and_(UNIT.org_id == PLACEMENT.org_id, UNIT.id == PLACEMENT.unit_id))
        .where(
            ENROLMENT.org_id == org_id,
            asked_on(day),
            or_(PERSON.left_on.is_(None), PERSON.left_on > day),
        )
    )
    if whose is None:
        query = query.outerjoin(
            latest,
            and_(latest.c.person_id == ENROLMENT.person_id, latest.c.module == ENROLMENT.module),
        )
    else:
        query = query.where(whose)
    return query.subquery()

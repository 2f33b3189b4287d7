"""Where somebody works from when to when: moving, leaving, and who stands above whom."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, delete, select, update
from sqlmodel import Session

from db import rollup
from db.people import PLACEMENT, on_day
from db.tables import Placement, core


def latest(column: Any, *, org_id: Any, person_id: Any, day: date) -> Select[Any]:
    """A column of the placement that counts on a day: the one that holds, else the newest.

    ``org_id`` and ``person_id`` are columns of a query further out, or values.
    """
    return (
        select(column)
        .where(PLACEMENT.org_id == org_id, PLACEMENT.person_id == person_id)
        .order_by(case((on_day(day), 0), else_=1), PLACEMENT.starts.desc(), PLACEMENT.id.desc())
        .limit(1)
    )


class Work(NamedTuple):
    """What somebody works as, and in which grade, as the HR system names them."""

    job_family: str | None = None
    grade: str | None = None


def move(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    unit_id: uuid.UUID,
    line_manager_id: uuid.UUID | None,
    day: date,
    work: Work | None = None,
) -> bool:
    """Place somebody from a day on; whether that changed anything. ``work`` None: as it stands.

    Another job family or grade is a new placement; one that nobody had told yet is filled in.

    What held until then ends on that day, and what began on the same day is replaced: nobody was
    in two places on one day. A move that is planned for later still happens.
    """
    now = _rows(session, org_id, person_id, on_day(day))
    stands = [Work(one.job_family, one.grade) for one in now]
    if work is None:
        work = stands[0] if stands else Work()
    same = [(one.unit_id, one.line_manager_id) for one in now]
    if same == [(unit_id, line_manager_id)]:
        if stands == [work]:
            return False
        if all(old in (None, new) for old, new in zip(stands[0], work, strict=True)):
            _fill_in(session, org_id, person_id, day, work)
            return True
    with rollup.keeping(session, org_id=org_id, person_id=person_id):
        end(session, org_id=org_id, person_id=person_id, day=day)
        _forget(session, org_id, person_id, day)
        later = _rows(session, org_id, person_id, PLACEMENT.starts > day)
        session.add(
            Placement(
                org_id=org_id,
                person_id=person_id,
                unit_id=unit_id,
                line_manager_id=line_manager_id,
                starts=day,
                ends=min((one.starts for one in later), default=None),
                **work._asdict(),
            )
        )
        session.flush()
    return True


def end(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, day: date) -> None:
    """Somebody works nowhere from a day on. One that began that day holds no day at all."""
    with rollup.keeping(session, org_id=org_id, person_id=person_id):
        session.connection().execute(
            update(core(Placement))
            .where(PLACEMENT.org_id == org_id, PLACEMENT.person_id == person_id, on_day(day))
            .values(ends=day)
        )


def note(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    unit_id: uuid.UUID,
    line_manager_id: uuid.UUID | None,
    day: date,
    work: Work = Work(),  # noqa: B008  # it cannot change
) -> None:
    """Keep where somebody who is away would work, in a placement that holds no day."""
    _forget(session, org_id, person_id, day)
    session.add(
        Placement(
            org_id=org_id,
            person_id=person_id,
            unit_id=unit_id,
            line_manager_id=line_manager_id,
            starts=day,
            ends=day,
            **work._asdict(),
        )
    )
    session.flush()


def under(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    managers: Collection[uuid.UUID],
    day: date,
) -> bool:
    """Whether one of these managers reports to somebody on a day, directly or through others."""
    above = select(PLACEMENT.person_id.label("id")).where(
        PLACEMENT.org_id == org_id, PLACEMENT.person_id.in_(managers), on_day(day)
    )
    line = above.cte("line", recursive=True)
    # UNION, not UNION ALL: a circle that is there already ends instead of going round.
    line = line.union(
        select(PLACEMENT.line_manager_id).where(
            PLACEMENT.org_id == org_id,
            PLACEMENT.person_id == line.c.id,
            PLACEMENT.line_manager_id.is_not(None),
            on_day(day),
        )
    )
    found = select(line.c.id).where(line.c.id == person_id).limit(1)
    return session.connection().execute(found).first() is not None


def works_in(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    units: Collection[uuid.UUID],
    day: date,
) -> bool:
    """Whether somebody is placed in one of these units on a day."""
    query = select(PLACEMENT.id).where(
        PLACEMENT.org_id == org_id,
        PLACEMENT.person_id == person_id,
        PLACEMENT.unit_id.in_(units),
        on_day(day),
    )
    return session.connection().execute(query.limit(1)).first() is not None


def _rows(session: Session, org_id: uuid.UUID, person_id: uuid.UUID, holds: Any) -> list[Any]:
    columns = ("unit_id", "line_manager_id", "starts", "job_family", "grade")
    query = select(*(PLACEMENT[name] for name in columns)).where(
        PLACEMENT.org_id == org_id, PLACEMENT.person_id == person_id, holds
    )
    return list(session.connection().execute(query))


def _fill_in(
    session: Session, org_id: uuid.UUID, person_id: uuid.UUID, day: date, work: Work
) -> None:
    session.connection().execute(
        update(core(Placement))
        .where(PLACEMENT.org_id == org_id, PLACEMENT.person_id == person_id, on_day(day))
        .values(**work._asdict())
    )


def _forget(session: Session, org_id: uuid.UUID, person_id: uuid.UUID, day: date) -> None:
    """Delete what began on a day and holds none."""
    empty = and_(PLACEMENT.starts == day, PLACEMENT.ends == day)
    session.connection().execute(
        delete(core(Placement)).where(
            PLACEMENT.org_id == org_id, PLACEMENT.person_id == person_id, empty
        )
    )

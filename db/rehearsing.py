"""What a plan of duties would do to whom: read from the plan itself, before anything is written."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from db.enrolling import Key, place
from db.roster.laying import as_day, postgres, run

KEEP = """
    CREATE TEMPORARY TABLE duty_baseline AS
    SELECT what, person_id, module, due_on, assignment_id FROM duty_plan"""
SUBTRACT = """
    DELETE FROM duty_plan WHERE EXISTS (SELECT 1 FROM duty_baseline b
        WHERE b.person_id = duty_plan.person_id AND b.module = duty_plan.module
            AND b.what = duty_plan.what AND b.due_on = duty_plan.due_on
            AND (b.assignment_id = duty_plan.assignment_id
                OR (b.assignment_id IS NULL AND duty_plan.assignment_id IS NULL)))"""
OWN = "SELECT COUNT(*) FROM duty_plan WHERE what <> 'ended' AND assignment_id = :id"
# A day that was granted counts for the due day that it was granted for.
PLANNED = """
    SELECT w.person_id, w.module, w.due_on, w.valid_until, w.grace_days, w.window_days,
        w.enrolled_at, w.changed_at, w.moved, (SELECT MAX(x.granted_until) FROM extension x
            WHERE x.org_id = :org AND x.person_id = w.person_id AND x.module = w.module
                AND x.due_on = CASE WHEN w.valid_until > w.due_on THEN w.valid_until
                    ELSE w.due_on END) AS extended_until,
        EXISTS (SELECT 1 FROM exemption x
            WHERE x.org_id = :org AND x.person_id = w.person_id AND x.module IN (w.module, '')
                AND x.starts <= :day AND (x.ends IS NULL OR x.ends > :day)) AS exempt
    FROM (SELECT d.person_id, d.module, d.due_on, d.grace_days, d.window_days, e.enrolled_at,
            e.changed_at, c.valid_until,
            (d.what <> 'changed' OR e.due_on <> d.due_on OR e.grace_days <> d.grace_days
                OR e.window_days <> d.window_days) AS moved
        FROM duty_plan d
        LEFT JOIN enrolment e ON e.org_id = :org AND e.id = d.enrolment_id
        LEFT JOIN (SELECT person_id, module, MAX(valid_until) AS valid_until FROM completion
            WHERE org_id = :org GROUP BY person_id, module) c
            ON c.person_id = d.person_id AND c.module = d.module
        WHERE d.what <> 'ended') w
    ORDER BY w.person_id, w.module"""


class Planned(NamedTuple):
    """A duty that a plan brings or changes. ``enrolled_at`` is None for a new one.

    ``moved`` says that its day, grace or window are others than before, or that it is asked anew.
    """

    person_id: Key
    module: str
    due_on: date
    valid_until: date | None
    grace_days: int
    window_days: int
    enrolled_at: datetime | None
    changed_at: datetime | None
    moved: bool
    extended_until: date | None
    exempt: bool


def keep(session: Session) -> None:
    """Lay a plan aside as what would happen anyway; `subtract` takes it from the next one."""
    forget(session)
    run(session, KEEP)


def subtract(session: Session) -> dict[str, int]:
    """Leave in a plan only what its forerunner has not; how many rows of each kind remain."""
    run(session, SUBTRACT)
    counted = run(session, "SELECT what, COUNT(*) FROM duty_plan GROUP BY what")
    return {what: int(count) for what, count in counted}


def forget(session: Session) -> None:
    """Let go of the plan that was laid aside."""
    run(session, f"DROP TABLE IF EXISTS {place(session)}.duty_baseline")


def owned(session: Session, *, assignment_id: uuid.UUID) -> int:
    """How many duties of a plan, new or otherwise than before, follow from one rule."""
    return int(run(session, OWN, id=assignment_id).scalar_one())


def planned(session: Session, *, org_id: uuid.UUID, day: date) -> Iterator[Planned]:
    """The duties that a plan brings or changes, by person, with what is known of each."""
    if postgres(session):
        yield from (Planned(*row) for row in run(session, PLANNED, org=org_id, day=day))
        return
    known: dict[str | None, Any] = {None: None}

    def moment(text: str | None) -> datetime | None:
        if text not in known:
            known[text] = datetime.fromisoformat(f"{text}+00:00")
        found: datetime | None = known[text]
        return found

    for row in run(session, PLANNED, org=org_id, day=day):
        key, module, due_on, valid, grace, window, enrolled, changed, moved, longer, exempt = row
        yield Planned(
            *(key, module, date.fromisoformat(due_on), as_day(valid), grace, window),
            *(moment(enrolled), moment(changed), bool(moved), as_day(longer), bool(exempt)),
        )

"""Enrolments that a manager makes by hand: no rule touches them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session

from db.engine import insert_new
from db.enrolments import ENROLMENT
from db.tables import Enrolment, core, new_id


def ask(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    module: str,
    due_on: date,
    day: date,
    now: datetime,
) -> bool:
    """Ask a module of somebody by a day; False when it is asked already.

    What is asked no longer on ``day`` begins again from now, as if nobody had ever asked it.
    """
    fresh = {
        "enrolled_at": now,
        "due_on": due_on,
        "assignment_id": None,
        "ended_on": None,
        "grace_days": 0,
        "window_days": 30,
        "before_access": False,
        "changed_at": None,
    }
    row = {"org_id": org_id, "id": new_id(), "person_id": person_id, "module": module}
    if insert_new(session, Enrolment, {**row, **fresh}):
        return True
    ended = (
        update(core(Enrolment))
        .where(
            ENROLMENT.org_id == org_id,
            ENROLMENT.person_id == person_id,
            ENROLMENT.module == module,
            ENROLMENT.ended_on <= day,
        )
        .values(**fresh)
    )
    return session.connection().execute(ended).rowcount == 1


def end(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str, day: date
) -> None:
    """Ask it no longer, from a day on. The row stays, and what she did."""
    session.connection().execute(
        update(core(Enrolment))
        .where(
            ENROLMENT.org_id == org_id,
            ENROLMENT.person_id == person_id,
            ENROLMENT.module == module,
            ENROLMENT.assignment_id.is_(None),
            ENROLMENT.ended_on.is_(None),
        )
        .values(ended_on=day)
    )

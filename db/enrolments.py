"""Who is to take what by when, and who has a completion that counts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlmodel import Session

from db import rollup
from db.attempts import newest
from db.engine import insert_missing, insert_new
from db.people import PERSON
from db.tables import Completion, Enrolment, core, new_id

ENROLMENT, COMPLETION = core(Enrolment).c, core(Completion).c


@dataclass(frozen=True)
class Completed:
    """A completion with what it was earned on."""

    attempt_id: uuid.UUID
    person_id: uuid.UUID
    module: str
    version: str
    sha256: str
    completed_at: datetime
    valid_until: date
    # The turn of her newest attempt when it was earned.
    turn: int = 0


def complete(session: Session, *, org_id: uuid.UUID, completion: Completed) -> bool:
    """Keep a completion, with its turn and path; the first one of its attempt stands.

    False when there was one.
    """
    person_id = completion.person_id
    turn = newest(session, org_id=org_id, person_id=person_id)
    follows = select(PERSON.path).where(PERSON.org_id == org_id, PERSON.id == person_id)
    path = session.connection().execute(follows).scalar_one()
    row = {"org_id": org_id, **vars(completion), "turn": turn, "path": path}
    before = rollup.before(session, org_id=org_id, person_id=person_id, module=completion.module)
    new = insert_new(session, Completion, row)
    if new:
        valid_until, completed_at = completion.valid_until, completion.completed_at
        rollup.completed(session, before, valid_until=valid_until, completed_at=completed_at)
    return new


def withdraw(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, attempt_id: uuid.UUID
) -> bool:
    """Take a completion away that was entered by hand and was a mistake; False without one.

    Its certificate goes with it. Nothing else takes a completion away.
    """
    gone = delete(core(Completion)).where(
        COMPLETION.org_id == org_id,
        COMPLETION.person_id == person_id,
        COMPLETION.attempt_id == attempt_id,
    )
    with rollup.keeping(session, org_id=org_id, person_id=person_id):
        return session.connection().execute(gone).rowcount == 1


def completions(
    session: Session, *, org_id: uuid.UUID, person_ids: Sequence[uuid.UUID], module: str = ""
) -> list[Completed]:
    """The completions of some people in the order they were earned."""
    query = select(
        COMPLETION.attempt_id,
        COMPLETION.person_id,
        COMPLETION.module,
        COMPLETION.version,
        COMPLETION.sha256,
        COMPLETION.completed_at,
        COMPLETION.valid_until,
        COMPLETION.turn,
    ).where(COMPLETION.org_id == org_id, COMPLETION.person_id.in_(person_ids))
    if module:
        query = query.where(COMPLETION.module == module)
    rows = session.connection().execute(query.order_by(COMPLETION.turn, COMPLETION.completed_at))
    return [Completed(**row._mapping) for row in rows]


def enrolled(session: Session, *, org_id: uuid.UUID, module: str) -> set[uuid.UUID]:
    """Who is to take a module."""
    query = select(ENROLMENT.person_id).where(
        ENROLMENT.org_id == org_id, ENROLMENT.module == module, ENROLMENT.ended_on.is_(None)
    )
    return set(session.connection().execute(query).scalars())


def enrol(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    person_ids: Sequence[uuid.UUID],
    due_on: date,
    now: datetime,
) -> None:
    """Enrol people in a module; who is enrolled keeps her day."""
    shared = {"org_id": org_id, "module": module, "enrolled_at": now, "due_on": due_on}
    rows = [{**shared, "id": new_id(), "person_id": one} for one in person_ids]
    insert_missing(session, Enrolment, rows)


def due_dates(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> dict[str, date]:
    """When a person's modules are due, by module; not those that nobody asks of her any more."""
    query = select(ENROLMENT.module, ENROLMENT.due_on).where(
        ENROLMENT.org_id == org_id,
        ENROLMENT.person_id == person_id,
        ENROLMENT.ended_on.is_(None),
    )
    return {row.module: row.due_on for row in session.connection().execute(query)}


def window_days(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str
) -> int | None:
    """From how many days before its end somebody may renew; None where nobody asks it of her."""
    query = select(ENROLMENT.window_days).where(
        ENROLMENT.org_id == org_id,
        ENROLMENT.person_id == person_id,
        ENROLMENT.module == module,
        ENROLMENT.ended_on.is_(None),
    )
    found = session.connection().execute(query).scalar()
    return None if found is None else int(found)

"""Colleagues whom learners asked for help."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, or_, select, update
from sqlmodel import Session

from db.engine import insert_many
from db.people import GRANT, PERSON, PLACEMENT, in_force, on_day
from db.tables import HelpRequest, Person, core, new_id

HELP = core(HelpRequest).c


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be asked; a trainer, or somebody of the same team."""

    person_id: uuid.UUID
    name: str
    trainer: bool


@dataclass(frozen=True)
class Asked:
    """A request: ``name`` is the other person's, the helper's or the learner's."""

    id: uuid.UUID
    person_id: uuid.UUID
    helper_id: uuid.UUID
    name: str
    module: str
    asked_at: datetime


def colleagues(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, day: date
) -> list[Colleague]:
    """Trainers, then the people placed in the same unit on a day; not her line manager.

    Her manager would learn from being asked that a check went wrong, which is hers to tell.
    """
    mine = select(PLACEMENT.unit_id, PLACEMENT.line_manager_id).where(
        PLACEMENT.org_id == org_id, PLACEMENT.person_id == person_id, on_day(day)
    )
    placed = session.connection().execute(mine).all()
    units = [row.unit_id for row in placed]
    managers = [row.line_manager_id for row in placed if row.line_manager_id]
    trainers = select(GRANT.person_id).where(
        GRANT.org_id == org_id, GRANT.role == "trainer", in_force(day)
    )
    near = select(PLACEMENT.person_id).where(
        PLACEMENT.org_id == org_id, PLACEMENT.unit_id.in_(units), on_day(day)
    )
    teaches = PERSON.id.in_(trainers)
    query = (
        select(PERSON.id.label("person_id"), PERSON.name, teaches.label("trainer"))
        .where(
            PERSON.org_id == org_id,
            PERSON.id != person_id,
            PERSON.id.not_in(managers),
            or_(PERSON.left_on.is_(None), PERSON.left_on > day),
            or_(teaches, PERSON.id.in_(near)),
        )
        .order_by(teaches.desc(), PERSON.name, PERSON.id)
    )
    rows = session.connection().execute(query)
    return [Colleague(row.person_id, row.name, bool(row.trainer)) for row in rows]


def ask(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    helper_id: uuid.UUID,
    module: str,
    now: datetime,
) -> None:
    """Record a request."""
    row = {"org_id": org_id, "id": new_id(), "person_id": person_id, "helper_id": helper_id}
    insert_many(session, HelpRequest, [{**row, "module": module, "asked_at": now}])


def of_learner(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str
) -> list[Asked]:
    """A learner's open requests about a module, oldest first, with the helper's name."""
    return _open(
        session,
        HELP.org_id == org_id,
        HELP.person_id == person_id,
        HELP.module == module,
        other=HELP.helper_id,
    )


def of_helper(session: Session, *, org_id: uuid.UUID, helper_id: uuid.UUID) -> list[Asked]:
    """What somebody was asked and has not closed, oldest first, with the learner's name."""
    return _open(session, HELP.org_id == org_id, HELP.helper_id == helper_id, other=HELP.person_id)


def of_either(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[Asked]:
    """A person's open requests and those made to her, with the name of the other one."""
    other = case((HELP.person_id == person_id, HELP.helper_id), else_=HELP.person_id)
    return _open(
        session,
        HELP.org_id == org_id,
        or_(HELP.person_id == person_id, HELP.helper_id == person_id),
        other=other,
    )


def _open(session: Session, *conditions: object, other: object) -> list[Asked]:
    query = (
        select(HELP.id, HELP.person_id, HELP.helper_id, PERSON.name, HELP.module, HELP.asked_at)
        .join(core(Person), (PERSON.org_id == HELP.org_id) & (PERSON.id == other))
        .where(HELP.done_at.is_(None), *conditions)  # type: ignore[arg-type]
        .order_by(HELP.asked_at, HELP.id)
    )
    return [Asked(**row._mapping) for row in session.connection().execute(query)]


def close(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    by: Sequence[uuid.UUID],
    now: datetime,
) -> bool:
    """Close a request that one of ``by`` asked or was asked; whether there was one."""
    statement = (
        update(core(HelpRequest))
        .where(
            HELP.org_id == org_id,
            HELP.id == id,
            HELP.done_at.is_(None),
            or_(HELP.person_id.in_(by), HELP.helper_id.in_(by)),
        )
        .values(done_at=now)
        .returning(HELP.id)
    )
    return session.connection().execute(statement).first() is not None

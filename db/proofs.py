"""Training that took place elsewhere, entered by hand: kept for good, withdrawn if a mistake."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlmodel import Session

from db.audit import of_units
from db.engine import insert_many
from db.people import PERSON
from db.tables import Attempt, HandRecord, Person, core, new_id

RECORD, ATTEMPT = core(HandRecord).c, core(Attempt).c

HAND = "hand"
"""The form of an attempt that nobody sat: its completion was entered by hand."""


@dataclass(frozen=True)
class Entered:
    """One proof by hand, with the names of whom it is about, who entered and who withdrew it."""

    id: uuid.UUID
    person_id: uuid.UUID
    attempt_id: uuid.UUID
    name: str
    email: str
    module: str
    kind: str
    happened_on: date
    reason: str
    document: str
    given_at: datetime
    by: str
    withdrawn_at: datetime | None
    withdrawn: str


def add(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    module: str,
    attempt_id: uuid.UUID,
    kind: str,
    happened_on: date,
    reason: str,
    document: str,
    by: uuid.UUID,
    now: datetime,
) -> None:
    """Keep a proof beside its attempt."""
    row = {
        "org_id": org_id,
        "id": new_id(),
        "person_id": person_id,
        "module": module,
        "attempt_id": attempt_id,
        "kind": kind,
        "happened_on": happened_on,
        "reason": reason,
        "document": document,
        "given_by": by,
        "given_at": now,
    }
    insert_many(session, HandRecord, [row])


def number(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str) -> int:
    """How many attempts by hand somebody has in a module, the withdrawn ones too."""
    query = select(func.count()).where(
        ATTEMPT.org_id == org_id,
        ATTEMPT.person_id == person_id,
        ATTEMPT.module == module,
        ATTEMPT.form == HAND,
    )
    return int(session.connection().execute(query).scalar_one())


def withdraw(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, by: uuid.UUID, now: datetime
) -> bool:
    """Mark a proof as a mistake; False when it was withdrawn before."""
    statement = (
        update(core(HandRecord))
        .where(RECORD.org_id == org_id, RECORD.id == id, RECORD.withdrawn_at.is_(None))
        .values(withdrawn_by=by, withdrawn_at=now)
    )
    return session.connection().execute(statement).rowcount == 1


def by_id(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> Entered | None:
    """One proof of an organisation."""
    row = session.connection().execute(_query(org_id).where(RECORD.id == id)).one_or_none()
    return _entered(row) if row else None


def of_people(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_ids: Collection[uuid.UUID] = (),
    units: Collection[uuid.UUID] | None = (),
    most: int = 200,
) -> list[Entered]:
    """The newest proofs about some people, or about people of some units; None is everybody."""
    query = _query(org_id)
    if units is not None:
        within = [RECORD.person_id.in_(person_ids)]
        if units:
            within.append(RECORD.person_id.in_(of_units(org_id, units)))
        query = query.where(or_(*within))
    newest = query.order_by(RECORD.given_at.desc(), PERSON.name, RECORD.id).limit(most)
    return [_entered(row) for row in session.connection().execute(newest)]


def same(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_ids: Collection[uuid.UUID],
    module: str,
    happened_on: date,
) -> list[Entered]:
    """Proofs of a module and day that stand already for some of these people."""
    query = _query(org_id).where(
        RECORD.person_id.in_(person_ids),
        RECORD.module == module,
        RECORD.happened_on == happened_on,
        RECORD.withdrawn_at.is_(None),
    )
    return [_entered(row) for row in session.connection().execute(query.order_by(PERSON.name))]


def _query(org_id: uuid.UUID) -> Any:
    giver, taker = core(Person).alias("giver"), core(Person).alias("taker")
    names = (
        "id",
        "person_id",
        "attempt_id",
        "module",
        "kind",
        "happened_on",
        "reason",
        "document",
        "given_at",
        "withdrawn_at",
    )
    return (
        select(
            *(RECORD[name] for name in names),
            PERSON.name,
            PERSON.email,
            giver.c.name.label("by"),
            taker.c.name.label("withdrawn"),
        )
        .select_from(core(HandRecord))
        .join(core(Person), and_(PERSON.org_id == RECORD.org_id, PERSON.id == RECORD.person_id))
        .outerjoin(giver, and_(giver.c.org_id == RECORD.org_id, giver.c.id == RECORD.given_by))
        .outerjoin(taker, and_(taker.c.org_id == RECORD.org_id, taker.c.id == RECORD.withdrawn_by))
        .where(RECORD.org_id == org_id)
    )


def _entered(row: Any) -> Entered:
    return Entered(**{**row._mapping, "by": row.by or "", "withdrawn": row.withdrawn or ""})

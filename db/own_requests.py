"""What people ask about their own data, and what they are answered."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session

from db.audit import of_units
from db.engine import insert_many
from db.people import PERSON
from db.tables import OwnRequest, Person, core, new_id

REQUEST = core(OwnRequest).c


@dataclass(frozen=True)
class Asked:
    """A request as its person and administrators see it."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    email: str
    kind: str
    text: str
    asked_at: datetime
    state: str
    answer: str
    decided_at: datetime | None


def ask(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    kind: str,
    text: str,
    now: datetime,
) -> None:
    """Record a request, open."""
    row = {"org_id": org_id, "id": new_id(), "person_id": person_id, "kind": kind, "text": text}
    row |= {"asked_at": now, "state": "open", "answer": "", "decided_at": None, "decided_by": None}
    insert_many(session, OwnRequest, [row])


def of_person(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[Asked]:
    """A person's requests, newest first."""
    return _asked(session, REQUEST.org_id == org_id, REQUEST.person_id == person_id)


def of_organisation(
    session: Session,
    *,
    org_id: uuid.UUID,
    units: Collection[uuid.UUID] | None,
    most: int = 200,
) -> list[Asked]:
    """An organisation's requests, open ones first by age; of people of some units when named."""
    wanted = [REQUEST.org_id == org_id]
    if units is not None:
        wanted.append(REQUEST.person_id.in_(of_units(org_id, units)))
    found = _asked(session, *wanted, most=most)
    still = [one for one in found if one.state == "open"]
    return [*still[::-1], *(one for one in found if one.state != "open")]


def _asked(session: Session, *conditions: object, most: int = 200) -> list[Asked]:
    query = (
        select(
            REQUEST.id,
            REQUEST.person_id,
            PERSON.name,
            PERSON.email,
            REQUEST.kind,
            REQUEST.text,
            REQUEST.asked_at,
            REQUEST.state,
            REQUEST.answer,
            REQUEST.decided_at,
        )
        .join(core(Person), (PERSON.org_id == REQUEST.org_id) & (PERSON.id == REQUEST.person_id))
        .where(*conditions)  # type: ignore[arg-type]
        .order_by((REQUEST.state == "open").desc(), REQUEST.asked_at.desc(), REQUEST.id.desc())
        .limit(most)
    )
    return [Asked(**row._mapping) for row in session.connection().execute(query)]


def settle(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    state: str,
    answer: str,
    by: uuid.UUID,
    now: datetime,
    person_id: uuid.UUID | None = None,
) -> bool:
    """Close an open request, of one person when named; False when it was not open any more.

    Of two who decide at once the second finds it closed: the row is locked by the first update.
    """
    wanted = [REQUEST.org_id == org_id, REQUEST.id == id, REQUEST.state == "open"]
    if person_id is not None:
        wanted.append(REQUEST.person_id == person_id)
    statement = (
        update(core(OwnRequest))
        .where(*wanted)
        .values(state=state, answer=answer, decided_at=now, decided_by=by)
        .returning(REQUEST.id)
    )
    return session.connection().execute(statement).first() is not None

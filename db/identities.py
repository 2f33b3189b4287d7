"""Who somebody is at a provider: (provider, subject) stands for one person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlmodel import Session

from db.engine import insert_new
from db.people import PERSON
from db.tables import Identity, Person, core

IDENTITY = core(Identity).c


@dataclass(frozen=True)
class Linked:
    """One identity and whose it is."""

    provider: str
    subject: str
    email: str
    linked_at: datetime | None


def holder(session: Session, *, provider: str, subject: str, org_id: uuid.UUID) -> uuid.UUID | None:
    """Whose identity this is in an organisation, whether or not she may sign in."""
    query = select(IDENTITY.person_id).where(
        IDENTITY.provider == provider, IDENTITY.subject == subject, IDENTITY.org_id == org_id
    )
    return session.connection().execute(query).scalar_one_or_none()


def known_at(session: Session, *, provider: str, org_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Whether a person has an identity at a provider already."""
    query = select(func.count()).where(
        IDENTITY.provider == provider,
        IDENTITY.org_id == org_id,
        IDENTITY.person_id == person_id,
    )
    return bool(session.connection().execute(query).scalar_one())


def link(
    session: Session,
    *,
    provider: str,
    subject: str,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    now: datetime,
) -> bool:
    """Let an identity stand for a person; False when it stands for somebody already."""
    return insert_new(
        session,
        Identity,
        {
            "provider": provider,
            "subject": subject,
            "org_id": org_id,
            "person_id": person_id,
            "linked_at": now,
        },
    )


def unlink(session: Session, *, provider: str, org_id: uuid.UUID, person_id: uuid.UUID) -> int:
    """Take a person's identities at a provider away; how many there were."""
    gone = session.connection().execute(
        delete(core(Identity)).where(
            IDENTITY.provider == provider,
            IDENTITY.org_id == org_id,
            IDENTITY.person_id == person_id,
        )
    )
    return int(gone.rowcount)


def linked(session: Session, *, provider: str) -> Sequence[Linked]:
    """The identities of a provider, by address."""
    query = (
        select(IDENTITY.provider, IDENTITY.subject, PERSON.email, IDENTITY.linked_at)
        .join(core(Person), (PERSON.org_id == IDENTITY.org_id) & (PERSON.id == IDENTITY.person_id))
        .where(IDENTITY.provider == provider)
        .order_by(PERSON.email, IDENTITY.subject)
    )
    return [Linked(*row) for row in session.connection().execute(query)]


def candidates(
    session: Session, *, org_id: uuid.UUID, email: str = "", employee_number: str = ""
) -> list[uuid.UUID]:
    """The people of an organisation with this address or number. Erased ones are nobody."""
    wanted = []
    if email:
        wanted.append(PERSON.email == email.casefold())
    if employee_number:
        wanted.append(PERSON.employee_number == employee_number)
    if not wanted:
        return []
    query = select(PERSON.id).where(
        PERSON.org_id == org_id, PERSON.erased_at.is_(None), or_(*wanted)
    )
    return list(session.connection().execute(query).scalars())

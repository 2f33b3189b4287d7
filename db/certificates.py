"""Certificates: the code under which a completion can be checked, and what its holder shows."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select, update
from sqlmodel import Session

from db.engine import insert_new
from db.people import ORGANISATION, PERSON
from db.tables import Certificate, Completion, HandRecord, Organisation, Person, core

CERTIFICATE, COMPLETION = core(Certificate).c, core(Completion).c
HAND = core(HandRecord).c

# Crockford's letters and digits: none that is read as another. 28 of them are 140 random bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 28, 4


@dataclass(frozen=True)
class Held:
    """A completion with its holder and, once it was opened, its certificate.

    ``code`` is None before that, and ``withdrawn_at`` unless its holder took it back.
    """

    org_id: uuid.UUID
    attempt_id: uuid.UUID
    person_id: uuid.UUID
    module: str
    version: str
    sha256: str
    completed_at: datetime
    valid_until: date
    name: str
    path: str
    organisation: str
    zone: str
    language: str
    invented: bool
    code: str | None
    shares: tuple[str, ...]
    withdrawn_at: datetime | None
    # What took place where it was entered by hand, such as classroom; "" where it was answered.
    by_hand: str = ""


def new_code() -> str:
    """A code that nobody guesses, in groups that can be read out."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(drawn[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _query() -> Select[Any]:
    return (
        select(
            COMPLETION.org_id,
            COMPLETION.attempt_id,
            COMPLETION.person_id,
            COMPLETION.module,
            COMPLETION.version,
            COMPLETION.sha256,
            COMPLETION.completed_at,
            COMPLETION.valid_until,
            PERSON.name,
            COMPLETION.path,
            ORGANISATION.name.label("organisation"),
            ORGANISATION.zone,
            ORGANISATION.language,
            ORGANISATION.invented,
            CERTIFICATE.code,
            CERTIFICATE.shares,
            CERTIFICATE.withdrawn_at,
            HAND.kind.label("by_hand"),
        )
        .select_from(core(Completion))
        .join(
            core(Person),
            and_(PERSON.org_id == COMPLETION.org_id, PERSON.id == COMPLETION.person_id),
        )
        .join(core(Organisation), ORGANISATION.id == COMPLETION.org_id)
        .outerjoin(
            core(Certificate),
            and_(
                CERTIFICATE.org_id == COMPLETION.org_id,
                CERTIFICATE.attempt_id == COMPLETION.attempt_id,
            ),
        )
        .outerjoin(
            core(HandRecord),
            and_(HAND.org_id == COMPLETION.org_id, HAND.attempt_id == COMPLETION.attempt_id),
        )
    )


def _held(row: Any) -> Held:
    values = dict(row._mapping)
    return Held(**{**values, "shares": tuple(values["shares"] or ()), "by_hand": row.by_hand or ""})


def of_person(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[Held]:
    """Everything that a person has completed, newest first."""
    query = _query().where(COMPLETION.org_id == org_id, COMPLETION.person_id == person_id)
    newest = query.order_by(
        COMPLETION.turn.desc(), COMPLETION.completed_at.desc(), COMPLETION.attempt_id
    )
    return [_held(row) for row in session.connection().execute(newest)]


def by_code(session: Session, *, code: str) -> Held | None:
    """What stands under a code; None when there is nothing, or its holder withdrew it.

    Whoever has left still holds what she completed.
    """
    query = _query().where(CERTIFICATE.code == code, CERTIFICATE.withdrawn_at.is_(None))
    row = session.connection().execute(query).one_or_none()
    return _held(row) if row else None


def issue(
    session: Session,
    *,
    org_id: uuid.UUID,
    attempt_id: uuid.UUID,
    person_id: uuid.UUID,
    now: datetime,
) -> None:
    """Give a completion its code; one that has a code keeps it."""
    row = {"org_id": org_id, "attempt_id": attempt_id, "person_id": person_id}
    new = {"code": new_code(), "shares": [], "made_at": now, "withdrawn_at": None}
    insert_new(session, Certificate, {**row, **new})


def _change(session: Session, org_id: uuid.UUID, attempt_id: uuid.UUID, **values: Any) -> None:
    statement = update(core(Certificate)).where(
        CERTIFICATE.org_id == org_id, CERTIFICATE.attempt_id == attempt_id
    )
    session.connection().execute(statement.values(**values))


def share(
    session: Session, *, org_id: uuid.UUID, attempt_id: uuid.UUID, shares: Sequence[str]
) -> None:
    """Set what the public page shows."""
    _change(session, org_id, attempt_id, shares=list(shares))


def withdraw(session: Session, *, org_id: uuid.UUID, attempt_id: uuid.UUID, now: datetime) -> None:
    """Take the public page back: its address says no more than one that never was."""
    _change(session, org_id, attempt_id, withdrawn_at=now)


def renew(session: Session, *, org_id: uuid.UUID, attempt_id: uuid.UUID, now: datetime) -> None:
    """Give a new code, under which nothing is shown yet; the old one is gone."""
    _change(session, org_id, attempt_id, code=new_code(), shares=[], made_at=now, withdrawn_at=None)

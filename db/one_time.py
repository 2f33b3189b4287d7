"""Links and steps of a sign-in that work once. Of a token only its hash is kept."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import Session

from db.sign_ins import hash_of
from db.tables import OneTime, core

ONE_TIME = core(OneTime).c


@dataclass(frozen=True)
class Once:
    """Whose link or step a token is, and what for."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    purpose: str


def issue(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    purpose: str,
    lasts: timedelta,
    now: datetime,
    voids: Collection[str] = (),
    bound: str = "",
) -> str:
    """A token that works once; only its hash is kept. Those of ``voids`` made before are void.

    With ``bound`` it is looked for as the token followed by that text, and by no other.
    """
    if voids:
        void(session, org_id=org_id, person_id=person_id, purposes=voids)
    token = secrets.token_urlsafe(32)
    session.connection().execute(
        core(OneTime)
        .insert()
        .values(
            token_hash=hash_of(token + bound),
            org_id=org_id,
            person_id=person_id,
            purpose=purpose,
            made_at=now,
            expires_at=now + lasts,
        )
    )
    return token


def look(session: Session, *, token: str, purposes: Collection[str], now: datetime) -> Once | None:
    """Whose token this is while it is good; it stays good."""
    query = select(ONE_TIME.org_id, ONE_TIME.person_id, ONE_TIME.purpose).where(
        ONE_TIME.token_hash == hash_of(token),
        *_good(purposes, now),
    )
    row = session.connection().execute(query).first()
    return Once(*row) if row else None


def use(session: Session, *, token: str, purposes: Collection[str], now: datetime) -> bool:
    """Use a token up; False when it was used, is too old or was never made. Atomic."""
    done = session.connection().execute(
        update(core(OneTime))
        .where(
            ONE_TIME.token_hash == hash_of(token),
            *_good(purposes, now),
        )
        .values(used_at=now)
    )
    return bool(done.rowcount)


def open_links(
    session: Session, *, org_id: uuid.UUID, purposes: Collection[str], now: datetime
) -> frozenset[uuid.UUID]:
    """Who has a link that is still good."""
    query = select(ONE_TIME.person_id).where(
        ONE_TIME.org_id == org_id,
        *_good(purposes, now),
    )
    return frozenset(session.connection().execute(query.distinct()).scalars())


def void(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, purposes: Collection[str]
) -> None:
    """Make somebody's unused links void."""
    session.connection().execute(
        delete(core(OneTime)).where(
            ONE_TIME.org_id == org_id,
            ONE_TIME.person_id == person_id,
            ONE_TIME.purpose.in_(purposes),
            ONE_TIME.used_at.is_(None),
        )
    )


def _good(purposes: Collection[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What holds of a token that can still be used for one of these."""
    return (
        ONE_TIME.purpose.in_(purposes),
        ONE_TIME.used_at.is_(None),
        ONE_TIME.expires_at > now,
    )

"""Signed-in browsers: a random token in a cookie, only its hash here."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlmodel import Session

from db.tables import SignIn, core

SIGN_IN = core(SignIn).c
OLD_TOKEN = timedelta(minutes=10)


def hash_of(token: str) -> str:
    """What is stored of a token: its SHA-256. The token has 256 random bits, so no salt helps."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    now: datetime,
    hours: int,
    provider: str = "",
    provider_session: str | None = None,
    rights: str = "",
) -> str:
    """Sign a person in; gives the token, which is kept nowhere.

    ``provider_session`` is what the provider calls this session: it is kept hashed. ``rights`` is
    `access.rights_of` at this moment.
    """
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=hash_of(token),
            org_id=org_id,
            person_id=person_id,
            started_at=now,
            expires_at=now + timedelta(hours=hours),
            provider=provider,
            provider_session=hash_of(provider_session) if provider_session else None,
            rights=rights,
        )
    )
    return token


def holds(token_hash: str, now: datetime) -> ColumnElement[bool]:
    """The condition that a sign-in is open and has this token, or had it a moment ago."""
    return and_(
        or_(
            SIGN_IN.token_hash == token_hash,
            and_(SIGN_IN.previous_hash == token_hash, SIGN_IN.previous_until > now),
        ),
        SIGN_IN.ended_at.is_(None),
        SIGN_IN.expires_at > now,
    )


def renew(session: Session, *, token: str, rights: str, now: datetime) -> str | None:
    """Change the token when the rights behind it have changed; gives the new one, or None.

    The old one is good for ten minutes more: tabs that are open have sent it already.
    """
    fresh = secrets.token_urlsafe(32)
    changed = session.connection().execute(
        update(core(SignIn))
        .where(
            SIGN_IN.token_hash == hash_of(token),
            SIGN_IN.ended_at.is_(None),
            SIGN_IN.rights != rights,
        )
        .values(
            token_hash=hash_of(fresh),
            rights=rights,
            previous_hash=hash_of(token),
            previous_until=now + OLD_TOKEN,
        )
    )
    return fresh if changed.rowcount else None


def rights(session: Session, *, token: str) -> str | None:
    """The rights that were written down with this token; None for an old or unknown one."""
    query = select(SIGN_IN.rights).where(SIGN_IN.token_hash == hash_of(token))
    return session.connection().execute(query).scalar_one_or_none()


def end(session: Session, *, token: str, now: datetime) -> None:
    """Sign this browser out, at once in all its tabs."""
    session.connection().execute(
        update(core(SignIn)).where(holds(hash_of(token), now)).values(ended_at=now)
    )


def end_all(
    session: Session, *, org_id: uuid.UUID, person_ids: Sequence[uuid.UUID] | None, now: datetime
) -> int:
    """Sign people out of every browser; how many sign-ins ended. None: everybody there."""
    query = update(core(SignIn)).where(SIGN_IN.org_id == org_id, SIGN_IN.ended_at.is_(None))
    if person_ids is not None:
        query = query.where(SIGN_IN.person_id.in_(person_ids))
    return int(session.connection().execute(query.values(ended_at=now)).rowcount)


def end_of_provider(session: Session, *, provider: str, its_session: str, now: datetime) -> int:
    """End the sign-ins that belong to a provider's session; how many ended."""
    done = session.connection().execute(
        update(core(SignIn))
        .where(
            SIGN_IN.provider == provider,
            SIGN_IN.provider_session == hash_of(its_session),
            SIGN_IN.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
    return int(done.rowcount)


def end_at_provider(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    provider: str,
    nameless: bool,
    now: datetime,
) -> int:
    """End a person's sign-ins that began at a provider; how many ended.

    ``nameless``: only those whose session the provider gave no name.
    """
    mine = [
        SIGN_IN.org_id == org_id,
        SIGN_IN.person_id == person_id,
        SIGN_IN.provider == provider,
        SIGN_IN.ended_at.is_(None),
    ]
    if nameless:
        mine.append(SIGN_IN.provider_session.is_(None))
    done = session.connection().execute(update(core(SignIn)).where(*mine).values(ended_at=now))
    return int(done.rowcount)


def begun_at(
    session: Session, *, token: str, now: datetime
) -> tuple[str, uuid.UUID, uuid.UUID] | None:
    """How an open sign-in began (demo, local or a provider), and whose it is."""
    query = select(SIGN_IN.provider, SIGN_IN.org_id, SIGN_IN.person_id).where(
        holds(hash_of(token), now)
    )
    row = session.connection().execute(query).first()
    return (row[0], row[1], row[2]) if row else None

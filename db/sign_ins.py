"""Signed-in browsers: a random token in a cookie, only its hash here."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session

from db.tables import SignIn, core


def hash_of(token: str) -> str:
    """What is stored of a token: its SHA-256. The token has 256 random bits, so no salt helps."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, now: datetime, hours: int
) -> str:
    """Sign a person in; gives the token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=hash_of(token),
            org_id=org_id,
            person_id=person_id,
            started_at=now,
            expires_at=now + timedelta(hours=hours),
        )
    )
    return token


def end(session: Session, *, token: str, now: datetime) -> None:
    """Sign this browser out, at once in all its tabs."""
    table = core(SignIn)
    session.connection().execute(
        update(table)
        .where(table.c.token_hash == hash_of(token), table.c.ended_at.is_(None))
        .values(ended_at=now)
    )

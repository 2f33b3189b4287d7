"""The browsers in which somebody is signed in, for herself: since when, and how she signed in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlmodel import Session

from db.sign_ins import SIGN_IN, hash_of
from db.tables import SignIn, core


@dataclass(frozen=True)
class Browser:
    """One sign-in. ``handle`` names it on a page; no token can be made from it."""

    handle: str
    started_at: datetime
    expires_at: datetime
    provider: str
    this: bool


def open_ones(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, token: str, now: datetime
) -> list[Browser]:
    """Where a person is signed in, the newest first; ``token`` is that of the browser that asks."""
    query = (
        select(
            SIGN_IN.token_hash,
            SIGN_IN.started_at,
            SIGN_IN.expires_at,
            SIGN_IN.provider,
            SIGN_IN.previous_hash,
        )
        .where(
            SIGN_IN.org_id == org_id,
            SIGN_IN.person_id == person_id,
            SIGN_IN.ended_at.is_(None),
            SIGN_IN.expires_at > now,
        )
        .order_by(SIGN_IN.started_at.desc(), SIGN_IN.token_hash)
    )
    mine = hash_of(token)
    return [
        Browser(
            hash_of(row.token_hash),
            row.started_at,
            row.expires_at,
            row.provider,
            mine in (row.token_hash, row.previous_hash),
        )
        for row in session.connection().execute(query)
    ]


def end(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, handle: str, now: datetime
) -> bool:
    """End one of a person's sign-ins; whether there was such a one of hers."""
    query = select(SIGN_IN.token_hash).where(
        SIGN_IN.org_id == org_id, SIGN_IN.person_id == person_id, SIGN_IN.ended_at.is_(None)
    )
    for found in session.connection().execute(query).scalars():
        if hash_of(found) == handle:
            done = session.connection().execute(
                update(core(SignIn))
                .where(SIGN_IN.token_hash == found, SIGN_IN.ended_at.is_(None))
                .values(ended_at=now)
            )
            return bool(done.rowcount)
    return False


def end_others(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, token: str, now: datetime
) -> int:
    """End a person's sign-ins in every other browser; how many."""
    mine = hash_of(token)
    done = session.connection().execute(
        update(core(SignIn))
        .where(
            SIGN_IN.org_id == org_id,
            SIGN_IN.person_id == person_id,
            SIGN_IN.ended_at.is_(None),
            SIGN_IN.token_hash != mine,
            or_(SIGN_IN.previous_hash.is_(None), SIGN_IN.previous_hash != mine),
        )
        .values(ended_at=now)
    )
    return int(done.rowcount)

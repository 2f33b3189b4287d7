"""Calendar feeds: one for a person, found by the hash of its token, withdrawn by deleting it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session

from db.engine import replace
from db.sign_ins import hash_of
from db.tables import Feed, core

FEED = core(Feed).c


@dataclass(frozen=True)
class Kept:
    """A feed without its token, which nobody here knows."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    made_at: datetime
    told: dict[str, Any]
    changed_at: datetime | None
    asked_on: date | None


def make(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, now: datetime) -> str:
    """A new feed in place of an old one; gives its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    row = {"org_id": org_id, "person_id": person_id, "token_hash": hash_of(token), "made_at": now}
    replace(session, Feed, row | {"told": {}, "changed_at": None, "asked_on": None})
    return token


def withdraw(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """End a feed; False when there is none."""
    done = session.connection().execute(
        delete(core(Feed))
        .where(FEED.org_id == org_id, FEED.person_id == person_id)
        .returning(FEED.made_at)
    )
    return done.first() is not None


def of_person(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> Kept | None:
    """Somebody's feed."""
    return _one(session, (FEED.org_id == org_id) & (FEED.person_id == person_id))


def by_token(session: Session, *, token: str) -> Kept | None:
    """The feed behind a token."""
    return _one(session, FEED.token_hash == hash_of(token))


def note(session: Session, kept: Kept, values: Mapping[str, Any]) -> None:
    """Keep what a calendar was told, and that it asked."""
    session.connection().execute(
        update(core(Feed))
        .where(FEED.org_id == kept.org_id, FEED.person_id == kept.person_id)
        .values(**values)
    )


def _one(session: Session, which: Any) -> Kept | None:
    query = select(
        FEED.org_id, FEED.person_id, FEED.made_at, FEED.told, FEED.changed_at, FEED.asked_on
    ).where(which)
    row = session.connection().execute(query).first()
    return Kept(**row._mapping) if row else None

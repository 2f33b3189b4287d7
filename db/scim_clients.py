"""Directories that may write people here: a token each, of which only the hash is kept."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import Session

from db.people import ORGANISATION
from db.sign_ins import hash_of
from db.tables import Organisation, ScimClient, core

CLIENT = core(ScimClient).c
SCOPES = ("users:read", "users:write", "groups:read", "groups:write")
# How long a token may work, in days.
LONGEST_DAYS = 3650
# What a token begins with, so that a scanner for secrets knows one that was published.
PREFIX = "steward_scim_"


@dataclass(frozen=True)
class Caller:
    """A client that is calling: its organisation, and what it may do."""

    id: uuid.UUID
    org_id: uuid.UUID
    organisation: str
    zone: str
    scopes: frozenset[str]
    used_on: date | None


@dataclass(frozen=True)
class Client:
    """A client in a list."""

    id: uuid.UUID
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_on: date | None

    def works(self, now: datetime) -> bool:
        """Whether its token is taken."""
        return self.revoked_at is None and self.expires_at > now


def add(
    session: Session,
    *,
    org_id: uuid.UUID,
    name: str,
    scopes: Collection[str],
    days: int,
    now: datetime,
    made_by: uuid.UUID | None = None,
) -> tuple[uuid.UUID, str]:
    """Make a client for so many days; its id, and its token of 256 random bits, kept nowhere."""
    token = PREFIX + secrets.token_urlsafe(32)
    client = ScimClient(
        org_id=org_id,
        name=name,
        token_hash=hash_of(token),
        scopes=" ".join(one for one in SCOPES if one in scopes),
        made_at=now,
        made_by=made_by,
        expires_at=now + timedelta(days=days),
    )
    session.add(client)
    session.flush()
    return client.id, token


def works_as(session: Session, *, org_id: uuid.UUID, name: str, now: datetime) -> bool:
    """Whether a client of this name, in any letter case, has a token that is taken."""
    found = listed(session, org_id=org_id)
    return any(one.works(now) and one.name.casefold() == name.casefold() for one in found)


def calling(session: Session, *, token: str, now: datetime) -> Caller | None:
    """The client of a token; None when it is unknown, expired or revoked."""
    query = (
        select(
            CLIENT.id,
            CLIENT.org_id,
            ORGANISATION.name,
            ORGANISATION.zone,
            CLIENT.scopes,
            CLIENT.used_on,
        )
        .join(core(Organisation), ORGANISATION.id == CLIENT.org_id)
        .where(
            CLIENT.token_hash == hash_of(token),
            CLIENT.revoked_at.is_(None),
            CLIENT.expires_at > now,
        )
    )
    row = session.connection().execute(query).first()
    if row is None:
        return None
    return Caller(row.id, row.org_id, row.name, row.zone, frozenset(row.scopes.split()), row[5])


def used(session: Session, *, caller: Caller, day: date) -> None:
    """Note the day on which a client last called; no finer."""
    session.connection().execute(
        update(core(ScimClient))
        .where(CLIENT.org_id == caller.org_id, CLIENT.id == caller.id)
        .values(used_on=day)
    )


def revoke(
    session: Session, *, org_id: uuid.UUID | None, id: uuid.UUID, now: datetime
) -> uuid.UUID | None:
    """Take a client's token no more; gives its organisation, or None when it was revoked before."""
    query = update(core(ScimClient)).where(CLIENT.id == id, CLIENT.revoked_at.is_(None))
    if org_id is not None:
        query = query.where(CLIENT.org_id == org_id)
    done = session.connection().execute(query.values(revoked_at=now).returning(CLIENT.org_id))
    return done.scalar_one_or_none()


def listed(session: Session, *, org_id: uuid.UUID) -> list[Client]:
    """Every client of an organisation, the newest first."""
    query = (
        select(
            CLIENT.id,
            CLIENT.name,
            CLIENT.scopes,
            CLIENT.made_at,
            CLIENT.expires_at,
            CLIENT.revoked_at,
            CLIENT.used_on,
        )
        .where(CLIENT.org_id == org_id)
        .order_by(CLIENT.made_at.desc(), CLIENT.id.desc())
    )
    return [
        Client(row.id, row.name, tuple(row.scopes.split()), *row[3:])
        for row in session.connection().execute(query)
    ]

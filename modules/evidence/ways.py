"""Entries about ways in: accounts at providers, what an operator reset, directories with a token.

An entry about a person never says how a provider or a mail server calls her.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from modules.evidence.recording import record


@dataclass(frozen=True)
class Whose:
    """Whose way in it is."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    email: str


def linked(session: Session, whose: Whose, *, provider: str, now: datetime) -> int:
    """Enter that an account at a provider stands for somebody: by its rule, or by a command."""
    return _about(session, "identity_linked", whose, {"provider": provider}, now)


def unlinked(session: Session, whose: Whose, *, provider: str, now: datetime) -> int:
    """Enter that an operator took somebody's accounts at a provider away."""
    return _about(session, "identity_unlinked", whose, {"provider": provider}, now)


def reset(session: Session, whose: Whose, *, second_factor: bool, now: datetime) -> int:
    """Enter that an operator made a link to choose another pass-phrase by."""
    return _about(session, "account_reset", whose, {"second_factor": second_factor}, now)


def _about(
    session: Session, kind: str, whose: Whose, facts: dict[str, str | bool], now: datetime
) -> int:
    return record(
        session,
        org_id=whose.org_id,
        kind=kind,
        about=whose.person_id,
        facts=facts,
        personal={"name": whose.name, "email": whose.email},
        now=now,
    )


def connected(
    session: Session,
    *,
    org_id: uuid.UUID,
    client: uuid.UUID,
    scopes: Collection[str],
    until: date,
    by: uuid.UUID | None,
    by_name: str,
    now: datetime,
) -> int:
    """Enter that a directory may write people here; ``by`` is None for a command."""
    facts = {"scopes": " ".join(sorted(scopes)), "until": until}
    return record(
        session,
        org_id=org_id,
        kind="directory_connected",
        about=client,
        facts=facts,
        by=by,
        by_name=by_name,
        now=now,
    )


def disconnected(
    session: Session,
    *,
    org_id: uuid.UUID,
    client: uuid.UUID,
    by: uuid.UUID | None,
    by_name: str,
    now: datetime,
) -> int:
    """Enter that a directory's token is taken no more."""
    return record(
        session,
        org_id=org_id,
        kind="directory_ended",
        about=client,
        facts={},
        by=by,
        by_name=by_name,
        now=now,
    )

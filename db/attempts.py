"""Attempts: one sitting of one form of a module, pinned to content and seed."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlmodel import Session

from db.engine import insert_new
from db.tables import Attempt, Revision, core, new_id

ATTEMPT, REVISION = core(Attempt).c, core(Revision).c


@dataclass(frozen=True)
class Sitting:
    """An attempt with the content it is pinned to."""

    id: uuid.UUID
    person_id: uuid.UUID
    module: str
    form: str
    number: int
    turn: int
    revision_id: uuid.UUID
    sha256: str
    version: str
    seed: str
    paper: Mapping[str, Any]
    language: str
    jurisdiction: str
    started_at: datetime
    ended_at: datetime | None


def sittings() -> Select[Any]:
    """What gives sittings, to be narrowed."""
    return (
        select(
            ATTEMPT.id,
            ATTEMPT.person_id,
            ATTEMPT.module,
            ATTEMPT.form,
            ATTEMPT.number,
            ATTEMPT.turn,
            ATTEMPT.revision_id,
            REVISION.sha256,
            REVISION.version,
            ATTEMPT.seed,
            ATTEMPT.paper,
            ATTEMPT.language,
            ATTEMPT.jurisdiction,
            ATTEMPT.started_at,
            ATTEMPT.ended_at,
        )
        .select_from(core(Attempt))
        .join(
            core(Revision),
            (REVISION.org_id == ATTEMPT.org_id) & (REVISION.id == ATTEMPT.revision_id),
        )
    )


def of_person(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str = ""
) -> list[Sitting]:
    """A person's attempts in the order they were begun; of one module when it is named."""
    query = sittings().where(ATTEMPT.org_id == org_id, ATTEMPT.person_id == person_id)
    if module:
        query = query.where(ATTEMPT.module == module)
    rows = session.connection().execute(query.order_by(ATTEMPT.turn, ATTEMPT.id))
    return [Sitting(*row) for row in rows]


def of_people(
    session: Session, *, org_id: uuid.UUID, person_ids: Collection[uuid.UUID], module: str
) -> list[Sitting]:
    """Some people's attempts at a module, each one's in the order they were begun. One query."""
    query = sittings().where(
        ATTEMPT.org_id == org_id, ATTEMPT.person_id.in_(person_ids), ATTEMPT.module == module
    )
    rows = session.connection().execute(query.order_by(ATTEMPT.turn, ATTEMPT.id))
    return [Sitting(*row) for row in rows]


def by_id(session: Session, *, org_id: uuid.UUID, attempt_id: uuid.UUID) -> Sitting | None:
    """One attempt of an organisation."""
    query = sittings().where(ATTEMPT.org_id == org_id, ATTEMPT.id == attempt_id)
    row = session.connection().execute(query).one_or_none()
    return Sitting(*row) if row else None


def page(
    session: Session, *, org_id: uuid.UUID, after: uuid.UUID | None, limit: int
) -> list[Sitting]:
    """The next attempts of an organisation in the order of their ids; ``after`` is the last one.

    Read by the primary key from where the last page ended, so the last page is as quick as the
    first.
    """
    query = sittings().where(ATTEMPT.org_id == org_id)
    if after is not None:
        query = query.where(ATTEMPT.id > after)
    rows = session.connection().execute(query.order_by(ATTEMPT.id).limit(limit))
    return [Sitting(*row) for row in rows]


def new_seed() -> str:
    """A seed that nobody can guess: 128 bits, in hexadecimal."""
    return secrets.token_hex(16)


def start(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    module: str,
    form: str,
    number: int,
    revision_id: uuid.UUID,
    seed: str,
    paper: Mapping[str, Any],
    now: datetime,
    language: str = "en",
    jurisdiction: str = "neutral",
) -> Sitting:
    """Begin an attempt; a second tab that begins the same one gets the first, paper and all.

    ``seed`` comes from `new_seed`; ``paper`` is what the attempt asks, drawn with it. Its turn
    comes after every other one of the person, whatever the clock says: the order of attempts
    tells to which round each belongs.
    """
    insert_new(
        session,
        Attempt,
        {
            "org_id": org_id,
            "id": new_id(),
            "person_id": person_id,
            "module": module,
            "form": form,
            "number": number,
            "turn": newest(session, org_id=org_id, person_id=person_id) + 1,
            "revision_id": revision_id,
            "seed": seed,
            "paper": dict(paper),
            "language": language,
            "jurisdiction": jurisdiction,
            "started_at": now,
        },
    )
    query = sittings().where(
        ATTEMPT.org_id == org_id,
        ATTEMPT.person_id == person_id,
        ATTEMPT.module == module,
        ATTEMPT.form == form,
        ATTEMPT.number == number,
    )
    return Sitting(*session.connection().execute(query).one())


def newest(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> int:
    """The turn of a person's newest attempt; 0 before the first."""
    mine = select(func.max(ATTEMPT.turn)).where(
        ATTEMPT.org_id == org_id, ATTEMPT.person_id == person_id
    )
    return int(session.connection().execute(mine).scalar() or 0)


def hold(session: Session, *, org_id: uuid.UUID, attempt_id: uuid.UUID) -> None:
    """Wait until nobody else is answering in this attempt; lasts to the commit.

    PostgreSQL locks the attempt's row, so that of two last answers the later one sees the other.
    SQLite ignores the clause and needs no lock: its writing session is alone from its start.
    """
    query = select(ATTEMPT.id).where(ATTEMPT.org_id == org_id, ATTEMPT.id == attempt_id)
    session.connection().execute(query.with_for_update())


def end(session: Session, *, org_id: uuid.UUID, attempt_id: uuid.UUID, now: datetime) -> None:
    """Close an attempt; the first closing counts."""
    session.connection().execute(
        update(core(Attempt))
        .where(ATTEMPT.org_id == org_id, ATTEMPT.id == attempt_id, ATTEMPT.ended_at.is_(None))
        .values(ended_at=now)
    )

"""Shipped states of modules that wait, where trainers published others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session

from db.engine import replace
from db.revisions import keep_body
from db.tables import ShippedWaiting, core

WAITING = core(ShippedWaiting).c


@dataclass(frozen=True)
class Waiting:
    """The shipped state of a module beside a trainer's; ``kept_at`` when that was decided for."""

    module: str
    sha256: str
    version: str
    since: datetime
    kept_at: datetime | None


COLUMNS = tuple(WAITING[name] for name in Waiting.__dataclass_fields__)


def waiting(session: Session, *, org_id: uuid.UUID) -> dict[str, Waiting]:
    """What waits in an organisation, by module."""
    query = select(*COLUMNS).where(WAITING.org_id == org_id)
    return {row[0]: Waiting(*row) for row in session.connection().execute(query)}


def wait(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    sha256: str,
    version: str,
    text: str,
    now: datetime,
) -> None:
    """Keep a shipped state that waits; a newer one asks to be decided on again."""
    keep_body(session, sha256=sha256, text=text)
    row = {"org_id": org_id, "module": module, "sha256": sha256, "version": version}
    replace(session, ShippedWaiting, {**row, "since": now, "kept_by": None, "kept_at": None})


def keep_own(
    session: Session, *, org_id: uuid.UUID, module: str, sha256: str, by: uuid.UUID, now: datetime
) -> bool:
    """Note that the own one is kept beside that shipped state; False when another one waits."""
    statement = update(core(ShippedWaiting)).where(
        WAITING.org_id == org_id, WAITING.module == module, WAITING.sha256 == sha256
    )
    done = session.connection().execute(statement.values(kept_by=by, kept_at=now))
    return bool(done.rowcount)


def forget(session: Session, *, org_id: uuid.UUID, module: str) -> None:
    """Nothing waits any more for a module."""
    session.connection().execute(
        delete(core(ShippedWaiting)).where(WAITING.org_id == org_id, WAITING.module == module)
    )

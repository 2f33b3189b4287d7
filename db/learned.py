"""What whole organisations learned, as it was counted last: sums by module."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.engine import replace
from db.tables import Learned, core

LEARNED = core(Learned).c


@dataclass(frozen=True)
class Kept:
    """A module's sums, of which text, and when they were counted."""

    sha256: str
    counted_at: datetime
    figures: dict[str, Any]


def kept(session: Session, *, org_id: uuid.UUID, module: str) -> Kept | None:
    """What was counted last of a module; None before the first time."""
    query = select(LEARNED.sha256, LEARNED.counted_at, LEARNED.figures)
    query = query.where(LEARNED.org_id == org_id, LEARNED.module == module)
    row = session.connection().execute(query).first()
    return Kept(*row) if row else None


def keep(session: Session, *, org_id: uuid.UUID, module: str, counted: Kept) -> None:
    """Keep what was counted in the place of what was counted before."""
    replace(session, Learned, {"org_id": org_id, "module": module, **vars(counted)})

"""How whole organisations did with the parts of a module, as it was counted last: sums alone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.engine import replace
from db.tables import Analysed, core

ANALYSED = core(Analysed).c


@dataclass(frozen=True)
class Kept:
    """One part's sums: of which text, of how many people, and when they were counted."""

    part: str
    content: str
    people: int
    counted_at: datetime
    figures: dict[str, Any]


def kept(session: Session, *, org_id: uuid.UUID, module: str) -> dict[tuple[str, str], Kept]:
    """What was counted last of a module, by part and text."""
    query = select(*(ANALYSED[name] for name in Kept.__dataclass_fields__)).where(
        ANALYSED.org_id == org_id, ANALYSED.module == module
    )
    rows = [Kept(*row) for row in session.connection().execute(query)]
    return {(row.part, row.content): row for row in rows}


def keep(session: Session, *, org_id: uuid.UUID, module: str, counted: Kept) -> None:
    """Keep what was counted in the place of what was counted before of the same text."""
    replace(session, Analysed, {"org_id": org_id, "module": module, **vars(counted)})

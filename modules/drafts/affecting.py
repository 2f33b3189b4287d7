"""Whom a publication concerns: those in the middle, those who completed, those who redo a part."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import learners
from db.tables import Organisation
from modules import refreshing
from modules.agreement.current import at_least
from modules.course.model import Change
from modules.settings import settings


@dataclass(frozen=True)
class Affected:
    """Sums in whole tens, so that no look less the one before is one person.

    None where there are fewer than ``least``. ``redo_by`` is None where nobody redoes anything.
    """

    least: int
    begun: int | None
    completed: int | None
    redo: int | None
    redo_by: date | None


def affected(
    session: Session, *, org_id: uuid.UUID, module: str, change: Change | None, now: datetime
) -> Affected:
    """Whom publishing ``change`` of a module now would concern. Four queries at any size."""
    body = session.get_one(Organisation, org_id)
    least, today = at_least(body.least), now.astimezone(ZoneInfo(body.zone)).date()
    begun, done = learners.counted(session, org_id=org_id, module=module, today=today)
    redo, by = 0, None
    if change and change.kind == "rule":
        redo = refreshing.would_ask(session, org_id=org_id, module=module, change=change, now=now)
        by = today + timedelta(days=change.days or settings().refresher_days)
    return Affected(least, _tens(begun, least), _tens(done, least), _tens(redo, least), by)


def _tens(count: int, least: int) -> int | None:
    return count // 10 * 10 if count >= max(least, 10) else None

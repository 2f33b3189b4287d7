"""What excuses the viewer from her own duties, and for which of them she can ask for more time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from db import duties, leave
from db.leave import Exempted, More
from modules.access import Viewer, require
from modules.leave.extending import MOST_DAYS, day_of, may_ask


@dataclass(frozen=True)
class Askable:
    """A duty for which more time can be asked: its due day, and the first and last day to ask."""

    module: str
    due_on: date
    first: date
    last: date


@dataclass(frozen=True)
class Leaves:
    """Her exemptions that have not ended, her requests with their answers, what she can ask."""

    exemptions: tuple[Exempted, ...]
    requests: tuple[More, ...]
    askable: tuple[Askable, ...]


def my_leave(session: Session, viewer: Viewer, *, now: datetime) -> Leaves:
    """What the viewer sees about herself. Three queries."""
    require(viewer, "learn.more_time")
    today = viewer.today(now)
    hers: dict[str, Any] = {"org_id": viewer.org_id, "person_ids": [viewer.person_id]}
    asked = leave.more_time(session, **hers)
    waiting = {one.module for one in asked if one.open}
    found = duties.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id, day=today)
    return Leaves(
        tuple(leave.exemptions(session, **hers, day=today)),
        tuple(asked),
        tuple(
            Askable(
                one.module,
                day_of(one),
                max(day_of(one) + timedelta(days=1), today),
                day_of(one) + timedelta(days=MOST_DAYS),
            )
            for one in found
            if one.module not in waiting and may_ask(one, today)
        ),
    )

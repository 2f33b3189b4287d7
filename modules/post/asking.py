"""A manager asks by hand, or an administrator tries again: still one message a day at the most."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import letters, mail_log, outbox
from modules.basics import BadInput
from modules.duties.reminding import Reason
from modules.post import running
from modules.post.reasons import Calendar, merged


def remind_now(
    session: Session,
    *,
    org_id: uuid.UUID,
    zone: str,
    pairs: Sequence[tuple[uuid.UUID, str]],
    now: datetime,
) -> int:
    """Put a manager's reminders into the outbox, each (person, module); to how many it will go.

    ``zone`` is the organisation's. Whoever has a message that waits today gets it in that one;
    whoever had one gets it on her next working day, with what that day has to say. Nothing where no
    mail can be sent. A writing session; whether he may was asked before.
    """
    if running.ready():
        return 0
    calendar = Calendar(letters.holidays(session, org_id=org_id))
    today = calendar.hours(zone).day(now)
    modules: dict[uuid.UUID, list[str]] = defaultdict(list)
    for person_id, module in pairs:
        modules[person_id].append(module)
    readers = letters.readers(session, org_id=org_id, day=today, person_ids=list(modules))
    days = [calendar.hours(one.zone).day(now) for one in readers.values()]
    if not days:
        return 0
    stand = outbox.of_days(session, org_id=org_id, since=min(days), person_ids=list(readers))
    rows = []
    for person_id, reader in readers.items():
        facts = _facts(modules[person_id], calendar.hours(reader.zone).day(now).isoformat())
        day, at = calendar.hours(reader.zone).day(now), calendar.goes_at(reader.zone, now)
        while at is None or (person_id, day) in stand:
            mail, state = stand.get((person_id, day), (None, ""))
            if mail is not None and state == "waiting" and at is not None:
                both = merged(mail.facts, facts)
                if outbox.reword(session, mail, kind=mail.kind, facts=both):
                    break
            day, at = calendar.next_day(reader.zone, day)
        else:
            rows.append(
                {
                    "org_id": org_id,
                    "person_id": person_id,
                    "key": f"{day}:{person_id}",
                    "kind": "asked",
                    "facts": facts,
                    "day": day,
                    "next_at": at,
                }
            )
    outbox.put(session, rows, now=now)
    return len(readers)


def try_again(
    session: Session, *, org_id: uuid.UUID, zone: str, line: mail_log.Line, now: datetime
) -> None:
    """Send a mail that did not go out once more. Raises BadInput when there is no room today."""
    calendar = Calendar(letters.holidays(session, org_id=org_id))
    today = calendar.hours(zone).day(now)
    readers = letters.readers(session, org_id=org_id, day=today, person_ids=[line.person_id])
    reader = readers.get(line.person_id)
    if reader is None:
        raise BadInput("There is nobody to write to any more: she has left, or has no address.")
    day, at = calendar.hours(reader.zone).day(now), calendar.goes_at(reader.zone, now)
    if at is None:
        raise BadInput("Working hours are over there. Try again on the next working day.")
    stand = outbox.of_days(session, org_id=org_id, since=day, person_ids=[line.person_id])
    held = stand.get((line.person_id, day))
    if held is not None and held[0].id != line.id:
        raise BadInput("She has a message today already. Try again tomorrow.")
    if not mail_log.try_again(session, org_id=org_id, mail_id=line.id, day=day, at=at):
        raise BadInput("This mail is not one that failed any more: look at the list again.")


def _facts(modules: Sequence[str], day: str) -> dict[str, Any]:
    asked = [{"module": one, "reason": Reason.ASKED.value, "day": day} for one in modules]
    return {"duties": asked, "weekly": False}

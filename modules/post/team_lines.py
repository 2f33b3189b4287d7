"""Lines about a manager's people, and about what has waited for too long one step further down.

A manager reads what the agreement lets managers see; whoever stands further up reads no name but
those of the managers who report to her.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date

from sqlmodel import Session

from db import duties, letters
from db.duties import Duty as Asked
from db.outbox import Claimed
from modules import days
from modules.agreement.current import agreed
from modules.basics import Words
from modules.post.batch import Batch
from modules.post.reasons import LEAST_TEAM, LONG_DAYS, long_overdue, pressing, stands
from modules.progress.standing import LATE

MOST_LINES = 40
"""Lines of a digest: who has more people reads the rest on the page."""


def team_lines(
    session: Session, one: Claimed, body: Batch, say: Words, today: date
) -> tuple[list[str], list[str]]:
    """Lines about her own people, and about what her managers' people have had open for long."""
    found = duties.of_manager(
        session, org_id=one.org_id, line_manager_id=one.person_id, day=body.today
    )
    waits = [duty for duty in found if pressing(duty, today)]
    team = [_member(duty, body.title(duty.module), say, today) for duty in waits]
    if len(team) > MOST_LINES:
        team = [*team[:MOST_LINES], say("mail.more", n=len(team) - MOST_LINES)]
    above = []
    names = {duty.person_id: duty.name for duty in found}
    below: dict[uuid.UUID | None, list[Asked]] = defaultdict(list)
    for duty in duties.of_lines(session, org_id=one.org_id, line_manager_ids=names, day=body.today):
        below[duty.line_manager_id].append(duty)
    for person_id, name in sorted(names.items(), key=lambda both: both[1]):
        theirs = below[person_id]
        late = any(long_overdue(duty, today) for duty in theirs)
        if late and len({duty.person_id for duty in theirs}) >= LEAST_TEAM:
            above.append(say("mail.line.above", name=name, days=LONG_DAYS))
    day = body.today
    if one.person_id in letters.administrators(session, org_id=one.org_id, day=day):
        if body.stuck is None:
            body.stuck = _stuck(session, one.org_id, day)
        if body.stuck:
            seen = agreed().names.administrators_see_status
            above.append(
                say("mail.line.stuck", n=body.stuck, days=LONG_DAYS)
                if seen and body.stuck > 1
                else say("mail.line.stuck_some", days=LONG_DAYS)
            )
    return team, above


def _stuck(session: Session, org_id: uuid.UUID, day: date) -> int:
    """People overdue for long with nobody above their manager who could be told."""
    boss = letters.managers(session, org_id=org_id, day=day)
    team: dict[uuid.UUID, int] = defaultdict(int)
    for one in boss.values():
        team[one] += 1
    found = set()
    for duty in duties.of_body(session, org_id=org_id, day=day):
        manager = boss.get(duty.person_id)
        told = manager is not None and manager in boss and team[manager] >= LEAST_TEAM
        if not told and long_overdue(duty, day):
            found.add(duty.person_id)
    return len(found)


def _member(duty: Asked, title: str, say: Words, today: date) -> str:
    """One of a manager's people, with what managers may see and no more."""
    seen = agreed().managers_see
    where = stands(duty, today)
    shown = say(f"status.{where.status}_plain")
    if "on" in seen:
        shown = say(f"status.{where.status}", day=days.short(where.on))
    name = duty.name
    if "unit" in seen and duty.unit:
        name = say("mail.member_in", name=duty.name, unit=duty.unit)
    late = where.status in LATE
    sign = "!" if late else "·"
    return say("mail.member", sign=sign, name=name, title=title, status=shown)

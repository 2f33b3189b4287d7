"""What Tom did on his page in the last weeks: he looked at his team, and reminded."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from db import audit, reminders
from modules.demo.days import dawn
from modules.demo.rounds import Learning
from modules.demo.worker import TOM, Body, mail
from modules.progress.standing import LATE, Status, months_after, standing
from modules.settings import settings


def write(
    session: Session,
    org_id: uuid.UUID,
    ids: Mapping[str, uuid.UUID],
    body: Body,
    learnings: Sequence[Learning],
    today: date,
) -> None:
    """Tom looked at his team a week and three weeks ago, and reminded who was overdue then."""
    tom = mail(TOM)
    team = {one.email for one in body.people if one.stays[-1].manager == tom and not one.left_on}
    for days in (22, 8):
        day = today - timedelta(days=days)
        seen = [one for one in learnings if one.email in team and one.enrolled_on < day]
        late = [one for one in seen if status_on(one, day) in LATE]
        when = dawn(day) + timedelta(hours=2, minutes=11)
        audit.saw(
            session,
            org_id=org_id,
            viewer_id=ids[tom],
            person_ids=[ids[one.email] for one in seen],
            place="team",
            day=day,
            now=when,
        )
        reminders.send(
            session,
            org_id=org_id,
            sender_id=ids[tom],
            pairs=[(ids[one.email], one.module) for one in late],
            now=when + timedelta(minutes=2),
        )


def status_on(learning: Learning, day: date) -> Status:
    """Where somebody stood with a module on a day, by what she had completed."""
    valid = (
        months_after(one.done, settings().valid_months)
        for one in learning.rounds
        if one.done and one.done <= day
    )
    return standing(due_on=learning.due_on, valid_until=max(valid, default=None), today=day).status

"""What a manager can do for one of the own people: what is asked, what excuses, what is offered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from db import audit, duties, enrolling_by_hand, leave, reminders, revisions
from db.leave import Exempted, More
from modules import courses
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.leave.extending import day_of, may_ask
from modules.leave.own import own
from modules.manage.seen import Waiting
from modules.manage.team import stands_on, waiting_of
from modules.personal import purposes
from modules.progress.standing import LATE, Status
from modules.settings import settings

MOST_AHEAD = 730
"""Days ahead that a manager can set a day: two years; a rule asks for more than that."""


@dataclass(frozen=True)
class Ask:
    """A module that is asked of her: its due day, and whether more time can be given for it.

    ``undo`` says that it was assigned by hand today, so that this can be taken back.
    """

    module: str
    due_on: date
    longer: bool
    undo: bool


@dataclass(frozen=True)
class Acting:
    """One of the own people, with all that can be done for her now.

    ``free_on`` is the day from which she can be reminded again; None when she can be today.
    ``to_remind`` are the modules that it would be about.
    """

    person_id: uuid.UUID
    name: str
    asked: tuple[Ask, ...]
    offered: tuple[str, ...]
    to_remind: tuple[str, ...]
    free_on: date | None
    exemptions: tuple[Exempted, ...]
    granted: tuple[More, ...]
    waiting: tuple[Waiting, ...]


def acting(session: Session, viewer: Viewer, *, person_id: uuid.UUID, now: datetime) -> Acting:
    """Open one of the viewer's own people to do something for her. A writing session.

    It is logged as the opening of her page, for that purpose. Six queries and the log.
    """
    require(viewer, "manage.person")
    who = own(session, viewer, person_id, now=now)
    today = viewer.today(now)
    scope: dict[str, Any] = {"org_id": viewer.org_id, "person_ids": [person_id]}
    audit.saw(
        session,
        **scope,
        viewer_id=viewer.person_id,
        place="member",
        purpose=purposes.ACT,
        day=today,
        now=now,
    )
    found = duties.of_person(session, org_id=viewer.org_id, person_id=person_id, day=today)
    last = reminders.last_sent(session, **scope).get(person_id)
    again = last + timedelta(days=settings().remind_every_days) if last else None
    more = leave.more_time(session, **scope)
    published = revisions.latest(session, org_id=viewer.org_id)
    asked = {one.module for one in found}
    return Acting(
        person_id,
        who.name,
        tuple(
            Ask(
                one.module,
                day_of(one),
                may_ask(one, today),
                one.assignment_id is None and viewer.today(one.enrolled_at) == today,
            )
            for one in found
        ),
        tuple(
            one.id
            for one in courses.of(session, org_id=viewer.org_id, published=published).modules
            if one.id in published and one.id not in asked
        ),
        tuple(one.module for one in found if _pressing(one, today)),
        viewer.today(again) if again and again > now else None,
        tuple(leave.exemptions(session, **scope, day=today)),
        tuple(one for one in more if one.granted_until and one.granted_until >= today),
        waiting_of(more),
    )


def _pressing(one: duties.Duty, today: date) -> bool:
    stands = stands_on(one, today)
    return stands.status in LATE or stands.status in (Status.DUE, Status.GRACE)


def assign(
    session: Session,
    viewer: Viewer,
    *,
    person_id: uuid.UUID,
    module: str,
    due_on: date,
    now: datetime,
) -> None:
    """Ask a module of one of the viewer's own people by a day; rules leave it alone.

    Raises BadInput where it is asked already, or for a day in the past or too far ahead.
    """
    require(viewer, "manage.assign")
    own(session, viewer, person_id, now=now)
    today = viewer.today(now)
    if module not in revisions.latest(session, org_id=viewer.org_id):
        raise BadInput(f"No module {module} is published here. Choose one from the list.")
    if due_on < today:
        raise BadInput("The day is in the past: it would be overdue at once. Choose another.")
    if due_on > today + timedelta(days=MOST_AHEAD):
        raise BadInput("Choose a day within the next two years.")
    scope: dict[str, Any] = {"org_id": viewer.org_id, "person_id": person_id, "module": module}
    if not enrolling_by_hand.ask(session, **scope, due_on=due_on, day=today, now=now):
        raise BadInput("This module is asked already. Give more time, if the day is too early.")


def unassign(
    session: Session, viewer: Viewer, *, person_id: uuid.UUID, module: str, now: datetime
) -> None:
    """Take back what was assigned by hand today; later, an exemption is the way."""
    require(viewer, "manage.assign")
    own(session, viewer, person_id, now=now)
    today = viewer.today(now)
    found = duties.of_person(session, org_id=viewer.org_id, person_id=person_id, day=today)
    by_hand = [one for one in found if one.module == module and one.assignment_id is None]
    if not any(viewer.today(one.enrolled_at) == today for one in by_hand):
        raise BadInput(
            "Only what was assigned by hand today can be taken back. Give an exemption instead."
        )
    scope: dict[str, Any] = {"org_id": viewer.org_id, "person_id": person_id, "module": module}
    enrolling_by_hand.end(session, **scope, day=today)

"""A manager's own people: where they stand, by name and with no result; and reminding them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db import audit, duties, leave, own_people, reminders
from db.people import PERSON
from modules.access import Viewer, require
from modules.agreement.current import agreed
from modules.basics import Denied, Words
from modules.enrolling.standings import standing_of
from modules.manage import sheets
from modules.manage.seen import Duty, Free, Member, Sheet, Team, Waiting
from modules.personal import purposes
from modules.post import asking
from modules.progress.standing import LATE, Standing, Status
from modules.settings import settings

# What of a member can be left out by agreement, and what stands in its place.
EMPTY: Mapping[str, Any] = {"unit": "", "on": None, "reminded_on": None, "to_remind": ()}
WORST_FIRST = (
    Status.OVERDUE,
    Status.LAPSED,
    Status.GRACE,
    Status.DUE,
    Status.EXTENDED,
    Status.NOT_YET,
    Status.CURRENT,
    Status.EXEMPT,
)


def team(session: Session, viewer: Viewer, *, now: datetime) -> Team:
    """The people who report to the viewer today. Four queries at most, however many they are.

    The page must also call `note_viewed`, before it shows anything.
    """
    require(viewer, "manage.team")
    today = viewer.today(now)
    scope: dict[str, Any] = {
        "org_id": viewer.org_id,
        "line_manager_id": viewer.person_id,
        "day": today,
    }
    own = own_people.of_manager(session, **scope)
    if not own:
        return Team(())
    ids = [one.person_id for one in own]
    sent = reminders.last_sent(session, org_id=viewer.org_id, person_ids=ids)
    waiting = leave.more_time(session, org_id=viewer.org_id, person_ids=ids, open=True)
    again = timedelta(days=settings().remind_every_days)
    soon = today + timedelta(days=settings().due_soon_days)
    found: dict[uuid.UUID, list[Member]] = {}
    for duty in duties.of_manager(session, **scope):
        stands = stands_on(duty, today)
        last = sent.get(duty.person_id)
        due = stands.status in LATE or (
            stands.status in (Status.DUE, Status.GRACE) and stands.on <= soon
        )
        free = last is None or now - last >= again
        found.setdefault(duty.person_id, []).append(
            Member(
                duty.person_id,
                duty.name,
                duty.unit,
                duty.module,
                stands.status,
                stands.on,
                viewer.today(last) if last else None,
                (duty.module,) if due and free else (),
            )
        )
    members = [_pressing(several) for several in found.values()]
    unit = "unit" in agreed().managers_see
    return Team(
        tuple(_as_agreed(one) for one in sorted(members, key=_urgency)),
        waiting_of(waiting),
        tuple(
            Free(one.person_id, one.name, one.unit if unit else "")
            for one in own
            if one.person_id not in found
        ),
    )


def waiting_of(found: Iterable[leave.More]) -> tuple[Waiting, ...]:
    """The open ones of these requests, as a manager sees them."""
    return tuple(
        Waiting(
            one.id, one.person_id, one.name, one.module, one.due_on, one.ground, one.asked_until
        )
        for one in found
        if one.open
    )


def stands_on(duty: duties.Duty, today: date) -> Standing:
    """Where somebody stands with a duty; what is not due soon is not yet due."""
    return standing_of(duty, today, settings().due_soon_days)


def note_viewed(session: Session, viewer: Viewer, *, team: Team, now: datetime) -> None:
    """Log that the viewer sees these people's status; once a day for each. A writing session."""
    require(viewer, "manage.team")
    audit.saw(
        session,
        org_id=viewer.org_id,
        viewer_id=viewer.person_id,
        person_ids=list(team.ids),
        place="team",
        day=viewer.today(now),
        now=now,
    )


def taken_along(
    session: Session,
    viewer: Viewer,
    *,
    people: Sequence[Member | Free],
    say: Words,
    now: datetime,
) -> str:
    """These people of hers as CSV. A writing session: first it is logged that she sees them."""
    require(viewer, "manage.team")
    members = tuple(one for one in people if isinstance(one, Member))
    note_viewed(session, viewer, team=Team(members), now=now)
    return sheets.team_csv(people, say)


def person(
    session: Session, viewer: Viewer, *, person_id: uuid.UUID, purpose: str, now: datetime
) -> Sheet:
    """One of the viewer's own people, with her modules and their status. A writing session.

    It is logged that the viewer opened it, and for which ``purpose``; she reads that. Raises
    BadInput without a purpose from the list, Denied for anybody outside the viewer's line.
    """
    require(viewer, "manage.person")
    today = viewer.today(now)
    found = duties.of_manager(
        session, org_id=viewer.org_id, line_manager_id=viewer.person_id, day=today
    )
    hers = [duty for duty in found if duty.person_id == person_id]
    if not hers:
        raise Denied(f"record of {person_id}")
    audit.saw(
        session,
        org_id=viewer.org_id,
        viewer_id=viewer.person_id,
        person_ids=[person_id],
        place="member",
        purpose=purposes.chosen(purpose, purposes.MANAGER),
        day=today,
        now=now,
    )
    told = []
    for duty in sorted(hers, key=lambda one: one.module):
        stands = stands_on(duty, today)
        on = stands.on if "on" in agreed().managers_see else None
        told.append(Duty(duty.module, stands.status, on))
    unit = hers[0].unit if "unit" in agreed().managers_see else ""
    return Sheet(person_id, hers[0].name, unit, tuple(told))


def remind(
    session: Session,
    viewer: Viewer,
    *,
    now: datetime,
    people: Collection[uuid.UUID] | None = None,
) -> int:
    """Remind the viewer's own people who are overdue or due soon; to how many it went.

    Only ``people`` when they are given. Nobody gets a second one within ``remind_every_days``,
    not even if the button is pressed in two windows at once.
    """
    require(viewer, "manage.remind")
    # One reminding at a time for each manager; SQLite's writing session is alone anyway.
    session.connection().execute(
        select(PERSON.id)
        .where(PERSON.org_id == viewer.org_id, PERSON.id == viewer.person_id)
        .with_for_update()
    )
    due = [
        one
        for one in team(session, viewer, now=now).people
        if one.to_remind and (people is None or one.person_id in people)
    ]
    org_id, pairs = viewer.org_id, [(one.person_id, it) for one in due for it in one.to_remind]
    reminders.send(session, org_id=org_id, sender_id=viewer.person_id, pairs=pairs, now=now)
    # By mail as well, where mail is set up; in the app it stands in any case.
    asking.remind_now(session, org_id=org_id, zone=viewer.zone, pairs=pairs, now=now)
    return len(due)


def _pressing(several: list[Member]) -> Member:
    first = min(several, key=_urgency)
    if len(several) == 1:
        return first
    modules = tuple(module for one in several for module in one.to_remind)
    return replace(first, to_remind=modules)


def _as_agreed(one: Member) -> Member:
    """A member without what managers are not to see."""
    hidden = {name: empty for name, empty in EMPTY.items() if name not in agreed().managers_see}
    return replace(one, **hidden) if hidden else one


def _urgency(one: Member) -> tuple[int, str, str]:
    """Overdue and due people by their day, longest first; those who are current by name."""
    late = one.status in LATE
    place = 0 if late else WORST_FIRST.index(one.status)
    by = "" if one.status is Status.CURRENT or not one.on else one.on.isoformat()
    return place, by, one.name

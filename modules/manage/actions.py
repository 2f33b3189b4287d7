"""What managers and leads may do: see their own people, remind them, read and define figures."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from db import audit, enrolments, reminders
from db.people import ORGANISATION, PERSON
from db.tables import Organisation, core
from modules.access import ACTIONS, Viewer, may, require
from modules.agreement.current import agreed
from modules.basics import BadInput, Denied
from modules.manage import report, skills
from modules.manage.seen import Duty, Member, Sheet, Team
from modules.manage.statistics import EVERY, statistics
from modules.personal import purposes
from modules.progress.standing import LATE, Status, standing
from modules.settings import settings

__all__ = ["completion_report", "define", "note_viewed", "person", "remind", "statistics", "team"]

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
    found = enrolments.own_people(
        session, org_id=viewer.org_id, line_manager_id=viewer.person_id, day=today
    )
    ids = list({duty.person_id for duty in found})
    sent = reminders.last_sent(session, org_id=viewer.org_id, person_ids=ids)
    again = timedelta(days=settings().remind_every_days)
    soon = today + timedelta(days=settings().due_soon_days)
    duties: dict[uuid.UUID, list[Member]] = {}
    for duty in found:
        stands = standing(due_on=duty.due_on, valid_until=duty.valid_until, today=today)
        last = sent.get(duty.person_id)
        due = stands.status in LATE or (stands.status is Status.DUE and stands.on <= soon)
        free = last is None or now - last >= again
        duties.setdefault(duty.person_id, []).append(
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
    members = [_pressing(several) for several in duties.values()]
    return Team(tuple(_as_agreed(one) for one in sorted(members, key=_urgency)))


def note_viewed(session: Session, viewer: Viewer, *, team: Team, now: datetime) -> None:
    """Log that the viewer sees these people's status; once a day for each. A writing session."""
    require(viewer, "manage.team")
    audit.saw(
        session,
        org_id=viewer.org_id,
        viewer_id=viewer.person_id,
        person_ids=[one.person_id for one in team.people],
        place="team",
        day=viewer.today(now),
        now=now,
    )


def person(
    session: Session, viewer: Viewer, *, person_id: uuid.UUID, purpose: str, now: datetime
) -> Sheet:
    """One of the viewer's own people, with her modules and their status. A writing session.

    It is logged that the viewer opened it, and for which ``purpose``; she reads that. Raises
    BadInput without a purpose from the list, Denied for anybody outside the viewer's line.
    """
    require(viewer, "manage.person")
    today = viewer.today(now)
    found = enrolments.own_people(
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
    duties = []
    for duty in sorted(hers, key=lambda one: one.module):
        stands = standing(due_on=duty.due_on, valid_until=duty.valid_until, today=today)
        on = stands.on if "on" in agreed().managers_see else None
        duties.append(Duty(duty.module, stands.status, on))
    unit = hers[0].unit if "unit" in agreed().managers_see else ""
    return Sheet(person_id, hers[0].name, unit, tuple(duties))


def remind(session: Session, viewer: Viewer, *, now: datetime) -> int:
    """Remind the viewer's own people who are overdue or due soon; to how many it went.

    Nobody gets a second one within ``remind_every_days``, not even if the button is pressed in
    two windows at once.
    """
    require(viewer, "manage.remind")
    # One reminding at a time for each manager; SQLite's writing session is alone anyway.
    session.connection().execute(
        select(PERSON.id)
        .where(PERSON.org_id == viewer.org_id, PERSON.id == viewer.person_id)
        .with_for_update()
    )
    due = [one for one in team(session, viewer, now=now).people if one.to_remind]
    reminders.send(
        session,
        org_id=viewer.org_id,
        sender_id=viewer.person_id,
        pairs=[(one.person_id, module) for one in due for module in one.to_remind],
        now=now,
    )
    return len(due)


def define(
    session: Session,
    viewer: Viewer,
    *,
    trained_from: float | None = None,
    target: float | None = None,
) -> None:
    """Set from which share of people in date the body counts as having trained, and its target.

    Shares from 0.01 to 1; None leaves one as it is. A change of definition, not of any figure.
    """
    require(viewer, "manage.define")
    given = {"trained_from": trained_from, "target": target}
    values = {name: share for name, share in given.items() if share is not None}
    for share in values.values():
        if not 0.01 <= share <= 1:
            raise BadInput("Give a share of people from 1% to 100%.")
    if values:
        session.connection().execute(
            update(core(Organisation)).where(ORGANISATION.id == viewer.org_id).values(**values)
        )


def completion_report(session: Session, viewer: Viewer, *, now: datetime) -> dict[str, Any]:
    """What this person may see, as JSON values: a lead's statistics, a manager's own people.

    Both for somebody who is both; Denied for everybody else. Needs a writing session, because
    reading one's own people by name is logged like opening the page.
    """
    leads = may(viewer, ACTIONS, "manage.statistics")
    manages = may(viewer, ACTIONS, "manage.team")
    if not leads and not manages:
        raise Denied("report completion")
    made: dict[str, Any] = {
        "organisation": viewer.organisation,
        "on": viewer.today(now).isoformat(),
    }
    if leads:
        first = statistics(session, viewer, now=now, part=EVERY)
        others = [
            statistics(session, viewer, now=now, module=one, part=EVERY)
            for one in first.modules[1:]
        ]
        made["statistics"] = report.of_statistics([first, *others])
        if skills.may_see(viewer):
            made["learned"] = {
                one: report.of_learning(skills.shown(session, viewer, module=one, now=now))
                for one in first.modules
            }
    if manages:
        own = team(session, viewer, now=now)
        note_viewed(session, viewer, team=own, now=now)
        made["team"] = report.of_team(own)
    return made


def _pressing(several: list[Member]) -> Member:
    first = min(several, key=_urgency)
    modules = tuple(module for one in several for module in one.to_remind)
    return replace(first, to_remind=modules)


def _as_agreed(one: Member) -> Member:
    """A member without what managers are not to see."""
    hidden = {name: empty for name, empty in EMPTY.items() if name not in agreed().managers_see}
    return replace(one, **hidden)


def _urgency(one: Member) -> tuple[int, str, str]:
    """Overdue and due people by their day, longest first; those who are current by name."""
    late = one.status in LATE
    place = 0 if late else WORST_FIRST.index(one.status)
    by = "" if one.status is Status.CURRENT or not one.on else one.on.isoformat()
    return place, by, one.name

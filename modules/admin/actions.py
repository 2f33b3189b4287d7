"""What an administrator may see: the people of the own organisation, and who looked at whom.

Never an answer, a result or how sure somebody was: those are the learner's own.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session

from db import audit, duties
from db import people as staff
from db.people import PLACEMENT, Listed, WorksAs, on_day
from modules import courses
from modules.access import Role, Viewer, reach, require
from modules.agreement.current import agreed
from modules.basics import Denied
from modules.enrolling.standings import standing_of
from modules.exchange.cells import inert
from modules.personal import purposes
from modules.progress.standing import Standing

# The newest lines of the log that a page shows.
MOST_VIEWS, MOST_REFUSALS = 200, 50


@dataclass(frozen=True)
class Member:
    """Somebody of the organisation. ``roles`` are those of today, the commonest first."""

    person_id: uuid.UUID
    name: str
    email: str
    unit: str
    line_manager: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Duty:
    """One module somebody is to take, and where she stands with it. No more than that."""

    module: str
    title: str
    standing: Standing


@dataclass(frozen=True)
class Sheet:
    """One person's page: who she is, and her enrolments with their status.

    ``duties`` is None where administrators are not to see them.
    """

    member: Member
    duties: tuple[Duty, ...] | None
    works_as: WorksAs = WorksAs()  # noqa: RUF009  # it cannot change


@dataclass(frozen=True)
class Log:
    """The newest views of records, and the newest refusals as (when, who, what)."""

    views: tuple[audit.Seen, ...]
    refusals: tuple[tuple[datetime, str, str], ...]


def people(
    session: Session, viewer: Viewer, *, now: datetime, like: str = ""
) -> tuple[Member, ...]:
    """Everybody who works today where the viewer's role reaches, by name.

    ``like`` keeps those whose name or address holds it, in any letter case. Four queries at most.
    """
    require(viewer, "admin.people")
    wanted = like.strip().casefold()
    return tuple(
        one
        for one in _everybody(session, viewer, "admin.people", viewer.today(now))
        if wanted in one.name.casefold() or wanted in one.email
    )


def person(
    session: Session, viewer: Viewer, *, person_id: uuid.UUID, now: datetime, purpose: str = ""
) -> Sheet:
    """One person's page; it is logged that the viewer saw it and why. A writing session.

    Raises BadInput without a ``purpose`` from the list, which only her own page does not need;
    Denied for somebody who does not work here, or not where the viewer's role reaches,
    whether she exists elsewhere or not.
    """
    require(viewer, "admin.person")
    today = viewer.today(now)
    everybody = _everybody(session, viewer, "admin.person", today)
    member = next((one for one in everybody if one.person_id == person_id), None)
    if member is None:
        raise Denied(f"record of {person_id}")
    if person_id != viewer.person_id:
        purposes.chosen(purpose, purposes.ADMINISTRATOR)
    audit.saw(
        session,
        org_id=viewer.org_id,
        viewer_id=viewer.person_id,
        person_ids=[person_id],
        place="person",
        purpose=purpose,
        day=today,
        now=now,
    )
    work = staff.works_as(session, org_id=viewer.org_id, person_id=person_id, day=today)
    if not agreed().names.administrators_see_status:
        return Sheet(member, None, work)
    scope = {"org_id": viewer.org_id, "person_id": person_id}
    asked = duties.of_person(session, **scope, day=today)
    titles = courses.titles(session, org_id=viewer.org_id)
    told = (
        Duty(one.module, titles.get(one.module, one.module), standing_of(one, today))
        for one in asked
    )
    return Sheet(member, tuple(told), work)


def log(session: Session, viewer: Viewer) -> Log:
    """Who viewed whose record where the viewer's role reaches, and what was refused to whom."""
    require(viewer, "admin.log")
    units = reach(session, viewer, "admin.log")
    return Log(
        tuple(audit.views(session, org_id=viewer.org_id, units=units, most=MOST_VIEWS)),
        tuple(audit.refusals(session, org_id=viewer.org_id, units=units, most=MOST_REFUSALS)),
    )


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as CSV. A cell that a spreadsheet would compute gets an apostrophe in front."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(header)
    write.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def _everybody(session: Session, viewer: Viewer, action: str, today: date) -> list[Member]:
    managers = set(
        session.connection()
        .execute(
            select(PLACEMENT.line_manager_id)
            .distinct()
            .where(PLACEMENT.org_id == viewer.org_id, on_day(today))
        )
        .scalars()
    )
    units = reach(session, viewer, action)
    listed = staff.listing(session, org_id=viewer.org_id, day=today, units=units)
    # Who is placed twice on one day is still one person.
    once = {one.person_id: one for one in reversed(listed)}
    return [_member(once[id_], id_ in managers) for id_ in reversed(once)]


def _member(one: Listed, manages: bool) -> Member:
    held = {Role.LEARNER, *(role for role in Role if role in one.roles)}
    held |= {Role.MANAGER} if manages else set()
    roles = tuple(role for role in Role if role in held)
    return Member(one.person_id, one.name, one.email, one.unit, one.line_manager, roles)

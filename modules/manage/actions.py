"""What leads may do: read and define figures; and the report of whoever may see one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from db.people import ORGANISATION
from db.tables import Organisation, core
from modules.access import ACTIONS, Viewer, may, require
from modules.basics import BadInput, Denied
from modules.manage import report, skills
from modules.manage import team as teams
from modules.manage.statistics import EVERY, statistics

__all__ = ["completion_report", "define", "statistics"]


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
        own = teams.team(session, viewer, now=now)
        teams.note_viewed(session, viewer, team=own, now=now)
        made["team"] = report.of_team(own)
    return made

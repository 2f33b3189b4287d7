"""Whether administrators have to be told, wherever they are, that scheduled work does not run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from db import letters
from db.letters import Run
from modules.access import ACTIONS, Viewer, may
from modules.post import running
from modules.post.alarm import alarm
from modules.progress.hours import agreed_hours


def rung(session: Session, viewer: Viewer, *, now: datetime) -> str:
    """ "" while all is well, no mail is set up, or the viewer has nothing to do with it."""
    if running.ready() or not may(viewer, ACTIONS, "admin.mail"):
        return ""
    return of(session, viewer, letters.runs(session, org_id=viewer.org_id, most=1), now=now)


def of(session: Session, viewer: Viewer, runs: Sequence[Run], *, now: datetime) -> str:
    """The alarm of the viewer's organisation; ``runs`` are its newest."""
    off = frozenset(letters.holidays(session, org_id=viewer.org_id))
    body = next(one for one in letters.bodies(session) if one.id == viewer.org_id)
    hours = agreed_hours(body.zone, off)
    return alarm(runs, hours=hours, since=body.created_at, now=now)

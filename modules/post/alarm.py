"""Whether the scheduled work ran when it should have. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from db.letters import Run
from modules.progress.hours import Hours

SLACK = timedelta(hours=2)
"""How long after working hours begin a day's first run may still come, and a run may take."""

KEEP_DAYS = 90
"""How long runs are kept."""


def alarm(runs: Sequence[Run], *, hours: Hours, since: datetime, now: datetime) -> str:
    """ "" while all is well; else missed, stuck or failed. ``runs`` are newest first.

    A run is expected on each working day once its hours have begun; none before ``since``, when
    mail could first have been sent.
    """
    expected = _opened(hours, now - SLACK)
    ran = runs[0].started_at if runs else None
    if expected is not None and expected >= since and (ran is None or ran < expected):
        return "missed"
    if not runs:
        return ""
    newest = runs[0]
    if newest.ended_at is None:
        return "stuck" if now - newest.started_at > SLACK else ""
    return "failed" if newest.failure else ""


def _opened(hours: Hours, by: datetime) -> datetime | None:
    """The last moment up to ``by`` at which a day's working hours began."""
    found = None
    # From two weeks back: a longer holiday has nothing to miss.
    at = hours.opens(by - timedelta(days=14))
    while at <= by:
        found, at = at, hours.opens(at)
    return found

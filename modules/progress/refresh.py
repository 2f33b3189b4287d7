"""How a changed part that is to be redone shows in the status of its module. Pure."""

from __future__ import annotations

from datetime import date

from modules.progress.standing import Standing, Status

# Whoever is here has more to do than the changed part, or nothing to do at all.
STRONGER = frozenset({Status.OVERDUE, Status.LAPSED, Status.GRACE, Status.EXEMPT})


def owed(stands: Standing, refresh_on: date | None, today: date) -> Standing:
    """The status of a duty whose changed part is to be redone by ``refresh_on``; None: by no day.

    Due until that day and overdue after it, though the completion counts all the while. A module
    that is not in date is taken whole, which covers the part; who is exempt redoes nothing.
    """
    if refresh_on is None or stands.status in STRONGER:
        return stands
    if refresh_on < today:
        return Standing(Status.OVERDUE, refresh_on)
    if stands.status in (Status.DUE, Status.EXTENDED) and stands.on <= refresh_on:
        return stands
    return Standing(Status.DUE, refresh_on)

"""Until when a completion counts, and the days of a calendar cycle."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from modules.duties.model import Never, Renewal, Rolling, Yearly
from modules.progress.standing import months_after

FOREVER = date(9999, 12, 31)
"""The last day of what never expires."""


def valid_until(
    renewal: Renewal, *, window_days: int, completed_on: date, before: date | None
) -> date:
    """The last day on which a completion counts.

    ``before`` is the last day of the completion that it follows, None for a first one. Within the
    window before that day, the new cycle begins where the old one ends: whoever renews early loses
    nothing. Never shorter than ``before``.
    """
    window = timedelta(days=window_days)
    if isinstance(renewal, Never):
        return FOREVER
    if isinstance(renewal, Rolling):
        early = before is not None and before - window <= completed_on <= before
        base = before if early and before is not None else completed_on
        found = months_after(base, renewal.months)
    else:
        # A day whose window has begun is the one that this completion counts for.
        found = next_day(renewal.yearly, completed_on + window + timedelta(days=1))
    return max(found, before) if before is not None else found


def next_day(yearly: Yearly, from_: date) -> date:
    """The first day of a cycle that is ``from_`` or later."""
    year = from_.year
    while True:
        if (year - yearly.offset) % yearly.every == 0:
            day = date(year, yearly.month, min(yearly.day, monthrange(year, yearly.month)[1]))
            if day >= from_:
                return day
        year += 1

"""Months as numbers: year × 12 + month − 1, so that one can be taken from another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo


def of_day(day: date) -> int:
    """The month that a day is in."""
    return day.year * 12 + day.month - 1


def of_moment(moment: datetime, zone: str) -> int:
    """The month that it was at this moment in a zone."""
    return of_day(moment.astimezone(_zone(zone)).date())


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def of_text(stored: str, zone: str) -> int:
    """`of_moment` of a moment as SQLite has it: the plain UTC clock."""
    day = int(stored[8:10])
    if 1 < day < 28:
        # No zone is a day away from UTC.
        return int(stored[:4]) * 12 + int(stored[5:7]) - 1
    return of_moment(datetime.fromisoformat(stored).replace(tzinfo=UTC), zone)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)

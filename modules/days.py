"""Days and times as people read them, in the reader's zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day(when: date) -> str:
    """ "Friday 11 December 2026", without a leading zero."""
    return f"{when:%A} {when.day} {when:%B %Y}"


def short(when: date) -> str:
    """ "11 December 2026"."""
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime, zone: str) -> str:
    """ "11 December 2026, 14:05" in a zone such as Europe/London."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{short(local.date())}, {local:%H:%M}"


def part_of_day(when: datetime, zone: str) -> str:
    """morning until 12, afternoon until 18, then evening; also before five, when nobody slept."""
    hour = when.astimezone(ZoneInfo(zone)).hour
    return "morning" if 5 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"

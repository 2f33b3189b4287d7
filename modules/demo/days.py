"""The year's calendar: when the training began, working days, and the slow months."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from modules.progress.standing import months_after

ZONE = "Europe/London"
AUGUST, DECEMBER = 8, 12


def beginning(today: date) -> date:
    """The day the training began: the first Monday of the month thirteen months ago."""
    first = months_after(today.replace(day=1), -13)
    return first + timedelta(days=-first.weekday() % 7)


def later(start: date, months: float) -> date:
    """The working day some months (of 30.4 days) after a day."""
    return working(start + timedelta(days=round(months * 30.4)))


def closed(day: date) -> bool:
    """Whether the offices are shut: weekends, and Christmas Eve to 2 January."""
    return day.weekday() > 4 or (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2)


def working(day: date) -> date:
    """The day itself, or the next one on which people work."""
    while closed(day):
        day += timedelta(days=1)
    return day


def working_before(day: date) -> date:
    """The day itself, or the last one before it on which people work."""
    while closed(day):
        day -= timedelta(days=1)
    return day


def unhurried(day: date, rng: random.Random) -> date:
    """When somebody who meant to do it on ``day`` does it: holidays put it off."""
    if day.month == AUGUST and rng.random() < 0.6:
        day = day.replace(month=9, day=rng.randint(1, 28))
    elif day.month == DECEMBER and day.day > 9 and rng.random() < 0.6:
        day = date(day.year + 1, 1, rng.randint(5, 28))
    return working(day)


def clock(day: date, rng: random.Random) -> datetime:
    """A moment of that day's working hours (8:30 to 15:30 in the body's zone), in UTC."""
    local = datetime.combine(day, time(8, 30), ZoneInfo(ZONE))
    return (local + timedelta(seconds=rng.randrange(7 * 3600))).astimezone(UTC)


def dawn(day: date) -> datetime:
    """Eight o'clock on a day in the body's zone, in UTC."""
    return datetime.combine(day, time(8), ZoneInfo(ZONE)).astimezone(UTC)

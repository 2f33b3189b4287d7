"""Where somebody stands with a duty: current, due or overdue. Pure; the day is an argument."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """The three things a line manager sees, and no more."""

    CURRENT = "current"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Standing:
    """A status with its day: the last day it counts when current, else the day it is due."""

    status: Status
    on: date


def standing(*, due_on: date, valid_until: date | None, today: date) -> Standing:
    """Current while a completion counts; then due until the due day has passed.

    A lapsed completion is due again on its last valid day, or on the due day if that is later.
    """
    if valid_until is not None and valid_until >= today:
        return Standing(Status.CURRENT, valid_until)
    due = due_on if valid_until is None else max(due_on, valid_until)
    return Standing(Status.DUE if due >= today else Status.OVERDUE, due)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_ends(first: date, last: date) -> list[date]:
    """The month-ends from ``first`` up to ``last``; both count when they are one themselves."""
    ends = []
    year, month = first.year, first.month
    while (end := date(year, month, monthrange(year, month)[1])) <= last:
        ends.append(end)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return ends

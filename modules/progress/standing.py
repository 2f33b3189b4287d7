"""Where somebody stands with a duty: current, due or overdue. Pure; the day is an argument."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Status(StrEnum):
    """What a line manager sees of a duty, and no more."""

    CURRENT = "current"
    NOT_YET = "not_yet"  # due, but not soon
    DUE = "due"
    EXTENDED = "extended"
    GRACE = "grace"
    OVERDUE = "overdue"  # never completed
    LAPSED = "lapsed"  # completed once, and no longer in date
    EXEMPT = "exempt"


# Every sign differs in shape, so that a status does not hang on colour or on reading alone.
SIGNS = {
    Status.CURRENT: "✓",
    Status.NOT_YET: "○",
    Status.DUE: "◐",
    Status.EXTENDED: "◑",
    Status.GRACE: "◔",
    Status.OVERDUE: "!",
    Status.LAPSED: "‼",
    Status.EXEMPT: "–",
}
# Open duties whose day has passed, with nothing that excuses them.
LATE = frozenset({Status.OVERDUE, Status.LAPSED})


@dataclass(frozen=True)
class Standing:
    """A status with its day: the last day it counts when current, else the day it is due."""

    status: Status
    on: date


@dataclass(frozen=True)
class Leave:
    """What eases a duty: days let pass, a day asked for and granted, or that it is not asked.

    ``soon_days`` is from how many days before its day a duty is due and no longer not yet due;
    None never says "not yet".
    """

    grace_days: int = 0
    extended_until: date | None = None
    exempt: bool = False
    soon_days: int | None = None


NONE = Leave()


def standing(
    *, due_on: date, valid_until: date | None, today: date, leave: Leave = NONE
) -> Standing:
    """Current while a completion counts; then due until the due day has passed.

    A lapsed completion is due again on its last valid day, or on the due day if that is later.
    """
    due = due_on if valid_until is None else max(due_on, valid_until)
    if leave.exempt:
        return Standing(Status.EXEMPT, due)
    if valid_until is not None and valid_until >= today:
        return Standing(Status.CURRENT, valid_until)
    if leave.extended_until is not None and leave.extended_until > due:
        due = leave.extended_until
        if due >= today:
            return Standing(Status.EXTENDED, due)
    if due >= today:
        far = leave.soon_days is not None and due > today + timedelta(days=leave.soon_days)
        return Standing(Status.NOT_YET if far else Status.DUE, due)
    if today <= due + timedelta(days=leave.grace_days):
        return Standing(Status.GRACE, due)
    return Standing(Status.OVERDUE if valid_until is None else Status.LAPSED, due)


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

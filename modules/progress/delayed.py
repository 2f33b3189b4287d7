"""The two delayed checks after a completion: when each is open. Pure; the day is an argument."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from modules.progress.standing import months_after

FIRST, SECOND = "delayed-1", "delayed-2"
FORMS = (FIRST, SECOND)
# The first from day 30 to day 60; the second from six months on, for thirty days.
FIRST_DAYS = (30, 60)
SECOND_MONTHS, SECOND_DAYS = 6, 30


@dataclass(frozen=True)
class Window:
    """A delayed check and its first and last day."""

    form: str
    opens: date
    closes: date

    def holds(self, day: date) -> bool:
        """Whether the check may be begun on this day."""
        return self.opens <= day <= self.closes


def windows(completed_on: date) -> tuple[Window, Window]:
    """Both windows of a completion. A later completion has its own, and these are gone."""
    opens, closes = (completed_on + timedelta(days=days) for days in FIRST_DAYS)
    later = months_after(completed_on, SECOND_MONTHS)
    return (
        Window(FIRST, opens, closes),
        Window(SECOND, later, later + timedelta(days=SECOND_DAYS - 1)),
    )


def open_window(completed_on: date, taken: Collection[str], today: date) -> Window | None:
    """The check that may be taken today; each is taken once, and a missed one changes nothing.

    ``taken`` names the forms finished since this completion.
    """
    return next(
        (one for one in windows(completed_on) if one.form not in taken and one.holds(today)), None
    )

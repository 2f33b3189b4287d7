"""What there is to say to whom: own duties, a team's week, and what has waited for too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.duties import Duty as Asked
from db.outbox import Last
from modules.agreement.current import agreed
from modules.duties.reminding import OVERDUE_EVERY, Duty
from modules.progress.hours import Hours, agreed_hours
from modules.progress.standing import LATE, Leave, Standing, Status, standing
from modules.settings import settings

LONG_DAYS = 30
"""Days after which something overdue is told one step further up."""

LEAST_TEAM = 3
"""In a smaller team "somebody is overdue" says who: then an administrator is told, not the boss."""


def overdue_every() -> int:
    """Days from one reminder of what is overdue to the next, as agreed on."""
    return max(OVERDUE_EVERY, agreed().reminders.every_days)


def as_duty(one: Asked, zone: str, last: Last | None = None) -> Duty:
    """A duty for reminders. What was asked after her last message was planned is new to her."""
    since = one.enrolled_at.astimezone(ZoneInfo(zone)).date()
    if last is not None and one.enrolled_at > last.made_at and since <= last.day:
        since = last.day + timedelta(days=1)
    leave = Leave(one.grace_days, one.extended_until, one.exempt)
    return Duty(one.module, since, one.due_on, one.valid_until, leave, one.window_days)


def stands(one: Asked, today: date) -> Standing:
    """Where somebody stands with a duty."""
    leave = Leave(one.grace_days, one.extended_until, one.exempt, settings().due_soon_days)
    return standing(due_on=one.due_on, valid_until=one.valid_until, today=today, leave=leave)


def pressing(one: Asked, today: date) -> bool:
    """Whether a manager is told of it: late, let pass, or due soon."""
    return stands(one, today).status in {*LATE, Status.GRACE, Status.DUE, Status.EXTENDED}


def long_overdue(one: Asked, today: date) -> bool:
    """Whether it has been overdue for so long that the line alone did not help."""
    found = stands(one, today)
    waited = today - found.on - timedelta(days=one.grace_days)
    return found.status in LATE and waited > timedelta(days=LONG_DAYS)


class Calendar:
    """Working hours by zone, without the organisation's holidays."""

    def __init__(self, holidays: Iterable[date]) -> None:
        self._off = frozenset(holidays)
        self._hours: dict[str, Hours] = {}

    def hours(self, zone: str) -> Hours:
        """Working hours in a zone."""
        if zone not in self._hours:
            self._hours[zone] = agreed_hours(zone, self._off)
        return self._hours[zone]

    def goes_at(self, zone: str, now: datetime) -> datetime | None:
        """When a mail of today goes out; None on a day off, and after working hours."""
        hours = self.hours(zone)
        today = hours.day(now)
        if not hours.works(today):
            return None
        at = hours.arrives(now)
        return at if hours.day(at) == today else None

    def next_day(self, zone: str, after: date) -> tuple[date, datetime]:
        """The next working day after one, and when it opens."""
        hours = self.hours(zone)
        day = hours.working(after + timedelta(days=1))
        # A second before the day: its own opening is the next one.
        eve = datetime.combine(day, hours.start, ZoneInfo(zone)) - timedelta(seconds=1)
        return day, hours.opens(eve)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def merged(facts: Mapping[str, object], more: Mapping[str, object]) -> dict[str, object]:
    """Facts of one mail from two: each module once, the newer word on it stays."""
    by_module: dict[str, object] = {}
    for part in (facts, more):
        listed = part.get("duties", [])
        for one in listed if isinstance(listed, list) else []:
            by_module[one["module"]] = one
    weekly = bool(facts.get("weekly")) or bool(more.get("weekly"))
    return {"duties": list(by_module.values()), "weekly": weekly}

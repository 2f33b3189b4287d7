"""What there is to say to whom: own duties, a team's week, and what has waited for too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.duties import Duty as Asked
from db.outbox import Last
from db.refreshers_open import Owed
from modules.agreement.current import agreed
from modules.duties.reminding import CATCH_UP_DAYS, OVERDUE_EVERY, Duty
from modules.progress.hours import Hours, agreed_hours
from modules.progress.refresh import owed
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
    """A duty for reminders. What was asked after her last message was planned waits for the next.

    Asked is also what came to be asked again, or with another day.
    """
    since = one.enrolled_at.astimezone(ZoneInfo(zone)).date()
    changed = one.changed_at.astimezone(ZoneInfo(zone)).date() if one.changed_at else None
    leave = Leave(one.grace_days, one.extended_until, one.exempt)
    return Duty(
        one.module,
        since,
        one.due_on,
        one.valid_until,
        leave,
        one.window_days,
        latest(changed, one.excused_until, waits(one.changed_at or one.enrolled_at, zone, last)),
    )


CHANGED = "changed:"
"""How the key of a changed part begins, among the modules of a mail or of a calendar."""


def as_part(one: Owed, zone: str, last: Last | None = None) -> Duty:
    """A changed part that is to be redone, as a duty beside that of its module."""
    since = one.made_at.astimezone(ZoneInfo(zone)).date()
    return Duty(part(one), since, one.due_on, again=waits(one.made_at, zone, last))


def part(one: Owed) -> str:
    """The key of a changed part."""
    return f"{CHANGED}{one.module}:{one.version}"


def waits(asked_at: datetime, zone: str, last: Last | None) -> date | None:
    """The day after her last message, when that was planned before something was asked."""
    if last is None or asked_at <= last.made_at:
        return None
    asked = asked_at.astimezone(ZoneInfo(zone)).date()
    return last.day + timedelta(days=1) if asked <= last.day else None


def latest(*days: date | None) -> date | None:
    """The last of the days that there are."""
    return max((day for day in days if day is not None), default=None)


def told_until(last: Last | None, today: date) -> date | None:
    """Until which day somebody was told all; None for never.

    Where the agreement has mails forgotten soon, no further back than they are remembered: what
    may have been told already is not told again.
    """
    remembered = agreed().retention.reminders
    if remembered > CATCH_UP_DAYS:
        return last.day if last else None
    floor = today - timedelta(days=remembered)
    return max(last.day, floor) if last else floor


def stands(one: Asked, today: date) -> Standing:
    """Where somebody stands with a duty; a changed part that is to be redone counts."""
    leave = Leave(one.grace_days, one.extended_until, one.exempt, settings().due_soon_days)
    found = standing(due_on=one.due_on, valid_until=one.valid_until, today=today, leave=leave)
    return owed(found, one.refresh_on, today)


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

"""When an organisation works: its days, from when until when, in its zone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from modules.agreement.current import agreed
from modules.days import weekdays


def agreed_hours(zone: str, holidays: frozenset[date] = frozenset()) -> Hours:
    """The hours in which people may be reminded, as the agreement has them, without holidays."""
    given = agreed().reminders
    start, until = time.fromisoformat(given.start), time.fromisoformat(given.until)
    return Hours(weekdays(given.days), start, until, zone, holidays)


@dataclass(frozen=True)
class Hours:
    """Working hours. ``days`` are weekdays, Monday 0; ``until`` itself no longer belongs."""

    days: frozenset[int]
    start: time
    until: time
    zone: str
    # Days on which nobody works, whatever weekday they are.
    holidays: frozenset[date] = frozenset()

    def day(self, now: datetime) -> date:
        """The date in the zone at this moment."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def works(self, day: date) -> bool:
        """Whether people work on a day."""
        return day.weekday() in self.days and day not in self.holidays

    def working(self, day: date) -> date:
        """The day itself when people work on it, else the next one that they do."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def open(self, now: datetime) -> bool:
        """Whether this moment lies within working hours."""
        local = now.astimezone(ZoneInfo(self.zone))
        # The clock on the wall counts: an hour that comes twice is open twice.
        wall = local.time()
        return self.works(local.date()) and self.start <= wall < self.until

    def arrives(self, sent: datetime) -> datetime:
        """When what was sent at a moment is shown: at once, or when working hours begin."""
        return sent if self.open(sent) else self.opens(sent)

    def opens(self, now: datetime) -> datetime:
        """When working hours begin next after this moment, in UTC."""
        day = self.day(now)
        while True:
            day = self.working(day)
            # Where the clock jumps over this time, its first moment after the jump is meant.
            begins = datetime.combine(day, self.start, ZoneInfo(self.zone)).astimezone(UTC)
            if begins > now and self.open(begins):
                return begins
            day += timedelta(days=1)

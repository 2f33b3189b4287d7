"""Days and times as people read them, in the reader's zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# Not places: what this machine happens to be set to, and a name that means "not set yet".
NO_PLACES = frozenset({"localtime", "Factory"})


@cache
def zones() -> Mapping[str, str]:
    """Every time zone that is known here, by its case-folded name."""
    return {name.casefold(): name for name in sorted(available_timezones() - NO_PLACES)}


def zone(text: str) -> str | None:
    """A time zone as it is written, such as Europe/London, whatever its letter case; else None."""
    return zones().get(text.strip().replace(" ", "_").casefold())


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


NEVER_ENDS = date(9999, 12, 31)
"""The last day of what has no end; in sentences it is said, not shown."""
NO_END = "further notice"


def day(when: date) -> str:
    """ "Friday 11 December 2026", without a leading zero; "further notice" for what never ends."""
    if when == NEVER_ENDS:
        return NO_END
    return f"{when:%A} {when.day} {when:%B %Y}"


def short(when: date) -> str:
    """ "11 December 2026"; "further notice" for what never ends."""
    if when == NEVER_ENDS:
        return NO_END
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime, zone: str) -> str:
    """ "11 December 2026, 14:05" in a zone such as Europe/London."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{short(local.date())}, {local:%H:%M}"


def part_of_day(when: datetime, zone: str) -> str:
    """morning until 12, afternoon until 18, then evening; also before five, when nobody slept."""
    hour = when.astimezone(ZoneInfo(zone)).hour
    return "morning" if 5 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"


def weekdays(text: str) -> frozenset[int]:
    """The days in "mon-fri" or "mon,wed,fri-sat", Monday 0. Raises ValueError when it has none."""
    found: set[int] = set()
    for part in text.casefold().split(","):
        names = [name.strip() for name in part.split("-")]
        if len(names) > 2 or any(name not in WEEKDAYS for name in names):
            raise ValueError(
                f"“{part.strip()}” is no day of the week: write mon-fri or mon,wed,fri"
            )
        first, last = WEEKDAYS.index(names[0]), WEEKDAYS.index(names[-1])
        # From Friday to Monday runs over the end of the week.
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(found)


def clock(when: datetime, zone: str) -> str:
    """The time of day, "08:00", in a zone."""
    return f"{when.astimezone(ZoneInfo(zone)):%H:%M}"

"""How many completions expire in which months: months together until none tells about few. Pure.

Rounded down to whole tens, or whole thresholds where that is more, so that today's figure less
yesterday's is a step of ten or nothing, and never one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from modules.manage.forecast import month_end

MONTHS = 12
"""Months ahead that are told, the running one included."""


@dataclass(frozen=True)
class Load:
    """About ``people`` people's completions expire from ``first`` to ``last``, both month-ends."""

    first: date
    last: date
    people: int

    @property
    def months(self) -> int:
        """How many months, the first and the last included."""
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1


def loads(expiring: Mapping[int, int], today: date, least: int) -> tuple[Load, ...]:
    """The workload of the coming twelve months; months under ``least`` people go with the next.

    ``expiring`` has people by month, year × 12 + month − 1. What is left over at the end goes with
    the months before it; where all twelve together are under ``least``, nothing is said.
    """
    now = today.year * 12 + today.month - 1
    found: list[Load] = []
    start, people = 0, 0
    for step in range(MONTHS):
        people += expiring.get(now + step, 0)
        if people >= least:
            found.append(Load(month_end(today, start), month_end(today, step), people))
            start, people = step + 1, 0
    if start < MONTHS and found:
        last = found.pop()
        found.append(Load(last.first, month_end(today, MONTHS - 1), last.people + people))
    return tuple(Load(one.first, one.last, one.people - one.people % least) for one in found)

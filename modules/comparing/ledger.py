"""What may be published of the bodies together, and what it has cost so far. Pure.

One unit of privacy is a body: all that it gives to a release is in which band its share of people
in date lies, and it gives that once a release. Two worlds are neighbours when one body's share is
another one; who takes part is no secret, so how many do is told exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

BANDS = ("0–25%", "25–50%", "50–75%", "75–100%")
"""Shares of people in date, each band without its upper end, the last one with it."""
EPSILON = 2.0
"""What a release costs each body in it. The noise has scale 2/ε: one body moves two counts."""
YEARLY = 8.0
"""The most that all releases of a calendar year may cost together: four of them."""
LEAST = 10
"""Bodies under which nothing is published: with fewer the noise would say more than the bodies,
and who knows a few of them would know the rest better than anybody should."""


@dataclass(frozen=True)
class Entry:
    """One release as it stands in the ledger. ``counts`` are noisy, and may be below 0."""

    subject: str
    published_at: datetime
    epsilon: float
    method: Mapping[str, object]
    counts: tuple[int, ...]

    @property
    def bodies(self) -> int:
        """How many bodies it is about."""
        return int(str(self.method["bodies"]))

    @property
    def module(self) -> str:
        """The module that it is about."""
        return self.subject.partition(" ")[0]


def band(people: int, in_date: int) -> int:
    """The band of a body, in whole numbers so that 75 of 100 lies in the last one."""
    return min(len(BANDS) - 1, len(BANDS) * in_date // people)


def spent(entries: Sequence[Entry], year: int) -> float:
    """What the releases of a year cost together: one body may be in all of them."""
    return sum(entry.epsilon for entry in entries if entry.published_at.year == year)


def affordable(entries: Sequence[Entry], year: int) -> bool:
    """Whether one more release stays within the year's limit."""
    return spent(entries, year) + EPSILON <= YEARLY


def quarter(today: date) -> date:
    """The last day of the newest quarter that ended a week ago or more: its figures are taken."""
    day = today - timedelta(days=7)
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)


def subject(module: str, end: date) -> str:
    """What a release is about: "M01 2026-Q3". It is published once."""
    return f"{module} {end.year}-Q{end.month // 3}"


def around(entry: Entry, own: int) -> tuple[int, int, int]:
    """About how many bodies are in lower bands, in one's own, and in higher ones."""
    counts = [max(0, count) for count in entry.counts]
    return sum(counts[:own]), counts[own], sum(counts[own + 1 :])

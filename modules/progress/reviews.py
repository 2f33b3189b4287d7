"""Spaced reviews: what comes back when. Pure; derived from answers alone, no clock inside.

An idea is an item's family, or the item itself when it has none. It enters at the completion of
its module and climbs a ladder of days. Answers are taken in the order of their reviews, which a
clock that goes backwards does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from modules.progress.hours import Hours

# Days from an answer to the next question about the same idea; after the last rung it rests.
LADDER = (2, 9, 30, 90, 170)
# The most that one day asks, over all modules: questions, and seconds by the types' own estimate.
MOST, SECONDS = 10, 300


@dataclass(frozen=True)
class Met:
    """An idea as the completed round left it: ever missed, and ever missed while sure."""

    idea: str
    missed: bool = False
    sure: bool = False


@dataclass(frozen=True)
class Given:
    """One answer of a review; ``asked_on`` is the day that its review was begun."""

    idea: str
    right: bool
    asked_on: date
    on: date
    sure: bool = False


@dataclass(frozen=True)
class Idea:
    """Where an idea stands. ``due_on`` is None when it rests; ``sure``: last missed while sure."""

    module: str
    name: str
    rung: int
    due_on: date | None
    missed: bool = False
    sure: bool = False

    def due(self, today: date) -> bool:
        """Whether it may be asked on this day."""
        return self.due_on is not None and self.due_on <= today

    @property
    def rank(self) -> tuple[bool, date, bool, str, str]:
        """What comes first on a day: sure but wrong, then the longest due, then the missed."""
        return (not self.sure, self.due_on or date.max, not self.missed, self.module, self.name)


def entered(module: str, met: Met, completed_on: date, hours: Hours) -> Idea:
    """An idea on the day that its module is completed."""
    due_on = hours.working(completed_on + timedelta(days=LADDER[0]))
    return Idea(module, met.idea, 0, due_on, met.missed, met.sure)


def after(idea: Idea, given: Given, hours: Hours) -> Idea:
    """The idea after one more answer.

    Right: a rung up. Missed: a rung back; missed while sure: to the first. A right answer to what
    was not due when it was asked changes nothing: the same question in two tabs climbs once.
    """
    if given.right and not idea.due(given.asked_on):
        return idea
    last = len(LADDER) - 1
    if given.right:
        rung = idea.rung + 1
    else:
        rung = 0 if given.sure else max(0, min(idea.rung, last + 1) - 1)
    # A clock put back between question and answer does not bring the next one nearer.
    on = max(given.on, given.asked_on)
    due_on = hours.working(on + timedelta(days=LADDER[rung])) if rung <= last else None
    return replace(idea, rung=rung, due_on=due_on, missed=not given.right, sure=given.sure)


def ideas(
    module: str,
    completed_on: date,
    met: Iterable[Met],
    given: Iterable[Given],
    hours: Hours,
) -> tuple[Idea, ...]:
    """Every idea of a completed module; ``given`` in the order of the reviews' numbers."""
    known = {one.idea: entered(module, one, completed_on, hours) for one in met}
    for one in given:
        if one.idea in known:
            known[one.idea] = after(known[one.idea], one, hours)
    return tuple(known.values())


def due(every: Iterable[Idea], today: date) -> tuple[Idea, ...]:
    """What may be asked on this day, in its order; nothing on a day that nobody works."""
    return tuple(sorted((one for one in every if one.due(today)), key=lambda one: one.rank))


@dataclass(frozen=True)
class Spent:
    """What a day has asked already, over all modules and tabs."""

    questions: int = 0
    seconds: int = 0


def fill(waiting: Sequence[Idea], seconds: Mapping[Idea, int], spent: Spent) -> tuple[Idea, ...]:
    """As many of the waiting ideas, from the first, as the day still has room for.

    A single question that is longer than a whole day's time is asked on a day of its own.
    """
    chosen: list[Idea] = []
    used = spent.seconds
    for idea in waiting:
        first = not chosen and not spent.questions
        full = spent.questions + len(chosen) >= MOST
        if full or (used + seconds[idea] > SECONDS and not first):
            break
        chosen.append(idea)
        used += seconds[idea]
    return tuple(chosen)


def next_day(every: Iterable[Idea], today: date, hours: Hours) -> date | None:
    """The next day after this one with something to review; None when everything rests."""
    days = [one.due_on for one in every if one.due_on is not None]
    return hours.working(max(min(days), today + timedelta(days=1))) if days else None


# Up to so many days from today, what comes back is spoken of like this; see words `review.when`.
ABOUT = (
    (1, "tomorrow"),
    (6, "weekday"),
    (10, "week"),
    (20, "fortnight"),
    (45, "month"),
    (75, "two_months"),
    (130, "quarter"),
)


def about(today: date, then: date) -> str:
    """How a coming day is told: nearly. Nobody needs to count days."""
    away = (then - today).days
    return next((name for most, name in ABOUT if away <= most), "half_year")

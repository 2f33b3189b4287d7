"""One person's rounds through the module: when, and how each ended."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from modules.demo.days import unhurried, working
from modules.progress.standing import months_after


class Outcome(StrEnum):
    """How one round through the module ended."""

    PASSED = "passed"
    SECOND = "second"  # passed at the second check
    FAILED = "failed"
    STOPPED = "stopped"  # somewhere before the check


@dataclass(frozen=True)
class Round:
    """One time through the module, on one day; ``again`` is the day of a second check."""

    day: date
    outcome: Outcome
    again: date | None = None

    @property
    def done(self) -> date | None:
        """The day it was completed, if it was."""
        if self.outcome is Outcome.PASSED:
            return self.day
        return self.again if self.outcome is Outcome.SECOND else None


@dataclass(frozen=True)
class Learning:
    """One person's time with a module. ``ability`` is the chance of knowing an answer, 0 to 1."""

    module: str
    email: str
    enrolled_on: date
    due_on: date
    ability: float
    rounds: tuple[Round, ...]


def usual(
    rng: random.Random, opens: date, due_on: date, keen: float, until: date, valid_months: int
) -> Iterator[Round]:
    """A first round and, a year later, a renewal; nothing after ``until``.

    ``keen`` is the chance that somebody ever finishes, 0 to 1.
    """
    ever = rng.random()
    window = max(3, (due_on - opens).days)
    # Most do it soon or just before it is due; one in eight late.
    part = rng.choices(
        [rng.betavariate(1.2, 4), rng.betavariate(6, 1.3), rng.uniform(1, 1.9)], (5, 4, 1.2)
    )[0]
    day = unhurried(opens + timedelta(days=1 + round(part * window)), rng)
    if ever > keen:
        if ever < keen + 0.08 and day <= until:
            yield Round(day, rng.choice([Outcome.STOPPED, Outcome.STOPPED, Outcome.FAILED]))
        return
    first = _one(rng, day, until)
    if first is None:
        return
    yield first
    if first.done is None:
        return
    lapse = months_after(first.done, valid_months)
    habit = rng.random()
    if habit < keen / 2:
        renew = lapse - timedelta(days=rng.randint(1, 24))
    elif habit < keen:
        renew = lapse + timedelta(days=rng.randint(8, 50))
    else:
        return
    renewal = _one(rng, working(renew), until)
    if renewal is not None:
        yield renewal


def _one(rng: random.Random, day: date, until: date) -> Round | None:
    """A round on that day, if that is not after ``until``; one in nine needs a second check."""
    again = working(day + timedelta(days=rng.choice([0, 0, 1, 2, 5])))
    second = rng.random() < 0.11
    if day > until:
        return None
    if second and again <= until:
        return Round(day, Outcome.SECOND, again)
    return Round(day, Outcome.FAILED if second else Outcome.PASSED)

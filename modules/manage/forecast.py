"""Where a share of people in date is heading at the pace so far, and how sure that is. Pure.

The drift method on logits: from month to month the logit of the share is taken to move by an even
pace and a chance part. Hyndman & Athanasopoulos (Forecasting: principles and practice, 3rd ed.,
5.2 and 5.5) give it for even steps; here a step may span several months, because hidden months are
left out. docs/statistics.md tells it in words.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt
from typing import Literal, NamedTuple

LEAST_MONTHS = 4
"""Shown months under which nothing is said."""
MOST_BACK, MOST_AHEAD = 13, 9
"""Months looked back on, the newest included, and months ahead at the most."""
LEVEL = 0.8
"""How often the range is to hold: four times in five."""
STEADY = 0.5
"""Of the whole pace that the newer half of the months must have had."""
# Student's t for a two-sided 80%, from 1 to 12 degrees of freedom: any table of it.
T = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356)

Says = Literal["few", "unclear", "reached", "falling", "later", "by"]


class Month(NamedTuple):
    """A shown month: ``value`` of ``people`` in date."""

    on: date
    people: int
    value: int


class Ahead(NamedTuple):
    """A month to come: the share at an even pace, and the range around it, each from 0 to 1."""

    on: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Outlook:
    """What the trend says about the target.

    ``says`` is "few" (fewer than four shown months), "unclear" (the range of the pace holds
    standing still, or the newer half of the months went the other way or at less than half the
    pace: then the past is no guide), "reached" (the newest month is at the target and the trend
    does not fall), "falling" (it falls), "later" (it rises, and not to the target within the
    months that can be spoken of) or "by": then ``on`` is the month at an even pace, ``soonest``
    and ``latest`` are the range; ``latest`` is None when it lies beyond those months. ``points``
    are empty for "few" and for "unclear": a line would say what the sentence does not.
    """

    says: Says
    points: tuple[Ahead, ...] = ()
    on: date | None = None
    soonest: date | None = None
    latest: date | None = None
    used: int = 0


def outlook(months: Sequence[Month], target: float) -> Outlook:
    """The outlook of a unit from its shown months, oldest first; ``target`` from 0 to 1.

    It reaches as many months ahead as the months it rests on span, and nine at the most.
    """
    used = _recent(months)
    if len(used) < LEAST_MONTHS:
        return Outlook("few", used=len(used))
    pace, wide, span = _drift(used)
    newer = used[len(used) // 2 - (len(used) % 2 == 0) :]
    if abs(pace) <= wide / sqrt(span) or _pace(newer) / pace < STEADY:
        return Outlook("unclear", used=len(used))
    points = ahead(months)
    if pace < 0:
        return Outlook("falling", points, used=len(used))
    newest = used[-1]
    if newest.value >= target * newest.people:
        return Outlook("reached", points, used=len(used))
    on = _first(points, target, "middle")
    if on is None:
        return Outlook("later", points, used=len(used))
    soonest, latest = _first(points, target, "high"), _first(points, target, "low")
    return Outlook("by", points, on, soonest, latest, len(used))


def ahead(months: Sequence[Month]) -> tuple[Ahead, ...]:
    """The months ahead at the pace so far, each with its range; none from fewer than four."""
    used = _recent(months)
    if len(used) < LEAST_MONTHS:
        return ()
    pace, wide, span = _drift(used)
    newest = used[-1]
    return tuple(
        _ahead(newest.on, _logit(newest), pace, wide, span, step)
        for step in range(1, min(span, MOST_AHEAD) + 1)
    )


def _recent(months: Sequence[Month]) -> list[Month]:
    return [one for one in months if _count(months[-1].on) - _count(one.on) < MOST_BACK]


def _pace(used: Sequence[Month]) -> float:
    """Logits a month."""
    return (_logit(used[-1]) - _logit(used[0])) / (_count(used[-1].on) - _count(used[0].on))


def _drift(used: Sequence[Month]) -> tuple[float, float, int]:
    """The pace, t times the chance part of one month, and the months looked back on."""
    pace = _pace(used)
    spread = sqrt(max(_variance(used, [_logit(one) for one in used], pace), _chance(used)))
    return pace, T[len(used) - 3] * spread, _count(used[-1].on) - _count(used[0].on)


def month_end(of: date, after: int) -> date:
    """The last day of the month so many months after another."""
    year, month = divmod(_count(of) + after, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _count(of: date) -> int:
    return of.year * 12 + of.month - 1


def _logit(one: Month) -> float:
    """Half a person stands in for nobody and for everybody, where the logit has no value."""
    value = min(max(one.value, 0.5), one.people - 0.5)
    return log(value / (one.people - value))


def _share(level: float) -> float:
    return 1 / (1 + exp(-level)) if level >= 0 else exp(level) / (1 + exp(level))


def _variance(used: Sequence[Month], levels: Sequence[float], pace: float) -> float:
    """The variance of the chance part of one month, from how uneven the steps were."""
    found = 0.0
    for place in range(1, len(used)):
        apart = _count(used[place].on) - _count(used[place - 1].on)
        found += (levels[place] - levels[place - 1] - pace * apart) ** 2 / apart
    return found / (len(used) - 2)


def _chance(used: Sequence[Month]) -> float:
    """What is left to chance even where the steps were even: who of those people finishes when.

    As if the people who change in a month, one at the least, did so independently (Poisson).
    """
    first, last = used[0], used[-1]
    people = last.people
    change = abs(last.value / people - first.value / first.people)
    moved = max(change / (_count(last.on) - _count(first.on)), 1 / people)
    share = min(max(last.value, 0.5), people - 0.5) / people
    return moved / people / (share * (1 - share)) ** 2


def _ahead(last: date, level: float, pace: float, wide: float, span: int, step: int) -> Ahead:
    middle, half = level + pace * step, wide * sqrt(step * (1 + step / span))
    shares = (_share(middle - half), _share(middle), _share(middle + half))
    return Ahead(month_end(last, step), *shares)


def _first(points: Sequence[Ahead], target: float, line: str) -> date | None:
    return next((one.on for one in points if getattr(one, line) >= target), None)

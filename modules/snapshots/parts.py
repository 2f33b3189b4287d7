"""The breakdowns of a month: groups by head-counts, and a range for each. Pure.

The body is broken down by job family, path and year of joining, of which the page shows one at a
time; whoever looks at all three still learns nobody's status (`modules.suppress.ranges`).

Which groups there are is a matter of head-counts and of what the tree shows, both known to every
reader, so it tells nothing: too small a family or path is counted with all others, a year of
joining with the year beside it. Only people of units in which nothing is hidden for being all or
none are counted: anything told of the others could tell which of their units it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from db.headcounts import Ints
from db.snapshots import OTHERS, Part, Row
from modules.snapshots.book import BYS, Book, Month
from modules.snapshots.still import could_be
from modules.suppress import ranges

Counts = NDArray[np.signedinteger]
LEAST_COUNTED = 0.5
"""The share of a body's people who must be in it, for a breakdown to be one of the body."""


@dataclass(frozen=True)
class Division:
    """Everybody's group in a breakdown by number, -1 for who is not counted, and their names."""

    group: Ints
    names: tuple[str, ...]
    people: tuple[int, ...]


def floor(people: int, least: int) -> int:
    """The fewest people of whom something is told in a breakdown of a body of so many.

    Twice the threshold, as people of one kind tend to be alike; and the square root of the body's
    people, so that large bodies are not told about chance.
    """
    return max(2 * least, isqrt(people))


def counted(book: Book, month: Month, rows: Sequence[Row]) -> NDArray[np.bool_]:
    """Who is counted in the breakdowns of a month: people of regions that are quite open."""
    region = book.in_regions(month, list(rows))
    size = np.bincount(region[region >= 0], minlength=len(book.tree.ids))
    have = np.bincount(region[(region >= 0) & month.in_date], minlength=len(book.tree.ids))
    quite = (have > 0) & (have < size)
    hidden = [book.tree.place[str(row.unit_id)] for row in rows if row.hidden == "same"]
    quite[book.regions(list(rows))[hidden]] = False
    return np.asarray((region >= 0) & quite[region])


def divided(book: Book, month: Month, rows: Sequence[Row], by: str) -> Division:
    """The groups of a breakdown; without names where it would not leave two of enough people."""
    there = counted(book, month, rows)
    label, names = book.category(month, by)
    size = np.bincount(label[there], minlength=len(names))
    everybody = int((month.unit >= 0).sum())
    lowest = floor(everybody, book.least)
    joined = _years(names, size, lowest) if by == "cohort" else _largest(names, size, lowest)
    if len(joined) < 2 or size.sum() < LEAST_COUNTED * everybody:
        return Division(np.full(len(label), -1, np.int32), (), ())
    place = np.full(len(names), -1, np.int32)
    for number, of in enumerate(joined.values()):
        place[of] = number
    group = np.where(there, place[label], -1).astype(np.int32)
    return Division(group, tuple(joined), tuple(int(size[of].sum()) for of in joined.values()))


def _largest(names: Sequence[str], size: Counts, lowest: int) -> dict[str, list[int]]:
    """The categories of enough people, and all others together; the smallest go with those."""
    order = sorted(np.flatnonzero(size).tolist(), key=lambda at: (-size[at], names[at]))
    # Whatever a staff list calls by the name of all others is one of them.
    kept = [at for at in order if size[at] >= lowest and names[at] != OTHERS]
    rest = [at for at in order if at not in kept]
    while kept and 0 < size[rest].sum() < lowest:
        rest.append(kept.pop())
    joined = {names[at]: [at] for at in sorted(kept, key=lambda at: names[at])}
    return joined | ({OTHERS: rest} if rest else {})


def _years(names: Sequence[str], size: Counts, lowest: int) -> dict[str, list[int]]:
    """Years of joining, the earliest first, too small ones with the smaller of their neighbours."""
    spans = [[at] for at in range(len(names)) if size[at]]
    while len(spans) > 1:
        people = [int(size[of].sum()) for of in spans]
        at = min(range(len(spans)), key=lambda at: (people[at], at))
        if people[at] >= lowest:
            break
        beside = [one for one in (at - 1, at + 1) if 0 <= one < len(spans)]
        to = min(beside, key=lambda one: people[one])
        spans[min(at, to)] += spans.pop(max(at, to))
    return {_span(names[of[0]], names[of[-1]]): of for of in spans}


def _span(first: str, last: str) -> str:
    """The name of some years in a row; "-2022" is everybody who joined by then."""
    if first == last:
        return first
    return f"-{last}" if first.startswith("-") else f"{first}-{last}"


def decide(book: Book, month: Month, rows: Sequence[Row], before: Sequence[Part]) -> list[Part]:
    """The breakdowns of a month. ``before`` are those of the newest other month.

    A breakdown that leaves fewer than two groups of enough people is not among them; none is where
    another month with breakdowns could be read as if nobody's status had changed (`still`).
    """
    top = next(row for row in rows if row.parent_id is None)
    if top.hidden:
        return []
    told = {by: divided(book, month, rows, by) for by in BYS}
    told = {by: one for by, one in told.items() if one.names}
    here = book.in_regions(month, list(rows))
    if not told or any(
        could_be(book, here, list(rows), day) and not _alike(book, here, told, day)
        for day in book.months
        if day != month.day
    ):
        return []
    grids = {(one.by, one.category): ranges.on((one.low, one.high), one.people) for one in before}
    each = ranges.drawn(
        crossed(book, month, rows, told),
        [
            {
                number: grids[by, name]
                for number, name in enumerate(one.names)
                if (by, name) in grids
            }
            for by, one in told.items()
        ],
        book.chance,
    )
    return [
        Part(month.day, top.unit_id, by, name, one.people[number], *found[number], "")
        for (by, one), found in zip(told.items(), each, strict=True)
        for number, name in enumerate(one.names)
    ]


def _alike(book: Book, here: Ints, told: Mapping[str, Division], day: date) -> bool:
    """Whether a month tells of the same people in the same groups and regions."""
    if not np.array_equal(here, book.sight(day)):
        return False
    then = book.month(day)
    return all(
        np.array_equal(one.group, divided(book, then, book.months[day], by).group)
        for by, one in told.items()
    )


def crossed(
    book: Book, month: Month, rows: Sequence[Row], told: Mapping[str, Division]
) -> ranges.Crossed:
    """How many people of each region are in which groups, and how many of them in date."""
    region = book.in_regions(month, list(rows))
    there = np.flatnonzero(next(iter(told.values())).group >= 0)
    columns = [region[there], *(one.group[there] for one in told.values())]
    code = np.zeros(len(there), np.int64)
    for column in columns:
        code = code * (int(column.max()) + 1) + column
    _, first, back = np.unique(code, return_index=True, return_inverse=True)
    back = back.reshape(-1)
    size = np.bincount(back, minlength=len(first))
    have = np.bincount(back, month.in_date[there], minlength=len(first))
    at, *groups = (column[first].astype(np.int64) for column in columns)
    return ranges.Crossed(at, tuple(groups), size.astype(np.int64), have.astype(np.int64))

"""What of a breakdown is shown beside the unit tree and every other month. Pure.

The whole body is broken down; units are not, since a category of the body less that of a unit
would count the few people of that category elsewhere. A small body shows one breakdown, the first
of family, path and cohort that leaves at least two groups: where two of them cross, bounds on the
people they share settle more than anybody could foresee.

First by head-counts, which tell nothing: categories of too few people are joined, then those by
which a small group could be isolated (`spans`), within the month and beside each other one. Then
the whole breakdown is shown or not, by values (`freedom`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from db.headcounts import Ints
from db.snapshots import Part, Row
from modules.snapshots.book import BYS, Book, Month, Sight
from modules.suppress.freedom import open_to_all
from modules.suppress.moves import beside
from modules.suppress.spans import cuts

Array = NDArray[np.signedinteger]


def floor(people: int, least: int) -> int:
    """The fewest people that a category of a body of so many is shown of.

    Twice the threshold, as people of one kind tend to be alike; and the square root of the body's
    people, so that large bodies are not told about chance.
    """
    return max(2 * least, isqrt(people))


def sight(book: Book, day: date, rows: Sequence[Row], parts: Sequence[Part]) -> Sight:
    """What these rows show of a month."""
    month = book.month(day)
    regions = book.regions(list(rows))
    columns = [np.where(month.unit >= 0, regions[month.unit], -1).astype(np.int32)]
    for by in BYS:
        shown = {part.category for part in parts if part.by == by and not part.hidden}
        if shown:
            label, names = book.category(month, by)
            columns.append(_joined(label, month.unit >= 0, [name in shown for name in names]))
    return Sight(tuple(columns))


def decide(
    book: Book,
    month: Month,
    rows: Sequence[Row],
    others: Mapping[date, Sight],
    allowed: Mapping[str, set[str]] | None = None,
) -> list[Part]:
    """The breakdowns of a month with what stays hidden and why.

    ``others`` are the other months as they are shown; ``allowed``, where it is given, are the
    categories that may still be shown.
    """
    top = next(row for row in rows if row.parent_id is None)
    there = month.unit >= 0
    region = np.where(there, book.regions(list(rows))[month.unit], -1).astype(np.int32)
    once = {part.by for parts in book.parts.values() for part in parts if not part.hidden}
    found: list[Part] = []
    taken = False
    for by in BYS:
        label, names = book.category(month, by)
        people = np.bincount(label[there], minlength=len(names))
        value = np.bincount(label[there & month.in_date], minlength=len(names))
        hidden = dict.fromkeys(range(len(names)), top.hidden or "complement")
        if not top.hidden and not taken and once <= {by}:
            may = None if allowed is None else allowed.get(by, set())
            start = {at for at, name in enumerate(names) if may is None or name in may}
            hidden = _by_counts(region, label, there, people, start, others.values(), book.least)
            kept = [not hidden[at] for at in range(len(names))]
            if any(kept):
                taken = True
                group = _joined(label, there, kept)
                delicate = _delicate(book, rows)
                if not _open(
                    region[there], group[there], month.in_date[there], delicate, book.least
                ):
                    hidden = {at: why or "same" for at, why in hidden.items()}
        found += [
            Part(month.day, top.unit_id, by, name, int(people[at]), int(value[at]), hidden[at])
            for at, name in enumerate(names)
            if people[at]
        ]
    return found


def _by_counts(
    region: Ints,
    label: Ints,
    there: NDArray[np.bool_],
    people: Array,
    start: set[int],
    others: Iterable[Sight],
    least: int,
) -> dict[int, str]:
    """Category to reason, by head-counts alone; all hidden where fewer than two groups are left."""
    lowest = floor(int(people.sum()), least)
    why = {at: "small" if number < lowest else "" for at, number in enumerate(people)}
    why |= {at: "complement" for at, reason in why.items() if not reason and at not in start}
    while True:
        kept = sorted((at for at in why if not why[at]), key=lambda at: (people[at], at))
        rest = int(people.sum() - people[kept].sum())
        if len(kept) + (rest > 0) < 2:
            return {at: reason or "complement" for at, reason in why.items()}
        if 0 < rest < lowest:
            why[kept[0]] = "complement"
            continue
        group = _joined(label, there, [not why[at] for at in range(len(why))])
        told = _within(region[there], group[there], least)
        reason = "complement"
        if told is None:
            reason = "change"
            for other in others:
                told = beside([region, group], other.columns, least)
                if told is not None:
                    break
        if told is None:
            return why
        guilty = [at for at in kept if (1, at) in told]
        why[(guilty or kept)[0]] = reason


def _within(region: Ints, group: Ints, least: int) -> set[tuple[int, int]] | None:
    width = int(group.max(initial=0)) + 1
    pairs, people = np.unique(region.astype(np.int64) * width + group, return_counts=True)
    in_way = cuts(pairs // width, pairs % width, people, least)
    if not in_way:
        return None
    return {(1, category) for _, category in in_way}


def _open(
    region: Ints, group: Ints, in_date: NDArray[np.bool_], delicate: set[int], least: int
) -> bool:
    clear = ~np.isin(region, list(delicate))
    others = np.bincount(group[~clear], minlength=int(group.max()) + 1)
    if not clear.any():
        return False
    region, group, in_date = region[clear], group[clear], in_date[clear]
    if delicate and _within(region, group, least) is not None:
        return False
    one = np.ones(len(group), np.int64)
    return open_to_all(region, group, one, in_date.astype(np.int64), others)


def _delicate(book: Book, rows: Sequence[Row]) -> set[int]:
    """The regions in which a unit is hidden because some unit in it is all or none."""
    regions = book.regions(list(rows))
    hidden = [book.tree.place[str(row.unit_id)] for row in rows if row.hidden == "same"]
    return {int(regions[unit]) for unit in hidden}


def _joined(label: Ints, there: NDArray[np.bool_], kept: Sequence[bool]) -> Ints:
    """The kept categories, all others as one, which is the last; -1 for who is not there."""
    as_one = np.where(np.asarray(kept, bool), np.arange(len(kept)), len(kept)).astype(np.int32)
    return np.where(there, as_one[label], -1).astype(np.int32)

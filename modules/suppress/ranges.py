"""Counts told as ranges that settle nothing beyond the exact sums already told.

A breakdown cuts across the unit tree, and nearly every month a few people join or leave each of its
groups. Told exactly, its counts could be subtracted from the tree and from other months. Told as a
range, none of them stands in any equation; what is left is that ranges beside exact sums may leave
one possibility only. They do not, whatever the figures are, by the way they are drawn:

- The ranges of a group are public: two grids, moved against each other by half a range (`ranges`).
  Chance takes the grid of each group, which is kept to from month to month, so that a count that
  stays the same is told in the same way.
- They are told only together with a *witness*: statuses with the same sum in every region, and each
  count inside its range by one at least, save at 0 and at the number of people. `reached` looks for
  it, from the truth, by exchanging the statuses of two people of one region at a time. Where the
  chosen ranges have none, others are drawn; those with the truth itself inside always exist, so
  nothing is ever hidden because of what the figures are.

Why nobody learns more from them than from the regions. Take any group of people that is not made of
whole regions; in one region some are of it and some are not. In a region some are in date and some
are not, so two people, one of the group and one beside it, can be exchanged in the witness such
that the group's count changes, and each range's count changes by 1 at most: still inside. From the
witness and from there the same ranges could have been told, since `reached` tries every exchange of
two. So both are possible to a reader who knows this code, and the count of the group is not
settled. The same holds for any number of breakdowns at once, and of "all of them" and "none".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.int64]
Range = tuple[int, int]
# Draws of ranges before those with the truth inside are taken.
TRIES = 12
MOST_STEPS = 400
# Once in so many times the ranges of the month before are not kept to, so that ranges which were
# not kept to never prove that they had no witness.
ANEW = 1000


@dataclass(frozen=True)
class Crossed:
    """People by region and by their group in each breakdown: one entry for each combination.

    ``have`` of ``size`` people have what is counted. Regions are those whose exact sum is told,
    and of each some have it and some do not. ``groups`` has one array for each breakdown.
    """

    region: Array
    groups: tuple[Array, ...]
    size: Array
    have: Array


def step(people: int) -> int:
    """Half a range's width in people: two, or half of a hundredth where that is more."""
    return max(2, people // 200)


def ranges(people: int, grid: int) -> list[Range]:
    """The ranges of a group of so many on one of the two grids, ends included.

    The first and the last one take in what is left over, so none is narrower than the others.
    """
    width = 2 * step(people)
    first = width if grid == 0 else width + width // 2
    starts = [0, *range(first, people - width + 2, width)]
    ends = [at - 1 for at in starts[1:]]
    return list(zip(starts, [*ends, people], strict=True))


def holding(count: int, people: int, grid: int) -> Range:
    """The range of a grid in which a count lies."""
    return next(one for one in ranges(people, grid) if one[0] <= count <= one[1])


def on(told: Range, people: int) -> int:
    """The grid on which a range of a group of so many stands."""
    return 0 if told in ranges(people, 0) else 1


def inside(told: Range, people: int) -> Range:
    """Where a witness's count must lie: 1 away from each end that is not an end of the group."""
    low, high = told
    return low + (low > 0), high - (high < people)


def drawn(
    crossed: Crossed, grids: Sequence[Mapping[int, int]], chance: Random
) -> list[dict[int, Range]]:
    """A range for the count of each group of each breakdown.

    ``grids`` are those on which groups of the breakdowns were told the month before.
    """
    people, counts = _sums(crossed, crossed.size), _sums(crossed, crossed.have)
    keep = chance.randrange(ANEW) > 0
    each = [
        (by, group, int(counts[by][group]), int(people[by][group]))
        for by in range(len(people))
        for group in np.flatnonzero(people[by]).tolist()
    ]
    told: list[dict[int, Range]] = [{} for _ in people]
    for _ in range(TRIES):
        for by, group, count, of in each:
            was = grids[by].get(group) if keep else None
            told[by][group] = holding(count, of, chance.randrange(2) if was is None else was)
        if reached(crossed, told):
            return told
        keep = False
    for by, group, count, of in each:
        two = (holding(count, of, grid) for grid in (0, 1))
        told[by][group] = next(one for one in two if not _away(count, inside(one, of)))
    return told


def _away(count: int, told: Range) -> int:
    low, high = told
    return max(low - count, count - high, 0)


def _sums(crossed: Crossed, of: Array) -> list[Array]:
    return [
        np.bincount(group, of, minlength=int(group.max(initial=-1)) + 1).astype(np.int64)
        for group in crossed.groups
    ]


def reached(crossed: Crossed, told: Sequence[Mapping[int, Range]]) -> bool:
    """Whether exchanges of two people of one region lead to a witness for these ranges.

    Every exchange is tried at every step and the best one made, so from one exchange beside a
    witness it is always found.
    """
    have = crossed.have.copy()
    people, counts = _sums(crossed, crossed.size), _sums(crossed, have)
    least, most = [np.zeros_like(one) for one in counts], [one.copy() for one in people]
    for by, found in enumerate(told):
        for group, one in found.items():
            ends = inside(one, int(people[by][group]))
            least[by][group], most[by][group] = ends
    kinds, kind = np.unique(np.stack(crossed.groups, 1), axis=0, return_inverse=True)
    kind = kind.reshape(-1)
    entries = [np.flatnonzero(kind == at) for at in range(len(kinds))]
    for _ in range(MOST_STEPS):
        far = sum(
            int((np.maximum(a - n, 0) + np.maximum(n - b, 0)).sum())
            for n, a, b in zip(counts, least, most, strict=True)
        )
        if far == 0:
            return True
        pair = _best(crossed, have, kinds, entries, counts, least, most)
        if pair is None:
            return False
        more, fewer = pair
        have[more] += 1
        have[fewer] -= 1
        for number, of in zip(counts, crossed.groups, strict=True):
            number[of[more]] += 1
            number[of[fewer]] -= 1
    return False


def _best(
    crossed: Crossed,
    have: Array,
    kinds: Array,
    entries: Sequence[Array],
    counts: Sequence[Array],
    low: Sequence[Array],
    high: Sequence[Array],
) -> tuple[int, int] | None:
    """The entries between which an exchange brings the counts nearest to the ranges' inside."""
    up = np.zeros(len(kinds), np.int64)
    down = np.zeros(len(kinds), np.int64)
    shared = np.zeros((len(kinds), len(kinds)), np.int64)
    for by, (n, a, b) in enumerate(zip(counts, low, high, strict=True)):
        one_more = np.where(n < a, -1, np.where(n >= b, 1, 0))[kinds[:, by]]
        one_less = np.where(n > b, -1, np.where(n <= a, 1, 0))[kinds[:, by]]
        up, down = up + one_more, down + one_less
        alike = kinds[:, by][:, None] == kinds[:, by][None, :]
        shared += np.where(alike, (one_more + one_less)[:, None], 0)
    gain = up[:, None] + down[None, :] - shared
    open_up, open_down = have < crossed.size, have > 0
    better = np.argwhere(gain < 0)
    order = np.argsort(gain[better[:, 0], better[:, 1]], kind="stable")
    for more, fewer in better[order].tolist():
        ups = entries[more][open_up[entries[more]]]
        downs = entries[fewer][open_down[entries[fewer]]]
        _, one, other = np.intersect1d(
            crossed.region[ups], crossed.region[downs], assume_unique=True, return_indices=True
        )
        if len(one):
            return int(ups[one[0]]), int(downs[other[0]])
    return None

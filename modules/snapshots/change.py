"""Whether two month-ends side by side would tell about the few people who came or went. Pure.

A reader who has both subtracts one from the other. So every group that can be computed from the
later month is compared with every group that could be computed from the earlier one: the shown
units, what a shown unit has outside the shown ones under it, and a shown unit less one of those
(the groups that `modules.suppress.audit` tries). Unions of several such groups are not tried.
"""

from __future__ import annotations

import uuid
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from modules.suppress import Cell, changed
from modules.suppress.tree import grow


class Group(NamedTuple):
    """Units, one bit each, whose direct staff is counted together, and the unit to hide.

    ``unit`` is what has to be hidden so that the group can no longer be computed; ``whole`` is
    true when the group is that unit with everything under it.
    """

    people: int
    units: int
    unit: str
    whole: bool


@dataclass(frozen=True)
class Moment:
    """An organisation at a month's end: who is in which unit, and the groups by size."""

    where: Mapping[uuid.UUID, str]
    groups: tuple[Group, ...]


@dataclass
class Bits:
    """One bit for every unit that ever was."""

    known: dict[str, int] = field(default_factory=dict)

    def of(self, unit: str | None) -> int:
        """The unit's bit; 0 for being in no unit."""
        return 0 if unit is None else self.known.setdefault(unit, 1 << len(self.known))


def groups(cells: Sequence[Cell], hidden: Mapping[str, str], bits: Bits) -> tuple[Group, ...]:
    """The groups that a reader of these cells can compute, fewest people first."""
    tree = grow(cells)
    shown = [node for node in tree.cells if not hidden.get(node)]
    size = {node: tree.cells[node].people for node in shown}
    mask = {node: sum(bits.of(unit) for unit in tree.within(node)) for node in shown}
    found = {mask[node]: Group(size[node], mask[node], node, True) for node in shown}
    for node in shown:
        below = tree.below(node, hidden)
        rest, left = mask[node], size[node]
        for child in below:
            rest, left = rest & ~mask[child], left - size[child]
        if below:
            found.setdefault(rest, Group(left, rest, below[0], False))
        for under in shown:
            if under != node and mask[under] | mask[node] == mask[node]:
                rest = mask[node] & ~mask[under]
                found.setdefault(rest, Group(size[node] - size[under], rest, under, False))
    return tuple(sorted(group for group in found.values() if group.people))


def telling(now: Moment, then: Moment, least: int, bits: Bits) -> Iterator[Group]:
    """The groups of ``now`` that differ from one of ``then`` by 1 to ``least - 1`` people."""
    pairs = Counter(
        (now.where.get(one), then.where.get(one)) for one in now.where.keys() | then.where.keys()
    )
    moves = [(bits.of(to), bits.of(origin), number) for (to, origin), number in pairs.items()]
    stayed = {to: number for to, origin, number in moves if to == origin}
    sizes = [group.people for group in then.groups]
    for group in now.groups:
        # Groups that differ by `least` in size differ by at least as many people.
        start = bisect_right(sizes, group.people - least)
        stop = bisect_left(sizes, group.people + least)
        for other in then.groups[start:stop]:
            if _far(group.units ^ other.units, stayed, least):
                continue
            moved = sum(
                number
                for to, origin, number in moves
                if bool(to & group.units) != bool(origin & other.units)
            )
            if changed(moved, least):
                yield group
                break


def _far(apart: int, stayed: Mapping[int, int], least: int) -> bool:
    """Whether those who stayed in units that only one group counts are enough by themselves."""
    people = 0
    while apart:
        bit = apart & -apart
        people += stayed.get(bit, 0)
        if people >= least:
            return True
        apart ^= bit
    return False

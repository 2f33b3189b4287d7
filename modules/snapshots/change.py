"""Whether two month-ends side by side would tell about the few people who came or went. Pure.

A reader who has both subtracts one from the other. So every group that can be computed from the
later month is compared with every group that could be computed from the earlier one: the shown
units, what a shown unit has outside the shown ones under it, and a shown unit less one of those
(the groups that `modules.suppress.audit` tries). Unions of several such groups are looked at by
`modules.suppress.spans`.

Two groups that differ by fewer than ``least`` people agree on every unit in which ``least`` people
stayed from the one month to the other. So only groups that agree on these units are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from modules.suppress import Cell, changed
from modules.suppress.tree import grow

Array = NDArray[np.signedinteger]
Units = NDArray[np.int32]


class Group(NamedTuple):
    """Units, one bit each, whose direct staff is counted together, and the unit to hide.

    ``unit`` is what has to be hidden so that the group can no longer be computed; ``whole`` is
    true when the group is that unit with everything under it.
    """

    people: int
    units: int
    unit: str
    whole: bool


def groups(
    cells: Sequence[Cell], hidden: Mapping[str, str], place: Mapping[str, int]
) -> tuple[Group, ...]:
    """The groups that a reader of these cells can compute, fewest people first.

    ``place`` is each unit's number, which is its bit.
    """
    tree = grow(cells)
    mask: dict[str, int] = {}
    for node in tree.deepest_first:
        mask[node] = 1 << place[node]
        for child in tree.children.get(node, []):
            mask[node] |= mask[child]
    shown = [node for node in tree.cells if not hidden.get(node)]
    size = {node: tree.cells[node].people for node in shown}
    found = {mask[node]: Group(size[node], mask[node], node, True) for node in shown}
    for node in shown:
        below = tree.below(node, hidden)
        rest, left = mask[node], size[node]
        for child in below:
            rest, left = rest & ~mask[child], left - size[child]
        if below:
            found.setdefault(rest, Group(left, rest, below[0], False))
        above = tree.cells[node].parent
        while above is not None:
            if not hidden.get(above):
                rest = mask[above] & ~mask[node]
                found.setdefault(rest, Group(size[above] - size[node], rest, node, False))
            above = tree.cells[above].parent
    return tuple(sorted(group for group in found.values() if group.people))


@dataclass(frozen=True)
class Flow:
    """How many people were in which unit now and then, for each pair of units; -1 for none."""

    to: Array
    origin: Array
    number: Array


def flow(now: Units, then: Units) -> Flow:
    """From everybody's unit now to everybody's unit then, those in neither left out."""
    width = int(max(now.max(initial=-1), then.max(initial=-1))) + 2
    pairs = np.bincount((now + 1).astype(np.int64) * width + then + 1) if width < 2000 else None
    if pairs is None:
        same = now == then
        stayed = np.bincount(now[same] + 1, minlength=width)
        both = np.arange(width, dtype=np.int64) * (width + 1)
        moved = (now[~same] + 1).astype(np.int64) * width + then[~same] + 1
        keys, counts = np.unique(moved, return_counts=True)
        keys, counts = np.concatenate([both, keys]), np.concatenate([stayed, counts])
    else:
        keys, counts = np.arange(len(pairs)), pairs
    some = (counts > 0) & (keys > 0)
    keys, counts = keys[some], counts[some]
    return Flow(keys // width - 1, keys % width - 1, counts.astype(np.int64))


def telling(
    now: Sequence[Group], then: Sequence[Group], people: Flow, least: int, units: int
) -> Iterator[Group]:
    """The groups of ``now`` that differ from one of ``then`` by 1 to ``least - 1`` people."""
    same = people.to == people.origin
    stayed = np.zeros(units, np.int64)
    stayed[people.to[same]] = people.number[same]
    # Being in no unit is the place after the last unit.
    to, origin = (np.where(one < 0, units, one) for one in (people.to, people.origin))
    full = int.from_bytes(np.packbits(stayed >= least, bitorder="little").tobytes(), "little")
    alike: dict[int, list[Group]] = defaultdict(list)
    for other in then:
        alike[other.units & full].append(other)
    nobody_moved = bool(same.all())
    for group in now:
        for other in alike.get(group.units & full, ()):
            if abs(group.people - other.people) >= least:
                continue
            if nobody_moved and group.units == other.units:
                continue
            here, there = _members(group.units, units), _members(other.units, units)
            if changed(int(people.number[here[to] != there[origin]].sum()), least):
                yield group
                break


def _members(mask: int, units: int) -> NDArray[np.uint8]:
    """1 for each unit in the mask; the place after the last one, for no unit, is 0."""
    raw = np.frombuffer(mask.to_bytes(units // 8 + 1, "little"), np.uint8)
    return np.unpackbits(raw, bitorder="little")[: units + 1]

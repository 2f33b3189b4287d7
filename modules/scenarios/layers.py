"""A graph laid out in layers, from the start to the endings, with few crossings.

After Sugiyama, Tagawa and Toda (1981): roads that go back are set aside, each place stands one
layer after the last that leads to it, roads over several layers pass each by a place of their own,
and the layers are sorted by what lies before and behind them, again and again.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Edge = tuple[str, str]
Point = tuple[float, int]
"""How far across (0 is the middle of a layer), and which layer."""
SWEEPS = 12


@dataclass(frozen=True)
class Layout:
    """Where each place stands, and the points that each road between two places goes through."""

    places: Mapping[str, Point]
    roads: Mapping[Edge, tuple[Point, ...]]
    back: frozenset[Edge]

    @property
    def layers(self) -> int:
        """How many layers there are."""
        return 1 + max((layer for _, layer in self.places.values()), default=-1)

    @property
    def width(self) -> int:
        """How many places and passing roads the fullest layer has."""
        points = {*self.places.values(), *(one for road in self.roads.values() for one in road)}
        counts = defaultdict[int, int](int)
        for _, layer in points:
            counts[layer] += 1
        return max(counts.values(), default=0)


def layout(places: Sequence[str], edges: Sequence[Edge], start: str) -> Layout:
    """``places`` in layers from ``start``, then those that nothing leads to, in their order.

    Edges between places that are not listed are left out, and so is the second of two alike.
    """
    known = dict.fromkeys(places)
    wanted = [one for one in dict.fromkeys(edges) if one[0] in known and one[1] in known]
    order = [start, *(one for one in known if one != start)] if start in known else list(known)
    back = _back(order, wanted)
    onward = [one for one in wanted if one not in back]
    layers = _layers(order, onward)
    rows, chains = _rows(order, onward, layers)
    _sort(rows, chains)
    at = {
        name: (spot - (len(row) - 1) / 2, layer)
        for layer, row in enumerate(rows)
        for spot, name in enumerate(row)
    }
    roads = {edge: tuple(at[name] for name in chain) for edge, chain in chains.items()}
    roads |= {(a, b): (at[(a,)], at[(b,)]) for a, b in back}
    return Layout({one: at[(one,)] for one in known}, roads, frozenset(back))


def _back(order: Sequence[str], edges: Sequence[Edge]) -> set[Edge]:
    """The edges that lead to a place one comes from: without them nothing goes round."""
    after = defaultdict[str, list[str]](list)
    for one, two in edges:
        after[one].append(two)
    back, done, open_ = set[Edge](), set[str](), set[str]()
    for first in order:
        stack = [] if first in done else [(first, iter(after[first]))]
        open_ |= {name for name, _ in stack}
        while stack:
            here, ways = stack[-1]
            to = next(ways, None)
            if to is None:
                stack.pop()
                open_.discard(here)
                done.add(here)
            elif to in open_:
                back.add((here, to))
            elif to not in done:
                open_.add(to)
                stack.append((to, iter(after[to])))
    return back


def _layers(order: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The length of the longest way to each place."""
    before = defaultdict[str, list[str]](list)
    for one, two in edges:
        before[two].append(one)
    layers: dict[str, int] = {}
    left = list(order)
    while left:
        ready = [name for name in left if all(one in layers for one in before[name])]
        for name in ready:
            layers[name] = 1 + max((layers[one] for one in before[name]), default=-1)
        left = [name for name in left if name not in layers]
    return layers


Spot = tuple[str, ...]
"""A place ``(name,)``, or where a road passes a layer: ``(from, to, layer)``."""


def _rows(
    order: Sequence[str], edges: Sequence[Edge], layers: Mapping[str, int]
) -> tuple[list[list[Spot]], dict[Edge, list[Spot]]]:
    rows: list[list[Spot]] = [[] for _ in range(1 + max(layers.values(), default=-1))]
    for name in order:
        rows[layers[name]].append((name,))
    chains: dict[Edge, list[Spot]] = {}
    for one, two in edges:
        passed: list[Spot] = []
        for layer in range(layers[one] + 1, layers[two]):
            passed.append((one, two, str(layer)))
            rows[layer].append(passed[-1])
        chains[one, two] = [(one,), *passed, (two,)]
    return rows, chains


def _sort(rows: list[list[Spot]], chains: Mapping[Edge, Sequence[Spot]]) -> None:
    """Sort each layer so that few roads cross; what crosses least of all that was tried stays."""
    links = [(a, b) for chain in chains.values() for a, b in itertools.pairwise(chain)]
    before, behind = defaultdict[Spot, list[Spot]](list), defaultdict[Spot, list[Spot]](list)
    for a, b in links:
        behind[a].append(b)
        before[b].append(a)
    best, fewest = [list(row) for row in rows], _crossings(rows, behind)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        sides = before if down else behind
        for layer in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            there = {name: spot for spot, name in enumerate(rows[layer - 1 if down else layer + 1])}
            old = {name: spot for spot, name in enumerate(rows[layer])}
            middles = {name: _middle(sides[name], there, old[name]) for name in rows[layer]}
            rows[layer].sort(key=lambda name: (middles[name], old[name]))
        if (now := _crossings(rows, behind)) < fewest:
            best, fewest = [list(row) for row in rows], now
    rows[:] = best


def _middle(sides: Sequence[Spot], there: Mapping[Spot, int], own: int) -> float:
    return sum(there[one] for one in sides) / len(sides) if sides else float(own)


def _crossings(rows: Sequence[Sequence[Spot]], behind: Mapping[Spot, Sequence[Spot]]) -> int:
    count = 0
    for upper, lower in itertools.pairwise(rows):
        there = {name: spot for spot, name in enumerate(lower)}
        ends = [sorted(there[to] for to in behind.get(name, ())) for name in upper]
        flat = [(spot, end) for spot, few in enumerate(ends) for end in few]
        count += sum(
            one[0] < two[0] and one[1] > two[1]
            for number, one in enumerate(flat)
            for two in flat[number + 1 :]
        )
    return count

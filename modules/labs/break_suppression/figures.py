"""The invented completion table of two days, and what its first hiding leaves open."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from modules.labs.break_suppression.options import Options
from modules.suppress import Cell, audit, protect

LEAST = 10
"""Groups with fewer people are hidden, as in Steward's own statistics."""
TOP = "top"


@dataclass(frozen=True)
class Figures:
    """Two days of one table; ``joined`` is the unit that somebody new came to in between."""

    first: tuple[Cell, ...]
    second: tuple[Cell, ...]
    joined: str

    def small(self) -> tuple[str, ...]:
        """The teams that are hidden for being small, in the table's order."""
        return tuple(cell.node for cell in self.first if cell.people < LEAST)

    def parent(self, node: str) -> str | None:
        """The unit that a unit is part of; None for the top."""
        return next(cell.parent for cell in self.first if cell.node == node)

    def children(self, node: str) -> tuple[str, ...]:
        """The units right below a unit."""
        return tuple(cell.node for cell in self.first if cell.parent == node)


def figures(options: Options, seed: str) -> Figures:
    """The table of this learner: the first two departments have one small team each.

    Drawn with ``random()`` alone, which gives the same on every machine and version of Python.
    Every team has somebody who has done it and somebody who has not, so that only the sums tell.
    """
    rng = random.Random(f"break suppression/{seed}")

    def whole(least: int, most: int) -> int:
        return least + int(rng.random() * (most - least + 1))

    sizes: dict[str, tuple[int, int]] = {}
    small = []
    for number, one in enumerate(options.departments):
        teams = list(one.teams)
        if number < 2:
            small.append(teams[whole(0, len(teams) - 1)])
        for team in teams:
            people = whole(4, 7) if team in small else whole(13, 38)
            done = min(max(round(people * (0.4 + 0.5 * rng.random())), 2), people - 2)
            sizes[team] = (people, done)
    joined, has_done = small[1], whole(0, 1)
    later = {**sizes, joined: (sizes[joined][0] + 1, sizes[joined][1] + has_done)}
    return Figures(_cells(options, sizes), _cells(options, later), joined)


def _cells(options: Options, sizes: dict[str, tuple[int, int]]) -> tuple[Cell, ...]:
    def total(teams: list[str]) -> tuple[int, int]:
        return sum(sizes[team][0] for team in teams), sum(sizes[team][1] for team in teams)

    cells = [Cell(TOP, None, *total(list(sizes)))]
    for one in options.departments:
        cells.append(Cell(one.id, TOP, *total(list(one.teams))))
        cells += [Cell(team, one.id, *sizes[team]) for team in one.teams]
    return tuple(cells)


@lru_cache(maxsize=64)
def exposed(cells: tuple[Cell, ...], shut: frozenset[str]) -> tuple[tuple[str, int, int], ...]:
    """Whom the house's own attack isolates if these units are hidden: group, people, value.

    The attack is `modules.suppress.audit`: integer programming over the printed cells.
    """
    hidden = {cell.node: "small" if cell.node in shut else "" for cell in cells}
    return tuple((one.group, one.people, one.value) for one in audit(cells, hidden, LEAST))


@lru_cache(maxsize=64)
def house(cells: tuple[Cell, ...]) -> frozenset[str]:
    """What Steward's own rule hides of this table, small teams and all."""
    return frozenset(node for node, why in protect(cells, LEAST).items() if why)

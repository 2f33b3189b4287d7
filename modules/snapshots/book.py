"""All that a module's months are decided from, read once for any number of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random, SystemRandom

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from db import headcounts, reports, snapshots
from db.headcounts import Asked, Ints, Staff
from db.snapshots import Part, Row
from db.tables import Organisation
from modules.agreement.current import at_least
from modules.snapshots.change import Group, groups
from modules.suppress import Cell

# How people are broken down.
BYS = ("family", "path", "cohort")
# Joining years that stand by themselves, this year included; who joined before is one cohort.
YEARS = 5


@dataclass(frozen=True)
class Tree:
    """Units under one top, each with its number; parents come before their units."""

    ids: list[uuid.UUID]
    names: list[str]
    parent: list[int]
    place: dict[str, int]
    # The number of each unit of `Staff.units`.
    of_staff: Ints


@dataclass
class Month:
    """Who counts where on the last day of a month; -1 for nobody's unit and no family."""

    day: date
    unit: Ints
    family: Ints
    in_date: NDArray[np.bool_]


@dataclass
class Book:
    """A module of an organisation, with what was stored of it."""

    # The smallest group that is shown.
    least: int
    tree: Tree
    staff: Staff
    asked: Asked
    months: dict[date, list[Row]]
    parts: dict[date, list[Part]]
    moments: dict[date, tuple[Group, ...]] = field(default_factory=dict)
    # Everybody's region of the tree in a month, -1 for none: what a reader can add and subtract.
    sights: dict[date, Ints] = field(default_factory=dict)
    # What takes the ranges of breakdowns; nobody is to foresee it.
    chance: Random = field(default_factory=SystemRandom)

    def forget(self, day: date) -> None:
        """What was worked out of a stored month, since it is another now."""
        self.moments.pop(day, None)
        self.sights.pop(day, None)

    def month(self, day: date) -> Month:
        """Who counts where on a day."""
        unit, family = self.staff.on(day)
        there = (unit >= 0) & self.asked.on(day)
        unit = np.where(there, self.tree.of_staff[unit], -1).astype(np.int32)
        return Month(day, unit, family, self.asked.in_date(day) & there)

    def moment(self, day: date) -> tuple[Group, ...]:
        """The groups of a stored month that a reader has before her, by size.

        Who was where is not kept: it is worked out in a moment, and takes much room for a month.
        """
        if day not in self.moments:
            rows = self.months[day]
            hidden = {str(row.unit_id): row.hidden for row in rows}
            self.moments[day] = groups([cell(row) for row in rows], hidden, self.tree.place)
        return self.moments[day]

    def regions(self, rows: list[Row]) -> Ints:
        """For each unit the nearest shown one that it lies in, itself included; -1 for none."""
        shown = {self.tree.place[str(row.unit_id)] for row in rows if not row.hidden}
        found = np.full(len(self.tree.ids), -1, np.int32)
        for unit, above in enumerate(self.tree.parent):
            found[unit] = unit if unit in shown else found[above] if above >= 0 else -1
        return found

    def sight(self, day: date) -> Ints:
        """What a reader has of a stored month."""
        if day not in self.sights:
            self.sights[day] = self.in_regions(self.month(day), self.months[day])
        return self.sights[day]

    def in_regions(self, month: Month, rows: list[Row]) -> Ints:
        """Everybody's region of the tree with these rows, -1 for none."""
        return np.where(month.unit >= 0, self.regions(rows)[month.unit], -1).astype(np.int32)

    def category(self, month: Month, by: str) -> tuple[Ints, list[str]]:
        """Each person's category in a breakdown, and the categories' names."""
        if by == "family":
            return month.family, self.staff.families
        if by == "path":
            return self.staff.path, self.staff.paths
        first = month.day.year - YEARS + 1
        years, place = np.unique(np.maximum(self._joined, first - 1), return_inverse=True)
        names = [f"-{year}" if year < first else str(year) for year in years]
        return place.astype(np.int32), names

    @cached_property
    def _joined(self) -> Ints:
        years = {int(day): date.fromordinal(int(day)).year for day in np.unique(self.staff.joined)}
        known = np.array(sorted(years), np.int32)
        of = np.array([years[int(day)] for day in known], np.int32)
        return of[np.searchsorted(known, self.staff.joined)] if len(known) else known


def tree_of(organisation: Organisation, nodes: list[reports.Node], staff: Staff) -> Tree:
    """The units under one top: the only one, or the organisation itself above several."""
    known = {node.unit_id for node in nodes}
    parents = {node.unit_id: node.parent_id if node.parent_id in known else None for node in nodes}
    names = {node.unit_id: node.name for node in nodes}
    if list(parents.values()).count(None) > 1:
        top = organisation.id
        parents = {unit: parent or top for unit, parent in parents.items()} | {top: None}
        names[top] = organisation.name
    under: dict[uuid.UUID | None, list[uuid.UUID]] = defaultdict(list)
    for unit, parent in parents.items():
        under[parent].append(unit)
    order = list(under[None])
    for unit in order:
        order.extend(under[unit])
    if len(order) != len(parents):
        raise ValueError("units that lie in each other in a circle")
    number = {unit: at for at, unit in enumerate(order)}
    return Tree(
        order,
        [names[unit] for unit in order],
        [-1 if (above := parents[unit]) is None else number[above] for unit in order],
        {str(unit): at for unit, at in number.items()},
        np.array([number[unit] for unit in staff.units], np.int32),
    )


def opened(session: Session, organisation: Organisation, module: str, staff: Staff) -> Book:
    """Read a module's book. ``staff`` is read once for all modules."""
    org_id = organisation.id
    months: dict[date, list[Row]] = defaultdict(list)
    for row in snapshots.taken(session, org_id=org_id, module=module):
        months[row.month_end].append(row)
    parts: dict[date, list[Part]] = defaultdict(list)
    for part in snapshots.parts_taken(session, org_id=org_id, module=module):
        parts[part.month_end].append(part)
    return Book(
        at_least(organisation.least),
        tree_of(organisation, reports.units(session, org_id=org_id), staff),
        staff,
        headcounts.asked(session, staff, org_id=org_id, module=module, zone=organisation.zone),
        dict(months),
        dict(parts),
    )


def cell(row: Row) -> Cell:
    """A stored figure as the rules take it."""
    parent = None if row.parent_id is None else str(row.parent_id)
    return Cell(str(row.unit_id), parent, row.people, row.in_date)

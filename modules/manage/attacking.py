"""The attack on everything that each viewer sees: what `report attack` runs.

What a viewer sees is taken from where her pages take it: her modules from `manage.statistics`, all
units that her role reaches, on whichever page or search they stand, and the stored figures of them
that are not hidden.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from db import grants, headcounts, people
from db.snapshots import Part, Row
from modules import access
from modules.access import ACTIONS, Viewer, reach
from modules.manage.actions import statistics
from modules.snapshots.book import BYS, Book, opened
from modules.snapshots.parts import Division, divided
from modules.suppress.breaking import attack
from modules.suppress.cases import Found, Isolated, Sum

# More shown units than this: only the top and the units directly below it are attacked.
MOST_UNITS = 400


@dataclass(frozen=True)
class Attacked:
    """What an attack came to for everybody who sees the same."""

    organisation: str
    viewers: tuple[str, ...]
    # None for the whole organisation.
    units: int | None
    figures: int
    programmes: int
    left_out: int
    isolated: tuple[tuple[str, Isolated], ...]


def viewers(session: Session, *, now: datetime) -> list[Viewer]:
    """Everybody of every organisation who may open statistics."""
    found = {}
    for body in people.organisations(session):
        day = now.astimezone(ZoneInfo(body.zone)).date()
        for role in sorted(ACTIONS["manage.statistics"]):
            for one in grants.listing(session, org_id=body.id, day=day, role=role):
                found[one.email] = access.by_email(session, email=one.email, now=now)
    return list(found.values())


def run(session: Session, several: Iterable[Viewer], *, now: datetime) -> list[Attacked]:
    """Attack what these viewers see, once for all who see the same. Raises Denied."""
    alike: dict[tuple[uuid.UUID, frozenset[uuid.UUID] | None], list[Viewer]] = defaultdict(list)
    for viewer in several:
        access.require(viewer, "manage.statistics")
        alike[viewer.org_id, reach(session, viewer, "manage.statistics")].append(viewer)
    return [_attacked(session, reached, group, now) for (_, reached), group in alike.items()]


def _attacked(
    session: Session,
    reached: frozenset[uuid.UUID] | None,
    group: list[Viewer],
    now: datetime,
) -> Attacked:
    viewer = group[0]
    body = people.organisation(session, org_id=viewer.org_id)
    first = statistics(session, viewer, now=now)
    names = tuple(sorted(one.email for one in group))
    units = None if reached is None else len(reached)
    if body is None or not first.modules:
        return Attacked(viewer.organisation, names, units, 0, 0, 0, ())
    staff = headcounts.staff(session, org_id=viewer.org_id)
    known: dict[bytes, object] = {}
    total, figures, isolated = Found(), 0, []
    for module in first.modules:
        book = opened(session, body, module, staff)
        rows = {
            day: [row for row in rows if not row.hidden and _open(row.unit_id, reached)]
            for day, rows in book.months.items()
        }
        parts = {
            day: [part for part in parts if not part.hidden and _open(part.unit_id, reached)]
            for day, parts in book.parts.items()
        }
        figures += sum(map(len, rows.values())) + sum(map(len, parts.values()))
        found = audit(book, rows, parts, known)
        total.tried += found.tried
        total.left_out += found.left_out
        isolated += [(module, one) for one in found.isolated]
    return Attacked(body.name, names, units, figures, total.tried, total.left_out, tuple(isolated))


def _open(unit: uuid.UUID, reached: frozenset[uuid.UUID] | None) -> bool:
    return reached is None or unit in reached


def audit(
    book: Book,
    rows: dict[date, list[Row]],
    parts: dict[date, list[Part]],
    known: dict[bytes, object] | None = None,
) -> Found:
    """Attack these figures of a module, as if nothing else of it were known but head-counts."""
    tree, left_out = book.tree, 0
    if max((len(some) for some in rows.values()), default=0) > MOST_UNITS:
        upper = {unit for unit, above in enumerate(tree.parent) if above <= 0}
        cut = {
            day: [row for row in some if tree.place[str(row.unit_id)] in upper]
            for day, some in rows.items()
        }
        left_out = sum(len(rows[day]) - len(cut[day]) for day in rows)
        rows = cut
    # People of one kind were in the same places in all months.
    months, columns = {}, []
    groups: dict[date, dict[str, Division]] = {}
    for day in sorted(rows):
        month = months[day] = book.month(day)
        columns.append(month.unit)
        told = {part.by for part in parts.get(day, [])}
        groups[day] = {by: divided(book, month, book.months[day], by) for by in BYS if by in told}
        columns += [one.group for one in groups[day].values()]
    if not columns:
        return Found(left_out=left_out)
    _, first, kind, size = np.unique(
        np.stack(columns, 1), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    kind = kind.reshape(-1)
    shown: dict[str, list[Sum]] = {}
    truth: dict[str, NDArray[np.int64]] = {}
    for day, month in months.items():
        unit = month.unit[first]
        counted = np.bincount(kind[month.in_date], minlength=len(size)).astype(np.int64)
        sums = []
        for row in rows[day]:
            within = _within(tree.parent, tree.place[str(row.unit_id)])
            inside = within[unit] & (unit >= 0)
            sums.append(Sum(f"{row.name} ({day})", inside, row.in_date, row.in_date))
        for part in parts.get(day, []):
            one = groups[day][part.by]
            inside = one.group[first] == one.names.index(part.category)
            name = f"{part.by} {part.category or 'not told'} ({day})"
            sums.append(Sum(name, inside, part.low, part.high))
        shown[day.isoformat()], truth[day.isoformat()] = sums, counted
    found = attack(shown, size.astype(np.int64), truth, book.least, known)
    found.left_out += left_out
    return found


def _within(parent: list[int], top: int) -> NDArray[np.bool_]:
    """Which units lie in one, itself included; parents have lower numbers."""
    inside = np.zeros(len(parent), bool)
    inside[top] = True
    for unit in range(top + 1, len(parent)):
        inside[unit] = parent[unit] >= 0 and inside[parent[unit]]
    return inside


def as_json(found: list[Attacked]) -> list[dict[str, Any]]:
    """The attacks as JSON values."""
    return [
        {
            "organisation": one.organisation,
            "viewers": list(one.viewers),
            "units": one.units,
            "figures": one.figures,
            "programmes": one.programmes,
            "left_out": one.left_out,
            "isolated": [
                {
                    "module": module,
                    "month": group.month,
                    "people": group.people,
                    "in_date": group.value,
                    "how": group.how,
                    "from": list(group.sums),
                }
                for module, group in one.isolated
            ],
        }
        for one in found
    ]


def as_text(found: list[Attacked]) -> str:
    """The attacks as sentences."""
    lines = []
    for one in found:
        reach = "everything" if one.units is None else f"{one.units} units"
        lines.append(
            f"{one.organisation}, {reach}: {', '.join(one.viewers)}\n"
            f"  {one.figures} shown figures, {one.programmes} programmes solved, "
            f"{one.left_out} left out, {len(one.isolated)} groups isolated"
        )
        lines += [
            f"  {module} {group.month}: {group.value} of {group.people} people, by {group.how}: "
            + "; ".join(group.sums)
            for module, group in one.isolated
        ]
    return "\n".join(lines) or "Nobody here may see statistics."

"""The unit tree: add a unit, rename it, move it, close it. What was is kept."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import units as stored
from db.units import Node, Stood
from modules import enrolling
from modules.access import Viewer, require
from modules.basics import BadInput, Denied

LONGEST = 120


@dataclass(frozen=True)
class Placed:
    """A unit below its parent: how deep, how many work in it and below it."""

    node: Node
    depth: int
    below: int


@dataclass(frozen=True)
class Structure:
    """The tree as it stands, each unit below its parent, and what changed before."""

    units: tuple[Placed, ...]
    history: tuple[Stood, ...]


def structure(session: Session, viewer: Viewer, *, now: datetime) -> Structure:
    """The viewer's organisation's tree today. Two queries."""
    require(viewer, "admin.units")
    nodes = stored.tree(session, org_id=viewer.org_id, day=viewer.today(now))
    history = stored.history(session, org_id=viewer.org_id)
    return Structure(tuple(in_order(nodes)), tuple(history))


def in_order(nodes: list[Node]) -> list[Placed]:
    """Each unit below its parent, by name; one whose parent is closed stands at the top. Pure."""
    known = {one.id for one in nodes}
    under: dict[uuid.UUID | None, list[Node]] = {}
    for one in nodes:
        under.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)
    found: list[Placed] = []

    def walk(node: Node, depth: int) -> int:
        place = len(found)
        found.append(Placed(node, depth, 0))
        people = node.people + sum(walk(child, depth + 1) for child in under.get(node.id, []))
        found[place] = Placed(node, depth, people)
        return people

    for top in under.get(None, []):
        walk(top, 0)
    return found


def add(
    session: Session, viewer: Viewer, *, name: str, below: uuid.UUID | None, now: datetime
) -> uuid.UUID:
    """Add a unit below another one; ``below`` is None for the first one of all."""
    require(viewer, "admin.units")
    standing = _standing(session, viewer, now)
    if below is None and standing:
        raise BadInput("There is a unit at the top already. Say below which unit this one stands.")
    if below is not None and below not in standing:
        raise Denied(f"unit {below}")
    told = _name(name, [one for one in standing.values() if one.parent_id == below])
    return stored.add(
        session, org_id=viewer.org_id, name=told, parent_id=below, day=viewer.today(now)
    )


def rename(
    session: Session, viewer: Viewer, *, unit_id: uuid.UUID, name: str, now: datetime
) -> None:
    """Give a unit another name from today on."""
    require(viewer, "admin.units")
    standing = _standing(session, viewer, now)
    unit = _known(standing, unit_id)
    beside = [
        one for one in standing.values() if one.parent_id == unit.parent_id and one.id != unit_id
    ]
    told = _name(name, beside)
    if told != unit.name:
        today = viewer.today(now)
        stored.change(session, org_id=viewer.org_id, unit_id=unit_id, name=told, day=today)


def move(
    session: Session, viewer: Viewer, *, unit_id: uuid.UUID, below: uuid.UUID, now: datetime
) -> None:
    """Put a unit, with all below it, below another one from today on."""
    require(viewer, "admin.units")
    standing = _standing(session, viewer, now)
    unit, target = _known(standing, unit_id), _known(standing, below)
    if unit.parent_id is None:
        raise BadInput(f"“{unit.name}” is the top of the tree and cannot stand below another unit.")
    above: Node | None = target
    while above is not None:
        if above.id == unit_id:
            raise BadInput(
                f"“{target.name}” is “{unit.name}” itself or stands below it. Choose a unit "
                "outside it."
            )
        above = standing.get(above.parent_id) if above.parent_id else None
    _name(unit.name, [one for one in standing.values() if one.parent_id == below and one != unit])
    if unit.parent_id != below:
        today = viewer.today(now)
        stored.change(session, org_id=viewer.org_id, unit_id=unit_id, parent_id=below, day=today)
        # Rules ask whole subtrees: who works below stands elsewhere now.
        enrolling.refresh(session, org_id=viewer.org_id, now=now)


def close(session: Session, viewer: Viewer, *, unit_id: uuid.UUID, now: datetime) -> None:
    """Close a unit from today on; nobody may work in it and no unit stand below it."""
    require(viewer, "admin.units")
    standing = _standing(session, viewer, now)
    unit = _known(standing, unit_id)
    if unit.people or any(one.parent_id == unit_id for one in standing.values()):
        raise BadInput(f"People work in “{unit.name}”, or units stand below it. Move them first.")
    stored.close(session, org_id=viewer.org_id, unit_id=unit_id, day=viewer.today(now))


def _standing(session: Session, viewer: Viewer, now: datetime) -> dict[uuid.UUID, Node]:
    nodes = stored.tree(session, org_id=viewer.org_id, day=viewer.today(now))
    return {one.id: one for one in nodes}


def _known(standing: dict[uuid.UUID, Node], unit_id: uuid.UUID) -> Node:
    if unit_id not in standing:
        raise Denied(f"unit {unit_id}")
    return standing[unit_id]


def _name(name: str, beside: list[Node]) -> str:
    told = " ".join(name.split())
    if not told or len(told) > LONGEST:
        raise BadInput(f"Give the unit a name of 1 to {LONGEST} characters.")
    if any(one.name.casefold() == told.casefold() for one in beside):
        raise BadInput(f"A unit called “{told}” stands there already. Choose another name.")
    return told

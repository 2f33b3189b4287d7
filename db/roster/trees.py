"""The units of an import: those that stand, and those that are made, renamed or moved."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from db.engine import insert_many
from db.people import ORGANISATION, UNIT
from db.roster.applying import Moment
from db.tables import RosterUndo, Unit, UnitPlace, core, new_id


@dataclass(frozen=True)
class Node:
    """A unit as it stands."""

    id: uuid.UUID
    parent_id: uuid.UUID | None
    name: str
    code: str | None
    closed: bool


def units(session: Session, *, org_id: uuid.UUID) -> list[Node]:
    """Every unit of an organisation."""
    query = select(UNIT.id, UNIT.parent_id, UNIT.name, UNIT.code, UNIT.closed_on)
    rows = session.connection().execute(query.where(UNIT.org_id == org_id))
    return [Node(row[0], row[1], row[2], row[3], row[4] is not None) for row in rows]


def write(
    session: Session, at: Moment, *, made: Iterable[Node], changed: Iterable[tuple[Node, Node]]
) -> int:
    """Make and change units with their places in the tree; gives how many undo rows that took.

    Call it first: the undo rows begin at number 1.
    """
    undo: list[dict[str, Any]] = []

    def note(thing: str, thing_id: uuid.UUID, before: dict[str, Any] | None) -> None:
        text = json.dumps(before, default=str) if before is not None else ""
        row = {"org_id": at.org_id, "import_id": at.import_id, "number": len(undo) + 1}
        undo.append(
            {**row, "thing": thing, "thing_id": thing_id, "person_id": None, "before": text}
        )

    new, places = [], []

    def place(one: Node) -> None:
        id_ = new_id()
        row = {"org_id": at.org_id, "id": id_, "unit_id": one.id, "parent_id": one.parent_id}
        places.append({**row, "name": one.name, "starts": at.today, "ends": None})
        note("unit_place", id_, None)

    for one in made:
        row = {"org_id": at.org_id, "id": one.id, "parent_id": one.parent_id, "name": one.name}
        new.append({**row, "code": one.code, "closed_on": None})
        note("unit", one.id, None)
        place(one)
    insert_many(session, Unit, new)
    for old, one in changed:
        was: dict[str, Any] = {"parent_id": old.parent_id, "name": old.name, "code": old.code}
        closed = select(UNIT.closed_on).where(UNIT.org_id == at.org_id, UNIT.id == one.id)
        was["closed_on"] = session.connection().execute(closed).scalar_one()
        note("unit", one.id, was)
        session.connection().execute(
            update(core(Unit))
            .where(UNIT.org_id == at.org_id, UNIT.id == one.id)
            .values(parent_id=one.parent_id, name=one.name, code=one.code, closed_on=None)
        )
        if old.closed or (old.parent_id, old.name) != (one.parent_id, one.name):
            _close(session, at, old, note)
            place(one)
    insert_many(session, UnitPlace, places)
    if undo:
        session.connection().execute(insert(core(RosterUndo)), undo)
    return len(undo)


def _close(session: Session, at: Moment, old: Node, note: Any) -> None:
    """End the unit's place that holds. One that was never written down began with the body."""
    place = core(UnitPlace).c
    of_it = (place.org_id == at.org_id, place.unit_id == old.id)
    holds = (*of_it, place.ends.is_(None))
    rows = session.connection().execute(select(place.id, place.ends).where(*of_it)).all()
    for place_id, ends in rows:
        if ends is None:
            note("unit_place", place_id, {"ends": None})
    session.connection().execute(update(core(UnitPlace)).where(*holds).values(ends=at.today))
    began = (
        session.connection()
        .execute(select(ORGANISATION.created_at).where(ORGANISATION.id == at.org_id))
        .scalar_one()
    )
    if not rows and began.date() < at.today:
        id_ = new_id()
        row = {"org_id": at.org_id, "id": id_, "unit_id": old.id, "parent_id": old.parent_id}
        since = {"name": old.name, "starts": began.date(), "ends": at.today}
        insert_many(session, UnitPlace, [{**row, **since}])
        note("unit_place", id_, None)

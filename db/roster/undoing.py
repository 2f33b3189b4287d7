"""Taking the latest import back: each row becomes what it was; or nothing is touched."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, Date, Uuid, bindparam, select, update
from sqlmodel import Session

from db import recounting
from db.people import ORGANISATION
from db.roster.laying import as_id, number, run
from db.tables import (
    Base,
    Deputy,
    Enrolment,
    Person,
    Placement,
    RoleGrant,
    RosterUndo,
    Unit,
    UnitPlace,
    core,
)
from db.tables.base import Utc

AT_ONCE = 20_000
TABLES: dict[str, type[Base]] = {
    "person": Person,
    "placement": Placement,
    "role_grant": RoleGrant,
    "deputy": Deputy,
    "unit": Unit,
    "unit_place": UnitPlace,
}
# What somebody has besides her row and her place does not stand in the way when it is only this.
NO_TRACE = frozenset({"placement", "sign_in", "roster_undo", "one_time"})

CHANGED_SINCE = """
    SELECT COUNT(*) FROM roster_undo u JOIN person p ON p.org_id = u.org_id AND p.id = u.thing_id
    WHERE u.org_id = :org AND u.import_id = :id AND u.thing = 'person'
        AND (p.changed_at IS NULL OR p.changed_at <> :at OR p.erased_at IS NOT NULL)"""
PLACED_SINCE = """
    SELECT COUNT(*) FROM (
        SELECT p.person_id FROM placement p JOIN roster_undo u ON u.org_id = p.org_id
            AND u.person_id = p.person_id AND u.thing = 'person' AND u.import_id = :id
        WHERE p.org_id = :org AND u.before = '' GROUP BY p.person_id HAVING COUNT(*) > 1) x"""
MADE = """
    SELECT person_id FROM roster_undo
    WHERE org_id = :org AND import_id = :id AND thing = 'person' AND before = ''"""
# The open place of a unit that the import made or moved has ended, or another stands for it.
UNITS_SINCE = """
    SELECT COUNT(*) FROM roster_undo u
        LEFT JOIN unit_place p ON p.org_id = u.org_id AND p.id = u.thing_id
    WHERE u.org_id = :org AND u.import_id = :id AND u.thing = 'unit_place' AND u.before = ''
        AND (p.id IS NULL OR (p.ends IS NOT NULL AND p.starts >= :day))"""
# Those that only got their code have no place of the import.
CODED = """
    SELECT u.before, c.parent_id, c.name, c.closed_on FROM roster_undo u
        JOIN unit c ON c.org_id = u.org_id AND c.id = u.thing_id
    WHERE u.org_id = :org AND u.import_id = :id AND u.thing = 'unit' AND u.before <> ''
        AND NOT EXISTS (SELECT 1 FROM unit_place p JOIN roster_undo m ON m.org_id = p.org_id
            AND m.thing_id = p.id AND m.import_id = :id AND m.thing = 'unit_place'
            WHERE p.org_id = :org AND p.unit_id = c.id AND m.before = '')"""
RELIED_ON = """
    SELECT COUNT(*) FROM placement p WHERE p.org_id = :org
        AND p.line_manager_id IN (SELECT person_id FROM roster_undo
            WHERE org_id = :org AND import_id = :id AND thing = 'person' AND before = '')
        AND p.person_id NOT IN (SELECT person_id FROM roster_undo
            WHERE org_id = :org AND import_id = :id AND thing = 'person' AND before = '')
        AND p.id NOT IN (SELECT thing_id FROM roster_undo
            WHERE org_id = :org AND import_id = :id AND thing = 'placement')"""
ASIDE = """
    UPDATE person SET email = 'moving/' || CAST(id AS TEXT) WHERE org_id = :org AND id IN (
        SELECT thing_id FROM roster_undo
        WHERE org_id = :org AND import_id = :id AND thing = 'person')"""
LEAVE_MADE = """
    DELETE FROM placement WHERE org_id = :org AND person_id IN (
        SELECT person_id FROM roster_undo
        WHERE org_id = :org AND import_id = :id AND thing = 'person' AND before = '')"""
DROP = {
    "placement": """
    DELETE FROM placement WHERE org_id = :org AND id IN (SELECT thing_id FROM roster_undo
        WHERE org_id = :org AND import_id = :id AND thing = 'placement' AND before = '')""",
    "person": """
    DELETE FROM person WHERE org_id = :org AND id IN (SELECT thing_id FROM roster_undo
        WHERE org_id = :org AND import_id = :id AND thing = 'person' AND before = '')""",
    "unit_place": """
    DELETE FROM unit_place WHERE org_id = :org AND id IN (SELECT thing_id FROM roster_undo
        WHERE org_id = :org AND import_id = :id AND thing = 'unit_place' AND before = '')""",
    "unit": """
    DELETE FROM unit WHERE org_id = :org AND id IN (SELECT thing_id FROM roster_undo
        WHERE org_id = :org AND import_id = :id AND thing = 'unit' AND before = '')""",
}
UNITS_USED = """
    SELECT COUNT(*) FROM roster_undo u WHERE u.org_id = :org AND u.import_id = :id
        AND u.thing = 'unit' AND u.before = '' AND (
        EXISTS (SELECT 1 FROM placement p WHERE p.org_id = :org AND p.unit_id = u.thing_id)
        OR EXISTS (SELECT 1 FROM role_grant g WHERE g.org_id = :org AND g.unit_id = u.thing_id)
        OR EXISTS (SELECT 1 FROM unit c WHERE c.org_id = :org AND c.parent_id = u.thing_id
            AND c.id NOT IN (SELECT thing_id FROM roster_undo WHERE org_id = :org
                AND import_id = :id AND thing = 'unit' AND before = '')))"""


def kept(session: Session, *, org_id: uuid.UUID, import_id: uuid.UUID) -> bool:
    """Whether what the rows were before is still kept."""
    sql = "SELECT COUNT(*) FROM roster_undo WHERE org_id = :org AND import_id = :id"
    return number(session, sql, org=org_id, id=import_id) > 0


def in_the_way(
    session: Session, *, org_id: uuid.UUID, import_id: uuid.UUID, at: datetime
) -> dict[str, int]:
    """How many units and people have changed, were placed, or have left traces since."""
    values = {"org": org_id, "id": import_id}
    return {
        "units": _units(session, org_id, import_id, at),
        "changed": number(session, CHANGED_SINCE, at=at, **values),
        "placed": number(session, PLACED_SINCE, **values),
        "relied": number(session, RELIED_ON, **values),
        "begun": sum(_traces(session, org_id, import_id)),
    }


def _units(session: Session, org_id: uuid.UUID, import_id: uuid.UUID, at: datetime) -> int:
    zone = session.connection().execute(select(ORGANISATION.zone).where(ORGANISATION.id == org_id))
    values = {"org": org_id, "id": import_id}
    day = at.astimezone(ZoneInfo(zone.scalar_one())).date()
    changed = number(session, UNITS_SINCE, day=day, **values)
    for before, parent_id, name, closed_on in run(session, CODED, **values):
        was = json.loads(before)
        stood = (as_id(was["parent_id"]), was["name"], None)
        changed += stood != (as_id(parent_id), name, closed_on)
    return changed


def _traces(session: Session, org_id: uuid.UUID, import_id: uuid.UUID) -> Iterator[int]:
    """Rows about people whom the import made, table by table."""
    undo = core(RosterUndo).c
    made = select(undo.person_id).where(
        undo.org_id == org_id,
        undo.import_id == import_id,
        undo.thing == "person",
        undo.before == "",
    )
    for table in core(Person).metadata.tables.values():
        if table.name in NO_TRACE:
            continue
        for key in table.foreign_key_constraints:
            if key.referred_table is core(Person):
                column = next(one.parent for one in key.elements if one.column.name == "id")
                query = select(column).where(table.c.org_id == org_id, column.in_(made))
                if table is core(Enrolment):
                    # What followed from a rule by itself goes with her: nobody decided it.
                    query = query.where(table.c.assignment_id.is_(None))
                query = query.limit(1)
                yield len(session.connection().execute(query).all())


def undo(session: Session, *, org_id: uuid.UUID, import_id: uuid.UUID, now: datetime) -> None:
    """Put every row back. The session must end without commit when this raises."""
    values = {"org": org_id, "id": import_id}
    touched = _units_of(session, org_id, import_id)
    run(session, ASIDE, **values)
    for thing in ("unit", "person", "placement", "role_grant", "deputy", "unit_place"):
        _restore(session, thing, org_id, import_id)
    version = """
        UPDATE person SET version = version + 1, changed_at = :now WHERE org_id = :org AND id IN (
            SELECT thing_id FROM roster_undo
            WHERE org_id = :org AND import_id = :id AND thing = 'person')"""
    run(session, version, now=now, **values)
    touched |= _units_of(session, org_id, import_id)
    run(session, DROP["placement"], **values)
    run(session, LEAVE_MADE, **values)
    run(session, DROP["person"], **values)
    run(session, DROP["unit_place"], **values)
    recounting.rebuild_these(session, org_id=org_id, units=touched)


def _units_of(session: Session, org_id: uuid.UUID, import_id: uuid.UUID) -> set[uuid.UUID]:
    """Where those whom the import touched work, worked or will work."""
    place, undo = core(Placement).c, core(RosterUndo).c
    people = select(undo.person_id).where(undo.org_id == org_id, undo.import_id == import_id)
    query = select(place.unit_id).distinct()
    query = query.where(place.org_id == org_id, place.person_id.in_(people))
    return set(session.connection().execute(query).scalars())


def units_used(session: Session, *, org_id: uuid.UUID, import_id: uuid.UUID) -> int:
    """How many of the units that the import made are needed by something else."""
    return number(session, UNITS_USED, org=org_id, id=import_id)


def drop_units(session: Session, *, org_id: uuid.UUID, import_id: uuid.UUID) -> None:
    """Remove the units that the import made."""
    run(session, DROP["unit"], org=org_id, id=import_id)


def finish(session: Session, *, org_id: uuid.UUID, import_id: uuid.UUID, now: datetime) -> None:
    """Mark the import as undone; what its rows were is needed no more."""
    run(
        session,
        "UPDATE roster_import SET undone_at = :now WHERE org_id = :org AND id = :id",
        now=now,
        org=org_id,
        id=import_id,
    )
    sql = "DELETE FROM roster_undo WHERE org_id = :org AND import_id = :id"
    run(session, sql, org=org_id, id=import_id)


def _restore(session: Session, thing: str, org_id: uuid.UUID, import_id: uuid.UUID) -> None:
    """Write the rows of one table as they were."""
    table, undo = core(TABLES[thing]), core(RosterUndo).c
    last = 0
    while True:
        query = select(undo.number, undo.thing_id, undo.before).where(
            undo.org_id == org_id,
            undo.import_id == import_id,
            undo.thing == thing,
            undo.before != "",
            undo.number > last,
        )
        rows = session.connection().execute(query.order_by(undo.number).limit(AT_ONCE)).all()
        if not rows:
            return
        last = rows[-1][0]
        were = [
            {"the_org": org_id, "the_id": row[1], **_typed(table, json.loads(row[2]))}
            for row in rows
        ]
        statement = update(table).where(
            table.c.org_id == bindparam("the_org"), table.c.id == bindparam("the_id")
        )
        names = [name for name in were[0] if not name.startswith("the_")]
        session.connection().execute(
            statement.values({name: bindparam(name) for name in names}), were
        )


def _typed(table: Any, row: dict[str, Any]) -> dict[str, Any]:
    """Values from JSON as their columns have them."""
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Uuid):
        return uuid.UUID(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value[:10])
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, Utc):
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return value

"""What a page reads of the stored month-end figures: only the rows that it draws."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlmodel import Session

from db.snapshots import COLUMNS, SNAPSHOT, Row
from db.tables import Rollup, Snapshot, core

ROLLUP = core(Rollup).c
NAMES = tuple(column.name for column in COLUMNS)


def modules(session: Session, *, org_id: uuid.UUID) -> list[str]:
    """The modules with figures, by id. It steps from one to the next, and reads no month whole."""
    first = select(func.min(SNAPSHOT.module).label("module")).where(SNAPSHOT.org_id == org_id)
    steps = first.cte("steps", recursive=True)
    after = (
        select(func.min(SNAPSHOT.module))
        .where(SNAPSHOT.org_id == org_id, SNAPSHOT.module > steps.c.module)
        .scalar_subquery()
    )
    steps = steps.union_all(select(after).where(steps.c.module.is_not(None)))
    found = session.connection().execute(select(steps.c.module)).scalars()
    return [one for one in found if one is not None]


def place(
    session: Session, *, org_id: uuid.UUID, module: str, unit_id: uuid.UUID | None
) -> list[Row]:
    """A unit and those above it in the newest month, the highest first; None: the top alone.

    Empty when the unit has no figure there. One query, however deep it lies.
    """
    newest = _of(org_id, module).where(SNAPSHOT.month_end == _newest(org_id, module))
    if unit_id is None:
        return _rows(session, newest.where(SNAPSHOT.parent_id.is_(None)))
    chain = newest.add_columns(literal(0).label("up")).where(SNAPSHOT.unit_id == unit_id)
    found = chain.cte("chain", recursive=True)
    above = core(Snapshot).alias("above")
    found = found.union(
        select(*(above.c[name] for name in NAMES), found.c.up + 1).where(
            above.c.org_id == org_id,
            above.c.module == module,
            above.c.month_end == found.c.month_end,
            above.c.unit_id == found.c.parent_id,
        )
    )
    query = select(*(found.c[name] for name in NAMES)).order_by(found.c.up.desc())
    return [Row(**row._mapping) for row in session.connection().execute(query)]


def some(
    session: Session, *, org_id: uuid.UUID, module: str, unit_ids: Collection[uuid.UUID]
) -> list[Row]:
    """Units' rows of the newest month, by name."""
    newest = _of(org_id, module).where(SNAPSHOT.month_end == _newest(org_id, module))
    return _rows(session, newest.where(SNAPSHOT.unit_id.in_(unit_ids)))


def under(
    session: Session, *, org_id: uuid.UUID, module: str, parent_id: uuid.UUID, month_end: date
) -> list[Row]:
    """The units directly below one in a month, by name."""
    query = _of(org_id, module).where(
        SNAPSHOT.parent_id == parent_id, SNAPSHOT.month_end == month_end
    )
    return _rows(session, query)


def named(session: Session, *, org_id: uuid.UUID, module: str, like: str, most: int) -> list[Row]:
    """Units of the newest month whose name holds ``like``, by name, at most so many."""
    newest = _of(org_id, module).where(SNAPSHOT.month_end == _newest(org_id, module))
    held = SNAPSHOT.name.icontains(like, autoescape=True)
    return _rows(session, newest.where(held), most)


def months(
    session: Session, *, org_id: uuid.UUID, module: str, unit_ids: Collection[uuid.UUID]
) -> list[Row]:
    """Some units' rows of every month, oldest first, units by name."""
    # Put in order here: asked to, SQLite would read every unit in the order of its key.
    query = _of(org_id, module).where(SNAPSHOT.unit_id.in_(unit_ids))
    rows = [Row(*values) for values in session.connection().execute(query)]
    return sorted(rows, key=lambda row: (row.month_end, row.name, str(row.unit_id)))


def of_modules(session: Session, *, org_id: uuid.UUID, unit_id: uuid.UUID) -> dict[str, list[Row]]:
    """A unit's rows of every month, by module, oldest first."""
    query = select(SNAPSHOT.module, *COLUMNS).where(
        SNAPSHOT.org_id == org_id, SNAPSHOT.unit_id == unit_id
    )
    found: dict[str, list[Row]] = {}
    for module, *values in session.connection().execute(query):
        found.setdefault(module, []).append(Row(*values))
    for rows in found.values():
        rows.sort(key=lambda row: row.month_end)
    return found


def expiring(session: Session, *, org_id: uuid.UUID, module: str) -> dict[int, int]:
    """How many people's newest completion expires in which month, in the whole organisation.

    Months are year × 12 + month − 1. From the roll-up; empty where it holds nothing.
    """
    query = (
        select(ROLLUP.expires, func.sum(ROLLUP.people))
        .where(ROLLUP.org_id == org_id, ROLLUP.module == module)
        .group_by(ROLLUP.expires)
    )
    return {month: int(people) for month, people in session.connection().execute(query)}


def _newest(org_id: uuid.UUID, module: str) -> Any:
    return (
        select(func.max(SNAPSHOT.month_end))
        .where(SNAPSHOT.org_id == org_id, SNAPSHOT.module == module)
        .scalar_subquery()
    )


def _of(org_id: uuid.UUID, module: str) -> Select[Any]:
    return select(*COLUMNS).where(SNAPSHOT.org_id == org_id, SNAPSHOT.module == module)


def _rows(session: Session, query: Select[Any], most: int | None = None) -> list[Row]:
    if most is not None:
        query = query.order_by(SNAPSHOT.month_end, SNAPSHOT.name, SNAPSHOT.unit_id).limit(most)
    found = [Row(**row._mapping) for row in session.connection().execute(query)]
    # Not by the database: to spare the sorting, SQLite would read all units of all months.
    return sorted(found, key=lambda row: (row.month_end, row.name, row.unit_id))

"""Month-end figures as they were decided: stored once. Later they can be hidden, no more."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select, update
from sqlmodel import Session

from db.engine import insert_many
from db.people import ORGANISATION
from db.tables import Breakdown, Snapshot, core

SNAPSHOT = core(Snapshot).c
BREAKDOWN = core(Breakdown).c
# The category of all groups that are too small to be told by themselves.
OTHERS = "*"


@dataclass(frozen=True)
class Row:
    """One unit's figures at a month's end, its subtree included. ``hidden`` is "" when shown."""

    month_end: date
    unit_id: uuid.UUID
    parent_id: uuid.UUID | None
    name: str
    people: int
    in_date: int
    hidden: str


@dataclass(frozen=True)
class Part:
    """A unit's figures by one property: ``by`` is family, path or cohort.

    ``category`` is the job family ("" for one that is not told), the path, or the years of joining:
    "2024", "2024-2025", or "-2020" for everybody who joined in 2020 or before; `OTHERS` is all the
    rest. Of its people, at least ``low`` and at most ``high`` are in date. No exact count is kept.
    """

    month_end: date
    unit_id: uuid.UUID
    by: str
    category: str
    people: int
    low: int
    high: int
    hidden: str


PARTS = (
    BREAKDOWN.month_end,
    BREAKDOWN.unit_id,
    BREAKDOWN.by,
    BREAKDOWN.category,
    BREAKDOWN.people,
    BREAKDOWN.low,
    BREAKDOWN.high,
    BREAKDOWN.hidden,
)
COLUMNS = (
    SNAPSHOT.month_end,
    SNAPSHOT.unit_id,
    SNAPSHOT.parent_id,
    SNAPSHOT.name,
    SNAPSHOT.people,
    SNAPSHOT.in_date,
    SNAPSHOT.hidden,
)


def hold(session: Session, *, org_id: uuid.UUID) -> None:
    """Wait until nobody else is taking this organisation's snapshots; lasts to the commit.

    PostgreSQL locks the organisation's row. SQLite ignores the clause and needs no lock: its
    writing session is alone from its start.
    """
    query = select(ORGANISATION.id).where(ORGANISATION.id == org_id).with_for_update()
    session.connection().execute(query)


def store(session: Session, *, org_id: uuid.UUID, module: str, rows: Sequence[Row]) -> None:
    """Keep the rows of a month."""
    kept = [{"org_id": org_id, "module": module, **vars(row)} for row in rows]
    insert_many(session, Snapshot, kept)


def hide(session: Session, *, org_id: uuid.UUID, module: str, rows: Sequence[Row]) -> None:
    """Hide figures that were shown until now. The other way round there is none."""
    for row in rows:
        query = update(core(Snapshot)).where(
            SNAPSHOT.org_id == org_id,
            SNAPSHOT.module == module,
            SNAPSHOT.month_end == row.month_end,
            SNAPSHOT.unit_id == row.unit_id,
            SNAPSHOT.hidden == "",
        )
        session.connection().execute(query.values(hidden=row.hidden))


def modules(session: Session, *, org_id: uuid.UUID) -> list[str]:
    """The modules with at least one snapshot, by id."""
    query = select(SNAPSHOT.module).distinct().where(SNAPSHOT.org_id == org_id)
    return sorted(session.connection().execute(query).scalars())


def months(session: Session, *, org_id: uuid.UUID, module: str) -> set[date]:
    """The month-ends of a module that are stored."""
    query = select(SNAPSHOT.month_end).distinct()
    query = query.where(SNAPSHOT.org_id == org_id, SNAPSHOT.module == module)
    return set(session.connection().execute(query).scalars())


def state(session: Session, *, org_id: uuid.UUID, module: str) -> tuple[int, ...]:
    """Other numbers as soon as a month of a module was added, or a figure of one was hidden."""
    found: list[int] = []
    for table, hidden in (
        (core(Snapshot).c, SNAPSHOT.hidden),
        (core(Breakdown).c, BREAKDOWN.hidden),
    ):
        query = select(func.count(), func.count().filter(hidden != ""))
        query = query.where(table.org_id == org_id, table.module == module)
        found += session.connection().execute(query).one()
    return tuple(found)


def _rows(session: Session, query: Select[tuple[object, ...]]) -> list[Row]:
    found = [Row(**row._mapping) for row in session.connection().execute(query)]
    # Not by the database: to spare the sorting, SQLite would read all units of all months.
    return sorted(found, key=lambda row: (row.month_end, row.name, row.unit_id))


def _of(org_id: uuid.UUID, module: str) -> Select[tuple[object, ...]]:
    return select(*COLUMNS).where(SNAPSHOT.org_id == org_id, SNAPSHOT.module == module)


def taken(session: Session, *, org_id: uuid.UUID, module: str) -> list[Row]:
    """Every stored row of a module, oldest month first, units by name."""
    return _rows(session, _of(org_id, module))


def latest(session: Session, *, org_id: uuid.UUID, module: str) -> list[Row]:
    """The rows of the newest month, by name."""
    newest = (
        select(func.max(SNAPSHOT.month_end))
        .where(SNAPSHOT.org_id == org_id, SNAPSHOT.module == module)
        .scalar_subquery()
    )
    return _rows(session, _of(org_id, module).where(SNAPSHOT.month_end == newest))


def of_month(session: Session, *, org_id: uuid.UUID, module: str, month_end: date) -> list[Row]:
    """The rows of one month, by name."""
    return _rows(session, _of(org_id, module).where(SNAPSHOT.month_end == month_end))


def series(
    session: Session, *, org_id: uuid.UUID, module: str, unit_ids: Sequence[uuid.UUID]
) -> list[Row]:
    """Some units' rows of every month, oldest first."""
    return _rows(session, _of(org_id, module).where(SNAPSHOT.unit_id.in_(unit_ids)))


def store_parts(session: Session, *, org_id: uuid.UUID, module: str, parts: Sequence[Part]) -> None:
    """Keep the breakdowns of a month, with the month itself in one transaction."""
    kept = [{"org_id": org_id, "module": module, **vars(part)} for part in parts]
    insert_many(session, Breakdown, kept)


def hide_parts(session: Session, *, org_id: uuid.UUID, module: str, parts: Sequence[Part]) -> None:
    """Hide figures of breakdowns that were shown until now."""
    for part in parts:
        query = update(core(Breakdown)).where(
            BREAKDOWN.org_id == org_id,
            BREAKDOWN.module == module,
            BREAKDOWN.month_end == part.month_end,
            BREAKDOWN.unit_id == part.unit_id,
            BREAKDOWN.by == part.by,
            BREAKDOWN.category == part.category,
            BREAKDOWN.hidden == "",
        )
        session.connection().execute(query.values(hidden=part.hidden))


def parts_taken(session: Session, *, org_id: uuid.UUID, module: str) -> list[Part]:
    """Every stored figure of every breakdown of a module, oldest month first."""
    return _parts(session, _parts_of(org_id, module))


def parts(
    session: Session, *, org_id: uuid.UUID, module: str, unit_id: uuid.UUID, by: str
) -> list[Part]:
    """One breakdown of a unit in every month, oldest first, hidden figures with their reason."""
    return _parts(
        session,
        _parts_of(org_id, module).where(BREAKDOWN.unit_id == unit_id, BREAKDOWN.by == by),
    )


def parts_shown(
    session: Session, *, org_id: uuid.UUID, module: str, unit_id: uuid.UUID
) -> list[Part]:
    """Each breakdown of a unit in the newest month in which something of it is shown.

    Hidden figures of that month are among them, with their reason; a breakdown that was never
    shown is left out.
    """
    newest = (
        select(BREAKDOWN.by, func.max(BREAKDOWN.month_end).label("month_end"))
        .where(
            BREAKDOWN.org_id == org_id,
            BREAKDOWN.module == module,
            BREAKDOWN.unit_id == unit_id,
            BREAKDOWN.hidden == "",
        )
        .group_by(BREAKDOWN.by)
        .subquery()
    )
    query = _parts_of(org_id, module).where(BREAKDOWN.unit_id == unit_id)
    joined = query.join(
        newest, (newest.c.by == BREAKDOWN.by) & (newest.c.month_end == BREAKDOWN.month_end)
    )
    return _parts(session, joined)


def _parts_of(org_id: uuid.UUID, module: str) -> Select[tuple[object, ...]]:
    return select(*PARTS).where(BREAKDOWN.org_id == org_id, BREAKDOWN.module == module)


def _parts(session: Session, query: Select[tuple[object, ...]]) -> list[Part]:
    ordered = query.order_by(
        BREAKDOWN.month_end, BREAKDOWN.unit_id, BREAKDOWN.by, BREAKDOWN.category
    )
    return [Part(**row._mapping) for row in session.connection().execute(ordered)]

"""Completions of whole units counted by month, anew: what `db.rollup` keeps person by person.

Whatever changes many people at once ends with `rebuild_units`; a day that has come, with its
planned moves, with `catch_up`; and `rebuild` counts everything again.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from db.engine import insert_new
from db.rollup import DAY, alone, read
from db.roster.laying import number, postgres, run
from db.tables import RollupDay, core

# What is counted for this day: nothing, since nobody was placed yet.
NEVER = date.min

# {more} narrows where; MOMENT and DAY, which give months, are written as each database has them.
COUNTED = """
    SELECT unit_id, module, completed, expires, COUNT(*) AS people FROM (
        SELECT unit_id, module, MOMENT(completed_at) AS completed, DAY(valid_until) AS expires
        FROM (
            SELECT p.unit_id, c.module, c.completed_at, c.valid_until,
                ROW_NUMBER() OVER (PARTITION BY c.person_id, c.module
                    ORDER BY c.valid_until DESC, c.completed_at DESC) AS place
            FROM placement p
                JOIN person h ON h.org_id = p.org_id AND h.id = p.person_id
                JOIN completion c ON c.org_id = p.org_id AND c.person_id = p.person_id
            WHERE p.org_id = :org AND p.starts <= :day AND (p.ends IS NULL OR p.ends > :day)
                AND (h.left_on IS NULL OR h.left_on > :day) {more}
        ) newest WHERE place = 1
    ) told GROUP BY unit_id, module, completed, expires"""
MONTHS = {
    "sqlite": (
        (
            "MOMENT(completed_at)",
            # No zone is a day away from UTC: in the middle of a month the text says it.
            "CASE WHEN substr(completed_at, 9, 2) BETWEEN '02' AND '27'"
            " THEN CAST(substr(completed_at, 1, 4) AS INTEGER) * 12"
            " + CAST(substr(completed_at, 6, 2) AS INTEGER) - 1"
            " ELSE month_in(completed_at, :zone) END",
        ),
        (
            "DAY(valid_until)",
            "CAST(substr(valid_until, 1, 4) AS INTEGER) * 12"
            " + CAST(substr(valid_until, 6, 2) AS INTEGER) - 1",
        ),
    ),
    "postgresql": (
        (
            "MOMENT(completed_at)",
            "CAST(EXTRACT(YEAR FROM completed_at AT TIME ZONE :zone) * 12"
            " + EXTRACT(MONTH FROM completed_at AT TIME ZONE :zone) - 1 AS INTEGER)",
        ),
        (
            "DAY(valid_until)",
            "CAST(EXTRACT(YEAR FROM valid_until) * 12"
            " + EXTRACT(MONTH FROM valid_until) - 1 AS INTEGER)",
        ),
    ),
}
FILL = "INSERT INTO rollup (org_id, unit_id, module, completed, expires, people) SELECT :org, x.* "
# Where somebody came, went or left between two days.
MOVED = """
    SELECT p.unit_id FROM placement p JOIN person h ON h.org_id = p.org_id AND h.id = p.person_id
    WHERE p.org_id = :org AND ((p.starts > :low AND p.starts <= :high)
        OR (p.ends > :low AND p.ends <= :high) OR (h.left_on > :low AND h.left_on <= :high))"""
KEPT = "SELECT unit_id, module, completed, expires, people FROM rollup WHERE org_id = :org"


def start(session: Session, *, org_id: uuid.UUID) -> None:
    """Begin to count for a new organisation."""
    insert_new(session, RollupDay, {"org_id": org_id, "day": NEVER})


def catch_up(session: Session, *, org_id: uuid.UUID, today: date) -> bool:
    """Count the placements of today; False where they are counted already. A writing session.

    Units where anybody came or went since are counted anew. The first time that is all of them.
    """
    start(session, org_id=org_id)
    counting = alone(session, org_id)
    if counting is None or counting.day == today:
        return False
    low, high = sorted((counting.day, today))
    _set(session, org_id, today)
    rebuild_units(session, org_id=org_id, units=MOVED, low=low, high=high)
    return True


def behind(session: Session, *, org_id: uuid.UUID, today: date) -> bool:
    """Whether `catch_up` would do something."""
    query = select(DAY.day).where(DAY.org_id == org_id)
    return session.connection().execute(query).scalar() != today


def rebuild(session: Session, *, org_id: uuid.UUID, today: date) -> int:
    """Count everything again; in how many rows it differed. A writing session."""
    start(session, org_id=org_id)
    alone(session, org_id)
    _set(session, org_id, today)
    wrong = differences(session, org_id=org_id)
    if wrong:
        rebuild_units(session, org_id=org_id)
    return wrong


def rebuild_units(session: Session, *, org_id: uuid.UUID, units: str = "", **values: Any) -> None:
    """Count some units again, after many people were changed at once. A writing session.

    ``units`` is SQL of this package that selects their ids ("" for all), ``values`` what it needs.
    """
    session.flush()
    counting = alone(session, org_id)
    if counting is None:
        return
    some = f" AND unit_id IN ({units})" if units else ""
    run(session, f"DELETE FROM rollup WHERE org_id = :org{some}", org=org_id, **values)  # noqa: S608
    if not number(session, "SELECT COUNT(*) FROM completion WHERE org_id = :org", org=org_id):
        return
    sql = _counted(session, f" AND p.unit_id IN ({units})" if units else "")
    run(session, f"{FILL} FROM ({sql}) x", org=org_id, **vars(counting), **values)


def rebuild_these(session: Session, *, org_id: uuid.UUID, units: Collection[uuid.UUID]) -> None:
    """Count these units again. A writing session."""
    # As values of the statement, in portions that either database takes.
    every = sorted(units)
    for first in range(0, len(every), 500):
        values = {f"unit{place}": one for place, one in enumerate(every[first : first + 500])}
        names = ", ".join(f":{name}" for name in values)
        rebuild_units(session, org_id=org_id, units=names, **values)


def differences(session: Session, *, org_id: uuid.UUID) -> int:
    """How many rows are not what the completions and placements say; 0 when all is well."""
    counting = read(session, org_id)
    if counting is None:
        return 0
    derived = _counted(session, "")
    sql = f"""
        SELECT COUNT(*) FROM (
            SELECT * FROM (SELECT * FROM ({derived}) a EXCEPT {KEPT}) b
            UNION SELECT * FROM ({KEPT} EXCEPT SELECT * FROM ({derived}) c) d) e"""  # noqa: S608
    return number(session, sql, org=org_id, **vars(counting))


def _counted(session: Session, more: str) -> str:
    sql = COUNTED.format(more=more)
    for word, said in MONTHS["postgresql" if postgres(session) else "sqlite"]:
        sql = sql.replace(word, said)
    return sql


def _set(session: Session, org_id: uuid.UUID, day: date) -> None:
    session.connection().execute(
        update(core(RollupDay)).where(DAY.org_id == org_id).values(day=day)
    )

"""Completions counted by unit and month, kept in the transaction of whatever changes them.

A row says of how many people who work in a unit itself the newest completion of a module was
earned in one month and expires in another. Newest is what counts longest, then what was earned
last. Units above are summed when it is read (`db.rollup_reading`). `rollup_day` has the day whose
placements are counted: what is planned for later is counted when its day has come (`catch_up`).

Whatever changes one person goes inside `keeping`; whatever changes many at once ends with
`rebuild_units`. On PostgreSQL those who change one person share a lock on `rollup_day` that whoever
counts whole units anew takes alone; SQLite has one writer anyway.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session

from db import months
from db.engine import add_to, insert_new
from db.people import ORGANISATION, PERSON, PLACEMENT, on_day
from db.roster.laying import number, postgres, run
from db.tables import Completion, Organisation, Person, Placement, Rollup, RollupDay, core

COMPLETION, ROLLUP, DAY = core(Completion).c, core(Rollup).c, core(RollupDay).c
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


@dataclass(frozen=True, order=True)
class Key:
    """A unit itself, a module, the month it was completed in and the month it expires in."""

    unit_id: uuid.UUID
    module: str
    completed: int
    expires: int


@dataclass(frozen=True)
class Counting:
    """The day whose placements an organisation's roll-up counts, and the organisation's zone."""

    day: date
    zone: str


@contextmanager
def keeping(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> Iterator[None]:
    """Move one person's counts by what is done to her inside: placed, left, proved, withdrawn.

    Needs a writing session. Inside another one about her it does nothing: the outer one counts.
    """
    inside: set[uuid.UUID] = session.info.setdefault("rollup", set())
    counting = None if person_id in inside else _share(session, org_id, person_id)
    if counting is None:
        yield
        return
    before = _hers(session, org_id, person_id, counting)
    inside.add(person_id)
    try:
        yield
    finally:
        inside.discard(person_id)
    session.flush()
    after = _hers(session, org_id, person_id, counting)
    after.subtract(before)
    _add(session, org_id, after)


@dataclass(frozen=True)
class Before:
    """Where somebody works, and her newest completion of a module: last day, then when earned."""

    org_id: uuid.UUID
    unit_id: uuid.UUID
    module: str
    zone: str
    newest: tuple[date, datetime] | None


def before(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str
) -> Before | None:
    """What `completed` needs; None when she is not counted. `keeping` with fewer queries."""
    if person_id in session.info.get("rollup", ()):
        return None
    counting = _share(session, org_id, person_id)
    if counting is None:
        return None
    place = _place(org_id, person_id, counting.day)
    unit_id = session.connection().execute(place).scalar()
    if unit_id is None:
        return None
    query = select(COMPLETION.valid_until, COMPLETION.completed_at).where(
        COMPLETION.org_id == org_id,
        COMPLETION.person_id == person_id,
        COMPLETION.module == module,
    )
    query = query.order_by(COMPLETION.valid_until.desc(), COMPLETION.completed_at.desc()).limit(1)
    found = session.connection().execute(query).first()
    newest = (found[0], found[1]) if found else None
    return Before(org_id, unit_id, module, counting.zone, newest)


def completed(
    session: Session, of: Before | None, *, valid_until: date, completed_at: datetime
) -> None:
    """Count a completion that was just kept; a renewal moves the count of the one before."""
    new = (valid_until, completed_at)
    if of is None or (of.newest and of.newest > new):
        return
    changed: Counter[Key] = Counter()
    for sign, found in ((-1, of.newest), (1, new)):
        if found:
            earned = months.of_moment(found[1], of.zone)
            changed[Key(of.unit_id, of.module, earned, months.of_day(found[0]))] += sign
    _add(session, of.org_id, changed)


def start(session: Session, *, org_id: uuid.UUID) -> None:
    """Begin to count for a new organisation."""
    insert_new(session, RollupDay, {"org_id": org_id, "day": NEVER})


def catch_up(session: Session, *, org_id: uuid.UUID, today: date) -> bool:
    """Count the placements of today; False where they are counted already. A writing session.

    Units where anybody came or went since are counted anew. The first time that is all of them.
    """
    start(session, org_id=org_id)
    counting = _alone(session, org_id)
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
    _alone(session, org_id)
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
    counting = _alone(session, org_id)
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
    counting = _read(session, org_id)
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


def _read(session: Session, org_id: uuid.UUID, lock: str = "") -> Counting | None:
    query = select(DAY.day, ORGANISATION.zone).join(
        core(Organisation), ORGANISATION.id == DAY.org_id
    )
    query = query.where(DAY.org_id == org_id)
    if lock:
        query = query.with_for_update(read=lock == "shared", of=core(RollupDay))
    found = session.connection().execute(query).first()
    return Counting(*found) if found else None


def _share(session: Session, org_id: uuid.UUID, person_id: uuid.UUID) -> Counting | None:
    """Nobody else changes this person, and nobody counts whole units, until the commit.

    The person first: an import holds people before it asks to count alone.
    """
    if postgres(session):
        hers = select(PERSON.id).where(PERSON.org_id == org_id, PERSON.id == person_id)
        session.connection().execute(hers.with_for_update(key_share=True))
    return _read(session, org_id, "shared")


def _alone(session: Session, org_id: uuid.UUID) -> Counting | None:
    """Nobody else changes any count of this organisation until the commit."""
    return _read(session, org_id, "alone")


def _set(session: Session, org_id: uuid.UUID, day: date) -> None:
    session.connection().execute(
        update(core(RollupDay)).where(DAY.org_id == org_id).values(day=day)
    )


def _place(org_id: uuid.UUID, person_id: uuid.UUID, day: date) -> Any:
    """The unit where somebody works on a day, as a query."""
    return (
        select(PLACEMENT.unit_id)
        .select_from(core(Placement))
        .join(
            core(Person), (PERSON.org_id == PLACEMENT.org_id) & (PERSON.id == PLACEMENT.person_id)
        )
        .where(
            PLACEMENT.org_id == org_id,
            PLACEMENT.person_id == person_id,
            on_day(day),
            PERSON.left_on.is_(None) | (PERSON.left_on > day),
        )
    )


def _hers(
    session: Session, org_id: uuid.UUID, person_id: uuid.UUID, counting: Counting
) -> Counter[Key]:
    """What one person counts for: her newest completion of each module."""
    unit_id = session.connection().execute(_place(org_id, person_id, counting.day)).scalar()
    if unit_id is None:
        return Counter()
    query = select(COMPLETION.module, COMPLETION.valid_until, COMPLETION.completed_at).where(
        COMPLETION.org_id == org_id, COMPLETION.person_id == person_id
    )
    newest: dict[str, tuple[date, datetime]] = {}
    for module, valid_until, completed_at in session.connection().execute(query):
        found = (valid_until, completed_at)
        newest[module] = max(found, newest.get(module, found))
    return Counter(
        Key(unit_id, module, months.of_moment(earned, counting.zone), months.of_day(last))
        for module, (last, earned) in newest.items()
    )


def _add(session: Session, org_id: uuid.UUID, changed: Counter[Key]) -> None:
    """Add to rows and take from them, in one order; a row that would say nobody goes."""
    for key, people in sorted(changed.items()):
        row = {"org_id": org_id, **vars(key)}
        if people > 0:
            add_to(session, Rollup, row, {"people": people})
        elif people < 0:
            here = [ROLLUP[name] == value for name, value in row.items()]
            gone = delete(core(Rollup)).where(*here, ROLLUP.people <= -people)
            if not session.connection().execute(gone).rowcount:
                less = update(core(Rollup)).where(*here).values(people=ROLLUP.people + people)
                session.connection().execute(less)

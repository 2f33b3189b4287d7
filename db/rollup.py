"""Completions counted by unit and month, kept in the transaction of whatever changes them.

A row says of how many people who work in a unit itself the newest completion of a module was
earned in one month and expires in another. Newest is what counts longest, then what was earned
last. Units above are summed when it is read (`db.rollup_reading`). `rollup_day` has the day whose
placements are counted: what is planned for later is counted when its day has come.

Whatever changes one person goes inside `keeping`; whole units are counted by `db.recounting`. On
PostgreSQL those who change one person share a lock on `rollup_day` that whoever counts whole units
anew takes alone; SQLite has one writer anyway.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session

from db import months
from db.engine import add_to
from db.people import ORGANISATION, PERSON, PLACEMENT, on_day
from db.roster.laying import postgres
from db.tables import Completion, Organisation, Person, Placement, Rollup, RollupDay, core

COMPLETION, ROLLUP, DAY = core(Completion).c, core(Rollup).c, core(RollupDay).c


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


def read(session: Session, org_id: uuid.UUID, lock: str = "") -> Counting | None:
    """What an organisation counts for; None where it does not count."""
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
    return read(session, org_id, "shared")


def alone(session: Session, org_id: uuid.UUID) -> Counting | None:
    """Nobody else changes any count of this organisation until the commit."""
    return read(session, org_id, "alone")


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

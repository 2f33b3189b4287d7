"""Failures against an account or from an address, counted for all processes together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session

from db.engine import insert_new
from db.tables import Brake, core

BRAKE = core(Brake).c
# (failures, last_at, now) -> (failures with this try, the moment from which another is free)
Next = Callable[[int, datetime, datetime], tuple[int, datetime]]


def take(session: Session, *, keys: Mapping[str, Next], now: datetime) -> datetime | None:
    """Count a try under each key before it is made; None, or until when it must wait.

    When one key has to wait, nothing is counted. Needs a writing session of its own that ends at
    once: two tries at the same moment come one after the other.
    """
    found: list[tuple[str, int, datetime]] = []
    waits: list[datetime] = []
    # Always in the same order, or two tries would wait for each other.
    for key in sorted(keys):
        insert_new(session, Brake, {"key": key, "failures": 0, "last_at": now, "free_at": now})
        query = select(BRAKE.failures, BRAKE.last_at, BRAKE.free_at).where(BRAKE.key == key)
        row = session.connection().execute(query.with_for_update()).one()
        found.append((key, row.failures, row.last_at))
        if row.free_at > now:
            waits.append(row.free_at)
    if waits:
        return max(waits)
    for key, failures, last_at in found:
        count, free_at = keys[key](failures, last_at, now)
        session.connection().execute(
            update(core(Brake))
            .where(BRAKE.key == key)
            .values(failures=count, last_at=now, free_at=free_at)
        )
    return None


def clear(session: Session, *, keys: Sequence[str]) -> None:
    """Forget the failures under these keys: the right secret was given."""
    session.connection().execute(delete(core(Brake)).where(BRAKE.key.in_(keys)))


def give_back(session: Session, *, key: str, now: datetime) -> None:
    """Take the last try back: it was none, since the right secret was given."""
    session.connection().execute(
        update(core(Brake))
        .where(BRAKE.key == key, BRAKE.failures > 0)
        .values(failures=BRAKE.failures - 1, free_at=now)
    )

"""What the roll-up tells: completions by unit and month, what runs out when, who is in date.

Exact numbers of any few people: nothing of it may be shown to a lead unless `modules.suppress`
has decided so.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import CTE, func, select
from sqlmodel import Session

from db.people import UNIT, subtree
from db.rollup import ROLLUP


@dataclass(frozen=True)
class Expiring:
    """So many people's completion of a module counts to a day in this month, and no newer one."""

    module: str
    month: int
    people: int


def completed(
    session: Session,
    *,
    org_id: uuid.UUID,
    units: Collection[uuid.UUID],
    first: int,
    last: int,
    module: str = "",
) -> dict[tuple[uuid.UUID, int], int]:
    """People by (unit, month of their newest completion), each unit with all below it. One query.

    ``first`` and ``last`` are months (`db.months`), both included; ``module`` "" sums them all.
    """
    under = _under(org_id, units)
    query = (
        select(under.c.top, ROLLUP.completed, func.sum(ROLLUP.people))
        .where(
            ROLLUP.org_id == org_id,
            ROLLUP.unit_id == under.c.id,
            ROLLUP.completed.between(first, last),
        )
        .group_by(under.c.top, ROLLUP.completed)
    )
    if module:
        query = query.where(ROLLUP.module == module)
    found = session.connection().execute(query)
    return {(top, month): int(people) for top, month, people in found}


def expiring(
    session: Session, *, org_id: uuid.UUID, unit_id: uuid.UUID | None, first: int, last: int
) -> list[Expiring]:
    """The workload ahead: whose completions run out when, in a unit with all below it.

    ``unit_id`` None is the whole body. ``first`` and ``last`` are months (`db.months`), both
    included. By module, then month. Two queries at most.
    """
    query = (
        select(ROLLUP.module, ROLLUP.expires, func.sum(ROLLUP.people))
        .where(ROLLUP.org_id == org_id, ROLLUP.expires.between(first, last))
        .group_by(ROLLUP.module, ROLLUP.expires)
        .order_by(ROLLUP.module, ROLLUP.expires)
    )
    if unit_id is not None:
        # As values: joined, SQLite would begin at the other end, with every row of the body.
        query = query.where(ROLLUP.unit_id.in_(subtree(session, org_id=org_id, units=[unit_id])))
    return [Expiring(*row[:2], int(row[2])) for row in session.connection().execute(query)]


def in_date(
    session: Session, *, org_id: uuid.UUID, units: Collection[uuid.UUID], module: str, month: int
) -> dict[uuid.UUID, int]:
    """How many people of each unit, with all below it, are in date on a month's last day.

    As far as is known now: who renews until then is one more. One query.
    """
    under = _under(org_id, units)
    query = (
        select(under.c.top, func.sum(ROLLUP.people))
        .where(
            ROLLUP.org_id == org_id,
            ROLLUP.unit_id == under.c.id,
            ROLLUP.module == module,
            ROLLUP.expires > month,
        )
        .group_by(under.c.top)
    )
    return {top: int(people) for top, people in session.connection().execute(query)}


def _under(org_id: uuid.UUID, units: Collection[uuid.UUID]) -> CTE:
    """Pairs of one of these units (top) and a unit in its subtree (id), itself included."""
    pairs = (
        select(UNIT.id.label("top"), UNIT.id.label("id"))
        .where(UNIT.org_id == org_id, UNIT.id.in_(units))
        .cte("under", recursive=True)
    )
    # UNION, not UNION ALL: a loop in the tree ends instead of going round.
    return pairs.union(
        select(pairs.c.top, UNIT.id).where(UNIT.org_id == org_id, UNIT.parent_id == pairs.c.id)
    )

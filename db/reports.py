"""What the figures of a whole organisation are about: its units, and the modules asked of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session

from db.enrolments import ENROLMENT
from db.people import PLACEMENT, UNIT


@dataclass(frozen=True)
class Node:
    """A unit in the tree as it stands now."""

    unit_id: uuid.UUID
    parent_id: uuid.UUID | None
    name: str


def units(session: Session, *, org_id: uuid.UUID) -> list[Node]:
    """Every unit of an organisation, by name."""
    query = select(UNIT.id, UNIT.parent_id, UNIT.name).where(UNIT.org_id == org_id)
    return [Node(*row) for row in session.connection().execute(query.order_by(UNIT.name, UNIT.id))]


def modules(session: Session, *, org_id: uuid.UUID) -> list[str]:
    """The modules that anybody is enrolled in, by id."""
    query = select(ENROLMENT.module).distinct().where(ENROLMENT.org_id == org_id)
    return sorted(session.connection().execute(query).scalars())


def earliest(session: Session, *, org_id: uuid.UUID, module: str, zone: str) -> date | None:
    """A day before which nobody counted for a module; None when nobody ever did. Two queries."""
    asked = select(func.min(ENROLMENT.enrolled_at)).where(
        ENROLMENT.org_id == org_id, ENROLMENT.module == module
    )
    placed = select(func.min(PLACEMENT.starts)).where(PLACEMENT.org_id == org_id)
    first: datetime | None = session.connection().execute(asked).scalar()
    starts: date | None = session.connection().execute(placed).scalar()
    if not first or not starts:
        return None
    asked_on: date = first.astimezone(ZoneInfo(zone)).date()
    placed_on: date = starts
    return max(asked_on, placed_on)

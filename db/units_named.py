"""Units by their name, as a directory knows them; what is missing is made below the top."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session

from db.people import UNIT
from db.texts import fold, folded
from db.units import add


def top(session: Session, *, org_id: uuid.UUID, name: str, day: date) -> uuid.UUID:
    """The unit at the top of the tree, the oldest where there are several.

    An organisation without any gets one of this name.
    """
    query = select(UNIT.id).where(UNIT.org_id == org_id, UNIT.parent_id.is_(None), _open(day))
    found: uuid.UUID | None
    found = session.connection().execute(query.order_by(UNIT.id).limit(1)).scalar_one_or_none()
    return found or add(session, org_id=org_id, name=name, parent_id=None, day=day)


def named(
    session: Session,
    *,
    org_id: uuid.UUID,
    name: str,
    above: uuid.UUID,
    near: uuid.UUID | None,
    day: date,
) -> uuid.UUID:
    """The unit of this name or code, in any letter case; made below ``above`` when there is none.

    Where several have the name, the one called ``near``, else the oldest.
    """
    query = select(UNIT.id).where(
        UNIT.org_id == org_id,
        or_(folded(UNIT.name) == fold(name), UNIT.code == name),
        _open(day),
    )
    found = list(session.connection().execute(query.order_by(UNIT.id)).scalars())
    if near is not None and near in found:
        return near
    first: uuid.UUID | None = found[0] if found else None
    return first or add(session, org_id=org_id, name=name, parent_id=above, day=day)


def _open(day: date) -> ColumnElement[bool]:
    return or_(UNIT.closed_on.is_(None), UNIT.closed_on > day)

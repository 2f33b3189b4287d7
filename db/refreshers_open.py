"""Changed parts that people still have to redo, for what tells them of it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlmodel import Session

from db.duties import EXEMPTION
from db.people import PERSON
from db.refreshers import COMPLETION, REFRESHER
from db.tables import Completion, Exemption, Person, Refresher, core


@dataclass(frozen=True)
class Owed:
    """Somebody has to redo what a version of a module changed, from a moment on, by a day."""

    person_id: uuid.UUID
    module: str
    version: str
    made_at: datetime
    due_on: date


def owed(
    session: Session,
    *,
    org_id: uuid.UUID,
    day: date,
    person_ids: Collection[uuid.UUID] | None = None,
) -> dict[uuid.UUID, list[Owed]]:
    """By person who works here, what is to be redone, the soonest first. One query.

    Nothing of a module from which she is exempt on that day, nor of one that she no longer holds:
    that is to be taken whole.
    """
    held = (
        select(core(Completion).c.person_id)
        .where(
            COMPLETION.org_id == REFRESHER.org_id,
            COMPLETION.person_id == REFRESHER.person_id,
            COMPLETION.module == REFRESHER.module,
            COMPLETION.valid_until >= day,
        )
        .correlate(core(Refresher))
        .exists()
    )
    exempt = (
        select(core(Exemption).c.id)
        .where(
            EXEMPTION.org_id == REFRESHER.org_id,
            EXEMPTION.person_id == REFRESHER.person_id,
            EXEMPTION.module.in_((REFRESHER.module, "")),
            EXEMPTION.starts <= day,
            or_(EXEMPTION.ends.is_(None), EXEMPTION.ends > day),
        )
        .correlate(core(Refresher))
        .exists()
    )
    query = (
        select(
            REFRESHER.person_id,
            REFRESHER.module,
            REFRESHER.version,
            REFRESHER.made_at,
            REFRESHER.due_on,
        )
        .select_from(core(Refresher))
        .join(
            core(Person), and_(PERSON.org_id == REFRESHER.org_id, PERSON.id == REFRESHER.person_id)
        )
        .where(
            REFRESHER.org_id == org_id,
            REFRESHER.done_at.is_(None),
            or_(PERSON.left_on.is_(None), PERSON.left_on > day),
            held,
            ~exempt,
        )
        .order_by(REFRESHER.due_on, REFRESHER.module, REFRESHER.version)
    )
    if person_ids is not None:
        query = query.where(REFRESHER.person_id.in_(person_ids))
    found: dict[uuid.UUID, list[Owed]] = {}
    for row in session.connection().execute(query):
        found.setdefault(row.person_id, []).append(Owed(*row))
    return found

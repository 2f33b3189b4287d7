"""How many people are in the middle of a module, and how many have it in date: sums, no names."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import func, or_, select
from sqlmodel import Session

from db.people import PERSON
from db.tables import Attempt, Completion, core

ATTEMPT, COMPLETION = core(Attempt).c, core(Completion).c


def counted(session: Session, *, org_id: uuid.UUID, module: str, today: date) -> tuple[int, int]:
    """People who work here with a round of it open, and with a completion that counts."""
    here = (PERSON.org_id == org_id, or_(PERSON.left_on.is_(None), PERSON.left_on > today))
    begun = select(ATTEMPT.person_id).where(
        ATTEMPT.org_id == org_id,
        ATTEMPT.module == module,
        ATTEMPT.form == "practice",
        ATTEMPT.ended_at.is_(None),
    )
    done = select(COMPLETION.person_id).where(
        COMPLETION.org_id == org_id,
        COMPLETION.module == module,
        COMPLETION.valid_until >= today,
    )
    found = [
        session.connection()
        .execute(select(func.count()).select_from(PERSON.id.table).where(*here, PERSON.id.in_(ids)))
        .scalar_one()
        for ids in (begun, done)
    ]
    return int(found[0]), int(found[1])

"""What regrades did to single answers, told to those who gave them and to who replays them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlmodel import Session

from db.attempts import ATTEMPT
from db.grades import NEWEST
from db.tables import Answer, Attempt, Regrade, Regraded, Revision, core

REGRADE, REGRADED, ANSWER = core(Regrade).c, core(Regraded).c, core(Answer).c
TO = core(Revision).alias("to_revision")


@dataclass(frozen=True)
class Told:
    """What a regrade did to one answer, for whoever gave it."""

    attempt_id: uuid.UUID
    slot: str
    try_number: int
    item: str
    why: str
    made_at: datetime
    undone: bool


def of_person(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str = ""
) -> list[Told]:
    """The newest regrade of each answer of a person, oldest first. One query."""
    query = (
        select(
            REGRADED.attempt_id,
            ANSWER.slot,
            ANSWER.try_number,
            REGRADE.item,
            REGRADE.why,
            REGRADE.made_at,
            REGRADE.undoes.is_not(None),
        )
        .select_from(core(Regraded))
        .join(
            core(Attempt),
            and_(ATTEMPT.org_id == REGRADED.org_id, ATTEMPT.id == REGRADED.attempt_id),
        )
        .join(core(Answer), and_(ANSWER.org_id == REGRADED.org_id, ANSWER.id == REGRADED.answer_id))
        .join(
            core(Regrade),
            and_(REGRADE.org_id == REGRADED.org_id, REGRADE.id == REGRADED.regrade_id),
        )
        .where(ATTEMPT.org_id == org_id, ATTEMPT.person_id == person_id, NEWEST)
    )
    if module:
        query = query.where(ATTEMPT.module == module)
    rows = session.connection().execute(query.order_by(REGRADE.made_at, ANSWER.slot))
    return [Told(*row) for row in rows]


def graders(
    session: Session, *, org_id: uuid.UUID, attempt_ids: Collection[uuid.UUID]
) -> dict[tuple[uuid.UUID, str, int], str]:
    """By attempt, slot and try, the content that gave an answer the grade that counts.

    Those whose first grade counts again, since a regrade was taken back, are not in it.
    """
    query = (
        select(REGRADED.attempt_id, ANSWER.slot, ANSWER.try_number, TO.c.sha256)
        .select_from(core(Regraded))
        .join(core(Answer), and_(ANSWER.org_id == REGRADED.org_id, ANSWER.id == REGRADED.answer_id))
        .join(
            core(Regrade),
            and_(REGRADE.org_id == REGRADED.org_id, REGRADE.id == REGRADED.regrade_id),
        )
        .join(TO, and_(TO.c.org_id == REGRADE.org_id, TO.c.id == REGRADE.to_revision_id))
        .where(
            REGRADED.org_id == org_id,
            REGRADED.attempt_id.in_(attempt_ids),
            REGRADE.undoes.is_(None),
            NEWEST,
        )
    )
    return {(row[0], row[1], row[2]): row[3] for row in session.connection().execute(query)}

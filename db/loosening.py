"""Answers taken from their person: what is left of them belongs to nobody."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlmodel import Session

from db.engine import insert_many
from db.grades import EFFECTIVE, GRADED
from db.tables import Answer, Attempt, Draft, LooseAnswer, core

ANSWER, ATTEMPT, DRAFT = core(Answer).c, core(Attempt).c, core(Draft).c
AT_ONCE = 400
COPIED = (
    "slot",
    "try_number",
    "kind",
    "response",
    "confidence",
)


def unlink(session: Session, *, org_id: uuid.UUID, attempt_ids: Sequence[uuid.UUID]) -> int:
    """Take the answers of these attempts from their person; how many there were.

    What is left of each goes to `loose_answer`, with the grade that counts: no person, no attempt,
    the year in place of the moment, nothing that was typed. The attempt stays, since a completion
    stands on it, but without seed, paper and drafts. Rows are written in an order that tells
    nothing.
    """
    moved = 0
    for some in _slices(attempt_ids):
        theirs = and_(ANSWER.org_id == org_id, ANSWER.attempt_id.in_(some))
        query = (
            select(
                ANSWER.attempt_id,
                *(ANSWER[name] for name in COPIED),
                *(column.label(name) for name, column in EFFECTIVE.items()),
                ANSWER.free_text,
                ANSWER.answered_at,
                ATTEMPT.module,
                ATTEMPT.form,
                ATTEMPT.revision_id,
                ATTEMPT.paper,
            )
            .select_from(GRADED)
            .join(
                core(Attempt),
                and_(ATTEMPT.org_id == ANSWER.org_id, ATTEMPT.id == ANSWER.attempt_id),
            )
            .where(theirs)
        )
        sheets = {one: uuid.uuid4() for one in some}
        rows = [_loose(org_id, sheets, row) for row in session.connection().execute(query)]
        rows.sort(key=lambda one: (one["sheet"], one["slot"], one["try_number"]))
        insert_many(session, LooseAnswer, rows)
        session.connection().execute(delete(core(Answer)).where(theirs))
        session.connection().execute(
            delete(core(Draft)).where(DRAFT.org_id == org_id, DRAFT.attempt_id.in_(some))
        )
        session.connection().execute(
            update(core(Attempt))
            .where(ATTEMPT.org_id == org_id, ATTEMPT.id.in_(some))
            .values(seed="", paper={})
        )
        moved += len(rows)
    return moved


def _loose(org_id: uuid.UUID, sheets: dict[uuid.UUID, uuid.UUID], row: Any) -> dict[str, Any]:
    asked = (row.paper or {}).get(row.slot) or []
    drawn = asked[row.try_number - 1] if 0 < row.try_number <= len(asked) else ("", "")
    values = {name: getattr(row, name) for name in (*COPIED, *EFFECTIVE)}
    if row.free_text:
        values["response"] = {}
    return {
        "org_id": org_id,
        "sheet": sheets[row.attempt_id],
        "module": row.module,
        "form": row.form,
        "revision_id": row.revision_id,
        "item": drawn[0],
        "variant": drawn[1],
        "year": row.answered_at.year,
        **values,
    }


def _slices(ids: Sequence[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    for start in range(0, len(ids), AT_ONCE):
        yield list(ids[start : start + AT_ONCE])

"""Regrades: what was graded again, by whom and why; and the grades before and after."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlmodel import Session

from db.engine import insert_many, insert_new
from db.grades import NEWEST
from db.people import PERSON
from db.tables import Person, Regrade, Regraded, Revision, core, new_id

REGRADE, REGRADED = core(Regrade).c, core(Regraded).c
FROM, TO = core(Revision).alias("from_revision"), core(Revision).alias("to_revision")


@dataclass(frozen=True)
class Made:
    """One regrade as it was made. ``by`` is "" where a command on the server did it."""

    id: uuid.UUID
    module: str
    item: str
    number: int
    from_id: uuid.UUID
    from_version: str
    from_sha256: str
    to_id: uuid.UUID
    to_version: str
    to_sha256: str
    undoes: int | None
    why: str
    counts: Mapping[str, int]
    by: str
    made_at: datetime


def _made() -> Select[Any]:
    return (
        select(
            REGRADE.id,
            REGRADE.module,
            REGRADE.item,
            REGRADE.number,
            FROM.c.id,
            FROM.c.version,
            FROM.c.sha256,
            TO.c.id,
            TO.c.version,
            TO.c.sha256,
            REGRADE.undoes,
            REGRADE.why,
            REGRADE.counts,
            func.coalesce(PERSON.name, ""),
            REGRADE.made_at,
        )
        .select_from(core(Regrade))
        .join(FROM, and_(FROM.c.org_id == REGRADE.org_id, FROM.c.id == REGRADE.from_revision_id))
        .join(TO, and_(TO.c.org_id == REGRADE.org_id, TO.c.id == REGRADE.to_revision_id))
        .outerjoin(
            core(Person), and_(PERSON.org_id == REGRADE.org_id, PERSON.id == REGRADE.made_by)
        )
    )


def of_module(session: Session, *, org_id: uuid.UUID, module: str) -> list[Made]:
    """The regrades of a module's items, the newest first."""
    query = _made().where(REGRADE.org_id == org_id, REGRADE.module == module)
    rows = session.connection().execute(query.order_by(REGRADE.made_at.desc(), REGRADE.id.desc()))
    return [Made(*row) for row in rows]


def newest(session: Session, *, org_id: uuid.UUID, module: str, item: str) -> Made | None:
    """The newest regrade of one item."""
    query = _made().where(REGRADE.org_id == org_id, REGRADE.module == module, REGRADE.item == item)
    row = session.connection().execute(query.order_by(REGRADE.number.desc()).limit(1)).first()
    return Made(*row) if row else None


def older(session: Session, *, org_id: uuid.UUID, revision_id: uuid.UUID, than: uuid.UUID) -> bool:
    """Whether one revision of a module was published before another."""
    both = FROM.join(TO, TO.c.org_id == FROM.c.org_id)
    query = (
        select(FROM.c.number < TO.c.number)
        .select_from(both)
        .where(FROM.c.org_id == org_id, FROM.c.id == revision_id, TO.c.id == than)
    )
    return bool(session.connection().execute(query).scalar())


@dataclass(frozen=True)
class Grade:
    """What an answer is worth, as it is stored."""

    score: float | None
    correct: bool | None
    tags: Sequence[str]
    grader: int


@dataclass(frozen=True)
class Row:
    """An answer's grade before and after; ``turn`` is the how-manieth of the answer."""

    answer_id: uuid.UUID
    turn: int
    attempt_id: uuid.UUID
    before: Grade
    after: Grade


def add(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    item: str,
    number: int,
    from_id: uuid.UUID,
    to_id: uuid.UUID,
    undoes: int | None,
    why: str,
    counts: Mapping[str, int],
    by: uuid.UUID | None,
    now: datetime,
) -> uuid.UUID | None:
    """Begin the ``number``-th regrade of an item; None where somebody else has made it."""
    id_ = new_id()
    row = {
        "org_id": org_id,
        "id": id_,
        "module": module,
        "item": item,
        "number": number,
        "from_revision_id": from_id,
        "to_revision_id": to_id,
        "undoes": undoes,
        "why": why,
        "counts": dict(counts),
        "made_by": by,
        "made_at": now,
    }
    return id_ if insert_new(session, Regrade, row) else None


def add_rows(
    session: Session, *, org_id: uuid.UUID, regrade_id: uuid.UUID, rows: Sequence[Row]
) -> None:
    """Let other grades count, in one statement."""
    insert_many(
        session,
        Regraded,
        [
            {
                "org_id": org_id,
                "answer_id": one.answer_id,
                "turn": one.turn,
                "regrade_id": regrade_id,
                "attempt_id": one.attempt_id,
                "score_before": one.before.score,
                "correct_before": one.before.correct,
                "tags_before": list(one.before.tags),
                "grader_before": one.before.grader,
                "score": one.after.score,
                "correct": one.after.correct,
                "tags": list(one.after.tags),
                "grader": one.after.grader,
            }
            for one in rows
        ],
    )


def rows_of(session: Session, *, org_id: uuid.UUID, regrade_id: uuid.UUID) -> list[Row]:
    """The grades that a regrade gave and that count still."""
    query = select(
        REGRADED.answer_id,
        REGRADED.turn,
        REGRADED.attempt_id,
        *(REGRADED[f"{name}_before"] for name in ("score", "correct", "tags", "grader")),
        *(REGRADED[name] for name in ("score", "correct", "tags", "grader")),
    ).where(REGRADED.org_id == org_id, REGRADED.regrade_id == regrade_id, NEWEST)
    rows = session.connection().execute(query.order_by(REGRADED.attempt_id, REGRADED.answer_id))
    return [
        Row(row[0], row[1], row[2], before=Grade(*row[3:7]), after=Grade(*row[7:])) for row in rows
    ]

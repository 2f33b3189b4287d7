"""How people of a whole organisation did on a form, added up for each of them in the database.

For measures of groups only: what comes out of here is read by `modules.manage.learned`, which
shows nobody's row.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import Session

from db.grades import CORRECT, GRADED, TAGS
from db.tables import Answer, Attempt, core

ANSWER, ATTEMPT = core(Answer).c, core(Attempt).c

RIGHT: ColumnElement[int] = case((CORRECT.is_(True), 1), else_=0)


@dataclass(frozen=True)
class Score:
    """One person's first attempt on a form: first tries only. ``last`` is its newest answer."""

    answered: int
    right: int
    last: datetime


@dataclass(frozen=True)
class Confidence:
    """One person's confidence added up: answers with a word, (p − o)², p and o."""

    answers: int
    squares: float
    said: float
    right: float


def scores(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    form: str,
    slots: Collection[str] | None = None,
) -> dict[uuid.UUID, Score]:
    """Everybody's first attempt on a form; only these slots when they are given. One query."""
    wanted = _first_tries(org_id, module, [form])
    if slots is not None:
        wanted.append(ANSWER.slot.in_(slots))
    query = (
        select(ATTEMPT.person_id, func.count(), func.sum(RIGHT), func.max(ANSWER.answered_at))
        .select_from(GRADED)
        .join(core(Attempt), _theirs())
        .where(*wanted)
        .group_by(ATTEMPT.person_id)
    )
    rows = session.connection().execute(query)
    return {person: Score(int(n), int(right), last) for person, n, right, last in rows}


def confidence(
    session: Session, *, org_id: uuid.UUID, module: str, forms: Sequence[str]
) -> dict[uuid.UUID, Confidence]:
    """How sure everybody was on the first attempt of some forms, and how it went. One query."""
    away = ANSWER.confidence - RIGHT
    query = (
        select(
            ATTEMPT.person_id,
            func.count(),
            func.sum(away * away),
            func.sum(ANSWER.confidence),
            func.sum(RIGHT),
        )
        .select_from(GRADED)
        .join(core(Attempt), _theirs())
        .where(*_first_tries(org_id, module, forms), ANSWER.confidence.is_not(None))
        .group_by(ATTEMPT.person_id)
    )
    rows = session.connection().execute(query)
    return {
        person: Confidence(int(n), float(squares), float(said), float(right))
        for person, n, squares, said, right in rows
    }


@dataclass(frozen=True)
class Given:
    """One first answer at an item: whose, on which form, right or not, what it tells."""

    person_id: uuid.UUID
    form: str
    slot: str
    right: bool
    tags: tuple[str, ...]


def given(
    session: Session, *, org_id: uuid.UUID, module: str, forms: Sequence[str]
) -> Iterator[Given]:
    """Every first answer on the first attempt of some forms, one after the other. One query."""
    query = (
        select(ATTEMPT.person_id, ATTEMPT.form, ANSWER.slot, CORRECT, TAGS)
        .select_from(GRADED)
        .join(core(Attempt), _theirs())
        .where(*_first_tries(org_id, module, forms))
        .execution_options(yield_per=2000)
    )
    for person, form, slot, right, tags in session.connection().execute(query):
        yield Given(person, form, slot, bool(right), tuple(tags))


def _theirs() -> ColumnElement[bool]:
    return (ATTEMPT.org_id == ANSWER.org_id) & (ATTEMPT.id == ANSWER.attempt_id)


def _first_tries(org_id: uuid.UUID, module: str, forms: Sequence[str]) -> list[Any]:
    """First tries at graded items on the first attempt of these forms."""
    return [
        ATTEMPT.org_id == org_id,
        ANSWER.org_id == org_id,
        ATTEMPT.module == module,
        ATTEMPT.form.in_(forms),
        ATTEMPT.number == 1,
        ANSWER.kind == "item",
        ANSWER.try_number == 1,
        CORRECT.is_not(None),
        ANSWER.slot.not_like("again:%"),
    ]

"""Answers, appended once each; and drafts, the one thing that changes."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlmodel import Session

from db.attempts import hold
from db.engine import insert_new, replace
from db.grades import EFFECTIVE, FIRST, GRADED, TURN, Was
from db.tables import Answer, Attempt, Draft, core, new_id

ANSWER, DRAFT, ATTEMPT = core(Answer).c, core(Draft).c, core(Attempt).c


@dataclass(frozen=True)
class Recorded:
    """One answer with the grade that counts now; ``was`` is its first one if that is another."""

    attempt_id: uuid.UUID
    slot: str
    try_number: int
    kind: str
    response: Mapping[str, Any]
    score: float | None
    correct: bool | None
    tags: tuple[str, ...]
    grader: int
    confidence: float | None
    answered_at: datetime
    # Told when it is recorded; nobody asks for it afterwards.
    free_text: bool = False
    was: Was | None = None


COLUMNS = (
    ANSWER.attempt_id,
    ANSWER.slot,
    ANSWER.try_number,
    ANSWER.kind,
    ANSWER.response,
    *(column.label(name) for name, column in EFFECTIVE.items()),
    ANSWER.confidence,
    ANSWER.answered_at,
    TURN,
    *FIRST,
)


def record(session: Session, *, org_id: uuid.UUID, answer: Recorded) -> Recorded:
    """Append an answer; gives what stands: this one, or the first one with the same key.

    A second tab, a double click or a resend after a lost connection changes nothing.
    """
    row = {"org_id": org_id, "id": new_id(), **asdict(answer), "tags": list(answer.tags)}
    del row["was"]
    if insert_new(session, Answer, row):
        session.connection().execute(
            delete(core(Draft)).where(
                DRAFT.org_id == org_id,
                DRAFT.attempt_id == answer.attempt_id,
                DRAFT.slot.in_((answer.slot, f"{answer.slot}#{answer.try_number}")),
            )
        )
        return answer
    query = (
        select(*COLUMNS)
        .select_from(GRADED)
        .where(
            ANSWER.org_id == org_id,
            ANSWER.attempt_id == answer.attempt_id,
            ANSWER.slot == answer.slot,
            ANSWER.try_number == answer.try_number,
        )
    )
    return _recorded(session.connection().execute(query).one())


def _recorded(row: Any) -> Recorded:
    return _from(dict(row._mapping))


def _from(values: dict[str, Any]) -> Recorded:
    first = {name: values.pop(f"first_{name}") for name in EFFECTIVE}
    again = values.pop("turn") is not None
    was = Was(**{**first, "tags": tuple(first["tags"])}) if again else None
    return Recorded(**{**values, "tags": tuple(values["tags"]), "was": was})


def of_attempts(
    session: Session, *, org_id: uuid.UUID, attempt_ids: Sequence[uuid.UUID]
) -> list[Recorded]:
    """The answers of some attempts, oldest first: read by the index that makes them unique."""
    query = (
        select(*COLUMNS)
        .select_from(GRADED)
        .where(ANSWER.org_id == org_id, ANSWER.attempt_id.in_(attempt_ids))
        .order_by(ANSWER.answered_at, ANSWER.id)
    )
    return [_recorded(row) for row in session.connection().execute(query)]


def with_ids(
    session: Session,
    *,
    org_id: uuid.UUID,
    attempt_ids: Sequence[uuid.UUID],
    slots: Collection[str] = (),
) -> list[tuple[uuid.UUID, int, Recorded]]:
    """The same with each one's id, and how often it was graded again; of some slots where named."""
    query = (
        select(ANSWER.id, *COLUMNS)
        .select_from(GRADED)
        .where(ANSWER.org_id == org_id, ANSWER.attempt_id.in_(attempt_ids))
        .order_by(ANSWER.answered_at, ANSWER.id)
    )
    if slots:
        query = query.where(ANSWER.slot.in_(slots))
    found = []
    for row in session.connection().execute(query):
        values = dict(row._mapping)
        found.append((values.pop("id"), values["turn"] or 0, _from(values)))
    return found


def count(session: Session, *, org_id: uuid.UUID, attempt_id: uuid.UUID) -> int:
    """How many answers an attempt has."""
    query = select(func.count()).where(ANSWER.org_id == org_id, ANSWER.attempt_id == attempt_id)
    return int(session.connection().execute(query).scalar_one())


def of_person(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[Recorded]:
    """Everything a person has answered, oldest first."""
    query = select(ATTEMPT.id).where(ATTEMPT.org_id == org_id, ATTEMPT.person_id == person_id)
    attempt_ids = session.connection().execute(query).scalars().all()
    return of_attempts(session, org_id=org_id, attempt_ids=attempt_ids)


@dataclass(frozen=True)
class Typed:
    """An answer with sentences that its learner typed."""

    org_id: uuid.UUID
    id: uuid.UUID
    attempt_id: uuid.UUID
    slot: str
    response: Mapping[str, Any]


def with_free_text(session: Session, *, before: datetime) -> list[Typed]:
    """Answers of every organisation that hold typed sentences and were given before a moment."""
    query = select(ANSWER.org_id, ANSWER.id, ANSWER.attempt_id, ANSWER.slot, ANSWER.response).where(
        ANSWER.free_text, ANSWER.answered_at < before
    )
    return [Typed(*row) for row in session.connection().execute(query)]


def forget_free_text(session: Session, *, of: Typed, response: Mapping[str, Any]) -> None:
    """Put a response without typed sentences in the place of one with them."""
    session.connection().execute(
        update(core(Answer))
        .where(ANSWER.org_id == of.org_id, ANSWER.id == of.id)
        .values(response=dict(response), free_text=False)
    )


def save_draft(
    session: Session,
    *,
    org_id: uuid.UUID,
    attempt_id: uuid.UUID,
    slot: str,
    body: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep what is chosen or typed but not sent; nothing where its answer stands.

    ``slot`` names the slot, and from the second try on the try: ``again:M01-Q11#2``. The answer
    waits for the draft or the draft for the answer, so that none is left behind.
    """
    hold(session, org_id=org_id, attempt_id=attempt_id)
    name, _, number = slot.partition("#")
    answered = select(ANSWER.id).where(
        ANSWER.org_id == org_id,
        ANSWER.attempt_id == attempt_id,
        ANSWER.slot == name,
        ANSWER.try_number == int(number or 1),
    )
    if session.connection().execute(answered).first():
        return
    row = {"org_id": org_id, "attempt_id": attempt_id, "slot": slot}
    replace(session, Draft, {**row, "body": dict(body), "saved_at": now})


def forget_drafts(session: Session, *, before: datetime) -> int:
    """Delete what nobody will send: saved before a moment, or of an attempt that has ended.

    Of every organisation; how many there were.
    """
    ended = select(ATTEMPT.id).where(ATTEMPT.org_id == DRAFT.org_id, ATTEMPT.ended_at.is_not(None))
    statement = delete(core(Draft)).where(
        (DRAFT.saved_at < before) | DRAFT.attempt_id.in_(ended.correlate(core(Draft)))
    )
    return len(session.connection().execute(statement.returning(DRAFT.slot)).all())


def drafts(
    session: Session, *, org_id: uuid.UUID, attempt_ids: list[uuid.UUID]
) -> dict[tuple[uuid.UUID, str], dict[str, Any]]:
    """The drafts of some attempts, by attempt and slot."""
    query = select(DRAFT.attempt_id, DRAFT.slot, DRAFT.body).where(
        DRAFT.org_id == org_id, DRAFT.attempt_id.in_(attempt_ids)
    )
    return {(row[0], row[1]): row[2] for row in session.connection().execute(query)}

"""Regrades: what was graded again, by whom and why; and the grades before and after."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, cast, func, or_, select
from sqlmodel import Session

from db.attempts import ATTEMPT, Sitting, sittings
from db.engine import insert_many, insert_new
from db.grades import NEWEST
from db.people import PERSON
from db.tables import Answer, Attempt, Person, Regrade, Regraded, Revision, core, new_id

REGRADE, REGRADED, ANSWER = core(Regrade).c, core(Regraded).c, core(Answer).c
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
    query = select(FROM.c.number < TO.c.number).where(
        FROM.c.org_id == org_id,
        FROM.c.id == revision_id,
        TO.c.org_id == org_id,
        TO.c.id == than,
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


def asked(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    item: str,
    but: uuid.UUID,
    after: uuid.UUID | None,
    limit: int,
    hold: bool,
) -> list[Sitting]:
    """The next attempts, by id, that can have asked an item on other revisions than ``but``.

    Those without a paper are among them: they are older than papers. ``hold`` keeps others from
    answering in them until the commit, as `db.attempts.hold` does for one.
    """
    paper = cast(ATTEMPT.paper, String)
    wanted = sittings().where(
        ATTEMPT.org_id == org_id,
        ATTEMPT.module == module,
        ATTEMPT.revision_id != but,
        ATTEMPT.seed != "",
        or_(paper.contains(f'"{item}"', autoescape=True), paper == "{}"),
    )
    return _page(session, wanted, after, limit, hold)


def touched(
    session: Session,
    *,
    org_id: uuid.UUID,
    regrade_id: uuid.UUID,
    after: uuid.UUID | None,
    limit: int,
    hold: bool,
) -> list[Sitting]:
    """The next attempts, by id, with an answer that a regrade graded again."""
    theirs = select(REGRADED.attempt_id).where(
        REGRADED.org_id == org_id, REGRADED.regrade_id == regrade_id
    )
    wanted = sittings().where(ATTEMPT.org_id == org_id, ATTEMPT.id.in_(theirs))
    return _page(session, wanted, after, limit, hold)


def _page(
    session: Session, wanted: Select[Any], after: uuid.UUID | None, limit: int, hold: bool
) -> list[Sitting]:
    if after is not None:
        wanted = wanted.where(ATTEMPT.id > after)
    wanted = wanted.order_by(ATTEMPT.id).limit(limit)
    if hold:
        wanted = wanted.with_for_update(of=core(Attempt))
    return [Sitting(*row) for row in session.connection().execute(wanted)]


def used(session: Session, *, org_id: uuid.UUID, module: str) -> set[uuid.UUID]:
    """The revisions of a module on which somebody has begun an attempt."""
    query = select(ATTEMPT.revision_id).distinct()
    query = query.where(ATTEMPT.org_id == org_id, ATTEMPT.module == module)
    return set(session.connection().execute(query).scalars())


@dataclass(frozen=True)
class Known:
    """Whose attempts they are: what a completion and its proof say of her."""

    person_id: uuid.UUID
    name: str
    email: str
    path: str


def people(
    session: Session, *, org_id: uuid.UUID, person_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Known]:
    """Some people of an organisation, without who was erased."""
    query = select(PERSON.id, PERSON.name, PERSON.email, PERSON.path).where(
        PERSON.org_id == org_id, PERSON.id.in_(person_ids), PERSON.erased_at.is_(None)
    )
    return {row[0]: Known(*row) for row in session.connection().execute(query)}


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

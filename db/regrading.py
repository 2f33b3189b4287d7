"""What a regrade reads: the attempts that asked an item, and whose they are."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, or_, select
from sqlmodel import Session

from db.attempts import ATTEMPT, Sitting, sittings
from db.grades import CORRECT, FIRST_CORRECT, GRADED, TURN
from db.people import PERSON
from db.tables import Answer, Attempt, Person, Regraded, core

ANSWER, REGRADED = core(Answer).c, core(Regraded).c


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


def hold_people(
    session: Session, *, org_id: uuid.UUID, module: str, but: uuid.UUID | None = None
) -> None:
    """Keep everybody with an attempt at a module from beginning or handing in until the commit.

    ``but`` leaves out those who began on this revision only. Everybody else holds a person before
    her attempts, too, so that nobody waits for somebody who waits for him.
    """
    begun = select(ATTEMPT.person_id).where(ATTEMPT.org_id == org_id, ATTEMPT.module == module)
    if but is not None:
        begun = begun.where(ATTEMPT.revision_id != but)
    theirs = select(PERSON.id).where(PERSON.org_id == org_id, PERSON.id.in_(begun))
    session.connection().execute(
        theirs.order_by(PERSON.id).with_for_update(key_share=True, of=core(Person))
    ).all()


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


Right = tuple[uuid.UUID, str, int, str, bool | None, bool, bool | None]
"""Attempt, slot, try, kind; whether right, whether graded again, and whether right at first."""


def right(
    session: Session, *, org_id: uuid.UUID, attempt_ids: Collection[uuid.UUID]
) -> list[Right]:
    """The answers of some attempts without what was answered: enough for a result."""
    query = (
        select(
            ANSWER.attempt_id,
            ANSWER.slot,
            ANSWER.try_number,
            ANSWER.kind,
            CORRECT,
            TURN.is_not(None),
            FIRST_CORRECT,
        )
        .select_from(GRADED)
        .where(ANSWER.org_id == org_id, ANSWER.attempt_id.in_(attempt_ids))
    )
    return [tuple(row) for row in session.connection().execute(query)]


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

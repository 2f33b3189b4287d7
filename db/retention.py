"""What is older than it may be: found and deleted, in every organisation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, or_, select
from sqlmodel import Session

from db.people import PERSON
from db.proofs import HAND
from db.tables import (
    Answer,
    Attempt,
    Base,
    Brake,
    Change,
    Completion,
    HelpRequest,
    Mail,
    OneTime,
    OwnRequest,
    RecordView,
    Refusal,
    Reminder,
    RosterImport,
    RosterUndo,
    SignIn,
    SignInStep,
    core,
)

ATTEMPT, ANSWER, COMPLETION = core(Attempt).c, core(Answer).c, core(Completion).c
# Sittings that come after a completion and keep it fresh; the others lead to one.
AFTER = ("delayed-1", "delayed-2", "review", "refresh")


def _since(model: type[Base], *names: str) -> ColumnElement[Any]:
    """The moment from which a row's period counts: the first of these that is set."""
    columns = core(model).c
    return func.coalesce(*(columns[name] for name in names)) if names[1:] else columns[names[0]]


# Kind -> the table, and when the period of a row began.
DELETED: Mapping[str, tuple[type[Base], ColumnElement[Any]]] = {
    "sign_ins": (SignIn, _since(SignIn, "ended_at", "expires_at")),
    "links": (OneTime, _since(OneTime, "used_at", "expires_at")),
    "steps": (SignInStep, _since(SignInStep, "expires_at")),
    "brakes": (Brake, _since(Brake, "last_at")),
    "help": (HelpRequest, _since(HelpRequest, "done_at", "asked_at")),
    "reminders": (Reminder, _since(Reminder, "sent_at")),
    "views": (RecordView, _since(RecordView, "seen_at")),
    "refusals": (Refusal, _since(Refusal, "at")),
    "changes": (Change, _since(Change, "at")),
    # One without an answer has no moment yet: it waits for one.
    "requests": (OwnRequest, _since(OwnRequest, "decided_at")),
}
# What goes with a kind: the mails that reminded somebody, with the reminders in the app.
ALSO: Mapping[str, tuple[tuple[type[Base], ColumnElement[Any]], ...]] = {
    "reminders": ((Mail, _since(Mail, "made_at")),),
}


def forget(session: Session, *, kind: str, before: datetime) -> int:
    """Delete what is of a kind and began before a moment; how many rows."""
    return sum(
        _removed(session, model, since < before)
        for model, since in (DELETED[kind], *ALSO.get(kind, ()))
    )


def forget_undo(session: Session, *, before: datetime) -> int:
    """Delete what undoes imports of before a moment; how many rows."""
    undo, imported = core(RosterUndo).c, core(RosterImport).c
    old = exists().where(
        imported.org_id == undo.org_id, imported.id == undo.import_id, imported.imported_at < before
    )
    return _removed(session, RosterUndo, old)


def _removed(session: Session, model: type[Base], condition: ColumnElement[bool]) -> int:
    [key, *_] = core(model).primary_key.columns
    statement = delete(core(model)).where(condition).returning(key)
    return len(session.connection().execute(statement).all())


def lapsed(
    session: Session, *, org_id: uuid.UUID, today: date, begun_before: datetime
) -> list[uuid.UUID]:
    """Attempts of an organisation with answers that are to be taken from their person.

    Those whose completion has lapsed: the first one earned after they began, or for delayed
    checks and reviews the last one before. Those that belong to none go when they began before
    ``begun_before``. The last day of a completion still counts.
    """
    hand = core(Attempt).alias("hand")
    theirs = and_(
        COMPLETION.org_id == ATTEMPT.org_id,
        COMPLETION.person_id == ATTEMPT.person_id,
        COMPLETION.module == ATTEMPT.module,
        # No answer led to what was entered by hand, and none keeps it fresh.
        ~exists()
        .where(
            hand.c.org_id == COMPLETION.org_id,
            hand.c.id == COMPLETION.attempt_id,
            hand.c.form == HAND,
        )
        .correlate(core(Completion)),
    )
    led = (
        select(COMPLETION.valid_until)
        .where(theirs, COMPLETION.turn >= ATTEMPT.turn)
        .order_by(COMPLETION.turn, COMPLETION.completed_at)
        .limit(1)
        .correlate(core(Attempt))
        .scalar_subquery()
    )
    kept = (
        select(COMPLETION.valid_until)
        .where(theirs, COMPLETION.turn <= ATTEMPT.turn)
        .order_by(COMPLETION.turn.desc(), COMPLETION.completed_at.desc())
        .limit(1)
        .correlate(core(Attempt))
        .scalar_subquery()
    )
    until = case((ATTEMPT.form.in_(AFTER), kept), else_=led)
    query = select(ATTEMPT.id).where(
        ATTEMPT.org_id == org_id,
        exists().where(ANSWER.org_id == ATTEMPT.org_id, ANSWER.attempt_id == ATTEMPT.id),
        or_(until < today, and_(until.is_(None), ATTEMPT.started_at < begun_before)),
    )
    return list(session.connection().execute(query).scalars())


def leavers(session: Session, *, org_id: uuid.UUID, before: date) -> list[uuid.UUID]:
    """Who left an organisation before a day and is not erased yet."""
    query = select(PERSON.id).where(
        PERSON.org_id == org_id, PERSON.left_on < before, PERSON.erased_at.is_(None)
    )
    return list(session.connection().execute(query).scalars())

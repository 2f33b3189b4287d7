"""The outbox: mails planned once for a day, claimed by one process, and marked as they go out.

A mail goes from waiting to sending when a process claims it, to handed when the server has all of
it but the last line, and from there to sent. Only a claim's holder marks, and only from the state
before: two processes never hand over the same mail, whatever either of them slept through.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlmodel import Session

from db.engine import insert_missing
from db.people import PERSON
from db.tables import Mail, core, new_id

MAIL = core(Mail).c
# What such a mail had to say is not said again; nor that of one which was refused for good.
TOLD = ("waiting", "sending", "handed", "sent", "unconfirmed")
GAVE_UP = "gave up"
# Why a mail to somebody who is invented did not go out.
INVENTED = "invented address"
# Kinds of mail that have news of others in them.
WEEKLY = ("digest", "escalation")


@dataclass(frozen=True)
class Claimed:
    """A mail that a process is about to send."""

    org_id: uuid.UUID
    id: uuid.UUID
    person_id: uuid.UUID
    kind: str
    facts: dict[str, Any]
    day: date
    tries: int


@dataclass(frozen=True)
class Last:
    """The newest day for which something was planned for somebody, and when that was."""

    day: date
    made_at: datetime


def put(session: Session, rows: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
    """Plan mails. One that stands for the same person and day, or the same key, stays as it is."""
    shared = {"state": "waiting", "tries": 0, "made_at": now, "failure": ""}
    insert_missing(session, Mail, [{"id": new_id(), **shared, **row} for row in rows])


def last_told(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID | None = None
) -> dict[uuid.UUID, Last]:
    """By person, the last mail that had all that there was to say. One query.

    Not those that a manager asked for by hand, nor those that were given up on: what they would
    have said is still to be told.
    """
    query = (
        select(
            MAIL.person_id,
            func.max(MAIL.day).label("day"),
            func.max(MAIL.made_at).label("made_at"),
        )
        .where(
            MAIL.org_id == org_id,
            MAIL.kind != "asked",
            or_(
                MAIL.state.in_(TOLD),
                and_(MAIL.state == "failed", MAIL.failure.not_like(f"{GAVE_UP}%")),
                and_(MAIL.state == "dropped", MAIL.failure == INVENTED),
            ),
        )
        .group_by(MAIL.person_id)
    )
    if person_id is not None:
        query = query.where(MAIL.person_id == person_id)
    rows = session.connection().execute(query)
    return {row.person_id: Last(row.day, row.made_at) for row in rows}


def of_days(
    session: Session,
    *,
    org_id: uuid.UUID,
    since: date,
    person_ids: Collection[uuid.UUID] | None = None,
) -> dict[tuple[uuid.UUID, date], tuple[Claimed, str]]:
    """By person and day, the mails from a day on, with their states."""
    query = _claimed().add_columns(MAIL.state).where(MAIL.org_id == org_id, MAIL.day >= since)
    if person_ids is not None:
        query = query.where(MAIL.person_id.in_(person_ids))
    found = {}
    for row in session.connection().execute(query):
        values = dict(row._mapping)
        state = values.pop("state")
        found[row.person_id, row.day] = (Claimed(**values), state)
    return found


def last_weekly(session: Session, *, org_id: uuid.UUID) -> dict[uuid.UUID, date]:
    """By person, the day of the last mail with the news of a week. One query."""
    query = (
        select(MAIL.person_id, func.max(MAIL.day).label("day"))
        .where(
            MAIL.org_id == org_id,
            MAIL.kind.in_(WEEKLY),
            or_(MAIL.state.in_((*TOLD, "failed")), MAIL.failure == INVENTED),
        )
        .group_by(MAIL.person_id)
    )
    return {row.person_id: row.day for row in session.connection().execute(query)}


def reword(
    session: Session,
    mail: Claimed,
    *,
    kind: str,
    facts: Mapping[str, Any],
    now: datetime | None = None,
) -> bool:
    """Say more in a mail that still waits; whether it did.

    With ``now`` it has from then on all that there was to say at that moment.
    """
    planned = {"made_at": now} if now else {}
    done = session.connection().execute(
        update(core(Mail))
        .where(MAIL.org_id == mail.org_id, MAIL.id == mail.id, MAIL.state == "waiting")
        .values(kind=kind, facts=dict(facts), **planned)
        .returning(MAIL.id)
    )
    return done.first() is not None


def drop_late(session: Session, *, org_id: uuid.UUID, days: Mapping[str, date]) -> int:
    """Give up on mails whose day has passed: what they had to say is planned anew.

    ``days`` has the day by zone; "" is the organisation's own, where somebody has none.
    """
    gone = 0
    for zone, today in days.items():
        hers = PERSON.zone.is_(None) if not zone else PERSON.zone == zone
        whose = select(PERSON.id).where(PERSON.org_id == org_id, hers)
        done = session.connection().execute(
            update(core(Mail))
            .where(
                MAIL.org_id == org_id,
                MAIL.state == "waiting",
                MAIL.day < today,
                MAIL.person_id.in_(whose),
            )
            .values(state="dropped", failure="late")
            .returning(MAIL.id)
        )
        gone += len(done.all())
    return gone


def take_over(
    session: Session, *, before: datetime, gone: Callable[[str], bool]
) -> tuple[int, int]:
    """Free what processes that are gone had claimed; how many wait again, how many are uncertain.

    Gone is who says so by ``gone``, or has not been heard of since ``before``. What had not been
    handed over is sent by somebody else. What had been is left: the server has it, or would have
    had it a moment later, and sending it again would mostly send it twice.
    """
    held = session.connection().execute(
        select(MAIL.claim, func.max(MAIL.claimed_at).label("heard"))
        .where(MAIL.state.in_(("sending", "handed")), MAIL.claim.is_not(None))
        .group_by(MAIL.claim)
    )
    left = [row.claim for row in held.all() if row.heard < before or gone(row.claim)]
    if not left:
        return 0, 0
    changed = []
    for state, values in (
        ("sending", {"state": "waiting", "claim": None, "claimed_at": None}),
        # The claim stays: its holder may be slow only, and still learn that it was taken.
        ("handed", {"state": "unconfirmed", "failure": "unconfirmed"}),
    ):
        done = session.connection().execute(
            update(core(Mail))
            .where(MAIL.state == state, MAIL.claim.in_(left))
            .values(**values)
            .returning(MAIL.id)
        )
        changed.append(len(done.all()))
    return changed[0], changed[1]


def claim(
    session: Session,
    *,
    by: str,
    now: datetime,
    most: int,
    org_ids: Collection[uuid.UUID] | None = None,
) -> list[Claimed]:
    """Take mails whose time has come, the oldest first. Rows that another takes are passed over."""
    ready = (
        select(MAIL.org_id, MAIL.id)
        .where(MAIL.state == "waiting", MAIL.next_at <= now)
        .order_by(MAIL.next_at, MAIL.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    if org_ids is not None:
        ready = ready.where(MAIL.org_id.in_(org_ids))
    ids = [row.id for row in session.connection().execute(ready)]
    if not ids:
        return []
    session.connection().execute(
        update(core(Mail))
        .where(MAIL.id.in_(ids), MAIL.state == "waiting")
        .values(state="sending", claim=by, claimed_at=now)
    )
    rows = session.connection().execute(
        _claimed().where(MAIL.id.in_(ids), MAIL.claim == by).order_by(MAIL.next_at, MAIL.id)
    )
    return [Claimed(**row._mapping) for row in rows]


def release(session: Session, *, by: str) -> None:
    """Let go of what a process claimed and has not handed over."""
    session.connection().execute(
        update(core(Mail))
        .where(MAIL.state == "sending", MAIL.claim == by)
        .values(state="waiting", claim=None, claimed_at=None)
    )


def settle(session: Session, *, by: str, mail_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    """Set what came of a mail that a process had claimed."""
    session.connection().execute(
        update(core(Mail))
        .where(
            MAIL.id == mail_id,
            MAIL.claim == by,
            MAIL.state.in_(("sending", "handed", "unconfirmed")),
        )
        .values(**values)
    )


def next_moment(session: Session) -> datetime | None:
    """When the next mail that waits may go out; None when none waits."""
    query = select(func.min(MAIL.next_at)).where(MAIL.state == "waiting")
    found: datetime | None = session.connection().execute(query).scalar_one()
    return found


def _claimed() -> Any:
    return select(MAIL.org_id, MAIL.id, MAIL.person_id, MAIL.kind, MAIL.facts, MAIL.day, MAIL.tries)

"""Retention: what is older than it may be goes, kind by kind; rehearsed by the very same steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import answers, loosening, people, retention
from modules.learn import forgetting, notes, reporting
from modules.personal import erasure
from modules.personal.retention import Periods, in_force

Step = Callable[[Session], int]


def steps(now: datetime) -> Mapping[str, Step]:
    """Every kind with what deletes it, in the order in which they run; each says how many rows.

    Each can run in a writing session of its own. Run twice, the second time finds nothing. The
    periods are those of the agreement.
    """
    periods = in_force()

    def before(kind: str) -> datetime:
        return now - timedelta(days=getattr(periods, kind))

    kinds: dict[str, Step] = {
        "notes": lambda session: notes.forget_old(session, now=now),
        "drafts": lambda session: answers.forget_drafts(session, before=before("drafts")),
        "reports": lambda session: reporting.forget_old(session, now=now),
        "free_text": lambda session: forgetting.forget_free_text(session, now=now),
        "answers": partial(_unlink, now=now, periods=periods),
        "undo": lambda session: retention.forget_undo(session, before=before("undo")),
    }
    for kind in retention.DELETED:
        kinds[kind] = partial(retention.forget, kind=kind, before=before(kind))
    kinds["leavers"] = partial(_erase_leavers, now=now, periods=periods)
    return kinds


def rehearse(session: Session, *, now: datetime) -> dict[str, int]:
    """What `steps` would do, one after the other: the caller rolls the session back."""
    return {kind: step(session) for kind, step in steps(now).items()}


def idle(session: Session, kind: str, *, now: datetime) -> bool:
    """Whether a kind that looks through everything has nothing to do: a reading session will do.

    So that the server, which asks every hour, holds up nobody's writing while it looks.
    """
    return kind == "answers" and not any(due for _, due in _due(session, now, in_force()))


def _due(session: Session, now: datetime, periods: Periods) -> Iterator[tuple[UUID, list[UUID]]]:
    """By organisation, the attempts whose answers are to leave their person."""
    for body in people.organisations(session):
        today = now.astimezone(ZoneInfo(body.zone)).date()
        yield (
            body.id,
            retention.lapsed(
                session,
                org_id=body.id,
                today=today - timedelta(days=periods.answers),
                begun_before=now - timedelta(days=periods.unfinished),
            ),
        )


def _unlink(session: Session, *, now: datetime, periods: Periods) -> int:
    return sum(
        loosening.unlink(session, org_id=org_id, attempt_ids=due)
        for org_id, due in _due(session, now, periods)
    )


def _erase_leavers(session: Session, *, now: datetime, periods: Periods) -> int:
    gone = 0
    for body in people.organisations(session):
        today = now.astimezone(ZoneInfo(body.zone)).date()
        before = today - timedelta(days=periods.leavers)
        for person_id in retention.leavers(session, org_id=body.id, before=before):
            erasure.erase(session, org_id=body.id, person_id=person_id, today=today, now=now)
            gone += 1
    return gone

"""The scheduled work: refresh duties, plan the day's mails, send what is due, and say that it ran.

Called by the command and, every few minutes, by each process of the server; it opens sessions of
its own, because what was sent stays sent whatever fails after.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from db import letters, outbox
from db.engine import reading, writing
from modules import enrolling, refreshing
from modules.basics import StewardError
from modules.post import claims, composing, mail, planning, sending
from modules.post.alarm import KEEP_DAYS
from modules.settings import settings

log = structlog.get_logger()

EVERY = timedelta(minutes=50)
"""A server plans again after so long; whoever comes first of several does it for all."""


@dataclass
class Ran:
    """What one run did for one organisation."""

    organisation: str
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    failed: int = 0
    failure: str = ""


def ready() -> str:
    """Why no mail can go out; "" when it can."""
    if not mail.ready():
        return (
            "STEWARD_SMTP_HOST and STEWARD_SMTP_FROM are not set: this installation sends no mail."
        )
    if not settings().public_url:
        return (
            "STEWARD_PUBLIC_URL is not set, so a mailed link would lead nowhere. Set it to where "
            "people reach Steward, such as https://steward.example.org."
        )
    return ""


def rehearse(*, now: datetime) -> list[Ran]:
    """What a run would plan and send now. Nothing is written."""
    done = []
    with reading() as session:
        bodies = letters.bodies(session)
    for body in bodies:
        with writing() as session:
            enrolling.refresh(session, org_id=body.id, now=now)
            refreshing.sweep(session, org_id=body.id, now=now)
            planned = planning.plan(session, org_id=body.id, zone=body.zone, now=now)
            done.append(Ran(body.name, planned.kinds, planned.reasons))
            session.rollback()
    return done


def run(*, clock: Callable[[], datetime], again: timedelta | None = None) -> list[Ran]:
    """Plan and send for every organisation. One's failure keeps no other's mail back.

    ``again``: leave the planning to whoever ran within that time, and only send.
    """
    now, runs = clock(), {}
    with writing() as session:
        outbox.take_over(session, before=now - claims.LEASE, gone=claims.gone)
        letters.forget_runs(session, before=now - timedelta(days=KEEP_DAYS))
    with reading() as session:
        bodies = letters.bodies(session)
    for body in bodies:
        earlier = _newest(body.id)
        if again is not None and earlier is not None and earlier > now - again:
            continue
        # A server has hourly work for this. What begins today is in today's mails all the same.
        today = letters.today(now, body.zone)
        refreshed = earlier is not None and letters.today(earlier, body.zone) == today
        ran = Ran(body.name)
        with writing() as session:
            runs[body.id] = letters.begin_run(session, org_id=body.id, now=now), ran
        try:
            with writing() as session:
                if again is None or not refreshed:
                    enrolling.refresh(session, org_id=body.id, now=now)
                    refreshing.sweep(session, org_id=body.id, now=now)
                planned = planning.plan(session, org_id=body.id, zone=body.zone, now=now)
            ran.kinds, ran.reasons = planned.kinds, planned.reasons
        except (StewardError, SQLAlchemyError) as error:
            ran.failure = type(error).__name__
            log.error("mail not planned", organisation=str(body.id), exc_info=error)
    sent = sending.send_due(composing.compose, clock=clock)
    for org_id, (run_id, ran) in runs.items():
        ran.sent, ran.failed = sent.sent.get(org_id, 0), sent.failed.get(org_id, 0)
        ran.failure = ran.failure or sent.failure
        values: dict[str, Any] = {
            "ended_at": clock(),
            "planned": sum(ran.kinds.values()),
            "sent": ran.sent,
            "failed": ran.failed,
            "failure": ran.failure,
        }
        with writing() as session:
            letters.end_run(session, run_id=run_id, values=values)
    return [ran for _, ran in runs.values()]


def _newest(org_id: uuid.UUID) -> datetime | None:
    """When the newest run of an organisation began."""
    with reading() as session:
        newest = letters.runs(session, org_id=org_id, most=1)
    return newest[0].started_at if newest else None

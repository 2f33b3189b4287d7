"""Sending what is due: claim a few, hand each to the mail server, mark it, and go on.

Every step is a small transaction of its own, because nothing that a mail server does can be rolled
back. Any number of processes can do this at once, and each can be killed at any moment.
"""

from __future__ import annotations

import random
import smtplib
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

import structlog
from sqlmodel import Session

from db import outbox
from db.engine import reading, writing
from db.handing import Marks
from db.outbox import Claimed
from modules.post import claims, mail
from modules.post.handover import End, Verdict, hand_over

log = structlog.get_logger()

AT_ONCE = 50
"""How many mails a process claims at a time."""

MOST_TRIES = 6
"""How often one mail is tried. A mail server that is away counts for no mail."""

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=2)


@dataclass(frozen=True)
class Dropped:
    """A mail that does not go out, and why."""

    why: str


Composed = Mapping[uuid.UUID, EmailMessage | Dropped]
Compose = Callable[[Session, Sequence[Claimed], datetime], Composed]


@dataclass
class Sent:
    """What one run of sending did, by organisation."""

    sent: dict[uuid.UUID, int] = field(default_factory=dict)
    failed: dict[uuid.UUID, int] = field(default_factory=dict)
    # Why it stopped before the end; a kind, never an address.
    failure: str = ""


def send_due(
    compose: Compose,
    *,
    clock: Callable[[], datetime],
    org_ids: Collection[uuid.UUID] | None = None,
) -> Sent:
    """Send all that is due now. Stops, with the reason, when the mail server takes nothing."""
    by, done = claims.own(), Sent()
    with writing() as session:
        again, uncertain = outbox.take_over(
            session, before=clock() - claims.LEASE, gone=claims.gone
        )
    if again or uncertain:
        log.warning("mail of a process that is gone", again=again, uncertain=uncertain)
    marks: Marks | None = None
    server: smtplib.SMTP | None = None
    try:
        while not done.failure:
            with writing() as session:
                batch = outbox.claim(session, by=by, now=clock(), most=AT_ONCE, org_ids=org_ids)
            if not batch:
                break
            with reading() as session:
                texts = compose(session, batch, clock())
            marks = marks or Marks(by)
            for one in batch:
                server = _one(one, texts[one.id], server, marks, clock, done)
                if done.failure:
                    break
            marks.write()
    finally:
        if marks is not None:
            marks.close()
        with writing() as session:
            outbox.release(session, by=by)
        if server is not None:
            _goodbye(server)
    return done


def _one(
    one: Claimed,
    text: EmailMessage | Dropped,
    server: smtplib.SMTP | None,
    marks: Marks,
    clock: Callable[[], datetime],
    done: Sent,
) -> smtplib.SMTP | None:
    """One mail; gives the connection for the next, or None when it needs another."""
    if isinstance(text, Dropped):
        marks.settled(one.id, {"state": "dropped", "failure": text.why})
        return server
    if server is None:
        try:
            server = mail.connected()
        except (OSError, smtplib.SMTPException) as error:
            # No mail's fault: they wait for the next run.
            done.failure = type(error).__name__
            log.error("mail server takes nothing", kind=done.failure)
            return None
    verdict = hand_over(server, text, lambda: marks.hand(one.id, now=clock()))
    _settle(one, verdict, marks, clock(), done)
    return None if verdict.end in (End.BROKEN, End.LOST, End.UNCONFIRMED) else server


def _settle(one: Claimed, verdict: Verdict, marks: Marks, now: datetime, done: Sent) -> None:
    values: dict[str, object]
    match verdict.end:
        case End.SENT:
            marks.settled(one.id, {"state": "sent", "sent_at": now, "claim": None, "failure": ""})
            done.sent[one.org_id] = done.sent.get(one.org_id, 0) + 1
            return
        case End.LOST:
            return
        case End.CLOSED:
            done.failure = verdict.failure
            log.error("mail server takes nothing", kind=done.failure)
            return
        case End.UNCONFIRMED:
            values = {"state": "unconfirmed", "failure": verdict.failure}
        case End.FAILED:
            values = {"state": "failed", "failure": verdict.failure, "claim": None}
        case _:
            values = later(one.tries + 1, verdict.failure, now)
    marks.settled(one.id, values)
    if values["state"] != "waiting":
        done.failed[one.org_id] = done.failed.get(one.org_id, 0) + 1
    log.warning("mail not sent", mail=str(one.id), state=values["state"], kind=verdict.failure)


def later(tries: int, failure: str, now: datetime) -> dict[str, object]:
    """What becomes of a mail that was not taken: when it is tried again, or that it is given up.

    Each wait is twice the one before, up to two hours, and up to half as long again, so that not
    all that failed together comes back together.
    """
    if tries >= MOST_TRIES:
        kind = f"{outbox.GAVE_UP}: {failure}"
        return {"state": "failed", "failure": kind, "tries": tries, "claim": None}
    wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    return {
        "state": "waiting",
        "failure": failure,
        "tries": tries,
        "claim": None,
        "next_at": now + wait * random.uniform(1, 1.5),
    }


def _goodbye(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()

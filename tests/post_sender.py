"""Sends all mail that is due, in a process of its own, for tests that kill it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from db.outbox import Claimed
from modules.days import now
from modules.post import mail, sending


def compose(_session: Session, batch: Sequence[Claimed], _now: datetime) -> sending.Composed:
    """The shortest mails, to addresses that need no database."""
    return {
        one.id: mail.message(
            to=f"p{one.facts['n']}@fernleigh.example",
            subject="Reminder",
            text=".\n..\nOne line.\n",
            number=str(one.id),
        )
        for one in batch
    }


if __name__ == "__main__":
    done = sending.send_due(compose, clock=now)
    print("done", sum(done.sent.values()), done.failure, flush=True)

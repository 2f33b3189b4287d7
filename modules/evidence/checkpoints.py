"""Making checkpoints: at an export, daily, and by command."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlmodel import Session

from db import evidence as stored
from modules.basics import BadInput
from modules.evidence import keys, verifying
from modules.evidence.chain import START, moment
from modules.evidence.signing import Mark, digest, statement

EVERY = timedelta(days=1)


def make(session: Session, *, org_id: uuid.UUID, now: datetime) -> Mark | None:
    """The checkpoint of the newest entry, made unless there is one; None for an empty log.

    A writing session. It is signed when the installation has a key. What was added since the one
    before is checked first: raises BadInput when it does not hold.
    """
    head = stored.hold(session, org_id=org_id, start=START)
    last = stored.last_checkpoint(session, org_id=org_id)
    if head.number == 0:
        return None
    if last is not None and last.number >= head.number:
        return Mark(*last)
    if wrong := verifying.grown(session, org_id=org_id, before=Mark(*last) if last else None):
        raise BadInput(
            f"The log of evidence does not hold ({wrong}). No checkpoint was made. Find out who "
            "could write to the database, and compare with the last export that an auditor kept."
        )
    key = keys.own()
    before = digest(org_id.hex, Mark(*last)) if last else START
    mark = Mark(
        head.number, head.hash, moment(now), before, public_key=keys.public(key) if key else ""
    )
    if key:
        mark = mark._replace(signature=keys.sign(key, statement(org_id.hex, mark)))
    stored.keep_checkpoint(session, org_id=org_id, row={**mark._asdict(), "at": now})
    return mark


def daily(session: Session, *, org_id: uuid.UUID, now: datetime) -> Mark | None:
    """The checkpoint of today, if the last one is a day old and something was added since."""
    last = stored.last_checkpoint(session, org_id=org_id)
    if last is not None and last.at > moment(now - EVERY):
        return None
    mark = make(session, org_id=org_id, now=now)
    return mark if mark and (last is None or mark.number > last.number) else None

"""Typed sentences in answers go after 90 days; how they were judged stays, so receipts replay."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from db import answers, attempts
from db.answers import Typed
from modules.agreement.current import agreed
from modules.basics import BadInput, ContentError, seed_for
from modules.labs import LABS, LibraryMissing
from modules.learn import content

log = structlog.get_logger()


def forget_free_text(session: Session, *, now: datetime) -> int:
    """Forget what was typed longer ago than is agreed; how many answers. Run at start and hourly.

    What cannot be read any more cannot be judged: it is left, and the log names its attempt.
    """
    forgotten = 0
    before = now - timedelta(days=agreed().retention.free_text)
    for one in answers.with_free_text(session, before=before):
        try:
            response = _untyped(session, one)
        except (BadInput, ContentError, LibraryMissing, LookupError) as error:
            log.error("free text not deleted", attempt=str(one.attempt_id), error=str(error))
            continue
        answers.forget_free_text(session, of=one, response=response)
        forgotten += 1
    return forgotten


def _untyped(session: Session, one: Typed) -> dict[str, object]:
    sitting = attempts.by_id(session, org_id=one.org_id, attempt_id=one.attempt_id)
    if sitting is None:
        raise LookupError("its attempt is gone")
    taught = content.module(
        session,
        sha256=sitting.sha256,
        language=sitting.language,
        jurisdiction=sitting.jurisdiction,
    )
    given = taught.lab_of(one.slot.partition(":")[2])
    if given is None:
        raise LookupError("its content has no lab")
    lab = LABS[given.name]
    state = lab.load(given.options, seed_for(sitting.seed, one.slot), one.response)
    return lab.dump(lab.forget(state))

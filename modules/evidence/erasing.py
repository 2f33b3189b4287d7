"""Erasure: the personal fields go, the chain stays, and the log says that something went."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import evidence as stored
from modules.evidence.chain import START
from modules.evidence.recording import record


def erase(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    by: uuid.UUID | None = None,
    by_name: str = "",
    now: datetime,
) -> int:
    """Take somebody's personal fields out of the log; gives how many went. A writing session.

    An entry tells how many, and never whose: together with it the gaps add up. What she did
    herself stays put down to nobody.
    """
    stored.hold(session, org_id=org_id, start=START)
    gone = stored.erase(session, org_id=org_id, person_id=person_id)
    record(
        session,
        org_id=org_id,
        kind="erasure",
        about=None,
        facts={"fields": gone},
        by=by if by != person_id else None,
        by_name=by_name,
        now=now,
    )
    return gone

"""What a reader has to do with policies: which are open until when, the text, and her word."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import policies
from db.policies import Held, Text
from modules import evidence
from modules.access import Viewer, require
from modules.basics import BadInput, Denied


@dataclass(frozen=True)
class Mine:
    """One policy as it stands for its reader.

    ``until`` is the day by which she acknowledges it; None once she did. ``said_at`` and ``said``
    are the moment and version of her newest acknowledgement.
    """

    held: Held
    until: date | None
    said: int
    said_at: datetime | None


def my_policies(session: Session, viewer: Viewer) -> tuple[Mine, ...]:
    """The policies that hold, and the ended ones that she acknowledged; open ones first.

    Three queries. A version that changes only the wording asks nobody again.
    """
    require(viewer, "learn.policies")
    scope: dict[str, Any] = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    every = policies.every(session, org_id=viewer.org_id)
    if not every:
        return ()
    said = policies.said(session, **scope)
    joined = policies.joined(session, **scope)
    found = []
    for one in every:
        mine = [number for id_, number in said if id_ == one.id]
        last = max(mine, default=0)
        if one.ended_at is not None and not last:
            continue
        is_open = one.ended_at is None and last < one.asked
        until = _until(one, joined, viewer.zone) if is_open else None
        found.append(Mine(one, until, last, said.get((one.id, last))))
    return tuple(sorted(found, key=lambda one: (one.until is None, one.until or date.max)))


def waiting(session: Session, viewer: Viewer) -> tuple[Mine, ...]:
    """Those that she has not acknowledged yet."""
    require(viewer, "learn.policies")
    return tuple(one for one in my_policies(session, viewer) if one.until)


def _until(held: Held, joined: date, zone: str) -> date:
    """Counted from publication, or from joining for whoever came later."""
    published = held.asked_at.astimezone(ZoneInfo(zone)).date()
    return max(published, joined) + timedelta(days=held.due_days)


def opened(session: Session, viewer: Viewer, *, policy_id: uuid.UUID) -> tuple[Text, ...]:
    """The versions of a policy of the viewer's organisation, the newest first."""
    require(viewer, "learn.policies")
    found = policies.texts(session, org_id=viewer.org_id, policy_id=policy_id)
    if not found:
        raise Denied(f"policy {policy_id}")
    return tuple(found)


def acknowledge(
    session: Session, viewer: Viewer, *, policy_id: uuid.UUID, number: int, now: datetime
) -> bool:
    """The viewer read this version and says so; False when she had said it. With evidence.

    Only the newest version, since only that is asked for. Raises BadInput where another one was
    published meanwhile, or the policy has ended.
    """
    require(viewer, "learn.policies")
    every = policies.every(session, org_id=viewer.org_id)
    held = next((one for one in every if one.id == policy_id), None)
    if held is None:
        raise Denied(f"policy {policy_id}")
    if held.ended_at is not None:
        raise BadInput("This policy has ended. Nobody has to acknowledge it any more.")
    if number != held.newest:
        raise BadInput("A newer version was published meanwhile. Read that one.")
    scope: dict[str, Any] = {"org_id": viewer.org_id, "policy_id": policy_id, "number": number}
    if not policies.acknowledge(session, **scope, person_id=viewer.person_id, now=now):
        return False
    [text, *_] = policies.texts(session, org_id=viewer.org_id, policy_id=policy_id)
    evidence.record(
        session,
        org_id=viewer.org_id,
        kind="policy_acknowledged",
        about=viewer.person_id,
        facts={
            "policy": held.title,
            "number": number,
            "sha256": hashlib.sha256(text.body.encode()).hexdigest(),
        },
        personal={"name": viewer.name, "email": viewer.email},
        now=now,
    )
    return True

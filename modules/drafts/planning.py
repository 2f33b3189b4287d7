"""A publication at a time: planned as it was approved, published once when the time has come."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db import drafts
from db.revisions import Published
from modules.basics import BadInput, ContentError
from modules.drafts.publishing import may, ready, record
from modules.drafts.writing import held
from modules.settings import settings

FARTHEST = timedelta(days=366)
"""A publication is planned at most so far ahead."""


def plan(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    seen: str,
    at: datetime,
    by: uuid.UUID,
    root: Path,
    now: datetime,
    comments: int = 0,
) -> None:
    """Have a draft published at a time, as it was ``seen``. Raises as `publish`."""
    made = ready(session, org_id=org_id, draft=held(session, org_id, id), root=root)
    may(session, org_id=org_id, draft=made.draft, seen=seen, comments=comments)
    if not now < at <= now + FARTHEST:
        raise BadInput("Choose a time to come, within a year.")
    planned: dict[str, Any] = {"publish_at": at, "planned_by": by, "refused": ""}
    drafts.set_draft(session, org_id=org_id, id=id, **planned)


def unplan(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> None:
    """Take a planned publication back; the approval stays."""
    held(session, org_id, id)
    drafts.set_draft(session, org_id=org_id, id=id, publish_at=None, planned_by=None, refused="")


def publish_due(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, root: Path, now: datetime
) -> Published | str:
    """Publish a draft whose time has come; the reason where it cannot be, which its page tells.

    "" when somebody else did meanwhile, or took it back. A writing session of its own.
    """
    draft = drafts.hold(session, org_id=org_id, id=id)
    due = draft and not draft.ended_at and draft.publish_at and draft.publish_at <= now
    if draft is None or not due or draft.planned_by is None:
        return ""
    try:
        made = ready(session, org_id=org_id, draft=draft, root=root)
        if settings().second_reviewer and draft.state != "approved":
            raise BadInput("Nobody approves it as it stands any more.")
    except (BadInput, ContentError) as refused:
        told_there: dict[str, Any] = {
            "publish_at": None,
            "planned_by": None,
            "refused": str(refused)[:2000],
        }
        drafts.set_draft(session, org_id=org_id, id=id, **told_there)
        return str(refused)
    names = drafts.names(session, org_id=org_id, ids=[draft.planned_by])
    return record(session, org_id, made, draft.planned_by, names.get(draft.planned_by, ""), now)

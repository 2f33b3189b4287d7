"""What trainers and reviewers do with a draft of somebody else: comment, settle, approve."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import draft_comments
from db.draft_comments import Comment
from modules.access import Viewer, require
from modules.drafts import reviewing


def comments(session: Session, viewer: Viewer, *, id: uuid.UUID) -> list[Comment]:
    """The comments on a draft of the viewer's organisation, the oldest first.

    The editor draws those of a file and place beside it; "" is the draft as a whole.
    """
    require(viewer, "author.comment")
    return draft_comments.of_draft(session, org_id=viewer.org_id, draft_id=id)


def comment(
    session: Session,
    viewer: Viewer,
    *,
    id: uuid.UUID,
    path: str,
    place: str,
    text: str,
    now: datetime,
) -> uuid.UUID:
    """Say something about a place: a file, and a path of fields in it. Raises BadInput."""
    require(viewer, "author.comment")
    return reviewing.comment(
        session,
        org_id=viewer.org_id,
        id=id,
        path=path,
        place=place,
        text=text,
        by=viewer.person_id,
        now=now,
    )


def settle(
    session: Session,
    viewer: Viewer,
    *,
    id: uuid.UUID,
    comment: uuid.UUID,
    now: datetime,
    again: bool = False,
) -> None:
    """Settle a comment, or open it again. Raises BadInput."""
    require(viewer, "author.comment")
    who = {"org_id": viewer.org_id, "by": viewer.person_id}
    reviewing.settle(session, **who, id=id, comment=comment, now=now, again=again)


def approve(session: Session, viewer: Viewer, *, id: uuid.UUID, seen: str, now: datetime) -> None:
    """Approve a draft as it was ``seen``. Raises BadInput for its writers, and when it changed."""
    require(viewer, "author.review")
    who = {"org_id": viewer.org_id, "by": viewer.person_id}
    reviewing.approve(session, **who, by_name=viewer.name, id=id, seen=seen, now=now)

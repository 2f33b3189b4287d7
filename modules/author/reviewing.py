"""What trainers and reviewers do with a draft of somebody else: comment, settle, approve."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from db import draft_comments, drafts
from db.draft_comments import Comment
from modules.access import Viewer, require
from modules.course.files import first_language
from modules.drafts import reviewing

# By the kind of part that the editor shows, the file that a comment on it is about.
FILES = {
    "front": "lesson.{language}.md",
    "steps": "module.yaml",
    "screen": "lesson.{language}.md",
    "item": "questions.{language}.yaml",
    "scenario": "scenario.{language}.yaml",
    "lab": "lab.{language}.yaml",
    "lab-2": "lab-2.{language}.yaml",
    "aid": "job-aid.{language}.md",
}


def comments(session: Session, viewer: Viewer, *, id: uuid.UUID) -> list[Comment]:
    """The comments on a draft of the viewer's organisation, the oldest first.

    The editor draws those of a file and place beside it; "" is the draft as a whole.
    """
    require(viewer, "author.comment")
    return draft_comments.of_draft(session, org_id=viewer.org_id, draft_id=id)


def comment(
    session: Session, viewer: Viewer, *, id: uuid.UUID, place: str, text: str, now: datetime
) -> uuid.UUID:
    """Say something about a part that the editor shows, "" for the whole. Raises BadInput."""
    require(viewer, "author.comment")
    org_id = viewer.org_id
    files = drafts.files(session, org_id=org_id, id=id)
    path, by = _file(files, place), viewer.person_id
    where = {"path": path, "place": place, "text": text}
    return reviewing.comment(session, org_id=org_id, id=id, **where, by=by, now=now)


def _file(files: Mapping[str, drafts.File], place: str) -> str:
    """The file that a comment on a part is about; "" where the draft has none such."""
    language = first_language({path: one.body for path, one in files.items()})
    name = FILES.get(place.partition("/")[0], "").format(language=language)
    return next((path for path in files if name and path.endswith(f"/{name}")), "")


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


def approve(
    session: Session, viewer: Viewer, *, id: uuid.UUID, seen: str, comments: int = 0, now: datetime
) -> None:
    """Approve a draft as it was ``seen``, with so many open comments.

    Raises BadInput for its writers, when it changed, and where other comments are open.
    """
    require(viewer, "author.review")
    who = {"org_id": viewer.org_id, "by": viewer.person_id}
    reviewing.approve(
        session, **who, by_name=viewer.name, id=id, seen=seen, comments=comments, now=now
    )

"""What readers report as wrong, for trainers: where and what, never who."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import content_reports
from db.content_reports import Told
from modules.access import Viewer, require
from modules.basics import BadInput

STATES = ("open", "closed")
LONGEST = 300


def listed(session: Session, viewer: Viewer, *, state: str) -> list[Told]:
    """The reports of the viewer's organisation in a state, those of one place together."""
    require(viewer, "author.reports")
    return content_reports.all_of(
        session, org_id=viewer.org_id, state=state if state in STATES else "open"
    )


def close(session: Session, viewer: Viewer, *, id: uuid.UUID, answer: str, now: datetime) -> None:
    """Close a report with a sentence to its reader. Raises BadInput without one, or a long one."""
    require(viewer, "author.answer")
    if not answer.strip() or len(answer) > LONGEST:
        raise BadInput(f"Answer in a sentence of at most {LONGEST} characters.")
    content_reports.settle(
        session, org_id=viewer.org_id, id=id, state="closed", answer=answer.strip(), now=now
    )


def reopen(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """Open a report again; the answer that was given goes."""
    require(viewer, "author.answer")
    content_reports.settle(session, org_id=viewer.org_id, id=id, state="open", answer="", now=now)

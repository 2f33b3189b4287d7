"""The weekly mail about a manager's people, as she wants it herself."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from db import digests
from modules.access import Viewer, require


def wanted(session: Session, viewer: Viewer) -> bool:
    """Whether she gets it. One query."""
    require(viewer, "manage.digest")
    found = digests.off_since(session, org_id=viewer.org_id, person_id=viewer.person_id)
    return found is None


def want(session: Session, viewer: Viewer, *, on: bool, now: datetime) -> None:
    """Turn it on or off, for herself. A writing session."""
    require(viewer, "manage.digest")
    off_at = None if on else now
    digests.turn(session, org_id=viewer.org_id, person_id=viewer.person_id, off_at=off_at)

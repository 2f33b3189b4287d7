"""The viewer's calendar feed: made, told once, withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from db import feeds
from db.feeds import Kept
from modules.access import Viewer, require
from modules.settings import settings


def feed(session: Session, viewer: Viewer) -> Kept | None:
    """The viewer's feed, without its address: nobody here knows it any more."""
    require(viewer, "me.calendar")
    return feeds.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)


def make(session: Session, viewer: Viewer, *, now: datetime) -> str:
    """A new feed in place of an old one; gives its address. A writing session."""
    require(viewer, "me.calendar")
    token = feeds.make(session, org_id=viewer.org_id, person_id=viewer.person_id, now=now)
    kept = settings()
    base = kept.public_url.rstrip("/") or f"http://{kept.host}:{kept.port}"
    return f"{base}/calendar/{token}.ics"


def withdraw(session: Session, viewer: Viewer) -> bool:
    """End the viewer's feed: its address answers nobody from then on."""
    require(viewer, "me.calendar")
    return feeds.withdraw(session, org_id=viewer.org_id, person_id=viewer.person_id)

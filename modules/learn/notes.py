"""A learner's notes to herself: optional, hers alone, gone after the days agreed on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from db import notes
from modules.access import Viewer, require
from modules.agreement.current import agreed
from modules.basics import BadInput

LONGEST = 500


def note(session: Session, viewer: Viewer, *, place: str) -> str:
    """What the viewer wrote at a place (module and step), or ""."""
    require(viewer, "learn.note")
    found = notes.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id, place=place)
    return found[0].body if found else ""


def write(session: Session, viewer: Viewer, *, place: str, body: str, now: datetime) -> None:
    """Keep a note; an empty one deletes what stood there."""
    require(viewer, "learn.note")
    if len(body) > LONGEST:
        raise BadInput(f"A note has at most {LONGEST} characters. Shorten it.")
    notes.write(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        place=place,
        body=body.strip(),
        now=now,
    )


def forget_old(session: Session, *, now: datetime) -> int:
    """Delete every note older than is agreed; how many there were. Run at start and hourly."""
    return notes.forget(session, before=now - timedelta(days=agreed().retention.notes))

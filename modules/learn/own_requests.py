"""What the viewer asks about her own data: correction or erasure, and taking it back."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import own_requests, people
from db.own_requests import Asked
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.personal import erasure
from modules.personal.erasure import Erasure

KINDS = ("correction", "erasure")
LONGEST = 500


def mine(session: Session, viewer: Viewer) -> list[Asked]:
    """The viewer's requests with their state and answer, newest first."""
    require(viewer, "me.request")
    return own_requests.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)


def would_go(session: Session, viewer: Viewer) -> Erasure:
    """What erasing the viewer would delete, unlink, blank and leave. One query."""
    require(viewer, "me.request")
    return erasure.foresee(session, org_id=viewer.org_id, person_id=viewer.person_id)


def ask(session: Session, viewer: Viewer, *, kind: str, text: str = "", now: datetime) -> None:
    """Ask for correction, in her words, or for erasure. One of each kind is open at a time."""
    require(viewer, "me.request")
    words = " ".join(text.split())
    if kind not in KINDS:
        raise BadInput("This cannot be asked for here. Open the page again.")
    if kind == "correction" and not words:
        raise BadInput("Say what is wrong, and how it should read.")
    if len(words) > LONGEST:
        raise BadInput(f"A request has at most {LONGEST} characters. Shorten it.")
    ids = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    people.hold(session, **ids)
    for one in own_requests.of_person(session, **ids):
        if one.state == "open" and one.kind == kind:
            raise BadInput("You have asked for this already, and it is open. Take it back first.")
    own_requests.ask(session, **ids, kind=kind, text=words if kind == "correction" else "", now=now)


def withdraw(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """Take an open request of hers back. Raises BadInput when it was decided meanwhile."""
    require(viewer, "me.request")
    taken = own_requests.settle(
        session,
        org_id=viewer.org_id,
        id=id,
        state="withdrawn",
        answer="",
        by=viewer.person_id,
        now=now,
        person_id=viewer.person_id,
    )
    if not taken:
        raise BadInput("This request is not open any more.")

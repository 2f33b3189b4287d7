"""A learner asks a colleague of her choice for help. Only the two of them see it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import help as requests
from db import people
from db.help import Asked, Colleague
from modules.access import Viewer, require
from modules.basics import BadInput


def colleagues(session: Session, viewer: Viewer, *, now: datetime) -> list[Colleague]:
    """Whom the viewer can ask: trainers and her own team, her line manager left out."""
    require(viewer, "learn.help")
    return requests.colleagues(
        session, org_id=viewer.org_id, person_id=viewer.person_id, day=viewer.today(now)
    )


def asked_by_me(session: Session, viewer: Viewer, *, module: str) -> list[Asked]:
    """The viewer's open requests about a module."""
    require(viewer, "learn.help")
    return requests.of_learner(
        session, org_id=viewer.org_id, person_id=viewer.person_id, module=module
    )


def asked_of_me(session: Session, viewer: Viewer) -> list[Asked]:
    """Who waits for the viewer's help."""
    require(viewer, "learn.help")
    return requests.of_helper(session, org_id=viewer.org_id, helper_id=viewer.person_id)


def ask(session: Session, viewer: Viewer, *, module: str, helper: uuid.UUID, now: datetime) -> None:
    """Ask somebody of the list; asking the same person again while it is open changes nothing."""
    require(viewer, "learn.help")
    if helper not in {one.person_id for one in colleagues(session, viewer, now=now)}:
        raise BadInput("You can ask a trainer or somebody of your team. Choose from the list.")
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    if any(one.helper_id == helper for one in asked_by_me(session, viewer, module=module)):
        return
    requests.ask(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        helper_id=helper,
        module=module,
        now=now,
    )


def close(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """Close a request: the learner takes it back, or the helper has helped."""
    require(viewer, "learn.help")
    requests.close(session, org_id=viewer.org_id, id=id, by=[viewer.person_id], now=now)

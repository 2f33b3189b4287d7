"""Deputies: who acts for a manager, from a day until a day."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import deputies as stored
from db import people, whois
from db.deputies import Acting
from modules import enrolling
from modules.access import Viewer, require
from modules.basics import BadInput, Denied
from modules.evidence import rights
from modules.evidence.rights import Right

KINDS = ("deputy", "acting")


@dataclass(frozen=True)
class Choice:
    """Somebody who can be chosen: her name, and the unit that tells two of one name apart."""

    person_id: uuid.UUID
    name: str
    unit: str


@dataclass(frozen=True)
class Deputies:
    """Whoever acts today or will, and the people to choose from, by name."""

    acting: tuple[Acting, ...]
    people: tuple[Choice, ...]


def deputies(session: Session, viewer: Viewer, *, now: datetime) -> Deputies:
    """Everything that the page of deputies shows. Three queries."""
    require(viewer, "admin.deputies")
    today = viewer.today(now)
    listed = people.listing(session, org_id=viewer.org_id, day=today)
    once = {one.person_id: Choice(one.person_id, one.name, one.unit) for one in listed}
    return Deputies(
        tuple(stored.listing(session, org_id=viewer.org_id, day=today)), tuple(once.values())
    )


def give(
    session: Session,
    viewer: Viewer,
    *,
    manager_id: uuid.UUID,
    deputy_id: uuid.UUID,
    kind: str,
    starts: date,
    last: date | None,
    now: datetime,
) -> None:
    """Let somebody act for a manager, ``last`` being the last day on which she does.

    The manager may have left: that is when somebody acts in his place.
    """
    require(viewer, "admin.deputies")
    if kind not in KINDS:
        raise BadInput(f"“{kind}” is neither “deputy” nor “acting”. Choose one of the two.")
    if manager_id == deputy_id:
        raise BadInput("Nobody acts for herself. Choose two people.")
    if last is not None and last < starts:
        raise BadInput("The last day is before the first. Choose a later one.")
    if last is not None and last < viewer.today(now):
        raise BadInput("The last day has passed. Choose a later one, or none.")
    deputy = whois.by_id(session, org_id=viewer.org_id, person_id=deputy_id, now=now)
    if deputy is None:
        raise Denied(f"deputy {deputy_id}")
    if not people.belongs(session, org_id=viewer.org_id, person_id=manager_id):
        raise Denied(f"deputy for {manager_id}")
    ends = date.fromordinal(last.toordinal() + 1) if last else None
    span = {"manager_id": manager_id, "deputy_id": deputy_id}
    if stored.overlaps(session, org_id=viewer.org_id, **span, starts=starts, ends=ends):
        raise BadInput("She acts for him on some of these days already. End that one first.")
    stored.give(
        session,
        org_id=viewer.org_id,
        **span,
        kind=kind,
        starts=starts,
        ends=ends,
        by=viewer.person_id,
        now=now,
    )
    right = Right(viewer.org_id, deputy_id, deputy.name, deputy.email, kind, ends=ends)
    rights.given(session, right, by=viewer.person_id, by_name=viewer.name, now=now)
    # Rules can ask something of whoever has people, and she has them now.
    enrolling.refresh(session, org_id=viewer.org_id, now=now, person_ids=[deputy_id])


def end(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """Let it end today: from this moment on she no longer sees the manager's people."""
    require(viewer, "admin.deputies")
    today = viewer.today(now)
    listed = stored.listing(session, org_id=viewer.org_id, day=today)
    known = next((one for one in listed if one.id == id), None)
    if known is None or not stored.end(session, org_id=viewer.org_id, id=id, day=today):
        raise BadInput("That one has ended already.")
    right = Right(viewer.org_id, known.deputy_id, known.deputy, known.email, known.kind)
    rights.taken(session, right, by=viewer.person_id, by_name=viewer.name, now=now)
    enrolling.refresh(session, org_id=viewer.org_id, now=now, person_ids=[known.deputy_id])

"""Invitations by an administrator: one person, or everybody who has no way to sign in.

They go by mail alone. A link on an administrator's screen would let her choose the pass-phrase.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import accounts, people
from modules.access import Viewer, reach, require
from modules.basics import Denied
from modules.identity import links


def waiting(session: Session, viewer: Viewer, *, now: datetime) -> tuple[uuid.UUID, ...]:
    """Who works where the viewer's role reaches and has no way to sign in, by name."""
    require(viewer, "account.invite")
    left = accounts.without_a_way(session, org_id=viewer.org_id, day=viewer.today(now))
    reached = _reached(session, viewer, now)
    return tuple(one for one in left if one in reached)


def invited(session: Session, viewer: Viewer, *, now: datetime) -> frozenset[uuid.UUID]:
    """Who has a link that is still good."""
    require(viewer, "account.invite")
    return accounts.open_links(session, org_id=viewer.org_id, purposes=links.BOTH, now=now)


def invite(
    session: Session, viewer: Viewer, *, person_id: uuid.UUID, now: datetime
) -> tuple[people.Known, str]:
    """A link for somebody without a pass-phrase; gives her and the link, to be mailed after.

    A writing session. Raises `Denied` for who does not work where the viewer's role reaches.
    """
    require(viewer, "account.invite")
    person = people.by_id(session, org_id=viewer.org_id, person_id=person_id, now=now)
    kept = accounts.of_person(session, org_id=viewer.org_id, person_id=person_id)
    if person is None or person_id not in _reached(session, viewer, now):
        raise Denied(f"invitation of {person_id}")
    if kept and kept.hash:
        raise Denied(f"invitation of {person_id}, who has a pass-phrase")
    return person, links.make(session, person, purpose=links.INVITE, now=now)


def _reached(session: Session, viewer: Viewer, now: datetime) -> frozenset[uuid.UUID]:
    units = reach(session, viewer, "account.invite")
    listed = people.listing(session, org_id=viewer.org_id, day=viewer.today(now), units=units)
    return frozenset(one.person_id for one in listed)

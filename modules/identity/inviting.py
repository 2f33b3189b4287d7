"""Invitations by an administrator: one person, or everybody who has no way to sign in.

They go by mail alone. A link on an administrator's screen would let her choose the pass-phrase.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import accounts, one_time, people, placements, whois
from modules.access import Viewer, reach, require
from modules.basics import Denied, StewardError
from modules.identity import linking, links, providers


def waiting(session: Session, viewer: Viewer, *, now: datetime) -> tuple[uuid.UUID, ...]:
    """Who works where the viewer's role reaches and has no way to sign in, by name."""
    require(viewer, "account.invite")
    left = accounts.without_a_way(session, org_id=viewer.org_id, day=viewer.today(now))
    units = reach(session, viewer, "account.invite")
    if units is None:
        return tuple(left)
    listed = people.listing(session, org_id=viewer.org_id, day=viewer.today(now), units=units)
    reached = {one.person_id for one in listed}
    return tuple(one for one in left if one in reached)


def work_accounts(session: Session, viewer: Viewer) -> tuple[str, ...]:
    """Titles of the providers whose accounts open the records of her people by themselves."""
    require(viewer, "account.invite")
    return tuple(
        one.title
        for one in providers.all_of_them().values()
        if one.link != "never" and linking.organisation_of(session, one) == viewer.org_id
    )


def invited(session: Session, viewer: Viewer, *, now: datetime) -> frozenset[uuid.UUID]:
    """Who has a link that is still good."""
    require(viewer, "account.invite")
    return one_time.open_links(session, org_id=viewer.org_id, purposes=links.BOTH, now=now)


def invite(
    session: Session, viewer: Viewer, *, person_id: uuid.UUID, now: datetime
) -> tuple[whois.Known, str]:
    """A link for somebody without a pass-phrase; gives her and the link, to be mailed after.

    A writing session. Raises `Denied` for who does not work where the viewer's role reaches.
    """
    require(viewer, "account.invite")
    person = whois.by_id(session, org_id=viewer.org_id, person_id=person_id, now=now)
    kept = accounts.of_person(session, org_id=viewer.org_id, person_id=person_id)
    units = reach(session, viewer, "account.invite")
    mine = {"org_id": viewer.org_id, "person_id": person_id}
    day = viewer.today(now)
    inside = units is None or placements.works_in(session, **mine, units=units, day=day)
    if person is None or not inside:
        raise Denied(f"invitation of {person_id}")
    if kept and kept.hash:
        raise Denied(f"invitation of {person_id}, who has a pass-phrase")
    return person, links.make(session, person, purpose=links.INVITE, now=now)


def send(person: whois.Known, link: str) -> bool:
    """Mail an invitation; whether the mail server took it."""
    try:
        return links.send(person, link, purpose=links.INVITE)
    except StewardError:
        return False


def unsent(session: Session, viewer: Viewer, *, person_id: uuid.UUID) -> None:
    """Make an invitation void that no mail server took, so that the next try sends it again."""
    require(viewer, "account.invite")
    one_time.void(session, org_id=viewer.org_id, person_id=person_id, purposes=[links.INVITE])

"""Which directories may write people of the organisation here: their list, a new one, an end."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from db import scim_clients
from db.scim_clients import LONGEST_DAYS, SCOPES, Client
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.evidence import ways

# How long a name may be, in characters.
LONGEST_NAME = 60


def clients(session: Session, viewer: Viewer) -> tuple[Client, ...]:
    """The directories of the viewer's organisation, the newest first, without any token."""
    require(viewer, "admin.directory")
    return tuple(scim_clients.listed(session, org_id=viewer.org_id))


def connect(
    session: Session,
    viewer: Viewer,
    *,
    name: str,
    scopes: Collection[str],
    days: int,
    now: datetime,
) -> str:
    """Let a directory in; gives its token, which is kept nowhere. Raises `BadInput`."""
    require(viewer, "admin.directory")
    if not scopes or set(scopes) - set(SCOPES):
        raise BadInput("Choose at least one thing that the directory may do.")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"A token works for 1 to {LONGEST_DAYS} days.")
    client, token = scim_clients.add(
        session,
        org_id=viewer.org_id,
        name=free(session, org_id=viewer.org_id, name=name, now=now),
        scopes=scopes,
        days=days,
        now=now,
        made_by=viewer.person_id,
    )
    until = viewer.today(now + timedelta(days=days))
    ways.connected(
        session,
        org_id=viewer.org_id,
        client=client,
        scopes=scopes,
        until=until,
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )
    return token


def free(session: Session, *, org_id: uuid.UUID, name: str, now: datetime) -> str:
    """A name for a new client, as it is kept. Raises `BadInput` for one that another works under.

    Whoever revokes one of two later has nothing else to tell them apart.
    """
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise BadInput(f"Give the directory a name of at most {LONGEST_NAME} characters.")
    if scim_clients.works_as(session, org_id=org_id, name=called, now=now):
        raise BadInput(
            f"There is a directory “{called}” whose token works. Give the new one another name, "
            "such as one with the year in it, or revoke that token first."
        )
    return called


def disconnect(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> bool:
    """Take a directory's token no more; whether that is new. Nothing of another body's."""
    require(viewer, "admin.directory")
    if not scim_clients.revoke(session, org_id=viewer.org_id, id=id, now=now):
        return False
    ways.disconnected(
        session,
        org_id=viewer.org_id,
        client=id,
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )
    return True

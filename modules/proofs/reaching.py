"""For whom somebody may enter proofs: the own people, and whomever an administrator reaches."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import own_people
from db.own_people import Own
from modules.access import Role, Viewer, reach

PROVE = "manage.prove"


def reached(
    session: Session,
    by: Viewer,
    *,
    now: datetime,
    emails: Collection[str] | None = None,
    person_ids: Collection[uuid.UUID] | None = None,
) -> list[Own]:
    """Who of these, by address or by id, can get a proof from somebody; never she herself."""
    scope: dict[str, Any] = {"org_id": by.org_id, "day": by.today(now)}
    found: dict[uuid.UUID, Own] = {}
    if Role.MANAGER in by.roles:
        own = own_people.of_manager(session, **scope, line_manager_id=by.person_id)
        wanted = [
            one for one in own if one.email in (emails or ()) or one.person_id in (person_ids or ())
        ]
        found.update({one.person_id: one for one in wanted})
    units = reach(session, by, PROVE)
    if units is None or units:
        asked = own_people.within(
            session, **scope, units=units, emails=emails, person_ids=person_ids
        )
        found.update({one.person_id: one for one in asked})
    found.pop(by.person_id, None)
    return sorted(found.values(), key=lambda one: (one.name, one.person_id))

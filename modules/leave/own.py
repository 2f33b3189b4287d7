"""The one check behind every deed of a manager: it is one of the own people, today."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import own_people, people
from db.own_people import Own
from modules.access import Viewer
from modules.basics import Denied


def own(session: Session, manager: Viewer, person_id: uuid.UUID, *, now: datetime) -> Own:
    """Somebody who reports to a manager today, held until the commit. A writing session.

    Raises Denied for anybody else, whether such a person exists or not.
    """
    found = own_people.of_manager(
        session,
        org_id=manager.org_id,
        line_manager_id=manager.person_id,
        day=manager.today(now),
        person_ids=[person_id],
    )
    if not found:
        raise Denied(f"a duty of {person_id}")
    people.hold(session, org_id=manager.org_id, person_id=person_id)
    return found[0]

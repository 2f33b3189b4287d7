"""A proof by hand was a mistake: its completion goes, the row stays and says so."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import enrolments, people, proofs
from modules import evidence
from modules.access import Viewer, require
from modules.basics import BadInput, Denied
from modules.proofs.reaching import reached


def withdraw(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """Take a proof back that was a mistake, with evidence. A writing session.

    The only thing that takes a completion away. Raises Denied out of reach, BadInput when it is
    withdrawn already.
    """
    require(viewer, "manage.prove")
    found = proofs.by_id(session, org_id=viewer.org_id, id=id)
    if found is None or not reached(session, viewer, now=now, person_ids=[found.person_id]):
        raise Denied(f"proof {id}")
    people.hold(session, org_id=viewer.org_id, person_id=found.person_id)
    ids: dict[str, Any] = {"org_id": viewer.org_id, "id": id, "by": viewer.person_id}
    if not proofs.withdraw(session, **ids, now=now):
        raise BadInput("This entry has been withdrawn already.")
    scope: dict[str, Any] = {"org_id": viewer.org_id, "person_id": found.person_id}
    enrolments.withdraw(session, **scope, attempt_id=found.attempt_id)
    evidence.record(
        session,
        org_id=viewer.org_id,
        kind="completion_withdrawn",
        about=found.person_id,
        facts={"module": found.module, "happened_on": found.happened_on},
        personal={"name": found.name, "email": found.email, "document": found.document},
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )

"""Everything that is held on the viewer, to take along; and the same for whoever asks in person."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import attempts
from modules.access import Viewer, require
from modules.learn import receipts
from modules.learn.receipts import Receipt
from modules.personal import export as exports
from modules.personal.export import Export


def my_export(session: Session, viewer: Viewer, *, now: datetime) -> Export:
    """Every registered row of the viewer's; her own and nobody else's."""
    require(viewer, "me.export")
    return export_of(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        organisation=viewer.organisation,
        now=now,
    )


def my_answers(session: Session, viewer: Viewer) -> list[Receipt]:
    """The viewer's attempts, by which the record on paper tells her answers in words."""
    require(viewer, "me.export")
    return answers_of(session, org_id=viewer.org_id, person_id=viewer.person_id)


def answers_of(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[Receipt]:
    """The attempts of a person, oldest first."""
    sittings = attempts.of_person(session, org_id=org_id, person_id=person_id)
    return receipts.read(session, org_id, sittings)


def export_of(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    organisation: str,
    now: datetime,
) -> Export:
    """Every registered row of a person. The grades of a form she has not finished come later."""
    found = answers_of(session, org_id=org_id, person_id=person_id)
    return exports.export(
        session,
        org_id=org_id,
        person_id=person_id,
        organisation=organisation,
        now=now,
        later={one.sitting.id for one in found if not one.told},
    )

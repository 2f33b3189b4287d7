"""A manager exempts one of the own people from a module or from all, and ends that again."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from db import leave, revisions
from modules import evidence
from modules.access import Viewer, require
from modules.basics import BadInput, Denied
from modules.leave import grounds
from modules.leave.own import own


def exempt(
    session: Session,
    viewer: Viewer,
    *,
    person_id: uuid.UUID,
    module: str,
    ground: str,
    until: date | None,
    now: datetime,
) -> None:
    """One of the viewer's own people need not take a module ("": none at all).

    From today, until a last day or until somebody ends it. Raises BadInput for a ground that is
    not on the list, a day in the past, or where the same exemption holds already.
    """
    require(viewer, "manage.exempt")
    who = own(session, viewer, person_id, now=now)
    today = viewer.today(now)
    grounds.chosen(ground, grounds.EXEMPT)
    if until is not None and until < today:
        raise BadInput("The last day is in the past. Choose another, or leave it open.")
    if module and module not in revisions.latest(session, org_id=viewer.org_id):
        raise BadInput(f"No module {module} is published here. Choose one from the list.")
    held = leave.exemptions(session, org_id=viewer.org_id, person_ids=[person_id], day=today)
    if any(one.module in (module, "") for one in held):
        raise BadInput("This is exempt already. End that exemption first to give another.")
    leave.exempt(
        session,
        org_id=viewer.org_id,
        person_id=person_id,
        module=module,
        ground=ground,
        starts=today,
        ends=until + timedelta(days=1) if until else None,
        by=viewer.person_id,
        now=now,
    )
    evidence.record(
        session,
        org_id=viewer.org_id,
        kind="exemption",
        about=person_id,
        facts={"module": module, "until": until},
        personal={"name": who.name, "email": who.email, "ground": ground},
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )


def end(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """End an exemption of one of the viewer's own people from today on.

    Raises BadInput when it has ended meanwhile.
    """
    require(viewer, "manage.exempt")
    found = leave.exemption(session, org_id=viewer.org_id, id=id)
    if found is None:
        raise Denied(f"exemption {id}")
    who = own(session, viewer, found.person_id, now=now)
    ids: dict[str, Any] = {"org_id": viewer.org_id, "id": id, "by": viewer.person_id}
    if not leave.end_exemption(session, **ids, day=viewer.today(now), now=now):
        raise BadInput("This exemption has ended already.")
    evidence.record(
        session,
        org_id=viewer.org_id,
        kind="exemption_ended",
        about=found.person_id,
        facts={"module": found.module},
        personal={"name": who.name, "email": who.email},
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )

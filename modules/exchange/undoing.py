"""Taking the latest import of people back, as long as nothing has grown on it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db.roster import kept, undoing
from db.tables import RosterImport
from modules import enrolling
from modules.basics import BadInput
from modules.evidence import imports

STANDS_IN_THE_WAY = {
    "units": "Units that the latest import made or changed have been changed since.",
    "changed": "People whom the latest import touched have been changed since.",
    "placed": "People whom the latest import brought have moved since.",
    "relied": "Somebody else reports to a person whom the latest import brought.",
    "begun": "People whom the latest import brought have begun to learn, or were given something.",
}


def undo(
    session: Session,
    *,
    org_id: uuid.UUID,
    now: datetime,
    by: uuid.UUID | None = None,
    by_name: str = "",
) -> RosterImport:
    """Take the latest import back. Raises BadInput when something stands in the way."""
    kept.hold(session, org_id=org_id)
    done = [one for one in kept.imports(session, org_id=org_id) if one.undone_at is None]
    if not done:
        raise BadInput("There is no import to undo.")
    last = done[0]
    values = {"org_id": org_id, "import_id": last.id}
    if not undoing.kept(session, **values):
        raise BadInput(
            "What stood before the latest import is not kept any longer. Bring a staff list with "
            "what should stand."
        )
    way = undoing.in_the_way(session, at=last.imported_at, **values)
    for what, sentence in STANDS_IN_THE_WAY.items():
        if way[what]:
            raise BadInput(f"{sentence} Nothing was undone. Bring a corrected staff list instead.")
    undoing.undo(session, now=now, **values)
    if undoing.units_used(session, **values):
        raise BadInput(
            "Somebody or something else is in a unit that this import made. Nothing was undone. "
            "Bring a corrected staff list instead."
        )
    undoing.drop_units(session, **values)
    imports.undone(session, last, by=by, by_name=by_name, now=now)
    undoing.finish(session, now=now, **values)
    enrolling.refresh(session, org_id=org_id, now=now)
    return last

"""The comparison of bodies as everybody may read it; a body's own place for its own leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import comparing
from modules import evidence
from modules.access import ACTIONS, Role, Viewer, require
from modules.basics import BadInput
from modules.comparing import ledger, releasing
from modules.comparing.ledger import Entry


@dataclass(frozen=True)
class Comparison:
    """The ledger, who takes part, and where the viewer's own body is, for a lead of all of it."""

    entries: tuple[Entry, ...]
    bodies: int
    spent: float
    since: date | None
    may_decide: bool
    own: int | None

    @property
    def newest(self) -> Entry | None:
        """What was published last."""
        return self.entries[0] if self.entries else None


def comparison(session: Session, viewer: Viewer, *, now: datetime) -> Comparison:
    """What was published of all bodies, for everybody who is signed in. Four queries at most."""
    require(viewer, "manage.comparison")
    found = releasing.entries(session)
    today = viewer.today(now)
    bodies = comparing.taking_part(session, day=today)
    own = None
    whole = viewer.scope(ACTIONS["manage.statistics"]).whole and Role.LEAD in viewer.roles
    if found and whole:
        end = date.fromisoformat(str(found[0].method["month_end"]))
        of = comparing.figures(session, org_ids=[viewer.org_id], month_end=end)
        mine = of.get(found[0].module, {}).get(viewer.org_id)
        own = ledger.band(*mine) if mine else None
    return Comparison(
        tuple(found),
        len(bodies),
        ledger.spent(found, now.year),
        comparing.since(session, org_id=viewer.org_id, day=today),
        viewer.scope(ACTIONS["manage.compare"]).whole and not viewer.invented,
        own,
    )


def take_part(session: Session, viewer: Viewer, *, agreed: bool, now: datetime) -> bool:
    """A body takes part from today on, or no more; whether that changed anything.

    It is entered in the evidence. An invented body stays out: it would be nobody's figure.
    """
    require(viewer, "manage.compare")
    if viewer.invented:
        raise BadInput("An invented organisation takes no part in the comparison.")
    org_id, day = viewer.org_id, viewer.today(now)
    if agreed:
        done = comparing.begin(session, by=viewer.person_id, org_id=org_id, day=day)
    else:
        done = comparing.stop(session, org_id=org_id, day=day)
    if done:
        evidence.record(
            session,
            org_id=viewer.org_id,
            kind="comparison_joined" if agreed else "comparison_left",
            about=None,
            facts={},
            by=viewer.person_id,
            by_name=viewer.name,
            now=now,
        )
    return done

"""What an administrator fills in for the whole organisation: its details and the law of its notes.

Every change leaves a line that says who made it and when, without the text itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import local as stored
from db.local import Changed, Kept
from modules import own
from modules.access import Viewer, require
from modules.basics import LAWS, NEUTRAL, BadInput
from modules.course.local import Local, LocalFact, shipped, tidy
from modules.own import Outline

CHOICES = (NEUTRAL, *LAWS)


@dataclass(frozen=True)
class Detail:
    """One thing to fill in, as it stands, with the lessons that name it."""

    fact: LocalFact
    value: str
    kept: Kept | None
    used_in: tuple[Outline, ...]

    @property
    def seen(self) -> datetime | None:
        """The moment of its newest change: a form that was drawn before another one is stale."""
        return self.kept.changed_at if self.kept else None


@dataclass(frozen=True)
class Details:
    """Everything on the page of details."""

    every: tuple[Detail, ...]
    law: str
    changes: tuple[Changed, ...]

    @property
    def missing(self) -> tuple[Detail, ...]:
        """Those that lessons name and that are empty."""
        return tuple(one for one in self.every if one.used_in and not one.value)


def details(session: Session, viewer: Viewer) -> Details:
    """The viewer's own organisation's details. Four queries, once each revision was read."""
    require(viewer, "admin.local")
    kept = stored.facts(session, org_id=viewer.org_id)
    mine = Local(shipped(), {key: one.value for key, one in kept.items()})
    used = own.uses(session, viewer)
    return Details(
        tuple(
            Detail(fact, mine.value(key), kept.get(key), used.get(key, ()))
            for key, fact in mine.registry.items()
        ),
        stored.jurisdiction(session, org_id=viewer.org_id),
        tuple(stored.changes(session, org_id=viewer.org_id)),
    )


def save(
    session: Session,
    viewer: Viewer,
    *,
    values: Mapping[str, str],
    seen: Mapping[str, datetime | None],
    now: datetime,
) -> int:
    """Keep what differs from what stands; how many that were.

    ``seen`` is, by key, `Detail.seen` when the form was drawn. Raises BadInput, and keeps nothing,
    for an unknown key, a value of the wrong kind, and one that somebody else changed meanwhile.
    """
    require(viewer, "admin.local")
    stored.hold(session, org_id=viewer.org_id)
    stands = {one.fact.key: one for one in details(session, viewer).every}
    changed = 0
    for key, typed in values.items():
        value = tidy(typed)
        if key not in stands:
            raise BadInput(f"There is no detail called {key} here. Load the page again.")
        detail = stands[key]
        if value == detail.value:
            continue
        if detail.fact.fault(value):
            raise BadInput(f"“{detail.fact.title}” is not of the right form. Nothing was saved.")
        if detail.seen != seen.get(key):
            by = detail.kept.by if detail.kept and detail.kept.by else "Somebody"
            raise BadInput(
                f"{by} has changed “{detail.fact.title}” since you opened this page. Nothing was "
                "saved: look at what stands now, then change it if you still want to."
            )
        stored.set_fact(
            session, org_id=viewer.org_id, key=key, value=value, by=viewer.person_id, now=now
        )
        changed += 1
    return changed


def choose_law(session: Session, viewer: Viewer, *, law: str, now: datetime) -> bool:
    """Let the organisation's people read the notes of a law from their next round on.

    Whether that changed anything. Raises BadInput for a law that no notes are written for.
    """
    require(viewer, "admin.law")
    if law not in CHOICES:
        raise BadInput(f"No notes are written for the law “{law}”. Choose one from the list.")
    stored.hold(session, org_id=viewer.org_id)
    if stored.jurisdiction(session, org_id=viewer.org_id) == law:
        return False
    stored.choose_law(session, org_id=viewer.org_id, law=law, by=viewer.person_id, now=now)
    return True

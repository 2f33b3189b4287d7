"""Who looked at whose record, and what was refused."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session

from db.engine import insert_missing
from db.people import PERSON, PLACEMENT
from db.tables import Person, RecordView, Refusal, core, new_id

VIEW, REFUSAL = core(RecordView).c, core(Refusal).c


@dataclass(frozen=True)
class Seen:
    """Somebody saw somebody's record, and why; "" where the page itself says why."""

    seen_at: datetime
    viewer: str
    person: str
    place: str
    purpose: str = ""


def saw(
    session: Session,
    *,
    org_id: uuid.UUID,
    viewer_id: uuid.UUID,
    person_ids: Sequence[uuid.UUID],
    place: str,
    day: date,
    now: datetime,
    purpose: str = "",
) -> None:
    """Log that a viewer saw these people's records: once a day for each, place and purpose."""
    known = set(
        session.connection()
        .execute(
            select(VIEW.person_id).where(
                VIEW.org_id == org_id,
                VIEW.viewer_id == viewer_id,
                VIEW.place == place,
                VIEW.purpose == purpose,
                VIEW.day == day,
            )
        )
        .scalars()
    )
    shared = {
        "org_id": org_id,
        "viewer_id": viewer_id,
        "place": place,
        "purpose": purpose,
        "day": day,
        "seen_at": now,
    }
    new = [one for one in person_ids if one not in known and one != viewer_id]
    insert_missing(
        session, RecordView, [{**shared, "id": new_id(), "person_id": one} for one in new]
    )


def views(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID | None = None,
    units: Collection[uuid.UUID] | None = None,
    most: int = 200,
) -> list[Seen]:
    """The newest views of records: of one person's when named, or of people of some units.

    Who has been in one of the units at any time counts as of it.
    """
    viewer = core(Person).alias("viewer")
    query = (
        select(
            VIEW.seen_at,
            viewer.c.name.label("viewer"),
            PERSON.name.label("person"),
            VIEW.place,
            VIEW.purpose,
        )
        .select_from(core(RecordView))
        .join(core(Person), (PERSON.org_id == VIEW.org_id) & (PERSON.id == VIEW.person_id))
        .join(viewer, (viewer.c.org_id == VIEW.org_id) & (viewer.c.id == VIEW.viewer_id))
        .where(VIEW.org_id == org_id)
        .order_by(VIEW.seen_at.desc(), PERSON.name)
        .limit(most)
    )
    if person_id:
        query = query.where(VIEW.person_id == person_id)
    if units is not None:
        query = query.where(VIEW.person_id.in_(of_units(org_id, units)))
    return [Seen(**row._mapping) for row in session.connection().execute(query)]


def refused(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, what: str, now: datetime
) -> None:
    """Log that somebody asked for what their rights do not cover."""
    session.add(Refusal(org_id=org_id, person_id=person_id, what=what, at=now))


def refusals(
    session: Session,
    *,
    org_id: uuid.UUID,
    units: Collection[uuid.UUID] | None = None,
    most: int = 50,
) -> list[tuple[datetime, str, str]]:
    """The newest refusals: when, who, what; of people of some units when named."""
    query = (
        select(REFUSAL.at, PERSON.name, REFUSAL.what)
        .select_from(core(Refusal))
        .join(core(Person), (PERSON.org_id == REFUSAL.org_id) & (PERSON.id == REFUSAL.person_id))
        .where(REFUSAL.org_id == org_id)
        .order_by(REFUSAL.at.desc())
        .limit(most)
    )
    if units is not None:
        query = query.where(REFUSAL.person_id.in_(of_units(org_id, units)))
    return [(row[0], row[1], row[2]) for row in session.connection().execute(query)]


def of_units(org_id: uuid.UUID, units: Collection[uuid.UUID]) -> Select[Any]:
    """Who has been placed in one of these units, as a query of ids."""
    return select(PLACEMENT.person_id).where(
        PLACEMENT.org_id == org_id, PLACEMENT.unit_id.in_(units)
    )

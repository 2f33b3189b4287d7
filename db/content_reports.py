"""What readers report as wrong in the content, and what they are answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update
from sqlmodel import Session

from db.engine import insert_many
from db.revisions import REVISION
from db.tables import ContentReport, Revision, core, new_id

REPORT = core(ContentReport).c


@dataclass(frozen=True)
class Told:
    """A report as trainers and its reader see it: without her. ``version`` is what was read."""

    id: uuid.UUID
    module: str
    place: str
    reason: str
    text: str
    reported_at: datetime
    state: str
    answer: str
    closed_at: datetime | None
    version: str


def record(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    module: str,
    revision_id: uuid.UUID | None,
    place: str,
    reason: str,
    text: str,
    now: datetime,
) -> None:
    """Record a report, open."""
    row = {"org_id": org_id, "id": new_id(), "person_id": person_id, "module": module}
    row |= {"revision_id": revision_id, "place": place, "reason": reason, "text": text}
    row |= {"reported_at": now, "state": "open", "answer": "", "closed_at": None}
    insert_many(session, ContentReport, [row])


def since(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, moment: datetime) -> int:
    """How many reports a person has made since a moment."""
    query = select(func.count()).where(
        REPORT.org_id == org_id, REPORT.person_id == person_id, REPORT.reported_at >= moment
    )
    return int(session.connection().execute(query).scalar_one())


def all_of(session: Session, *, org_id: uuid.UUID, state: str, most: int = 200) -> list[Told]:
    """An organisation's reports in a state, those of one place together, the newest place first."""
    found = _told(session, REPORT.org_id == org_id, REPORT.state == state, most=most)
    places = list(dict.fromkeys((one.module, one.place) for one in found))
    return sorted(found, key=lambda one: places.index((one.module, one.place)))


def of_person(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[Told]:
    """A person's reports, newest first, as long as they are known to be hers."""
    return _told(session, REPORT.org_id == org_id, REPORT.person_id == person_id)


def _told(session: Session, *conditions: object, most: int = 200) -> list[Told]:
    query = (
        select(
            *(REPORT[name] for name in Told.__dataclass_fields__ if name != "version"),
            func.coalesce(REVISION.version, "").label("version"),
        )
        .select_from(core(ContentReport))
        .outerjoin(
            core(Revision),
            and_(REVISION.org_id == REPORT.org_id, REVISION.id == REPORT.revision_id),
        )
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(REPORT.reported_at.desc(), REPORT.id.desc())
        .limit(most)
    )
    return [Told(**row._mapping) for row in session.connection().execute(query)]


def settle(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    state: str,
    answer: str,
    now: datetime,
) -> bool:
    """Close a report with an answer, or open it again; whether there was one to change."""
    statement = (
        update(core(ContentReport))
        .where(REPORT.org_id == org_id, REPORT.id == id, REPORT.state != state)
        .values(state=state, answer=answer, closed_at=now if state == "closed" else None)
        .returning(REPORT.id)
    )
    return session.connection().execute(statement).first() is not None


def let_go(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, id: uuid.UUID) -> None:
    """Take the person from a closed report of hers."""
    session.connection().execute(
        update(core(ContentReport))
        .where(
            REPORT.org_id == org_id,
            REPORT.person_id == person_id,
            REPORT.id == id,
            REPORT.state == "closed",
        )
        .values(person_id=None)
    )


def forget(session: Session, *, before: datetime) -> int:
    """Take person and typed sentence from what was reported before a moment; how many there were.

    In every organisation. Place, reason and answer stay.
    """
    statement = (
        update(core(ContentReport))
        .where(REPORT.reported_at < before, or_(REPORT.person_id.is_not(None), REPORT.text != ""))
        .values(person_id=None, text="")
        .returning(REPORT.id)
    )
    return len(session.connection().execute(statement).all())

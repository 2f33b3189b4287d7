"""Which bodies take part in the comparison, and what was published of all of them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, text, update
from sqlmodel import Session

from db.engine import insert_new
from db.people import ORGANISATION
from db.snapshots import SNAPSHOT
from db.tables import Comparing, Organisation, Release, core, new_id

PART, RELEASE = core(Comparing).c, core(Release).c


@dataclass(frozen=True)
class Published:
    """A release as it is stored."""

    subject: str
    published_at: datetime
    epsilon: float
    method: dict[str, Any]
    figures: dict[str, Any]


def since(session: Session, *, org_id: uuid.UUID, day: date) -> date | None:
    """The day from which a body takes part; None when it does not on ``day``."""
    query = select(PART.since).where(PART.org_id == org_id, _on(day))
    return session.connection().execute(query).scalars().first()


def begin(session: Session, *, org_id: uuid.UUID, by: uuid.UUID, day: date) -> bool:
    """A body takes part from a day on; False when it does already."""
    hold(session)
    if since(session, org_id=org_id, day=day) is not None:
        return False
    row = {"org_id": org_id, "id": new_id(), "since": day, "agreed_by": by}
    session.connection().execute(core(Comparing).insert().values(row))
    return True


def stop(session: Session, *, org_id: uuid.UUID, day: date) -> bool:
    """A body takes part no more from a day on; False when it does not anyhow."""
    hold(session)
    done = session.connection().execute(
        update(core(Comparing)).where(PART.org_id == org_id, _on(day)).values(ends=day)
    )
    return bool(done.rowcount)


def taking_part(session: Session, *, day: date, joined_by: date | None = None) -> set[uuid.UUID]:
    """The bodies that take part on a day, of those that joined by another; no invented one."""
    query = (
        select(PART.org_id)
        .join(core(Organisation), ORGANISATION.id == PART.org_id)
        .where(_on(day), ORGANISATION.invented.is_(False))
    )
    if joined_by is not None:
        query = query.where(PART.since <= joined_by)
    return set(session.connection().execute(query).scalars())


def figures(
    session: Session, *, org_ids: Collection[uuid.UUID], month_end: date
) -> dict[str, dict[uuid.UUID, tuple[int, int]]]:
    """By module and body: people and people in date of the whole body, where it is shown."""
    query = select(SNAPSHOT.module, SNAPSHOT.org_id, SNAPSHOT.people, SNAPSHOT.in_date).where(
        SNAPSHOT.org_id.in_(org_ids),
        SNAPSHOT.month_end == month_end,
        SNAPSHOT.parent_id.is_(None),
        SNAPSHOT.hidden == "",
        SNAPSHOT.people > 0,
    )
    found: dict[str, dict[uuid.UUID, tuple[int, int]]] = {}
    for module, org_id, people, in_date in session.connection().execute(query):
        found.setdefault(module, {})[org_id] = (people, in_date)
    return found


def most_common(found: dict[str, dict[uuid.UUID, tuple[int, int]]]) -> str:
    """The module that most bodies have a figure of, the first by id of several; "" for none."""
    counted = Counter({module: len(bodies) for module, bodies in found.items()})
    return min(counted, key=lambda module: (-counted[module], module), default="")


def releases(session: Session) -> list[Published]:
    """Everything that was published, newest first."""
    query = select(
        RELEASE.subject, RELEASE.published_at, RELEASE.epsilon, RELEASE.method, RELEASE.figures
    ).order_by(RELEASE.published_at.desc(), RELEASE.id.desc())
    return [Published(*row) for row in session.connection().execute(query)]


def hold(session: Session) -> None:
    """Nobody else publishes, joins or leaves until the commit; SQLite has one writer anyway."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text("LOCK TABLE release IN SHARE ROW EXCLUSIVE MODE"))


def publish(session: Session, row: Published) -> bool:
    """Keep a release; False when its subject was published before."""
    return insert_new(session, Release, {"id": new_id(), **vars(row)})


def _on(day: date) -> Any:
    return (PART.since <= day) & or_(PART.ends.is_(None), PART.ends > day)

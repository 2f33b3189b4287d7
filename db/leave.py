"""What excuses from a duty: exemptions, and more time that was asked for or given."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, update
from sqlmodel import Session

from db.engine import insert_many
from db.people import PERSON
from db.tables import Exemption, Extension, Person, core, new_id

EXEMPTION, EXTENSION = core(Exemption).c, core(Extension).c


@dataclass(frozen=True)
class Exempted:
    """Somebody need not take a module ("": none at all); ``by`` is the name of who said so."""

    id: uuid.UUID
    person_id: uuid.UUID
    module: str
    ground: str
    starts: date
    # The first day on which it no longer holds.
    ends: date | None
    given_at: datetime
    by: str


@dataclass(frozen=True)
class More:
    """More time for one duty: asked for, granted, or refused with a sentence (``answer``).

    ``name`` is whose it is, ``by`` who decided. Open while ``decided_at`` is None.
    """

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    module: str
    due_on: date
    ground: str
    asked_until: date
    asked_at: datetime
    decided_at: datetime | None
    granted_until: date | None
    answer: str
    by: str

    @property
    def open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.decided_at is None


def exempt(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    module: str,
    ground: str,
    starts: date,
    ends: date | None,
    by: uuid.UUID,
    now: datetime,
) -> None:
    """Keep that somebody need not take a module."""
    row = {
        "org_id": org_id,
        "id": new_id(),
        "person_id": person_id,
        "module": module,
        "ground": ground,
        "starts": starts,
        "ends": ends,
        "given_by": by,
        "given_at": now,
    }
    insert_many(session, Exemption, [row])


def end_exemption(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, by: uuid.UUID, day: date, now: datetime
) -> bool:
    """End one that holds on a day, from that day on. False when it does not hold any more."""
    statement = (
        update(core(Exemption))
        .where(EXEMPTION.org_id == org_id, EXEMPTION.id == id, holds(day))
        .values(ends=day, ended_by=by, ended_at=now)
    )
    return session.connection().execute(statement).rowcount == 1


def holds(day: date) -> Any:
    """The condition that an exemption has not ended on a day."""
    return or_(EXEMPTION.ends.is_(None), EXEMPTION.ends > day)


def exemptions(
    session: Session, *, org_id: uuid.UUID, person_ids: Sequence[uuid.UUID], day: date
) -> list[Exempted]:
    """What these people are exempt from on a day, the newest first. One query."""
    query = _exempted(org_id).where(EXEMPTION.person_id.in_(person_ids), holds(day))
    newest = query.order_by(EXEMPTION.given_at.desc(), EXEMPTION.id)
    return [Exempted(**_named(row)) for row in session.connection().execute(newest)]


def exemption(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> Exempted | None:
    """One exemption of an organisation."""
    row = session.connection().execute(_exempted(org_id).where(EXEMPTION.id == id)).one_or_none()
    return Exempted(**_named(row)) if row else None


def _exempted(org_id: uuid.UUID) -> Select[Any]:
    columns = ("id", "person_id", "module", "ground", "starts", "ends", "given_at")
    return (
        select(*(EXEMPTION[name] for name in columns), PERSON.name.label("by"))
        .select_from(core(Exemption))
        .outerjoin(
            core(Person),
            and_(PERSON.org_id == EXEMPTION.org_id, PERSON.id == EXEMPTION.given_by),
        )
        .where(EXEMPTION.org_id == org_id)
    )


def ask(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    module: str,
    due_on: date,
    ground: str,
    until: date,
    now: datetime,
    by: uuid.UUID | None = None,
) -> None:
    """Ask for more time for the duty of a due day; with ``by``, it is given at once."""
    row = {
        "org_id": org_id,
        "id": new_id(),
        "person_id": person_id,
        "module": module,
        "due_on": due_on,
        "ground": ground,
        "asked_until": until,
        "asked_at": now,
        "decided_by": by,
        "decided_at": now if by else None,
        "granted_until": until if by else None,
        "answer": "",
    }
    insert_many(session, Extension, [row])


def decide(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    by: uuid.UUID,
    until: date | None,
    answer: str,
    now: datetime,
    granted: bool = False,
) -> bool:
    """Grant until a day, or refuse with an answer; False when it is not open any more.

    With ``granted`` it is one that was granted, and is taken back.
    """
    still = EXTENSION.granted_until.is_not(None) if granted else EXTENSION.decided_at.is_(None)
    statement = (
        update(core(Extension))
        .where(EXTENSION.org_id == org_id, EXTENSION.id == id, still)
        .values(decided_by=by, decided_at=now, granted_until=until, answer=answer)
    )
    return session.connection().execute(statement).rowcount == 1


def more_time(
    session: Session, *, org_id: uuid.UUID, person_ids: Sequence[uuid.UUID], open: bool = False
) -> list[More]:
    """What these people asked for or were given, the newest first; ``open`` leaves the rest out."""
    query = _more(org_id).where(EXTENSION.person_id.in_(person_ids))
    if open:
        query = query.where(EXTENSION.decided_at.is_(None))
    newest = query.order_by(EXTENSION.asked_at.desc(), EXTENSION.id)
    return [More(**_named(row)) for row in session.connection().execute(newest)]


def extension(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> More | None:
    """One request of an organisation."""
    row = session.connection().execute(_more(org_id).where(EXTENSION.id == id)).one_or_none()
    return More(**_named(row)) if row else None


def _more(org_id: uuid.UUID) -> Select[Any]:
    decider = core(Person).alias("decider")
    columns = (
        "id",
        "person_id",
        "module",
        "due_on",
        "ground",
        "asked_until",
        "asked_at",
        "decided_at",
        "granted_until",
        "answer",
    )
    return (
        select(*(EXTENSION[name] for name in columns), PERSON.name, decider.c.name.label("by"))
        .select_from(core(Extension))
        .join(
            core(Person),
            and_(PERSON.org_id == EXTENSION.org_id, PERSON.id == EXTENSION.person_id),
        )
        .outerjoin(
            decider,
            and_(decider.c.org_id == EXTENSION.org_id, decider.c.id == EXTENSION.decided_by),
        )
        .where(EXTENSION.org_id == org_id)
    )


def _named(row: Any) -> dict[str, Any]:
    return {**row._mapping, "by": row.by or ""}

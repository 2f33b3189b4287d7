"""What is kept of imports: one line each, and which column meant what."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db import grants
from db.engine import insert_many, replace
from db.grants import Given
from db.people import DEPUTY, ORGANISATION, PERSON
from db.roster.applying import Moment
from db.roster.counting import Counts
from db.roster.laying import as_day
from db.tables import Person, RosterImport, RosterMapping, RosterUndo, core

IMPORT, UNDO = core(RosterImport).c, core(RosterUndo).c


def hold(session: Session, *, org_id: uuid.UUID) -> None:
    """Wait until no other import of this organisation runs; lasts to the commit."""
    query = select(ORGANISATION.id).where(ORGANISATION.id == org_id)
    session.connection().execute(query.with_for_update(key_share=True))


def record(
    session: Session, at: Moment, *, sha256: str, counts: Counts, by: uuid.UUID | None
) -> None:
    """The line of an import."""
    row = {"org_id": at.org_id, "id": at.import_id, "sha256": sha256, "people": counts.rows}
    done = {"joined": counts.joined + counts.returned, "moved": counts.moved, "left": counts.left}
    when = {"imported_at": at.now, "imported_by": by, "undone_at": None}
    insert_many(session, RosterImport, [{**row, **done, "changed": counts.changed, **when}])


def imports(session: Session, *, org_id: uuid.UUID, most: int = 20) -> list[RosterImport]:
    """The newest imports first."""
    query = select(RosterImport).where(IMPORT.org_id == org_id)
    found = session.execute(query.order_by(IMPORT.imported_at.desc(), IMPORT.id.desc()).limit(most))
    return list(found.scalars())


def names(session: Session, *, org_id: uuid.UUID, most: int = 20) -> dict[uuid.UUID, str]:
    """Who brought the newest imports, by id."""
    by = select(IMPORT.imported_by).where(IMPORT.org_id == org_id)
    by = by.order_by(IMPORT.imported_at.desc()).limit(most)
    query = select(PERSON.id, PERSON.name).where(PERSON.org_id == org_id, PERSON.id.in_(by))
    return {row[0]: row[1] for row in session.connection().execute(query)}


def roles(session: Session, *, org_id: uuid.UUID, import_id: uuid.UUID, day: date) -> list[Given]:
    """The roles that an import ended and that held on its day, as they are now."""
    held = _held(session, org_id, import_id, "role_grant", day)
    return grants.several(session, org_id=org_id, ids=held)


def deputies(session: Session, *, org_id: uuid.UUID, import_id: uuid.UUID, day: date) -> list[Any]:
    """Who acted on an import's day or later, which it ended: (person, name, address, kind, end)."""
    query = (
        select(DEPUTY.deputy_id, PERSON.name, PERSON.email, DEPUTY.kind, DEPUTY.ends)
        .join(core(Person), (PERSON.org_id == DEPUTY.org_id) & (PERSON.id == DEPUTY.deputy_id))
        .where(DEPUTY.org_id == org_id)
        .where(DEPUTY.id.in_(_held(session, org_id, import_id, "deputy", day)))
    )
    return list(session.connection().execute(query.order_by(DEPUTY.id)))


def _held(
    session: Session, org_id: uuid.UUID, import_id: uuid.UUID, thing: str, day: date
) -> list[uuid.UUID]:
    of = (UNDO.org_id == org_id, UNDO.import_id == import_id, UNDO.thing == thing)
    were = session.connection().execute(select(UNDO.thing_id, UNDO.before).where(*of))
    ends = {id_: as_day(json.loads(before)["ends"]) for id_, before in were}
    return [id_ for id_, until in ends.items() if until is None or until > day]


def mapping(session: Session, *, org_id: uuid.UUID, head: str) -> dict[str, str] | None:
    """Which column meant what in a file with this head; None for a new one."""
    found = session.get(RosterMapping, (org_id, head))
    return dict(json.loads(found.mapping)) if found else None


def keep_mapping(
    session: Session, *, org_id: uuid.UUID, head: str, mapping: Mapping[str, str], now: datetime
) -> None:
    """Remember which column means what."""
    text = json.dumps(dict(mapping), ensure_ascii=False)
    row = {"org_id": org_id, "head": head, "mapping": text, "saved_at": now}
    replace(session, RosterMapping, row)

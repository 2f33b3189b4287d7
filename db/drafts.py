"""Drafts of modules: their files as they stand, and every step of their history.

A change keeps the lines that gave way and those that came, so that any earlier state can be had
again and a long file costs little for each saved word.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from db.engine import replace
from db.people import PERSON
from db.tables import DraftChange, DraftFile, DraftPresence, ModuleDraft, Person, core, new_id

DRAFT, FILE, CHANGE = core(ModuleDraft).c, core(DraftFile).c, core(DraftChange).c
SEEN = core(DraftPresence).c


@dataclass(frozen=True)
class Drafted:
    """One draft, without its files."""

    id: uuid.UUID
    module: str
    slug: str
    base_id: uuid.UUID | None
    number: int
    state: str
    made_by: uuid.UUID
    made_at: datetime
    changed_at: datetime
    asked_by: uuid.UUID | None
    asked_at: datetime | None
    word: str
    approved_by: uuid.UUID | None
    approved_at: datetime | None
    approved_number: int
    offered: bool
    merges: str
    publish_at: datetime | None
    planned_by: uuid.UUID | None
    refused: str
    ended_at: datetime | None
    revision_id: uuid.UUID | None


@dataclass(frozen=True)
class File:
    """A file of a draft, and the number of the change that wrote it last."""

    body: str
    number: int


@dataclass(frozen=True)
class Step:
    """One change: from ``line`` on, ``old`` gave way to ``new`` (None: no such file)."""

    number: int
    path: str
    line: int
    old: str | None
    new: str | None
    place: str
    by_id: uuid.UUID
    by: str
    at: datetime
    undoes: int | None


@dataclass(frozen=True)
class Present:
    """Somebody who has a draft open."""

    person_id: uuid.UUID
    name: str
    place: str
    seen_at: datetime


COLUMNS = tuple(DRAFT[name] for name in Drafted.__dataclass_fields__)


def by_id(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> Drafted | None:
    """One draft of an organisation."""
    row = session.connection().execute(
        select(*COLUMNS).where(DRAFT.org_id == org_id, DRAFT.id == id)
    )
    found = row.one_or_none()
    return Drafted(*found) if found else None


def hold(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> Drafted | None:
    """One draft, which nobody else changes until the commit."""
    query = select(*COLUMNS).where(DRAFT.org_id == org_id, DRAFT.id == id)
    found = session.connection().execute(query.with_for_update()).one_or_none()
    return Drafted(*found) if found else None


def open_ones(session: Session, *, org_id: uuid.UUID) -> list[Drafted]:
    """The drafts that are not ended, by module."""
    query = (
        select(*COLUMNS)
        .where(DRAFT.org_id == org_id, DRAFT.ended_at.is_(None))
        .order_by(DRAFT.module)
    )
    return [Drafted(*row) for row in session.connection().execute(query)]


def heads(session: Session, *, org_id: uuid.UUID) -> dict[uuid.UUID, dict[str, str]]:
    """The lessons and the module.yaml of all open drafts, by draft and path."""
    named = FILE.path.like("%/lesson.%.md") | FILE.path.like("%/module.yaml")
    query = (
        select(FILE.draft_id, FILE.path, FILE.body)
        .join(core(ModuleDraft), (DRAFT.org_id == FILE.org_id) & (DRAFT.id == FILE.draft_id))
        .where(FILE.org_id == org_id, DRAFT.ended_at.is_(None), named)
        .order_by(FILE.path)
    )
    found: dict[uuid.UUID, dict[str, str]] = {}
    for id, path, body in session.connection().execute(query):
        found.setdefault(id, {})[path] = body
    return found


def due(session: Session, *, now: datetime) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Organisation and draft of every publication whose time has come, of all organisations."""
    query = (
        select(DRAFT.org_id, DRAFT.id)
        .where(DRAFT.publish_at <= now, DRAFT.ended_at.is_(None))
        .order_by(DRAFT.publish_at)
    )
    return [(row[0], row[1]) for row in session.connection().execute(query)]


def modules(session: Session, *, org_id: uuid.UUID) -> set[tuple[str, str]]:
    """The ids and slugs of all drafts there ever were: neither is given twice."""
    query = select(DRAFT.module, DRAFT.slug).where(DRAFT.org_id == org_id)
    return {(row[0], row[1]) for row in session.connection().execute(query)}


def begin(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    slug: str,
    base_id: uuid.UUID | None,
    files: Mapping[str, str],
    by: uuid.UUID,
    now: datetime,
) -> uuid.UUID:
    """Begin a draft with these files; IntegrityError if the module has an open one."""
    id = new_id()
    session.connection().execute(
        insert(core(ModuleDraft)).values(
            org_id=org_id,
            id=id,
            module=module,
            slug=slug,
            base_id=base_id,
            made_by=by,
            made_at=now,
            changed_at=now,
        )
    )
    rows = [
        {"org_id": org_id, "draft_id": id, "path": path, "body": body, "number": 0}
        for path, body in files.items()
    ]
    if rows:
        session.connection().execute(insert(core(DraftFile)), rows)
    return id


def set_draft(session: Session, *, org_id: uuid.UUID, id: uuid.UUID, **values: Any) -> None:
    """Set columns of a draft."""
    session.connection().execute(
        update(core(ModuleDraft)).where(DRAFT.org_id == org_id, DRAFT.id == id).values(**values)
    )


def files(session: Session, *, org_id: uuid.UUID, id: uuid.UUID) -> dict[str, File]:
    """The files of a draft as they stand, by path."""
    query = (
        select(FILE.path, FILE.body, FILE.number)
        .where(FILE.org_id == org_id, FILE.draft_id == id)
        .order_by(FILE.path)
    )
    return {row[0]: File(row[1], row[2]) for row in session.connection().execute(query)}


def put(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, path: str, body: str | None, number: int
) -> None:
    """Keep a file as it stands after a change; None takes it away."""
    if body is None:
        session.connection().execute(
            delete(core(DraftFile)).where(
                FILE.org_id == org_id, FILE.draft_id == id, FILE.path == path
            )
        )
        return
    row = {"org_id": org_id, "draft_id": id, "path": path, "body": body, "number": number}
    replace(session, DraftFile, row)


def record(session: Session, *, org_id: uuid.UUID, id: uuid.UUID, step: Mapping[str, Any]) -> None:
    """Append a step, or write the newest one anew (one sentence is typed in many saves)."""
    replace(session, DraftChange, {"org_id": org_id, "draft_id": id, **step})


def steps(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, after: int = 0, most: int | None = None
) -> list[Step]:
    """The steps after a number, the newest first."""
    query = (
        select(
            CHANGE.number,
            CHANGE.path,
            CHANGE.line,
            CHANGE.old,
            CHANGE.new,
            CHANGE.place,
            CHANGE.changed_by,
            PERSON.name,
            CHANGE.changed_at,
            CHANGE.undoes,
        )
        .select_from(core(DraftChange))
        .outerjoin(
            core(Person), (PERSON.org_id == CHANGE.org_id) & (PERSON.id == CHANGE.changed_by)
        )
        .where(CHANGE.org_id == org_id, CHANGE.draft_id == id, CHANGE.number > after)
        .order_by(CHANGE.number.desc())
        .limit(most)
    )
    rows = session.connection().execute(query)
    return [Step(*row[:7], row[7] or "", row[8], row[9]) for row in rows]


def see(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    person_id: uuid.UUID,
    place: str,
    now: datetime,
) -> None:
    """Note that somebody has a draft open, and where."""
    row = {"org_id": org_id, "draft_id": id, "person_id": person_id}
    replace(session, DraftPresence, {**row, "place": place, "seen_at": now})


def present(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, since: datetime
) -> list[Present]:
    """Who has had a draft open since a moment, by name."""
    query = (
        select(SEEN.person_id, PERSON.name, SEEN.place, SEEN.seen_at)
        .select_from(core(DraftPresence))
        .join(core(Person), (PERSON.org_id == SEEN.org_id) & (PERSON.id == SEEN.person_id))
        .where(SEEN.org_id == org_id, SEEN.draft_id == id, SEEN.seen_at >= since)
        .order_by(PERSON.name)
    )
    return [Present(*row) for row in session.connection().execute(query)]


def forget_presence(session: Session, *, before: datetime) -> None:
    """Delete what says who had which draft open, before a moment."""
    session.connection().execute(delete(core(DraftPresence)).where(SEEN.seen_at < before))


def names(
    session: Session, *, org_id: uuid.UUID, ids: Iterable[uuid.UUID | None]
) -> dict[uuid.UUID, str]:
    """The names of people of an organisation, by id."""
    wanted = {one for one in ids if one}
    query = select(PERSON.id, PERSON.name).where(PERSON.org_id == org_id, PERSON.id.in_(wanted))
    return {row[0]: row[1] for row in session.connection().execute(query)}

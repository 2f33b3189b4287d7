"""The log of evidence as rows: appended and read, never changed."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    delete,
    func,
    literal,
    select,
    type_coerce,
    update,
)
from sqlmodel import Session

from db.engine import insert_many, insert_new
from db.people import PLACEMENT
from db.tables import Checkpoint, Evidence, EvidenceField, EvidenceHead, core

ENTRY, FIELD, HEAD = core(Evidence).c, core(EvidenceField).c, core(EvidenceHead).c
CHECKPOINT = core(Checkpoint).c


@dataclass(frozen=True)
class Head:
    """The newest entry of a log (0 for an empty one), and the secret of its pseudonyms."""

    number: int
    hash: str
    secret: str


def hold(session: Session, *, org_id: uuid.UUID, start: str) -> Head:
    """The head of a log, made with the hash ``start`` when there is none; alone until the commit.

    PostgreSQL locks the row. SQLite ignores the clause: its writing session is alone anyway.
    """
    query = select(HEAD.number, HEAD.hash, HEAD.secret).where(HEAD.org_id == org_id)
    held = session.connection().execute(query.with_for_update()).one_or_none()
    if held is None:
        row = {"org_id": org_id, "number": 0, "hash": start, "secret": secrets.token_hex(32)}
        # Two may come first at once: the second waits here, and finds the first one's.
        insert_new(session, EvidenceHead, row)
        held = session.connection().execute(query.with_for_update()).one()
    return Head(*held)


def add(session: Session, *, entries: list[dict[str, Any]], fields: list[dict[str, Any]]) -> None:
    """Append whole rows."""
    insert_many(session, Evidence, entries)
    insert_many(session, EvidenceField, fields)


def move(session: Session, *, org_id: uuid.UUID, number: int, hash_: str) -> None:
    """Set the head to the entry that was appended last."""
    statement = update(core(EvidenceHead)).where(HEAD.org_id == org_id)
    session.connection().execute(statement.values(number=number, hash=hash_))


def erase(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> int:
    """Delete a person's fields; how many there were."""
    statement = delete(core(EvidenceField)).where(
        FIELD.org_id == org_id, FIELD.person_id == person_id
    )
    return session.connection().execute(statement).rowcount


class Kept(NamedTuple):
    """A checkpoint; ``at`` as text."""

    number: int
    hash: str
    at: str
    previous: str
    public_key: str
    signature: str


def _at(session: Session, column: ColumnElement[datetime]) -> ColumnElement[str]:
    """A moment as the log writes it, made by the database: a million of them are read."""
    if session.connection().dialect.name == "postgresql":
        utc = func.timezone("UTC", column)
        return func.to_char(utc, literal('YYYY-MM-DD"T"HH24:MI:SS.US"Z"', String))
    return func.replace(type_coerce(column, String), " ", "T", type_=String) + "Z"


def _hex(session: Session, column: ColumnElement[uuid.UUID]) -> ColumnElement[str]:
    """An id as 32 hexadecimal digits, made by the database."""
    if session.connection().dialect.name == "postgresql":
        return func.replace(cast(column, String), "-", "", type_=String)
    return type_coerce(column, String)


def checkpoints(session: Session, *, org_id: uuid.UUID) -> list[Kept]:
    """The checkpoints of a log in their order."""
    query = _checkpoints(session, org_id).order_by(CHECKPOINT.number)
    return [Kept(*row) for row in session.connection().execute(query)]


def last_checkpoint(session: Session, *, org_id: uuid.UUID) -> Kept | None:
    """The newest checkpoint of a log."""
    query = _checkpoints(session, org_id).order_by(CHECKPOINT.number.desc()).limit(1)
    row = session.connection().execute(query).one_or_none()
    return Kept(*row) if row else None


def _checkpoints(session: Session, org_id: uuid.UUID) -> Select[Any]:
    return select(
        CHECKPOINT.number,
        CHECKPOINT.hash,
        _at(session, CHECKPOINT.at),
        CHECKPOINT.previous,
        CHECKPOINT.public_key,
        CHECKPOINT.signature,
    ).where(CHECKPOINT.org_id == org_id)


def keep_checkpoint(session: Session, *, org_id: uuid.UUID, row: Mapping[str, Any]) -> None:
    """Keep a checkpoint."""
    insert_many(session, Checkpoint, [{"org_id": org_id, **row}])


def head(session: Session, *, org_id: uuid.UUID) -> Head | None:
    """The newest entry of a log; None where nothing was ever recorded."""
    query = select(HEAD.number, HEAD.hash, HEAD.secret).where(HEAD.org_id == org_id)
    row = session.connection().execute(query).one_or_none()
    return Head(*row) if row else None


def steady(session: Session) -> None:
    """Let this session see one state of the database throughout. Before its first read."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def entries(session: Session, *, org_id: uuid.UUID, first: int, last: int) -> Sequence[Any]:
    """Entries as (number, previous, hash, body, at, kind), in order."""
    query = select(
        ENTRY.number, ENTRY.previous, ENTRY.hash, ENTRY.body, _at(session, ENTRY.at), ENTRY.kind
    ).where(ENTRY.org_id == org_id, ENTRY.number.between(first, last))
    return session.connection().execute(query.order_by(ENTRY.number)).all()


def fields(session: Session, *, org_id: uuid.UUID, first: int, last: int) -> Sequence[Any]:
    """Personal fields as (number, name, salt, value, person), by number and name."""
    query = select(
        FIELD.number, FIELD.name, FIELD.salt, FIELD.value, _hex(session, FIELD.person_id)
    ).where(FIELD.org_id == org_id, FIELD.number.between(first, last))
    return session.connection().execute(query.order_by(FIELD.number, FIELD.name)).all()


def bounds(session: Session, *, org_id: uuid.UUID) -> tuple[int, int]:
    """The least and the greatest number that an entry or a field has; 0 for none."""
    found = [0]
    for column in (ENTRY, FIELD):
        query = select(func.min(column.number), func.max(column.number))
        found += session.connection().execute(query.where(column.org_id == org_id)).one()
    there = [one for one in found if one is not None]
    return min(there), max(there)


def latest(
    session: Session,
    *,
    org_id: uuid.UUID,
    units: Collection[uuid.UUID] | None = None,
    kind: str = "",
    since: datetime | None = None,
    most: int,
) -> Sequence[Any]:
    """The newest entries as (number, at, kind, body): about people of some units when named."""
    query = select(ENTRY.number, ENTRY.at, ENTRY.kind, ENTRY.body).where(ENTRY.org_id == org_id)
    if kind:
        query = query.where(ENTRY.kind == kind)
    if since is not None:
        query = query.where(ENTRY.at >= since)
    if units is not None:
        about = select(FIELD.number).where(
            FIELD.org_id == org_id,
            FIELD.name == "person",
            FIELD.person_id.in_(_placed(org_id, units)),
        )
        query = query.where(ENTRY.number.in_(about))
    return session.connection().execute(query.order_by(ENTRY.number.desc()).limit(most)).all()


def opened(session: Session, *, org_id: uuid.UUID, numbers: Collection[int]) -> Sequence[Any]:
    """The personal fields of some entries as (number, name, value, person id)."""
    query = select(FIELD.number, FIELD.name, FIELD.value, FIELD.person_id)
    query = query.where(FIELD.org_id == org_id, FIELD.number.in_(numbers))
    return session.connection().execute(query).all()


def placed(
    session: Session, *, org_id: uuid.UUID, units: Collection[uuid.UUID]
) -> frozenset[uuid.UUID]:
    """Whoever has been in one of these units at any time."""
    return frozenset(session.connection().execute(_placed(org_id, units)).scalars())


def named(session: Session, *, org_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Everybody whose name stands in the log."""
    query = select(FIELD.person_id).where(FIELD.org_id == org_id).distinct()
    return frozenset(session.connection().execute(query).scalars())


def _placed(org_id: uuid.UUID, units: Collection[uuid.UUID]) -> Select[Any]:
    return select(PLACEMENT.person_id).where(
        PLACEMENT.org_id == org_id, PLACEMENT.unit_id.in_(units)
    )

"""The rows of one person, table by table: read for her export, deleted or blanked on erasure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, literal, select, union_all, update
from sqlmodel import Session

from db.people import ORGANISATION, PERSON
from db.tables import Attempt, Base, Organisation, Person, core

ATTEMPT = core(Attempt).c


def hers(
    table: type[Base], *, by: str, org_id: uuid.UUID, person_id: uuid.UUID, through: str = ""
) -> ColumnElement[bool]:
    """The condition that a row is hers: by a column with her id, or that of an attempt of hers."""
    columns = core(table).c
    if through:
        mine = select(ATTEMPT.id).where(ATTEMPT.org_id == org_id, ATTEMPT.person_id == person_id)
        return and_(columns.org_id == org_id, columns[by].in_(mine))
    return and_(columns.org_id == org_id, columns[by] == person_id)


def rows(
    session: Session,
    condition: ColumnElement[bool],
    *,
    table: type[Base],
    columns: Sequence[str],
    looks: Mapping[str, tuple[type[Base], str]],
) -> list[dict[str, Any]]:
    """The rows for which a condition holds, by primary key; ids of ``looks`` replaced by names.

    ``looks`` says for a column in which table and column of the same organisation its name is.
    """
    of = core(table)
    chosen: list[Any] = []
    joined: Any = of
    for name in columns:
        if name not in looks:
            chosen.append(of.c[name])
            continue
        other, shown = looks[name]
        there = core(other).alias(f"of_{name}")
        on = and_(there.c.org_id == of.c.org_id, there.c.id == of.c[name])
        joined = joined.outerjoin(there, on)
        chosen.append(there.c[shown].label(name))
    query = select(*chosen).select_from(joined).where(condition).order_by(*of.primary_key.columns)
    return [dict(row._mapping) for row in session.connection().execute(query)]


def count(session: Session, condition: ColumnElement[bool], *, table: type[Base]) -> int:
    """How many rows a condition holds for."""
    query = select(func.count()).select_from(core(table)).where(condition)
    return int(session.connection().execute(query).scalar_one())


def counts(
    session: Session, wanted: Mapping[str, tuple[type[Base], ColumnElement[bool]]]
) -> dict[str, int]:
    """How many rows each of several conditions holds for, by name. One query."""
    asked = [
        select(literal(name).label("name"), func.count().label("n"))
        .select_from(core(table))
        .where(condition)
        for name, (table, condition) in wanted.items()
    ]
    return {name: int(n) for name, n in session.connection().execute(union_all(*asked))}


def remove(session: Session, condition: ColumnElement[bool], *, table: type[Base]) -> int:
    """Delete the rows for which a condition holds; how many there were."""
    [key, *_] = core(table).primary_key.columns
    statement = delete(core(table)).where(condition).returning(key)
    return len(session.connection().execute(statement).all())


def change(
    session: Session,
    condition: ColumnElement[bool],
    *,
    table: type[Base],
    values: Mapping[str, Any],
) -> int:
    """Set columns of the rows for which a condition holds; how many there were."""
    [key, *_] = core(table).primary_key.columns
    statement = update(core(table)).where(condition).values(**values).returning(key)
    return len(session.connection().execute(statement).all())


def found(session: Session, *, email: str) -> list[tuple[Organisation, Person]]:
    """Everybody with this address in any organisation, also whoever has left."""
    query = (
        select(Organisation, Person)
        .join(Person, PERSON.org_id == ORGANISATION.id)
        .where(PERSON.email == email.casefold())
        .order_by(ORGANISATION.name)
    )
    return [(row[0], row[1]) for row in session.execute(query)]

"""Refreshers: who redoes the changed part of a module by when. By statements, not by loops."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, false, func, literal, or_, select, true, union, update
from sqlmodel import Session

from db.engine import insert_new, insert_selected
from db.people import PERSON
from db.tables import Completion, Person, Refresher, core

REFRESHER, COMPLETION = core(Refresher).c, core(Completion).c


@dataclass(frozen=True)
class Open:
    """A refresher that is not done: for which version of a module, from when, by which day."""

    module: str
    version: str
    made_at: datetime
    due_on: date


@dataclass(frozen=True)
class Earlier:
    """The versions of a module from before a change, as completions name them.

    ``unknown`` are those that are no versions, such as of what was entered by hand: of them it
    counts whether they were completed before the change was published.
    """

    versions: Collection[str]
    unknown: Collection[str]
    published_at: datetime
    # Those of which one has to have been learned to be affected; None: any of them.
    learned: Collection[str] | None = None


def versions(session: Session, *, org_id: uuid.UUID, module: str) -> list[str]:
    """Every version of a module that somebody has completed, or whose changed part she redid."""
    completed = select(COMPLETION.version).where(
        COMPLETION.org_id == org_id, COMPLETION.module == module
    )
    redone = select(REFRESHER.version).where(
        REFRESHER.org_id == org_id, REFRESHER.module == module, REFRESHER.done_at.is_not(None)
    )
    return list(session.connection().execute(union(completed, redone)).scalars())


def ask(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    version: str,
    earlier: Earlier,
    paths: Collection[str],
    today: date,
    due_on: date,
    now: datetime,
) -> int:
    """Ask whoever is affected and was not asked yet; how many. One statement at any size.

    Affected is who works here, follows one of ``paths`` (empty: any), and has an earlier version
    that counts ``today`` and none from the change on.
    """
    asked = (
        select(literal(1))
        .where(
            REFRESHER.org_id == PERSON.org_id,
            REFRESHER.person_id == PERSON.id,
            REFRESHER.module == module,
            REFRESHER.version == version,
        )
        .correlate(core(Person))
        .exists()
    )
    columns = {"module": module, "version": version, "made_at": now, "due_on": due_on}
    values = [literal(one, core(Refresher).c[name].type) for name, one in columns.items()]
    query = select(PERSON.org_id, PERSON.id, *values).where(
        *_affected(org_id, module, earlier, paths, today), ~asked
    )
    names = ["org_id", "person_id", *columns]
    # Two processes that sweep at the same time ask once.
    return insert_selected(session, Refresher, names, query)


def affected(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    earlier: Earlier,
    paths: Collection[str],
    today: date,
) -> int:
    """How many people `ask` would ask of a change that nobody was asked about yet."""
    query = select(func.count()).where(*_affected(org_id, module, earlier, paths, today))
    return int(session.connection().execute(query.select_from(core(Person))).scalar_one())


def _affected(
    org_id: uuid.UUID, module: str, earlier: Earlier, paths: Collection[str], today: date
) -> tuple[Any, ...]:
    """The conditions on a person whom a change affects."""
    done, other = core(Completion).alias("done"), core(Completion).alias("other")
    newer = (
        select(literal(1))
        .where(
            other.c.org_id == PERSON.org_id,
            other.c.person_id == PERSON.id,
            other.c.module == module,
            ~_before(other.c, earlier),
        )
        .exists()
    )
    held = (
        select(literal(1))
        .where(
            done.c.org_id == PERSON.org_id,
            done.c.person_id == PERSON.id,
            done.c.module == module,
            done.c.valid_until >= today,
            _before(done.c, earlier),
        )
        .exists()
    )
    learned = true() if earlier.learned is None else _learned(org_id, module, earlier.learned)
    return (
        PERSON.org_id == org_id,
        PERSON.erased_at.is_(None),
        or_(PERSON.left_on.is_(None), PERSON.left_on > today),
        PERSON.path.in_(paths) if paths else true(),
        held,
        learned,
        ~newer,
    )


def _learned(org_id: uuid.UUID, module: str, versions: Collection[str]) -> Any:
    """The condition that a person completed one of these versions, or redid its changed part."""
    table, again = core(Completion).alias("learned"), core(Refresher).alias("again")
    mine = [
        select(literal(1))
        .where(
            one.c.org_id == org_id,
            one.c.person_id == PERSON.id,
            one.c.module == module,
            one.c.version.in_(versions),
            *more,
        )
        .exists()
        for one, more in ((table, ()), (again, (again.c.done_at.is_not(None),)))
    ]
    return or_(*mine) if versions else false()


def close_completed(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    version: str,
    earlier: Earlier,
    person_id: uuid.UUID | None = None,
) -> int:
    """Close what a completion from the change on has made needless; how many."""
    done = core(Completion).alias("done")
    newer = (
        done.c.org_id == REFRESHER.org_id,
        done.c.person_id == REFRESHER.person_id,
        done.c.module == module,
        ~_before(done.c, earlier),
    )
    when = select(func.min(done.c.completed_at)).where(*newer).scalar_subquery()
    statement = update(core(Refresher)).where(
        REFRESHER.org_id == org_id,
        REFRESHER.module == module,
        REFRESHER.version == version,
        REFRESHER.done_at.is_(None),
        select(literal(1)).where(*newer).exists(),
    )
    if person_id is not None:
        statement = statement.where(REFRESHER.person_id == person_id)
    return int(session.connection().execute(statement.values(done_at=when)).rowcount)


def _before(completion: Any, earlier: Earlier) -> Any:
    """The condition that a completion is of a version from before the change."""
    known = completion.version.in_(earlier.versions) if earlier.versions else false()
    if not earlier.unknown:
        return known
    by_day = completion.completed_at < earlier.published_at
    return or_(known, and_(completion.version.in_(earlier.unknown), by_day))


def open_of(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str = ""
) -> list[Open]:
    """What somebody still has to redo, the soonest first."""
    query = select(REFRESHER.module, REFRESHER.version, REFRESHER.made_at, REFRESHER.due_on).where(
        REFRESHER.org_id == org_id,
        REFRESHER.person_id == person_id,
        REFRESHER.done_at.is_(None),
    )
    if module:
        query = query.where(REFRESHER.module == module)
    rows = session.connection().execute(query.order_by(REFRESHER.due_on, REFRESHER.module))
    return [Open(*row) for row in rows]


def told(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> set[tuple[str, str]]:
    """(module, version) of every change that somebody was asked about or has been shown."""
    query = select(REFRESHER.module, REFRESHER.version).where(
        REFRESHER.org_id == org_id, REFRESHER.person_id == person_id
    )
    return {(row[0], row[1]) for row in session.connection().execute(query)}


def due(
    session: Session, *, org_id: uuid.UUID, person_ids: Sequence[uuid.UUID]
) -> dict[tuple[uuid.UUID, str], date]:
    """(person, module) -> the day by which she redoes its changed part. One query."""
    query = (
        select(REFRESHER.person_id, REFRESHER.module, func.min(REFRESHER.due_on))
        .where(
            REFRESHER.org_id == org_id,
            REFRESHER.person_id.in_(person_ids),
            REFRESHER.done_at.is_(None),
        )
        .group_by(REFRESHER.person_id, REFRESHER.module)
    )
    return {(row[0], row[1]): row[2] for row in session.connection().execute(query)}


def due_on(org_id: Any, person_id: Any, module: Any) -> Any:
    """The same as a column of a query further out: its organisation, person and module."""
    query = select(func.min(REFRESHER.due_on)).where(
        REFRESHER.org_id == org_id,
        REFRESHER.person_id == person_id,
        REFRESHER.module == module,
        REFRESHER.done_at.is_(None),
    )
    return query.correlate_except(core(Refresher)).scalar_subquery()


def shown(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    module: str,
    version: str,
    day: date,
    now: datetime,
) -> None:
    """Keep that somebody has seen a change that asks nothing of her."""
    row = {"org_id": org_id, "person_id": person_id, "module": module, "version": version}
    insert_new(session, Refresher, {**row, "made_at": now, "due_on": day, "done_at": now})


def withdraw(session: Session, *, org_id: uuid.UUID, module: str, rules: Collection[str]) -> int:
    """Ask no longer for what is no changed rule any more; how many. What is done stays."""
    statement = delete(core(Refresher)).where(
        REFRESHER.org_id == org_id, REFRESHER.module == module, REFRESHER.done_at.is_(None)
    )
    if rules:
        statement = statement.where(REFRESHER.version.not_in(rules))
    return int(session.connection().execute(statement).rowcount)


def done(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    module: str,
    version: str,
    now: datetime,
) -> bool:
    """Keep that somebody has redone it; False when it was done."""
    statement = update(core(Refresher)).where(
        REFRESHER.org_id == org_id,
        REFRESHER.person_id == person_id,
        REFRESHER.module == module,
        REFRESHER.version == version,
        REFRESHER.done_at.is_(None),
    )
    return bool(session.connection().execute(statement.values(done_at=now)).rowcount)

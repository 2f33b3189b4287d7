"""What a directory does to groups: make, change, delete."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator

from sqlalchemy import delete, or_, select, update
from sqlmodel import Session

from db.directory import GROUP, MEMBER, visible
from db.directory_wishes import Moment, Stale, Taken
from db.engine import insert_many
from db.people import PERSON
from db.tables import GroupMember, PeopleGroup, Person, core, new_id
from db.texts import fold, folded


def create(
    session: Session,
    at: Moment,
    *,
    name: str,
    external_id: str | None,
    members: Collection[uuid.UUID],
) -> uuid.UUID:
    """Make a group; gives its id. Raises `Taken`."""
    _free(session, at, None, name, external_id)
    group = PeopleGroup(
        org_id=at.org_id,
        id=new_id(),
        name=name,
        external_id=external_id,
        created_at=at.now,
        changed_at=at.now,
    )
    session.add(group)
    session.flush()
    _members(session, at, group.id, set(members))
    return group.id


def change(
    session: Session,
    at: Moment,
    group_id: uuid.UUID,
    *,
    name: str,
    external_id: str | None,
    members: Collection[uuid.UUID],
    expected: int | None,
) -> None:
    """Make a group what the directory wants. Raises `Taken` or `Stale`."""
    _free(session, at, group_id, name, external_id)
    before = (
        session.connection()
        .execute(select(GROUP.name).where(GROUP.org_id == at.org_id, GROUP.id == group_id))
        .scalar_one()
    )
    statement = update(core(PeopleGroup)).where(GROUP.org_id == at.org_id, GROUP.id == group_id)
    if expected is not None:
        statement = statement.where(GROUP.version == expected)
    done = session.connection().execute(
        statement.values(
            name=name, external_id=external_id, version=GROUP.version + 1, changed_at=at.now
        )
    )
    if done.rowcount != 1:
        raise Stale
    if before != name:
        _changed(session, at, _inside(session, at, group_id))
    _members(session, at, group_id, set(members))


def remove(session: Session, at: Moment, group_id: uuid.UUID, expected: int | None) -> None:
    """Delete a group: it grants nothing and is evidence of nothing. Raises `Stale`."""
    _changed(session, at, _inside(session, at, group_id))
    mine = (MEMBER.org_id == at.org_id, MEMBER.group_id == group_id)
    session.connection().execute(delete(core(GroupMember)).where(*mine))
    statement = delete(core(PeopleGroup)).where(GROUP.org_id == at.org_id, GROUP.id == group_id)
    if expected is not None:
        statement = statement.where(GROUP.version == expected)
    if session.connection().execute(statement).rowcount != 1:
        raise Stale


def _free(
    session: Session,
    at: Moment,
    me: uuid.UUID | None,
    name: str,
    external_id: str | None,
) -> None:
    same = folded(GROUP.name) == fold(name)
    query = select(same.label("name")).where(
        GROUP.org_id == at.org_id,
        GROUP.id != (me or at.org_id),
        same if external_id is None else or_(same, GROUP.external_id == external_id),
    )
    found = session.connection().execute(query.limit(1)).first()
    if found is not None:
        raise Taken("displayName" if found.name else "externalId")


def _inside(session: Session, at: Moment, group_id: uuid.UUID) -> set[uuid.UUID]:
    query = select(MEMBER.person_id).where(MEMBER.org_id == at.org_id, MEMBER.group_id == group_id)
    return set(session.connection().execute(query).scalars())


def _members(session: Session, at: Moment, group_id: uuid.UUID, wanted: set[uuid.UUID]) -> None:
    """Who is not here is left out, whether she is anywhere else or not."""
    before = _inside(session, at, group_id)
    new, gone = wanted - before, before - wanted
    here: set[uuid.UUID] = set()
    for some in _parts(new):
        known = select(PERSON.id).where(visible(at.org_id, at.day), PERSON.id.in_(some))
        here |= set(session.connection().execute(known).scalars())
    row = {"org_id": at.org_id, "group_id": group_id}
    insert_many(session, GroupMember, [{**row, "person_id": one} for one in sorted(here)])
    for some in _parts(gone):
        session.connection().execute(
            delete(core(GroupMember)).where(
                MEMBER.org_id == at.org_id,
                MEMBER.group_id == group_id,
                MEMBER.person_id.in_(some),
            )
        )
    _changed(session, at, here | gone)


def _changed(session: Session, at: Moment, people: Collection[uuid.UUID]) -> None:
    """The groups stand in the entries of their members: they changed too."""
    for some in _parts(people):
        session.connection().execute(
            update(core(Person))
            .where(PERSON.org_id == at.org_id, PERSON.id.in_(some))
            .values(version=PERSON.version + 1)
        )


def _parts(ids: Collection[uuid.UUID], size: int = 5000) -> Iterator[list[uuid.UUID]]:
    """So many at a time: a statement takes some ten thousand values, a group has any number."""
    listed = sorted(ids)
    for first in range(0, len(listed), size):
        yield listed[first : first + size]

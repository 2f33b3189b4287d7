"""What a directory does to people: take on, change, let go, take on again."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session

from db import grants, placements, rollup, sign_ins, units_named
from db.directory import MEMBER, Entry, entries
from db.directory_again import changing, known_before
from db.directory_wishes import Circle, Moment, Nobody, Stale, Wanted
from db.grants import Given
from db.people import PERSON
from db.tables import GroupMember, Person, core, new_id


def create(session: Session, at: Moment, wanted: Wanted) -> uuid.UUID:
    """Take somebody on; gives her id. Whoever was let go and comes back is the same person.

    Raises `Taken`, `Nobody` or `Circle`.
    """
    back = known_before(session, at, wanted, None)
    if back is not None:
        _write(session, at, back, wanted, None)
        return back
    person_id = new_id()
    session.add(
        Person(
            org_id=at.org_id,
            id=person_id,
            joined_on=at.day,
            # Nobody works here before she has a place.
            left_on=at.day,
            version=0,
            created_at=at.now,
            changed_at=at.now,
            **_columns(wanted),
        )
    )
    session.flush()
    _place(session, at, person_id, wanted, None)
    session.connection().execute(
        changing(at, person_id).values(left_on=None if wanted.active else at.day, version=1)
    )
    return person_id


def change(
    session: Session, at: Moment, person_id: uuid.UUID, wanted: Wanted, expected: int | None
) -> None:
    """Make somebody what the directory wants. Raises `Taken`, `Nobody`, `Circle` or `Stale`."""
    known_before(session, at, wanted, person_id)
    _write(session, at, person_id, wanted, expected)


def remove(session: Session, at: Moment, person_id: uuid.UUID, expected: int | None) -> list[Given]:
    """Let somebody go for good: the directory sees her no more, her record stays.

    She is in no group, and her roles end: those that did are given back. Raises `Stale`.
    """
    left = (
        session.connection()
        .execute(select(PERSON.left_on).where(PERSON.org_id == at.org_id, PERSON.id == person_id))
        .scalar_one()
    )
    with rollup.keeping(session, org_id=at.org_id, person_id=person_id):
        _bumped(
            session,
            at,
            person_id,
            expected,
            left_on=min(left or at.day, at.day),
            removed_at=at.now,
        )
        _leave(session, at, person_id)
    session.connection().execute(
        delete(core(GroupMember)).where(MEMBER.org_id == at.org_id, MEMBER.person_id == person_id)
    )
    held = grants.listing(session, org_id=at.org_id, day=at.day, person_id=person_id, past=True)
    return [
        one for one in held if grants.take(session, org_id=at.org_id, grant_id=one.id, day=at.day)
    ]


def _write(
    session: Session, at: Moment, person_id: uuid.UUID, wanted: Wanted, expected: int | None
) -> None:
    row = (
        session.connection()
        .execute(select(PERSON.left_on).where(PERSON.org_id == at.org_id, PERSON.id == person_id))
        .one()
    )
    worked = row.left_on is None or row.left_on > at.day
    left = row.left_on
    if wanted.active != worked:
        left = None if wanted.active else at.day
    known = entries(session, org_id=at.org_id, ids=[person_id], day=at.day, groups=False)
    with rollup.keeping(session, org_id=at.org_id, person_id=person_id):
        _bumped(
            session,
            at,
            person_id,
            expected,
            left_on=left,
            removed_at=None,
            **_columns(wanted),
        )
        if worked and not wanted.active:
            _leave(session, at, person_id)
        _place(session, at, person_id, wanted, known[0] if known else None)


def _place(
    session: Session, at: Moment, person_id: uuid.UUID, wanted: Wanted, known: Entry | None
) -> None:
    """Where she works and under whom; of somebody who has left it is only noted."""
    if wanted.manager_id is not None:
        _fits(session, at, person_id, wanted, known)
    top = units_named.top(session, org_id=at.org_id, name=at.organisation, day=at.day)
    unit = top
    if wanted.department is not None:
        unit = units_named.named(
            session,
            org_id=at.org_id,
            name=wanted.department,
            above=top,
            near=known.unit_id if known else None,
            day=at.day,
        )
    elif known and known.department is None and known.unit_id:
        unit = known.unit_id
    where: dict[str, Any] = {"org_id": at.org_id, "person_id": person_id, "day": at.day}
    where |= {"unit_id": unit, "line_manager_id": wanted.manager_id}
    work = placements.Work(wanted.job_family, wanted.grade)
    if wanted.active:
        placements.move(session, **where, work=work)
    elif known is None or (known.unit_id, known.manager_id, known.job_family, known.grade) != (
        *(unit, wanted.manager_id),
        *work,
    ):
        placements.note(session, **where, work=work)


def _fits(
    session: Session, at: Moment, person_id: uuid.UUID, wanted: Wanted, known: Entry | None
) -> None:
    """Refuse a manager who is not here, and one who reports to her."""
    manager = wanted.manager_id
    assert manager is not None
    if manager == person_id:
        raise Circle
    if known is None or known.manager_id != manager:
        if not entries(session, org_id=at.org_id, ids=[manager], day=at.day, groups=False):
            raise Nobody
    elif known.active == wanted.active:
        return
    if placements.under(
        session, org_id=at.org_id, person_id=person_id, managers=[manager], day=at.day
    ):
        raise Circle


def _leave(session: Session, at: Moment, person_id: uuid.UUID) -> None:
    """She works nowhere from today on, and every browser in which she is signed in is out."""
    placements.end(session, org_id=at.org_id, person_id=person_id, day=at.day)
    sign_ins.end_all(session, org_id=at.org_id, person_ids=[person_id], now=at.now)


def _columns(wanted: Wanted) -> dict[str, Any]:
    return {
        "user_name": wanted.user_name,
        "email": wanted.email.casefold(),
        "name": wanted.name,
        "given_name": wanted.given_name or "",
        "family_name": wanted.family_name,
        "external_id": wanted.external_id,
        "employee_number": wanted.employee_number,
        "job_title": wanted.title,
        "language": wanted.language,
        "zone": wanted.zone,
    }


def _bumped(
    session: Session, at: Moment, person_id: uuid.UUID, expected: int | None, **values: Any
) -> None:
    """Write, and count the change; nothing is written over a change that was not seen."""
    statement = changing(at, person_id)
    if expected is not None:
        statement = statement.where(PERSON.version == expected)
    done = session.connection().execute(
        statement.values(version=PERSON.version + 1, changed_at=at.now, **values)
    )
    if done.rowcount != 1:
        raise Stale

"""Whether whom a directory takes on was here before, and what those who are gone give up."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Update, and_, func, or_, select, update
from sqlmodel import Session

from db.directory_wishes import Moment, Taken, Wanted
from db.people import PERSON
from db.tables import Person, core
from db.texts import fold, folded


def changing(at: Moment, person_id: uuid.UUID) -> Update:
    """The statement that changes one person, still without its values."""
    return update(core(Person)).where(PERSON.org_id == at.org_id, PERSON.id == person_id)


def known_before(
    session: Session, at: Moment, wanted: Wanted, me: uuid.UUID | None
) -> uuid.UUID | None:
    """Whoever was let go and is this person; whoever is not gives up what this one now has.

    Raises `Taken` for what somebody else has who is still here.
    """
    email = wanted.email.casefold()
    named = (
        func.lower(PERSON.user_name) == wanted.user_name.lower()
        if wanted.user_name.isascii()
        else folded(PERSON.user_name) == fold(wanted.user_name)
    )
    asked = {
        "userName": or_(
            named,
            and_(PERSON.user_name.is_(None), PERSON.email == wanted.user_name.casefold()),
        ),
        "emails": PERSON.email == email,
        "externalId": PERSON.external_id == wanted.external_id,
        "employeeNumber": PERSON.employee_number == wanted.employee_number,
    }
    if wanted.external_id is None:
        del asked["externalId"]
    if wanted.employee_number is None:
        del asked["employeeNumber"]
    rows = session.connection().execute(
        select(
            PERSON.id,
            PERSON.external_id,
            PERSON.employee_number,
            PERSON.left_on,
            PERSON.removed_at,
            PERSON.erased_at,
            *(func.coalesce(one, False).label(name) for name, one in asked.items()),
        ).where(PERSON.org_id == at.org_id, or_(*asked.values()), PERSON.id != (me or at.org_id))
    )
    back: uuid.UUID | None = None
    for row in rows.all():
        same = [name for name in asked if getattr(row, name)]
        here = row.left_on is None or row.left_on > at.day or row.removed_at is None
        if here and row.erased_at is None:
            raise Taken(same[0])
        if back is None and me is None and row.erased_at is None and not _differs(row, wanted):
            back = row.id
        else:
            _give_up(session, at, row.id, same)
    return back


def _differs(row: Any, wanted: Wanted) -> bool:
    """Whether a number or an identifier says that it is not the same person."""
    pairs = (
        (row.employee_number, wanted.employee_number),
        (row.external_id, wanted.external_id),
    )
    return any(before and now and before != now for before, now in pairs)


def _give_up(session: Session, at: Moment, person_id: uuid.UUID, same: list[str]) -> None:
    """Free what somebody who is gone still holds; her record stays under a made-up address."""
    free: dict[str, Any] = {
        "userName": ("user_name", None),
        "emails": ("email", f"{person_id}@removed.invalid"),
        "externalId": ("external_id", None),
        "employeeNumber": ("employee_number", None),
    }
    values = dict(free[name] for name in same)
    if "userName" in same:
        values["email"] = free["emails"][1]
    session.connection().execute(changing(at, person_id).values(**values))

"""Roles: who holds which, how far it reaches, until when; given and taken by an administrator."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import grants, people, units, whois
from db.grants import Given
from modules import enrolling
from modules.access import BY_UNIT, GRANTED, Role, Viewer, require
from modules.admin.deputies import Choice
from modules.admin.structure import Placed, in_order
from modules.basics import BadInput, Denied
from modules.evidence import rights
from modules.evidence.rights import Right

ONLY = (
    "{name} is the only administrator of the whole organisation without a last day. Give somebody "
    "else the role first."
)


@dataclass(frozen=True)
class Roles:
    """The roles that are held today, and what a new one can be given to and for."""

    given: tuple[Given, ...]
    people: tuple[Choice, ...]
    units: tuple[Placed, ...]


def roles(session: Session, viewer: Viewer, *, now: datetime) -> Roles:
    """Everything that the page of roles shows. Four queries."""
    require(viewer, "admin.roles")
    today = viewer.today(now)
    listed = people.listing(session, org_id=viewer.org_id, day=today)
    once = {one.person_id: Choice(one.person_id, one.name, one.unit) for one in listed}
    return Roles(
        tuple(grants.listing(session, org_id=viewer.org_id, day=today)),
        tuple(once.values()),
        tuple(in_order(units.tree(session, org_id=viewer.org_id, day=today))),
    )


def give(
    session: Session,
    viewer: Viewer,
    *,
    person_id: uuid.UUID,
    role: Role,
    unit_id: uuid.UUID | None,
    names: bool,
    last: date | None,
    now: datetime,
) -> None:
    """Give somebody a role; ``last`` is the last day on which it holds.

    ``unit_id`` lets it reach that unit and what is below it, where the role can be given so;
    ``names`` lets an auditor see names.
    """
    require(viewer, "admin.roles")
    today = viewer.today(now)
    if role not in GRANTED:
        raise BadInput(f"“{role}” is not given: it follows from where people work.")
    if unit_id is not None and role not in BY_UNIT:
        raise BadInput("This role reaches the whole organisation. Leave out the unit.")
    if names and role is not Role.AUDITOR:
        raise BadInput("Names are shown or hidden for auditors only.")
    if last is not None and last < today:
        raise BadInput("The last day has passed. Choose a later one, or none.")
    person = whois.by_id(session, org_id=viewer.org_id, person_id=person_id, now=now)
    if person is None:
        raise Denied(f"role for {person_id}")
    standing = units.tree(session, org_id=viewer.org_id, day=today)
    if unit_id is not None and unit_id not in {one.id for one in standing}:
        raise Denied(f"unit {unit_id}")
    ends = date.fromordinal(last.toordinal() + 1) if last else None
    if ends and role is Role.ADMINISTRATOR and unit_id is None:
        _another(session, viewer, person_id, person.name, today)
    grants.give(
        session,
        org_id=viewer.org_id,
        person_id=person_id,
        role=role,
        now=now,
        day=today,
        unit_id=unit_id,
        names=names,
        ends=ends,
        by=viewer.person_id,
    )
    enrolling.refresh(session, org_id=viewer.org_id, now=now, person_ids=[person_id])
    right = Right(viewer.org_id, person_id, person.name, person.email, role, unit_id, names, ends)
    rights.given(session, right, by=viewer.person_id, by_name=viewer.name, now=now)


def _another(
    session: Session, viewer: Viewer, person_id: uuid.UUID, name: str, today: date
) -> None:
    """Refuse a last day to the only administrator, after which nobody could give the role again."""
    people.hold_organisation(session, org_id=viewer.org_id)
    role, org_id = Role.ADMINISTRATOR, viewer.org_id
    held = grants.listing(session, org_id=org_id, day=today, person_id=person_id, role=role)
    mine = [one.id for one in held if one.unit_id is None and one.ends is None]
    if mine and not grants.holders(session, org_id=org_id, role=role, day=today, but=mine):
        raise BadInput(ONLY.format(name=name))


def take(session: Session, viewer: Viewer, *, grant_id: uuid.UUID, now: datetime) -> None:
    """Take a role away from this moment on; never the last administrator's."""
    require(viewer, "admin.roles")
    today = viewer.today(now)
    held = grants.one(session, org_id=viewer.org_id, grant_id=grant_id)
    if held is None:
        raise Denied(f"grant {grant_id}")
    # Two administrators who take each other's role at once must not both succeed.
    people.hold_organisation(session, org_id=viewer.org_id)
    last = Role.ADMINISTRATOR if held.unit_id is None else None
    if held.role == last and not grants.holders(
        session, org_id=viewer.org_id, role=held.role, day=today, but=[grant_id]
    ):
        raise BadInput(ONLY.format(name=held.name))
    if not grants.take(session, org_id=viewer.org_id, grant_id=grant_id, day=today):
        raise BadInput("That role has ended already.")
    enrolling.refresh(session, org_id=viewer.org_id, now=now, person_ids=[held.person_id])
    right = Right(
        viewer.org_id, held.person_id, held.name, held.email, held.role, held.unit_id, held.names
    )
    rights.taken(session, right, by=viewer.person_id, by_name=viewer.name, now=now)

"""Who somebody is, as the door sees her: identity, organisation, granted roles, and reports."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, case, func, literal, or_, select
from sqlmodel import Session

from db.people import GRANT, ORGANISATION, PERSON, PLACEMENT, in_force, on_day, reports_to
from db.sign_ins import SIGN_IN, holds
from db.tables import Organisation, Person, Revision, RoleGrant, SignIn, core


@dataclass(frozen=True)
class Held:
    """A role that was given, and how far: a unit's subtree, or None for the organisation."""

    role: str
    unit_id: uuid.UUID | None
    names: bool


@dataclass(frozen=True)
class Known:
    """A person as the door sees her: identity, organisation, granted roles, and reports."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    given_name: str
    email: str
    path: str
    organisation: str
    zone: str
    language: str
    jurisdiction: str
    invented: bool
    grants: tuple[Held, ...]
    # Whether anybody reports to her, or to a manager for whom she acts today.
    has_reports: bool
    # What she reads in, where it is not as her organisation has it.
    own_language: str | None = None
    own_zone: str | None = None
    # How many revisions of modules her organisation has: when it grows, its course has changed.
    revisions: int = 0

    @property
    def roles(self) -> frozenset[str]:
        """The roles she was given."""
        return frozenset(one.role for one in self.grants)


def _today(session: Session, now: datetime) -> Any:
    """The day that it is in a row's organisation: people come and go at its midnight."""
    zones = session.connection().execute(select(ORGANISATION.zone).distinct()).scalars()
    days = {zone: now.astimezone(ZoneInfo(zone)).date() for zone in zones}
    # Without an organisation there is no row to ask about; a case without branches is no SQL.
    return case(days, value=ORGANISATION.zone, else_=now.date()) if days else literal(now.date())


def _known(day: Any) -> Any:
    reports = (
        select(PLACEMENT.id)
        .where(
            reports_to(PERSON.org_id, PERSON.id, day),
            on_day(day),
        )
        .exists()
    )
    revision = core(Revision).c
    revisions = (
        select(func.count()).where(revision.org_id == PERSON.org_id).correlate(core(Person))
    ).scalar_subquery()
    return (
        select(
            PERSON.org_id,
            PERSON.id.label("person_id"),
            PERSON.name,
            PERSON.given_name,
            PERSON.email,
            PERSON.path,
            ORGANISATION.name.label("organisation"),
            ORGANISATION.zone,
            ORGANISATION.language,
            ORGANISATION.jurisdiction,
            ORGANISATION.invented,
            PERSON.language.label("own_language"),
            PERSON.zone.label("own_zone"),
            GRANT.role,
            GRANT.unit_id,
            GRANT.names,
            reports.label("has_reports"),
            revisions.label("revisions"),
        )
        .select_from(core(Person))
        .join(core(Organisation), ORGANISATION.id == PERSON.org_id)
        .outerjoin(
            core(RoleGrant),
            and_(GRANT.org_id == PERSON.org_id, GRANT.person_id == PERSON.id, in_force(day)),
        )
        .where(or_(PERSON.left_on.is_(None), PERSON.left_on > day))
    )


def _gather(rows: Sequence[Row[Any]]) -> Known | None:
    if not rows:
        return None
    values = dict(rows[0]._mapping)
    grants = tuple(Held(row.role, row.unit_id, row.names) for row in rows if row.role)
    for name in ("role", "unit_id", "names"):
        del values[name]
    return Known(**values, grants=grants)


def by_token(session: Session, *, token_hash: str, now: datetime) -> Known | None:
    """Who holds this sign-in, unless it ended, expired, or the person has left."""
    query = _known(_today(session, now)).join(
        core(SignIn), and_(SIGN_IN.org_id == PERSON.org_id, SIGN_IN.person_id == PERSON.id)
    )
    query = query.where(holds(token_hash, now))
    return _gather(session.connection().execute(query).all())


def by_email(session: Session, *, email: str, now: datetime) -> Known | None:
    """Who has this address, in any letter case; the first organisation that has it."""
    # Body by body, since addresses are found by body: otherwise everybody is looked at.
    bodies = PERSON.org_id.in_(select(ORGANISATION.id))
    query = _known(_today(session, now)).where(bodies, PERSON.email == email.casefold())
    rows = session.connection().execute(query).all()
    first = min((row.org_id for row in rows), default=None)
    return _gather([row for row in rows if row.org_id == first])


def by_id(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, now: datetime
) -> Known | None:
    """One person of one organisation."""
    query = _known(_today(session, now)).where(PERSON.org_id == org_id, PERSON.id == person_id)
    return _gather(session.connection().execute(query).all())

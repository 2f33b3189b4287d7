"""Policies: texts of an organisation's own, their versions, and who acknowledged which."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlmodel import Session

from db.engine import insert_many, insert_new
from db.people import PERSON
from db.tables import Acknowledgement, Person, Policy, PolicyVersion, core, new_id

POLICY, VERSION = core(Policy).c, core(PolicyVersion).c
SAID = core(Acknowledgement).c


@dataclass(frozen=True)
class Text:
    """One published version. ``by`` is the name of who published it."""

    policy_id: uuid.UUID
    number: int
    body: str
    asks_again: bool
    published_at: datetime
    by: str


@dataclass(frozen=True)
class Held:
    """A policy with its newest version, and the newest one that asked for acknowledgement.

    ``ended_at`` says since when nobody is asked any more.
    """

    id: uuid.UUID
    title: str
    due_days: int
    ended_at: datetime | None
    newest: int
    asked: int
    asked_at: datetime


def begin(
    session: Session,
    *,
    org_id: uuid.UUID,
    title: str,
    due_days: int,
    by: uuid.UUID,
    now: datetime,
) -> uuid.UUID:
    """Keep a policy, without any text yet; its id."""
    row = {"org_id": org_id, "id": new_id(), "title": title, "due_days": due_days}
    insert_many(session, Policy, [{**row, "made_by": by, "made_at": now}])
    return uuid.UUID(str(row["id"]))


def publish(
    session: Session,
    *,
    org_id: uuid.UUID,
    policy_id: uuid.UUID,
    number: int,
    body: str,
    asks_again: bool,
    by: uuid.UUID,
    now: datetime,
) -> bool:
    """Publish a version; False when there is one of this number."""
    row = {"org_id": org_id, "policy_id": policy_id, "number": number, "body": body}
    told = {"asks_again": asks_again, "published_by": by, "published_at": now}
    return insert_new(session, PolicyVersion, {**row, **told})


def end(session: Session, *, org_id: uuid.UUID, id: uuid.UUID, now: datetime) -> bool:
    """Ask for it no longer; False when that was so before."""
    statement = (
        update(core(Policy))
        .where(POLICY.org_id == org_id, POLICY.id == id, POLICY.ended_at.is_(None))
        .values(ended_at=now)
    )
    return session.connection().execute(statement).rowcount == 1


def every(session: Session, *, org_id: uuid.UUID) -> list[Held]:
    """Every published policy of an organisation, by title; the ended ones last. One query."""
    asked = case((VERSION.asks_again.is_(True), VERSION.number))
    when = case((VERSION.asks_again.is_(True), VERSION.published_at))
    query = (
        select(
            POLICY.id,
            POLICY.title,
            POLICY.due_days,
            POLICY.ended_at,
            func.max(VERSION.number).label("newest"),
            func.max(asked).label("asked"),
            func.max(when).label("asked_at"),
        )
        .select_from(core(Policy))
        .join(
            core(PolicyVersion),
            and_(VERSION.org_id == POLICY.org_id, VERSION.policy_id == POLICY.id),
        )
        .where(POLICY.org_id == org_id)
        .group_by(POLICY.org_id, POLICY.id, POLICY.title, POLICY.due_days, POLICY.ended_at)
        .order_by(POLICY.ended_at.is_not(None), POLICY.title, POLICY.id)
    )
    return [Held(**row._mapping) for row in session.connection().execute(query)]


def texts(session: Session, *, org_id: uuid.UUID, policy_id: uuid.UUID) -> list[Text]:
    """The versions of one policy, the newest first."""
    query = (
        select(
            VERSION.policy_id,
            VERSION.number,
            VERSION.body,
            VERSION.asks_again,
            VERSION.published_at,
            func.coalesce(PERSON.name, "").label("by"),
        )
        .select_from(core(PolicyVersion))
        .outerjoin(
            core(Person),
            and_(PERSON.org_id == VERSION.org_id, PERSON.id == VERSION.published_by),
        )
        .where(VERSION.org_id == org_id, VERSION.policy_id == policy_id)
        .order_by(VERSION.number.desc())
    )
    return [Text(**row._mapping) for row in session.connection().execute(query)]


def acknowledge(
    session: Session,
    *,
    org_id: uuid.UUID,
    policy_id: uuid.UUID,
    number: int,
    person_id: uuid.UUID,
    now: datetime,
) -> bool:
    """Keep that somebody read a version and said so; False when she had."""
    row = {"org_id": org_id, "policy_id": policy_id, "number": number, "person_id": person_id}
    return insert_new(session, Acknowledgement, {**row, "acknowledged_at": now})


def said(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID
) -> dict[tuple[uuid.UUID, int], datetime]:
    """Which versions somebody acknowledged, and when."""
    query = select(SAID.policy_id, SAID.number, SAID.acknowledged_at).where(
        SAID.org_id == org_id, SAID.person_id == person_id
    )
    return {(row[0], row[1]): row[2] for row in session.connection().execute(query)}


def joined(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> date:
    """The day on which somebody joined."""
    query = select(PERSON.joined_on).where(PERSON.org_id == org_id, PERSON.id == person_id)
    day: date = session.connection().execute(query).scalar_one()
    return day


def here(session: Session, *, org_id: uuid.UUID, day: date) -> int:
    """How many people an organisation has on a day: all of them are asked."""
    query = select(func.count()).where(PERSON.org_id == org_id, _works(day))
    return int(session.connection().execute(query).scalar_one())


def counts(
    session: Session, *, org_id: uuid.UUID, wanted: Collection[Held], day: date
) -> dict[uuid.UUID, int]:
    """For each policy, how many who are here acknowledged what it asks for. One query."""
    enough = [and_(SAID.policy_id == one.id, SAID.number >= one.asked) for one in wanted]
    if not enough:
        return {}
    query = (
        select(SAID.policy_id, func.count(SAID.person_id.distinct()))
        .select_from(core(Acknowledgement))
        .join(core(Person), and_(PERSON.org_id == SAID.org_id, PERSON.id == SAID.person_id))
        .where(SAID.org_id == org_id, or_(*enough), _works(day))
        .group_by(SAID.policy_id)
    )
    return {row[0]: int(row[1]) for row in session.connection().execute(query)}


def _works(day: date) -> ColumnElement[bool]:
    return and_(PERSON.joined_on <= day, or_(PERSON.left_on.is_(None), PERSON.left_on > day))

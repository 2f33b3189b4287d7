"""Rules as an administrator sees them: listed, with what can stand in one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session

from db.people import PERSON, PLACEMENT, on_day
from db.tables import Assignment, Enrolment, Placement, core

ASSIGNMENT, ENROLMENT = core(Assignment).c, core(Enrolment).c


@dataclass(frozen=True)
class Kept:
    """One rule. ``rule`` is JSON, as `modules.duties.Rule` reads it."""

    id: uuid.UUID
    title: str
    target: str
    rule: dict[str, Any]
    starts: date
    ends: date | None


def listed(session: Session, *, org_id: uuid.UUID) -> list[Kept]:
    """Every rule of an organisation, ended ones too, in the order they were made."""
    query = select(
        ASSIGNMENT.id,
        ASSIGNMENT.title,
        ASSIGNMENT.target,
        ASSIGNMENT.rule,
        ASSIGNMENT.starts,
        ASSIGNMENT.ends,
    ).where(ASSIGNMENT.org_id == org_id)
    rows = session.connection().execute(query.order_by(ASSIGNMENT.made_at, ASSIGNMENT.id))
    return [Kept(**row._mapping) for row in rows]


def asked(session: Session, *, org_id: uuid.UUID, day: date) -> dict[uuid.UUID, int]:
    """How many people each rule asks for something on a day."""
    query = (
        select(ENROLMENT.assignment_id, func.count(ENROLMENT.person_id.distinct()))
        .where(
            ENROLMENT.org_id == org_id,
            ENROLMENT.assignment_id.is_not(None),
            or_(ENROLMENT.ended_on.is_(None), ENROLMENT.ended_on > day),
        )
        .group_by(ENROLMENT.assignment_id)
    )
    return {row[0]: int(row[1]) for row in session.connection().execute(query)}


def kinds(session: Session, *, org_id: uuid.UUID, day: date) -> tuple[list[str], list[str]]:
    """The job families and the grades that people have on a day, by name."""
    query = (
        select(PLACEMENT.job_family, PLACEMENT.grade)
        .distinct()
        .select_from(core(Placement))
        .where(PLACEMENT.org_id == org_id, on_day(day))
    )
    rows = session.connection().execute(query).all()
    families, grades = ({row[at] for row in rows if row[at]} for at in (0, 1))
    return sorted(families), sorted(grades, key=lambda one: (len(one), one))


def ids_by_email(
    session: Session, *, org_id: uuid.UUID, emails: Sequence[str]
) -> dict[str, uuid.UUID]:
    """Who has which of these case-folded addresses."""
    query = select(PERSON.email, PERSON.id).where(
        PERSON.org_id == org_id, PERSON.email.in_(emails), PERSON.erased_at.is_(None)
    )
    return {row[0]: row[1] for row in session.connection().execute(query)}


def emails_by_id(
    session: Session, *, org_id: uuid.UUID, ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """The addresses of these people."""
    query = select(PERSON.id, PERSON.email).where(PERSON.org_id == org_id, PERSON.id.in_(ids))
    return {row[0]: row[1] for row in session.connection().execute(query)}

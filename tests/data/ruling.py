"""Rules in the world's database, and what follows from them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from db.engine import insert_many, reading, writing
from db.tables import Enrolment, core, new_id
from db.tables.duties import Assignment
from modules import enrolling
from modules.duties import After, Audience, Never, Rule
from modules.duties.model import EVERYBODY
from tests.world import NOW

E = core(Enrolment).c
STARTS = date(2026, 11, 22)


def rule(audience: Audience = EVERYBODY, **more: Any) -> Rule:
    """A rule for everybody: thirty days, once."""
    given: dict[str, Any] = {"due": After(days=30), "renewal": Never()} | more
    return Rule(audience=audience, **given)


def bare(org_id: uuid.UUID) -> None:
    """Nobody is enrolled in anything."""
    with writing() as session:
        session.connection().execute(delete(core(Enrolment)).where(E.org_id == org_id))


def store(
    org_id: uuid.UUID, one: Rule, target: str = "M01", starts: date = STARTS, **more: Any
) -> uuid.UUID:
    """Keep a rule; gives its id. Nothing follows until it is refreshed."""
    made = new_id()
    row = {
        "org_id": org_id,
        "id": made,
        "title": target,
        "target": target,
        "rule": one.kept(),
        "starts": starts,
        "made_at": NOW,
        **more,
    }
    with writing() as session:
        insert_many(session, Assignment, [row])
    return made


def refresh(org_id: uuid.UUID, now: datetime = NOW, **more: Any) -> enrolling.Changes:
    """Refresh in a writing session."""
    with writing() as session:
        return enrolling.refresh(session, org_id=org_id, now=now, **more)


def rows(org_id: uuid.UUID) -> dict[tuple[uuid.UUID, str], Any]:
    """Every enrolment by person and module."""
    with reading() as session:
        found = session.connection().execute(select(core(Enrolment)).where(E.org_id == org_id))
        return {(row.person_id, row.module): row for row in found}

"""Rules: who is to learn what by when. Listed, rehearsed, published, ended."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import revisions, rules, units
from modules import courses, enrolling
from modules.access import Viewer, require
from modules.admin.ruling_form import Filled
from modules.admin.ruling_groups import Options
from modules.admin.structure import Placed, in_order
from modules.basics import BadInput, Denied
from modules.duties import Rule
from modules.duties.model import Audience
from modules.enrolling import Rehearsal

MOST_NAMED = 500
"""People that one rule names by hand; more are a unit, a family or a grade."""


@dataclass(frozen=True)
class Listed:
    """One rule as it is kept, and how many it asks today."""

    id: uuid.UUID
    filled: Filled
    ends: date | None
    people: int


@dataclass(frozen=True)
class Ruled:
    """The rules of a body, what a new one can choose from, and names of units for words."""

    rules: tuple[Listed, ...]
    options: Options
    units: dict[uuid.UUID, str]


def ruled(session: Session, viewer: Viewer, *, now: datetime) -> Ruled:
    """Every rule in force or to come, oldest first. The same number of queries at any size."""
    require(viewer, "admin.duties")
    today = viewer.today(now)
    published = revisions.latest(session, org_id=viewer.org_id)
    course = courses.of(session, org_id=viewer.org_id, published=published)
    targets = {one.id: f"{one.id} · {one.title}" for one in course.modules if one.id in published}
    if targets:
        targets["path:own"] = "Everybody’s own path"
        targets |= {f"path:{one.id}": f"Path {one.id} · {one.title}" for one in course.paths}
    placed = in_order(units.tree(session, org_id=viewer.org_id, day=today))
    names = {one.node.id: one.node.name for one in placed}
    families, grades = rules.kinds(session, org_id=viewer.org_id, day=today)
    options = Options(
        targets,
        {one.node.id: _full(one, names) for one in placed},
        families,
        grades,
        {one.id: f"{one.id} · {one.title}" for one in course.paths},
    )
    kept = rules.listed(session, org_id=viewer.org_id)
    asked = rules.asked(session, org_id=viewer.org_id, day=today)
    found = [
        Listed(
            one.id,
            Filled(title=one.title, target=one.target, rule=Rule.read(one.rule), starts=one.starts),
            one.ends,
            asked.get(one.id, 0),
        )
        for one in kept
        if one.ends is None or one.ends > today
    ]
    return Ruled(tuple(found), options, names)


def _full(one: Placed, names: Mapping[uuid.UUID, str]) -> str:
    """A unit with the one above it, as teams of several departments may be called alike."""
    above = names.get(one.node.parent_id) if one.node.parent_id and one.depth > 1 else None
    return f"{above} › {one.node.name}" if above else one.node.name


def named(session: Session, viewer: Viewer, *, text: str) -> tuple[uuid.UUID, ...]:
    """The people whose addresses stand in a text. Raises BadInput naming those not found."""
    require(viewer, "admin.duties")
    asked = list(dict.fromkeys(one.casefold() for one in re.split(r"[\s,;]+", text) if one))
    if len(asked) > MOST_NAMED:
        raise BadInput(
            f"{len(asked)} people are named; a rule takes {MOST_NAMED}. "
            "Choose a unit, a job family or a grade instead."
        )
    found = rules.ids_by_email(session, org_id=viewer.org_id, emails=asked)
    if missing := [one for one in asked if one not in found]:
        told = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if missing[5:] else "")
        raise BadInput(f"Nobody here has this address: {told}. Correct it or take it out.")
    return tuple(found[one] for one in asked)


def addresses(session: Session, viewer: Viewer, *, rule: Rule) -> dict[uuid.UUID, str]:
    """The addresses of the people whom a rule names."""
    require(viewer, "admin.duties")
    ids = [id for one in _audiences(rule) for clause in one.clauses for id in clause.people]
    return rules.emails_by_id(session, org_id=viewer.org_id, ids=ids) if ids else {}


def rehearse(
    session: Session, viewer: Viewer, *, filled: Filled, id: uuid.UUID | None, now: datetime
) -> Rehearsal:
    """What would follow from a rule, exactly as publishing it would do. Changes nothing."""
    require(viewer, "admin.duties")
    return enrolling.rehearse(session, **_given(session, viewer, filled, id, now))


def publish(
    session: Session, viewer: Viewer, *, filled: Filled, id: uuid.UUID | None, now: datetime
) -> uuid.UUID:
    """Keep a rule, or change one, and enrol whom it asks. A writing session."""
    require(viewer, "admin.duties")
    given = _given(session, viewer, filled, id, now)
    return enrolling.publish(session, **given, by=viewer.person_id, by_name=viewer.name)


def end(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """End a rule from today on. What people completed stays; a writing session."""
    require(viewer, "admin.duties")
    _known(session, viewer, id)
    enrolling.end(
        session,
        org_id=viewer.org_id,
        assignment_id=id,
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )


def _given(
    session: Session, viewer: Viewer, filled: Filled, id: uuid.UUID | None, now: datetime
) -> dict[str, Any]:
    """What a rehearsal and a publication are asked alike.

    Raises Denied for what is not the viewer's organisation's.
    """
    if id is not None:
        _known(session, viewer, id)
    wanted = {
        unit for one in _audiences(filled.rule) for each in one.clauses for unit in each.units
    }
    if wanted:
        there = {one.id for one in units.tree(session, org_id=viewer.org_id, day=date.max)}
        if strange := wanted - there:
            raise Denied(f"unit {min(strange)}")
    return {
        "org_id": viewer.org_id,
        "title": filled.title,
        "target": filled.target,
        "rule": filled.rule,
        "starts": filled.starts,
        "assignment_id": id,
        "now": now,
    }


def _known(session: Session, viewer: Viewer, id: uuid.UUID) -> None:
    if id not in {one.id for one in rules.listed(session, org_id=viewer.org_id)}:
        raise Denied(f"rule {id}")


def _audiences(rule: Rule) -> Sequence[Audience]:
    return (rule.audience, rule.exceptions, *(case.audience for case in rule.cases))

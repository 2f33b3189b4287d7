"""Assign a module: who is to take it by which day."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import enrolments, people, revisions, units
from modules.access import Viewer, require
from modules.admin.structure import Placed, in_order
from modules.basics import BadInput, Denied
from modules.course.files import read_course
from modules.course.model import ModuleCard
from modules.settings import settings


@dataclass(frozen=True)
class Offer:
    """What can be assigned to whom: published modules, and units in their tree."""

    modules: tuple[ModuleCard, ...]
    units: tuple[Placed, ...]


@dataclass(frozen=True)
class Reach:
    """Whom an assignment reaches: those to enrol, and how many are enrolled already."""

    new: tuple[uuid.UUID, ...]
    enrolled: int


def offer(session: Session, viewer: Viewer, *, now: datetime) -> Offer:
    """The modules that are published here, and the tree. Two queries."""
    require(viewer, "admin.assign")
    published = revisions.latest(session, org_id=viewer.org_id)
    cards = read_course(settings().content).modules
    nodes = units.tree(session, org_id=viewer.org_id, day=viewer.today(now))
    return Offer(tuple(one for one in cards if one.id in published), tuple(in_order(nodes)))


def reach(
    session: Session,
    viewer: Viewer,
    *,
    module: str,
    unit_id: uuid.UUID | None,
    now: datetime,
) -> Reach:
    """Whom it would reach: everybody who works in a unit or below it today; None is everybody."""
    require(viewer, "admin.assign")
    if module not in revisions.latest(session, org_id=viewer.org_id):
        raise BadInput(f"No module {module} is published here. Choose one from the list.")
    below = None
    if unit_id is not None:
        below = people.subtree(session, org_id=viewer.org_id, units=[unit_id])
        if not below:
            raise Denied(f"unit {unit_id}")
    listed = people.listing(session, org_id=viewer.org_id, day=viewer.today(now), units=below)
    ids = {one.person_id for one in listed}
    has = enrolments.enrolled(session, org_id=viewer.org_id, module=module) & ids
    return Reach(tuple(sorted(ids - has)), len(has))


def assign(
    session: Session,
    viewer: Viewer,
    *,
    module: str,
    unit_id: uuid.UUID | None,
    due_on: date,
    now: datetime,
) -> int:
    """Enrol whoever it reaches and is not enrolled yet; to how many people it came.

    Who is enrolled keeps her day. A second press enrols nobody twice.
    """
    require(viewer, "admin.assign")
    if due_on < viewer.today(now):
        raise BadInput(
            "The day is in the past: everybody would be overdue at once. Choose another."
        )
    found = reach(session, viewer, module=module, unit_id=unit_id, now=now)
    enrolments.enrol(
        session,
        org_id=viewer.org_id,
        module=module,
        person_ids=found.new,
        due_on=due_on,
        now=now,
    )
    return len(found.new)

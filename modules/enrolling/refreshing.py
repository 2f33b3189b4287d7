"""Keep enrolments in step with what rules ask today."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import assignments, enrolling, people, revisions
from db.enrolling import Asked, Key
from modules.course.files import read_course
from modules.duties import Rule
from modules.enrolling.kinds import Kind, kinds, sight
from modules.enrolling.wanted import Offer, Ruling, wants
from modules.settings import settings

MOST_NAMED = 500
"""From so many people on everybody is looked at: that is no slower."""


@dataclass(frozen=True)
class Changes:
    """How many duties became so: asked for the first time, otherwise, no longer, and again."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    reopened: int = 0

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.new or self.changed or self.ended or self.reopened)


def refresh(
    session: Session,
    *,
    org_id: uuid.UUID,
    now: datetime,
    person_ids: Collection[uuid.UUID] | None = None,
) -> Changes:
    """Bring enrolments in step with the rules of today: of everybody, or of some.

    What somebody was enrolled in by hand is left as it is, and no completion is taken away. Done
    twice, the second time changes nothing. Needs a writing session.
    """
    if person_ids is not None and len(person_ids) > MOST_NAMED:
        person_ids = None
    if person_ids is None:
        # One looking at everybody at a time: two would both find the same missing.
        people.hold_organisation(session, org_id=org_id)
    rulings = kept(session, org_id=org_id)
    if not rulings or (person_ids is not None and not person_ids):
        return Changes()
    today = today_of(session, org_id=org_id, now=now)
    changes, _ = plan(session, org_id=org_id, rulings=rulings, day=today, person_ids=person_ids)
    if changes:
        enrolling.apply(session, org_id=org_id, today=today, now=now)
    enrolling.unmake(session)
    return changes


def adopt(session: Session, *, org_id: uuid.UUID, now: datetime) -> int:
    """Let rules take over what was enrolled by hand with just their days; how many duties."""
    rulings = kept(session, org_id=org_id)
    if not rulings:
        return 0
    today = today_of(session, org_id=org_id, now=now)
    plan(session, org_id=org_id, rulings=rulings, day=today)
    found = enrolling.adopt(session, org_id=org_id)
    enrolling.unmake(session)
    return found


def pending(session: Session, *, org_id: uuid.UUID, now: datetime) -> Changes:
    """What `refresh` would change for everybody. Writes nothing: a reading session will do."""
    rulings = kept(session, org_id=org_id)
    if not rulings:
        return Changes()
    today = today_of(session, org_id=org_id, now=now)
    changes, _ = plan(session, org_id=org_id, rulings=rulings, day=today)
    enrolling.unmake(session)
    return changes


def kept(session: Session, *, org_id: uuid.UUID) -> list[Ruling]:
    """Every rule of an organisation, whether it still asks, not yet or no more."""
    return [
        Ruling(one.id, one.title, one.target, Rule.read(one.rule), one.starts, one.ends)
        for one in assignments.assignments(session, org_id=org_id)
    ]


def today_of(session: Session, *, org_id: uuid.UUID, now: datetime) -> date:
    """The day that it is in an organisation."""
    body = people.organisation(session, org_id=org_id)
    return now.astimezone(ZoneInfo(body.zone if body else "UTC")).date()


def offer(session: Session, *, org_id: uuid.UUID) -> Offer:
    """What is published here, and the paths of the course."""
    return Offer(frozenset(revisions.latest(session, org_id=org_id)), _paths(settings().content))


@cache
def _paths(root: Path) -> dict[str, tuple[str, ...]]:
    return {path.id: path.modules for path in read_course(root).paths}


@dataclass(frozen=True)
class Crowd:
    """People of some kinds on a day: how many are of each, and what can be asked of them."""

    day: date
    sizes: Mapping[Kind, int]
    offer: Offer


def plan(
    session: Session,
    *,
    org_id: uuid.UUID,
    rulings: Collection[Ruling],
    day: date,
    person_ids: Collection[uuid.UUID] | None = None,
) -> tuple[Changes, Crowd]:
    """What rules would change on a day, laid out in `duty_plan` and counted; nothing is written."""
    force = [one for one in rulings if one.in_force(day)]
    staff = enrolling.staff(session, org_id=org_id, day=day, person_ids=person_ids)
    found: Iterable[tuple[Key, Kind | None]] = ((one[0], None) for one in staff.people)
    if force:
        seen = sight((one.rule, one.starts, one.target) for one in force)
        found = kinds(staff, seen, day)
    numbers: dict[Kind | None, int] = {None: 0}
    numbered = [(one, numbers.setdefault(kind, len(numbers))) for one, kind in found]
    offered = offer(session, org_id=org_id)
    asked: list[Asked] = [
        (
            number,
            module,
            want.due_on,
            want.assignment_id,
            want.grace_days,
            want.window_days,
            want.before_access,
        )
        for kind, number in numbers.items()
        if kind is not None
        for module, want in wants(force, offer=offered, worker=kind.worker(), today=day).items()
    ]
    counted = Counter(number for _, number in numbered)
    sizes = {kind: counted[number] for kind, number in numbers.items() if kind is not None}
    changes = Changes(**enrolling.plan(session, org_id=org_id, people=numbered, asked=asked))
    return changes, Crowd(day, sizes, offered)

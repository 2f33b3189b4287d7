"""Before access: whether somebody has done what must be done before she sees citizens' data."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import assignments, duties, enrolling
from modules.enrolling.kinds import kinds, sight
from modules.enrolling.refreshing import kept, offer, today_of
from modules.enrolling.wanted import wants


@dataclass(frozen=True)
class Clearance:
    """What is missing before access, on a day: today, or the first day of who is to begin.

    ``placed`` is False while nobody has said where she works: then no rule can be asked, and she
    is not cleared where any rule asks something before access.
    """

    day: date
    missing: tuple[str, ...]
    placed: bool = True

    @property
    def cleared(self) -> bool:
        """Whether nothing is missing."""
        return self.placed and not self.missing


def clearance(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, now: datetime
) -> Clearance:
    """Whether somebody may work with citizens' data, by the rules of this very moment.

    Asked of the rules themselves and not only of what follows from them: a rule or a joiner of a
    minute ago counts. Nothing is written.
    """
    today = today_of(session, org_id=org_id, now=now)
    begins = assignments.first_day(session, org_id=org_id, person_id=person_id, today=today)
    day = max(today, begins or today)
    rulings = [one for one in kept(session, org_id=org_id) if one.in_force(day)]
    needed: set[str] = set()
    # By hand as well: an enrolment can be marked without a rule.
    for one in duties.of_person(session, org_id=org_id, person_id=person_id, day=day):
        if one.before_access:
            needed.add(one.module)
    strict = [one for one in rulings if one.rule.before_access]
    placed = True
    if strict:
        staff = enrolling.staff(session, org_id=org_id, day=day, person_ids=[person_id])
        seen = sight((one.rule, one.starts, one.target) for one in strict)
        kind = next((found for _, found in kinds(staff, seen, day)), None)
        placed = kind is not None
        if kind is not None:
            offered = offer(session, org_id=org_id)
            needed |= wants(strict, offer=offered, worker=kind.worker(), today=day).keys()
    done = duties.cleared(session, org_id=org_id, person_id=person_id, modules=needed, day=day)
    return Clearance(day, tuple(sorted(needed - done)), placed)

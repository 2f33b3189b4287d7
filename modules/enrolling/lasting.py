"""Until when a completion counts: by the renewal of the rule that asks for it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import assignments, enrolling
from modules.duties import Renewal, Rolling, Rule, asked, valid_until
from modules.enrolling.kinds import kinds, sight
from modules.settings import settings


@dataclass(frozen=True)
class Terms:
    """How a module is renewed by somebody, and until when she holds it (None: not yet)."""

    renewal: Renewal
    window_days: int
    before: date | None


def counts_until(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str, completed_on: date
) -> date:
    """The last day on which a completion of this day counts; `duties.FOREVER` when once is enough.

    By the rule that her enrolment follows from; without one, the months of the settings. Ask
    before the completion is stored: the one before it keeps its cycle. Eight queries at most.
    """
    found = terms(session, org_id=org_id, person_id=person_id, module=module, day=completed_on)
    return valid_until(
        found.renewal,
        window_days=found.window_days,
        completed_on=completed_on,
        before=found.before,
    )


def terms(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str, day: date
) -> Terms:
    """How somebody renews a module on a day."""
    held = assignments.held(session, org_id=org_id, person_id=person_id, module=module)
    renewal: Renewal = Rolling(months=settings().valid_months)
    if held.rule is not None and held.starts is not None:
        by_rule = _renewal(session, org_id, person_id, Rule.read(held.rule), held.starts, day)
        renewal = by_rule or renewal
    # A window as long as what it renews would let a first completion count twice.
    window = held.window_days
    if isinstance(renewal, Rolling):
        window = min(window, renewal.months * 28 - 1)
    return Terms(renewal, window, held.valid_until)


def _renewal(
    session: Session, org_id: uuid.UUID, person_id: uuid.UUID, rule: Rule, starts: date, day: date
) -> Renewal | None:
    """The renewal of the part of the audience that she is in; None when it asks her nothing."""
    if not rule.cases:
        return rule.renewal
    staff = enrolling.staff(session, org_id=org_id, day=day, person_ids=[person_id])
    found = next((kind for _, kind in kinds(staff, sight([(rule, starts, "")]), day)), None)
    what = asked(rule, starts=starts, worker=found.worker(), today=day) if found else None
    return what.renewal if what else None

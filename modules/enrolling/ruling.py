"""Publishing a rule, and ending one: stored, and followed at once."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlmodel import Session

from db import assignments
from modules.basics import BadInput
from modules.duties import Rule
from modules.enrolling import proving
from modules.enrolling.checking import check
from modules.enrolling.refreshing import Changes, kept, refresh, today_of
from modules.enrolling.wanted import Ruling


def publish(
    session: Session,
    *,
    org_id: uuid.UUID,
    by: uuid.UUID | None,
    title: str,
    target: str,
    rule: Rule,
    starts: date,
    assignment_id: uuid.UUID | None,
    now: datetime,
    by_name: str = "",
) -> uuid.UUID:
    """Keep a rule, and enrol whom it asks today; gives its id. Needs a writing session.

    ``assignment_id`` names the rule that it takes the place of, None for a new one. Raises
    BadInput for a rule that cannot be published.
    """
    settled = check(
        session,
        org_id=org_id,
        title=title,
        target=target,
        rule=rule,
        starts=starts,
        assignment_id=assignment_id,
        today=today_of(session, org_id=org_id, now=now),
    )
    made = assignments.store(
        session,
        org_id=org_id,
        assignment_id=assignment_id,
        title=title.strip(),
        target=target,
        rule=settled.kept(),
        starts=starts,
        by=by,
        now=now,
    )
    refresh(session, org_id=org_id, now=now)
    proving.record(
        session,
        "rule_published" if assignment_id is None else "rule_changed",
        Ruling(made, title.strip(), target, settled, starts),
        org_id=org_id,
        by=by,
        by_name=by_name,
        now=now,
    )
    return made


def end(
    session: Session,
    *,
    org_id: uuid.UUID,
    assignment_id: uuid.UUID,
    now: datetime,
    by: uuid.UUID | None = None,
    by_name: str = "",
) -> Changes:
    """Let a rule ask nothing from today on; what follows from no other ends. A writing session.

    Raises BadInput for a rule that is not here, or has ended.
    """
    today = today_of(session, org_id=org_id, now=now)
    if not assignments.end(
        session, org_id=org_id, assignment_id=assignment_id, today=today, now=now
    ):
        raise BadInput("There is no such rule here, or it has ended already.")
    changes = refresh(session, org_id=org_id, now=now)
    ended = next(one for one in kept(session, org_id=org_id) if one.id == assignment_id)
    proving.record(
        session,
        "rule_ended",
        ended,
        org_id=org_id,
        by=by,
        by_name=by_name,
        now=now,
        ends=today,
    )
    return changes

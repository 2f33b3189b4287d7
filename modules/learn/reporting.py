"""A reader reports that something is wrong in the content, and reads what she is answered."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta

from sqlmodel import Session

from db import content_reports as reports
from db import people
from modules.access import Viewer, require
from modules.agreement.current import agreed
from modules.basics import BadInput

REASONS = ("wrong", "unclear", "typing", "broken")
LONGEST = 300
MOST_A_DAY = 20
PLACE = re.compile(r"(?:step|item|aid|term|read)/[A-Za-z0-9_-]{1,64}")
MODULE = re.compile(r"(?:M\d\d)?")


def report(
    session: Session,
    viewer: Viewer,
    *,
    module: str,
    revision_id: uuid.UUID | None,
    place: str,
    reason: str,
    text: str,
    now: datetime,
) -> None:
    """Record what is wrong at a place; the same report, while hers is open, changes nothing.

    Raises BadInput for a reason that is not offered, a text too long, and more than
    `MOST_A_DAY` in 24 hours.
    """
    require(viewer, "learn.report")
    if reason not in REASONS or not PLACE.fullmatch(place) or not MODULE.fullmatch(module):
        raise BadInput("This cannot be reported here. Open the page again and choose a reason.")
    if len(text) > LONGEST:
        raise BadInput(f"A report has at most {LONGEST} characters. Shorten it.")
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    people.hold(session, **mine)
    for one in reports.of_person(session, **mine):
        same = (one.module, one.place, one.reason) == (module, place, reason)
        if same and one.state == "open" and one.text == text.strip():
            return
    if reports.since(session, **mine, moment=now - timedelta(days=1)) >= MOST_A_DAY:
        raise BadInput(
            f"You have reported {MOST_A_DAY} things since this time yesterday. Thank you. "
            "Go on tomorrow, or tell a trainer."
        )
    reports.record(
        session,
        **mine,
        module=module,
        revision_id=revision_id,
        place=place,
        reason=reason,
        text=text.strip(),
        now=now,
    )


def let_go(session: Session, viewer: Viewer, *, id: uuid.UUID) -> None:
    """Take the viewer's name from a report whose answer she has read."""
    require(viewer, "learn.report")
    reports.let_go(session, org_id=viewer.org_id, person_id=viewer.person_id, id=id)


def forget_old(session: Session, *, now: datetime) -> int:
    """Take names and sentences from reports older than is agreed; how many. Run hourly."""
    return reports.forget(session, before=now - timedelta(days=agreed().retention.reports))

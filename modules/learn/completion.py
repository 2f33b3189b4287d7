"""Completions: earned by a check that is passed, or by a test-out with story and lab."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import answers, attempts, enrolments, revisions
from modules import evidence
from modules.access import Viewer, require
from modules.enrolling.lasting import counts_until
from modules.learn import refreshed
from modules.learn.opened import Opened, read
from modules.progress.asked import form_items
from modules.progress.papers import TEST_OUT

# What a completion closes; reviews and delayed checks of an earlier one go on.
ROUND = ("practice", "pre", "check", TEST_OUT)


def complete_if_earned(
    session: Session, viewer: Viewer, *, of: Opened, form: str, now: datetime
) -> None:
    """Keep a completion in the transaction of the answer that earned it.

    ``form`` is what was answered: the last answer of a check or a test-out, or, after a
    test-out, the step of practice that was still missing.
    """
    require(viewer, "learn.submit")
    sheet = of.journey.sheet(form)
    if sheet is None or (form == "practice" and not of.journey.tested_out):
        return
    if form != "practice":
        # Counted in the database, not on the page: another tab may have answered meanwhile.
        given = answers.count(session, org_id=viewer.org_id, attempt_id=of.attempt(sheet))
        if given < len(form_items(of.journey.module, sheet)):
            return
    after = read(session, viewer, of.journey.module.id)
    earned = after.journey.earned_by
    if earned is None or after.completion:
        return
    day = now.astimezone(ZoneInfo(viewer.zone)).date()
    completion = enrolments.Completed(
        attempt_id=after.attempt(earned),
        person_id=viewer.person_id,
        module=after.journey.module.id,
        version=after.version,
        sha256=_sha256(session, viewer, after),
        completed_at=now,
        valid_until=counts_until(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            module=after.journey.module.id,
            completed_on=day,
        ),
    )
    new = enrolments.complete(session, org_id=viewer.org_id, completion=completion)
    for (form, _), attempt_id in after.ids.items():
        if form in ROUND:
            attempts.end(session, org_id=viewer.org_id, attempt_id=attempt_id, now=now)
    if new:
        refreshed.completed(
            session, viewer, module=completion.module, version=completion.version, now=now
        )
        _prove(session, viewer, completion, now)


def _prove(
    session: Session, viewer: Viewer, completion: enrolments.Completed, now: datetime
) -> None:
    """Enter it in the log of evidence. Last: until the commit no other entry can be added."""
    facts = {
        name: getattr(completion, name) for name in ("module", "version", "sha256", "valid_until")
    }
    evidence.record(
        session,
        org_id=viewer.org_id,
        kind="completion",
        about=viewer.person_id,
        facts=facts | {"path": viewer.path},
        personal={"name": viewer.name, "email": viewer.email},
        now=now,
    )


def _sha256(session: Session, viewer: Viewer, of: Opened) -> str:
    found = revisions.by_id(session, org_id=viewer.org_id, revision_id=of.revision_id)
    return found.sha256 if found else ""

"""Completions: earned by a check that is passed, or by a test-out with story and lab."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from db import answers, revisions
from modules import evidence
from modules.access import Viewer, require
from modules.granting import Earned, Learner, grant
from modules.learn.opened import Opened, read
from modules.progress.asked import form_items


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
    by = Earned(
        attempt_id=after.attempt(earned),
        together=tuple((form, attempt_id) for (form, _), attempt_id in after.ids.items()),
        module=after.journey.module.id,
        version=after.version,
        sha256=_sha256(session, viewer, after),
    )
    if proof := grant(session, Learner.of(viewer), by, now=now):
        evidence.record_all(session, org_id=viewer.org_id, deeds=[proof])


def _sha256(session: Session, viewer: Viewer, of: Opened) -> str:
    found = revisions.by_id(session, org_id=viewer.org_id, revision_id=of.revision_id)
    return found.sha256 if found else ""

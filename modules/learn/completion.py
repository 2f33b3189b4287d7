"""Completions: earned by a check that is passed, shown afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import answers, attempts, enrolments, revisions
from modules.access import Viewer, require
from modules.learn import content
from modules.learn.opened import Opened, read
from modules.progress.journey import form_items, outcome
from modules.progress.standing import months_after
from modules.settings import settings


@dataclass(frozen=True)
class Earned:
    """A completion with the title of what was completed."""

    title: str
    completed: enrolments.Completed


def completion(session: Session, viewer: Viewer, *, module: str) -> Earned | None:
    """The viewer's newest completion of a module, or None."""
    require(viewer, "learn.completion")
    found = enrolments.completions(
        session, org_id=viewer.org_id, person_ids=[viewer.person_id], module=module
    )
    if not found:
        return None
    taught = content.module(session, sha256=found[-1].sha256, language=viewer.language)
    return Earned(taught.title, found[-1])


def complete_if_passed(session: Session, viewer: Viewer, *, of: Opened, now: datetime) -> None:
    """Keep a completion in the transaction of the answer that earned it."""
    require(viewer, "learn.submit")
    open_check = of.journey.sheet("check")
    if open_check is None:
        return
    # Counted in the database, not on the page: another tab may have answered meanwhile.
    given = answers.count(session, org_id=viewer.org_id, attempt_id=of.attempt(open_check))
    if given < len(form_items(of.journey.module, "check", open_check.number)):
        return
    after = read(session, viewer, of.journey.module.id)
    check = after.journey.sheet("check")
    if check is None or after.completion or not outcome(after.journey.module, check).passed:
        return
    day = now.astimezone(ZoneInfo(viewer.zone)).date()
    completion = enrolments.Completed(
        attempt_id=after.attempt(check),
        person_id=viewer.person_id,
        module=after.journey.module.id,
        version=after.version,
        sha256=_sha256(session, viewer, after),
        completed_at=now,
        valid_until=months_after(day, settings().valid_months),
    )
    enrolments.complete(session, org_id=viewer.org_id, completion=completion)
    for attempt_id in after.ids.values():
        attempts.end(session, org_id=viewer.org_id, attempt_id=attempt_id, now=now)


def _sha256(session: Session, viewer: Viewer, of: Opened) -> str:
    found = revisions.by_id(session, org_id=viewer.org_id, revision_id=of.revision_id)
    return found.sha256 if found else ""

"""A learner opens a module, begins a round of it, begins its check. Always on herself."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import answers, attempts, enrolments, people, revisions
from db.answers import Recorded
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.course.model import Module
from modules.learn import content
from modules.learn.opened import Opened, read
from modules.progress import papers
from modules.progress.outcome import outcome
from modules.progress.papers import TEST_OUT
from modules.settings import settings
from modules.sitting import sheet_of


def opened(session: Session, viewer: Viewer, *, module: str) -> Opened:
    """The module as the viewer has it."""
    require(viewer, "learn.open")
    return read(session, viewer, module)


def window(session: Session, viewer: Viewer, *, module: str) -> int:
    """From how many days before its end the viewer may renew a completion of a module."""
    require(viewer, "learn.open")
    found = enrolments.window_days(
        session, org_id=viewer.org_id, person_id=viewer.person_id, module=module
    )
    return settings().due_soon_days if found is None else found


def begin(
    session: Session, viewer: Viewer, *, module: str, now: datetime, test_out: bool = False
) -> None:
    """Start a round on the latest content; a round that is open goes on instead.

    It begins with the pre-questions, or with a test-out in their place.
    """
    require(viewer, "learn.submit")
    if test_out:
        require(viewer, "learn.test_out")
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    before = read(session, viewer, module)
    practice = before.journey.practice
    if practice is not None and not practice.ended:
        return
    latest = revisions.latest(session, org_id=viewer.org_id)[module]
    taught = content.module(
        session,
        sha256=latest.sha256,
        language=viewer.language,
        jurisdiction=viewer.jurisdiction,
    )
    for form in ("practice", TEST_OUT if test_out else "pre"):
        _start(session, viewer, taught=taught, form=form, revision_id=latest.id, now=now)


def check_again(session: Session, viewer: Viewer, *, module: str, now: datetime) -> None:
    """Start a check: the first of the round, or another after one that was not passed."""
    require(viewer, "learn.submit")
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    before = read(session, viewer, module)
    checks, taught = before.journey.checks, before.journey.module
    if before.journey.practice is None:
        raise BadInput("Begin the module first.")
    # One that is open goes on, and one that is passed is not put at stake again.
    if checks and (before.journey.finished or not outcome(taught, checks[-1]).finished):
        return
    if checks:
        ended = before.attempt(checks[-1])
        attempts.end(session, org_id=viewer.org_id, attempt_id=ended, now=now)
    _start(session, viewer, taught=taught, form="check", revision_id=before.revision_id, now=now)


def _start(
    session: Session,
    viewer: Viewer,
    *,
    taught: Module,
    form: str,
    revision_id: uuid.UUID,
    now: datetime,
) -> None:
    """Begin the viewer's next attempt on a form, with a paper of what she has not met."""
    org, person = viewer.org_id, viewer.person_id
    before = attempts.of_person(session, org_id=org, person_id=person, module=taught.id)
    given: dict[uuid.UUID, list[Recorded]] = {one.id: [] for one in before}
    for recorded in answers.of_attempts(session, org_id=org, attempt_ids=list(given)):
        given[recorded.attempt_id].append(recorded)
    met = papers.seen(sheet_of(one, given[one.id]) for one in before)
    number = 1 + sum(one.form == form for one in before)
    seed = attempts.new_seed()
    attempts.start(
        session,
        org_id=org,
        person_id=person,
        module=taught.id,
        form=form,
        number=number,
        revision_id=revision_id,
        seed=seed,
        paper=papers.as_json(papers.draw(taught, form, seed, met)),
        now=now,
        language=viewer.language,
        # A check is sat under the law of its round, whatever the organisation has chosen since.
        jurisdiction=taught.jurisdiction,
    )

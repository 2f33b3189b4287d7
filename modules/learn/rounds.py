"""A learner opens a module, begins a round of it, begins its check. Always on herself."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from db import attempts, revisions
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.learn.opened import Opened, read
from modules.progress.journey import outcome


def opened(session: Session, viewer: Viewer, *, module: str) -> Opened:
    """The module as the viewer has it."""
    require(viewer, "learn.open")
    return read(session, viewer, module)


def begin(session: Session, viewer: Viewer, *, module: str, now: datetime) -> None:
    """Start a round on the latest content; a round that is open goes on instead."""
    require(viewer, "learn.submit")
    before = read(session, viewer, module)
    practice = before.journey.practice
    if practice is not None and not practice.ended:
        return
    latest = revisions.latest(session, org_id=viewer.org_id)[module]
    number = practice.number + 1 if practice else 1
    for form in ("practice", "pre"):
        attempts.start(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            module=module,
            form=form,
            number=number,
            revision_id=latest.id,
            now=now,
            language=viewer.language,
        )


def check_again(session: Session, viewer: Viewer, *, module: str, now: datetime) -> None:
    """Start a check: the first of the round, or another after one that was not passed."""
    require(viewer, "learn.submit")
    before = read(session, viewer, module)
    checks = before.journey.checks
    if before.journey.practice is None:
        raise BadInput("Begin the module first.")
    if checks and not outcome(before.journey.module, checks[-1]).finished:
        return
    every = attempts.of_person(
        session, org_id=viewer.org_id, person_id=viewer.person_id, module=module
    )
    if checks:
        ended = before.attempt(checks[-1])
        attempts.end(session, org_id=viewer.org_id, attempt_id=ended, now=now)
    attempts.start(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        module=module,
        form="check",
        number=1 + sum(1 for one in every if one.form == "check"),
        revision_id=before.revision_id,
        now=now,
        language=viewer.language,
    )

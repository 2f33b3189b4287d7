"""What a learner does in a module: keep, answer, decide, hand in, go on. Always on herself.

Every action checks its right, works inside the viewer's own attempts and records once: the same
answer sent again, from a second tab or after a lost connection, gives what stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import answers, attempts, people
from db.answers import Recorded
from modules.access import Viewer, require
from modules.basics import BadInput, seed_for
from modules.course.model import LabStep, ScenarioStep, Step
from modules.learn.completion import complete_if_earned
from modules.learn.opened import Opened
from modules.progress import marking
from modules.progress.papers import TEST_OUT
from modules.progress.sheet import Answer, Sheet
from modules.regrade import following
from modules.sitting import as_answer

# Characters of JSON; the longest lab needs a tenth of it.
LARGEST_DRAFT = 50_000


def save(
    session: Session,
    viewer: Viewer,
    *,
    of: Opened,
    sheet: Sheet,
    slot: str,
    body: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep what is chosen or typed but not sent."""
    require(viewer, "learn.save")
    if len(json.dumps(dict(body))) > LARGEST_DRAFT:
        raise BadInput("This is more text than an answer can hold. Shorten it.")
    answers.save_draft(
        session,
        org_id=viewer.org_id,
        attempt_id=of.attempt(sheet),
        slot=slot,
        body=body,
        now=now,
    )


def answer(
    session: Session,
    viewer: Viewer,
    *,
    of: Opened,
    sheet: Sheet,
    slot: str,
    response: Mapping[str, Any],
    sure: str | None,
    now: datetime,
    try_number: int = 1,
) -> Answer:
    """Grade and record an answer to an item; a check that is passed by it is completed by it."""
    require(viewer, "learn.submit")
    module = of.journey.module
    marked = marking.mark_item(
        module, sheet, slot, response, sure=sure, now=now, try_number=try_number
    )
    graded = sheet.form in ("check", TEST_OUT)
    if graded:
        people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
        attempts.hold(session, org_id=viewer.org_id, attempt_id=of.attempt(sheet))
    standing = following.follow(
        session,
        org_id=viewer.org_id,
        attempt_id=of.attempt(sheet),
        module=module,
        sheet=sheet,
        answer=_record(session, viewer, of, sheet, marked),
    )
    if graded:
        complete_if_earned(session, viewer, of=of, form=sheet.form, now=now)
    return standing


def decide(
    session: Session,
    viewer: Viewer,
    *,
    of: Opened,
    step: ScenarioStep,
    number: int,
    choice: str,
    now: datetime,
    reason: str = "",
    play: int = 1,
) -> Answer:
    """Record a decision of a play of the story, and the reason chosen with it."""
    require(viewer, "learn.submit")
    practice = _practice(of)
    marked = marking.mark_decision(
        of.journey.module, practice, step, number, choice, now, reason=reason, play=play
    )
    return _record(session, viewer, of, practice, marked)


def marked_lab(
    viewer: Viewer,
    *,
    of: Opened,
    step: LabStep,
    body: Mapping[str, Any],
    try_number: int,
    now: datetime,
) -> Answer:
    """A lab graded, to be recorded by `hand_in`. Takes no session: it can take a second."""
    require(viewer, "learn.submit")
    practice = _practice(of)
    return marking.mark_lab(
        of.journey.module,
        practice,
        step,
        body,
        seed=seed_for(practice.seed, f"lab:{step.id}"),
        try_number=try_number,
        now=now,
    )


def hand_in(session: Session, viewer: Viewer, *, of: Opened, marked: Answer) -> Answer:
    """Record a lab that `marked_lab` has graded."""
    require(viewer, "learn.submit")
    return _record(session, viewer, of, _practice(of), marked)


def leave(
    session: Session,
    viewer: Viewer,
    *,
    of: Opened,
    step: Step,
    now: datetime,
    without: str = "",
) -> None:
    """Record that a step was left behind; after a test-out the last one completes the module.

    ``without`` names the library for want of which its lab could not be done.
    """
    require(viewer, "learn.submit")
    practice = _practice(of)
    if not of.journey.may_open(step.id):
        raise BadInput("This step is not open yet. Go on from where you are.")
    _record(session, viewer, of, practice, marking.mark_step(step, now, without))
    complete_if_earned(session, viewer, of=of, form="practice", now=now)


def _practice(of: Opened) -> Sheet:
    if of.journey.practice is None:
        raise BadInput("Begin the module first.")
    return of.journey.practice


def _record(session: Session, viewer: Viewer, of: Opened, sheet: Sheet, marked: Answer) -> Answer:
    # The person before the attempt, as whoever begins one or grades it again holds them: what is
    # recorded may complete the module.
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    recorded = Recorded(**{**asdict(marked), "attempt_id": of.attempt(sheet)})
    return as_answer(answers.record(session, org_id=viewer.org_id, answer=recorded))

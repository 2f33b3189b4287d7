"""What a learner does: open, begin, keep, answer, decide, hand in, go on. Always on herself.

Every action checks its right, works inside the viewer's own attempts and records once: the same
answer sent again, from a second tab or after a lost connection, gives what stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import answers, attempts, audit, enrolments, revisions
from db.answers import Recorded
from modules.access import Viewer, require
from modules.basics import BadInput, Denied, seed_for
from modules.course.model import LabStep, ScenarioStep, Step
from modules.learn import content
from modules.learn.opened import Opened, as_answer, read
from modules.progress import marking
from modules.progress.journey import Answer, Sheet, outcome
from modules.progress.standing import months_after
from modules.settings import settings


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
    standing = _record(session, viewer, of, sheet, marked)
    if sheet.form == "check":
        _complete_if_passed(session, viewer, of, now)
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
) -> Answer:
    """Record a decision of the story."""
    require(viewer, "learn.submit")
    practice = _practice(of)
    marked = marking.mark_decision(of.journey.module, practice, step, number, choice, now)
    return _record(session, viewer, of, practice, marked)


def hand_in(
    session: Session,
    viewer: Viewer,
    *,
    of: Opened,
    step: LabStep,
    body: Mapping[str, Any],
    try_number: int,
    now: datetime,
) -> Answer:
    """Grade and record a lab."""
    require(viewer, "learn.submit")
    practice = _practice(of)
    marked = marking.mark_lab(
        of.journey.module,
        practice,
        step,
        body,
        seed=seed_for(practice.seed, f"lab:{step.id}"),
        try_number=try_number,
        now=now,
    )
    return _record(session, viewer, of, practice, marked)


def leave(session: Session, viewer: Viewer, *, of: Opened, step: Step, now: datetime) -> None:
    """Record that a step was left behind."""
    require(viewer, "learn.submit")
    practice = _practice(of)
    if not of.journey.may_open(step.id):
        raise BadInput("This step is not open yet. Go on from where you are.")
    _record(session, viewer, of, practice, marking.mark_step(step, now))


def _practice(of: Opened) -> Sheet:
    if of.journey.practice is None:
        raise BadInput("Begin the module first.")
    return of.journey.practice


def _record(session: Session, viewer: Viewer, of: Opened, sheet: Sheet, marked: Answer) -> Answer:
    recorded = Recorded(**{**asdict(marked), "attempt_id": of.attempt(sheet)})
    return as_answer(answers.record(session, org_id=viewer.org_id, answer=recorded))


def _complete_if_passed(session: Session, viewer: Viewer, of: Opened, now: datetime) -> None:
    """Keep a completion in the transaction of the answer that earned it."""
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


@dataclass(frozen=True)
class Record:
    """What is held on somebody: answers, completions, and who looked."""

    answers: tuple[Recorded, ...]
    attempts: int
    completions: tuple[enrolments.Completed, ...]
    views: tuple[audit.Seen, ...]


def my_record(session: Session, viewer: Viewer) -> Record:
    """Everything kept about the viewer's learning, and who saw that she is in the lists."""
    require(viewer, "me.record")
    org, person = viewer.org_id, viewer.person_id
    return Record(
        answers=tuple(answers.of_person(session, org_id=org, person_id=person)),
        attempts=len(attempts.of_person(session, org_id=org, person_id=person)),
        completions=tuple(enrolments.completions(session, org_id=org, person_ids=[person])),
        views=tuple(audit.views(session, org_id=org, person_id=person)),
    )


def record_of(session: Session, viewer: Viewer, *, email: str) -> Record:
    """The record of whoever has this address: only her own is anybody's to read."""
    require(viewer, "learn.answers")
    if viewer.email != email.casefold():
        raise Denied("the answers of another person")
    return my_record(session, viewer)


def as_json(record: Record) -> dict[str, Any]:
    """A record as JSON values: what the page offers for download and the command prints."""
    return {
        "answers": [
            {**asdict(one), "attempt_id": str(one.attempt_id), "tags": list(one.tags)}
            | {"answered_at": one.answered_at.isoformat()}
            for one in record.answers
        ],
        "completions": [
            {
                "module": one.module,
                "version": one.version,
                "sha256": one.sha256,
                "completed_at": one.completed_at.isoformat(),
                "valid_until": one.valid_until.isoformat(),
            }
            for one in record.completions
        ],
        "views": [
            {"seen_at": one.seen_at.isoformat(), "viewer": one.viewer, "place": one.place}
            for one in record.views
        ],
    }

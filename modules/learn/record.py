"""What is held on a learner, read by herself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from db import attempts, audit, certificates, content_reports, help, notes
from db.answers import Recorded
from db.grades import Was
from modules.access import Viewer, require
from modules.basics import Denied
from modules.learn import receipts
from modules.learn.receipts import Receipt
from modules.progress.receipt import LATER

# What an answer says of its grade, and how that stands while it is not told.
GRADE: Mapping[str, Any] = {"score": None, "correct": None, "tags": (), "was": None}


@dataclass(frozen=True)
class Record:
    """What is held on somebody: answers, completions with their certificates, who looked.

    ``asked`` is whom she asked for help and who asked her, while it is open. ``later`` names the
    attempts whose grades are not to be seen yet: their answers are here without them.
    """

    answers: tuple[Recorded, ...]
    later: frozenset[uuid.UUID]
    attempts: int
    completions: tuple[certificates.Held, ...]
    notes: tuple[notes.Written, ...]
    asked: tuple[help.Asked, ...]
    reports: tuple[content_reports.Told, ...]
    views: tuple[audit.Seen, ...]


def my_record(session: Session, viewer: Viewer) -> Record:
    """Everything kept about the viewer's learning, and who saw that she is in the lists."""
    require(viewer, "me.record")
    org, person = viewer.org_id, viewer.person_id
    sittings = attempts.of_person(session, org_id=org, person_id=person)
    found = receipts.read(session, org, sittings)
    given = [answer for one in found for answer in _answers(one)]
    return Record(
        answers=tuple(sorted(given, key=lambda one: one.answered_at)),
        later=frozenset(one.sitting.id for one in found if not one.told),
        attempts=len(sittings),
        completions=tuple(certificates.of_person(session, org_id=org, person_id=person)),
        notes=tuple(notes.of_person(session, org_id=org, person_id=person)),
        asked=tuple(help.of_either(session, org_id=org, person_id=person)),
        reports=tuple(content_reports.of_person(session, org_id=org, person_id=person)),
        views=tuple(audit.views(session, org_id=org, person_id=person)),
    )


def _answers(one: Receipt) -> list[Recorded]:
    """The answers of an attempt, without the grades that she may not see yet."""
    found = []
    for answer in one.sheet.answers.values():
        first = answer.was
        was = Was(first.score, first.right, first.tags, first.grader) if first else None
        values = {**asdict(answer), "attempt_id": one.sitting.id, "was": was}
        found.append(Recorded(**(values if one.told else {**values, **GRADE})))
    return found


def record_of(session: Session, viewer: Viewer, *, email: str) -> Record:
    """The record of whoever has this address: only her own is anybody's to read."""
    require(viewer, "learn.answers")
    if viewer.email != email.casefold():
        raise Denied("the answers of another person")
    return my_record(session, viewer)


def as_json(record: Record) -> dict[str, Any]:
    """A record as JSON values: what the page offers for download and the command prints."""
    return {
        "answers": [_as_json(one, later=one.attempt_id in record.later) for one in record.answers],
        "completions": [
            {
                "module": one.module,
                "version": one.version,
                "sha256": one.sha256,
                "completed_at": one.completed_at.isoformat(),
                "valid_until": one.valid_until.isoformat(),
                "certificate": one.code,
                "shown_to_others": list(one.shares),
            }
            for one in record.completions
        ],
        "notes": [
            {"place": one.place, "body": one.body, "written_at": one.written_at.isoformat()}
            for one in record.notes
        ],
        "help": [
            {"with": one.name, "module": one.module, "asked_at": one.asked_at.isoformat()}
            for one in record.asked
        ],
        "reports": [
            {
                "module": one.module,
                "place": one.place,
                "reason": one.reason,
                "text": one.text,
                "reported_at": one.reported_at.isoformat(),
                "answer": one.answer,
            }
            for one in record.reports
        ],
        "views": [
            {"seen_at": one.seen_at.isoformat(), "viewer": one.viewer, "place": one.place}
            for one in record.views
        ],
    }


def _as_json(one: Recorded, later: bool) -> dict[str, Any]:
    values = {
        **asdict(one),
        "attempt_id": str(one.attempt_id),
        "tags": list(one.tags),
        "answered_at": one.answered_at.isoformat(),
    }
    if one.was is None:
        del values["was"]
    if not later:
        return values
    kept = {name: value for name, value in values.items() if name not in GRADE}
    return {**kept, "later": LATER}

"""What is held on a learner, read by herself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from db import answers, attempts, audit, certificates, help, notes
from db.answers import Recorded
from modules.access import Viewer, require
from modules.basics import Denied


@dataclass(frozen=True)
class Record:
    """What is held on somebody: answers, completions with their certificates, who looked.

    ``helped`` is whom she asked for help and who asked her, while it is open.
    """

    answers: tuple[Recorded, ...]
    attempts: int
    completions: tuple[certificates.Held, ...]
    notes: tuple[notes.Written, ...]
    asked: tuple[help.Asked, ...]
    views: tuple[audit.Seen, ...]


def my_record(session: Session, viewer: Viewer) -> Record:
    """Everything kept about the viewer's learning, and who saw that she is in the lists."""
    require(viewer, "me.record")
    org, person = viewer.org_id, viewer.person_id
    return Record(
        answers=tuple(answers.of_person(session, org_id=org, person_id=person)),
        attempts=len(attempts.of_person(session, org_id=org, person_id=person)),
        completions=tuple(certificates.of_person(session, org_id=org, person_id=person)),
        notes=tuple(notes.of_person(session, org_id=org, person_id=person)),
        asked=tuple(help.of_either(session, org_id=org, person_id=person)),
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
        "views": [
            {"seen_at": one.seen_at.isoformat(), "viewer": one.viewer, "place": one.place}
            for one in record.views
        ],
    }

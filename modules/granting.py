"""A completion kept, with all that follows from it: by the answer that earned it, or a regrade."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import attempts, enrolments, refreshers
from modules.access import Viewer
from modules.course.model.changes import order
from modules.enrolling.lasting import counts_until
from modules.evidence import Deed
from modules.progress.papers import TEST_OUT

# What a completion closes; reviews and delayed checks of an earlier one go on.
ROUND = ("practice", "pre", "check", TEST_OUT)


@dataclass(frozen=True)
class Learner:
    """Who completes something: what the completion and its proof say of her."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    email: str
    path: str
    zone: str

    @classmethod
    def of(cls, viewer: Viewer) -> Learner:
        """The viewer herself."""
        return cls(*(getattr(viewer, one.name) for one in fields(cls)))


@dataclass(frozen=True)
class Earned:
    """By which attempt of a round, and on which version of the module."""

    attempt_id: uuid.UUID
    # The attempts of the round, each with its form.
    together: Iterable[tuple[str, uuid.UUID]]
    module: str
    version: str
    sha256: str


def grant(session: Session, learner: Learner, earned: Earned, *, now: datetime) -> Deed | None:
    """Keep a completion of today and close its round; what the log is to say of it.

    None where its attempt has completed the module before. The caller records the proof, as the
    last thing: until the commit nobody else can add to the log.
    """
    org_id, person_id = learner.org_id, learner.person_id
    completion = enrolments.Completed(
        attempt_id=earned.attempt_id,
        person_id=person_id,
        module=earned.module,
        version=earned.version,
        sha256=earned.sha256,
        completed_at=now,
        valid_until=counts_until(
            session,
            org_id=org_id,
            person_id=person_id,
            module=earned.module,
            completed_on=now.astimezone(ZoneInfo(learner.zone)).date(),
        ),
    )
    new = enrolments.complete(session, org_id=org_id, completion=completion)
    for form, attempt_id in earned.together:
        if form in ROUND:
            attempts.end(session, org_id=org_id, attempt_id=attempt_id, now=now)
    if not new:
        return None
    _close_refreshers(session, learner, earned, now)
    facts = {
        name: getattr(completion, name) for name in ("module", "version", "sha256", "valid_until")
    }
    return Deed(
        kind="completion",
        at=now,
        about=person_id,
        facts=facts | {"path": learner.path},
        personal={"name": learner.name, "email": learner.email},
    )


def _close_refreshers(session: Session, learner: Learner, earned: Earned, now: datetime) -> None:
    """Close what a completion of this version has made needless."""
    scope = {"org_id": learner.org_id, "person_id": learner.person_id}
    for one in refreshers.open_of(session, **scope, module=earned.module):
        if order(one.version) <= order(earned.version):
            refreshers.done(session, **scope, module=earned.module, version=one.version, now=now)

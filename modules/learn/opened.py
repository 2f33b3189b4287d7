"""A module as its learner has it open: her journey and the attempts behind it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db import answers, attempts, enrolments, proofs, revisions
from db.answers import Recorded
from modules import courses
from modules.access import Viewer
from modules.basics import BadInput
from modules.learn import content
from modules.progress.journey import Journey
from modules.progress.papers import TEST_OUT
from modules.progress.sheet import Sheet
from modules.sitting import sheet_of


@dataclass(frozen=True)
class Opened:
    """One module of one learner, as read in one transaction."""

    journey: Journey
    # The attempt behind each sheet, by form and number.
    ids: Mapping[tuple[str, int], uuid.UUID]
    drafts: Mapping[tuple[uuid.UUID, str], Mapping[str, Any]]
    revision_id: uuid.UUID
    version: str
    completion: enrolments.Completed | None

    @property
    def regraded(self) -> bool:
        """Whether a corrected question has graded an answer of this round again."""
        of = self.journey
        sheets = (of.practice, of.pre, *of.checks, of.test_out)
        return any(one.regraded for one in sheets if one)

    def attempt(self, sheet: Sheet) -> uuid.UUID:
        """The attempt that a sheet shows."""
        return self.ids[sheet.form, sheet.number]


def read(session: Session, viewer: Viewer, module: str) -> Opened:
    """Read a learner's module: the round she is in, on the content she began it with.

    Raises BadInput when no such module is published in her organisation.
    """
    org, person = viewer.org_id, viewer.person_id
    sittings = attempts.of_person(session, org_id=org, person_id=person, module=module)
    rounds = [one for one in sittings if one.form == "practice"]
    if rounds:
        pinned = rounds[-1]
        sha256, revision_id, version = pinned.sha256, pinned.revision_id, pinned.version
        language, jurisdiction = pinned.language, pinned.jurisdiction
    else:
        latest = revisions.latest(session, org_id=viewer.org_id).get(module)
        if latest is None:
            raise BadInput(f"There is no module {module} here. Go back to your path.")
        sha256, revision_id, version = latest.sha256, latest.id, latest.version
        language, jurisdiction = viewer.language, viewer.jurisdiction
    taught = content.module(session, sha256=sha256, language=language, jurisdiction=jurisdiction)
    if not rounds:
        return Opened(Journey(taught), {}, {}, revision_id, version, None)
    # The attempts of this round: those begun with it or after it. What was entered by hand
    # meanwhile belongs to no round: she goes on, and completes it by herself.
    since = rounds[-1].turn
    sittings = [one for one in sittings if one.turn >= since and one.form != proofs.HAND]
    given: dict[uuid.UUID, list[Recorded]] = {one.id: [] for one in sittings}
    for recorded in answers.of_attempts(session, org_id=org, attempt_ids=list(given)):
        given[recorded.attempt_id].append(recorded)
    sheets = [sheet_of(one, given[one.id]) for one in sittings]
    completed = enrolments.completions(
        session, org_id=viewer.org_id, person_ids=[viewer.person_id], module=module
    )
    completion = next((one for one in reversed(completed) if one.attempt_id in given), None)
    test_out = next((one for one in sheets if one.form == TEST_OUT), None)
    return Opened(
        journey=Journey(
            taught,
            practice=next(one for one in sheets if one.form == "practice"),
            pre=next((one for one in sheets if one.form == "pre"), None),
            checks=tuple(one for one in sheets if one.form == "check"),
            test_out=test_out,
            on_path=test_out is None or _on_path(session, viewer, module),
            granted=next(
                (
                    (one.form, one.number)
                    for one in sittings
                    if completion and one.id == completion.attempt_id
                ),
                None,
            ),
        ),
        ids={(one.form, one.number): one.id for one in sittings},
        drafts=answers.drafts(session, org_id=viewer.org_id, attempt_ids=list(given)),
        revision_id=revision_id,
        version=version,
        completion=completion,
    )


def _on_path(session: Session, viewer: Viewer, module: str) -> bool:
    """Whether the learner is to take the module, and not only free to."""
    if module in courses.shipped().path(viewer.path).modules:
        return True
    due = enrolments.due_dates(session, org_id=viewer.org_id, person_id=viewer.person_id)
    return module in due

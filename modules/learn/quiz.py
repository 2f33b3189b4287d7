"""Questions outside the lesson, of one module: a part of a review, or a delayed check."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import answers, attempts, people
from db.answers import Recorded
from db.attempts import Sitting
from modules import evidence, settling
from modules.access import Viewer, require
from modules.basics import BadInput, Denied
from modules.course.model import Module
from modules.granting import Learner
from modules.learn import content
from modules.learn.actions import LARGEST_DRAFT
from modules.progress import marking
from modules.progress.sheet import Answer, Sheet
from modules.regrade import following
from modules.sitting import as_answer, sheet_of


@dataclass(frozen=True)
class Quiz:
    """One attempt with the content it is pinned to."""

    module: Module
    sheet: Sheet
    attempt_id: uuid.UUID
    person_id: uuid.UUID
    started_at: datetime
    drafts: Mapping[str, Mapping[str, Any]]

    def place(self, slot: str) -> str:
        """One of its questions as the page's address names it."""
        return place_of(self.module.id, self.sheet, slot)

    @property
    def left(self) -> tuple[str, ...]:
        """The slots without an answer."""
        return tuple(slot for slot in self.sheet.paper if self.sheet.answer(slot) is None)


def place_of(module: str, sheet: Sheet, slot: str) -> str:
    """A question as a page's address names it."""
    return f"{module}.{sheet.number}.{slot}"


def quizzes(session: Session, viewer: Viewer, sittings: list[Sitting]) -> tuple[Quiz, ...]:
    """Some of the viewer's attempts with their answers and drafts, as they stand. Two queries."""
    require(viewer, "learn.open")
    mine = [one for one in sittings if one.person_id == viewer.person_id]
    ids = [one.id for one in mine]
    given: dict[uuid.UUID, list[Recorded]] = {id_: [] for id_ in ids}
    for recorded in answers.of_attempts(session, org_id=viewer.org_id, attempt_ids=ids):
        given[recorded.attempt_id].append(recorded)
    kept: dict[uuid.UUID, dict[str, Mapping[str, Any]]] = {id_: {} for id_ in ids}
    drafts = answers.drafts(session, org_id=viewer.org_id, attempt_ids=ids)
    for (attempt_id, slot), body in drafts.items():
        kept[attempt_id][slot] = body
    return tuple(
        Quiz(
            module=content.module(
                session,
                sha256=one.sha256,
                language=one.language,
                jurisdiction=one.jurisdiction,
            ),
            sheet=sheet_of(one, given[one.id]),
            attempt_id=one.id,
            person_id=one.person_id,
            started_at=one.started_at,
            drafts=kept[one.id],
        )
        for one in mine
    )


def save(
    session: Session,
    viewer: Viewer,
    *,
    of: Quiz,
    slot: str,
    body: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep what is chosen or typed but not sent."""
    require(viewer, "learn.save")
    _own(viewer, of)
    if len(json.dumps(dict(body))) > LARGEST_DRAFT:
        raise BadInput("This is more text than an answer can hold. Shorten it.")
    answers.save_draft(
        session, org_id=viewer.org_id, attempt_id=of.attempt_id, slot=slot, body=body, now=now
    )


def answer(
    session: Session,
    viewer: Viewer,
    *,
    of: Quiz,
    slot: str,
    response: Mapping[str, Any],
    sure: str | None,
    now: datetime,
) -> Answer:
    """Grade and record an answer, whenever it comes; the attempt's last one closes it.

    An answer sent late, or to a review that another day has replaced, is never lost.
    """
    require(viewer, "learn.submit")
    _own(viewer, of)
    marked = marking.mark_item(of.module, of.sheet, slot, response, sure=sure, now=now)
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    attempts.hold(session, org_id=viewer.org_id, attempt_id=of.attempt_id)
    recorded = Recorded(**{**asdict(marked), "attempt_id": of.attempt_id})
    stands = as_answer(answers.record(session, org_id=viewer.org_id, answer=recorded))
    stands = following.follow(
        session,
        org_id=viewer.org_id,
        attempt_id=of.attempt_id,
        module=of.module,
        sheet=of.sheet,
        answer=stands,
    )
    given = answers.count(session, org_id=viewer.org_id, attempt_id=of.attempt_id)
    if given == len(of.sheet.paper):
        attempts.end(session, org_id=viewer.org_id, attempt_id=of.attempt_id, now=now)
    if of.sheet.form == settling.FORM:
        proofs = settling.settle(session, Learner.of(viewer), module=of.module, now=now)
        if proofs:
            evidence.record_all(session, org_id=viewer.org_id, deeds=proofs)
    return stands


def _own(viewer: Viewer, of: Quiz) -> None:
    if of.person_id != viewer.person_id:
        raise Denied("the questions of another person")

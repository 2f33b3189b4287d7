"""Receipts: a learner's own attempts with everything that replays them, and the replay itself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import answers, attempts
from db.answers import Recorded
from db.attempts import Sitting
from modules.access import Viewer, require
from modules.basics import ContentError, Words
from modules.course.model import Module
from modules.learn import content
from modules.progress import papers, receipt
from modules.progress.replay import Replayed, replay
from modules.progress.sheet import Answer, Mark, Sheet
from modules.regrade import replaying
from modules.sitting import sheet_of


@dataclass(frozen=True)
class Line:
    """One answer in words. ``told`` is False while its grade is not to be seen yet.

    ``was`` is the grade that it got first, where a corrected question has graded it again.
    """

    slot: str
    try_number: int
    kind: str
    question: str
    answer: str
    told: bool
    score: float | None
    right: bool | None
    tags: tuple[str, ...]
    grader: int
    answered_at: datetime | None
    was: Mark | None = None


@dataclass(frozen=True)
class Receipt:
    """One attempt with its content; without content there is a ``trouble`` that says why.

    ``together`` are the attempts of its round, as far as they were read. ``corrected`` is the
    content by which an answer was graded again, by slot and try.
    """

    sitting: Sitting
    module: Module | None
    sheet: Sheet
    together: Sequence[Sheet]
    trouble: str = ""
    corrected: Mapping[tuple[str, int], Module] = field(default_factory=dict)

    @property
    def told(self) -> bool:
        """Whether she may see its grades, seed and paper yet."""
        return receipt.told(self.module, self.sheet, self.together)

    @property
    def holds_answers(self) -> bool:
        """Whether there is more in it than steps left behind."""
        return any(one.kind != "screen" for one in self.sheet.answers.values())

    def lines(self, whole: bool = False, steps: bool = False) -> tuple[Line, ...]:
        """Its answers as they were given, without the grades that she may not see yet.

        ``steps`` gives the steps left behind too; ``whole`` gives them and every grade.
        """
        if self.module is None:
            return ()
        told = whole or self.told
        given = sorted(self.sheet.answers.values(), key=_when)
        return tuple(
            _line(self.module, self.sheet, one, told)
            for one in given
            if whole or steps or one.kind != "screen"
        )

    def replay(self) -> tuple[Replayed, ...]:
        """Every answer graded again, also by the corrected question that graded it since."""
        if self.module is None:
            return ()
        return tuple(
            replaying.by_both(self.module, self.sheet, self.corrected, line)
            for line in replay(self.module, self.sheet)
        )


def _line(module: Module, sheet: Sheet, answer: Answer, told: bool) -> Line:
    return Line(
        slot=answer.slot,
        try_number=answer.try_number,
        kind=answer.kind,
        question=receipt.question(module, sheet, answer),
        answer=receipt.in_words(module, sheet, answer),
        told=told,
        score=answer.score if told else None,
        right=answer.correct if told else None,
        tags=tuple(answer.tags) if told else (),
        grader=answer.grader,
        answered_at=answer.answered_at,
        was=answer.was if told else None,
    )


def grade(line: Line, say: Words) -> str:
    """How an answer was graded, in words; when she will read it, where that is not yet."""
    if not line.told:
        return say("receipts.later")
    told = say(f"receipts.{word(line.right, line.score)}")
    if line.was is None:
        return told
    before = say(f"receipts.{word(line.was.right, line.was.score)}")
    return say("receipts.again", now=told, before=before)


def word(right: bool | None, score: float | None) -> str:
    """The last part of the name of the word for a grade."""
    if right is None:
        return "not_graded"
    return "right" if right else "partly" if score else "not_right"


def _when(answer: Answer) -> tuple[str, str, int]:
    when = answer.answered_at.isoformat() if answer.answered_at else ""
    return (when, answer.slot, answer.try_number)


def receipts(session: Session, viewer: Viewer) -> list[Receipt]:
    """The viewer's attempts that hold an answer, newest first."""
    require(viewer, "learn.receipts")
    sittings = attempts.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)
    found = read(session, viewer.org_id, sittings)
    return [one for one in found if one.holds_answers][::-1]


def read(session: Session, org_id: uuid.UUID, sittings: Sequence[Sitting]) -> list[Receipt]:
    """Attempts with their answers, in one query, and content; to tell a learner, all of hers."""
    given: dict[uuid.UUID, list[Recorded]] = {one.id: [] for one in sittings}
    for recorded in answers.of_attempts(session, org_id=org_id, attempt_ids=list(given)):
        given[recorded.attempt_id].append(recorded)
    sheets = {one.id: sheet_of(one, given[one.id]) for one in sittings}
    rounds = _rounds(sittings, sheets)
    corrected = replaying.corrected(session, org_id, sittings, sheets)
    return [
        replace(_receipt(session, one, sheets[one.id], rounds[one.id]), corrected=corrected[one.id])
        for one in sittings
    ]


def _rounds(
    sittings: Sequence[Sitting], sheets: Mapping[uuid.UUID, Sheet]
) -> dict[uuid.UUID, list[Sheet]]:
    """By attempt, those of its round: a round of a module begins with its practice."""
    found: dict[uuid.UUID, list[Sheet]] = {}
    newest: dict[tuple[uuid.UUID, str], list[Sheet]] = {}
    for one in sorted(sittings, key=lambda one: one.turn):
        of = (one.person_id, one.module)
        if one.form == "practice" or of not in newest:
            newest[of] = []
        newest[of].append(sheets[one.id])
        found[one.id] = newest[of]
    return found


def _receipt(
    session: Session, sitting: Sitting, sheet: Sheet, together: Sequence[Sheet]
) -> Receipt:
    try:
        taught = content.module(
            session,
            sha256=sitting.sha256,
            language=sitting.language,
            jurisdiction=sitting.jurisdiction,
        )
    except ContentError as error:
        return Receipt(sitting, None, sheet, together, f"its content cannot be read: {error}")
    return Receipt(sitting, taught, sheet, together)


def as_json(receipts: Sequence[Receipt], whole: bool = False) -> list[dict[str, Any]]:
    """Receipts as JSON values: what the page offers for download and the command prints.

    No names, and no id but the attempt's. ``whole`` as in `Receipt.lines`.
    """
    return [
        {
            "attempt": str(one.sitting.id),
            "module": one.sitting.module,
            "form": one.sitting.form,
            "number": one.sitting.number,
            "version": one.sitting.version,
            "sha256": one.sitting.sha256,
            "language": one.sitting.language,
            "jurisdiction": one.sitting.jurisdiction,
            **_drawn(one, whole),
            "started_at": one.sitting.started_at.isoformat(),
            "ended_at": one.sitting.ended_at.isoformat() if one.sitting.ended_at else None,
            "answers": [
                {
                    "slot": line.slot,
                    "try": line.try_number,
                    "kind": line.kind,
                    "question": line.question,
                    "answer": line.answer,
                    **_graded(line),
                    "grader": line.grader,
                    "answered_at": line.answered_at.isoformat() if line.answered_at else None,
                }
                for line in one.lines(whole)
            ],
        }
        for one in receipts
    ]


def _drawn(one: Receipt, whole: bool) -> dict[str, Any]:
    """What its questions were drawn with."""
    if whole:
        return {"seed": one.sitting.seed, "paper": one.sitting.paper}
    if one.told:
        return {"seed": one.sitting.seed, "paper": papers.as_json(receipt.paper(one.sheet))}
    return {"later": receipt.LATER}


def _graded(line: Line) -> dict[str, Any]:
    if not line.told:
        return {"later": receipt.LATER}
    graded = line.right is not None
    now = {"graded": graded, "score": line.score, "right": line.right, "tags": list(line.tags)}
    if line.was is None:
        return now
    was = {"score": line.was.score, "right": line.was.right, "tags": list(line.was.tags)}
    return now | {"first_graded": was | {"grader": line.was.grader}}

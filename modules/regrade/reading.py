"""What a regrade reads of attempts: first the answers to one item only, and more where it matters.

Most attempts keep their result. What others were answered is read of those alone that pass now.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from db import answers, regrading
from db.answers import Recorded
from db.attempts import Sitting
from modules import taught
from modules.basics import ContentError
from modules.course.model import Module
from modules.progress.papers import AGAIN
from modules.progress.sheet import Answer, Mark, Sheet
from modules.regrade.earning import Given
from modules.sitting import sheet_of

AT_ONCE = 2000
"""Attempts read at once: a fixed number of queries for each portion."""

Page = Callable[[uuid.UUID | None], list[Sitting]]
Rights = frozenset[tuple[str, int, str, bool | None, bool, bool | None]]
"""The answers of an attempt: slot, try, kind; whether right, graded again, and right at first."""


def pages(
    session: Session, org_id: uuid.UUID, item: str, page: Page
) -> Iterator[list[tuple[Given, Module]]]:
    """Attempts with their answers to an item and their content, a portion at a time."""
    last: uuid.UUID | None = None
    again: dict[tuple[str, str, str], set[str]] = {}
    while sittings := page(last):
        last = sittings[-1].id
        pinned = [(one, old) for one in sittings if (old := _pinned(session, one)) is not None]
        slots = {item}
        for one, old in pinned:
            content = (one.sha256, one.language, one.jurisdiction)
            if content not in again:
                again[content] = _again(old, item)
            slots |= again[content]
            slots.update(
                slot
                for slot, tries in one.paper.items()
                if any(variant[0] == item for variant in tries)
            )
        found = _answers(session, org_id, [one for one, _ in pinned], tuple(sorted(slots)))
        yield [(given_of(one, found[one.id]), old) for one, old in pinned if found[one.id]]


def _again(module: Module, item: str) -> set[str]:
    """The slots that can ask an item again where no paper says what they ask."""
    family = (item, *module.twins(item)) if item in module.questions else (item,)
    return {f"{AGAIN}{one}" for one in family}


def _answers(
    session: Session, org_id: uuid.UUID, sittings: Sequence[Sitting], slots: Sequence[str] = ()
) -> dict[uuid.UUID, list[tuple[uuid.UUID, int, Recorded]]]:
    found: dict[uuid.UUID, list[tuple[uuid.UUID, int, Recorded]]] = {one.id: [] for one in sittings}
    theirs = answers.with_ids(session, org_id=org_id, attempt_ids=list(found), slots=slots)
    for one in theirs:
        found[one[2].attempt_id].append(one)
    return found


def whole_of(session: Session, org_id: uuid.UUID, given: Sequence[Given]) -> list[Given]:
    """The same attempts with all their answers."""
    if not given:
        return []
    found = _answers(session, org_id, [one.sitting for one in given])
    return [given_of(one.sitting, found[one.sitting.id]) for one in given]


def right_of(
    session: Session, org_id: uuid.UUID, sittings: Sequence[Sitting]
) -> dict[uuid.UUID, Rights]:
    """Which answers of some attempts are right: all that a result depends on."""
    if not sittings:
        return {}
    found: dict[uuid.UUID, list[tuple[str, int, str, bool | None, bool, bool | None]]]
    found = {one.id: [] for one in sittings}
    for id_, slot, number, kind, correct, again, first in regrading.right(
        session, org_id=org_id, attempt_ids=list(found)
    ):
        found[id_].append((slot, number, kind, correct, again, first))
    return {id_: frozenset(theirs) for id_, theirs in found.items()}


def sheet_of_rights(sitting: Sitting, right: Rights) -> Sheet:
    """An attempt as its result sees it: without what was answered."""
    given = {}
    for slot, number, kind, correct, again, first in right:
        was = Mark(None, first, (), 0) if again else None
        given[slot, number] = Answer(slot, number, kind, {}, correct=correct, was=was)
    return replace(sheet_of(sitting, ()), answers=given)


def _pinned(session: Session, one: Sitting) -> Module | None:
    """The content of an attempt; None where its stored text cannot be read any more."""
    try:
        return taught.module(
            session, sha256=one.sha256, language=one.language, jurisdiction=one.jurisdiction
        )
    except ContentError:
        return None


def given_of(sitting: Sitting, found: Sequence[tuple[uuid.UUID, int, Recorded]]) -> Given:
    """An attempt with these answers and the rows behind them."""
    rows = {(one.slot, one.try_number): (id_, turn) for id_, turn, one in found}
    return Given(sitting, sheet_of(sitting, [one for _, _, one in found]), rows)

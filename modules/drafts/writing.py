"""A draft saved step by step: nothing is overwritten, everything can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlmodel import Session

from db import drafts
from db.drafts import Drafted, Step
from modules.basics import BadInput
from modules.drafts.lines import Clash, Patch, merged, patch, undone

# What one person types at one place within this time is one step of the history.
TOGETHER = timedelta(minutes=3)
MOST_TEXT, MOST_FILES = 1_000_000, 200


class Overtaken(BadInput):
    """Somebody else changed the same place meanwhile: both texts are here, none was overwritten."""

    def __init__(self, mine: str, theirs: str) -> None:
        super().__init__(
            "Somebody else changed the same place while you wrote. Neither text was overwritten: "
            "compare them and choose."
        )
        self.mine, self.theirs = mine, theirs


def save(
    session: Session,
    *,
    org_id: uuid.UUID,
    id: uuid.UUID,
    path: str,
    base: str | None,
    text: str | None,
    by: uuid.UUID,
    now: datetime,
    place: str = "",
    undoes: int | None = None,
) -> str | None:
    """Keep a file; gives it as it stands now, other people's changes included.

    ``base`` is what the writer had before her: what somebody else saved since is kept, and where
    both changed the same lines `Overtaken` is raised and nothing is written. None: no such file.
    ``place`` says what was edited. Raises BadInput for a draft that is ended, or far too long.
    """
    draft = held(session, org_id, id)
    stands = drafts.files(session, org_id=org_id, id=id)
    now_there = stands[path].body if path in stands else None
    wanted = _merged(base, text, now_there)
    if wanted == now_there:
        return wanted
    if wanted is not None and len(wanted) > MOST_TEXT:
        raise BadInput(f"{path} would have {len(wanted):,} characters; {MOST_TEXT:,} fit in.")
    if path not in stands and len(stands) >= MOST_FILES:
        raise BadInput(f"This draft has {MOST_FILES} files already. Delete some first.")
    number = _write(session, org_id, draft, path, now_there, wanted, place, undoes, by, now)
    drafts.put(session, org_id=org_id, id=id, path=path, body=wanted, number=number)
    return wanted


def undo(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, by: uuid.UUID, now: datetime
) -> str:
    """Take back the newest step of one person that stands; gives its place. Raises BadInput.

    What was written in one moment, into several files, is taken back together.
    """
    steps = [one for one in _standing(session, org_id, id, by) if one.undoes is None]
    for one in steps:
        if one.at == steps[0].at:
            _reverse(session, org_id, id, one, by, now)
    if not steps:
        raise BadInput("There is nothing of yours to undo in this draft.")
    return steps[0].place or steps[0].path


def redo(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, by: uuid.UUID, now: datetime
) -> str:
    """Do again what the same person undid last, unless she changed something since."""
    edits = {one.number for one in _mine(session, org_id, id, by) if one.undoes is None}
    standing = _standing(session, org_id, id, by)
    undone = list(takewhile(lambda one: one.undoes is not None, standing))
    steps = [one for one in undone if one.undoes in edits]  # and not what took an undoing back
    for one in steps:
        if one.at == steps[0].at:
            _reverse(session, org_id, id, one, by, now)
    if not steps:
        raise BadInput("There is nothing to do again.")
    return steps[0].place or steps[0].path


def restore(
    session: Session, *, org_id: uuid.UUID, id: uuid.UUID, number: int, by: uuid.UUID, now: datetime
) -> None:
    """Make the whole draft what it was after the step of that number, as new steps."""
    held(session, org_id, id)
    earlier = at(session, org_id=org_id, id=id, number=number)
    stands = drafts.files(session, org_id=org_id, id=id)
    for path in sorted({*earlier, *stands}):
        before = stands[path].body if path in stands else None
        if before != earlier.get(path):
            save(
                session,
                org_id=org_id,
                id=id,
                path=path,
                base=before,
                text=earlier.get(path),
                by=by,
                now=now,
                place=f"#{number}",
            )


def at(session: Session, *, org_id: uuid.UUID, id: uuid.UUID, number: int) -> dict[str, str]:
    """The files of a draft as they were after the step of that number."""
    files = {path: one.body for path, one in drafts.files(session, org_id=org_id, id=id).items()}
    for step in drafts.steps(session, org_id=org_id, id=id, after=number):
        before = _before(step, files.get(step.path))
        if before is None:
            files.pop(step.path, None)
        else:
            files[step.path] = before
    return files


def held(session: Session, org_id: uuid.UUID, id: uuid.UUID) -> Drafted:
    """A draft which nobody else changes until the commit. BadInput for none, or an ended one."""
    draft = drafts.hold(session, org_id=org_id, id=id)
    if draft is None:
        raise BadInput("There is no such draft here. Choose one on the page of modules.")
    if draft.ended_at:
        raise BadInput("This draft was published or dropped meanwhile. Begin a new one.")
    return draft


def _merged(base: str | None, mine: str | None, theirs: str | None) -> str | None:
    if base == theirs or mine == theirs:
        return mine
    if base is None or mine is None or theirs is None:
        raise Overtaken(mine or "", theirs or "")
    try:
        return merged(base, mine, theirs)
    except Clash as clash:
        raise Overtaken(mine, theirs) from clash


def _write(
    session: Session,
    org_id: uuid.UUID,
    draft: Drafted,
    path: str,
    before: str | None,
    after: str | None,
    place: str,
    undoes: int | None,
    by: uuid.UUID,
    now: datetime,
) -> int:
    newest = drafts.steps(session, org_id=org_id, id=draft.id, most=1)
    number = draft.number + 1
    # What was approved once stays a state of its own: who wrote after it does not approve.
    later = newest and newest[0].number > draft.approved_number
    if later and undoes is None and _goes_on(newest[0], path, place, by, now):
        earlier = _before(newest[0], before)
        if earlier != after:
            before, number = earlier, newest[0].number
    if before is None or after is None:
        change = {"line": 0, "old": before, "new": after}
    else:
        change = vars(patch(before, after))
    step = {"number": number, "path": path, "place": place, "undoes": undoes, **change}
    drafts.record(
        session, org_id=org_id, id=draft.id, step={**step, "changed_by": by, "changed_at": now}
    )
    values: dict[str, Any] = {"number": max(number, draft.number), "changed_at": now}
    if draft.state == "approved":  # what was approved is no longer what is here
        values |= {"state": "review", "approved_by": None, "approved_at": None}
        values |= {"publish_at": None, "planned_by": None}
    drafts.set_draft(session, org_id=org_id, id=draft.id, **values)
    return number


def _goes_on(step: Step, path: str, place: str, by: uuid.UUID, now: datetime) -> bool:
    same = (step.path, step.place, step.by_id, step.undoes) == (path, place, by, None)
    # A file that was made or taken away is a step of its own.
    whole = step.old is None or step.new is None
    return same and bool(place) and not whole and timedelta() <= now - step.at <= TOGETHER


def _before(step: Step, after: str | None) -> str | None:
    """A file before a step that was the last one on it."""
    if step.old is None or step.new is None:
        return step.old
    return undone(after or "", Patch(step.line, step.old, step.new))


def _mine(session: Session, org_id: uuid.UUID, id: uuid.UUID, by: uuid.UUID) -> list[Step]:
    return [one for one in drafts.steps(session, org_id=org_id, id=id) if one.by_id == by]


def _standing(session: Session, org_id: uuid.UUID, id: uuid.UUID, by: uuid.UUID) -> Iterator[Step]:
    """One person's steps that nothing took back, the newest first."""
    gone = set[int | None]()
    for one in _mine(session, org_id, id, by):
        if one.number not in gone:
            gone.add(one.undoes)
            yield one


def _reverse(
    session: Session, org_id: uuid.UUID, id: uuid.UUID, step: Step, by: uuid.UUID, now: datetime
) -> str:
    after = at(session, org_id=org_id, id=id, number=step.number).get(step.path)
    before = _before(step, after)
    try:
        save(
            session,
            org_id=org_id,
            id=id,
            path=step.path,
            base=after,
            text=before,
            by=by,
            now=now,
            place=step.place,
            undoes=step.number,
        )
    except Overtaken as overtaken:
        raise BadInput(
            "The same place was changed again since, so this cannot be taken back by itself. "
            "Look at the history and go back to a moment."
        ) from overtaken
    return step.place or step.path

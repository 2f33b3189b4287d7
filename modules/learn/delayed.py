"""Delayed checks of a learner: which is open, beginning it. Always on herself, nothing depends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import attempts, people
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.learn.quiz import Quiz, quizzes
from modules.learn.shelf import Shelf, hours_of, shelves
from modules.progress import delayed, papers


@dataclass(frozen=True)
class Check:
    """A delayed check that may be taken now."""

    module: str
    title: str
    form: str
    questions: int
    closes: date


def open_checks(read: Sequence[Shelf], today: date) -> tuple[Check, ...]:
    """The delayed checks that may be taken on a day, at most one for each module."""
    found = []
    for shelf in read:
        taken = {
            sheet.form
            for _, sheet in shelf.since
            if sheet.form in delayed.FORMS and len(sheet.answers) == len(sheet.paper)
        }
        window = delayed.open_window(shelf.completed_on, taken, today)
        items = papers.blueprint(shelf.module, window.form) if window else ()
        if window and items:
            module = shelf.module
            found.append(Check(module.id, module.title, window.form, len(items), window.closes))
    return tuple(found)


def check(session: Session, viewer: Viewer, *, module: str, form: str) -> Quiz | None:
    """The viewer's delayed check of her newest completion, once she has begun it."""
    require(viewer, "learn.delayed")
    sittings = [
        sitting
        for shelf in shelves(session, viewer)
        for sitting, _ in shelf.since
        if sitting.module == module and sitting.form == form and form in delayed.FORMS
    ]
    return quizzes(session, viewer, sittings[-1:])[0] if sittings else None


def begin(session: Session, viewer: Viewer, *, module: str, form: str, now: datetime) -> None:
    """Begin a delayed check that is open, once for each completion; else go on with it.

    Raises BadInput for one that is not open.
    """
    require(viewer, "learn.delayed")
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    read = shelves(session, viewer)
    shelf = next((one for one in read if one.module.id == module), None)
    if shelf and any(sheet.form == form for _, sheet in shelf.since if form in delayed.FORMS):
        return
    day = hours_of(viewer).day(now)
    if shelf is None or (module, form) not in [(o.module, o.form) for o in open_checks(read, day)]:
        raise BadInput(
            "This short check is not open now. Nothing depends on it; go back to your path."
        )
    seed = attempts.new_seed()
    attempts.start(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        module=module,
        form=form,
        # Two tabs begin the same one: there is one for each completion.
        number=shelf.rounds,
        revision_id=shelf.revision.id,
        seed=seed,
        paper=papers.as_json(papers.draw(shelf.module, form, seed, shelf.met)),
        now=now,
        language=viewer.language,
        jurisdiction=viewer.jurisdiction,
    )

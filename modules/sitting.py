"""An attempt with its answers, from database rows to what progress knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from db.answers import Recorded
from db.attempts import Sitting
from modules.progress import papers
from modules.progress.sheet import Answer, Mark, Sheet

NAMES = [field.name for field in fields(Answer) if field.name != "was"]


def as_answer(recorded: Recorded) -> Answer:
    """A database row as the journey knows it."""
    first = recorded.was
    was = Mark(first.score, first.correct, first.tags, first.grader) if first else None
    return Answer(**{name: getattr(recorded, name) for name in NAMES}, was=was)


def sheet_of(sitting: Sitting, recorded: Iterable[Recorded]) -> Sheet:
    """An attempt with its answers."""
    given = {(one.slot, one.try_number): as_answer(one) for one in recorded}
    return Sheet(
        form=sitting.form,
        number=sitting.number,
        seed=sitting.seed,
        answers=given,
        ended=sitting.ended_at is not None,
        paper=papers.from_json(sitting.paper),
    )

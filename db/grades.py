"""What an answer is worth: its own grade, or that of its newest regrade. Nowhere else is it read.

`tests/unit/test_one_place_of_grades.py` finds whoever reads the columns of the answer itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists

from db.tables import Answer, Regraded, core

ANSWER, REGRADED = core(Answer).c, core(Regraded).c
_NEWER = core(Regraded).alias("newer")

NEWEST: ColumnElement[bool] = ~exists().where(
    _NEWER.c.org_id == REGRADED.org_id,
    _NEWER.c.answer_id == REGRADED.answer_id,
    _NEWER.c.turn > REGRADED.turn,
).correlate(core(Regraded))
"""That no later regrade of the answer follows."""

GRADED = core(Answer).outerjoin(
    core(Regraded),
    and_(REGRADED.org_id == ANSWER.org_id, REGRADED.answer_id == ANSWER.id, NEWEST),
)
"""Answers with their newest regrade: select `SCORE` and its neighbours from this."""

TURN = REGRADED.turn
"""How often the answer was graded again; None where it never was."""

SCORE = case((TURN.is_not(None), REGRADED.score), else_=ANSWER.score)
CORRECT = case((TURN.is_not(None), REGRADED.correct), else_=ANSWER.correct)
TAGS = case((TURN.is_not(None), REGRADED.tags), else_=ANSWER.tags)
GRADER = case((TURN.is_not(None), REGRADED.grader), else_=ANSWER.grader)

EFFECTIVE = {"score": SCORE, "correct": CORRECT, "tags": TAGS, "grader": GRADER}
"""By the names of the answer's columns, what counts now."""

FIRST = tuple(ANSWER[name].label(f"first_{name}") for name in EFFECTIVE)
"""What the answer itself says: the grade that it got when it was given."""

FIRST_CORRECT = ANSWER.correct.label("first_correct")


@dataclass(frozen=True)
class Was:
    """The grade that an answer got when it was given, where another one counts now."""

    score: float | None
    correct: bool | None
    tags: tuple[str, ...]
    grader: int

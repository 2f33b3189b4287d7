"""One attempt as progress sees it: its form, seed and paper, and what was answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

Variant = tuple[str, str]
"""An item's id and the key of one of its variants."""

Paper = Mapping[str, tuple[Variant, ...]]
"""What an attempt asks: by slot, one variant for each try."""


def draft_slot(slot: str, try_number: int = 1) -> str:
    """The name under which a draft is kept: each try has its own (`db.answers` reads it)."""
    return slot if try_number == 1 else f"{slot}#{try_number}"


@dataclass(frozen=True)
class Mark:
    """What an answer is worth; score and right are None where nothing is graded."""

    score: float | None
    right: bool | None
    tags: tuple[str, ...]
    grader: int

    @property
    def worth(self) -> tuple[float | None, bool | None, tuple[str, ...]]:
        """All but the grader's version: a newer grader that says the same is no difference."""
        return (self.score, self.right, self.tags)


@dataclass(frozen=True)
class Answer:
    """One response with the grade that counts; its parts are None where nothing is graded.

    ``was`` is the grade that it got first, where a corrected question has graded it again since.
    """

    slot: str
    try_number: int
    kind: str
    response: Mapping[str, Any]
    score: float | None = None
    correct: bool | None = None
    tags: tuple[str, ...] = ()
    grader: int = 1
    confidence: float | None = None
    answered_at: datetime | None = None
    # Whether the response holds sentences that were typed: they are forgotten after 90 days.
    free_text: bool = False
    was: Mark | None = None

    @property
    def mark(self) -> Mark:
        """The grade that counts."""
        return Mark(self.score, self.correct, tuple(self.tags), self.grader)

    def marked(self, mark: Mark) -> Answer:
        """The same response with another grade, and none before it."""
        return replace(
            self,
            score=mark.score,
            correct=mark.right,
            tags=mark.tags,
            grader=mark.grader,
            was=None,
        )


@dataclass(frozen=True)
class Sheet:
    """One attempt: a form, its seed and paper, and what has been answered on it.

    Attempts begun before papers were kept have an empty one.
    """

    form: str
    number: int
    seed: str
    answers: Mapping[tuple[str, int], Answer] = field(default_factory=dict)
    ended: bool = False
    paper: Paper = field(default_factory=dict)

    def answer(self, slot: str, try_number: int = 1) -> Answer | None:
        """The answer in a slot, or None."""
        return self.answers.get((slot, try_number))

    def tries(self, slot: str) -> list[Answer]:
        """The answers in a slot, first try first."""
        return [one for (name, _), one in sorted(self.answers.items()) if name == slot]

    @property
    def regraded(self) -> bool:
        """Whether any of its answers was graded again."""
        return any(one.was for one in self.answers.values())

    def first(self) -> Sheet:
        """The sheet as it was graded when it was answered."""
        given = {at: one.marked(one.was) if one.was else one for at, one in self.answers.items()}
        return replace(self, answers=given)

"""One answer by the corrected item: the question that she met, judged by what is right now. Pure.

Parts are told apart by their ids. What the corrected item cannot judge fairly is told, and the
answer keeps its grade: it is gone or of another kind, its figures are others, it no longer offers
what she chose, or it asks for something that she was never offered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from modules.course.model import Module
from modules.progress.asked import drawn
from modules.progress.outcome import Outcome, outcome, strict
from modules.progress.papers import TEST_OUT
from modules.progress.replay import UNREADABLE
from modules.progress.sheet import Answer, Mark, Sheet
from modules.questions import Item, Question

At = tuple[str, int]
"""Where an answer stands in its attempt: slot and try."""

Change = Literal["up", "down", "same"]
Trouble = Literal["gone", "kind", "variant", "figures", "parts", "unreadable"]
JUDGED = ("check", TEST_OUT)
"""Forms with a result."""


@dataclass(frozen=True)
class Judged:
    """An answer with its grade before; after it is None where ``trouble`` says why."""

    at: At
    before: Mark
    after: Mark | None = None
    trouble: Trouble | Literal[""] = ""

    @property
    def changes(self) -> bool:
        """Whether another grade is to count; a newer grader that says the same is none."""
        return self.after is not None and self.after.worth != self.before.worth

    @property
    def change(self) -> Change:
        """Whether the answer is worth more now, or less."""
        then, now = _worth(self.before), _worth(self.after or self.before)
        return "up" if now > then else "down" if now < then else "same"


def _worth(mark: Mark) -> tuple[bool, float]:
    return bool(mark.right), mark.score or 0.0


Verdict = tuple[Mark | None, Trouble | Literal[""]]
Known = dict[tuple[str, str], Verdict]
"""Verdicts on one item by one pair of contents: by the variant's key, and the response as JSON."""


def judge(
    old: Module, new: Module | None, sheet: Sheet, item: str, known: Known | None = None
) -> tuple[Judged, ...]:
    """Every answer of an attempt to ``item``, by the content it was given on and by ``new``.

    ``new`` is None where the corrected content is not to be had in the attempt's language.
    ``known`` keeps verdicts for the next attempt with the same contents and item.
    """
    found = []
    for at, answer in sorted(sheet.answers.items()):
        if answer.kind != "item":
            continue
        try:
            name, *_ = drew = drawn(old, sheet, *at)
        except UNREADABLE:
            continue
        if name == item:
            found.append(Judged(at, answer.mark, *_verdict(old, new, answer, drew, known)))
    return tuple(found)


def _verdict(
    old: Module, new: Module | None, answer: Answer, drew: tuple[str, str, str], known: Known | None
) -> Verdict:
    name, key, seed = drew
    if new is None:
        return None, "unreadable"
    if name not in new.questions:
        return None, "gone"
    was, now = old.question(name), new.question(name)
    if was.kind != now.kind:
        return None, "kind"
    if known is None or not (was.ORDERS_ONLY and now.ORDERS_ONLY):
        return _graded(was, now, answer.response, key, seed)
    same = key, json.dumps(answer.response, sort_keys=True)
    if same not in known:
        known[same] = _graded(was, now, answer.response, key, seed)
    return known[same]


def _graded(
    was: Question, now: Question, response: Mapping[str, Any], key: str, seed: str
) -> Verdict:
    if key not in now.variants():
        return None, "variant"
    met, asked = was.variant(seed, key), now.variant(seed, key)
    if getattr(met, "values", None) != getattr(asked, "values", None):
        return None, "figures"
    try:
        grade = asked.grade(response)
    except UNREADABLE:
        return None, "parts"
    if not grade.right and parts(asked) - parts(met):
        return None, "parts"
    return Mark(grade.score, grade.right, tuple(grade.tags), grade.version), ""


# What items and questions call the lists of what one can choose, order, match, mark or fill in.
OF_ITEM = ("options", "choices", "reasons", "left", "right", "steps", "places", "rows")
OF_QUESTION = ("gaps", "problems")


def parts(item: Item) -> frozenset[tuple[str, str]]:
    """The ids of all that an item offers, by the list in which they stand."""
    return frozenset(
        (name, one)
        for holder, names in ((item, OF_ITEM), (item.question, OF_QUESTION))
        for name in names
        for one in _ids(getattr(holder, name, ()))
    )


def _ids(found: object) -> list[str]:
    return [one.id for one in found if hasattr(one, "id")] if isinstance(found, tuple) else []


def with_marks(sheet: Sheet, judged: Iterable[Judged]) -> Sheet:
    """The attempt as it would be graded."""
    given = dict(sheet.answers)
    for one in judged:
        if one.changes and one.after:
            answer = given[one.at]
            given[one.at] = replace(answer.marked(one.after), was=answer.was or answer.mark)
    return replace(sheet, answers=given)


@dataclass(frozen=True)
class Result:
    """A check's or test-out's result before and after."""

    before: Outcome
    after: Outcome
    # By the new grades alone: what was passed before stays so, and is told.
    by_grades: bool

    @property
    def passes_now(self) -> bool:
        """Whether it was not passed, and is."""
        return self.after.passed and not self.before.passed

    @property
    def only_kept(self) -> bool:
        """Whether it is passed only because what was passed stays passed."""
        return self.before.passed and not self.before.kept and not self.by_grades


def result(old: Module, before: Sheet, after: Sheet) -> Result | None:
    """What a regrade does to an attempt's result; None for forms without one."""
    if before.form not in JUDGED:
        return None
    now = outcome(old, after)
    return Result(outcome(old, before), now, strict(old, after).passed)


def differing(old: Module, new: Module) -> tuple[str, ...]:
    """The items that both have and that are not written alike, in the order of ``new``."""
    return tuple(
        id_
        for id_, question in new.questions.items()
        if id_ in old.questions and old.questions[id_] != question
    )

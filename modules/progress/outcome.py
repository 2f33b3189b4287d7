"""A check's or test-out's result: the pass share, and the critical items. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from modules.course.model import Module
from modules.progress.asked import form_items
from modules.progress.papers import AGAIN
from modules.progress.sheet import Sheet


@dataclass(frozen=True)
class Outcome:
    """A check's result. ``again`` names critical items still to be re-answered right.

    ``kept`` says that it was passed as it was graded first, and is not by what counts now.
    """

    answered: int
    total: int
    right: int
    again: tuple[str, ...]
    passed: bool
    kept: bool = False

    @property
    def finished(self) -> bool:
        """Whether every item has been answered."""
        return self.answered == self.total


def outcome(module: Module, sheet: Sheet) -> Outcome:
    """Grade a check: the pass share, and every critical item right at first or again.

    In a test-out nothing is asked again. The rule is the module's own (curriculum 3.3): none of
    it is set by law. What was passed stays passed when a question is corrected later.
    """
    found = strict(module, sheet)
    if not found.passed and sheet.regraded and strict(module, sheet.first()).passed:
        return replace(found, again=(), passed=True, kept=True)
    return found


def needed(module: Module, total: int) -> int:
    """How many of so many answers must be right."""
    return next(n for n in range(total + 1) if n >= module.pass_share * total)


def strict(module: Module, sheet: Sheet) -> Outcome:
    """The result by the grades that count now, whatever they were before."""
    items = form_items(module, sheet)
    answers = {item: sheet.answer(item) for item in items}
    right = sum(1 for one in answers.values() if one and one.correct)
    answered = sum(1 for one in answers.values() if one)
    missed = [
        item
        for item, one in answers.items()
        if module.question(item).critical and one and not one.correct
    ]
    again = tuple(
        item for item in missed if not any(one.correct for one in sheet.tries(f"{AGAIN}{item}"))
    )
    enough = right >= needed(module, len(items))
    return Outcome(
        answered=answered,
        total=len(items),
        right=right,
        again=again,
        passed=answered == len(items) and enough and not again,
    )

"""From a person's sheets to what reviews need: ideas met in a round, answers given since. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from modules.course.model import Module
from modules.progress.hours import Hours
from modules.progress.papers import AGAIN
from modules.progress.reviews import Given, Met
from modules.progress.sheet import Answer, Sheet, Variant
from modules.progress.sure import sure_but_wrong

# The forms of a round whose questions come back; what a pre-test asks was not taught yet.
MET_IN = frozenset({"practice", "check", "test-out"})


def idea_of(module: Module, item: str) -> str:
    """An item's family, or the item itself when it has none; "" when the module has no such item.

    ``module`` is what learners see now: an item that was taken out is not asked any more.
    """
    return module.families.get(item, item) if item in module.questions else ""


def members(module: Module, idea: str) -> tuple[str, ...]:
    """The items that may ask about an idea: never those kept for delayed checks."""
    kept = {one for items in module.delayed.values() for one in items}
    return tuple(
        item for item in module.questions if idea_of(module, item) == idea and item not in kept
    )


def variant_of(sheet: Sheet, answer: Answer) -> Variant:
    """What an answer answered. Before papers were kept, slots were named by their items."""
    tries = sheet.paper.get(answer.slot)
    if not tries:
        return answer.slot.removeprefix(AGAIN), ""
    return tries[(answer.try_number - 1) % len(tries)]


def surprised(module: Module, sheet: Sheet, answer: Answer) -> bool:
    """Whether the answer was wrong, and its giver sure."""
    item, key = variant_of(sheet, answer)
    if answer.correct is not False or answer.confidence is None or item not in module.questions:
        return False
    question = module.question(item)
    asked = question.variant(sheet.seed, key if key in question.variants() else None)
    return sure_but_wrong(answer, len(getattr(asked, "options", ())))


def met(module: Module, sheets: Iterable[Sheet]) -> tuple[Met, ...]:
    """The ideas of a round's practice, checks and test-out, each with how it went at worst."""
    found: dict[str, Met] = {}
    for sheet in sheets:
        if sheet.form not in MET_IN:
            continue
        for idea, answer in _items(module, sheet):
            before = found.get(idea, Met(idea))
            found[idea] = Met(
                idea,
                missed=before.missed or not answer.correct,
                sure=before.sure or surprised(module, sheet, answer),
            )
    return tuple(found.values())


def given(module: Module, sheet: Sheet, asked_on: date, hours: Hours) -> tuple[Given, ...]:
    """The answers of one review, begun on ``asked_on``."""
    return tuple(
        Given(
            idea,
            right=bool(answer.correct),
            asked_on=asked_on,
            on=hours.day(answer.answered_at) if answer.answered_at else asked_on,
            sure=surprised(module, sheet, answer),
        )
        for idea, answer in _items(module, sheet)
    )


def _items(module: Module, sheet: Sheet) -> Iterator[tuple[str, Answer]]:
    for answer in sheet.answers.values():
        idea = idea_of(module, variant_of(sheet, answer)[0])
        if answer.kind == "item" and idea:
            yield idea, answer

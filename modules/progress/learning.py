"""What one learner has met and what she still believes, from her answers alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from modules.course.model import Module
from modules.progress.ideas import idea_of, variant_of
from modules.progress.papers import DELAYED
from modules.progress.sheet import Answer, Sheet

TELLING = frozenset({"check", "test-out", "review", *DELAYED})
"""Forms that say whether an objective is met; before and while reading one may be wrong."""

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Told(NamedTuple):
    """An answer and the idea that it was about."""

    idea: str
    answer: Answer


def objectives_met(module: Module, sheets: Iterable[Sheet]) -> dict[str, bool]:
    """Each objective of the module, and whether the newest answers on its ideas are right.

    An idea is a family of items, or an item without one: a newer variant takes the place of the
    older. Met means right by the module's pass share; an objective never asked is not met.
    """
    newest = {
        told.idea: told.answer
        for told in answered(module, (one for one in sheets if one.form in TELLING))
    }
    found: dict[str, list[bool]] = {id_: [] for id_ in module.objectives}
    for item in module.questions.values():
        idea = idea_of(module, item.id)
        if answer := newest.pop(idea, None):
            found.setdefault(item.objective, []).append(bool(answer.correct))
    return {
        id_: bool(rights) and sum(rights) >= module.pass_share * len(rights)
        for id_, rights in found.items()
        if id_ in module.objectives
    }


def misconceptions_held(module: Module, sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """The tags that were shown and not undone by a later right answer on the same idea.

    What a wrong guess before the lesson showed counts too, until the idea is answered right.
    """
    held: dict[str, set[str]] = {}
    for idea, answer in answered(module, sheets):
        if answer.correct:
            held.pop(idea, None)
        else:
            held.setdefault(idea, set()).update(answer.tags)
    return tuple(sorted({tag for tags in held.values() for tag in tags}))


def answered(module: Module, sheets: Iterable[Sheet]) -> Iterator[Told]:
    """Every answer to an item that the module still has, oldest first."""
    told = [
        Told(idea, answer)
        for sheet in sheets
        for answer in sheet.answers.values()
        if answer.kind == "item" and (idea := idea_of(module, variant_of(sheet, answer)[0]))
    ]
    yield from sorted(told, key=lambda one: one.answer.answered_at or LONG_AGO)

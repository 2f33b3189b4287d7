"""Where a learner is in a module, derived from her answers alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from modules.basics import seed_for
from modules.course.model import Module, Sitting, Step
from modules.questions import Item


@dataclass(frozen=True)
class Answer:
    """One response as recorded; ``correct`` and ``score`` are None where nothing is graded."""

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


@dataclass(frozen=True)
class Sheet:
    """One attempt: a form, its seed, and what has been answered on it."""

    form: str
    number: int
    seed: str
    answers: Mapping[tuple[str, int], Answer] = field(default_factory=dict)
    ended: bool = False

    def answer(self, slot: str, try_number: int = 1) -> Answer | None:
        """The answer in a slot, or None."""
        return self.answers.get((slot, try_number))

    def tries(self, slot: str) -> list[Answer]:
        """The answers in a slot, first try first."""
        return [one for (name, _), one in sorted(self.answers.items()) if name == slot]


@dataclass(frozen=True)
class Outcome:
    """A check's result. ``again`` names critical items still to be re-answered right."""

    answered: int
    total: int
    right: int
    again: tuple[str, ...]
    passed: bool

    @property
    def finished(self) -> bool:
        """Whether every item has been answered."""
        return self.answered == self.total


def form_items(module: Module, form: str, number: int) -> tuple[str, ...]:
    """The items of an attempt: from the second one on, each family's next variant.

    An item whose family has no other member comes again with another seed: options in another
    order, other values.
    """
    chosen = []
    for item in module.forms[form]:
        family = (item, *module.twins(item))
        chosen.append(family[(number - 1) % len(family)])
    return tuple(chosen)


def item_of(module: Module, sheet: Sheet, slot: str, try_number: int = 1) -> Item:
    """The question in a slot as this attempt's seed draws it.

    ``again:<item>`` asks another member of the family, a new one at each try.
    """
    name, seed = slot, seed_for(sheet.seed, slot)
    if slot.startswith("again:"):
        missed = slot.removeprefix("again:")
        others = module.twins(missed) or (missed,)
        name = others[(try_number - 1) % len(others)]
        seed = seed_for(sheet.seed, f"{slot}:{try_number}")
    return module.question(name).variant(seed)


def outcome(module: Module, sheet: Sheet) -> Outcome:
    """Grade a check: the pass share, and every critical item right at first or again.

    The rule is the module's own (curriculum 3.3): none of it is set by law.
    """
    items = form_items(module, sheet.form, sheet.number)
    answers = {item: sheet.answer(item) for item in items}
    right = sum(1 for one in answers.values() if one and one.correct)
    answered = sum(1 for one in answers.values() if one)
    missed = [
        item
        for item, one in answers.items()
        if module.question(item).critical and one and not one.correct
    ]
    again = tuple(
        item for item in missed if not any(one.correct for one in sheet.tries(f"again:{item}"))
    )
    enough = right >= module.pass_share * len(items)
    return Outcome(
        answered=answered,
        total=len(items),
        right=right,
        again=again,
        passed=answered == len(items) and enough and not again,
    )


def passed_slot(step: Step) -> str:
    """The slot that says a step was left behind."""
    return f"screen:{step.id}"


@dataclass(frozen=True)
class Journey:
    """A learner's way through one module: its content and her attempts of this round."""

    module: Module
    practice: Sheet | None = None
    pre: Sheet | None = None
    checks: tuple[Sheet, ...] = ()

    @property
    def started(self) -> bool:
        """Whether the learner has begun this round."""
        return self.practice is not None

    @property
    def done(self) -> frozenset[str]:
        """The ids of the steps left behind."""
        if self.practice is None:
            return frozenset()
        return frozenset(
            step.id for step in self.module.steps if self.practice.answer(passed_slot(step))
        )

    @property
    def current(self) -> Step | None:
        """The first step not left behind; None when all are."""
        done = self.done
        return next((step for step in self.module.steps if step.id not in done), None)

    @property
    def finished(self) -> bool:
        """Whether the check is passed: the module is then complete."""
        return any(outcome(self.module, sheet).passed for sheet in self.checks)

    @property
    def minutes_left(self) -> int:
        """The writer's minutes of the steps not left behind."""
        done = self.done
        return sum(step.minutes for step in self.module.steps if step.id not in done)

    def may_open(self, step_id: str) -> bool:
        """A step left behind, or the current one: nobody jumps ahead, everybody may look back."""
        current = self.current
        known = any(step.id == step_id for step in self.module.steps)
        return known and (step_id in self.done or current is None or step_id == current.id)

    def sheet(self, form: str) -> Sheet | None:
        """The attempt of a form that is open or was last."""
        if form == "check":
            return self.checks[-1] if self.checks else None
        return self.pre if form == "pre" else self.practice

    def sitting_ends(self, step: Step) -> Sitting | None:
        """The sitting that this step is the last of, if it is."""
        sitting = self.module.sitting_of(step.id)
        return sitting if sitting.steps[-1].id == step.id else None


def decisions(sheet: Sheet, step: Step) -> tuple[tuple[str, str], ...]:
    """The decisions taken in a scenario, in order: (node, choice)."""
    taken: list[tuple[str, str]] = []
    while one := sheet.answer(f"scenario:{step.id}:{len(taken) + 1}"):
        taken.append((one.response["node"], one.response["choice"]))
    return tuple(taken)

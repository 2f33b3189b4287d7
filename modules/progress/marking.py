"""Marking: a response becomes an answer with its grade. Pure; lesson and preview share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from modules.basics import BadInput
from modules.course.model import LabStep, Module, ScenarioStep, Step
from modules.labs import LABS
from modules.progress.journey import Answer, Sheet, decisions, form_items, item_of, passed_slot
from modules.scenarios import place, replay

# Four words, equally spaced from a guess (0) to certain (1) above the chance level of the item.
CONFIDENCE = ("guess", "half", "fairly", "certain")


def certainty(word: str | None, options: int) -> float | None:
    """The number behind a confidence word: from chance (1/options) to 1 in equal steps.

    ``options`` is how many there are to choose from; 0 for open answers, whose chance is 0.
    """
    if word is None:
        return None
    if word not in CONFIDENCE:
        raise BadInput("This is not one of the four words for how sure you are.")
    chance = 1 / options if options else 0.0
    return chance + (1 - chance) * CONFIDENCE.index(word) / (len(CONFIDENCE) - 1)


def asked_of(module: Module, sheet: Sheet, slot: str) -> bool:
    """Whether this attempt asks an item in this slot: what no form holds cannot be answered."""
    if sheet.form == "practice":
        return slot in module.forms["practice"]
    items = form_items(module, sheet.form, sheet.number)
    return slot in items or (
        slot.startswith("again:") and slot.removeprefix("again:") in items and bool(sheet.answers)
    )


def mark_item(
    module: Module,
    sheet: Sheet,
    slot: str,
    response: Mapping[str, Any],
    *,
    sure: str | None,
    now: datetime,
    try_number: int = 1,
) -> Answer:
    """The graded answer to an item. Raises BadInput for what was never asked or offered."""
    if not asked_of(module, sheet, slot):
        raise BadInput("This question is not part of what you have open. Reload the page.")
    item = item_of(module, sheet, slot, try_number)
    grade = item.grade(response)
    options = len(getattr(item, "options", ()))
    return Answer(
        slot=slot,
        try_number=try_number,
        kind="item",
        response=dict(response),
        score=grade.score,
        correct=grade.right,
        tags=grade.tags,
        grader=grade.version,
        confidence=certainty(sure, options),
        answered_at=now,
    )


def mark_decision(
    module: Module, sheet: Sheet, step: ScenarioStep, number: int, choice: str, now: datetime
) -> Answer:
    """A decision of the story, the ``number``-th; refused when the story does not offer it."""
    if module.scenario is None:
        raise BadInput("This module has no scenario.")
    before = decisions(sheet, step)[: number - 1]
    node = _here(module, before)
    replay(module.scenario, [*before, (node, choice)])
    return Answer(
        slot=f"scenario:{step.id}:{number}",
        try_number=1,
        kind="decision",
        response={"node": node, "choice": choice},
        answered_at=now,
    )


def _here(module: Module, before: Sequence[tuple[str, str]]) -> str:
    if module.scenario is None:
        return ""
    return place(module.scenario, replay(module.scenario, list(before)))


def mark_lab(
    module: Module,
    sheet: Sheet,
    step: LabStep,
    body: Mapping[str, Any],
    *,
    seed: str,
    try_number: int,
    now: datetime,
) -> Answer:
    """A lab handed in, graded from its state."""
    if module.lab is None:
        raise BadInput("This module has no lab.")
    lab = LABS[module.lab.name]
    grade = lab.grade(lab.load(module.lab.options, seed, body))
    return Answer(
        slot=f"lab:{step.id}",
        try_number=try_number,
        kind="lab",
        response=dict(body),
        score=grade.score,
        correct=grade.right,
        tags=grade.tags,
        grader=grade.version,
        answered_at=now,
    )


def mark_step(step: Step, now: datetime) -> Answer:
    """That a step was left behind."""
    return Answer(slot=passed_slot(step), try_number=1, kind="screen", response={}, answered_at=now)

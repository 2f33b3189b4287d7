"""Marking: a response becomes an answer with its grade. Pure; lesson and preview share it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from modules.agreement.current import agreed
from modules.basics import BadInput
from modules.course.model import LabStep, Module, ScenarioStep, Step
from modules.labs import LABS, turn
from modules.progress.asked import decisions, form_items, item_of, passed_slot
from modules.progress.papers import AGAIN
from modules.progress.sheet import Answer, Sheet
from modules.scenarios import Path, choose, ended, must_say_why, replay

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


def asked_of(module: Module, sheet: Sheet, slot: str, try_number: int = 1) -> bool:
    """Whether this attempt asks an item in this slot: what no form holds cannot be answered.

    A critical item is asked again once it was missed, one try after the other.
    """
    items = form_items(module, sheet)
    if not slot.startswith(AGAIN):
        return slot in items and try_number == 1
    missed = sheet.answer(slot.removeprefix(AGAIN))
    return (
        sheet.form == "check"
        and missed is not None
        and not missed.correct
        and module.question(missed.slot).critical
        and 1 <= try_number <= len(sheet.tries(slot)) + 1
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
    if not asked_of(module, sheet, slot, try_number):
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
        confidence=certainty(sure, options) if agreed().confidence.asked else None,
        answered_at=now,
    )


def mark_decision(
    module: Module,
    sheet: Sheet,
    step: ScenarioStep,
    number: int,
    choice: str,
    now: datetime,
    *,
    reason: str = "",
    play: int = 1,
) -> Answer:
    """The ``number``-th decision of a play; refused when the story does not offer it there.

    It needs a reason where the story asks for one; nothing is graded. A play after the first one
    can begin once the one before it has ended.
    """
    scenario = module.scenario
    if scenario is None:
        raise BadInput("This module has no scenario.")
    if play < 1 or (play > 1 and not ended(scenario, Path(decisions(sheet, step, play - 1)))):
        raise BadInput("Play the story to its end before you play it again.")
    before = decisions(sheet, step, play)[: number - 1]
    if number != len(before) + 1:
        raise BadInput("This decision is not the next one. Reload the page.")
    path = replay(scenario, before)
    if must_say_why(scenario, path) and not reason:
        raise BadInput("Say which reason comes closest, then decide.")
    taken = choose(scenario, path, choice, reason).steps[-1]
    response = {"node": taken.node, "choice": taken.choice}
    return Answer(
        slot=f"scenario:{step.id}:{number}",
        try_number=play,
        kind="decision",
        response=response | ({"reason": reason} if reason else {}),
        answered_at=now,
    )


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
    """A lab handed in, graded from its state. A heavy one raises Busy if it gets no turn."""
    given = module.lab_of(step.id)
    if given is None:
        raise BadInput("This module has no lab.")
    lab = LABS[given.name]
    with turn(lab):
        state = lab.load(given.options, seed, body)
        grade, free_text = lab.grade(state), lab.forget(state) != state
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
        free_text=free_text,
    )


def mark_step(step: Step, now: datetime, without: str = "") -> Answer:
    """That a step was left behind; ``without`` names the library for want of which its lab was."""
    response = {"without": without} if without else {}
    return Answer(
        slot=passed_slot(step), try_number=1, kind="screen", response=response, answered_at=now
    )

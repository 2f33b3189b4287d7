"""Receipts: what was asked and what was answered, in words. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable

from modules.course.model import Module
from modules.progress.asked import form_items, item_of
from modules.progress.papers import AGAIN
from modules.progress.replay import UNREADABLE
from modules.progress.sheet import Answer, Paper, Sheet
from modules.questions.question import spoken
from modules.scenarios import Choice, Node

# Forms that tell after each answer.
AT_ONCE = ("practice", "review", "refresh")
LATER = (
    "Grades, seed and paper come when the form is finished; "
    "for the questions before the lesson, when its check is."
)


def told(module: Module | None, sheet: Sheet, together: Iterable[Sheet] = ()) -> bool:
    """Whether the learner may see how she did, and the seed and paper that give it away.

    Practice and review tell at once; check, test-out and delayed checks when every question is
    answered. What she guessed before the lesson waits until its round is over or a check in it is
    finished; ``together`` are the attempts of the round. Without content only an end tells.
    """
    if sheet.form in AT_ONCE:
        return True
    if sheet.form == "pre":
        return any(
            one.ended if one.form == "practice" else one.form == "check" and _finished(module, one)
            for one in together
        )
    return _finished(module, sheet)


def _finished(module: Module | None, sheet: Sheet) -> bool:
    if sheet.ended or module is None:
        return sheet.ended
    return all(sheet.answer(item) for item in form_items(module, sheet))


def paper(sheet: Sheet) -> Paper:
    """What the attempt asked her. Spares she has not met are left out: they may come yet."""
    met = {
        slot: tries[: len(sheet.tries(slot))] if slot.startswith(AGAIN) else tries
        for slot, tries in sheet.paper.items()
    }
    return {slot: tries for slot, tries in met.items() if tries}


def question(module: Module, sheet: Sheet, answer: Answer) -> str:
    """What was asked; the slot where this content has no such place."""
    kind, _, place = answer.slot.partition(":")
    try:
        if answer.kind == "item":
            return spoken(item_of(module, sheet, answer.slot, answer.try_number).stem)
        if answer.kind == "decision":
            node = _node(module, answer)
            return spoken(node.question or node.title)
        if answer.kind == "lab" and (lab := module.lab_of(place)):
            return spoken(lab.options.title)
        if kind == "screen":
            return module.step(place).title or module.screens[place].title
    except (*UNREADABLE, AttributeError):
        pass
    return answer.slot


def in_words(module: Module, sheet: Sheet, answer: Answer) -> str:
    """The response as words; as JSON where there are none, such as the state of a lab."""
    try:
        if answer.kind == "item":
            item = item_of(module, sheet, answer.slot, answer.try_number)
            return item.plain(answer.response)
        if answer.kind == "decision":
            return _decision(_node(module, answer), answer)
        if answer.kind == "screen":
            return str(answer.response.get("without", ""))
    except UNREADABLE:
        pass
    return json.dumps(answer.response, ensure_ascii=False, sort_keys=True)


def _node(module: Module, answer: Answer) -> Node:
    nodes = module.scenario.nodes if module.scenario else {}
    return nodes[answer.response["node"]]


def _decision(node: Node, answer: Answer) -> str:
    chosen: dict[str, Choice] = {one.id: one for one in node.choices}
    text = spoken(chosen[answer.response["choice"]].text)
    reasons = {one.id: one for one in node.reasons}
    reason = answer.response.get("reason", "")
    return f"{text} ({spoken(reasons[reason].text)})" if reason else text

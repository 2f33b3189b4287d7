"""Feedback for somebody who was sure and wrong: errors of that kind are mended best when told well.

High-confidence errors are corrected more often than others once feedback comes (Butterfield &
Metcalfe 2001), so this one gets everything: the belief by name, why it tempts, what holds, and the
source's own statement.
"""

from __future__ import annotations

from modules.basics import Surface
from modules.course.model import Module
from modules.play.desk import Table
from modules.play.text import CITE, Notes
from modules.progress.ideas import MET_IN
from modules.progress.sheet import Answer, Sheet
from modules.progress.sure import sure_but_wrong
from modules.questions import Item


def surprised(item: Item, answer: Answer) -> bool:
    """Whether this answer was wrong, and its giver at least fairly sure."""
    return sure_but_wrong(answer, len(getattr(item, "options", ())))


def draw(
    table: Table, sheet: Sheet, item: Item, answer: Answer, box: Surface, notes: Notes
) -> None:
    """Everything that helps to let go of what one was sure of; the verdict stands above it."""
    say, module = table.say, table.module
    feedback = item.feedback(answer.response)
    box.markdown(f"**{say('confidence.worth')}**")
    for tag in answer.tags:
        if tag in module.misconceptions:
            box.markdown(f"**{say('confidence.belief')}** {module.misconceptions[tag]}")
    for reason in feedback.why_tempts:
        box.markdown(f"**{say('lesson.tempts')}** {notes.render(reason)}")
    box.markdown(f"**{say('lesson.safer')}** {notes.render(feedback.why_key)}")
    if fact_id := _source(module, item, feedback.why_key):
        box.markdown(f"**{say('confidence.source')}** {notes.fact(fact_id)}")
    if sheet.form in MET_IN or sheet.form == "review":
        box.caption(f":material/replay: {say('confidence.comes_back')}")
    box.caption(f":material/lock: {say('confidence.only_you')}")


def _source(module: Module, item: Item, why: str) -> str:
    """The fact that the key rests on: the first that its reason cites, or the item's first."""
    named = [*CITE.findall(why), *item.question.facts]
    return next((one for one in named if one in module.facts), "")

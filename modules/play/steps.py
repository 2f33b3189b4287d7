"""One step of a module: a screen, a form, the story, the lab, the job aid."""

from __future__ import annotations

from collections.abc import Callable

from modules.course import examples
from modules.course.model import (
    AidStep,
    Ask,
    LabStep,
    QuestionsStep,
    ScenarioStep,
    ScreenStep,
    Step,
)
from modules.play import check, item, practical, reading, story
from modules.play.desk import Table
from modules.play.item import Asked
from modules.play.text import Notes
from modules.progress.asked import form_items
from modules.progress.papers import TEST_OUT
from modules.progress.sheet import Sheet


def draw(table: Table, step: Step) -> None:
    """Draw a step and, once everything on it is answered, the way on."""
    drawers: dict[type, Callable[[Table, Sheet, Step], bool]] = {
        ScreenStep: _screen,  # type: ignore[dict-item]
        QuestionsStep: _form,  # type: ignore[dict-item]
        ScenarioStep: story.draw,  # type: ignore[dict-item]
        LabStep: practical.draw,  # type: ignore[dict-item]
        AidStep: _aid,  # type: ignore[dict-item]
    }
    practice = table.desk.journey.practice
    if practice is not None and drawers[type(step)](table, practice, step):
        onward(table, step)
    if not isinstance(step, QuestionsStep):
        # A question has its own way to say so, beside its reasons.
        table.reports(table.surface, f"step/{step.id}", 0)


def onward(table: Table, step: Step) -> None:
    """Back on the left, Continue on the right."""
    say, journey = table.say, table.desk.journey
    row = table.surface.container(
        horizontal=True, horizontal_alignment="distribute", key=f"onward-{step.id}"
    )
    steps = journey.steps
    place = steps.index(step)
    if place and row.button(
        say("lesson.back"), icon=":material/arrow_back:", type="tertiary", key=f"back/{step.id}"
    ):
        table.desk.go(steps[place - 1].id)
    if row.button(
        say("lesson.continue"),
        icon=":material/arrow_forward:",
        icon_position="right",
        type="primary",
        key=f"on/{step.id}",
    ):
        table.desk.leave(step, practical.lacking(table, step))
        ends = journey.sitting_ends(step)
        following = journey.next_step(step.id)
        table.desk.go(ends.id if ends else following.id if following else "")


def _screen(table: Table, practice: Sheet, step: ScreenStep) -> bool:
    """Text, then its questions one after another; done when all are answered."""
    screen = table.module.screens[step.id]
    surface, notes = table.surface, Notes(table.module, table.own)
    surface.title(screen.title, anchor=False)
    asks = [part for part in screen.parts if isinstance(part, Ask)]
    reading.draw(surface, screen, notes, table.say)
    _example(table, step)
    notes.draw(surface, table.say)
    for number, part in enumerate(asks, 1):
        several = len(asks) > 1
        eyebrow = table.say("lesson.question", n=number, of=len(asks)) if several else ""
        asked = Asked(practice, part.item, eyebrow=eyebrow, number=number if several else 0)
        if item.draw(table, asked) is None:
            return False
    return True


def _example(table: Table, step: ScreenStep) -> None:
    """The organisation's own example for this screen, if an administrator has written one."""
    body = table.own.examples.get(step.id, "")
    if not body or examples.fault(body):
        return
    box = table.surface.container(key=f"own-{step.id}", gap="small")
    box.header(table.say("local.example"), anchor=False)
    box.markdown(body)


def _form(table: Table, practice: Sheet, step: QuestionsStep) -> bool:
    if open_or_last := table.desk.journey.sheet(step.form):
        item.told_elsewhere(table, open_or_last)
    if step.form == TEST_OUT:
        return check.draw_test_out(table)
    if step.form == "check":
        return check.draw(table, step)
    sheet = table.desk.journey.sheet(step.form)
    if sheet is None:
        return True
    table.surface.title(step.title, anchor=False)
    if step.intro:
        notes = Notes(table.module, table.own)
        table.surface.container(key=f"read-{step.id}").markdown(notes.render(step.intro))
        notes.draw(table.surface, table.say)
    items = form_items(table.module, sheet)
    for number, name in enumerate(items, 1):
        eyebrow = table.say("lesson.question", n=number, of=len(items))
        # What a guess is worth is not told before the lesson: trying first is the point.
        asked = Asked(sheet, name, eyebrow=eyebrow, tells=False, button="lesson.send")
        if sheet.answer(name) is None and item.draw(table, asked) is None:
            return False
    done = table.surface.container(key=f"band-{step.id}-done")
    done.markdown(f":material/check_circle: {table.say('lesson.pre_done')}")
    return True


def _aid(table: Table, practice: Sheet, step: AidStep) -> bool:
    aid = table.module.aid
    if aid is None:
        return True
    notes = Notes(table.module, table.own)
    table.surface.title(aid.title, anchor=False)
    sheet = table.surface.container(key=f"card-{step.id}")
    notes.write(sheet.container(key=f"read-{step.id}"), aid.markdown, table.say)
    notes.draw(table.surface, table.say)
    table.keeps(table.surface)
    return True

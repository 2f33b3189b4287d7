"""The graded check: six questions, the result, and critical ones once more."""

from __future__ import annotations

from modules.basics import Surface
from modules.course.model import QuestionsStep
from modules.play import item
from modules.play.desk import Table
from modules.play.item import Asked
from modules.progress.journey import Outcome, Sheet, form_items, item_of, outcome


def draw(table: Table, step: QuestionsStep) -> bool:
    """Draw the open question, or the result with its reasons; true when passed."""
    sheet = table.desk.journey.sheet("check")
    if sheet is None:
        table.desk.check_again()
        table.desk.go(step.id)
        return False
    items = form_items(table.module, "check", sheet.number)
    head = table.surface.empty()
    asked = 0
    for number, name in enumerate(items, 1):
        if sheet.answer(name) is None:
            if not asked:
                _heading(table, step, head.container(gap="medium"), intro=number == 1)
            asked += 1
            if not _ask(table, sheet, name, number, len(items)):
                return False
    if asked:
        # The last answer was given in this very run: its result takes the question's place.
        head.empty()
        sheet = table.desk.journey.sheet("check") or sheet
    return _result(table, step, sheet, items, outcome(table.module, sheet))


def _heading(table: Table, step: QuestionsStep, place: Surface, intro: bool) -> None:
    place.title(step.title, anchor=False)
    if intro and step.intro:
        place.container(key=f"read-{step.id}").markdown(step.intro)


def _ask(table: Table, sheet: Sheet, name: str, number: int, total: int) -> bool:
    """Ask one question; true once it is answered. Nothing is told before all are."""
    critical = table.module.question(name).critical
    told = table.say("lesson.question", n=number, of=total)
    eyebrow = f"{told} · {table.say('lesson.critical')}" if critical else told
    asked = Asked(sheet, name, eyebrow=eyebrow, tells=False, button="lesson.send")
    return item.draw(table, asked) is not None


def _result(
    table: Table, step: QuestionsStep, sheet: Sheet, items: tuple[str, ...], result: Outcome
) -> bool:
    say, surface = table.say, table.surface
    enough = result.right >= table.module.pass_share * result.total
    title = "check.passed" if result.passed else "check.once_more" if enough else "check.not_yet"
    surface.title(say(title), anchor=False)
    surface.markdown(say("check.result", right=result.right, total=result.total))
    if not result.passed:
        surface.markdown(say("check.critical_left" if enough else "check.try_again_why"))
    if enough:
        for missed in result.again:
            if not _again(table, step, sheet, missed):
                break
    elif surface.button(say("check.again"), type="primary", key=f"again/{sheet.seed[:8]}"):
        table.desk.check_again()
        table.desk.go(step.id)
    answered = surface.expander(say("check.review"), expanded=not enough)
    for number, name in enumerate(items, 1):
        asked = Asked(sheet, name, eyebrow=say("lesson.question", n=number, of=len(items)))
        answer = sheet.answer(name)
        if answer is not None:
            one = item_of(table.module, sheet, name)
            item.tell(table, asked, one, answer, answered.container(key=f"card-re-{name}"))
    return result.passed


def _again(table: Table, step: QuestionsStep, sheet: Sheet, missed: str) -> bool:
    """A critical item on a fresh variant, until it is right; true once it is."""
    slot = f"again:{missed}"
    tries = sheet.tries(slot)
    if tries and not tries[-1].correct:
        last = Asked(sheet, slot, len(tries), eyebrow=table.say("check.critical_eyebrow"))
        item.draw(table, last)
    asked = Asked(sheet, slot, len(tries) + 1, eyebrow=table.say("check.critical_eyebrow"))
    answer = item.draw(table, asked)
    if answer is None:
        return False
    table.desk.go(step.id)
    return bool(answer.correct)

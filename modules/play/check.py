"""The graded check: its questions, the result, critical ones once more."""

from __future__ import annotations

from modules.basics import Surface
from modules.course.model import QuestionsStep
from modules.play import item
from modules.play.desk import Table
from modules.play.item import Asked
from modules.play.text import Notes
from modules.progress.asked import form_items, item_of
from modules.progress.journey import OWN_FORMS
from modules.progress.outcome import needed, outcome
from modules.progress.papers import AGAIN
from modules.progress.sheet import Sheet


def draw(table: Table, step: QuestionsStep) -> bool:
    """Draw the open question, or the result with its reasons; true when passed."""
    journey = table.desk.journey
    sheet = journey.sheet("check")
    if sheet is None:
        table.desk.check_again()
        table.desk.go(step.id)
        return False
    if journey.guided(sheet):
        return _guided(table, step, sheet)
    sheet = _questions(table, step, sheet)
    return sheet is not None and _result(table, step, sheet)


def draw_test_out(table: Table) -> bool:
    """Draw the test in place of the pre-questions; true once it is answered, passed or not."""
    step, sheet = table.desk.journey.steps[0], table.desk.journey.test_out
    if sheet is None or not isinstance(step, QuestionsStep):
        return True
    n = len(form_items(table.module, sheet))
    intro = table.say("test_out.intro_one" if n == 1 else "test_out.intro", n=n)
    titled = step.model_copy(update={"title": table.say("test_out.title"), "intro": intro})
    answered = outcome(table.module, sheet).finished
    sheet = _questions(table, titled, sheet)
    if sheet is None:
        return False
    if not answered:
        # With the last answer the way itself changes: drawn anew, with the steps that are left.
        table.desk.go(step.id)
    say, surface, result = table.say, table.surface, table.desk.journey.result(sheet)
    verdict = "passed" if result.passed else "not_yet"
    surface.title(say(f"test_out.{verdict}"), anchor=False)
    surface.markdown(say("check.result", right=result.right, total=result.total))
    if result.kept:
        surface.markdown(say("check.kept"))
    rest = any(one.kind in ("scenario", "lab") for one in table.desk.journey.steps)
    key = ("rest" if rest else "done") if result.passed else "take_it"
    surface.markdown(say(f"test_out.{key}"))
    _review(table, sheet)
    return True


def _questions(table: Table, step: QuestionsStep, sheet: Sheet) -> Sheet | None:
    """Ask what is not answered yet, one at a time; the whole sheet once all is."""
    items = form_items(table.module, sheet)
    head = table.surface.empty()
    asked = 0
    for number, name in enumerate(items, 1):
        if sheet.answer(name) is None:
            if not asked:
                _heading(table, step, head.container(gap="medium"), intro=number == 1)
            asked += 1
            eyebrow = _eyebrow(table, name, number, len(items))
            one = Asked(sheet, name, eyebrow=eyebrow, tells=False, button="lesson.send")
            if item.draw(table, one) is None:
                return None
    if asked:
        # The last answer was given in this very run: its result takes the question's place.
        head.empty()
        return table.desk.journey.sheet(sheet.form) or sheet
    return sheet


def _heading(table: Table, step: QuestionsStep, place: Surface, intro: bool) -> None:
    place.title(step.title, anchor=False)
    if intro and step.intro:
        notes = Notes(table.module, table.own)
        place.container(key=f"read-{step.id}").markdown(notes.render(step.intro))
        notes.draw(place, table.say)


def _eyebrow(table: Table, name: str, number: int, total: int) -> str:
    told = table.say("lesson.question", n=number, of=total)
    critical = table.module.question(name).critical
    return f"{told} · {table.say('lesson.critical')}" if critical else told


def _guided(table: Table, step: QuestionsStep, sheet: Sheet) -> bool:
    """A check after forms A, B and C: what to read again first, and each reason at once."""
    say, surface = table.say, table.surface
    items = form_items(table.module, sheet)
    for number, name in enumerate(items, 1):
        if sheet.answer(name) is None:
            surface.title(say("check.guided"), anchor=False)
            first = surface.empty()
            if number == 1:
                _read_again(table, first.container(gap="small"))
            asked = Asked(sheet, name, eyebrow=_eyebrow(table, name, number, len(items)))
            told = item.draw(table, asked) is not None
            if told:
                first.empty()
            if told and surface.button(
                say("check.next"), type="primary", key=f"next/{sheet.seed[:8]}/{number}"
            ):
                table.desk.go(step.id)
            return False
    return _result(table, step, sheet)


def _read_again(table: Table, place: Surface) -> None:
    """How a guided check goes, and the screens on which the missed ideas stand."""
    place.markdown(table.say("check.guided_intro"))
    before = table.desk.journey.checks[-2]
    sources = [
        table.module.question(one.slot).source
        for one in before.answers.values()
        if one.correct is False and not one.slot.startswith(AGAIN)
    ]
    named = {
        screen.id: screen.title
        for screen in table.module.screens.values()
        if any(screen.title in source for source in sources)
    }
    if named:
        place.markdown(table.say("check.read_again"))
    row = place.container(horizontal=True, gap="small")
    for id_, title in named.items():
        if row.button(title, icon=":material/menu_book:", type="tertiary", key=f"read-again/{id_}"):
            table.desk.go(id_)


def _result(table: Table, step: QuestionsStep, sheet: Sheet) -> bool:
    say, surface, result = table.say, table.surface, table.desk.journey.result(sheet)
    enough = result.passed or result.right >= needed(table.module, result.total)
    title = "check.passed" if result.passed else "check.once_more" if enough else "check.not_yet"
    surface.title(say(title), anchor=False)
    surface.markdown(say("check.result", right=result.right, total=result.total))
    if result.kept:
        surface.markdown(say("check.kept"))
    elif not result.passed:
        surface.markdown(say("check.critical_left" if enough else _way_on(table)))
    elif any(slot.startswith(AGAIN) for slot, _ in sheet.answers):
        surface.markdown(say("check.put_right"))
    if not enough:
        # The reasons come before the button: they are what helps at the next try.
        _review(table, sheet, opened=True)
        if surface.button(say("check.again"), type="primary", key=f"retake/{sheet.seed[:8]}"):
            table.desk.check_again()
            table.desk.go(step.id)
        table.helps(surface)
        return False
    shown = next(iter(result.again), "")
    if shown:
        # One after the other: first why, then the same idea on another variant.
        _missed(table, sheet, shown)
        _again(table, step, sheet, shown)
    _review(table, sheet, shown)
    return result.passed


def _missed(table: Table, sheet: Sheet, name: str) -> None:
    """The critical question that was missed, with its reasons, until it is asked again."""
    answer = sheet.answer(name)
    if answer is None or sheet.tries(f"{AGAIN}{name}"):
        return
    asked = Asked(sheet, name, eyebrow=table.say("check.missed_eyebrow"))
    card = table.surface.container(key=f"card-missed-{name}", gap="medium")
    item.tell(table, asked, item_of(table.module, sheet, name), answer, card)


def _way_on(table: Table) -> str:
    """What comes after a check that was not passed: another form, or a guided re-run."""
    return (
        "check.guided_why" if len(table.desk.journey.checks) >= OWN_FORMS else "check.try_again_why"
    )


def _review(table: Table, sheet: Sheet, shown: str = "", opened: bool = False) -> None:
    """Every answer but the one ``shown`` above with its reasons, folded away or ``opened``."""
    answered = table.surface.expander(
        table.say("check.review"), icon=":material/fact_check:", expanded=opened
    )
    items = form_items(table.module, sheet)
    for number, name in enumerate(items, 1):
        eyebrow = _eyebrow(table, name, number, len(items))
        answer = sheet.answer(name)
        if answer is not None and (name != shown or sheet.tries(f"{AGAIN}{name}")):
            one = item_of(table.module, sheet, name)
            card = answered.container(key=f"card-re-{name}")
            asked = Asked(sheet, name, eyebrow=eyebrow, number=number)
            item.tell(table, asked, one, answer, card)


def _again(table: Table, step: QuestionsStep, sheet: Sheet, missed: str) -> bool:
    """A critical item on a fresh variant, until it is right; true once it is."""
    slot = f"{AGAIN}{missed}"
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

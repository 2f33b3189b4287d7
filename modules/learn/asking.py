"""Questions outside the lesson, drawn: where one is, the question, and all reasons at the end."""

from __future__ import annotations

from html import escape

from db.engine import reading
from modules import markup, own
from modules.course.local import Local
from modules.learn.quiz import Quiz
from modules.learn.review_desk import ReviewDesk
from modules.play import item
from modules.play.desk import Table
from modules.play.item import Asked
from modules.progress.asked import item_of
from modules.shell import presses, session
from modules.shell.frame import Frame
from modules.shell.menu import script


def top(frame: Frame, place: str = "", told: str = "", done: int = 0, total: int = 0) -> None:
    """The way back and, in words and as a bar, how far this is: at another place from the top."""
    row = frame.surface.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    row.page_link(
        script("home"),
        label=frame.say("lesson.back_home"),
        icon=":material/arrow_back:",
        width="content",
    )
    row.html(f'<span data-sw-place="{escape(place)}"></span>', width="content")
    if told:
        row.caption(told, width="content")
        frame.surface.html(markup.steps_html(done, total, told))


def table_of(frame: Frame, quiz: Quiz) -> Table:
    """What the questions of a quiz are drawn with."""
    desk = ReviewDesk(frame.viewer, quiz, session.now, frame.patient)

    def mine() -> Local:
        with reading() as database:
            return own.read(database, frame.viewer)

    return Table(frame.surface, desk, frame.say, presses.pressed, own=frame.patient(mine))


def ask(frame: Frame, quiz: Quiz, slot: str, *, tells: bool) -> bool:
    """One question; whether it is answered. In a review the reasons follow at once."""
    button = "lesson.check" if tells else "lesson.send"
    asked = Asked(quiz.sheet, slot, eyebrow=quiz.module.title, tells=tells, button=button)
    return item.draw(table_of(frame, quiz), asked) is not None


def reasons(frame: Frame, quiz: Quiz) -> None:
    """A finished check: how many were right, and why."""
    say, sheet = frame.say, quiz.sheet
    right = sum(bool(one.correct) for one in sheet.answers.values())
    table = table_of(frame, quiz)
    frame.surface.title(say("delayed.thanks"), anchor=False)
    frame.surface.markdown(say("delayed.result", right=right, total=len(sheet.paper)))
    for number, slot in enumerate(sheet.paper, 1):
        answer = sheet.answer(slot)
        if answer is not None:
            eyebrow = say("lesson.question", n=number, of=len(sheet.paper))
            card = frame.surface.container(key=f"card-delayed-{number}", gap="medium")
            one = item_of(quiz.module, sheet, slot)
            item.tell(table, Asked(sheet, slot, eyebrow=eyebrow), one, answer, card)

from datetime import date
from typing import NoReturn

import streamlit as st

from db.engine import reading, writing
from modules import days
from modules.basics import Words
from modules.learn import delayed, reviews
from modules.learn.asking import ask, reasons, table_of, top
from modules.learn.quiz import Quiz
from modules.learn.reviews import Questions, Today
from modules.play.item import told_elsewhere
from modules.progress.delayed import FORMS
from modules.progress.reviews import about
from modules.shell import parts, session
from modules.shell.frame import Frame, page


def go(place: str) -> NoReturn:
    """Show another question, or the end."""
    st.query_params["at"] = place
    st.rerun()


def when(say: Words, today: date, then: date) -> str:
    """ "tomorrow", "on Thursday", "in about a week"."""
    return say(f"review.when.{about(today, then)}", day=f"{then:%A}")


def review_page(frame: Frame) -> None:
    """Today's review: its open question, its beginning, its end, or that there is none."""

    at = st.query_params.get("at", "")

    def read() -> tuple[Today, Questions]:
        with reading() as found:
            return reviews.review(found, frame.viewer, now=frame.now, at=at)

    today, questions = frame.patient(read)
    places = [quiz.place(slot) for quiz, slot in questions]
    left = [
        place
        for place, (quiz, slot) in zip(places, questions, strict=True)
        if quiz.sheet.answer(slot) is None
    ]
    if at not in places and left:
        at = st.query_params["at"] = left[0]
    if at in places:
        question(frame, questions, places, left, at)
    elif today.count:
        start(frame, today)
    else:
        rest(frame, today, answered=bool(questions))


def question(
    frame: Frame, questions: Questions, places: list[str], left: list[str], at: str
) -> None:
    """The question of the address, and the way on once it is answered."""
    say, number = frame.say, places.index(at) + 1
    told = say("lesson.question", n=number, of=len(places))
    top(frame, at, told, number - 1, len(places))
    frame.surface.title(say("review.title"), anchor=False)
    if ask(frame, *questions[number - 1], tells=True):
        coming = [one for one in left if one != at]
        if frame.surface.button(
            say("review.next" if coming else "review.finish"),
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key=f"review/next/{at}",
        ):
            go(coming[0] if coming else "end")


def start(frame: Frame, today: Today) -> None:
    """How long it is, and its beginning."""
    say = frame.say
    top(frame)
    frame.surface.title(say("review.title"), anchor=False)
    card = frame.surface.container(key="card-review")
    card.markdown(say("review.why"))
    card.markdown(say(f"review.size{'_one' if today.count == 1 else ''}", n=today.count))
    if card.button(say("review.start"), type="primary", key="review/start"):

        def begin() -> None:
            with writing() as made:
                reviews.begin(made, frame.viewer, now=session.now())

        frame.patient(begin)
        go("")


def rest(frame: Frame, today: Today, *, answered: bool) -> None:
    """Nothing to do: today's review is done, or not due, or it is not the hour."""
    say, day = frame.say, frame.viewer.today(frame.now)
    top(frame)
    if today.due and not today.working:
        told = say("review.closed"), say("review.closed_sentence", **hour(frame, today))
    elif today.next_on is None:
        kind = "resting" if today.met else "none"
        told = say(f"review.{kind}"), say(f"review.{kind}_sentence")
    else:
        kind = "done" if answered else "quiet"
        then = when(say, day, today.next_on)
        told = say(f"review.{kind}"), say(f"review.{kind}_sentence", when=then)
    parts.empty(frame.surface, "done" if answered else "empty", *told, level=1)


def hour(frame: Frame, today: Today) -> dict[str, str]:
    """When working hours begin next, as words take it."""
    opens = frame.viewer.today(today.opens)
    return {"day": f"{opens:%A}", "clock": days.clock(today.opens, frame.viewer.clock)}


def check_page(frame: Frame, module: str, form: str) -> None:
    """A delayed check: why it is asked, its questions, and then every reason."""

    def read() -> tuple[reviews.Waiting, Quiz | None]:
        with reading() as found:
            waiting = reviews.waiting(found, frame.viewer, now=frame.now)
            quiz = delayed.check(found, frame.viewer, module=module, form=form)
            return waiting, quiz

    waiting, quiz = frame.patient(read)
    offered = any((one.module, one.form) == (module, form) for one in waiting.checks)
    say = frame.say
    if quiz is None:
        top(frame)
        if not offered:
            parts.empty(
                frame.surface, "empty", say("delayed.none"), say("delayed.none_sentence"), level=1
            )
            return
        frame.surface.title(say("delayed.title"), anchor=False)
        card = frame.surface.container(key="card-delayed")
        card.markdown(say("delayed.why"))
        card.markdown(say("delayed.nothing"))
        if card.button(say("delayed.start"), type="primary", key="delayed/start"):

            def begin() -> None:
                with writing() as made:
                    delayed.begin(made, frame.viewer, module=module, form=form, now=session.now())

            frame.patient(begin)
            st.rerun()
        return
    told_elsewhere(table_of(frame, quiz), quiz.sheet)
    total = len(quiz.sheet.paper)
    if quiz.left:
        number = total - len(quiz.left) + 1
        told = say("lesson.question", n=number, of=total)
        top(frame, quiz.place(quiz.left[0]), told, number - 1, total)
        frame.surface.title(say("delayed.title"), anchor=False)
        if ask(frame, quiz, quiz.left[0], tells=False):
            st.rerun()
        return
    top(frame, "reasons")
    reasons(frame, quiz)


with page("review", width=720) as frame:
    form = st.query_params.get("form", "")
    if form in FORMS:
        check_page(frame, st.query_params.get("module", ""), form)
    else:
        review_page(frame)

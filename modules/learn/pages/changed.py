import streamlit as st

from db.engine import reading, writing
from modules import days, markup, own
from modules.course.local import Local
from modules.course.model import Screen
from modules.learn import refresh
from modules.learn.asking import ask, top
from modules.learn.refresh import Changed
from modules.play.reading import draw as draw_screen
from modules.play.text import Notes
from modules.shell import parts, session
from modules.shell.frame import Frame, page


def told(frame: Frame, found: Changed) -> None:
    """Each change in its sentence, and by which day what."""
    say = frame.say
    card = frame.surface.container(key="card-changed")
    for one in found.news:
        icon = ":material/rule:" if one.due_on else ":material/lightbulb:"
        card.markdown(f"{icon} {markup.literal(one.change.says)}")
    if found.due_on:
        many = len(found.left)
        key = "changed.asked_one" if many == 1 else "changed.asked"
        card.markdown(say(key, n=many, day=days.short(found.due_on)))
        card.caption(say("changed.stands"))
    elif found.news:
        card.caption(say("changed.nothing"))
        if card.button(say("changed.seen"), icon=":material/check:", key="changed/seen"):

            def saw() -> None:
                with writing() as made:
                    refresh.saw(made, frame.viewer, module=found.module.id, now=session.now())

            frame.patient(saw)
            st.rerun()


def screens(frame: Frame, shown: tuple[Screen, ...], notes: Notes) -> None:
    """The screens that changed, as they are now."""
    for one in shown:
        frame.surface.header(one.title, anchor=False)
        draw_screen(frame.surface, one, notes, frame.say, stem="changed")
    notes.draw(frame.surface, frame.say)


def questions(frame: Frame, found: Changed) -> None:
    """The question that is open with its reasons at once; then the next one, or the end."""
    say, quiz, query = frame.say, found.quiz, st.query_params
    module = found.module.id
    at = query.get("at", "")
    if quiz and (quiz.left or at in quiz.sheet.paper):
        slots = list(quiz.sheet.paper)
        slot = at if at in slots else quiz.left[0]
        number = slots.index(slot) + 1
        frame.surface.subheader(say("lesson.question", n=number, of=len(slots)), anchor=False)
        if ask(frame, quiz, slot, tells=True):
            coming = [one for one in quiz.left if one != slot]
            wrong = slot in found.left
            if wrong:
                frame.surface.caption(say("changed.comes_again"))
            label = "review.next" if coming or found.left else "review.finish"
            if frame.surface.button(
                say(label),
                type="primary",
                icon=":material/arrow_forward:",
                icon_position="right",
                key=f"changed/next/{quiz.place(slot)}",
            ):
                query.pop("at", None)
                if coming:
                    query["at"] = coming[0]
                elif found.left:
                    start(frame, module)
                st.rerun()
        elif at != slot:
            # So that what was answered stays on the page with its reasons.
            query["at"] = slot
        return
    if found.left:
        again = quiz is not None and bool(found.news)
        label = say("changed.again" if again else "changed.start")
        if frame.surface.button(label, type="primary", key="changed/start"):
            start(frame, module)
            st.rerun()


def start(frame: Frame, module: str) -> None:
    """Begin the questions that are left."""

    def begin() -> None:
        with writing() as made:
            refresh.begin(made, frame.viewer, module=module, now=session.now())

    frame.patient(begin)


with page("changed", width=720) as frame:
    say, module = frame.say, st.query_params.get("module", "M01")

    def read() -> tuple[Changed, Local]:
        """What changed, and the organisation's own words in it."""
        with reading() as made:
            seen = refresh.changed(made, frame.viewer, module=module, now=frame.now)
            return seen, own.read(made, frame.viewer, module=module)

    found, mine = frame.patient(read)
    # An answered question of the last form stays until she goes on.
    shows = found.quiz and st.query_params.get("at", "") in found.quiz.sheet.paper
    top(frame)
    if not found.news and not shows:
        done = bool(found.quiz)
        parts.empty(
            frame.surface,
            "done" if done else "empty",
            say("changed.done" if done else "changed.none"),
            say("changed.done_sentence" if done else "changed.none_sentence"),
            level=1,
        )
    else:
        frame.surface.title(say("changed.title", title=found.module.title), anchor=False)
        if found.news:
            told(frame, found)
            screens(frame, found.screens, Notes(found.module, mine))
        questions(frame, found)

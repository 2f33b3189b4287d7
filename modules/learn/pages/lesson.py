from dataclasses import replace
from typing import NoReturn

import streamlit as st
from sqlmodel import Session

from modules import leave, own
from modules.basics import Surface
from modules.learn import aid_desk, aids, asides, corrected, easing, newer
from modules.learn.desk import LearnerDesk
from modules.play import law, outline, steps
from modules.play.desk import Table
from modules.shell import presses, session
from modules.shell.frame import page
from modules.shell.menu import script


def go(place: str) -> NoReturn:
    """Show a step or the end of a sitting; "" is the completion."""
    if not place:
        st.switch_page(script("completion"), query_params={"module": st.query_params["module"]})
    st.query_params["step"] = place
    st.rerun()


with page("lesson", width=720) as frame:
    module, place = st.query_params.get("module", "M01"), st.query_params.get("step", "")
    desk = LearnerDesk(frame.viewer, module, session.now, go, frame.patient)
    beside = asides.Aside(frame.surface, frame.say, frame.viewer, frame.now, frame.patient)

    def helps(surface: Surface) -> None:
        """Whom to ask, once forms A, B and C are used up."""
        if desk.journey.needs_help and asides.help_card(
            beside._replace(surface=surface), module=module
        ):
            st.rerun()

    def reports(surface: Surface, place: str, number: int) -> None:
        """“Something wrong here?” at a place of the content that she began the module with."""
        read = desk.opened.revision_id
        at = beside._replace(surface=surface)
        asides.report(at, module=module, revision_id=read, place=place, number=number)

    def keeps(surface: Surface) -> None:
        """The job aid to take away."""

        def read(database: Session) -> tuple[aids.Aid, dict[str, bytes]]:
            """The job aid with its pictures."""
            found = aids.aid(database, frame.viewer, name=module)
            return found, aids.pictures(database, frame.viewer, found)

        aid_desk.keep(surface, frame.viewer, *beside.read(read), frame.say, mine)

    mine = beside.read(lambda database: own.read(database, frame.viewer, module=module))
    table = Table(frame.surface, desk, frame.say, presses.pressed, helps, mine, reports, keeps)
    top = frame.surface.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    top.page_link(
        script("home"),
        label=frame.say("lesson.back_home"),
        icon=":material/arrow_back:",
        width="content",
    )
    if desk.opened.regraded:
        said = beside.read(lambda read: corrected.corrections(read, frame.viewer, module=module))
        corrected.draw(frame.surface, frame.viewer, frame.say, said)
    again = desk.may_renew(frame.now) and not place
    if not desk.journey.started or again:
        if way := outline.cover_page(table, again):
            desk.begin(test_out=way == "test-out")
            desk.reload()
            go(desk.journey.steps[0].id)
        eased = beside.read(lambda read: leave.my_leave(read, frame.viewer, now=frame.now))
        if easing.cover_card(beside, eased, module, table.module.title):
            st.rerun()
    elif ended := outline.ended_sitting(table, place):
        told, note = frame.surface.container(), frame.surface.container()
        # First what was written, drawn below: a button above ends the run and takes one away.
        asides.note_card(beside._replace(surface=note), place=f"{module}/{ended.id}")
        there = replace(table, surface=told)
        outline.sitting_page(there, ended, lambda: st.switch_page(script("home")))
    else:
        step = outline.step_to_show(table, place)
        outline.where(table, step, top)
        of = desk.opened
        newer.draw(
            frame.surface, frame.say, frame.viewer, of, step.id, st.session_state, beside.read
        )
        steps.draw(table, step)
        law.line(frame.surface, table.module, frame.say, frame.viewer.today(frame.now))

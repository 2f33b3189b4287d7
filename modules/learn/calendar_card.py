"""The card of the calendar feed on the page of one's own data."""

from __future__ import annotations

import streamlit as st

from db.engine import reading, writing
from modules import days
from modules.basics import Surface
from modules.learn import feeding
from modules.shell.frame import Frame

ADDRESS = "me/calendar-address"


def draw(surface: Surface, frame: Frame) -> None:
    """Offer a feed, show a new one's address once, or let it be withdrawn."""
    say, viewer = frame.say, frame.viewer
    with reading() as session:
        kept = feeding.feed(session, viewer)
    card = surface.container(key="card-calendar", gap="small")
    card.header(say("calendar.card"), anchor=False)
    card.markdown(say("calendar.about"))
    if kept is None:
        if card.button(say("calendar.make"), icon=":material/event:", key="me/calendar-make"):
            with writing() as session:
                st.session_state[ADDRESS] = feeding.make(session, viewer, now=frame.now)
            st.rerun()
        return
    if address := st.session_state.pop(ADDRESS, ""):
        card.markdown(say("calendar.once"))
        card.code(address, language=None, wrap_lines=True)
    else:
        made = days.short(viewer.today(kept.made_at))
        asked = days.short(kept.asked_on) if kept.asked_on else ""
        card.markdown(
            say("calendar.made_asked" if asked else "calendar.made", day=made, asked=asked)
        )
    row = card.container(horizontal=True)
    if row.button(say("calendar.again"), key="me/calendar-again"):
        with writing() as session:
            st.session_state[ADDRESS] = feeding.make(session, viewer, now=frame.now)
        st.rerun()
    if row.button(say("calendar.withdraw"), key="me/calendar-withdraw"):
        with writing() as session:
            feeding.withdraw(session, viewer)
        st.rerun()

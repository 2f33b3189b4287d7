"""The one thing to do next, on the home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from modules import days, markup
from modules.basics import Surface
from modules.learn.path import MyPath, Stop
from modules.progress.papers import TEST_OUT
from modules.progress.standing import Status
from modules.shell import parts
from modules.shell.menu import script

if TYPE_CHECKING:
    from modules.shell.frame import Frame


def hero(frame: Frame, path: MyPath) -> None:
    """The one thing to do next."""
    assert path.next and path.opened
    say, stop, journey = frame.say, path.next, path.opened.journey
    card = frame.surface.container(key="card-next")
    picture, text = card.columns([5, 7], gap="large", vertical_alignment="center")
    parts.cover(picture, stop.card.id)
    badges = text.container(horizontal=True, gap="small")
    badges.badge(say("home.next"), icon=":material/play_circle:", color="green")
    practice = journey.practice
    left = journey.minutes_left if practice and not practice.ended else journey.module.minutes
    badges.badge(say("home.minutes_left", n=left), icon=":material/schedule:", color="gray")
    due(badges, frame, stop)
    text.header(journey.module.title, anchor=False)
    steps = journey.steps
    if practice and not practice.ended and journey.current:
        done = len(journey.done)
        place = journey.current
        title = say("test_out.title") if place.id == TEST_OUT else place.title
        text.markdown(say("home.stopped", step=title, left=len(steps) - done, total=len(steps)))
        parts.steps(text, done, len(steps), say("lesson.step_label", n=done + 1, of=len(steps)))
        action = say("home.continue")
    elif practice:
        text.markdown(say("home.lapsed"))
        action = say("home.renew")
    else:
        first = journey.module.sittings[0]
        text.markdown(
            say("home.not_started", n=len(journey.module.sittings), minutes=first.minutes)
        )
        action = say("home.start")
    if path.reminder:
        when = days.short(frame.viewer.today(path.reminder.sent_at))
        text.caption(say("home.reminded", sender=markup.literal(path.reminder.sender), day=when))
    if text.button(
        action,
        type="primary",
        icon=":material/arrow_forward:",
        icon_position="right",
        key="home/next",
    ):
        st.switch_page(script("lesson"), query_params={"module": stop.card.id})


def due(surface: Surface, frame: Frame, stop: Stop) -> None:
    """When it is due, in words, colour and icon; or that nobody has set a day yet."""
    if stop.standing is None:
        surface.badge(frame.say("home.no_day"), icon=":material/event:", color="gray")
        return
    kinds: dict[Status, tuple[str, str, Literal["green", "orange", "red", "gray"]]] = {
        Status.CURRENT: ("home.current", ":material/check_circle:", "green"),
        Status.NOT_YET: ("home.due", ":material/event:", "gray"),
        Status.DUE: ("home.due", ":material/event:", "orange"),
        Status.EXTENDED: ("home.extended", ":material/event:", "orange"),
        Status.GRACE: ("home.overdue", ":material/event_busy:", "orange"),
        Status.OVERDUE: ("home.overdue", ":material/warning:", "red"),
        Status.LAPSED: ("home.lapsed_on", ":material/warning:", "red"),
        Status.EXEMPT: ("home.exempt", ":material/check:", "gray"),
    }
    key, icon, colour = kinds[stop.standing.status]
    surface.badge(frame.say(key, day=days.short(stop.standing.on)), icon=icon, color=colour)

"""What the home page tells in a band: the agreement, changed modules, policies, own details."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.engine import writing
from modules import days, markup, policies
from modules.learn import agreed
from modules.learn.refresh import News
from modules.shell.menu import script

if TYPE_CHECKING:
    from modules.shell.frame import Frame


def agreement(frame: Frame, *, changed: bool) -> bool:
    """The agreement on her data is new, or has changed; whether she says now that she saw it."""
    say = frame.say
    band = frame.surface.container(key="band-agreement", gap="small")
    title = say("agreement.home_changed" if changed else "agreement.home")
    band.markdown(f":material/handshake: **{title}**  \n{say('agreement.home_why')}")
    row = band.container(horizontal=True, gap="small", vertical_alignment="center")
    row.page_link(
        script("agreement"), label=say("agreement.home_open"), icon=":material/arrow_forward:"
    )

    def saw() -> None:
        with writing() as made:
            agreed.saw(made, frame.viewer, now=frame.now)

    pressed = row.button(say("agreement.seen"), icon=":material/check:", key="home/agreement")
    if pressed:
        frame.patient(saw)
    return pressed


def changes(frame: Frame, found: Sequence[News]) -> None:
    """What changed in modules that she completed: to redo by a day, or only to know."""
    say = frame.say
    for one in found:
        place = f"{one.module}-{one.change.version.replace('.', '-')}"
        band = frame.surface.container(key=f"band-changed-{place}", gap="small")
        icon = ":material/rule:" if one.due_on else ":material/lightbulb:"
        title = say("changed.home_due" if one.due_on else "changed.home_new", title=one.title)
        band.markdown(f"{icon} **{markup.literal(title)}**  \n{markup.literal(one.change.says)}")
        if one.due_on:
            late = one.due_on < frame.viewer.today(frame.now)
            band.badge(
                say("home.overdue" if late else "home.due", day=days.short(one.due_on)),
                icon=":material/warning:" if late else ":material/event:",
                color="red" if late else "orange",
            )
        band.page_link(
            script("changed"),
            label=say("changed.open"),
            icon=":material/arrow_forward:",
            query_params={"module": one.module},
        )


def waiting_texts(frame: Frame, found: Sequence[policies.Mine]) -> None:
    """Policies to read and acknowledge, in one line."""
    say, first = frame.say, found[0]
    band = frame.surface.container(
        key="band-policies", horizontal=True, vertical_alignment="center"
    )
    day = days.short(first.until) if first.until else ""
    key = "policies.home_one" if len(found) == 1 else "policies.home"
    told = say(key, n=len(found), title=markup.literal(first.held.title), day=day)
    band.markdown(f":material/gavel: {told}")
    band.page_link(script("policies"), label=say("policies.read"), icon=":material/arrow_forward:")


def details(frame: Frame, missing: Sequence[object]) -> None:
    """Whoever fills in the organisation's own details is told how many are missing."""
    say = frame.say
    band = frame.surface.container(key="band-details", gap="small")
    key = "details.remind_one" if len(missing) == 1 else "details.remind"
    band.markdown(f":material/contact_phone: {say(key, n=len(missing))}")
    band.page_link(
        script("local"), label=say("details.remind_open"), icon=":material/arrow_forward:"
    )

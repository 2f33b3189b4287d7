"""One of the own people takes a module that no rule asks; on the same day it is taken back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from modules import courses, markup
from modules.basics import Surface
from modules.manage import acting, wording
from modules.manage.acting import Acting
from modules.manage.desk import Desk

# How far ahead a module that is assigned is due at first.
DAYS_DUE = 60


def assign(desk: Desk, box: Surface, of: Acting) -> None:
    """What was assigned today, with a way back; and another module."""
    frame, say, name = desk.frame, desk.frame.say, markup.literal(of.name)
    for one in of.asked:
        if one.undo:
            row = box.container(horizontal=True, vertical_alignment="center")
            row.markdown(say("do.assign.today", module=courses.title(one.module)))
            if row.button(
                say("do.assign.back"), icon=":material/undo:", key=f"team/unassign/{one.module}"
            ):
                call = partial(
                    acting.unassign,
                    viewer=frame.viewer,
                    person_id=of.person_id,
                    module=one.module,
                    now=frame.now,
                )
                desk.do(box, call, say("do.assign.undone", name=name))
    if not of.offered:
        box.markdown(say("do.assign.nothing", name=name))
        return
    box.markdown(say("do.assign.sentence"))
    row = box.container(horizontal=True, vertical_alignment="bottom")
    module = row.selectbox(
        say("do.module"),
        of.offered,
        format_func=courses.title,
        key="team/do/assign/module",
        width=380,
    )
    today = frame.viewer.today(frame.now)
    due = row.date_input(
        say("do.assign.due"),
        today + timedelta(days=DAYS_DUE),
        min_value=today,
        max_value=today + timedelta(days=acting.MOST_AHEAD),
        format="DD/MM/YYYY",
        key="team/do/assign/due",
        width=180,
    )
    if row.button(say("do.assign.yes"), type="primary", key="team/do/assign"):
        given: dict[str, Any] = {
            "person_id": of.person_id,
            "module": module,
            "due_on": due,
            "now": frame.now,
        }
        said = say(
            "do.assign.done", name=name, module=courses.title(module), day=wording.day(say, due)
        )
        desk.do(box, partial(acting.assign, viewer=frame.viewer, **given), said)

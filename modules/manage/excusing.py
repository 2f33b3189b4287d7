"""One of the own people need not take a module, or all of them; and that ends again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from modules import courses, leave, markup
from modules.basics import Surface
from modules.leave import grounds
from modules.manage import acting, wording
from modules.manage.acting import Acting
from modules.manage.desk import Desk


def exempt(desk: Desk, box: Surface, of: Acting) -> None:
    """What she is exempt from, each with its end; and another exemption."""
    frame, say, name = desk.frame, desk.frame.say, markup.literal(of.name)
    for held in of.exemptions:
        row = box.container(horizontal=True, vertical_alignment="center")
        until = wording.day(say, held.ends - timedelta(days=1)) if held.ends else ""
        row.markdown(
            say(
                "do.exempt.has_until" if until else "do.exempt.has",
                module=courses.title(held.module) if held.module else say("leave.every"),
                day=until,
            )
        )
        if row.button(say("do.exempt.end"), icon=":material/undo:", key=f"team/end/{held.id}"):
            call = partial(leave.end, viewer=frame.viewer, id=held.id, now=frame.now)
            desk.do(box, call, say("do.exempt.ended", name=name))
    covered = {one.module for one in of.exemptions}
    if "" in covered:
        return
    can = ["", *(one.module for one in of.asked if one.module not in covered)]
    module = box.selectbox(
        say("do.module"),
        can,
        index=1 if len(can) > 1 else 0,
        format_func=lambda key: courses.title(key) if key else say("leave.every"),
        key="team/do/exempt/module",
        width=380,
    )
    ground = box.radio(
        say("do.exempt.why"),
        grounds.EXEMPT,
        index=None,
        format_func=lambda key: say(f"leave.exempt.{key}").capitalize(),
        key="team/do/exempt/ground",
    )
    today = frame.viewer.today(frame.now)
    last = None
    if box.checkbox(say("do.exempt.until"), key="team/do/exempt/ends"):
        last = box.date_input(
            say("do.until"),
            today + timedelta(days=90),
            min_value=today,
            max_value=today + timedelta(days=acting.MOST_AHEAD),
            format="DD/MM/YYYY",
            key="team/do/exempt/until",
            width=180,
        )
    if box.button(say("do.exempt.yes"), type="primary", key="team/do/exempt"):
        if not ground:
            box.warning(say("do.first"), icon=":material/info:")
            return
        given: dict[str, Any] = {
            "person_id": of.person_id,
            "module": module,
            "ground": ground,
            "until": last,
        }
        call = partial(leave.exempt, viewer=frame.viewer, now=frame.now, **given)
        title = courses.title(module) if module else say("leave.every")
        desk.do(box, call, say("do.exempt.done", name=name, module=title))

"""More time for one of the own people: a request is answered, or a day given and taken back."""

from __future__ import annotations

import uuid
from collections.abc import Collection, MutableMapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from modules import courses, leave, markup
from modules.basics import Surface
from modules.leave import grounds
from modules.leave.extending import MOST_DAYS
from modules.manage import wording
from modules.manage.acting import Acting, Ask
from modules.manage.desk import Desk

if TYPE_CHECKING:
    from modules.manage.seen import Waiting

# How much later a new day is set first.
DAYS_MORE = 14
SEEN = "team/waiting"


def gone(memory: MutableMapping[Any, Any], waiting: Collection[Waiting]) -> str:
    """Whose request stood here a moment ago and was decided or taken back elsewhere; "" for none.

    ``memory`` is the tab's. What was done in this tab says so itself.
    """
    before: dict[uuid.UUID, str] = memory.get(SEEN, {})
    memory[SEEN] = {one.id: one.name for one in waiting}
    return ", ".join(name for id_, name in before.items() if id_ not in memory[SEEN])


def request(desk: Desk, box: Surface, one: Waiting) -> None:
    """A request for more time: grant that day or another, or refuse with a ready sentence."""
    frame, say, viewer = desk.frame, desk.frame.say, desk.frame.viewer
    name, module = markup.literal(one.name), courses.title(one.module)
    box.markdown(
        say(
            "do.request",
            name=name,
            module=module,
            due=wording.day(say, one.due_on),
            until=wording.day(say, one.until),
            ground=say(f"leave.ask.{one.reason}"),
        )
    )
    today, stem = viewer.today(frame.now), f"team/request/{one.id}"
    last = one.due_on + timedelta(days=MOST_DAYS)
    if last < today:
        box.caption(say("do.request_late", days=MOST_DAYS))
    row = box.container(horizontal=True, vertical_alignment="bottom")
    ids: dict[str, Any] = {"viewer": viewer, "id": one.id, "now": frame.now}
    if last >= today:
        first = max(one.due_on + timedelta(days=1), today)
        until = row.date_input(
            say("do.until"),
            min(max(one.until, first), last),
            min_value=first,
            max_value=last,
            format="DD/MM/YYYY",
            key=f"{stem}/until",
            width=180,
        )
        if row.button(say("do.grant"), type="primary", key=f"{stem}/grant"):
            said = say("do.granted", name=name, module=module, day=wording.day(say, until))
            desk.do(box, partial(leave.decide, **ids, until=until), said)
    refusing = row.popover(say("do.refuse"), key=f"{stem}/refuse")
    answer = refusing.radio(
        say("do.refuse_why"),
        grounds.REFUSE,
        format_func=lambda key: say(f"leave.refuse.{key}"),
        index=None,
        key=f"{stem}/answer",
    )
    if refusing.button(say("do.refuse_yes"), key=f"{stem}/no"):
        if not answer:
            refusing.warning(say("do.first"), icon=":material/info:")
            return
        desk.do(refusing, partial(leave.refuse, **ids, answer=answer), say("do.refused", name=name))


def extend(desk: Desk, box: Surface, of: Acting) -> None:
    """Answer what somebody asked, give her more time unasked, or take back what was given."""
    frame, say, name = desk.frame, desk.frame.say, markup.literal(of.name)
    for more in of.waiting:
        request(desk, box, more)
    waiting = {one.module for one in of.waiting}
    can = {one.module: one for one in of.asked if one.longer and one.module not in waiting}
    if can:
        box.markdown(say("do.extend.sentence", days=MOST_DAYS))
        row = box.container(horizontal=True, vertical_alignment="bottom")
        module = row.selectbox(
            say("do.module"),
            list(can),
            format_func=lambda key: say(
                "do.module_due", module=courses.title(key), day=wording.day(say, can[key].due_on)
            ),
            key="team/do/extend/module",
            width=380,
        )
        first, last = _span(can[module], desk)
        until = row.date_input(
            say("do.until"),
            min(first + timedelta(days=DAYS_MORE - 1), last),
            min_value=first,
            max_value=last,
            format="DD/MM/YYYY",
            key=f"team/do/extend/until/{module}",
            width=180,
        )
        if row.button(say("do.extend.yes"), type="primary", key="team/do/extend"):
            given: dict[str, Any] = {"person_id": of.person_id, "module": module, "until": until}
            said = say(
                "do.granted", name=name, module=courses.title(module), day=wording.day(say, until)
            )
            desk.do(box, partial(leave.give, viewer=frame.viewer, now=frame.now, **given), said)
    elif not waiting:
        box.markdown(say("do.extend.nothing", name=name, days=MOST_DAYS))
    for had in of.granted:
        day = wording.day(say, had.granted_until) if had.granted_until else ""
        row = box.container(horizontal=True, vertical_alignment="center")
        row.markdown(say("do.extend.has", module=courses.title(had.module), day=day))
        if row.button(say("do.extend.back"), icon=":material/undo:", key=f"team/back/{had.id}"):
            call = partial(leave.take_back, viewer=frame.viewer, id=had.id, now=frame.now)
            desk.do(box, call, say("do.extend.undone", name=name))


def _span(one: Ask, desk: Desk) -> tuple[date, date]:
    today = desk.frame.viewer.today(desk.frame.now)
    return max(one.due_on + timedelta(days=1), today), one.due_on + timedelta(days=MOST_DAYS)

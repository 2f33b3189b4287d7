"""One thing at a time for one person: remind, give time, exempt, assign, or enter a proof."""

from __future__ import annotations

import uuid
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from modules import leave, markup
from modules.basics import BadInput, Surface
from modules.leave import grounds
from modules.leave.extending import MOST_DAYS
from modules.manage import acting, team, wording
from modules.manage.acting import Acting, Ask
from modules.shell.menu import script

if TYPE_CHECKING:
    from modules.manage.seen import Waiting
    from modules.shell.frame import Frame

DEEDS = ("remind", "extend", "exempt", "assign", "proof")
ICONS = {
    "remind": ":material/mail:",
    "extend": ":material/event:",
    "exempt": ":material/event_available:",
    "assign": ":material/add:",
    "proof": ":material/edit_note:",
}
SAID = "team/said"
# How much later a new day is set first, and how far ahead a module that is assigned is due.
DAYS_MORE, DAYS_DUE = 14, 60
Call = Callable[[Session], Any]


@dataclass(frozen=True)
class Desk:
    """Where one deed is drawn: the page, this tab's memory, and how to write.

    ``did`` says that something was done, so that the page is drawn anew.
    """

    frame: Frame
    memory: MutableMapping[Any, Any]
    write: Callable[[Call], None]
    did: Callable[[], None]

    def do(self, place: Surface, call: Call, said: str) -> None:
        """Do it, and say so on the next drawing; what cannot be is told where it was asked."""
        try:
            self.write(call)
        except BadInput as bad:
            place.warning(str(bad), icon=":material/info:")
            return
        self.memory[SAID] = said
        self.did()


def draw(desk: Desk, box: Surface, of: Acting, deed: str) -> None:
    """The panel below a person's line. ``deed`` is one of DEEDS; another one draws nothing."""
    say = desk.frame.say
    name = markup.literal(of.name)
    box.header(say(f"do.{deed}.title", name=name), anchor=False)
    panels = {"remind": _remind, "extend": _extend, "exempt": _exempt, "assign": _assign}
    if deed in panels:
        panels[deed](desk, box, of)
    elif deed == "proof":
        box.markdown(say("do.proof.sentence"))
        box.page_link(
            script("proofs"),
            label=say("do.proof.open", name=name),
            icon=ICONS["proof"],
            query_params={"person": str(of.person_id)},
        )


def request(desk: Desk, box: Surface, one: Waiting) -> None:
    """A request for more time: grant that day or another, or refuse with a ready sentence."""
    frame, say, viewer = desk.frame, desk.frame.say, desk.frame.viewer
    name, module = markup.literal(one.name), wording.title(one.module)
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


def _remind(desk: Desk, box: Surface, of: Acting) -> None:
    say, name = desk.frame.say, markup.literal(of.name)
    if not of.to_remind:
        box.markdown(say("do.remind.nothing", name=name))
        return
    titles = ", ".join(wording.title(one) for one in of.to_remind)
    if of.free_on:
        day = wording.day(say, of.free_on)
        box.markdown(say("do.remind.not_yet", name=name, day=day))
        return
    box.markdown(say("do.remind.sentence", name=name, modules=titles))
    if box.button(
        say("do.remind.yes", name=name), type="primary", key="team/do/remind", icon=ICONS["remind"]
    ):
        given: dict[str, Any] = {
            "viewer": desk.frame.viewer,
            "now": desk.frame.now,
            "people": [of.person_id],
        }
        desk.do(box, partial(team.remind, **given), say("do.remind.done", name=name))


def _extend(desk: Desk, box: Surface, of: Acting) -> None:
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
                "do.module_due", module=wording.title(key), day=wording.day(say, can[key].due_on)
            ),
            key="team/do/extend/module",
            width=380,
        )
        first, last = _span(can[module], desk)
        until = row.date_input(
            say("do.until"),
            min(max(can[module].due_on + timedelta(days=DAYS_MORE), first), last),
            min_value=first,
            max_value=last,
            format="DD/MM/YYYY",
            key=f"team/do/extend/until/{module}",
            width=180,
        )
        if row.button(say("do.extend.yes"), type="primary", key="team/do/extend"):
            given: dict[str, Any] = {"person_id": of.person_id, "module": module, "until": until}
            said = say(
                "do.granted", name=name, module=wording.title(module), day=wording.day(say, until)
            )
            desk.do(box, partial(leave.give, viewer=frame.viewer, now=frame.now, **given), said)
    elif not waiting:
        box.markdown(say("do.extend.nothing", name=name, days=MOST_DAYS))
    for had in of.granted:
        day = wording.day(say, had.granted_until) if had.granted_until else ""
        row = box.container(horizontal=True, vertical_alignment="center")
        row.markdown(say("do.extend.has", module=wording.title(had.module), day=day))
        if row.button(say("do.extend.back"), icon=":material/undo:", key=f"team/back/{had.id}"):
            call = partial(leave.take_back, viewer=frame.viewer, id=had.id, now=frame.now)
            desk.do(box, call, say("do.extend.undone", name=name))


def _span(one: Ask, desk: Desk) -> tuple[Any, Any]:
    today = desk.frame.viewer.today(desk.frame.now)
    return max(one.due_on + timedelta(days=1), today), one.due_on + timedelta(days=MOST_DAYS)


def _exempt(desk: Desk, box: Surface, of: Acting) -> None:
    frame, say, name = desk.frame, desk.frame.say, markup.literal(of.name)
    for held in of.exemptions:
        row = box.container(horizontal=True, vertical_alignment="center")
        until = wording.day(say, held.ends - timedelta(days=1)) if held.ends else ""
        row.markdown(
            say(
                "do.exempt.has_until" if until else "do.exempt.has",
                module=wording.title(held.module) if held.module else say("leave.every"),
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
        format_func=lambda key: wording.title(key) if key else say("leave.every"),
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
        title = wording.title(module) if module else say("leave.every")
        desk.do(box, call, say("do.exempt.done", name=name, module=title))


def _assign(desk: Desk, box: Surface, of: Acting) -> None:
    frame, say, name = desk.frame, desk.frame.say, markup.literal(of.name)
    for one in of.asked:
        if one.undo:
            row = box.container(horizontal=True, vertical_alignment="center")
            row.markdown(say("do.assign.today", module=wording.title(one.module)))
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
        format_func=wording.title,
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
            "do.assign.done", name=name, module=wording.title(module), day=wording.day(say, due)
        )
        desk.do(box, partial(acting.assign, viewer=frame.viewer, **given), said)


def person_of(memory: MutableMapping[Any, Any], key: str) -> tuple[uuid.UUID, str] | None:
    """Whom this tab does something for, and what; None for nobody."""
    chosen = memory.get(key)
    return (uuid.UUID(chosen[0]), chosen[1]) if chosen else None

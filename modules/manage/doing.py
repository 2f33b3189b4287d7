"""One thing at a time for one person: remind, give time, exempt, assign, or enter a proof."""

from __future__ import annotations

import uuid
from collections.abc import MutableMapping
from functools import partial
from typing import Any

from modules import courses, markup
from modules.basics import Surface
from modules.manage import team, wording
from modules.manage.acting import Acting
from modules.manage.assigning import assign
from modules.manage.desk import Desk
from modules.manage.excusing import exempt
from modules.manage.more_time import extend
from modules.shell.menu import script

DEEDS = ("remind", "extend", "exempt", "assign", "proof")
ICONS = {
    "remind": ":material/mail:",
    "extend": ":material/event:",
    "exempt": ":material/event_available:",
    "assign": ":material/add:",
    "proof": ":material/edit_note:",
}


def draw(desk: Desk, box: Surface, of: Acting, deed: str) -> None:
    """The panel below a person's line. ``deed`` is one of DEEDS; another one draws nothing."""
    say = desk.frame.say
    name = markup.literal(of.name)
    box.header(say(f"do.{deed}.title", name=name), anchor=False)
    panels = {"remind": _remind, "extend": extend, "exempt": exempt, "assign": assign}
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


def _remind(desk: Desk, box: Surface, of: Acting) -> None:
    say, name = desk.frame.say, markup.literal(of.name)
    if not of.to_remind:
        box.markdown(say("do.remind.nothing", name=name))
        return
    titles = ", ".join(courses.title(one) for one in of.to_remind)
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


def person_of(memory: MutableMapping[Any, Any], key: str) -> tuple[uuid.UUID, str] | None:
    """Whom this tab does something for, and what; None for nobody."""
    chosen = memory.get(key)
    return (uuid.UUID(chosen[0]), chosen[1]) if chosen else None

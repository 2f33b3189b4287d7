"""A manager opens one of the own people by name: first what for, then modules with their status."""

from __future__ import annotations

import uuid
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from modules import courses, markup
from modules.manage import wording
from modules.manage.seen import Sheet, Team
from modules.personal import purposes
from modules.shell import parts

if TYPE_CHECKING:
    from modules.shell.frame import Frame

WHO, WHAT_FOR, OPEN = "team/who", "team/purpose", "team/opened"


def card(
    frame: Frame, team: Team, memory: MutableMapping[Any, Any]
) -> tuple[uuid.UUID, str] | None:
    """The card below the list: whom to open and what for, once both are chosen and pressed.

    ``memory`` is the tab's: what was opened stays open until another one is chosen.
    """
    say = frame.say
    box = frame.surface.container(key="card-open", gap="small")
    box.header(say("team.open_title"), anchor=False)
    box.markdown(say("team.open_sentence"))
    names = {str(one.person_id): one.name for one in team.people}
    row = box.container(horizontal=True, vertical_alignment="bottom")
    who = row.selectbox(
        say("team.open_who"),
        sorted(names, key=names.__getitem__),
        index=None,
        format_func=lambda one: names.get(one, ""),
        placeholder=say("team.open_nobody"),
        key=WHO,
        width=320,
    )
    purpose = row.selectbox(
        say("purpose.label"),
        purposes.MANAGER,
        index=None,
        format_func=lambda one: say(f"purpose.{one}"),
        placeholder=say("purpose.choose"),
        key=WHAT_FOR,
        width=320,
    )
    if row.button(say("purpose.open"), key="team/open"):
        if not who or not purpose:
            box.warning(say("team.open_first"), icon=":material/info:")
        memory[OPEN] = (who, purpose) if who and purpose else None
    opened = memory.get(OPEN)
    if not opened or opened != (who, purpose):
        return None
    return uuid.UUID(opened[0]), opened[1]


def draw(frame: Frame, sheet: Sheet) -> None:
    """Her modules, each with its status; and that she can read who opened this."""
    say = frame.say
    box = frame.surface.container(key="card-member", gap="small")
    box.header(markup.literal(sheet.name), anchor=False)
    rows = [
        (courses.title(one.module), wording.status(say, one.status, one.on)) for one in sheet.duties
    ]
    head = (say("team.column.module"), say("team.column.status"))
    parts.table(box, sheet.name, head, rows)
    box.caption(say("team.opened", name=markup.literal(sheet.name)))

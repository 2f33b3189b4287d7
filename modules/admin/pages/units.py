import uuid

import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.admin import structure
from modules.admin.choosing import INDENT, units_of
from modules.basics import BadInput
from modules.shell import parts
from modules.shell.frame import Frame, page

SAID, TURN = "units/said", "units/turn"
WAYS = ("add", "rename", "move", "close")


def tree(frame: Frame, found: structure.Structure) -> None:
    """The tree as a table."""
    say = frame.say
    card = frame.surface.container(key="card-units")
    rows = [
        (f"{INDENT * one.depth}{one.node.name}", one.node.code or "", one.node.people, one.below)
        for one in found.units
    ]
    header = [say(f"units.{name}") for name in ("unit", "code", "people", "below")]
    parts.table(card, say("units.tree"), header, rows)


def history(frame: Frame, found: structure.Structure) -> None:
    """Where units stood before."""
    say = frame.say
    if not found.history:
        return
    card = frame.surface.container(key="card-history")
    card.header(say("units.history"), anchor=False)
    rows = [
        (
            one.name,
            one.above or say("units.top"),
            days.short(one.starts),
            days.short(one.ends) if one.ends else say("units.still"),
        )
        for one in found.history
    ]
    header = [say(f"units.{name}") for name in ("unit", "above", "from", "to")]
    parts.table(card, say("units.history"), header, rows)


def change(frame: Frame, found: structure.Structure) -> None:
    """One form for whatever is to change."""
    say, turn = frame.say, st.session_state.get(TURN, 0)
    names = units_of(found.units)
    plain = {str(one.node.id): one.node.name for one in found.units}
    card = frame.surface.container(key="card-change")
    card.header(say("units.change"), anchor=False)
    ways = WAYS if names else ("add",)
    way = card.container(key="choices-way").radio(
        say("units.way"), ways, format_func=lambda one: say(f"units.way.{one}"), key="units/way"
    )

    def choose(key: str) -> uuid.UUID | None:
        chosen = card.selectbox(
            say(f"units.{key}"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=say("units.choose"),
            key=f"units/{turn}/{way}/{key}",
            width=480,
        )
        return uuid.UUID(chosen) if chosen else None

    def type_name() -> str:
        return card.text_input(
            say("units.name"),
            max_chars=structure.LONGEST,
            key=f"units/{turn}/{way}/name",
            width=480,
        )

    unit = choose("which") if way != "add" else None
    below = choose("below_which") if way == "move" or (way == "add" and names) else None
    name = type_name() if way in ("add", "rename") else ""
    if not card.button(say(f"units.do.{way}"), type="primary", key=f"units/{turn}/{way}/do"):
        return
    missing = (way != "add" and not unit) or (way == "move" and not below)
    if missing or (way == "add" and names and not below):
        card.error(say("units.choose_first"), icon=":material/error:")
        return
    at = {"now": frame.now}
    try:
        with writing() as session:
            if way == "add":
                structure.add(session, frame.viewer, name=name, below=below, **at)
            elif way == "rename" and unit:
                structure.rename(session, frame.viewer, unit_id=unit, name=name, **at)
            elif way == "move" and unit and below:
                structure.move(session, frame.viewer, unit_id=unit, below=below, **at)
            elif unit:
                structure.close(session, frame.viewer, unit_id=unit, **at)
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return
    told = name or plain[str(unit)]
    st.session_state[SAID] = say(f"units.done.{way}", name=markup.literal(told))
    st.session_state[TURN] = turn + 1
    st.rerun()


with page("units") as frame:
    with reading() as session:
        found = structure.structure(session, frame.viewer, now=frame.now)
    number = len(found.units)
    key = "units.title_none" if not number else "units.title_one" if number == 1 else "units.title"
    frame.surface.title(frame.say(key, n=number), anchor=False)
    frame.surface.markdown(frame.say("units.sentence" if number else "units.sentence_none"))
    if said := st.session_state.pop(SAID, ""):
        frame.surface.success(said, icon=":material/check:")
    if found.units:
        tree(frame, found)
    change(frame, found)
    history(frame, found)

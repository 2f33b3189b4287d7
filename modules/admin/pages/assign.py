import uuid
from datetime import timedelta

import streamlit as st

from db.engine import reading, writing
from modules import days
from modules.admin import assigning
from modules.admin.choosing import units_of
from modules.basics import BadInput
from modules.shell import parts
from modules.shell.frame import page

SAID = "assign/said"
# What the day starts from: long enough that nobody is hurried, short enough to be remembered.
DAYS = 60

with page("assign", width=760) as frame:
    say, viewer, surface = frame.say, frame.viewer, frame.surface
    with reading() as session:
        found = assigning.offer(session, viewer, now=frame.now)
    surface.title(say("assign.title"), anchor=False)
    if not found.modules:
        parts.empty(surface, "empty", say("assign.none"), say("assign.none_sentence"))
        st.stop()
    surface.markdown(say("assign.sentence"))
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check:")
    card = surface.container(key="card-assign")
    modules = {one.id: f"{one.id} · {one.title}" for one in found.modules}
    module = card.selectbox(
        say("assign.module"), list(modules), format_func=modules.__getitem__, key="assign/module"
    )
    units = {"": say("assign.everybody"), **units_of(found.units[1:])}
    unit = card.selectbox(
        say("assign.unit"), list(units), format_func=units.__getitem__, key="assign/unit"
    )
    today = viewer.today(frame.now)
    due = card.date_input(
        say("assign.due"),
        today + timedelta(days=DAYS),
        min_value=today,
        format="DD/MM/YYYY",
        key="assign/due",
        width=240,
    )
    unit_id = uuid.UUID(unit) if unit else None
    with reading() as session:
        reach = assigning.reach(session, viewer, module=module, unit_id=unit_id, now=frame.now)
    many = len(reach.new)
    nobody = "all" if reach.enrolled else "none"
    key = nobody if not many else "one" if many == 1 else "many"
    card.markdown(say(f"assign.reach_{key}", n=many))
    if reach.enrolled:
        card.caption(say("assign.enrolled", n=reach.enrolled))
    if card.button(say("assign.do"), type="primary", key="assign/do", disabled=not many):
        try:
            with writing() as session:
                number = assigning.assign(
                    session, viewer, module=module, unit_id=unit_id, due_on=due, now=frame.now
                )
        except BadInput as bad:
            card.error(str(bad), icon=":material/error:")
            st.stop()
        st.session_state[SAID] = say(
            "assign.done", n=number, module=modules[module], day=days.short(due)
        )
        st.rerun()

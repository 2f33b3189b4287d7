"""Month-end figures for leads: the finding, what counts as trained, the trend and the units."""

import streamlit as st

from db.engine import reading, writing
from modules.manage import actions, drawing, wording
from modules.shell import parts
from modules.shell.frame import page


def go() -> None:
    """Put the chosen unit into the address, where it can be bookmarked and sent on."""
    st.query_params["unit"] = st.session_state["organisation/unit"]


with page("organisation", width=1200) as frame:
    viewer, surface, say = frame.viewer, frame.surface, frame.say
    node, module = (st.query_params.get(name, "") for name in ("unit", "module"))
    with reading() as session:
        found = actions.statistics(session, viewer, now=frame.now, module=module, node=node)

    title, month = drawing.headline(found, say)
    if not found.units:
        parts.empty(surface, "empty", title, month)
        st.stop()
    name = next(one.name for one in found.units if one.unit_id == found.unit)
    course = wording.title(found.module)
    head = surface.container(gap="xxsmall")
    parts.title_row(head, title, eyebrow=say("organisation.eyebrow", name=name, module=course))
    head.caption(month)
    given = drawing.definition(surface, found, say)
    if given:
        with writing() as session:
            actions.define(session, viewer, trained_from=given[0], target=given[1])
        st.rerun()

    # The address decides; the widget follows it, also after the browser's back button.
    st.session_state["organisation/unit"] = found.unit
    names = drawing.indented(found)
    surface.selectbox(
        say("organisation.unit"),
        list(names),
        format_func=names.__getitem__,
        key="organisation/unit",
        on_change=go,
        width=420,
    )
    dark = st.context.theme.type == "dark"
    look = drawing.Look(found.target, found.least, dark, say, course)
    places = surface.columns([7, 5]) if len(found.figures) == 2 else [surface] * len(found.figures)
    for place, figure in zip(places, found.figures, strict=True):
        drawing.card(place, figure, look)
    surface.caption(say("organisation.privacy", least=found.least))

"""Figures for leads, in parts: in date and heading where, by month, group and module, ahead."""

import streamlit as st

from db.engine import reading, writing
from modules import courses
from modules.manage import actions, board, choosing, defining, drawing, skills, statistics
from modules.manage.panels import PARTS
from modules.shell import parts
from modules.shell.frame import page
from modules.shell.menu import ICONS, script


def go(name: str) -> None:
    """Put what was chosen into the address, where it can be bookmarked and sent on."""
    st.query_params[name] = st.session_state[f"organisation/{name}"] or ""
    if name in ("unit", "find"):
        st.query_params.pop("page", None)
    if name == "unit":
        st.query_params.pop("find", None)


def turn(to: int) -> None:
    """The next or the last page of units."""
    st.query_params["page"] = str(to)


with page("organisation", width=1200) as frame:
    viewer, surface, say = frame.viewer, frame.surface, frame.say
    asked = st.query_params
    offered = [one for one in PARTS if one != "learning" or skills.may_see(viewer)]
    part = asked["part"] if asked.get("part") in offered else offered[0]
    by = asked["by"] if asked.get("by") in statistics.BY else ""
    module, node, number, find = (asked.get(one, "") for one in ("module", "unit", "page", "find"))
    with reading() as session:
        found = actions.statistics(
            session,
            viewer,
            now=frame.now,
            module=module,
            node=node,
            part=part,
            by=by,
            page=int(number) if number.isdecimal() and len(number) < 6 else 1,
            find=find,
        )
        figures = found.figures
        if part == "learning" and found.module:
            figures = skills.shown(session, viewer, module=found.module, now=frame.now)

    title, month = drawing.headline(found, say)
    if not found.units:
        parts.empty(surface, "empty", title, month, level=1)
        st.stop()
    course = courses.title(found.module)
    dark = st.context.theme.type == "dark"
    look = drawing.Look(found.target, found.least, dark, say, course)
    head = surface.container(gap="xxsmall")
    eyebrow = say("organisation.eyebrow", name=found.name, module=course)
    right = parts.title_row(head, title, eyebrow=eyebrow)
    head.caption(month)
    if part == "share" and figures:
        right.download_button(
            say("organisation.board"),
            lambda: board.pdf(found, look, viewer.today(frame.now)),
            f"steward-board-{found.headline.on if found.headline else ''}.pdf",
            "application/pdf",
            key="organisation/board",
            on_click="ignore",
            icon=":material/picture_as_pdf:",
        )

    # The address decides; the widgets follow it, also after the browser's back button.
    names = choosing.indented(found)
    first = next((one.panel.by for one in figures), statistics.BY[0])
    held = {
        "part": part,
        "by": by or first,
        "unit": found.unit,
        "module": found.module,
        "find": find,
    }
    st.session_state.update({f"organisation/{name}": value for name, value in held.items()})
    row = surface.container(horizontal=True, vertical_alignment="bottom")
    row.selectbox(
        say("organisation.unit"),
        list(names),
        format_func=names.__getitem__,
        key="organisation/unit",
        on_change=go,
        args=("unit",),
        width=340,
    )
    row.text_input(
        say("organisation.find"),
        key="organisation/find",
        on_change=go,
        args=("find",),
        placeholder=say("organisation.find_hint"),
        width=220,
    )
    if len(found.modules) > 1:
        row.selectbox(
            say("organisation.module"),
            found.modules,
            format_func=courses.title,
            key="organisation/module",
            on_change=go,
            args=("module",),
            width=340,
        )
    if find.strip():
        surface.caption(choosing.hits(found, find, say))
    surface.pills(
        say("organisation.part"),
        offered,
        format_func=lambda one: say(f"organisation.part.{one}"),
        key="organisation/part",
        on_change=go,
        args=("part",),
        required=True,
        label_visibility="collapsed",
    )

    if part == "share":
        given = defining.definition(surface, found, say)
        if given:
            with writing() as session:
                actions.define(session, viewer, trained_from=given[0], target=given[1])
            st.rerun()
    if part == "groups":
        surface.pills(
            say("organisation.by"),
            statistics.BY,
            format_func=lambda one: say(f"organisation.by.{one}"),
            key="organisation/by",
            on_change=go,
            args=("by",),
            required=True,
        )
    if told := choosing.shown(found, say) if part in ("share", "months") else "":
        row = surface.container(horizontal=True, vertical_alignment="center")
        row.caption(told)
        for step, key in ((-1, "organisation.back"), (1, "organisation.on")):
            if 1 <= found.page + step <= found.pages:
                row.button(say(key), key=key, on_click=turn, args=(found.page + step,))
    if not figures:
        surface.container(key="card-nothing").markdown(say(f"organisation.nothing.{part}"))
    beside = len(figures) == 2 and all(len(one.lines) <= drawing.MOST_BESIDE for one in figures)
    places = surface.columns(2) if beside else [surface] * len(figures)
    for place, figure in zip(places, figures, strict=True):
        drawing.card(place, figure, look)
    key = "organisation.privacy_learned" if part == "learning" else "organisation.privacy"
    surface.caption(say(key, least=found.least))
    surface.page_link(script("comparison"), label=say("comparison.link"), icon=ICONS["comparison"])

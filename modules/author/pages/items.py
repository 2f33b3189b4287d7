"""Which questions want another look, what people believe, choose and leave, for who writes them."""

from typing import NoReturn

import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.access import ACTIONS, may
from modules.author import drafting, item_drawing, item_parts, item_words, items
from modules.author.item_look import Look
from modules.basics import Surface
from modules.shell import parts, places
from modules.shell.frame import Frame, page
from modules.shell.menu import script

PARTS = ("questions", "ideas", "story", "stops", "reports")


def go(name: str) -> None:
    """Put what was chosen into the address, where it can be bookmarked and sent on."""
    st.query_params[name] = st.session_state[f"items/{name}"] or ""


def mend(frame: Frame, module: str, item: str) -> NoReturn:
    """Go to the question in the module's draft; one is begun if there is none."""
    with writing() as session:
        id = drafting.edit(session, frame.viewer, module=module, now=frame.now)
    st.switch_page(script("edit"), query_params={"draft": str(id), "part": f"item/{item}"})


def questions(frame: Frame, seen: items.Seen, look: Look) -> None:
    """What wants another look first, then what is too easy, then everything."""
    say, surface, module = look.say, frame.surface, seen.analysis.module
    for item in seen.pressing:
        row = item_drawing.flagged(surface, seen, item, look)
        row.page_link(
            script("preview"),
            label=say("items.preview"),
            icon=":material/play_circle:",
            query_params={"module": module.id, "step": f"question:{item.id}"},
        )
        if may(frame.viewer, ACTIONS, "author.write") and row.button(
            say("items.mend"),
            type="tertiary",
            icon=":material/edit_document:",
            key=f"items/mend/{item.form}/{item.id}",
        ):
            mend(frame, module.id, item.id)
    if seen.easy:
        many = len(seen.easy)
        box = surface.container(key="card-easy", gap="small")
        box.header(say("items.easy_one" if many == 1 else "items.easy", n=many), anchor=False)
        box.markdown(say("items.do.too-easy"))
        listed = [
            f"- **{one.id}** {markup.literal(item_words.stem(module, one))}" for one in seen.easy
        ]
        opened = box.expander(say("items.easy_which"), key="items/easy")
        opened.markdown("\n".join(listed))
    item_drawing.every_question(surface, seen, look)


def reported(surface: Surface, seen: items.Seen, frame: Frame) -> None:
    """How many problems learners reported where, and the way to answer them."""
    say, found = frame.say, seen.reports or {}
    box = surface.container(key="card-reported", gap="small")
    total = sum(found.values())
    many = "none" if not total else "one" if total == 1 else "many"
    box.header(say(f"items.reports_{many}", n=total), anchor=False)
    rows = [
        [places.told(seen.analysis.module.id, place, say), str(n)] for place, n in found.items()
    ]
    if rows:
        head = [say("items.column.place"), say("items.column.reports")]
        parts.table(box, say("items.reports_table"), head, rows)
    box.page_link(script("reports"), label=say("items.reports_link"), icon=":material/flag:")


with page("items", width=860) as frame:
    say, surface, asked = frame.say, frame.surface, st.query_params
    with reading() as session:
        seen = items.seen(session, frame.viewer, module=asked.get("module", ""))
    surface.page_link(script("modules"), label=say("author.back"), icon=":material/arrow_back:")
    if seen is None:
        parts.empty(surface, "empty", say("author.title_none"), say("items.unpublished"), level=1)
        st.stop()
    found, module = seen.analysis, seen.analysis.module
    offered = [
        one
        for one in PARTS
        if (one != "reports" or seen.reports is not None)
        and (one != "story" or module.scenario is not None)
    ]
    part = asked["part"] if asked.get("part") in offered else offered[0]
    number = len(seen.pressing)
    many = (
        "empty" if not found.items else "none" if not number else "one" if number == 1 else "many"
    )
    head = surface.container(gap="xxsmall")
    parts.eyebrow(head, say("items.eyebrow", module=module.title))
    head.title(say(f"items.title_{many}", n=number), anchor=False)
    if found.counted_at is None:
        head.markdown(say("items.not_counted"))
    else:
        day = days.moment(found.counted_at, frame.viewer.clock)
        head.caption(say("items.counted", day=day, least=seen.least))
    st.session_state.update({"items/module": module.id, "items/part": part})
    if len(seen.modules) > 1:
        surface.selectbox(
            say("items.module"),
            list(seen.modules),
            format_func=seen.modules.__getitem__,
            key="items/module",
            on_change=go,
            args=("module",),
            width=420,
        )
    surface.pills(
        say("items.part"),
        offered,
        format_func=lambda one: say(f"items.part.{one}"),
        key="items/part",
        on_change=go,
        args=("part",),
        required=True,
        label_visibility="collapsed",
    )
    look = Look(say, st.context.theme.type == "dark")
    if part == "questions" and not found.items:
        next_step = say("items.empty_next", least=seen.least)
        parts.empty(surface, "empty", say("items.empty"), next_step).page_link(
            script("preview"),
            label=say("author.preview"),
            icon=":material/play_circle:",
            query_params={"module": module.id},
        )
    elif part == "questions":
        questions(frame, seen, look)
    elif part == "ideas":
        item_parts.ideas(surface, seen, look)
    elif part == "story":
        item_parts.story(surface, seen, look)
    elif part == "stops":
        item_parts.stops(surface, seen, look)
    else:
        reported(surface, seen, frame)

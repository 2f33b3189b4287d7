from typing import NoReturn

import streamlit as st

from db.engine import reading
from modules import own
from modules.author import actions
from modules.basics import LAWS, NEUTRAL
from modules.play import item, law, outline, steps
from modules.play.desk import Table
from modules.play.item import Asked
from modules.play.rehearsal import RehearsalDesk
from modules.progress.papers import TEST_OUT
from modules.shell import parts, session
from modules.shell.frame import page
from modules.shell.menu import script

VARIANTS = ("1", "2", "3", "4", "5")
END, ALONE = "end", "question:"


def go(place: str) -> NoReturn:
    """Show a step, the end of a sitting, or what stands in for the completion."""
    st.query_params["step"] = place or END
    st.rerun()


def follow(name: str) -> None:
    """Put what was chosen into the address, which decides what is shown."""
    st.query_params[name] = st.session_state[f"preview/{name}"]


with page("preview", width=720) as frame:
    say, surface, query = frame.say, frame.surface, st.query_params
    with reading() as database:
        module = actions.preview(
            database, frame.viewer, module=query.get("module", ""), law=query.get("law", "")
        )
        mine = own.read(database, frame.viewer, module=module.id)
    surface.page_link(script("modules"), label=say("author.back"), icon=":material/arrow_back:")

    places = {"": say("author.front_page"), TEST_OUT: say("test_out.title")}
    for sitting in module.sittings:
        for step in sitting.steps:
            places[step.id] = f"{module.steps.index(step) + 1}. {step.title}"
        places[sitting.id] = say("author.end_of", title=sitting.title)
    places[END] = say("author.end")
    # One question alone: its place may draw another one of its family.
    alone = query.get("step", "").partition(ALONE)[2]
    if alone in module.questions:
        places[f"{ALONE}{alone}"] = say("author.question", id=alone)
    place, variant = query.get("step", ""), query.get("variant", "1")
    place = place if place in places else ""
    variant = variant if variant in VARIANTS else "1"
    st.session_state["preview/step"], st.session_state["preview/variant"] = place, variant
    st.session_state["preview/law"] = module.jurisdiction
    name = f"preview/kept/{module.id}/{module.version}/{variant}"

    band = surface.container(key="band-preview", gap="small")
    band.markdown(f":material/visibility: {say('author.band')}")
    row = band.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.selectbox(
        say("author.step"),
        list(places),
        format_func=places.__getitem__,
        key="preview/step",
        on_change=follow,
        args=("step",),
        width=330,
    )
    row.selectbox(
        say("author.variant"),
        VARIANTS,
        help=say("author.variant_help"),
        key="preview/variant",
        on_change=follow,
        args=("variant",),
        width=150,
    )
    laws = {one: say(f"details.law.{one}") for one in (NEUTRAL, *LAWS)}
    row.selectbox(
        say("details.law_choose"),
        list(laws),
        format_func=laws.__getitem__,
        key="preview/law",
        on_change=follow,
        args=("law",),
        width=150,
    )
    if row.button(say("author.restart"), icon=":material/replay:", key="preview/restart"):
        st.session_state.pop(name, None)
        query["step"] = ""
        st.rerun()

    kept = st.session_state.setdefault(name, {})
    desk = RehearsalDesk(module, kept, session.now, go, int(variant))
    table = Table(surface, desk, say, own=mine)
    ended = next((one for one in module.sittings if one.id == place), None)
    if not place:
        if way := outline.cover_page(table):
            desk.begin(test_out=way == "test-out")
            go(desk.journey.steps[0].id)
    elif place == END:
        parts.empty(surface, "done", say("author.end_title"), say("author.end_sentence"))
    elif ended:
        outline.sitting_page(table, ended, lambda: st.switch_page(script("modules")))
    elif place.startswith(ALONE):
        desk.begin()
        if desk.journey.practice is not None:
            item.draw(table, Asked(desk.journey.practice, alone))
    else:
        desk.begin()
        step = outline.step_to_show(table, place)
        outline.where(table, step, surface.container())
        steps.draw(table, step)
        law.line(surface, module, say, frame.viewer.today(frame.now))

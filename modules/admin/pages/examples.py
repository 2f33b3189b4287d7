import streamlit as st

from db.engine import reading, writing
from db.local import Example
from modules import days, markup
from modules.admin import examples
from modules.admin.examples import Examples
from modules.basics import BadInput
from modules.course import examples as rules
from modules.shell.frame import Frame, page
from modules.shell.menu import script

SAID, TURN = "examples/said", "examples/turn"


def fresh(said: str) -> None:
    """Draw the form anew, with what stands now."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state[SAID] = said
    st.rerun()


def keep(frame: Frame, *, module: str, screen: str, body: str, one: Example | None) -> str:
    """Save or delete; gives the sentence that says why not, or ""."""
    try:
        with writing() as session:
            examples.save(
                session,
                frame.viewer,
                module=module,
                screen=screen,
                body=body,
                seen=one.changed_at if one else None,
                now=frame.now,
            )
    except BadInput as bad:
        return str(bad)
    return ""


def form(frame: Frame, found: Examples) -> None:
    """Module, screen, text, how it looks."""
    say = frame.say
    card = frame.surface.container(key="card-write", gap="medium")
    card.header(say("examples.write"), anchor=False)
    if not found.modules:
        card.markdown(say("examples.none_module"))
        return
    titles = {id: f"{id} · {one.title}" for id, one in found.modules.items()}
    module = card.selectbox(
        say("examples.module"), list(titles), format_func=titles.__getitem__, key="examples/module"
    )
    screens = found.modules[module].screens
    screen = card.selectbox(
        say("examples.screen"),
        list(screens),
        format_func=lambda id: screens.get(id, ""),
        key=f"examples/screen/{module}",
    )
    one = found.at(module, screen)
    stem = f"examples/{st.session_state.get(TURN, 0)}/{module}/{screen}"
    # What the form was drawn with: a change by somebody else since then is told.
    seen = st.session_state.setdefault(f"{stem}/seen", one)
    body = card.text_area(
        say("examples.body"),
        seen.body if seen else "",
        max_chars=rules.LONGEST,
        height=160,
        help=say("examples.help", n=rules.LONGEST),
        key=f"{stem}/body",
    ).strip()
    fault = rules.fault(body)
    if fault:
        card.error(say(f"examples.fault.{fault}", n=rules.LONGEST), icon=":material/error:")
    elif body:
        card.caption(say("examples.preview"))
        shown = card.container(key="own-preview", gap="small")
        shown.subheader(say("local.example"), anchor=False)
        shown.markdown(body)
    buttons = card.container(horizontal=True, gap="small")
    if buttons.button(say("examples.save"), type="primary", key=f"{stem}/keep") and not fault:
        if not body:
            card.warning(say("examples.empty"), icon=":material/info:")
        elif wrong := keep(frame, module=module, screen=screen, body=body, one=seen):
            card.error(wrong, icon=":material/error:")
        else:
            fresh(say("examples.saved"))
    if one and buttons.button(say("examples.delete"), type="tertiary", key=f"{stem}/delete"):
        if wrong := keep(frame, module=module, screen=screen, body="", one=one):
            card.error(wrong, icon=":material/error:")
        else:
            fresh(say("examples.deleted"))


def choose(module: str, screen: str) -> None:
    """Put an example into the form above."""
    st.session_state["examples/module"] = module
    st.session_state[f"examples/screen/{module}"] = screen


def written(frame: Frame, found: Examples) -> None:
    """Every example that learners see."""
    say = frame.say
    card = frame.surface.container(key="card-written", gap="medium")
    card.header(say("examples.written"), anchor=False)
    if not found.shown:
        card.markdown(say("examples.none"))
    for one in found.shown:
        told = card.container(gap="xsmall")
        title = say("examples.place", module=one.module, screen=found.title(one))
        told.subheader(title, anchor=False)
        told.markdown(one.body)
        told.caption(by(frame, one))
        told.button(
            say("examples.change"),
            type="tertiary",
            key=f"examples/change/{one.module}/{one.screen}",
            on_click=choose,
            args=(one.module, one.screen),
        )


def by(frame: Frame, one: Example) -> str:
    """Who wrote it, and when."""
    when = days.moment(one.changed_at, frame.viewer.clock)
    name = markup.literal(one.by) if one.by else frame.say("details.log_gone")
    return frame.say("examples.by", name=name, when=when)


def orphans(frame: Frame, found: Examples) -> None:
    """Examples whose screen is gone: each to be moved or deleted."""
    say = frame.say
    card = frame.surface.container(key="card-orphans", gap="medium")
    card.header(say("examples.orphans"), anchor=False)
    card.markdown(say("examples.orphans_sentence"))
    for one in found.orphans:
        stem = f"examples/orphan/{one.module}/{one.screen}"
        told = card.container(gap="xsmall")
        title = say("examples.orphan", module=one.module, screen=one.screen)
        told.subheader(title, anchor=False)
        told.markdown(one.body)
        told.caption(by(frame, one))
        free = found.free(one.module)
        row = told.container(horizontal=True, vertical_alignment="bottom", gap="small")
        to = row.selectbox(
            say("examples.move_to"),
            list(free),
            format_func=free.__getitem__,
            key=f"{stem}/to",
        )
        if free and row.button(say("examples.move"), key=f"{stem}/move"):
            with writing() as session:
                examples.move(
                    session,
                    frame.viewer,
                    module=one.module,
                    screen=one.screen,
                    to=to,
                    now=frame.now,
                )
            fresh(say("examples.moved"))
        if row.button(say("examples.delete"), type="tertiary", key=f"{stem}/delete"):
            if wrong := keep(frame, module=one.module, screen=one.screen, body="", one=one):
                told.error(wrong, icon=":material/error:")
            else:
                fresh(say("examples.deleted"))


with page("examples", width=860) as frame:
    say, surface = frame.say, frame.surface
    with reading() as database:
        found = examples.examples(database, frame.viewer)
    surface.page_link(script("local"), label=say("examples.back"), icon=":material/arrow_back:")
    surface.title(say("examples.title"), anchor=False)
    organisation = markup.literal(frame.viewer.organisation)
    surface.markdown(say("examples.sentence", organisation=organisation))
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check_circle:")
    if found.orphans:
        orphans(frame, found)
    form(frame, found)
    written(frame, found)

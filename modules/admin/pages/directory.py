import uuid

import streamlit as st

from db.engine import reading, writing
from db.scim_clients import SCOPES, Client
from modules import days, markup
from modules.admin import directory
from modules.basics import BadInput, Words
from modules.settings import settings
from modules.shell import parts
from modules.shell.frame import Frame, page

MADE = "directory/made"
SAID = "directory/said"
# What a new token works for, in days.
DAYS = (90, 365, 730)


def address() -> str:
    """Where a directory finds us: as people reach Steward, else as this browser did."""
    public = settings().public_url.rstrip("/")
    here = st.context.url or ""
    return f"{public or '/'.join(here.split('/')[:3])}/scim/v2"


def state(one: Client, frame: Frame) -> str:
    """Whether its token works, and until when."""
    until = days.short(one.expires_at.date())
    if one.revoked_at:
        return frame.say("directory.revoked", day=days.short(one.revoked_at.date()))
    return frame.say("directory.works" if one.works(frame.now) else "directory.over", day=until)


def scopes(names: tuple[str, ...], say: Words) -> str:
    """What a directory may do, in words."""
    return ", ".join(say(f"directory.scope.{one.replace(':', '_')}") for one in names)


def listed(frame: Frame, found: tuple[Client, ...]) -> None:
    """Every directory, and a way to end one."""
    say = frame.say
    card = frame.surface.container(key="card-clients")
    card.header(say("directory.list"), anchor=False)
    if not found:
        card.markdown(say("directory.none"))
        return
    head = [say(f"directory.{name}") for name in ("name", "may", "state", "used")]
    rows = [
        (
            one.name,
            scopes(one.scopes, say),
            state(one, frame),
            days.short(one.used_on) if one.used_on else say("directory.never"),
        )
        for one in found
    ]
    parts.table(card, say("directory.list"), head, rows)
    working = {str(one.id): one.name for one in found if one.works(frame.now)}
    if not working:
        return
    row = card.container(horizontal=True, vertical_alignment="bottom")
    chosen = row.selectbox(
        say("directory.end"),
        list(working),
        index=None,
        format_func=lambda key: working.get(key, ""),
        placeholder=say("directory.end_placeholder"),
        key=f"directory/end/{len(working)}",
        width=320,
    )
    pressed = row.button(say("directory.revoke"), key="directory/revoke", disabled=chosen is None)
    if pressed and chosen:
        with writing() as session:
            id_ = uuid.UUID(chosen)
            directory.disconnect(session, frame.viewer, id=id_, now=frame.now)
        st.session_state[SAID] = say("directory.ended", name=markup.literal(working[chosen]))
        st.rerun()


def form(frame: Frame) -> None:
    """Let another directory in."""
    say = frame.say
    card = frame.surface.container(key="card-new")
    card.header(say("directory.new"), anchor=False)
    with card.form("directory-new", border=False):
        name = st.text_input(say("directory.name"), key="directory/name", max_chars=60, width=420)
        chosen = st.pills(
            say("directory.may"),
            SCOPES,
            selection_mode="multi",
            default=list(SCOPES),
            format_func=lambda one: say(f"directory.scope.{one.replace(':', '_')}"),
            key="directory/scopes",
        )
        length = st.radio(
            say("directory.days"),
            DAYS,
            index=1,
            format_func=lambda number: say("directory.n_days", n=number),
            horizontal=True,
            key="directory/days",
        )
        pressed = st.form_submit_button(say("directory.make"), type="primary")
    if not pressed:
        return
    try:
        with writing() as session:
            token = directory.connect(
                session,
                frame.viewer,
                name=name or "",
                scopes=chosen or (),
                days=length or DAYS[0],
                now=frame.now,
            )
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return
    # For the next run alone: it is kept nowhere.
    st.session_state[MADE] = token
    st.rerun()


with page("directory", width=960) as frame:
    say, surface = frame.say, frame.surface
    with reading() as database:
        found = directory.clients(database, frame.viewer)
    surface.title(say("directory.title"), anchor=False)
    surface.markdown(say("directory.sentence"))
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check_circle:")
    if token := st.session_state.pop(MADE, ""):
        band = surface.container(key="band-token")
        band.markdown(f":material/key: {say('directory.token')}")
        band.code(token, language=None, wrap_lines=True)
    listed(frame, found)
    form(frame)
    card = surface.container(key="card-how")
    card.header(say("directory.how"), anchor=False)
    card.markdown(say("directory.base"))
    card.code(address(), language=None, wrap_lines=True)
    for name in ("entra", "okta"):
        card.subheader(say(f"directory.{name}"), anchor=False)
        card.markdown(say(f"directory.{name}_how"))
    card.caption(say("directory.kept"))

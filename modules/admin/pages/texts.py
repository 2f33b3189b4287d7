"""Policies of the organisation's own: written, previewed, published in versions, and ended."""

import uuid

import streamlit as st

from db.engine import reading, writing
from modules import days, fields, markup, policies
from modules.basics import BadInput, Surface
from modules.policies import Listed
from modules.policies.writing import LONGEST, LONGEST_TITLE, MOST_DAYS
from modules.shell import parts
from modules.shell.frame import Frame, page

SAID, TURN = "texts/said", "texts/turn"
# Days that people have, to begin with.
DAYS = 14


def write(frame: Frame, box: Surface, stem: str, before: str) -> str:
    """The text as it is typed, with its preview below."""
    say = frame.say
    text = fields.text(
        box,
        say("texts.body"),
        key=f"{stem}/body",
        value=before,
        max_chars=LONGEST,
        lines=14,
        help=say("texts.body_help"),
    )
    if text.strip():
        preview = box.expander(say("texts.preview"), icon=":material/visibility:")
        preview.container(key=f"read-{stem.replace('/', '-')}").markdown(markup.written(text))
    return text


def new(frame: Frame) -> None:
    """A policy that is not there yet."""
    say = frame.say
    # What was published is gone from the fields: the next one begins empty.
    stem = f"texts/new/{st.session_state.get(TURN, 0)}"
    box = frame.surface.container(key="card-new", gap="small")
    box.header(say("texts.new"), anchor=False)
    title = fields.text(box, say("texts.name"), key=f"{stem}/title", max_chars=LONGEST_TITLE)
    number = box.number_input(say("texts.days"), 1, MOST_DAYS, DAYS, key=f"{stem}/days", width=240)
    text = write(frame, box, stem, "")
    if box.button(say("texts.publish"), type="primary", key="texts/new/do"):
        try:
            with writing() as session:
                policies.begin(
                    session,
                    frame.viewer,
                    title=title,
                    body=text,
                    due_days=int(number),
                    now=frame.now,
                )
        except BadInput as bad:
            box.error(str(bad), icon=":material/error:")
            return
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        st.session_state[SAID] = say("texts.published", title=markup.literal(title.strip()))
        st.rerun()


def one(frame: Frame, listed: Listed, least: int) -> None:
    """A policy that holds, or held: its counts, its newest text, another version, its end."""
    say, held = frame.say, listed.held
    box = frame.surface.container(key=f"card-text-{held.id}", gap="small")
    box.header(markup.literal(held.title), anchor=False)
    day = days.moment(held.asked_at, frame.viewer.clock)
    box.markdown(say("texts.state", number=held.newest, asked=held.asked, day=day, n=held.due_days))
    if listed.done is None:
        box.markdown(say("texts.hidden", least=least))
    else:
        box.markdown(say("texts.counts", done=listed.done, people=listed.people))
    if held.ended_at:
        box.caption(say("texts.ended", day=days.moment(held.ended_at, frame.viewer.clock)))
        return
    row = box.container(horizontal=True)
    opened = st.session_state.get("texts/open") == held.id
    if row.button(
        say("texts.close" if opened else "texts.change"),
        icon=":material/edit:",
        key=f"texts/open/{held.id}",
    ):
        st.session_state["texts/open"] = None if opened else held.id
        st.rerun()
    ask = row.popover(say("texts.end"), key=f"texts/end/{held.id}")
    ask.markdown(say("texts.end_sure"))
    if ask.button(say("texts.end_yes"), key=f"texts/end/yes/{held.id}"):
        try:
            with writing() as session:
                policies.end(session, frame.viewer, policy_id=held.id, now=frame.now)
        except BadInput as bad:
            ask.error(str(bad), icon=":material/error:")
            return
        st.rerun()
    if opened:
        version(frame, box, held.id, held.title)


def version(frame: Frame, box: Surface, policy_id: uuid.UUID, title: str) -> None:
    """Another version: it asks everybody again, or changes only the wording."""
    say = frame.say
    with reading() as session:
        newest, *_ = policies.versions(session, frame.viewer, policy_id=policy_id)
    stem = f"texts/{policy_id}/{newest.number}"
    text = write(frame, box, stem, newest.body)
    again = box.radio(
        say("texts.again"),
        (True, False),
        index=None,
        format_func=lambda yes: say("texts.again_yes" if yes else "texts.again_no"),
        key=f"{stem}/again",
    )
    if box.button(say("texts.publish_version"), type="primary", key=f"{stem}/do"):
        if again is None:
            box.warning(say("do.first"), icon=":material/info:")
            return
        try:
            with writing() as session:
                policies.publish(
                    session,
                    frame.viewer,
                    policy_id=policy_id,
                    body=text,
                    asks_again=again,
                    now=frame.now,
                )
        except BadInput as bad:
            box.error(str(bad), icon=":material/error:")
            return
        st.session_state["texts/open"] = None
        st.session_state[SAID] = say("texts.published", title=markup.literal(title))
        st.rerun()


with page("texts", width=860) as frame:
    say, surface = frame.say, frame.surface
    with reading() as session:
        every, least = policies.listed(session, frame.viewer, now=frame.now)
    surface.title(say("texts.title"), anchor=False)
    surface.markdown(say("texts.sentence"))
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check_circle:")
    if not every:
        parts.empty(surface, "empty", say("texts.none"), say("texts.none_sentence"))
    for listed in every:
        one(frame, listed, least)
    new(frame)

import uuid

import streamlit as st

from db.engine import reading, writing
from modules.author import changing, contents, deciding, doing, publishing, remarks
from modules.basics import BadInput, ContentError
from modules.shell import parts
from modules.shell.frame import page
from modules.shell.menu import script

SAID, WRONG = "publish/said", "publish/wrong"

with page("publish", width=860) as frame:
    say, surface, viewer = frame.say, frame.surface, frame.viewer
    surface.page_link(script("modules"), label=say("author.back"), icon=":material/arrow_back:")
    try:
        id = uuid.UUID(st.query_params.get("draft", ""))
    except ValueError:
        parts.empty(
            surface, "empty", say("publish.choose"), say("publish.choose_sentence"), level=1
        )
        st.stop()
    with reading() as session:
        found = publishing.sheet(session, viewer, id=id, now=frame.now)
    draft = found.draft

    def act(what: str, **given: object) -> None:
        """Do it as it was seen, then show the page as it is now."""
        try:
            with writing() as writer:
                done = doing.act(what, writer, viewer, of=found, now=frame.now, given=given)
        except (BadInput, ContentError) as refused:
            st.session_state[WRONG] = str(refused)
        else:
            st.session_state[SAID] = say(f"publish.said.{done}")
        st.rerun()

    title, sentence = deciding.headline(frame, found)
    surface.title(title, anchor=False)
    surface.markdown(sentence)
    if wrong := st.session_state.pop(WRONG, ""):
        surface.error(wrong, icon=":material/error:")
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check_circle:")
    if draft.ended_at:
        parts.empty(surface, "done", say("publish.ended"), say("publish.ended_sentence"))
        place = {"module": draft.module}
        surface.page_link(script("versions"), label=say("versions.open"), query_params=place)
        st.stop()
    contents.to_read(frame, surface, found)
    deciding.problems(frame, found)
    if publishing.may_publish(viewer):
        deciding.catching_up(frame, found, act)
    changing.card(frame, found, act)
    deciding.people(frame, found)
    deciding.difference(frame, found)
    review = surface.container(key="card-review", gap="small")
    review.header(say("publish.review"), anchor=False)
    remarks.comments(frame, review, found, act)
    remarks.say_something(frame, review, found, act)
    decide = surface.container(key="card-decide", gap="small")
    deciding.button(frame, decide, found, act)
    deciding.leaving(frame, found, act)

from functools import partial

import streamlit as st

from db import scrubbing
from db.engine import engine, reading, writing
from db.own_requests import Asked
from modules import days, markup
from modules.admin import requests
from modules.basics import BadInput, Surface
from modules.personal import erasure
from modules.shell import parts
from modules.shell.frame import Frame, page

SAID = "requests/said"


def one_request(frame: Frame, card: Surface, one: Asked) -> None:
    """An open request: what she asks, what stands now, and the decision with its sentence."""
    say, viewer = frame.say, frame.viewer
    card.header(markup.literal(one.name), anchor=False)
    day = days.short(viewer.today(one.asked_at))
    due = days.short(viewer.today(one.asked_at + requests.ANSWER_WITHIN))
    card.markdown(say(f"requests.{one.kind}", day=day, due=due, email=markup.literal(one.email)))
    if one.person_id == viewer.person_id:
        card.info(say("requests.own"), icon=":material/info:")
        return
    corrected: dict[str, str] = {}
    if one.kind == "correction":
        card.markdown(say("requests.said", text=markup.literal(one.text)))
        with reading() as session:
            held = requests.held(session, viewer, person_id=one.person_id)
        for name, value in held.items():
            corrected[name] = card.text_input(
                say(f"requests.field.{name}"),
                value,
                max_chars=requests.WIDEST,
                autocomplete="off",
                on_change="ignore",
                key=f"requests/{one.id}/{name}",
            )
    else:
        card.markdown(say("requests.erasure_about"))
    answer = card.text_input(
        say("requests.answer_refusing" if one.kind == "erasure" else "requests.answer"),
        max_chars=requests.LONGEST,
        help=say("requests.answer_help"),
        on_change="ignore",
        key=f"requests/{one.id}/answer",
    )
    row = card.container(horizontal=True)
    yes = row.button(say(f"requests.do_{one.kind}"), type="primary", key=f"requests/{one.id}/do")
    no = row.button(say("requests.refuse"), key=f"requests/{one.id}/refuse")
    if yes or no:
        act = partial(
            requests.decide,
            viewer=viewer,
            id=one.id,
            done=yes,
            answer=answer or "",
            corrected=corrected,
            now=frame.now,
        )
        settle(frame, card, one, act, yes)


def settle(frame: Frame, card: Surface, one: Asked, act: partial[Asked], done: bool) -> None:
    """Decide, overwrite what an erasure left behind, and show the list as it is now."""
    try:
        with writing() as session:
            act(session)
    except BadInput as bad:
        card.warning(str(bad), icon=":material/info:")
        return
    if done and one.kind == "erasure":
        scrubbing.scrub(engine(), erasure.tables())
    st.session_state[SAID] = f"{one.kind}_{'done' if done else 'refused'}"
    st.rerun()


with page("requests", width=860) as frame:
    say, surface = frame.say, frame.surface
    with reading() as session:
        found = requests.requests(session, frame.viewer)
    still = [one for one in found if one.state == "open"]
    many = "none" if not still else "one" if len(still) == 1 else "many"
    surface.title(say(f"requests.title_{many}", n=len(still)), anchor=False)
    surface.markdown(say("requests.sentence"))
    if said := st.session_state.pop(SAID, ""):
        surface.success(say(f"requests.told_{said}"), icon=":material/check_circle:")
    for one in still:
        one_request(frame, surface.container(key=f"card-request-{one.id}", gap="small"), one)
    if before := [one for one in found if one.state != "open"]:
        card = surface.container(key="card-decided")
        card.header(say("requests.decided"), anchor=False)
        head = [say(f"requests.column.{name}") for name in ("who", "what", "state", "on", "answer")]
        rows = [
            (
                one.name,
                say(f"me.request_kind.{one.kind}"),
                say(f"requests.state.{one.state}"),
                days.short(frame.viewer.today(one.decided_at)) if one.decided_at else "",
                one.answer,
            )
            for one in before
        ]
        parts.table(card, say("requests.decided"), head, rows)

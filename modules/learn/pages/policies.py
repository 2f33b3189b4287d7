"""The organisation's own policies: which are open, the text, and the reader's word."""

import uuid

import streamlit as st

from db.engine import reading, writing
from db.policies import Text
from modules import days, markup, policies
from modules.basics import BadInput
from modules.policies import Mine
from modules.shell import address, parts
from modules.shell.frame import Frame, page
from modules.shell.menu import script


def asked_for() -> uuid.UUID | None:
    """The policy in the address, if it is an id at all."""
    try:
        return uuid.UUID(st.query_params.get("policy", ""))
    except ValueError:
        return None


def state(frame: Frame, one: Mine) -> str:
    """How a policy stands for its reader, in words."""
    say = frame.say
    if one.until:
        late = one.until < frame.viewer.today(frame.now)
        key = "policies.late" if late else "policies.again" if one.said else "policies.open"
        return say(key, day=days.short(one.until))
    day = days.moment(one.said_at, frame.viewer.clock) if one.said_at else ""
    key = "policies.ended" if one.held.ended_at else "policies.said"
    return say(key, day=day, number=one.said)


def listing(frame: Frame, mine: tuple[Mine, ...]) -> None:
    """Every policy with how it stands; the open ones first."""
    say, surface = frame.say, frame.surface
    waiting = sum(one.until is not None for one in mine)
    key = "none" if not waiting else "one" if waiting == 1 else "many"
    surface.title(say(f"policies.title_{key}", n=waiting), anchor=False)
    if not mine:
        parts.empty(surface, "empty", say("policies.empty"), say("policies.empty_sentence"))
        return
    for one in mine:
        card = surface.container(key=f"card-policy-{one.held.id}", gap="small")
        card.header(markup.literal(one.held.title), anchor=False)
        card.markdown(state(frame, one))
        card.page_link(
            script("policies"),
            label=say("policies.read" if one.until else "policies.look"),
            icon=":material/arrow_forward:",
            query_params={"policy": str(one.held.id)},
        )


def body(frame: Frame, one: Mine, texts: tuple[Text, ...]) -> None:
    """The text that holds, then the button that says what it says, then earlier versions."""
    say, surface, newest = frame.say, frame.surface, texts[0]
    surface.page_link(script("policies"), label=say("policies.back"), icon=":material/arrow_back:")
    head = surface.container(gap="xxsmall")
    parts.eyebrow(
        head,
        say(
            "policies.version",
            number=newest.number,
            day=days.moment(newest.published_at, frame.viewer.clock),
        ),
    )
    head.title(markup.literal(one.held.title), anchor=False)
    head.markdown(state(frame, one))
    surface.container(key="read-policy").markdown(markup.written(newest.body))
    if one.until:
        band = surface.container(key="band-policy", gap="small")
        band.markdown(say("policies.saying"))
        if band.button(
            say("policies.acknowledge", number=newest.number),
            type="primary",
            icon=":material/check:",
            key="policies/say",
        ):
            try:
                with writing() as session:
                    policies.acknowledge(
                        session,
                        frame.viewer,
                        policy_id=one.held.id,
                        number=newest.number,
                        now=frame.now,
                    )
            except BadInput as bad:
                band.warning(str(bad), icon=":material/info:")
                return
            st.rerun()
    if texts[1:]:
        surface.header(say("policies.earlier"), anchor=False)
    for text in texts[1:]:
        day = days.moment(text.published_at, frame.viewer.clock)
        more = surface.expander(say("policies.version", number=text.number, day=day))
        more.markdown(markup.written(text.body))


with page("policies", width=860) as frame:
    address.hold()
    chosen = asked_for()
    with reading() as session:
        mine = policies.my_policies(session, frame.viewer)
        one = next((one for one in mine if one.held.id == chosen), None)
        texts = (
            policies.opened(session, frame.viewer, policy_id=one.held.id) if one is not None else ()
        )
    if one is not None:
        body(frame, one, texts)
    else:
        listing(frame, mine)

"""Training that took place elsewhere: entered by hand for one person or a whole classroom."""

import uuid
from datetime import timedelta

import streamlit as st

from db.engine import reading, writing
from db.proofs import Entered
from modules import courses, days, markup, proofs
from modules.access import Role
from modules.basics import BadInput, Surface
from modules.proofs import Proof
from modules.proofs.lists import KINDS, LONGEST, MOST, REASONS
from modules.shell.frame import Frame, page
from modules.shell.menu import script

SAID = "proofs/said"
# Characters of a pasted list: 500 addresses of a usual length with names.
LONGEST_LIST = 60_000


def asked_for() -> uuid.UUID | None:
    """The person in the address, if it is an id at all."""
    try:
        return uuid.UUID(st.query_params.get("person", ""))
    except ValueError:
        return None


def who(frame: Frame, box: Surface) -> dict[uuid.UUID, str]:
    """Whom it is about: chosen from the own people, or pasted; wrong lines are told."""
    say = frame.say
    with reading() as session:
        own = proofs.choices(session, frame.viewer, now=frame.now)
        named = proofs.named(session, frame.viewer, person_id=asked_for(), now=frame.now)
    names = {one.person_id: f"{one.name} · {one.unit}" for one in own}
    if named:
        names.setdefault(named.person_id, f"{named.name} · {named.unit}")
    chosen: list[uuid.UUID] = []
    if names:
        first = [named.person_id] if named else []
        chosen = box.multiselect(
            say("proofs.who"),
            list(names),
            default=first,
            format_func=lambda one: names[one],
            placeholder=say("proofs.who_placeholder"),
            key=f"proofs/who/{named.person_id if named else ''}",
        )
    found = {one: names[one] for one in chosen}
    text = box.text_area(
        say("proofs.paste"),
        key="proofs/paste",
        height=120,
        max_chars=LONGEST_LIST,
        help=say("proofs.paste_help", n=MOST),
    )
    if not text.strip():
        return found
    with reading() as session:
        pasted = proofs.find(session, frame.viewer, text=text, now=frame.now)
    found.update({one.person_id: f"{one.name} · {one.unit}" for one in pasted.people})
    if pasted.wrong:
        lines = [
            say(f"proofs.wrong_{one.why}", line=one.line, text=markup.literal(one.text[:80]))
            for one in pasted.wrong
        ]
        box.error(
            say("proofs.wrong", n=len(lines)) + "\n" + "\n".join(f"- {one}" for one in lines[:20]),
            icon=":material/error:",
        )
        return {}
    return found


def form(frame: Frame) -> None:
    """What took place, for whom; all of it or nothing is kept."""
    say, viewer = frame.say, frame.viewer
    box = frame.surface.container(key="card-proof")
    with reading() as session:
        modules = proofs.modules(session, viewer)
    module = box.selectbox(
        say("do.module"), modules, format_func=courses.title, key="proofs/module"
    )
    kind = box.radio(
        say("proofs.what"),
        KINDS,
        format_func=lambda one: say(f"proofs.kind.{one}").capitalize(),
        key="proofs/kind",
        horizontal=True,
    )
    reason = box.radio(
        say("proofs.why"),
        REASONS,
        format_func=lambda one: say(f"proofs.reason.{one}"),
        key="proofs/reason",
    )
    row = box.container(horizontal=True)
    today = viewer.today(frame.now)
    day = row.date_input(
        say("proofs.day"),
        today,
        min_value=today - timedelta(days=1096),
        max_value=today,
        format="DD/MM/YYYY",
        key="proofs/day",
        width=180,
    )
    document = row.text_input(
        say("proofs.document"),
        key="proofs/document",
        max_chars=LONGEST,
        help=say("proofs.document_help"),
        width=420,
    )
    people = who(frame, box)
    if len(people) > 1:
        names = "\n".join(f"- {markup.literal(one)}" for one in people.values())
        box.expander(say("proofs.people", n=len(people))).markdown(names)
    label = say("proofs.enter_one" if len(people) == 1 else "proofs.enter", n=len(people))
    if box.button(label if people else say("proofs.enter_none"), type="primary", key="proofs/do"):
        proof = Proof(module or "", kind or "", reason or "", day, document)
        try:
            with writing() as session:
                number = proofs.enter(
                    session, viewer, person_ids=list(people), proof=proof, now=frame.now
                )
        except BadInput as bad:
            box.error(str(bad), icon=":material/error:")
            return
        st.session_state[SAID] = say(
            "proofs.done_one" if number == 1 else "proofs.done",
            n=number,
            module=courses.title(proof.module),
        )
        for key in [one for one in st.session_state if str(one).startswith("proofs/who")]:
            del st.session_state[key]
        del st.session_state["proofs/paste"]
        st.query_params.pop("person", None)
        st.rerun()


def entry(frame: Frame, box: Surface, one: Entered) -> None:
    """What was entered, by whom, and taking it back."""
    say = frame.say
    row = box.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small")
    told = say(
        "proofs.entry",
        name=markup.literal(one.name),
        module=courses.title(one.module),
        kind=say(f"proofs.kind.{one.kind}"),
        day=days.short(one.happened_on),
        document=markup.literal(one.document),
        by=markup.literal(one.by),
        on=days.short(frame.viewer.today(one.given_at)),
    )
    if one.withdrawn_at:
        day = days.short(frame.viewer.today(one.withdrawn_at))
        gone = say("proofs.withdrawn", name=markup.literal(one.withdrawn), day=day)
        row.markdown(f"{told}  \n**{gone}**")
        return
    row.markdown(told, width="stretch")
    ask = row.container(key=f"brief-{one.id}", width="content").popover(
        say("proofs.withdraw", name=markup.literal(one.name)),
        icon=":material/undo:",
        key=f"proofs/ask/{one.id}",
    )
    ask.markdown(say("proofs.withdraw_sure"))
    if ask.button(say("proofs.withdraw_yes"), key=f"proofs/withdraw/{one.id}"):
        try:
            with writing() as session:
                proofs.withdraw(session, frame.viewer, id=one.id, now=frame.now)
        except BadInput as bad:
            ask.error(str(bad), icon=":material/error:")
            return
        st.session_state[SAID] = say("proofs.taken", name=markup.literal(one.name))
        st.rerun()


with page("proofs", width=860) as frame:
    say, viewer, surface = frame.say, frame.viewer, frame.surface
    surface.title(say("proofs.title"), anchor=False)
    surface.markdown(say("proofs.sentence"))
    back = "team" if Role.MANAGER in viewer.roles else "people"
    surface.page_link(script(back), label=say(f"nav.{back}"), icon=":material/arrow_back:")
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check_circle:")
        # The button that did it stands far below.
        st.toast(said, icon=":material/check_circle:")
    form(frame)
    with writing() as session:
        before = proofs.entered(session, viewer, now=frame.now)
    box = surface.container(key="card-entered", gap="small")
    box.header(say("proofs.entered"), anchor=False)
    if not before:
        box.markdown(say("proofs.entered_none"))
    for one in before:
        entry(frame, box.container(key=f"line-{one.id}"), one)
    surface.caption(say("proofs.note"))

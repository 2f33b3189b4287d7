import uuid
from datetime import date, timedelta

import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.access import BY_UNIT, GRANTED, Role
from modules.admin import deputies, roles
from modules.admin.choosing import choose, chosen_by_button, names_of, units_of
from modules.agreement.current import agreed
from modules.basics import BadInput
from modules.shell import parts
from modules.shell.frame import Frame, page

SAID, TURN = "roles/said", "roles/turn"


def fresh(said: str) -> None:
    """Draw every field anew, with what was done."""
    st.session_state[SAID] = said
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.rerun()


def until(frame: Frame, ends: date | None) -> str:
    """The last day, in words."""
    return days.short(ends - timedelta(days=1)) if ends else frame.say("roles.no_end")


def held(frame: Frame, found: roles.Roles) -> None:
    """The roles that are held, and the way to take one away."""
    say = frame.say
    card = frame.surface.container(key="card-roles")
    card.header(say("roles.held"), anchor=False)
    rows, names = [], {}
    for one in found.given:
        reach = one.unit or say("roles.whole")
        role = say(f"role.{one.role}")
        shown = one.names and agreed().names.auditors_see_names
        told = say("roles.with_names", role=role) if shown else role
        since = days.short(frame.viewer.today(one.granted_at))
        rows.append((one.name, told, reach, since, until(frame, one.ends)))
        names[str(one.id)] = f"{one.name} · {told} · {reach}"
    header = [say(f"roles.{name}") for name in ("who", "role", "reach", "since", "until")]
    parts.table(card, say("roles.held"), header, rows)
    turn = st.session_state.get(TURN, 0)
    chosen = chosen_by_button(
        card,
        names,
        ask=say("roles.take_which"),
        placeholder=say("roles.choose"),
        button=say("roles.take"),
        none=say("roles.take_none"),
        key=f"roles/{turn}/take",
    )
    if chosen:
        with writing() as session:
            roles.take(session, frame.viewer, grant_id=uuid.UUID(chosen), now=frame.now)
        fresh(say("roles.taken", what=markup.literal(names[chosen])))


def new(frame: Frame, found: roles.Roles) -> None:
    """A form to give a role."""
    say, turn = frame.say, st.session_state.get(TURN, 0)
    card = frame.surface.container(key="card-give")
    card.header(say("roles.give"), anchor=False)
    people = names_of(found.people)
    who = choose(
        card, say("roles.who"), people, say("admin.open_placeholder"), key=f"roles/{turn}/who"
    )
    role = card.selectbox(
        say("roles.role"),
        list(GRANTED),
        format_func=lambda one: say(f"role.{one}"),
        key=f"roles/{turn}/role",
        width=480,
    )
    card.caption(say(f"roles.about.{role}"))
    unit = None
    if role in BY_UNIT:
        tree = {"": say("roles.whole"), **units_of(found.units)}
        unit = card.selectbox(
            say("roles.reach"),
            list(tree),
            format_func=tree.__getitem__,
            key=f"roles/{turn}/unit",
            width=480,
        )
    names = False
    if role is Role.AUDITOR and agreed().names.auditors_see_names:
        names = card.checkbox(say("roles.names"), key=f"roles/{turn}/names")
    elif role is Role.AUDITOR:
        card.caption(say("roles.names_not_agreed"))
    last = card.date_input(
        say("roles.last"),
        None,
        min_value=frame.viewer.today(frame.now),
        format="DD/MM/YYYY",
        help=say("roles.last_help"),
        key=f"roles/{turn}/last",
        width=320,
    )
    if not card.button(say("roles.give_it"), type="primary", key=f"roles/{turn}/give"):
        return
    if not who:
        card.error(say("roles.give_none"), icon=":material/error:")
        return
    with writing() as session:
        roles.give(
            session,
            frame.viewer,
            person_id=uuid.UUID(who),
            role=role,
            unit_id=uuid.UUID(unit) if unit else None,
            names=names,
            last=last,
            now=frame.now,
        )
    fresh(say("roles.given", name=markup.literal(people[who]), role=say(f"role.{role}")))


def acting(frame: Frame, found: deputies.Deputies) -> None:
    """Whoever acts for a manager, and the way to end it."""
    say, turn = frame.say, st.session_state.get(TURN, 0)
    card = frame.surface.container(key="card-deputies")
    card.header(say("deputies.title"), anchor=False)
    card.markdown(say("deputies.sentence"))
    if not found.acting:
        return
    rows, names = [], {}
    for one in found.acting:
        kind = say(f"deputies.kind.{one.kind}")
        rows.append((one.deputy, one.manager, kind, days.short(one.starts), until(frame, one.ends)))
        names[str(one.id)] = say("deputies.line", deputy=one.deputy, manager=one.manager)
    header = [say(f"deputies.{name}") for name in ("deputy", "manager", "kind", "from", "until")]
    parts.table(card, say("deputies.title"), header, rows)
    chosen = chosen_by_button(
        card,
        names,
        ask=say("deputies.end_which"),
        placeholder=say("roles.choose"),
        button=say("deputies.end"),
        none=say("deputies.end_none"),
        key=f"deputies/{turn}/end",
    )
    if chosen:
        with writing() as session:
            deputies.end(session, frame.viewer, id=uuid.UUID(chosen), now=frame.now)
        fresh(say("deputies.ended", what=markup.literal(names[chosen])))


def deputy(frame: Frame, found: deputies.Deputies) -> None:
    """A form to let somebody act for a manager."""
    say, turn = frame.say, st.session_state.get(TURN, 0)
    card = frame.surface.container(key="card-deputy")
    card.header(say("deputies.give"), anchor=False)
    people = names_of(found.people)
    nobody = say("admin.open_placeholder")
    manager = choose(card, say("deputies.manager"), people, nobody, key=f"deputies/{turn}/manager")
    helper = choose(card, say("deputies.deputy"), people, nobody, key=f"deputies/{turn}/deputy")
    kind = card.container(key="choices-kind").radio(
        say("deputies.kind"),
        deputies.KINDS,
        format_func=lambda one: say(f"deputies.kind.{one}"),
        key=f"deputies/{turn}/kind",
    )
    today = frame.viewer.today(frame.now)
    row = card.container(horizontal=True)
    first = row.date_input(
        say("deputies.from"), today, format="DD/MM/YYYY", key=f"deputies/{turn}/from", width=240
    )
    last = row.date_input(
        say("deputies.last"), None, format="DD/MM/YYYY", key=f"deputies/{turn}/last", width=240
    )
    if not card.button(say("deputies.give_it"), key=f"deputies/{turn}/give"):
        return
    if not manager or not helper or not first:
        card.error(say("deputies.give_none"), icon=":material/error:")
        return
    try:
        with writing() as session:
            deputies.give(
                session,
                frame.viewer,
                manager_id=uuid.UUID(manager),
                deputy_id=uuid.UUID(helper),
                kind=kind,
                starts=first,
                last=last,
                now=frame.now,
            )
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return
    told = say("deputies.line", deputy=people[helper], manager=people[manager])
    fresh(say("deputies.given", what=markup.literal(told)))


with page("roles") as frame:
    with reading() as session:
        found = roles.roles(session, frame.viewer, now=frame.now)
        those = deputies.deputies(session, frame.viewer, now=frame.now)
    frame.surface.title(frame.say("roles.title"), anchor=False)
    frame.surface.markdown(frame.say("roles.sentence"))
    if said := st.session_state.pop(SAID, ""):
        frame.surface.success(said, icon=":material/check:")
    held(frame, found)
    new(frame, found)
    acting(frame, those)
    deputy(frame, those)

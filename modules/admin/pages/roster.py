import json

import streamlit as st
from sqlalchemy.exc import IntegrityError

from db.engine import reading, writing
from modules import days, markup
from modules.admin import roster, roster_drawing
from modules.admin.roster import Choices, Home, Sight
from modules.basics import BadInput, Surface
from modules.exchange.reading import Table
from modules.exchange.roster import MEANWHILE
from modules.shell import parts
from modules.shell.frame import Frame, page

KINDS = ["csv", "txt", "tsv", "xlsx", "zip"]
# Megabytes; the server's own limit. A million people are imported by command.
LARGEST = 10
SAID, TURN, SIGHT, ASKED = "roster/said", "roster/turn", "roster/sight", "roster/undo-asked"


def fresh(said: str) -> None:
    """Draw the page anew, without the file, and say what was done."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state[SAID] = said
    st.session_state.pop(SIGHT, None)
    st.session_state.pop(ASKED, None)
    st.rerun()


def decide(
    frame: Frame, card: Surface, table: Table, picked: Choices, sight: Sight, turn: int
) -> None:
    """The button that imports, once nothing stops it."""
    say = frame.say
    leaving = None
    others = [code for code, _ in sight.stops if code != "roster.stop.many"]
    if sight.stopped("many") and not others:
        label = say("roster.confirm", n=f"{sight.leaving:,}")
        if card.checkbox(label, key=f"roster/{turn}/many/{sight.leaving}"):
            leaving = sight.leaving
    if sight.nothing:
        card.success(say("roster.nothing"), icon=":material/check_circle:")
        return
    blocked = bool(others) or (sight.stopped("many") and leaving is None)
    if blocked:
        card.caption(say("roster.blocked"))
    pressed = card.button(
        say("roster.import"), type="primary", disabled=blocked, key=f"roster/{turn}/import"
    )
    if not pressed or blocked:
        return
    final = Choices(picked.mapping, picked.leavers, picked.skip_wrong, leaving)
    bar = roster_drawing.Progress(frame, card)
    try:
        with writing() as session:
            done = roster.take(session, frame.viewer, table, final, now=frame.now, tell=bar)
    except IntegrityError:
        bar.place.empty()
        card.error(MEANWHILE, icon=":material/error:")
        return
    except BadInput as bad:
        bar.place.empty()
        card.error(str(bad), icon=":material/error:")
        return
    counted = {name: f"{number:,}" for name, number in done.totals.items()}
    fresh(say("roster.done", **counted))


def bring(frame: Frame, turn: int) -> None:
    """A file: its columns, what it would do, and the button that does it."""
    say = frame.say
    card = frame.surface.container(key="card-roster")
    card.header(say("roster.bring"), anchor=False)
    file = card.file_uploader(
        say("roster.file"),
        type=KINDS,
        help=say("roster.file_help", size=LARGEST),
        max_upload_size=LARGEST,
        key=f"roster/{turn}/file",
    )
    if file is None:
        card.caption(say("roster.file_about"))
        return
    try:
        table = roster.opened(file.getvalue(), file.name)
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return
    mapped = frame.surface.container(key="card-columns")
    mapped.header(say("roster.columns"), anchor=False)
    with reading() as session:
        guessed, remembered = roster.mapping(session, frame.viewer, table)
    chosen = roster_drawing.mapping(frame, mapped, table, guessed, remembered, turn)
    picked = roster_drawing.choices(frame, mapped, chosen, turn)
    asked = json.dumps([table.sha256, chosen, picked.leavers, picked.skip_wrong], sort_keys=True)
    if mapped.button(say("roster.look"), key=f"roster/{turn}/look"):
        bar = roster_drawing.Progress(frame, mapped)
        try:
            with reading() as session:
                sight = roster.look(session, frame.viewer, table, picked, now=frame.now, tell=bar)
        except BadInput as bad:
            bar.place.empty()
            mapped.error(str(bad), icon=":material/error:")
            return
        bar.place.empty()
        st.session_state[SIGHT] = (asked, sight)
    seen = st.session_state.get(SIGHT)
    if seen is None or seen[0] != asked:
        return
    plan = frame.surface.container(key="card-plan")
    plan.header(say("roster.plan"), anchor=False)
    roster_drawing.told(frame, plan, seen[1])
    roster_drawing.lists(frame, plan, seen[1])
    decide(frame, plan, table, picked, seen[1], turn)


def before(frame: Frame, found: Home) -> None:
    """The latest imports, and the button that takes the last one back."""
    say = frame.say
    card = frame.surface.container(key="card-imports")
    card.header(say("roster.before"), anchor=False)
    if not found.imports:
        card.markdown(say("roster.before_none"))
        return
    rows = [
        (
            days.moment(one.at, frame.viewer.clock),
            one.by or say("roster.by_command"),
            say(
                "roster.line_undone" if one.undone else "roster.line",
                people=f"{one.people:,}",
                joined=f"{one.joined:,}",
                moved=f"{one.moved:,}",
                changed=f"{one.changed:,}",
                left=f"{one.left:,}",
            ),
        )
        for one in found.imports
    ]
    head = [say(f"roster.head.{name}") for name in ("when", "who", "what")]
    parts.table(card, say("roster.before"), head, rows)
    if not found.can_undo:
        return
    if not st.session_state.get(ASKED):
        if card.button(say("roster.undo"), icon=":material/undo:", key="roster/undo"):
            st.session_state[ASKED] = True
            st.rerun()
        return
    card.warning(say("roster.undo_sure"), icon=":material/help:")
    row = card.container(horizontal=True)
    if row.button(say("roster.undo_yes"), type="primary", key="roster/undo-yes"):
        try:
            with writing() as session:
                at = roster.undo(session, frame.viewer, now=frame.now)
        except BadInput as bad:
            st.session_state.pop(ASKED, None)
            card.error(str(bad), icon=":material/error:")
            return
        fresh(say("roster.undone", when=days.moment(at, frame.viewer.clock)))
    if row.button(say("roster.undo_no"), key="roster/undo-no"):
        st.session_state.pop(ASKED, None)
        st.rerun()


with page("roster", width=960) as frame:
    with reading() as database:
        found = roster.home(database, frame.viewer)
    turn = st.session_state.setdefault(TURN, 0)
    frame.surface.title(frame.say("roster.title"), anchor=False)
    name = markup.literal(frame.viewer.organisation)
    frame.surface.markdown(frame.say("roster.sentence", organisation=name))
    if said := st.session_state.pop(SAID, ""):
        frame.surface.success(said, icon=":material/check_circle:")
    bring(frame, turn)
    before(frame, found)

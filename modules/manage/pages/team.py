"""A manager's own people: who is current, due or overdue, by name. No results, ever."""

import streamlit as st

from db.engine import reading, writing
from modules import days
from modules.manage import actions, opening, wording
from modules.progress.hours import agreed_hours
from modules.progress.standing import LATE, Status
from modules.shell import parts
from modules.shell.frame import page

with page("team", width=1080) as frame:
    viewer, surface, say = frame.viewer, frame.surface, frame.say
    with reading() as session:
        team = actions.team(session, viewer, now=frame.now)
    # The log comes before the names, once a day for each; this spares the lock on later reruns.
    seen = (viewer.person_id, viewer.today(frame.now), {one.person_id for one in team.people})
    if st.session_state.get("team/seen") != seen:
        with writing() as session:
            actions.note_viewed(session, viewer, team=team, now=frame.now)
        st.session_state["team/seen"] = seen

    current, people = team.count(Status.CURRENT), len(team.people)
    which = "none" if not people else "all" if current == people else "some"
    if which == "some" and current == 1:
        which = "some_one"
    head = surface.container(gap="xxsmall")
    right = parts.title_row(
        head,
        say(f"team.title_{which}", current=current, people=people),
        eyebrow=say("team.eyebrow", day=wording.day(say, viewer.today(frame.now))),
    )
    number = team.to_remind
    label = say("team.remind_one" if number == 1 else "team.remind", people=number)
    if number:
        place = right.empty()
        if place.button(label, key="team/remind", type="primary", icon=":material/mail:"):
            with writing() as session:
                sent = actions.remind(session, viewer, now=frame.now)
            with reading() as session:
                team = actions.team(session, viewer, now=frame.now)
            place.empty()
            key = "team.sent_none" if not sent else "team.sent_one" if sent == 1 else "team.sent"
            surface.success(say(key, people=sent), icon=":material/check_circle:")
            hours = agreed_hours(viewer.zone)
            if sent and not hours.open(frame.now):
                opens = hours.opens(frame.now)
                day = wording.day(say, viewer.today(opens))
                surface.caption(say("team.arrives", day=day, clock=days.clock(opens, viewer.clock)))

    overdue, due = sum(map(team.count, LATE)), team.count(Status.DUE)
    if people:
        if due or overdue:
            head.markdown(say("team.sentence", overdue=overdue, due=due))
        columns = wording.columns()
        header = [say(f"team.column.{name}") for name in columns]
        rows = [wording.cells(say, one, columns) for one in team.people]
        parts.table(surface.container(key="card-team"), say("team.table"), header, rows)
        chosen = opening.card(frame, team, st.session_state)
        if chosen:
            who, purpose = chosen
            with writing() as session:
                sheet = actions.person(
                    session, viewer, person_id=who, purpose=purpose, now=frame.now
                )
            opening.draw(frame, sheet)
        surface.caption(say("team.privacy"))

import json

import streamlit as st

from db.engine import reading
from modules import days, markup
from modules.learn import asides, learnt, sureness
from modules.learn import record as records
from modules.shell import parts
from modules.shell.frame import page
from modules.shell.menu import script

with page("me", width=860) as frame:
    say, viewer = frame.say, frame.viewer
    with reading() as session:
        record = records.my_record(session, viewer)
        learning = learnt.my_learning(session, viewer)
        sure = sureness.my_sureness(session, viewer)
    frame.surface.title(say("me.title"), anchor=False)
    frame.surface.markdown(say("me.sentence"))
    who = frame.surface.container(key="card-who")
    who.header(markup.literal(viewer.name), anchor=False)
    roles = ", ".join(say(f"role.{one}") for one in sorted(viewer.roles))
    who.markdown(f"{markup.literal(viewer.organisation)}  \n{roles}")
    who.html(
        f'<a class="sw-secondary" href="/auth/sign-out" target="_self">{say("me.sign_out")}</a> '
        '<a class="sw-secondary" href="/auth/sign-out?everywhere=1" target="_self">'
        f"{say('me.sign_out_everywhere')}</a>"
    )
    held = frame.surface.container(key="card-held")
    held.header(say("me.held"), anchor=False)
    held.markdown(say("me.held_why"))
    held.markdown(
        say(
            "me.counts",
            answers=len(record.answers),
            attempts=record.attempts,
            completions=len(record.completions),
            notes=len(record.notes),
        )
    )
    held.download_button(
        say("me.download"),
        lambda: json.dumps(records.as_json(record), indent=1, ensure_ascii=False),
        file_name="my-answers.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="me/download",
    )
    held.markdown(say("receipts.open_why"))
    held.page_link(script("receipts"), label=say("receipts.open"), icon=":material/history:")
    learnt.draw(frame.surface.container(key="card-learnt", gap="small"), learning, say)
    picture = frame.surface.container(key="card-sure")
    sureness.draw(picture, sure, st.context.theme.type == "dark", say)
    beside = asides.Aside(frame.surface, say, viewer, frame.now, frame.patient)
    if asides.my_reports_card(beside, record.reports):
        st.rerun()
    seen = frame.surface.container(key="card-seen")
    seen.header(say("me.viewed"), anchor=False)
    if record.views:
        rows = [
            (days.moment(one.seen_at, viewer.zone), one.viewer, say(f"place.{one.place}"))
            for one in record.views
        ]
        head = (say("me.when"), say("me.viewer"), say("me.place"))
        parts.table(seen, say("me.viewed"), head, rows)
    else:
        seen.markdown(say("me.viewed_none"))

import streamlit as st

from db.engine import reading
from modules import markup
from modules.learn import asides, learnt, my_data, own_requests, sureness
from modules.learn import record as records
from modules.shell.frame import page
from modules.shell.menu import script

with page("me", width=860) as frame:
    say, viewer = frame.say, frame.viewer
    with reading() as session:
        record = records.my_record(session, viewer)
        learning = learnt.my_learning(session, viewer)
        sure = sureness.my_sureness(session, viewer)
        asked = own_requests.mine(session, viewer)
        held = own_requests.would_go(session, viewer)
    frame.surface.title(say("me.title"), anchor=False)
    frame.surface.markdown(say("me.sentence"))
    who = frame.surface.container(key="card-who")
    who.header(markup.literal(viewer.name), anchor=False)
    roles = ", ".join(say(f"role.{one}") for one in sorted(viewer.roles))
    who.markdown(f"{markup.literal(viewer.organisation)}  \n{roles}")
    who.html(
        '<div class="sw-acts">'
        f'<a class="sw-secondary" href="/account" target="_self">{say("me.account")}</a> '
        f'<a class="sw-secondary" href="/auth/sign-out" target="_self">{say("me.sign_out")}</a> '
        '<a class="sw-secondary" href="/auth/sign-out?everywhere=1" target="_self">'
        f"{say('me.sign_out_everywhere')}</a></div>"
    )
    beside = asides.Aside(frame.surface, say, viewer, frame.now, frame.patient)
    my_data.held_card(beside, held)
    proofs = frame.surface.container(key="card-receipts")
    proofs.header(say("receipts.card"), anchor=False)
    proofs.markdown(say("receipts.open_why"))
    proofs.page_link(script("receipts"), label=say("receipts.open"), icon=":material/history:")
    proofs.page_link(script("agreement"), label=say("nav.agreement"), icon=":material/handshake:")
    my_data.seen_card(frame.surface, say, record.views, viewer.clock)
    if my_data.requests_card(beside, asked, held):
        st.rerun()
    learnt.draw(frame.surface.container(key="card-learnt", gap="small"), learning, say)
    picture = frame.surface.container(key="card-sure")
    sureness.draw(picture, sure, st.context.theme.type == "dark", say)
    if asides.my_reports_card(beside, record.reports):
        st.rerun()

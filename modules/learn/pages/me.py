import streamlit as st

from db.engine import reading, writing
from modules import courses, leave, markup, proofs
from modules.learn import (
    asides,
    by_hand,
    calendar_card,
    easing,
    learnt,
    my_data,
    own_requests,
    sureness,
)
from modules.learn import reading as reading_as
from modules.learn import record as records
from modules.shell.frame import Frame, page
from modules.shell.menu import script


def reading_card(frame: Frame, how: reading_as.Reading) -> None:
    """Her time zone, and her language where there is a choice."""
    say, viewer = frame.say, frame.viewer
    card = frame.surface.container(key="card-reading")
    card.header(say("me.reading"), anchor=False)
    card.markdown(say("me.reading_sentence", organisation=markup.literal(viewer.organisation)))

    def shown(one: str) -> str:
        return one or say("me.as_organisation", which=viewer.zone)

    every = ("", *how.zones)
    row = card.container(horizontal=True, vertical_alignment="bottom")
    zone = row.selectbox(
        say("me.zone"), every, index=every.index(how.zone), format_func=shown, key="me/zone"
    )
    language = how.language
    if len(how.languages) > 1:
        tongues = ("", *how.languages)
        language = row.selectbox(
            say("me.language"),
            tongues,
            index=tongues.index(how.language),
            format_func=lambda one: one or say("me.as_organisation", which=viewer.language),
            key="me/language",
        )
    if row.button(say("me.reading_save"), key="me/reading"):

        def keep() -> None:
            with writing() as session:
                reading_as.choose(session, viewer, language=language, zone=zone, now=frame.now)

        frame.patient(keep)
        st.toast(say("me.reading_kept"))
        st.rerun()


with page("me", width=860) as frame:
    say, viewer = frame.say, frame.viewer
    with reading() as session:
        record = records.my_record(session, viewer)
        learning = learnt.my_learning(session, viewer)
        sure = sureness.my_sureness(session, viewer)
        asked = own_requests.mine(session, viewer)
        held = own_requests.would_go(session, viewer)
        entered = proofs.own_proofs(session, viewer)
        eased = leave.my_leave(session, viewer, now=frame.now)
        how = reading_as.mine(session, viewer, now=frame.now)
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
    reading_card(frame, how)
    beside = asides.Aside(frame.surface, say, viewer, frame.now, frame.patient)
    titles = courses.served()
    by_hand.card(frame.surface, entered, titles, viewer.clock, say)
    easing.record_card(frame.surface, eased, titles, say)
    my_data.held_card(beside, held)
    kept = frame.surface.container(key="card-receipts")
    kept.header(say("receipts.card"), anchor=False)
    kept.markdown(say("receipts.open_why"))
    kept.page_link(script("receipts"), label=say("receipts.open"), icon=":material/history:")
    kept.page_link(script("agreement"), label=say("nav.agreement"), icon=":material/handshake:")
    kept.page_link(script("policies"), label=say("nav.policies"), icon=":material/gavel:")
    calendar_card.draw(frame.surface, frame)
    my_data.seen_card(frame.surface, say, record.views, viewer.clock)
    if my_data.requests_card(beside, asked, held):
        st.rerun()
    learnt.draw(frame.surface.container(key="card-learnt", gap="small"), learning, say)
    picture = frame.surface.container(key="card-sure")
    sureness.draw(picture, sure, st.context.theme.type == "dark", say)
    if asides.my_reports_card(beside, record.reports):
        st.rerun()

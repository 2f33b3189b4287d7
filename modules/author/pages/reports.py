from datetime import timedelta
from functools import partial
from itertools import groupby

import streamlit as st

from db.content_reports import Told
from db.engine import reading, writing
from modules import days, markup
from modules.agreement.current import agreed
from modules.author import reports
from modules.basics import Surface
from modules.shell import places
from modules.shell.frame import Frame, page
from modules.shell.menu import script


def one_report(frame: Frame, card: Surface, told: Told) -> None:
    """A report: why, when, in which version, what was written, and the answer to it."""
    say, viewer = frame.say, frame.viewer
    day = days.short(viewer.today(told.reported_at))
    version = say("reports.version", version=told.version) if told.version else ""
    reason = say(f"report.{told.reason}")
    card.markdown(say("reports.one", reason=reason, day=day, version=version))
    if told.text:
        card.markdown(say("reports.said", text=markup.literal(told.text)))
        last = viewer.today(told.reported_at + timedelta(days=agreed().retention.reports))
        card.caption(say("reports.until", day=days.short(last)))
    if told.closed_at:
        closed = days.short(viewer.today(told.closed_at))
        card.markdown(say("reports.answered", day=closed, answer=markup.literal(told.answer)))
        if card.button(say("reports.again"), type="tertiary", key=f"reports/{told.id}/again"):
            act(partial(reports.reopen, viewer=viewer, id=told.id, now=frame.now))
        return
    # Leaving the field does not run the page: the button takes what is in it.
    answer = card.text_input(
        say("reports.answer"),
        max_chars=reports.LONGEST,
        on_change="ignore",
        key=f"reports/{told.id}/answer",
    )
    if card.button(say("reports.close"), icon=":material/check:", key=f"reports/{told.id}/close"):
        if not (answer or "").strip():
            card.warning(say("reports.answer_first"), icon=":material/info:")
            return
        act(partial(reports.close, viewer=viewer, id=told.id, answer=answer, now=frame.now))


def act(call: partial[None]) -> None:
    """Write, then show the list as it is now."""
    with writing() as session:
        call(session)
    st.rerun()


with page("reports", width=860) as frame:
    say, surface = frame.say, frame.surface
    head = surface.container(gap="small")
    kept = surface.segmented_control(
        say("reports.show"),
        reports.STATES,
        format_func=lambda one: say(f"reports.{one}"),
        default=reports.STATES[0],
        required=True,
        bind="query-params",
        key="state",
    )
    with reading() as session:
        opened = reports.listed(session, frame.viewer, state="open")
        found = opened if kept != "closed" else reports.listed(session, frame.viewer, state=kept)
    number = len(opened)
    many = "_none" if not number else "_one" if number == 1 else ""
    head.title(say(f"reports.title{many}", n=number), anchor=False)
    head.markdown(say("reports.sentence"))
    if not found:
        surface.markdown(say(f"reports.none_{'closed' if kept == 'closed' else 'open'}"))
    for (module, place), ones in groupby(found, key=lambda one: (one.module, one.place)):
        card = surface.container(key=f"card-report-{module}-{place.replace('/', '-')}", gap="small")
        card.header(markup.literal(places.told(module, place, say)), anchor=False)
        name, query = places.address(module, place)
        card.page_link(
            script(name),
            label=say("reports.look"),
            query_params=query,
            icon=":material/visibility:",
        )
        for told in ones:
            one_report(frame, card, told)

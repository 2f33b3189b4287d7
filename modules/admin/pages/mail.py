from collections.abc import Callable
from functools import partial

import streamlit as st

from db.engine import reading, writing
from db.mail_log import Line
from db.outbox import INVENTED
from modules import days, markup
from modules.admin import actions, mailing
from modules.basics import BadInput, StewardError, Surface
from modules.shell import parts
from modules.shell.frame import Frame, page

SAID = "mail/said"
AT_ONCE = 25


def told(surface: Surface, act: Callable[[], str]) -> None:
    """Do something, and show the page as it is then; or say what was wrong."""
    try:
        st.session_state[SAID] = act()
    except StewardError as bad:
        surface.warning(str(bad), icon=":material/info:")
        return
    st.rerun()


def server(frame: Frame, box: mailing.Mailbox) -> None:
    """Where mail goes out, and a mail to oneself."""
    say = frame.say
    card = frame.surface.container(key="card-server", gap="small")
    card.header(say("mailbox.server"), anchor=False)
    if box.off:
        card.markdown(say("mailbox.off"))
        card.caption(markup.literal(box.off))
        return
    card.markdown(say("mailbox.through", server=box.server, sender=markup.literal(box.sender)))
    if card.button(say("mailbox.test"), icon=":material/send:", key="mail/test"):

        def send() -> str:
            mailing.test(frame.viewer)
            return say("mailbox.tested", email=markup.literal(frame.viewer.email))

        told(card, send)


def ran(frame: Frame, box: mailing.Mailbox) -> None:
    """How the last runs went."""
    say, zone = frame.say, frame.viewer.zone
    card = frame.surface.container(key="card-runs", gap="small")
    card.header(say("mailbox.runs"), anchor=False)
    if not box.runs:
        card.markdown(say("mailbox.runs_none"))
        return
    head = [say(f"mailbox.run.{name}") for name in ("begun", "planned", "sent", "failed", "end")]
    rows = [
        (
            days.moment(one.started_at, zone),
            one.planned,
            one.sent,
            one.failed,
            say("mailbox.run.stopped", why=one.failure)
            if one.failure
            else say("mailbox.run.open" if one.ended_at is None else "mailbox.run.well"),
        )
        for one in box.runs
    ]
    parts.table(card, say("mailbox.runs"), head, rows)


def line(frame: Frame, one: Line) -> tuple[str, ...]:
    """A mail as the list and the file show it."""
    say, zone = frame.say, frame.viewer.zone
    when = one.sent_at if one.state == "sent" else None
    return (
        one.name,
        say(f"mailbox.kind.{one.kind}"),
        days.short(one.day),
        say("mailbox.invented" if one.failure == INVENTED else f"mailbox.state.{one.state}"),
        days.clock(when, zone) if when else one.failure,
    )


def went_out(frame: Frame) -> None:
    """The send log, what failed in it, and trying again."""
    say, surface = frame.say, frame.surface
    card = surface.container(key="card-maillog", gap="small")
    card.header(say("mailbox.log"), anchor=False)
    failed = card.toggle(say("mailbox.failed_only"), key="mail/failed")
    with reading() as session:
        found = mailing.log(session, frame.viewer, failed=failed, now=frame.now)
    if not found:
        card.markdown(say("mailbox.log_no_failures" if failed else "mailbox.log_none"))
        return
    head = [say(f"mailbox.column.{name}") for name in ("who", "kind", "day", "state", "detail")]
    rows = [line(frame, one) for one in found]
    place, pages = card.container(), -(-len(rows) // AT_ONCE)
    first = AT_ONCE * (card.pagination(pages, key="mail/page") - 1) if pages > 1 else 0
    shown = rows[first : first + AT_ONCE]
    parts.table(place, say("mailbox.log"), head, shown)
    if pages > 1:
        place.caption(say("admin.range", first=first + 1, last=first + len(shown), n=len(rows)))
    card.download_button(
        say("admin.download_one" if len(rows) == 1 else "admin.download", n=len(rows)),
        lambda: actions.as_csv(head, rows).encode("utf-8-sig"),
        file_name=f"steward-mail-{frame.viewer.today(frame.now)}.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key="mail/download",
    )
    open_still = {one.id: one for one in found if one.state in mailing.FAILED}
    if not open_still:
        return
    chosen = card.selectbox(
        say("mailbox.which"),
        list(open_still),
        format_func=lambda id_: say(
            "mailbox.one", name=open_still[id_].name, day=days.short(open_still[id_].day)
        ),
        key="mail/again-which",
    )
    if card.button(say("mailbox.again"), icon=":material/refresh:", key="mail/again"):
        told(card, partial(again, frame, open_still[chosen]))


def again(frame: Frame, one: Line) -> str:
    """Let a mail go out once more."""
    with writing() as session:
        mailing.again(session, frame.viewer, mail_id=one.id, now=frame.now)
    return frame.say("mailbox.will_again", name=markup.literal(one.name))


def days_off(frame: Frame) -> None:
    """Days on which nobody works: listed, added by lines, taken away."""
    say, surface = frame.say, frame.surface
    try:
        with reading() as session:
            known = mailing.holidays(session, frame.viewer)
    except StewardError:
        return
    card = surface.container(key="card-holidays", gap="small")
    card.header(say("mailbox.holidays"), anchor=False)
    card.markdown(say("mailbox.holidays_about"))
    coming = mailing.upcoming(known, frame.viewer.today(frame.now))
    if coming:
        head = [say("mailbox.holiday_day"), say("mailbox.holiday_name")]
        parts.table(
            card, say("mailbox.holidays"), head, [(days.day(day), name) for day, name in coming]
        )
    text = card.text_area(
        say("mailbox.holidays_lines"),
        placeholder="2026-12-25 Christmas Day\n2026-12-28 Boxing Day",
        max_chars=20_000,
        on_change="ignore",
        key="mail/holidays",
    )
    if card.button(say("mailbox.holidays_add"), key="mail/holidays-add"):

        def add() -> str:
            with writing() as session:
                new = mailing.add_holidays(session, frame.viewer, text=text or "")
            return say(
                "mailbox.holidays_added_one" if new == 1 else "mailbox.holidays_added", n=new
            )

        told(card, add)
    if not coming:
        return
    gone = card.multiselect(
        say("mailbox.holidays_which"),
        [day for day, _ in coming],
        format_func=days.short,
        key="mail/holidays-which",
    )
    if card.button(say("mailbox.holidays_remove"), key="mail/holidays-remove"):

        def remove() -> str:
            if not gone:
                raise BadInput(say("mailbox.holidays_choose"))
            with writing() as session:
                mailing.remove_holidays(session, frame.viewer, days=gone)
            return say("mailbox.holidays_removed")

        told(card, remove)


with page("mail", width=960) as frame:
    say, surface = frame.say, frame.surface
    with reading() as session:
        box = mailing.mailbox(session, frame.viewer, now=frame.now)
    state = "off" if box.off else box.alarm or "well"
    surface.title(say(f"mailbox.title_{state}"), anchor=False)
    surface.markdown(say("mailbox.sentence"))
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check_circle:")
    if box.alarm:
        surface.error(say(f"mailbox.alarm_{box.alarm}"), icon=":material/alarm:")
    server(frame, box)
    if not box.off or box.runs:
        ran(frame, box)
    went_out(frame)
    days_off(frame)

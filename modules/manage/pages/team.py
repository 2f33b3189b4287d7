"""A manager's own people: what each needs, by name, and one menu to do something. No results."""

from dataclasses import replace

import streamlit as st

from db.engine import reading, writing
from modules import courses, days, markup
from modules.basics import Surface
from modules.manage import acting, doing, more_time, opening, weekly, wording
from modules.manage import team as teams
from modules.manage.desk import SAID, Call, Desk
from modules.manage.seen import Free, Member, Team
from modules.post import running
from modules.progress.hours import agreed_hours
from modules.progress.standing import LATE, Status
from modules.settings import settings
from modules.shell import parts
from modules.shell.frame import Frame, page

AT_ONCE = 25
# Fewer people than this are all in sight: nothing to search.
SEARCHED_FROM = 13
ACT, LIKE, SENT = "team/act", "team/like", "team/sent"


def choose(person_id: str) -> None:
    """Open the panel below somebody's line, for what her menu says."""
    st.session_state[ACT] = (person_id, st.session_state[f"team/menu/{person_id}"])


def write(call: Call) -> None:
    """Let a deed write, in a transaction of its own."""
    with writing() as session:
        call(session)


def did() -> None:
    """Draw the page anew, without the panel."""
    st.session_state.pop(ACT, None)
    st.rerun()


def see(frame: Frame, team: Team) -> None:
    """Log who is looked at, before anything is shown; the tab remembers whom, to spare the lock."""
    mark = (frame.viewer.person_id, frame.viewer.today(frame.now))
    known = st.session_state.get("team/seen", (None, frozenset()))
    before = known[1] if known[0] == mark else frozenset()
    if not team.ids <= before:
        with writing() as session:
            teams.note_viewed(session, frame.viewer, team=team, now=frame.now)
        st.session_state["team/seen"] = (mark, before | team.ids)


def like(one: Member | Free, text: str) -> bool:
    """Whether a search finds somebody: by name or unit."""
    return text.casefold() in f"{one.name} {one.unit}".casefold()


def along(frame: Frame, found: list[Member | Free]) -> bytes:
    """The list as a file."""
    with writing() as session:
        made = teams.taken_along(session, frame.viewer, people=found, say=frame.say, now=frame.now)
    return made.encode("utf-8-sig")


def line(desk: Desk, box: Surface, one: Member | Free) -> None:
    """One person: name and unit, status and what it is about, and the menu."""
    say, columns = desk.frame.say, wording.columns()
    row = box.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small")
    told = row.container(horizontal=True, gap="xxsmall", key=f"who-{one.person_id}")
    unit = f" :gray[{markup.literal(one.unit)}]" if one.unit else ""
    told.markdown(f"**{markup.literal(one.name)}**{unit}")
    if isinstance(one, Free):
        told.markdown(say("team.nothing_asked"))
    else:
        about = markup.literal(courses.title(one.module))
        if "reminded" in columns and one.reminded_on:
            about += " · " + say("team.reminded", day=wording.day(say, one.reminded_on))
        status = wording.status(say, one.status, one.on)
        told.markdown(f"{status}  \n:small[:gray[{about}]]")
    row.container(key=f"brief-{one.person_id}", width="content").menu_button(
        say("team.do", name=markup.literal(one.name)),
        doing.DEEDS,
        format_func=lambda deed: f"{doing.ICONS[deed]} {say(f'do.{deed}')}",
        icon=":material/more_vert:",
        key=f"team/menu/{one.person_id}",
        on_click=choose,
        args=(str(one.person_id),),
    )
    chosen = doing.person_of(st.session_state, ACT)
    if chosen and chosen[0] == one.person_id and chosen[1] in doing.DEEDS:
        panel = box.container(key="told-act", gap="small")
        with writing() as session:
            of = acting.acting(
                session, desk.frame.viewer, person_id=one.person_id, now=desk.frame.now
            )
        doing.draw(desk, panel, of, chosen[1])
        if panel.button(say("team.close"), type="tertiary", key="team/close"):
            did()


def remind(frame: Frame, place: Surface, number: int) -> None:
    """Remind everybody for whom it is time."""
    say, viewer = frame.say, frame.viewer
    label = say("team.remind_one" if number == 1 else "team.remind", people=number)
    if place.button(label, key="team/remind", type="primary", icon=":material/mail:"):
        with writing() as session:
            sent = teams.remind(session, viewer, now=frame.now)
        key = "team.sent_none" if not sent else "team.sent_one" if sent == 1 else "team.sent"
        told = [say(key, people=sent)]
        hours = agreed_hours(viewer.zone)
        if sent and not hours.open(frame.now):
            opens = hours.opens(frame.now)
            day = wording.day(say, viewer.today(opens))
            told.append(say("team.arrives", day=day, clock=days.clock(opens, viewer.clock)))
        st.session_state[SENT] = " ".join(told)
        did()


def weekly_mail(frame: Frame, surface: Surface) -> None:
    """Whether she gets the weekly mail about these people."""
    with reading() as session:
        on = weekly.wanted(session, frame.viewer)

    def turn() -> None:
        with writing() as session:
            weekly.want(session, frame.viewer, on=st.session_state["team/weekly"], now=frame.now)

    surface.toggle(frame.say("team.weekly"), value=on, key="team/weekly", on_change=turn)


with page("team", width=1080) as frame:
    viewer, surface, say = frame.viewer, frame.surface, frame.say
    with reading() as session:
        team = teams.team(session, viewer, now=frame.now)
    everybody: list[Member | Free] = [*team.people, *team.free]
    text = st.session_state.get(LIKE, "").strip()
    found = [one for one in everybody if like(one, text)] if text else everybody
    pages = max(1, -(-len(found) // AT_ONCE))
    number = min(st.session_state.get(f"team/page/{text}", 1), pages)
    shown = found[AT_ONCE * (number - 1) : AT_ONCE * number]
    see(frame, replace(team, people=tuple(one for one in shown if isinstance(one, Member))))

    need, people = len(team.in_need), len(everybody)
    which = "none" if not people else "calm" if not need else "need_one" if need == 1 else "need"
    head = surface.container(gap="xsmall")
    right = parts.title_row(
        head,
        say(f"team.title_{which}", n=need),
        eyebrow=say("team.eyebrow", day=wording.day(say, viewer.today(frame.now))),
    )
    if team.to_remind:
        remind(frame, right, team.to_remind)
    if people:
        late = sum(map(team.count, LATE))
        due = team.count(Status.DUE) + team.count(Status.GRACE)
        told = {"people": people, "overdue": late, "due": due, "rest": people - late - due}
        head.markdown(say("team.sentence", **told, days=settings().due_soon_days))
    gone = more_time.gone(st.session_state, team.waiting)
    sent, said = st.session_state.pop(SENT, ""), st.session_state.pop(SAID, "")
    if sent or said:
        surface.success(sent or said, icon=":material/check_circle:")
    if said:
        # Whoever did it far down the page, or for somebody who has moved in the list, sees it too.
        st.toast(said, icon=":material/check_circle:")
    elif gone:
        surface.info(say("do.request_gone", name=markup.literal(gone)), icon=":material/info:")
    desk = Desk(frame, st.session_state, write, did)
    if team.waiting:
        box = surface.container(key="card-requests")
        waiting = len(team.waiting)
        box.header(
            say("team.requests_one" if waiting == 1 else "team.requests", n=waiting), anchor=False
        )
        for asks in team.waiting:
            more_time.request(desk, box.container(key=f"line-{asks.id}", gap="small"), asks)
    if people:
        if people >= SEARCHED_FROM:
            surface.text_input(
                say("team.search"), key=LIKE, icon=":material/search:", width=420, max_chars=80
            )
        box = surface.container(key="card-team", gap="small")
        if not shown:
            box.markdown(say("team.nobody_found"))
        for one in shown:
            line(desk, box.container(key=f"line-{one.person_id}", gap="small"), one)
        if pages > 1:
            box.pagination(pages, key=f"team/page/{text}")
            first = AT_ONCE * (number - 1) + 1
            last = first + len(shown) - 1
            box.caption(say("admin.range", first=first, last=last, n=len(found)))
        if found:
            surface.download_button(
                say("manage.download"),
                lambda: along(frame, found),
                f"steward-team-{viewer.today(frame.now)}.csv",
                "text/csv",
                key="team/download",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
        chosen = opening.card(frame, team, st.session_state)
        if chosen:
            who, purpose = chosen
            with writing() as session:
                sheet = teams.person(session, viewer, person_id=who, purpose=purpose, now=frame.now)
            opening.draw(frame, sheet)
        surface.caption(say("team.privacy"))
        if not running.ready():
            weekly_mail(frame, surface)

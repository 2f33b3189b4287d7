from typing import Literal

import streamlit as st

from db.engine import reading, writing
from modules import days, leave, markup, own, policies, synth
from modules.access import ACTIONS, may
from modules.basics import Surface
from modules.learn import agreed, aids, asides, easing, needs, refresh, reviews
from modules.learn.path import MyPath, Stop, my_path
from modules.learn.refresh import News
from modules.learn.reviews import Today, Waiting
from modules.progress.papers import TEST_OUT
from modules.progress.standing import Status
from modules.shell import parts, session
from modules.shell.frame import Frame, page
from modules.shell.menu import script


def hero(frame: Frame, path: MyPath) -> None:
    """The one thing to do next."""
    assert path.next and path.opened
    say, stop, journey = frame.say, path.next, path.opened.journey
    card = frame.surface.container(key="card-next")
    picture, text = card.columns([5, 7], gap="large", vertical_alignment="center")
    parts.cover(picture, stop.card.id)
    badges = text.container(horizontal=True, gap="small")
    badges.badge(say("home.next"), icon=":material/play_circle:", color="green")
    practice = journey.practice
    left = journey.minutes_left if practice and not practice.ended else journey.module.minutes
    badges.badge(say("home.minutes_left", n=left), icon=":material/schedule:", color="gray")
    due(badges, frame, stop)
    text.header(journey.module.title, anchor=False)
    steps = journey.steps
    if practice and not practice.ended and journey.current:
        done = len(journey.done)
        place = journey.current
        title = say("test_out.title") if place.id == TEST_OUT else place.title
        text.markdown(say("home.stopped", step=title, left=len(steps) - done, total=len(steps)))
        parts.steps(text, done, len(steps), say("lesson.step_label", n=done + 1, of=len(steps)))
        action = say("home.continue")
    elif practice:
        text.markdown(say("home.lapsed"))
        action = say("home.renew")
    else:
        first = journey.module.sittings[0]
        text.markdown(
            say("home.not_started", n=len(journey.module.sittings), minutes=first.minutes)
        )
        action = say("home.start")
    if path.reminder:
        when = days.short(frame.viewer.today(path.reminder.sent_at))
        text.caption(say("home.reminded", sender=markup.literal(path.reminder.sender), day=when))
    if text.button(
        action,
        type="primary",
        icon=":material/arrow_forward:",
        icon_position="right",
        key="home/next",
    ):
        st.switch_page(script("lesson"), query_params={"module": stop.card.id})


def due(surface: Surface, frame: Frame, stop: Stop) -> None:
    """When it is due, in words, colour and icon; or that nobody has set a day yet."""
    if stop.standing is None:
        surface.badge(frame.say("home.no_day"), icon=":material/event:", color="gray")
        return
    kinds: dict[Status, tuple[str, str, Literal["green", "orange", "red", "gray"]]] = {
        Status.CURRENT: ("home.current", ":material/check_circle:", "green"),
        Status.NOT_YET: ("home.due", ":material/event:", "gray"),
        Status.DUE: ("home.due", ":material/event:", "orange"),
        Status.EXTENDED: ("home.extended", ":material/event:", "orange"),
        Status.GRACE: ("home.overdue", ":material/event_busy:", "orange"),
        Status.OVERDUE: ("home.overdue", ":material/warning:", "red"),
        Status.LAPSED: ("home.lapsed_on", ":material/warning:", "red"),
        Status.EXEMPT: ("home.exempt", ":material/check:", "gray"),
    }
    key, icon, colour = kinds[stop.standing.status]
    surface.badge(frame.say(key, day=days.short(stop.standing.on)), icon=icon, color=colour)


def tiles(frame: Frame, stops: tuple[Stop, ...]) -> None:
    """Modules as tiles; the ones that are open are links."""
    grid = frame.surface.grid(4, min_column_width=150)
    for stop in stops:
        tile = grid.container(key=f"tile-{stop.card.id}", gap="small", height="stretch")
        parts.cover(tile, stop.card.id)
        text = tile.container(gap="xxsmall")
        number = int(stop.card.id[1:])
        line = frame.say("home.module_line", n=number, minutes=stop.card.minutes)
        if stop.open:
            query = {"module": stop.card.id}
            text.page_link(script("lesson"), label=stop.card.title, query_params=query)
            text.caption(f"{line} · {frame.say('home.done' if stop.done else 'home.open')}")
        else:
            text.markdown(stop.card.title)
            text.caption(f"{line} · {frame.say('home.planned')}")


def beside(frame: Frame, waiting: Waiting) -> Surface:
    """What may be reviewed, quietly on the right; returns the place on its left for the path.

    Outside working hours it is one line, and with nothing to do nothing at all.
    """
    today, say, left = waiting.today, frame.say, frame.surface
    offered = bool(today.count) and today.working
    if offered or waiting.checks:
        left, right = frame.surface.columns([7, 5], gap="medium")
        card = right.container(key="card-review", height="stretch")
        if offered:
            review(card, frame, waiting.today)
        else:
            card.header(say("home.delayed"), anchor=False)
        for check in waiting.checks:
            title = markup.literal(check.title)
            card.markdown(say("home.delayed_told", title=title, n=check.questions))
            card.page_link(
                script("review"),
                label=say("home.delayed_open"),
                icon=":material/arrow_forward:",
                query_params={"form": check.form, "module": check.module},
            )
    if today.due and not today.working:
        opens = frame.viewer.today(today.opens)
        clock = days.clock(today.opens, frame.viewer.clock)
        frame.surface.caption(say("home.review_closed", day=f"{opens:%A}", clock=clock))
    return left


def review(card: Surface, frame: Frame, today: Today) -> None:
    """How much there is to review, and its beginning."""
    say = frame.say
    card.header(say("home.review"), anchor=False)
    told = "home.review_one" if today.count == 1 else "home.review_told"
    card.markdown(say(told, n=today.count, minutes=today.minutes))
    if card.button(
        say("home.review_go_on" if today.begun else "home.review_start"),
        icon=":material/replay:",
        key="home/review",
    ):

        def begin() -> None:
            with writing() as made:
                reviews.begin(made, frame.viewer, now=session.now())

        frame.patient(begin)
        st.switch_page(script("review"))


def asks(frame: Frame) -> None:
    """The path is done, and the learner's citizen asks for her file."""
    whom = synth.citizen(str(frame.viewer.person_id))
    card = frame.surface.container(key="card-citizen", gap="small")
    card.header(frame.say("citizen.home", name=markup.literal(whom.name)), anchor=False)
    card.html(markup.person_html(frame.say("citizen.home_why")))
    card.page_link(
        script("citizen"), label=frame.say("citizen.open"), icon=":material/arrow_forward:"
    )


def agreement(frame: Frame, *, changed: bool) -> None:
    """The agreement on her data is new, or has changed, and she has not seen it yet."""
    say = frame.say
    band = frame.surface.container(key="band-agreement", gap="small")
    title = say("agreement.home_changed" if changed else "agreement.home")
    band.markdown(f":material/handshake: **{title}**  \n{say('agreement.home_why')}")
    row = band.container(horizontal=True, gap="small", vertical_alignment="center")
    row.page_link(
        script("agreement"), label=say("agreement.home_open"), icon=":material/arrow_forward:"
    )

    def saw() -> None:
        with writing() as made:
            agreed.saw(made, frame.viewer, now=frame.now)

    if row.button(say("agreement.seen"), icon=":material/check:", key="home/agreement"):
        frame.patient(saw)
        st.rerun()


def changes(frame: Frame, found: tuple[News, ...]) -> None:
    """What changed in modules that she completed: to redo by a day, or only to know."""
    say = frame.say
    for one in found:
        place = f"{one.module}-{one.change.version.replace('.', '-')}"
        band = frame.surface.container(key=f"band-changed-{place}", gap="small")
        icon = ":material/rule:" if one.due_on else ":material/lightbulb:"
        title = say("changed.home_due" if one.due_on else "changed.home_new", title=one.title)
        band.markdown(f"{icon} **{markup.literal(title)}**  \n{markup.literal(one.change.says)}")
        if one.due_on:
            late = one.due_on < frame.viewer.today(frame.now)
            band.badge(
                say("home.overdue" if late else "home.due", day=days.short(one.due_on)),
                icon=":material/warning:" if late else ":material/event:",
                color="red" if late else "orange",
            )
        band.page_link(
            script("changed"),
            label=say("changed.open"),
            icon=":material/arrow_forward:",
            query_params={"module": one.module},
        )


def waiting_texts(frame: Frame, found: tuple[policies.Mine, ...]) -> None:
    """Policies to read and acknowledge, in one line."""
    say, first = frame.say, found[0]
    band = frame.surface.container(
        key="band-policies", horizontal=True, vertical_alignment="center"
    )
    day = days.short(first.until) if first.until else ""
    key = "policies.home_one" if len(found) == 1 else "policies.home"
    told = say(key, n=len(found), title=markup.literal(first.held.title), day=day)
    band.markdown(f":material/gavel: {told}")
    band.page_link(script("policies"), label=say("policies.read"), icon=":material/arrow_forward:")


with page("home") as frame:
    with reading() as read:
        changed = refresh.news(read, frame.viewer, now=frame.now)
        path = my_path(read, frame.viewer, now=frame.now)
        waiting = reviews.waiting(read, frame.viewer, now=frame.now)
        fills = may(frame.viewer, ACTIONS, "admin.local")
        missing = own.missing(read, frame.viewer) if fills else ()
        offered = aids.needs(read, frame.viewer)
        unseen = agreed.unseen(read, frame.viewer)
        eased = leave.my_leave(read, frame.viewer, now=frame.now)
        texts = policies.waiting(read, frame.viewer)
    say = frame.say
    hello = say(
        f"home.{days.part_of_day(frame.now, frame.viewer.clock)}",
        name=markup.literal(frame.viewer.given_name),
    )
    today = frame.viewer.today(frame.now)
    parts.title_row(frame.surface, hello, eyebrow=days.day(today))
    changes(frame, changed)
    if path.next:
        hero(frame, path)
    else:
        current = [stop for stop in path.stops if stop.done]
        last = [one.completed.valid_until for one in current if one.completed]
        until = days.short(min(last)) if last else ""
        place = parts.empty(
            frame.surface.container(key="card-quiet"),
            "done",
            say("home.all_done"),
            say("home.all_done_sentence", day=until) if until else "",
        )
        if current:
            query = {"module": current[0].card.id}
            place.page_link(script("completion"), label=say("completion.open"), query_params=query)
            asks(frame)
    titles = {stop.card.id: stop.card.title for stop in path.stops + path.others}
    others = asides.Aside(frame.surface, say, frame.viewer, frame.now, frame.patient)
    if texts:
        waiting_texts(frame, texts)
    if easing.home_card(others, eased, titles):
        st.rerun()
    if offered:
        frame.surface.header(say("search.needs"), anchor=False)
        needs.draw(frame.surface, offered)
        frame.surface.page_link(
            script("search"), label=say("search.label"), icon=":material/search:"
        )
    if asides.requests_card(others, titles=titles):
        st.rerun()
    if missing:
        band = frame.surface.container(key="band-details", gap="small")
        key = "details.remind_one" if len(missing) == 1 else "details.remind"
        band.markdown(f":material/contact_phone: {say(key, n=len(missing))}")
        band.page_link(
            script("local"), label=say("details.remind_open"), icon=":material/arrow_forward:"
        )
    if unseen:
        agreement(frame, changed=unseen == "changed")
    place = beside(frame, waiting)
    summary = place.container(key="card-path", height="stretch")
    summary.header(path.title, anchor=False)
    done, written = sum(stop.done for stop in path.stops), path.written
    told = [say(f"home.path_told{'_one' if written == 1 else ''}", done=done, total=written)]
    if more := len(path.stops) - written:
        told.append(say(f"home.path_more{'_one' if more == 1 else ''}", n=more))
    summary.markdown(" ".join(told))
    parts.bar(summary, done / max(written, 1), say("home.path"))
    frame.surface.header(say("home.modules"), anchor=False)
    tiles(frame, path.stops)
    if more_to_learn := tuple(stop for stop in path.others if stop.open):
        frame.surface.header(say("home.others"), anchor=False)
        frame.surface.caption(say("home.others_told"))
        tiles(frame, more_to_learn)

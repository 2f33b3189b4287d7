import streamlit as st

from db.engine import reading, writing
from modules import days, leave, markup, own, policies, synth
from modules.access import ACTIONS, may
from modules.basics import Surface
from modules.learn import (
    agreed,
    aids,
    asides,
    easing,
    home_bands,
    needs,
    next_step,
    refresh,
    reviews,
)
from modules.learn.path import Stop, my_path
from modules.learn.reviews import Today, Waiting
from modules.post import watch
from modules.shell import alarms, parts, session
from modules.shell.frame import Frame, page
from modules.shell.menu import script


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
        rung = watch.rung(read, frame.viewer, now=frame.now)
    say = frame.say
    hello = say(
        f"home.{days.part_of_day(frame.now, frame.viewer.clock)}",
        name=markup.literal(frame.viewer.given_name),
    )
    today = frame.viewer.today(frame.now)
    parts.title_row(frame.surface, hello, eyebrow=days.day(today))
    alarms.mail(frame, rung)
    home_bands.changes(frame, changed)
    if path.next:
        next_step.hero(frame, path)
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
        home_bands.waiting_texts(frame, texts)
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
        home_bands.details(frame, missing)
    if unseen and home_bands.agreement(frame, changed=unseen == "changed"):
        st.rerun()
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

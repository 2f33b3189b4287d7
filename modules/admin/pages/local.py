from datetime import datetime

import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.admin import details
from modules.admin.details import Detail, Details
from modules.basics import BadInput, Surface
from modules.course.local import Local, tidy
from modules.shell import parts
from modules.shell.frame import Frame, page
from modules.shell.menu import script

AT_ONCE = 10
SAID, TURN = "local/said", "local/turn"


def fresh(said: str = "") -> None:
    """Draw every field anew, with what stands now."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state[SAID] = said
    st.rerun()


def status(frame: Frame, one: Detail) -> str:
    """Where it is named, and who wrote what stands."""
    say = frame.say
    told = [
        say("details.used", modules=", ".join(outline.id for outline in one.used_in))
        if one.used_in
        else say("details.unused")
    ]
    if not one.value:
        told.append(say("details.empty", instead=one.fact.instead))
    if one.kept is None:
        told += [say("details.from_file")] if one.value else []
    elif one.kept.by:
        when = days.moment(one.kept.changed_at, frame.viewer.clock)
        key = "details.changed" if one.value else "details.emptied"
        told.append(say(key, name=markup.literal(one.kept.by), when=when))
    else:
        when = days.moment(one.kept.changed_at, frame.viewer.clock)
        told.append(say("details.changed_gone", when=when))
    return " ".join(told)


def field(frame: Frame, place: Surface, one: Detail, turn: int) -> tuple[str, bool]:
    """One detail: its field, what is wrong with it, how it reads; gives it and if it is sound."""
    say, fact = frame.say, one.fact
    box = place.container(gap="xsmall")
    typed = box.text_input(
        fact.title,
        one.value,
        max_chars=fact.longest,
        placeholder=fact.instead,
        autocomplete="off",
        key=f"local/{turn}/{fact.key}",
    )
    box.caption(fact.about)
    value = tidy(typed or "")
    fault = fact.fault(value)
    if fault:
        box.error(say(f"details.fault.{fault}", n=fact.longest), icon=":material/error:")
    else:
        shown = Local({fact.key: fact}, {fact.key: value}).fill(fact.sentence)
        box.markdown(say("details.preview", text=shown))
    box.caption(status(frame, one))
    return value, not fault


def values(frame: Frame, found: Details, seen: dict[str, datetime | None], turn: int) -> None:
    """Every detail, and one button that saves what changed."""
    say = frame.say
    card = frame.surface.container(key="card-details", gap="medium")
    card.header(say("details.values"), anchor=False)
    given: dict[str, str] = {}
    sound = True
    for one in found.every:
        given[one.fact.key], good = field(frame, card, one, turn)
        sound = sound and good
    if not card.button(say("details.save"), type="primary", key=f"local/{turn}/save"):
        return
    if not sound:
        card.error(say("details.look"), icon=":material/error:")
        return
    try:
        with writing() as session:
            number = details.save(session, frame.viewer, values=given, seen=seen, now=frame.now)
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        if card.button(say("details.fresh"), key=f"local/{turn}/fresh", on_click=renew):
            st.rerun()
        return
    if number:
        fresh(say("details.saved_one" if number == 1 else "details.saved", n=number))
    card.info(say("details.same"), icon=":material/info:")


def renew() -> None:
    """The next run draws every field anew."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def law(frame: Frame, found: Details, turn: int) -> None:
    """Under which law people here read notes."""
    say = frame.say
    card = frame.surface.container(key="card-law")
    card.header(say("details.law"), anchor=False)
    card.markdown(say("details.law_sentence"))
    names = {one: say(f"details.law.{one}") for one in details.CHOICES}
    chosen = card.container(key="choices-law").radio(
        say("details.law_choose"),
        list(names),
        index=details.CHOICES.index(found.law),
        format_func=names.__getitem__,
        width="stretch",
        key=f"local/{turn}/law",
    )
    card.caption(say("details.law_kept"))
    if card.button(say("details.law_save"), key=f"local/{turn}/law-save"):
        with writing() as session:
            changed = details.choose_law(session, frame.viewer, law=chosen, now=frame.now)
        fresh(f"{say('details.law')}: {names[chosen]}" if changed else say("details.same"))


def log(frame: Frame, found: Details) -> None:
    """Who changed what, newest first."""
    say = frame.say
    card = frame.surface.container(key="card-changes")
    card.header(say("details.log"), anchor=False)
    if not found.changes:
        card.markdown(say("details.log_none"))
        return
    titles = {one.fact.key: one.fact.title for one in found.every}
    titles |= {one: say(f"details.law.{one}") for one in details.CHOICES}
    rows = [
        (
            days.moment(one.at, frame.viewer.clock),
            one.by or say("details.log_gone"),
            say(f"details.log.{one.what}.{one.how}", thing=titles.get(one.thing, one.thing)),
        )
        for one in found.changes
    ]
    head = [say(f"details.log_{name}") for name in ("when", "who", "what")]
    pages = -(-len(rows) // AT_ONCE)
    place = card.container()
    first = AT_ONCE * (card.pagination(pages, key="local/page") - 1) if pages > 1 else 0
    parts.table(place, say("details.log"), head, rows[first : first + AT_ONCE])


with page("local", width=860) as frame:
    say, surface = frame.say, frame.surface
    with reading() as database:
        found = details.details(database, frame.viewer)
    turn = st.session_state.setdefault(TURN, 0)
    # What stood when the fields were drawn first: a change by somebody else since then is told.
    seen = st.session_state.setdefault(
        f"local/seen/{turn}", {one.fact.key: one.seen for one in found.every}
    )
    surface.title(say("details.title"), anchor=False)
    organisation = markup.literal(frame.viewer.organisation)
    surface.markdown(say("details.sentence", organisation=organisation))
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check_circle:")
    band = surface.container(key="band-details")
    if missing := found.missing:
        what = ", ".join(one.fact.title for one in missing)
        key = "details.open_one" if len(missing) == 1 else "details.open"
        band.markdown(f":material/edit_note: {say(key, n=len(missing), what=what)}")
    else:
        band.markdown(f":material/check_circle: {say('details.complete')}")
    surface.page_link(
        script("examples"), label=say("details.examples"), icon=":material/add_comment:"
    )
    values(frame, found, seen, turn)
    law(frame, found, turn)
    log(frame, found)

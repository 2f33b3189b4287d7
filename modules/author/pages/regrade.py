from functools import partial
from typing import Any

import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.author import regrading
from modules.author.regrading import Choice, DryRun, Earlier
from modules.basics import BadInput, Surface
from modules.regrade.applying import LONGEST
from modules.regrade.counts import KEYS, Shown
from modules.shell import parts
from modules.shell.frame import Frame, page
from modules.shell.menu import script

DONE = "regrade/done"
# Told even where there are few or none.
ALWAYS = ("up", "down", "granted")


def figures(frame: Frame, place: Surface, told: Shown, caption: str) -> None:
    """What changes, line by line, as far as it can be told."""
    say = frame.say
    if told.few:
        place.markdown(say("regrade.few"))
        return
    if not told.changes:
        place.markdown(f":material/check_circle: {say('regrade.no_change')}")
    rows = [
        (say(f"regrade.row_{key}"), say(f"regrade.n_{one.kind}", n=one.n))
        for key in KEYS
        for one in [told.figures[key]]
        if key in ALWAYS or one.kind != "fewer"
    ]
    parts.table(place, caption, [say("regrade.what"), say("regrade.many")], rows)


def follow(name: str) -> None:
    """Put what was chosen into the address, which decides what is shown."""
    st.query_params[name] = st.session_state[f"regrade/{name}"]
    if name == "module":
        st.query_params.pop("item", None)


def decide(frame: Frame, card: Surface, told: DryRun, button: str, act: partial[Shown]) -> None:
    """The reason, and the one button that does it."""
    say = frame.say
    why = card.text_input(
        say("regrade.why"),
        max_chars=LONGEST,
        help=say("regrade.why_help"),
        on_change="ignore",
        key=f"regrade/why/{button}/{told.number}",
    )
    if not card.button(say(button), type="primary", icon=":material/rule:", key=f"do/{button}"):
        return
    try:
        with writing() as session:
            act(session, frame.viewer, why=why or "", now=frame.now)
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return
    done = {"regrade.apply": say("regrade.apply_done"), "regrade.back": say("regrade.back_done")}
    st.session_state[DONE] = done[button]
    st.query_params.pop("back", None)
    st.rerun()


def chosen(frame: Frame, card: Surface, one: Choice) -> None:
    """A corrected question: what was right and is, what would change, and the decision."""
    say = frame.say
    card.header(markup.literal(one.stem), anchor=False)
    if one.before != one.now:
        card.markdown(say("regrade.before", version=one.version, text=markup.literal(one.before)))
        card.markdown(say("regrade.now", text=markup.literal(one.now)))
    with card, st.spinner(say("regrade.counting")), reading() as session:
        told = regrading.dry_run(session, frame.viewer, module=look.module, item=one.item)
    figures(frame, card, told.shown, say("regrade.caption", item=one.item))
    if told.shown.changes is not False:
        card.caption(say("regrade.kept"))
        act = partial(regrading.regrade, module=look.module, item=one.item, after=told.number)
        decide(frame, card, told, "regrade.apply", act)


def back(frame: Frame, card: Surface, one: Earlier) -> None:
    """A regrade that is to be taken back: what that changes, and the decision."""
    say, made = frame.say, one.made
    card.header(say("regrade.back_title", item=made.item), anchor=False)
    scope: dict[str, Any] = {"module": made.module, "item": made.item, "number": made.number}
    with card, st.spinner(say("regrade.counting")), reading() as session:
        told = regrading.dry_run_back(session, frame.viewer, **scope)
    figures(frame, card, told.shown, say("regrade.caption", item=made.item))
    card.caption(say("regrade.kept"))
    decide(frame, card, told, "regrade.back", partial(regrading.take_back, **scope))


def listed(frame: Frame, one: Earlier) -> None:
    """One regrade of the past: when, by whom, why, and what came of it."""
    say, made = frame.say, one.made
    card = frame.surface.container(key=f"card-regrade-{made.item}-{made.number}", gap="small")
    what = "regrade.taken" if made.undoes else "regrade.made"
    card.markdown(
        say(
            what,
            item=made.item,
            day=days.moment(made.made_at, frame.viewer.clock),
            before=made.from_version,
            now=made.to_version,
            who=markup.literal(made.by or say("regrade.operator")),
        )
    )
    card.markdown(say("regrade.reason", text=markup.literal(made.why)))
    figures(frame, card.expander(say("regrade.figures")), one.shown, say("regrade.figures"))
    if one.can_go_back and card.button(
        say("regrade.take_back"), type="tertiary", key=f"back/{made.item}/{made.number}"
    ):
        st.query_params["item"], st.query_params["back"] = made.item, str(made.number)
        st.rerun()


with page("regrade", width=860) as frame:
    say, surface, query = frame.say, frame.surface, st.query_params
    surface.page_link(script("modules"), label=say("author.back"), icon=":material/arrow_back:")
    with reading() as session:
        look = regrading.look(session, frame.viewer, module=query.get("module", ""))
    surface.title(say("regrade.title"), anchor=False)
    surface.markdown(say("regrade.sentence"))
    if done := st.session_state.pop(DONE, ""):
        surface.success(done, icon=":material/check_circle:")
    st.session_state["regrade/module"] = look.module
    if len(look.modules) > 1:
        surface.selectbox(
            say("regrade.module"),
            look.modules,
            format_func=lambda one: f"{one}: {look.title}" if one == look.module else one,
            key="regrade/module",
            on_change=follow,
            args=("module",),
        )
    by_item = {one.item: one for one in look.choices}
    returning = [
        one
        for one in look.earlier
        if one.can_go_back
        and (one.made.item, str(one.made.number)) == (query.get("item"), query.get("back"))
    ]
    if returning:
        back(frame, surface.container(key="card-back", gap="small"), returning[0])
    elif not by_item:
        parts.empty(surface, "done", say("regrade.none"), say("regrade.none_sentence"))
    else:
        asked = query.get("item", "")
        st.session_state["regrade/item"] = asked if asked in by_item else next(iter(by_item))
        item = surface.selectbox(
            say("regrade.item"),
            list(by_item),
            format_func=lambda one: f"{one}: {by_item[one].stem}" if one in by_item else "",
            key="regrade/item",
            on_change=follow,
            args=("item",),
        )
        chosen(frame, surface.container(key="card-item", gap="small"), by_item[item])
    if look.earlier:
        surface.header(say("regrade.earlier"), anchor=False)
    for one in look.earlier:
        listed(frame, one)

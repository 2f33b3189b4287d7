"""Rules of who learns what by when: list, form, rehearsal with its calendar, publish, end."""

import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.admin import rehearsed, ruling, ruling_form, ruling_words
from modules.admin.ruling_form import Filled
from modules.basics import BadInput, Surface
from modules.duties import Rule
from modules.shell import parts
from modules.shell.frame import Frame, page

SAID, TURN, SHOWN = "duties/said", "duties/turn", "duties/shown"


def leave(said: str = "") -> None:
    """Back to the list, with what was done."""
    if said:
        st.session_state[SAID] = said
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state.pop(SHOWN, None)
    st.query_params.clear()
    st.rerun()


def own(frame: Frame, place: Surface, rule: Rule, found: ruling.Ruled) -> None:
    """The groups with days of their own, folded away."""
    told = ruling_words.cases(frame.say, rule, found.units)
    if told:
        many = "rules.own_one" if len(told) == 1 else "rules.own"
        box = place.expander(frame.say(many, n=len(told)))
        box.markdown("\n".join(f"- {markup.literal(one)}" for one in told))


def listing(frame: Frame, found: ruling.Ruled) -> None:
    """Every rule in words, with a way to change or end it."""
    say = frame.say
    for one in found.rules:
        card = frame.surface.container(key=f"card-{one.id}")
        right = parts.title_row(card, markup.literal(one.filled.title), level=2)
        right.badge(say("rules.asked_one" if one.people == 1 else "rules.asked", n=one.people))
        told = found.options.targets.get(one.filled.target, one.filled.target)
        card.markdown(f"**{markup.literal(told)}**")
        card.markdown(markup.literal(ruling_words.rule(say, one.filled.rule, found.units)))
        own(frame, card, one.filled.rule, found)
        starts = days.short(one.filled.starts)
        card.caption(say("rules.since", day=starts))
        row = card.container(horizontal=True)
        if row.button(say("rules.change"), key=f"duties/change/{one.id}"):
            st.query_params["rule"] = str(one.id)
            st.rerun()
        closing = row.popover(say("rules.end"), key=f"duties/end/{one.id}")
        closing.markdown(say("rules.end_sentence"))
        if closing.button(say("rules.end_it"), key=f"duties/end-it/{one.id}"):
            with writing() as session:
                ruling.end(session, frame.viewer, id=one.id, now=frame.now)
            leave(say("rules.ended", title=markup.literal(one.filled.title)))


def editing(frame: Frame, found: ruling.Ruled, asked: str) -> None:
    """The form; below it what the rule would do, and then the way to publish it."""
    say, viewer = frame.say, frame.viewer
    today = viewer.today(frame.now)
    known = next((one for one in found.rules if str(one.id) == asked), None)
    kept = Filled.unpacked(st.query_params.get("draft", ""))
    given = kept or (known.filled if known else ruling_form.first(found.options.targets, today))
    with reading() as session:
        named = ruling.addresses(session, viewer, rule=given.rule)
    frame.surface.title(say("rules.edit" if known else "rules.new"), anchor=False)
    card = frame.surface.container(key="card-rule")
    key = f"duties/{st.session_state.get(TURN, 0)}/{asked}"
    typed = ruling_form.draw(card, say, given, found.options, today=today, key=key, named=named)
    filled, trouble = typed.filled, typed.trouble
    if filled:
        try:
            with reading() as session:
                people = ruling.named(session, viewer, text=typed.people)
                excepted = ruling.named(session, viewer, text=typed.excepted)
            filled = ruling_form.with_people(filled, people, excepted)
            st.query_params["draft"] = filled.packed()
        except BadInput as bad:
            trouble = str(bad)
        since = min(today, known.filled.starts) if known else today
        trouble = trouble or ruling_words.problem(say, filled.rule, filled.starts, since)
    if trouble or not filled:
        frame.surface.error(trouble, icon=":material/error:")
    else:
        told_rule = ruling_words.rule(say, filled.rule, found.units)
        frame.surface.info(markup.literal(told_rule), icon=":material/rule:")
        own(frame, frame.surface, filled.rule, found)
    row = frame.surface.container(horizontal=True)
    fresh = filled and st.session_state.get(SHOWN) == filled.packed()
    look = row.button(
        say("rules.rehearse"),
        type="secondary" if fresh else "primary",
        key="duties/rehearse",
        disabled=bool(trouble),
    )
    if row.button(say("rules.cancel"), key="duties/cancel"):
        leave()
    if not filled or trouble or not (look or fresh):
        return
    id = known.id if known else None
    try:
        with frame.surface.spinner(say("rules.counting")), reading() as session:
            seen = ruling.rehearse(session, viewer, filled=filled, id=id, now=frame.now)
    except BadInput as bad:
        frame.surface.error(str(bad), icon=":material/error:")
        return
    if look:
        st.session_state[SHOWN] = filled.packed()
        if not fresh:
            st.rerun()
    dark = st.context.theme.type == "dark"
    rehearsed.draw(frame.surface, say, seen, dark)
    if frame.surface.button(say("rules.publish"), type="primary", key="duties/publish"):
        try:
            with writing() as session:
                ruling.publish(session, viewer, filled=filled, id=id, now=frame.now)
        except BadInput as bad:
            frame.surface.error(str(bad), icon=":material/error:")
            return
        leave(say("rules.published", title=markup.literal(filled.title), n=seen.new))


with page("duties", width=900) as frame:
    with reading() as session:
        found = ruling.ruled(session, frame.viewer, now=frame.now)
    asked = st.query_params.get("rule", "")
    if not found.options.targets:
        title, sentence = frame.say("rules.no_module"), frame.say("rules.no_module_sentence")
        parts.empty(frame.surface, "empty", title, sentence, level=1)
        st.stop()
    if asked:
        editing(frame, found, asked)
        st.stop()
    right = parts.title_row(frame.surface, frame.say("rules.title"))
    frame.surface.markdown(frame.say("rules.sentence"))
    if said := st.session_state.pop(SAID, ""):
        frame.surface.success(said, icon=":material/check:")
        # Whoever ended a rule far down the list sees it too.
        st.toast(said, icon=":material/check:")
    if right.button(frame.say("rules.add"), type="primary", key="duties/new"):
        st.query_params["rule"] = "new"
        st.rerun()
    if not found.rules:
        parts.empty(
            frame.surface, "empty", frame.say("rules.none"), frame.say("rules.none_sentence")
        )
    listing(frame, found)

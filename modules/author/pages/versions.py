from functools import partial
from typing import Any

import streamlit as st

from db.engine import reading, writing
from db.revisions import Published
from modules import days, fields, markup
from modules.author import differing, publishing, versions
from modules.author.versions import History
from modules.basics import BadInput, ContentError
from modules.drafts import rolling
from modules.shell.frame import Frame, page
from modules.shell.menu import script

SAID = "versions/said"


def act(frame: Frame, call: partial[Any], said: str) -> None:
    """Write, then show the list as it is now, or why nothing was written."""
    try:
        with writing() as session:
            call(session, frame.viewer, now=frame.now)
    except (BadInput, ContentError) as bad:
        frame.surface.error(str(bad), icon=":material/error:")
        return
    st.session_state[SAID] = said
    st.rerun()


def waits(frame: Frame, found: History) -> None:
    """The shipped version beside the own one, with every choice there is."""
    say, waiting = frame.say, found.waiting
    if waiting is None:
        return
    box = frame.surface.container(key="card-waits", gap="small")
    box.header(say("versions.waits", version=waiting.version), anchor=False)
    box.markdown(say("versions.waits_told"))
    if waiting.kept_at:
        box.caption(say("versions.kept", day=days.moment(waiting.kept_at, frame.viewer.clock)))
    row = box.container(horizontal=True)
    if row.button(say("versions.look"), key="versions/look"):
        st.query_params.update({"from": str(found.live.number), "to": "shipped"})
        st.rerun()
    if not publishing.may_publish(frame.viewer):
        return
    of: dict[str, Any] = {"module": found.module, "sha256": waiting.sha256}
    if row.button(say("versions.take"), key="versions/take"):
        act(frame, partial(versions.take_shipped, **of), say("versions.said_taken"))
    if not waiting.kept_at and row.button(say("versions.keep"), key="versions/keep"):
        act(frame, partial(versions.keep_own, **of), say("versions.said_kept"))
    if row.button(say("versions.merge"), key="versions/merge"):
        with writing() as session:
            id = versions.merge(session, frame.viewer, module=found.module, now=frame.now)
        st.switch_page(script("publish"), query_params={"draft": str(id)})


def one(frame: Frame, found: History, of: Published) -> None:
    """A revision: when, who, what kind; and publishing it again."""
    say = frame.say
    box = frame.surface.container(key=f"card-revision-{of.number}", gap="small")
    live = of.number == found.live.number
    name = say("versions.one", n=of.number, version=of.version)
    box.header(f"{name} ({say('versions.live')})" if live else name, anchor=False)
    who = found.names.get(of.published_by, "") if of.published_by else ""
    kind = say(f"versions.kind.{of.change or ('first' if of.number == 1 else 'none')}")
    told = {
        "day": days.moment(of.published_at, frame.viewer.clock),
        "who": markup.literal(who) or say("versions.by_shipped"),
        "kind": say("versions.again", n=of.repeats, kind=kind) if of.repeats else kind,
    }
    box.markdown(say("versions.by", **told))
    if live or not publishing.may_publish(frame.viewer):
        return
    sure = box.popover(say("versions.back"), type="tertiary", key=f"versions/back/{of.number}")
    sure.markdown(say("versions.back_sure", n=of.number))
    proposed = rolling.strongest(found.revisions, of.number)
    names = {
        "wording": say("versions.back_wording"),
        "clarification": say("versions.back_clarification"),
        "rule": say("versions.back_rule"),
    }
    stem = f"versions/back/{found.live.number}/{of.number}"
    kind = sure.radio(
        say("versions.back_kind"),
        rolling.KINDS,
        index=rolling.KINDS.index(proposed),
        format_func=names.__getitem__,
        key=f"{stem}/kind",
    )
    says = ""
    if kind != "wording":
        word = say("versions.back_told", title=found.title, version=found.live.version)
        label = say("change.says")
        says = fields.text(sure, label, key=f"{stem}/says", value=word, max_chars=300, lines=3)
    if sure.button(say("versions.back_yes"), key=f"versions/back/yes/{of.number}"):
        what: dict[str, Any] = {"module": found.module, "number": of.number}
        what |= {"kind": kind, "says": says}
        act(frame, partial(versions.roll_back, **what), say("versions.said_back", n=of.number))


def comparison(frame: Frame, found: History) -> None:
    """Any two states side by side in one text."""
    say, query = frame.say, st.query_params
    names = {
        str(each.number): say("versions.one", n=each.number, version=each.version)
        for each in found.revisions
    }
    if found.waiting:
        names["shipped"] = say("versions.shipped", version=found.waiting.version)
    if len(names) < 2:
        return
    box = frame.surface.container(key="card-compare", gap="small")
    box.header(say("versions.compare"), anchor=False)
    ids = list(names)
    chosen = {"from": query.get("from", ids[1]), "to": query.get("to", ids[0])}
    row = box.container(horizontal=True, vertical_alignment="bottom", gap="small")
    for end, label in (("from", say("versions.before")), ("to", say("versions.after"))):
        st.session_state[f"versions/{end}"] = chosen[end] if chosen[end] in names else ids[0]
        row.selectbox(
            label,
            ids,
            format_func=names.__getitem__,
            key=f"versions/{end}",
            on_change=lambda end=end: query.update({end: st.session_state[f"versions/{end}"]}),
            width=320,
        )
    ends = {
        "before": st.session_state["versions/from"],
        "after": st.session_state["versions/to"],
    }
    with reading() as session:
        parts = versions.compare(session, frame.viewer, module=found.module, **ends)
    differing.draw(box, say, parts, key="versions")


with page("versions", width=860) as frame:
    with reading() as session:
        found = versions.history(session, frame.viewer, module=st.query_params.get("module", ""))
    say, surface = frame.say, frame.surface
    surface.page_link(script("modules"), label=say("author.back"), icon=":material/arrow_back:")
    surface.title(say("versions.title", title=markup.literal(found.title)), anchor=False)
    surface.markdown(say("versions.sentence"))
    if said := st.session_state.pop(SAID, ""):
        surface.success(said, icon=":material/check_circle:")
    waits(frame, found)
    for each in found.revisions:
        one(frame, found, each)
    comparison(frame, found)

import uuid
from functools import partial
from typing import NoReturn

import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.access import ACTIONS, PAGES, may
from modules.author import actions, drafting, going_on, states
from modules.basics import Problem, Surface, Words
from modules.shell import parts
from modules.shell.frame import Frame, page
from modules.shell.menu import ICONS, script


def listed(
    surface: Surface, say: Words, stops: tuple[Problem, ...], tips: tuple[Problem, ...]
) -> None:
    """What stops a publication, then advice: file, place, fault and repair."""
    for kind, icon, found in (
        ("stops", ":red[:material/error:]", stops),
        ("tips", ":material/lightbulb:", tips),
    ):
        if found:
            number = len(found)
            told = say(f"author.{kind}_one" if number == 1 else f"author.{kind}", n=number)
            lines = [f"{icon} **{told}**\n"]
            lines += [
                f"- {markup.literal(f'{one.file}, {one.place}')}"
                f"  \n  {markup.literal(one.sentence)}"
                for one in found
            ]
            surface.markdown("\n".join(lines))


def card(frame: Frame, taught: actions.Taught, of: states.States, only: bool) -> None:
    """One module: what is wrong first, then what learners see, then the way in."""
    say, published = frame.say, taught.published
    box = frame.surface.container(key=f"card-{taught.id}")
    picture, text = box.columns([4, 8], gap="large")
    parts.cover(picture, taught.id)
    text.header(taught.title, anchor=False)
    if not taught.stops and not taught.tips:
        text.markdown(f":material/check_circle: {say('author.clean')}")
    listed(text, say, taught.stops, taught.tips)
    told = {
        "version": published.version,
        "n": published.number,
        "day": days.moment(published.published_at, frame.viewer.clock),
        "origin": say(f"author.origin.{published.origin}"),
    }
    text.caption(say("author.published_told", **told))
    going_on.lines(frame, text, taught.id, of)
    row = text.container(horizontal=True, vertical_alignment="center")
    if row.button(
        say("author.preview"),
        type="primary" if only else "secondary",
        icon=":material/play_circle:",
        key=f"modules/preview/{taught.id}",
    ):
        st.switch_page(script("preview"), query_params={"module": taught.id})
    if may_write(frame) and row.button(
        say("studio.edit_module"),
        icon=":material/edit_document:",
        key=f"modules/edit/{taught.id}",
    ):
        with writing() as session:
            id = drafting.edit(session, frame.viewer, module=taught.id, now=frame.now)
        open_draft(id)
    row.page_link(
        script("items"),
        label=say("author.items"),
        query_params={"module": taught.id},
        icon=ICONS["items"],
    )
    # Answers to an earlier version can only be there once there was one.
    if published.number > 1 and may(frame.viewer, PAGES, "regrade"):
        row.page_link(
            script("regrade"),
            label=say("regrade.title"),
            query_params={"module": taught.id},
            icon=":material/published_with_changes:",
        )
    row.page_link(
        script("versions"),
        label=say("going.versions"),
        query_params={"module": taught.id},
        icon=":material/history:",
    )


def may_write(frame: Frame) -> bool:
    """Whether the viewer writes modules, or only looks at them."""
    return may(frame.viewer, ACTIONS, "author.write")


def open_draft(id: uuid.UUID) -> NoReturn:
    """Go to a draft."""
    st.switch_page(script("edit"), query_params={"draft": str(id)})


def begin(frame: Frame, titles: dict[str, str]) -> None:
    """Begin a module: its title, and what it begins with."""
    say = frame.say
    card = frame.surface.container(key="card-write", gap="small")
    card.header(say("studio.write"), anchor=False)
    card.caption(say("studio.write_told"))
    if may(frame.viewer, PAGES, "bring"):
        card.page_link(script("bring"), label=say("author.bring"), icon=":material/upload_file:")
    row = card.container(horizontal=True, gap="small", vertical_alignment="bottom")
    title = row.text_input(
        say("studio.title"), max_chars=120, on_change="ignore", key="modules/title"
    )
    names = {"": say("studio.template")} | titles
    copy = row.selectbox(
        say("studio.copy"),
        list(names),
        format_func=lambda one: names.get(one, one),
        on_change="ignore",
        key="modules/copy",
    )
    if card.button(say("studio.write"), icon=":material/edit_document:", key="modules/write"):
        call = partial(drafting.begin, title=title or "", copy=copy or "", say=say, now=frame.now)
        with writing() as session:
            id = call(session, frame.viewer)
        open_draft(id)


def drafts(frame: Frame, of: states.States) -> None:
    """What is being written: whose it is, where it stands, the ways into it."""
    if not of.drafts:
        return
    say = frame.say
    card = frame.surface.container(key="card-drafts", gap="small")
    card.header(say("studio.drafts"), anchor=False)
    for module, draft in sorted(of.drafts.items()):
        when = days.moment(draft.changed_at, frame.viewer.clock)
        title = f"{module}: {of.titles.get(module) or draft.slug}"
        told = say("studio.draft_of", title=title, when=when)
        card.markdown(f"**{markup.literal(told)}**  \n{going_on.state(frame, draft, of)}")
        row = card.container(horizontal=True, vertical_alignment="center")
        writes, query = may_write(frame), {"draft": str(draft.id)}
        row.page_link(
            script("edit"),
            label=say("studio.open") if writes else say("publish.read"),
            icon=":material/edit_document:" if writes else ":material/visibility:",
            query_params=query if writes else {**query, "read": "yes"},
        )
        row.page_link(
            script("publish"),
            label=say("going.to_draft"),
            query_params=query,
            icon=":material/publish:",
        )


with page("modules") as frame:
    with reading() as session:
        shelf = actions.modules(session, frame.viewer, now=frame.now)
        of = states.states(session, frame.viewer)
    say, number = frame.say, len(shelf.modules)
    many = "none" if not number else "one" if number == 1 else "many"
    state = "clean" if not shelf.to_mend else "one" if shelf.to_mend == 1 else "many"
    frame.surface.title(
        say(
            "author.title",
            modules=say(f"author.title_{many}", n=number),
            state=say(f"author.state_{state}", n=shelf.to_mend),
        ),
        anchor=False,
    )
    frame.surface.markdown(say("author.sentence"))
    titles = {one.id: f"{one.id}: {one.title}" for one in shelf.modules}
    if may_write(frame):
        begin(frame, titles)
    drafts(frame, of)
    for taught in shelf.modules:
        card(frame, taught, of, only=number == 1)
    if shelf.stops or shelf.tips:
        shared = frame.surface.container(key="card-shared")
        shared.header(say("author.shared"), anchor=False)
        shared.caption(say("author.shared_told"))
        listed(shared, say, shelf.stops, shelf.tips)
    if shelf.planned:
        one = shelf.planned == 1
        told = say("author.planned_one" if one else "author.planned", n=shelf.planned)
        frame.surface.caption(told)

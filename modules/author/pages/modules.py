import streamlit as st

from db.engine import reading
from modules import days, markup
from modules.access import PAGES, may
from modules.author import actions, going_on, states
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
    going_on.links(frame, row, taught.id, of)


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
    if may(frame.viewer, PAGES, "bring"):
        frame.surface.page_link(
            script("bring"), label=say("author.bring"), icon=":material/upload_file:"
        )
    for taught in shelf.modules:
        card(frame, taught, of, only=number == 1)
    if begun := sorted(of.drafts.keys() - {taught.id for taught in shelf.modules}):
        fresh = frame.surface.container(key="card-begun", gap="small")
        fresh.header(say("going.new"), anchor=False)
        for module in begun:
            going_on.lines(frame, fresh, module, of)
            going_on.links(frame, fresh, module, of, published=False)
    if shelf.stops or shelf.tips:
        shared = frame.surface.container(key="card-shared")
        shared.header(say("author.shared"), anchor=False)
        shared.caption(say("author.shared_told"))
        listed(shared, say, shelf.stops, shelf.tips)
    if shelf.planned:
        one = shelf.planned == 1
        told = say("author.planned_one" if one else "author.planned", n=shelf.planned)
        frame.surface.caption(told)

"""What a draft holds, part by part, each with the way to where it is read as learners see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from modules import markup
from modules.author.editor import outline
from modules.author.editor.held import Held
from modules.author.publishing import Sheet
from modules.basics import Surface
from modules.drafts.spots import Spot
from modules.shell.menu import script

if TYPE_CHECKING:
    from modules.shell.frame import Frame


def to_read(frame: Frame, box: Surface, of: Sheet, part: str = "", label: str = "") -> None:
    """The way to a draft, or a part of it, as learners would see it."""
    query = {"draft": str(of.draft.id), "read": "yes"} | ({"part": part} if part else {})
    box.page_link(
        script("edit"),
        label=markup.literal(label) or frame.say("publish.read"),
        query_params=query,
        icon=None if label else ":material/visibility:",
    )


def draw(frame: Frame, box: Surface, of: Sheet) -> None:
    """Its promise and objectives, and then the names of all that is in it."""
    say, held = frame.say, Held(of.draft.slug, of.files)
    lesson = held.worded("lesson", "md")
    if promise := held.read(Spot(lesson, ("promise",), "front")):
        box.markdown(markup.literal(str(promise)))
    aims = outline.mapping(held.read(Spot(lesson, ("objectives",), "front")))
    if aims:
        lines = [f"- {markup.literal(str(one))}" for one in aims.values()]
        box.markdown("\n".join([f"**{say('studio.objectives')}**\n", *lines]))
    kinds = {
        "screen": say("contents.screens"),
        "item": say("contents.items"),
        "": say("contents.others"),
    }
    every = [one for one in outline.parts(held, say) if one.at not in ("front", "steps")]
    for kind, name in kinds.items():
        found = [one for one in every if _kind(one.at) == kind]
        if not found:
            continue
        box.subheader(f"{name} ({len(found)})", anchor=False)
        rows = box.container(key=f"contents-{kind or 'others'}", gap=None)
        for one in found:
            to_read(frame, rows, of, one.at, _name(held, one))


def _kind(at: str) -> str:
    kind, _, id = at.partition("/")
    return kind if id else ""


def _name(held: Held, part: outline.Part) -> str:
    """A part by its whole words: a question as it is asked, a story by its title."""
    kind, _, id = part.at.partition("/")
    if kind == "item":
        stem = _word(held, "questions", id, "stem")
        return f"{id}: {stem}" if stem else part.name
    if kind == "screen":
        return outline.titled(held, id)
    stem, ending = ("job-aid", "md") if kind == "aid" else (kind, "yaml")
    spot = Spot(held.worded(stem, ending), ("title",), "front" if kind == "aid" else "yaml")
    title = held.read(spot)
    return f"{part.name}: {title}" if title else part.name


def _word(held: Held, stem: str, *at: str) -> str:
    value = held.read(Spot(held.worded(stem), at))
    return "" if isinstance(value, Mapping) or value is None else " ".join(str(value).split())

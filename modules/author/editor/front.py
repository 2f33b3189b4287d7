"""The forms of what stands around the questions: title, objectives, screens, steps, job aid."""

from __future__ import annotations

from functools import partial
from typing import Any

from modules.author.editor.outline import listed
from modules.author.editor.pen import Pen
from modules.author.editor.typed import PROSE
from modules.basics import Surface, Words
from modules.drafts import fields, starting
from modules.drafts.linked import links
from modules.drafts.spots import Spot

LEVELS = ("foundation", "practitioner", "advanced")
FAMILIES = (
    "foundations",
    "everyday-practice",
    "privacy-technology",
    "governance",
    "ai-culture-capstone",
)


def front(pen: Pen, surface: Surface, say: Words) -> None:
    """Title, promise, level and objectives."""
    lesson, head = pen.worded("lesson", "md"), pen.path("module.yaml")
    pen.text(surface, say("studio.title"), Spot(lesson, ("title",), "front"), most=120)
    help = say("studio.promise_help")
    pen.text(
        surface, say("studio.promise"), Spot(lesson, ("promise",), "front"), lines=2, help=help
    )
    names = {
        "foundation": say("studio.level.foundation"),
        "practitioner": say("studio.level.practitioner"),
        "advanced": say("studio.level.advanced"),
    }
    pen.choice(surface, say("studio.level"), Spot(head, ("level",)), names)
    surface.subheader(say("studio.objectives"), anchor=False)
    surface.caption(say("studio.objectives_told"))
    every = listed(pen.read(Spot(head, ("objectives",))))
    for id in every:
        line = surface.container(key=f"line-{pen.id}-objective-{id}", gap="small")
        spot = Spot(lesson, ("objectives", id), "front")
        pen.text(line, say("studio.objective_n", id=id), spot, lines=2)
        if len(every) > 1:
            other = next(one for one in every if one != id)
            ask_to_drop(pen, line, say, "objective", id, say("studio.drop_objective", id=id), other)
    pen.button(
        surface, say("studio.add_objective"), "objective/add", _objective, icon=":material/add:"
    )


def _objective(pen: Pen) -> None:
    lesson, head = pen.worded("lesson", "md"), pen.path("module.yaml")
    there = listed(pen.read(Spot(head, ("objectives",))))
    id = next(f"O{n}" for n in range(1, 99) if f"O{n}" not in there)
    pen.keep(head, fields.add(pen.files[head], ("objectives",), id), id)
    pen.put(Spot(lesson, ("objectives", id), "front"), "")


def aid(pen: Pen, surface: Surface, say: Words) -> None:
    """The job aid."""
    path = pen.worded("job-aid", "md")
    pen.text(surface, say("studio.aid_title"), Spot(path, ("title",), "front"), most=120)
    help = say("studio.aid_help")
    pen.text(surface, say("studio.text"), Spot(path, (), "body"), lines=18, help=help, takes=PROSE)


def ask_to_drop(
    pen: Pen, surface: Surface, say: Words, what: Any, id: str, label: str, instead: str = ""
) -> None:
    """A button that deletes a part; who links to it is told first, and taken out with it."""
    asked = f"edit/asked/{pen.id}"
    if pen.memory.get(asked) != (what, id):
        pen.button(
            surface,
            label,
            f"{what}/{id}/drop",
            partial(_drop, what, id, instead, False),
            type="tertiary",
            icon=":material/delete:",
        )
        return
    box = surface.container(key=f"again-{pen.id}-{what}-{id}", gap="small")
    told = {
        "form": say("studio.link.form"),
        "reserve": say("studio.link.reserve"),
        "matched": say("studio.link.matched"),
        "delayed": say("studio.link.delayed"),
        "screen": say("studio.link.screen"),
        "step": say("studio.link.step"),
        "change": say("studio.link.change"),
        "item": say("studio.link.item"),
    }
    named = [f"{told[one.kind]} {one.name}".strip() for one in links(pen.files, pen.slug, what, id)]
    box.markdown(say("studio.linked", what=id, where="; ".join(named)))
    row = box.container(horizontal=True)
    sure = say("studio.drop_all") if not instead else say("studio.drop_over", id=instead)
    pen.button(row, sure, f"{what}/{id}/sure", partial(_drop, what, id, instead, True))
    pen.button(row, say("studio.drop_not"), f"{what}/{id}/not", _drop_not, type="tertiary")


def _drop(what: Any, id: str, instead: str, sure: bool, pen: Pen) -> None:
    if links(pen.files, pen.slug, what, id) and not sure:
        pen.memory[f"edit/asked/{pen.id}"] = (what, id)
        return
    pen.memory.pop(f"edit/asked/{pen.id}", None)
    pen.drop(what, id, instead)
    head = pen.path("module.yaml")
    pen.keep(head, starting.minutes_summed(pen.files[head]), id)


def _drop_not(pen: Pen) -> None:
    pen.memory.pop(f"edit/asked/{pen.id}", None)

"""The form of the part that is edited."""

from __future__ import annotations

from collections.abc import Mapping

from modules.author.editor import around, front, item, leaves, steps
from modules.author.editor.pen import Pen
from modules.basics import Surface, Words
from modules.drafts.spots import Spot
from modules.settings import settings


def draw(pen: Pen, surface: Surface, say: Words, part: str, shipped: Mapping[str, str]) -> None:
    """Draw it; what is typed or chosen there is saved by the next run."""
    kind, _, id = part.partition("/")
    if kind == "screen":
        front.screen(pen, surface, say, id, around.local_facts(shipped))
    elif kind == "item":
        one = item.Item(pen, say, id, around.beliefs(pen, shipped))
        item.draw(one, surface)
        item.placed(one, surface)
        item.belief(one, surface)
        front.ask_to_drop(pen, surface, say, "item", id, say("studio.drop_item"))
    elif kind == "steps":
        steps.draw(pen, surface, say, around.labs(settings().content))
    elif kind == "aid":
        front.aid(pen, surface, say)
    elif kind in ("scenario", "lab", "lab-2"):
        surface.caption(say("studio.leaves"))
        leaves.draw(pen, surface, say, Spot(pen.worded(kind)))
        if kind != "scenario":
            leaves.draw(pen, surface, say, Spot(pen.path(f"{kind}.yaml"), ("options",)))
    else:
        front.front(pen, surface, say)

"""The form of the part that is edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NoReturn

from modules.author.editor import around, front, item, screen, sheets, steps
from modules.author.editor.pen import Pen
from modules.author.lab_form import lab
from modules.author.story_form import story
from modules.basics import Surface, Words
from modules.drafts import registering
from modules.settings import settings

Again = Callable[[], NoReturn]


def draw(
    pen: Pen,
    surface: Surface,
    say: Words,
    part: str,
    shipped: Mapping[str, str],
    *,
    again: Again,
    today: date,
) -> None:
    """Draw it; what is typed or chosen there is saved by the next run."""
    kind, _, id = part.partition("/")
    if kind == "screen":
        screen.screen(pen, surface, say, id, around.local_facts(shipped))
    elif kind == "item":
        one = item.Item(pen, say, id, registering.beliefs(pen.files, shipped))
        item.draw(one, surface)
        item.placed(one, surface)
        item.belief(one, surface)
        front.ask_to_drop(pen, surface, say, "item", id, say("studio.drop_item"))
    elif kind == "steps":
        steps.draw(pen, surface, say, around.labs(settings().content))
    elif kind == "aid":
        front.aid(pen, surface, say)
    elif kind == "scenario":
        story(surface, pen, say)
    elif kind in ("lab", "lab-2"):
        lab(surface, pen, say, kind)
    else:
        front.front(pen, surface, say)
    sheets.search(pen, surface, say, part, shipped, today, again)

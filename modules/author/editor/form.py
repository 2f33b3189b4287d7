"""The form of the part that is edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import NoReturn

from modules.author.editor import around, front, item, screen, steps
from modules.author.editor.pen import Pen
from modules.author.lab_form import lab
from modules.author.sheet import Changes, Sheet
from modules.author.story_form import story
from modules.basics import Surface, Words
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
    """Draw it; what is typed or chosen there is saved by the next run.

    Stories and labs save while they are drawn: ``again`` then draws the page anew.
    """
    kind, _, id = part.partition("/")
    if kind == "screen":
        find = partial(around.facts, pen, today)
        screen.screen(pen, surface, say, id, around.local_facts(shipped), find)
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
        before = dict(pen.files)
        if kind == "scenario":
            story(surface, sheet(pen, say), again)
        else:
            lab(surface, sheet(pen, say), kind)
        if pen.files != before:
            again()
    else:
        front.front(pen, surface, say)


def sheet(pen: Pen, say: Words) -> Sheet:
    """The draft as the forms of stories and labs take it."""

    def save(before: Mapping[str, str], changes: Changes, place: str) -> Mapping[str, str]:
        for path, text in changes.items():
            pen.keep(path, text, place)
        return dict(pen.files)

    key = f"edit/{pen.id}"
    return Sheet(pen.files, pen.slug, pen.language, say, key, save, pen.may_write)

"""A form over whatever fields there are: for rarer kinds of question, for stories and labs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from modules.author.editor.pen import Pen
from modules.basics import Surface, Words
from modules.course.files.marked import At
from modules.drafts.spots import Spot
from modules.questions import QUESTION_TYPES

ALL_KINDS = frozenset(QUESTION_TYPES)
SHORT = 50


def draw(pen: Pen, surface: Surface, say: Words, under: Spot, known: Collection[str] = ()) -> None:
    """A field for every value below a place, but the ``known`` ones of its first level."""
    value = pen.read(under)
    if not isinstance(value, Mapping):
        return
    for at, one in _leaves({name: one for name, one in value.items() if name not in known}):
        label = " › ".join(str(step).replace("_", " ") for step in at)
        spot = Spot(under.path, (*under.at, *at))
        if isinstance(one, bool):
            pen.switch(surface, label, spot)
        elif isinstance(one, int | float):
            pen.number(surface, label, spot, least=-1_000_000, whole=isinstance(one, int))
        elif isinstance(one, list):
            help = say("studio.one_a_line")
            lines = Spot(spot.path, spot.at, "lines")
            pen.text(surface, label, lines, lines=min(max(len(one), 2), 8), help=help)
        else:
            lines_ = 1 if len(str(one or "")) <= SHORT else 3
            pen.text(surface, label, spot, lines=lines_)


def _leaves(data: Any, at: At = ()) -> Iterator[tuple[At, Any]]:
    if isinstance(data, Mapping):
        for name, value in data.items():
            if name != "id":
                yield from _leaves(value, (*at, name))
    elif isinstance(data, list) and any(isinstance(one, dict | list) for one in data):
        for number, value in enumerate(data):
            own = value.get("id") if isinstance(value, Mapping) else None
            yield from _leaves(value, (*at, own if isinstance(own, str) else number))
    elif isinstance(data, str | bool | int | float | list) or data is None:
        yield at, data

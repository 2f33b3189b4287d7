"""Read the figure: tag who was asked, when and how anyone knows; mend what claims too much."""

from __future__ import annotations

from modules.labs.read_figure.drawing import play
from modules.labs.read_figure.grading import VERSION, checks, forget, grade, naive, solve
from modules.labs.read_figure.options import Options
from modules.labs.read_figure.reviewing import review
from modules.labs.read_figure.script import script
from modules.labs.read_figure.state import State, dump, load, place, start

LIBRARIES: tuple[str, ...] = ()

__all__ = [
    "LIBRARIES",
    "VERSION",
    "Options",
    "State",
    "checks",
    "dump",
    "forget",
    "grade",
    "load",
    "naive",
    "place",
    "play",
    "review",
    "script",
    "solve",
    "start",
]

"""Read the figure: tag who was asked, when and how anyone knows; mend what claims too much."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.read_figure.drawing import play
from modules.labs.read_figure.grading import VERSION, checks, forget, grade, naive, solve
from modules.labs.read_figure.options import Options
from modules.labs.read_figure.reviewing import review
from modules.labs.read_figure.script import script
from modules.labs.read_figure.state import dump, load, place, start

LIBRARIES: tuple[str, ...] = ()

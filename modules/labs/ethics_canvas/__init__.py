"""Ethics canvas: a proposal, the town's figures by group, and a page with six boxes to fill."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.ethics_canvas.drawing import play
from modules.labs.ethics_canvas.grading import VERSION, checks, forget, grade, naive, solve
from modules.labs.ethics_canvas.options import Options
from modules.labs.ethics_canvas.reviewing import review
from modules.labs.ethics_canvas.script import script
from modules.labs.ethics_canvas.state import dump, load, place, shown_to, start

LIBRARIES: tuple[str, ...] = ("numpy", "modules.synth")

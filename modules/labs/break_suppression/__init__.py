"""Break the hiding of our own (invented) completion figures, then mend it against the attack."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.break_suppression.drawing import play
from modules.labs.break_suppression.grading import VERSION, checks, grade, naive, solve
from modules.labs.break_suppression.options import Options
from modules.labs.break_suppression.reviewing import review
from modules.labs.break_suppression.script import script
from modules.labs.break_suppression.state import dump, forget, load, place, start

LIBRARIES: tuple[str, ...] = ("scipy.optimize",)

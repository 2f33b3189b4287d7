"""Sort the fields: what does each say about whom, and beside what; then release the least."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.sort_fields.drawing import play
from modules.labs.sort_fields.grading import VERSION, checks, forget, grade, naive, solve
from modules.labs.sort_fields.options import Options
from modules.labs.sort_fields.reviewing import review
from modules.labs.sort_fields.script import script
from modules.labs.sort_fields.state import dump, load, place, shown_to, start

LIBRARIES: tuple[str, ...] = ("numpy", "modules.synth")

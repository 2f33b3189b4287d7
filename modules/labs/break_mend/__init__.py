"""Break it, then mend it: link a release without names to a register, then make one that holds."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.break_mend.drawing import play
from modules.labs.break_mend.grading import VERSION, checks, forget, grade, naive, solve
from modules.labs.break_mend.options import Options
from modules.labs.break_mend.reviewing import review
from modules.labs.break_mend.script import script
from modules.labs.break_mend.state import dump, load, place, shown_to, start

LIBRARIES = ("numpy", "pandas", "pycanon.anonymity")

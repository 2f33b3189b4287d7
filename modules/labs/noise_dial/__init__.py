"""Noise dial: set ε for an error, average noise away that has no budget, spend a budget once."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.noise_dial.drawing import play
from modules.labs.noise_dial.grading import VERSION, checks, forget, grade, naive, solve
from modules.labs.noise_dial.keeping import dump, load
from modules.labs.noise_dial.noise import LIBRARIES
from modules.labs.noise_dial.options import Options
from modules.labs.noise_dial.reviewing import review
from modules.labs.noise_dial.script import script
from modules.labs.noise_dial.state import place, shown_to, start

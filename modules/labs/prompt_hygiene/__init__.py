"""Prompt hygiene: clean a prompt, attack what is left of it, then check the draft."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.prompt_hygiene.drawing import play
from modules.labs.prompt_hygiene.grading import VERSION, checks, forget, grade, naive, solve
from modules.labs.prompt_hygiene.options import Options
from modules.labs.prompt_hygiene.reviewing import review
from modules.labs.prompt_hygiene.script import script
from modules.labs.prompt_hygiene.state import dump, load, place, start

LIBRARIES: tuple[str, ...] = ("numpy", "modules.synth")

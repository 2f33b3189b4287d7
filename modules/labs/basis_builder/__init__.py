"""Basis builder: find what each use stands on, tell people, and answer a new idea."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.basis_builder.drawing import play
from modules.labs.basis_builder.grading import VERSION, checks, forget, grade, naive, solve
from modules.labs.basis_builder.options import Options
from modules.labs.basis_builder.reviewing import review
from modules.labs.basis_builder.script import script
from modules.labs.basis_builder.state import dump, load, place, shown_to, start

LIBRARIES: tuple[str, ...] = ()

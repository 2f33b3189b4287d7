"""Compute without pooling: a model from five services, and a sum that nobody shows a number for."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.without_pooling.drawing import play
from modules.labs.without_pooling.grading import VERSION, checks, grade, naive, solve
from modules.labs.without_pooling.options import Options
from modules.labs.without_pooling.reviewing import review
from modules.labs.without_pooling.script import script
from modules.labs.without_pooling.state import dump, forget, load, place, shown_to, start

LIBRARIES: tuple[str, ...] = (
    "numpy",
    "modules.synth",
    "tenseal",
    "flwr.app",
    "flwr.clientapp",
    "flwr.serverapp",
    "flwr.serverapp.strategy",
    "flwr.supercore.task_identity",
)

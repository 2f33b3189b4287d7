"""Branching stories in which choices have consequences, and refusing can be one of the harms."""

from __future__ import annotations

from modules.scenarios.check import problems
from modules.scenarios.draw import draw
from modules.scenarios.model import Choice, Ending, Node, Scenario
from modules.scenarios.path import (
    Path,
    Step,
    at,
    choose,
    debrief,
    meters,
    offered,
    pips,
    place,
    replay,
)

__all__ = [
    "Choice",
    "Ending",
    "Node",
    "Path",
    "Scenario",
    "Step",
    "at",
    "choose",
    "debrief",
    "draw",
    "meters",
    "offered",
    "pips",
    "place",
    "problems",
    "replay",
]

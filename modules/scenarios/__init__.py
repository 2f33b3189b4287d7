"""Branching stories in which choices have consequences, and refusing can be one of the harms."""

from __future__ import annotations

from modules.scenarios.check import problems
from modules.scenarios.draw import Marked, draw, draw_ending
from modules.scenarios.map import map_html
from modules.scenarios.model import Choice, Ending, Node, Reason, Scenario
from modules.scenarios.path import (
    Path,
    Step,
    Taken,
    at,
    choose,
    debrief,
    ended,
    meters,
    must_say_why,
    offered,
    pips,
    place,
    replay,
)

__all__ = [
    "Choice",
    "Ending",
    "Marked",
    "Node",
    "Path",
    "Reason",
    "Scenario",
    "Step",
    "Taken",
    "at",
    "choose",
    "debrief",
    "draw",
    "draw_ending",
    "ended",
    "map_html",
    "meters",
    "must_say_why",
    "offered",
    "pips",
    "place",
    "problems",
    "replay",
]

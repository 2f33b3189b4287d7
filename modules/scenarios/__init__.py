"""Branching stories in which choices have consequences, and refusing can be one of the harms."""

from __future__ import annotations

from modules.scenarios.check import problems
from modules.scenarios.draw import Marked, draw, draw_ending, letter
from modules.scenarios.letters import filled
from modules.scenarios.map import map_html
from modules.scenarios.model import Choice, Ending, Node, Reaches, Reason, Scenario
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
    "Reaches",
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
    "filled",
    "letter",
    "map_html",
    "meters",
    "must_say_why",
    "offered",
    "pips",
    "place",
    "problems",
    "replay",
]

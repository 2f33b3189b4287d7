"""Rows in, Vega-Lite out: the charts of statistics. Pure and cached; the only user of Altair.

Every chart has the same signature, so that one loop can draw them all, and a function
``<name>_finding`` that says in words what it shows. Texts arrive ready made: a chart knows no
language. No legends: lines and bars carry their own words. One file for each chart.
"""

from __future__ import annotations

from modules.charts.bars import ahead_finding, bars, beliefs_finding
from modules.charts.calendar import calendar, calendar_finding
from modules.charts.calibration import calibration
from modules.charts.finish import warm
from modules.charts.grid import grid_finding
from modules.charts.images import Kind, picture
from modules.charts.marks import DARK, LIGHT, Dot, Finding, Inks, Mark, Point
from modules.charts.questions import questions
from modules.charts.skills import skills, skills_finding
from modules.charts.spans import groups_finding, spans
from modules.charts.trend import trend, trend_finding
from modules.charts.units import modules_finding, units, units_finding
from modules.charts.ways import ways

PERSONAL = frozenset({"calibration"})
"""Charts of one learner, for her own eyes: nothing in them is hidden, and no panel has them."""

PLANS = frozenset({"calendar"})
"""Charts of what a rule would do, for who makes it: no figure of what people did, and no panel."""

TAUGHT = frozenset({"questions", "ways"})
"""Charts of what is taught, for who writes it: `modules.analysing` decides what is told there."""

__all__ = [
    "DARK",
    "LIGHT",
    "PERSONAL",
    "PLANS",
    "TAUGHT",
    "Dot",
    "Finding",
    "Inks",
    "Kind",
    "Mark",
    "Point",
    "ahead_finding",
    "bars",
    "beliefs_finding",
    "calendar",
    "calendar_finding",
    "calibration",
    "grid_finding",
    "groups_finding",
    "modules_finding",
    "picture",
    "questions",
    "skills",
    "skills_finding",
    "spans",
    "trend",
    "trend_finding",
    "units",
    "units_finding",
    "warm",
    "ways",
]

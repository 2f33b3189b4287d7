"""Hidden-tab hunt: find what a real workbook hides, and build the file that may go out."""

from __future__ import annotations

from modules.labs.hidden_tab.drawing import play
from modules.labs.hidden_tab.grading import VERSION, checks, grade, naive, solve
from modules.labs.hidden_tab.options import Options
from modules.labs.hidden_tab.reviewing import review
from modules.labs.hidden_tab.script import script
from modules.labs.hidden_tab.state import State, dump, forget, load, place, start

LIBRARIES = (
    "openpyxl",
    "openpyxl.comments",
    "openpyxl.packaging.custom",
    "openpyxl.pivot.cache",
    "openpyxl.pivot.fields",
    "openpyxl.pivot.record",
    "openpyxl.pivot.table",
    "openpyxl.styles",
    "openpyxl.workbook.defined_name",
    "defusedxml.ElementTree",
)

__all__ = [
    "LIBRARIES",
    "VERSION",
    "Options",
    "State",
    "checks",
    "dump",
    "forget",
    "grade",
    "load",
    "naive",
    "place",
    "play",
    "review",
    "script",
    "solve",
    "start",
]

"""Hidden-tab hunt: find what a real workbook hides, and build the file that may go out."""

# mypy: implicit-reexport
from __future__ import annotations

from modules.labs.hidden_tab.drawing import play
from modules.labs.hidden_tab.grading import VERSION, checks, grade, naive, solve
from modules.labs.hidden_tab.options import Options
from modules.labs.hidden_tab.reviewing import review
from modules.labs.hidden_tab.script import script
from modules.labs.hidden_tab.state import dump, forget, load, place, start

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

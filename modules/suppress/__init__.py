"""Statistics for groups: what may be drawn, what stays hidden, and the audit that attacks it."""

from __future__ import annotations

from modules.suppress.attack import Exposure, audit
from modules.suppress.cells import Cell, Shown, withhold
from modules.suppress.pattern import protect
from modules.suppress.snapshots import changed, comparable
from modules.suppress.tree import regions

__all__ = [
    "Cell",
    "Exposure",
    "Shown",
    "audit",
    "changed",
    "comparable",
    "protect",
    "regions",
    "withhold",
]

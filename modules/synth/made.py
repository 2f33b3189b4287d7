"""What a table's builder returns: its columns and what was planted in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from modules.synth.core import Core
from modules.synth.draws import Column
from modules.synth.table import Table


@dataclass(frozen=True)
class Made:
    """``columns`` in order; ``planted`` holds arrays and texts by name, for the grader."""

    columns: Mapping[str, Column]
    planted: Mapping[str, Any] = field(default_factory=dict)


class Growing(Protocol):
    """What a builder may look at: the core, and the tables that come before its own."""

    @property
    def core(self) -> Core:
        """The town before its tables."""
        ...

    def table(self, name: str) -> Table:
        """Another table."""
        ...

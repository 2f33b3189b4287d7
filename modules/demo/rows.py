"""Rows ready to insert, and what an attempt needs while it is being played."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from modules.course.model import Module
from modules.progress import papers
from modules.progress.sheet import Answer, Sheet


@dataclass(frozen=True)
class Pinned:
    """The revision that the records belong to, and whose they are."""

    org_id: uuid.UUID
    revision_id: uuid.UUID
    sha256: str
    module: Module
    valid_months: int


@dataclass
class Rows:
    """Whole rows by table, ready to insert."""

    attempts: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    completions: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Turns:
    """Numbers the attempts of one person, whichever module they belong to."""

    last: int = 0

    def next(self) -> int:
        """The number of the attempt that begins now."""
        self.last += 1
        return self.last


@dataclass
class Open:
    """An attempt being sat: its row, and the sheet that progress is derived from."""

    row: dict[str, Any]
    answers: dict[tuple[str, int], Answer] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        """The attempt as progress knows it."""
        return Sheet(
            self.row["form"],
            self.row["number"],
            self.row["seed"],
            self.answers,
            paper=papers.from_json(self.row["paper"]),
        )

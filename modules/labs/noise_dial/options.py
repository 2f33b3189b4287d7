"""What the lab's files say: tables to share a budget among, ways to read a refusal, hints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from modules.basics import Content

HINTS = (
    *("scale", "limit", "smallest", "attack", "spent"),
    *("sum", "needs", "importance", "refused"),
)
TABLES = ("ward", "clinic", "age", "urgency")
RANKS = ("first", "second", "third", "fourth")
READINGS = ("spent", "wait", "smaller")
Named = Annotated[Mapping[str, str], Field(min_length=1)]


class Options(Content):
    """The lab in one language. ``tables`` are named by what they count by, ``ranks`` say what
    depends on the table of that rank, ``readings`` how one may read the refusal.
    """

    title: str
    task: str
    aha: str = ""
    tables: Named
    ranks: Named
    readings: Named
    why: str = Field(min_length=1)
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _all_named(self) -> Options:
        for name, told, ids in (
            ("tables", self.tables, TABLES),
            ("ranks", self.ranks, RANKS),
            ("readings", self.readings, READINGS),
            ("hints", self.hints, HINTS),
        ):
            if sorted(told) != sorted(ids):
                raise ValueError(f"{name}: expected a text for each of {', '.join(ids)}")
        return self

"""What the lab's files say: the names of services and agencies, the aha, and the hints."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field, model_validator

from modules.basics import Content

HINTS = ("rows", "close", "key", "total", "least")
SERVICES = ("children", "youth", "family", "work", "pension")
"""Five services, each of which knows one age group."""

AGENCIES = ("housing", "tax", "disability", "income", "carers", "pensions")
"""Six agencies, each of which pays one benefit; the seed leaves one of them out."""


class Options(Content):
    """The texts. What differs between learners is drawn by the seed."""

    title: str
    task: str
    aha: str = Field(min_length=1)
    services: Mapping[str, str]
    agencies: Mapping[str, str]
    why: str
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _hold_together(self) -> Options:
        for found, wanted in (
            (self.services, SERVICES),
            (self.agencies, AGENCIES),
            (self.hints, HINTS),
        ):
            if sorted(found) != sorted(wanted):
                raise ValueError(f"expected {', '.join(wanted)}, and no other")
        return self

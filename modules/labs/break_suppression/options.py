"""What the lab's files say: the departments with their teams, and the hints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from modules.basics import Content

HINTS = ("subtract", "joined", "status", "safe", "useful")
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


class Department(Content):
    """A department; its teams by id, each with its name. The smallest team is drawn by the seed."""

    id: Id
    name: str
    teams: Annotated[Mapping[Id, str], Field(min_length=3, max_length=5)]


class Options(Content):
    """Three departments: the first two get a small team each, the third gets none."""

    title: str
    task: str
    aha: str = Field(min_length=1)
    body: str
    departments: Annotated[tuple[Department, ...], Field(strict=False, min_length=3, max_length=3)]
    why: str
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _hold_together(self) -> Options:
        ids = [one.id for one in self.departments]
        ids += [team for one in self.departments for team in one.teams]
        if len(set(ids)) < len(ids) or "top" in ids:
            raise ValueError("two units have the same id, or one is called “top”")
        if sorted(self.hints) != sorted(HINTS):
            raise ValueError(f"the hints are {', '.join(HINTS)}, and no other")
        return self

    def names(self) -> dict[str, str]:
        """The name of each unit by its id, from the top down."""
        found = {"top": self.body}
        for one in self.departments:
            found[one.id] = one.name
            found |= one.teams
        return found

"""The course as a list: its modules, shipped or planned, and the paths through them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from modules.basics import Content
from modules.course.model.library import Need


class ModuleCard(Content):
    """A module as a list shows it. A planned one has no files yet, and its minutes are a plan."""

    id: str
    slug: str
    title: str
    promise: str = ""
    family: str
    level: str
    minutes: int = Field(ge=1)
    status: Literal["available", "planned"]

    @property
    def planned(self) -> bool:
        """Whether the module is still to be written."""
        return self.status == "planned"


class Path(Content):
    """A role's way through the course: module ids in order; ``minutes`` are a plan."""

    id: str
    title: str
    promise: str = ""
    minutes: int = Field(ge=1)
    modules: tuple[str, ...] = Field(min_length=1)


class Course(Content):
    """Every module, shipped or planned, and the paths through them."""

    title: str = ""
    languages: tuple[str, ...] = ("en",)
    modules: tuple[ModuleCard, ...]
    paths: tuple[Path, ...]
    # What the home page offers to somebody who needs help now.
    help: tuple[Need, ...] = ()

    def card(self, id: str) -> ModuleCard:
        """The card of a module, by its id or slug; KeyError if there is none."""
        for card in self.modules:
            if id in (card.id, card.slug):
                return card
        raise KeyError(id)

    def path(self, id: str) -> Path:
        """The role path of that id; the first one where there is none."""
        return next((one for one in self.paths if one.id == id), self.paths[0])

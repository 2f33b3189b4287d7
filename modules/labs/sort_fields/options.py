"""What the lab's files say: a register of fields with their boxes, pairs, columns and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Limits
from pydantic import model_validator

from modules.basics import Content
from modules.labs.sort_fields.working import COLUMNS

Box = Literal["personal", "special", "criminal", "pseudonymised", "anonymous"]
BOXES: tuple[Box, ...] = ("personal", "special", "criminal", "pseudonymised", "anonymous")
RELEASE = ("missing", "beyond", "special", "alone")
HINTS = (*(f"box-{box}" for box in BOXES), "pair", *(f"release-{part}" for part in RELEASE))
Id = Annotated[str, Limits(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]


class Field(Content):
    """A field to sort. The register says its ``box``; ``also`` is another that can be defended.

    ``group`` is what the draw takes one or more from. Its values come from ``column`` of ``table``,
    from a count that ``column`` names, or are written as ``samples``, free text for instance.
    """

    id: Id
    group: str
    table: str
    column: str = ""
    box: Box
    also: Box | None = None
    name: str = Limits(min_length=1)
    about: str = Limits(min_length=1)
    samples: Annotated[tuple[str, ...], Limits(strict=False)] = ()
    why: str = Limits(min_length=1)


class Pair(Content):
    """Two columns of the working table, side by side. Whether they single out is counted."""

    id: Id
    columns: str
    kind: Literal["sharp", "blunt"]
    left: str = Limits(min_length=1)
    right: str = Limits(min_length=1)
    why: str = Limits(min_length=1)

    @property
    def both(self) -> tuple[str, str]:
        """The two columns by id."""
        one, two = self.columns.split()
        return one, two


class Released(Content):
    """A column that may be released. ``known`` to a neighbour; ``special`` by the register."""

    id: Id
    known: bool = False
    special: bool = False
    name: str = Limits(min_length=1)


class Task(Content):
    """Something to do with a release, and the least that does it.

    ``reach`` tasks have to reach each person, so that everybody stands alone in the release.
    """

    id: Id
    needs: str
    reach: bool = False
    text: str = Limits(min_length=1)
    why: str = Limits(min_length=1)

    @property
    def least(self) -> tuple[str, ...]:
        """The columns that it needs, by id."""
        return tuple(self.needs.split())


Many = Limits(strict=False)


class Options(Content):
    """The lab in one language. ``draw`` says how many fields of each group a learner meets."""

    title: str
    task: str
    aha: str = ""
    people: Annotated[int, Limits(ge=500, le=10_000)] = 5000
    draw: Mapping[str, Annotated[int, Limits(ge=1, le=3)]]
    offered: Annotated[int, Limits(ge=5, le=10)] = 8
    boxes: Mapping[Box, str]
    fields: Annotated[tuple[Field, ...], Many]
    pairs: Annotated[tuple[Pair, ...], Many]
    columns: Annotated[tuple[Released, ...], Many]
    tasks: Annotated[tuple[Task, ...], Many]
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _fits(self) -> Options:
        for what, several in (("fields", self.fields), ("pairs", self.pairs)):
            ids = [one.id for one in several]
            if len(set(ids)) < len(ids):
                raise ValueError(f"two {what} have the same id")
        if set(self.boxes) != set(BOXES):
            raise ValueError(f"the boxes are {', '.join(BOXES)}")
        for group, number in self.draw.items():
            if sum(one.group == group for one in self.fields) < number:
                raise ValueError(f"there are fewer than {number} fields of the group {group}")
        known = {one.id for one in self.columns}
        used = {name for pair in self.pairs for name in pair.columns.split()} | known
        if unknown := sorted(used - set(COLUMNS)):
            raise ValueError(f"the working table has no column {', '.join(unknown)}")
        for kind in ("sharp", "blunt"):
            if not any(pair.kind == kind for pair in self.pairs):
                raise ValueError(f"there is no {kind} pair")
        for task in self.tasks:
            if not task.least or set(task.least) - known:
                raise ValueError(f"the task {task.id} needs columns that are not offered")
        if not self.tasks or not any(one.special for one in self.columns):
            raise ValueError("write at least one task, and one special category column")
        if missing := [hint for hint in HINTS if not self.hints.get(hint)]:
            raise ValueError(f"there is no hint for {', '.join(missing)}")
        if unknown := sorted(self.hints.keys() - set(HINTS)):
            raise ValueError(f"no check uses the hint {', '.join(unknown)}")
        return self

    def heading(self, column: str) -> str:
        """The name of a column that may be released."""
        return next(one.name for one in self.columns if one.id == column)

"""What a version of a module changed, for whom, and what has to be learnt anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from modules.basics import Content

FIRST = "1.0.0"
"""The version that has no earlier one."""


def order(version: str) -> tuple[int, ...]:
    """A version as numbers, so that 1.10.0 comes after 1.9.0. Raises ValueError for none."""
    return tuple(int(one) for one in version.split("."))


class Change(Content):
    """One version's change against the one before it.

    ``wording`` asks nothing of anybody. A ``clarification`` is shown once. A ``rule`` is what
    people are to do otherwise from now on: whoever is affected redoes the changed items.
    """

    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    kind: Literal["wording", "clarification", "rule"]
    # What it is, in one sentence for learners.
    says: str = Field(min_length=1)
    # Ids of the screens and items that changed.
    parts: tuple[str, ...] = ()
    # Role paths and laws whose people are affected; empty: all.
    paths: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    # Only who learned a version from this one on is affected; empty: any earlier one. What takes a
    # text back says so: who never met that has learned what holds.
    since: str = Field(default="", pattern=r"^(\d+\.\d+\.\d+)?$")
    # Days to redo it from its publication; None: what the installation sets.
    days: int | None = Field(default=None, ge=1, le=730)

    def affects(self, path: str, law: str) -> bool:
        """Whether somebody on this path, under this law, is affected."""
        return (not self.paths or path in self.paths) and (not self.laws or law in self.laws)


def since(changes: Iterable[Change], version: str) -> tuple[Change, ...]:
    """The changes after a version, oldest first."""
    late = [one for one in changes if order(one.version) > order(version)]
    return tuple(sorted(late, key=lambda one: order(one.version)))

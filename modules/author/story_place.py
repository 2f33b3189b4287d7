"""One place of a story as its form has it open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from modules.author.editor.pen import Pen
from modules.basics import Surface, Words
from modules.course.files.marked import At
from modules.course.finding import Kind
from modules.drafts import spots
from modules.scenarios.graph import Graph, Spot

LONG = 2000


@dataclass(frozen=True)
class Place:
    """A decision or an ending: ``one`` is what the files have of it, ``story`` the whole."""

    pen: Pen
    say: Words
    graph: Graph
    spot: Spot
    one: Mapping[str, Any]
    story: Mapping[str, Any]
    key: str

    def word(self, *at: str | int) -> spots.Spot:
        """A text of the story."""
        return spots.Spot(self.pen.worded("scenario"), at)

    def shape(self, *at: str | int) -> spots.Spot:
        """A value of its structure."""
        return spots.Spot(self.pen.path("scenario.yaml"), at)

    def text(
        self,
        surface: Surface,
        label: str,
        at: At,
        *,
        lines: int = 1,
        most: int = 300,
        help: str | None = None,
        takes: tuple[Kind, ...] = (),
    ) -> None:
        """A field for a text of the story."""
        # Beside what it is, of which choice or reason: there are several of each.
        name = f"{label} ({at[3]})" if len(at) > 3 else label
        spot = self.word(*at)
        self.pen.text(
            surface, label, spot, lines=lines, most=most, help=help, takes=takes, name=name
        )

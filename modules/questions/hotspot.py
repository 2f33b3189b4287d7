"""Hotspot: mark every place of a document or a small spreadsheet that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from modules.questions.document_text import Text, literal_text
from modules.questions.hotspot_item import HotspotItem
from modules.questions.parts import unlike
from modules.questions.places import Place, differ
from modules.questions.question import Many, Question, spoken

WIDEST, LONGEST = 6, 30
"""Columns and rows that still read well on a phone."""


class Spot(Place):
    """A place: ``at`` is a line of the document ("3") or a cell of the spreadsheet ("B3")."""

    at: str = Field(pattern=r"^([A-Z]?[1-9][0-9]?)$")
    key: bool = False

    @property
    def right(self) -> bool:
        """Whether it is one of those that are asked for."""
        return self.key

    @property
    def cell(self) -> tuple[int, int]:
        """Its row and column, from 0; a line is in column 0."""
        letter, number = (self.at[0], self.at[1:]) if self.at[0].isalpha() else ("A", self.at)
        return int(number) - 1, ord(letter) - ord("A")


class Hotspot(Question):
    """Some places are right, at least one is not. The response is ``{"spots": ["s1", "s3"]}``.

    A document is ``lines`` of text; a spreadsheet has ``rows`` of as many ``cells`` as it has
    ``columns``. A place is a line or a cell, never a spot of pixels: it can be read aloud and
    stays where it is on any screen.
    """

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True
    SECONDS: ClassVar[int] = 45
    TEXT: ClassVar[frozenset[str]] = frozenset(
        {"stem", "source", "why", "title", "spots", "lines", "cells"}
    )

    kind: Literal["hotspot"]
    picture: Literal["document", "spreadsheet"]
    columns: int = Field(default=0, validate_default=True, ge=0, le=WIDEST)
    rows: int = Field(default=0, validate_default=True, ge=0, le=LONGEST)
    spots: Many[Spot] = Field(min_length=2, max_length=12)
    title: Text
    lines: Many[str] = Field(default=(), validate_default=True, max_length=LONGEST)
    cells: Many[Many[str]] = Field(default=(), validate_default=True, max_length=LONGEST)

    @field_validator("spots")
    @classmethod
    def _spots_differ(cls, spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
        differ(spots, "spot", "marked “key: true”")
        unlike(spots, "at", "two spots")
        return spots

    @field_validator("columns", "rows")
    @classmethod
    def _has_a_size(cls, size: int, info: ValidationInfo) -> int:
        sheet = info.data.get("picture", "spreadsheet") == "spreadsheet"
        if sheet and not size:
            raise ValueError("a spreadsheet needs its size: columns and rows, each at least 1")
        if size and not sheet:
            raise ValueError("a document has no columns and rows: they are a spreadsheet's")
        return size

    @field_validator("lines")
    @classmethod
    def _lines_hold_the_spots(cls, lines: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("picture") == "document":
            if not lines:
                raise ValueError("there are no lines: write what the document says")
            _holds([(line,) for line in lines], "document", info)
        elif lines:
            raise ValueError("a spreadsheet has cells: lines are a document's")
        return lines

    @field_validator("cells")
    @classmethod
    def _cells_hold_the_spots(
        cls, cells: tuple[tuple[str, ...], ...], info: ValidationInfo
    ) -> tuple[tuple[str, ...], ...]:
        if info.data.get("picture") == "spreadsheet":
            columns, rows = info.data.get("columns"), info.data.get("rows")
            if rows and len(cells) != rows:
                raise ValueError(f"there are {len(cells)} rows of cells, but “rows” is {rows}")
            for number, row in enumerate(cells, 1):
                if columns and len(row) != columns:
                    raise ValueError(f"row {number} has {len(row)} cells, not {columns}")
            _holds(cells, "spreadsheet", info)
        elif cells:
            raise ValueError("a document has lines: cells are a spreadsheet's")
        return cells

    def text_at(self, spot: Spot) -> str:
        """What the document or the spreadsheet says there."""
        down, across = spot.cell
        return literal_text(self.cells[down][across] if self.cells else self.lines[down])

    def _item(self, seed: str) -> HotspotItem:
        """The spots from the top down: a document has its own order, so the seed sets nothing."""
        return HotspotItem(self, tuple(sorted(self.spots, key=lambda spot: spot.cell)))


def _holds(texts: Sequence[Sequence[str]], picture: str, info: ValidationInfo) -> None:
    """Raises ValueError for a spot that is not where the picture has text."""
    form = "a cell such as “B3”" if picture == "spreadsheet" else "a line such as “3”"
    for spot in info.data.get("spots", ()):
        down, across = spot.cell
        if spot.at[0].isalpha() != (picture == "spreadsheet"):
            raise ValueError(f"spot {spot.id} is at “{spot.at}”, which is not {form}")
        if down >= len(texts) or across >= len(texts[down]):
            raise ValueError(f"spot {spot.id} is at {spot.at}, outside the {picture}")
        if not spoken(texts[down][across]):
            raise ValueError(f"spot {spot.id} is at {spot.at}, where there is no text")

"""One hotspot as it is drawn: the document, numbered, and the words for what was marked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from modules.basics import Words
from modules.questions.document_html import document_html, grid_html
from modules.questions.document_text import literal_text
from modules.questions.places import PlacesItem
from modules.questions.question import spoken

if TYPE_CHECKING:
    from modules.questions.hotspot import Hotspot, Spot


@dataclass(frozen=True)
class HotspotItem(PlacesItem["Spot"]):
    """A document with numbered spots."""

    FIELD = "spots"
    ASK = "question.spots_ask"
    STATES: ClassVar[dict[tuple[bool, bool], tuple[str, str]]] = {
        (True, True): ("right-yours", "question.spot_found"),
        (True, False): ("right", "question.spot_missed"),
        (False, True): ("yours", "question.spot_extra"),
    }

    question: Hotspot

    def name(self, place: Spot) -> str:
        """A cell with its address, a line with its words alone."""
        text = self.question.text_at(place)
        return f"{place.at}: {text}" if self.question.cells else text

    def picture(self, marked: Collection[str], words: Words) -> str:
        """The lines or cells, each spot with its number."""
        question = self.question
        places = zip(self.places, self.marks(marked, words), strict=True)
        marks = {spot.cell: mark for spot, mark in places}
        title = spoken(question.title)
        if question.cells:
            cells = [[literal_text(cell) for cell in row] for row in question.cells]
            return grid_html(title, words("question.row"), cells, marks)
        lines = {down + 1: mark for (down, _), mark in marks.items()}
        return document_html(title, [literal_text(line) for line in question.lines], lines)

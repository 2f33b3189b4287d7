"""One hotspot as it is drawn: the document, numbered, and the words for what was marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from modules.basics import Surface, Words
from modules.questions.document_html import document_html, grid_html, line_html, title_html
from modules.questions.document_text import literal_text, shortened, whole
from modules.questions.places import PlacesItem, Tick
from modules.questions.question import spoken

if TYPE_CHECKING:
    from modules.questions.hotspot import Hotspot, Spot


@dataclass(frozen=True)
class HotspotItem(PlacesItem["Spot"]):
    """A document whose lines are ticked, or a spreadsheet with numbered cells to tick below it."""

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

    def offer(
        self,
        surface: Surface,
        key: str,
        tick: Tick[Spot],
        marked: Sequence[str],
        words: Words,
    ) -> None:
        """A line is its own box. A table holds no boxes: its cells are named below it."""
        question = self.question
        if question.cells:
            table = surface.container()
            row = surface.container(key=f"places-{key}", horizontal=True, gap="xsmall")
            for number, place in enumerate(self.places, 1):
                tick(row, place, f"{number} · {shortened(self.name(place))}")
            table.html(self.picture(marked, words))
            return
        spots = {spot.cell[0]: spot for spot in self.places}
        paper = surface.container(key=f"paper-{key}", gap="xsmall")
        paper.html(title_html(spoken(question.title)))
        for down, line in enumerate(question.lines):
            if spot := spots.get(down):
                tick(paper, spot, whole(self.name(spot)))
            else:
                paper.html(line_html(literal_text(line)))

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

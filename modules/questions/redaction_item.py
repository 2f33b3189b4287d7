"""One redaction as it is drawn: the passage with what is covered left out of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from modules.basics import Surface, Words
from modules.questions.document_html import between_html, passage_html, title_html
from modules.questions.document_text import whole
from modules.questions.passages import Part
from modules.questions.places import PlacesItem, Tick
from modules.questions.question import spoken

if TYPE_CHECKING:
    from modules.questions.redaction import Redaction, Span


@dataclass(frozen=True)
class RedactionItem(PlacesItem["Span"]):
    """A passage whose spans are ticked where they stand: the stylesheet covers what is."""

    FIELD = "covered"
    ASK = "question.redact_ask"
    STATES: ClassVar[dict[tuple[bool, bool], tuple[str, str]]] = {
        (True, True): ("right-yours", "question.redact_covered"),
        (True, False): ("right", "question.redact_missed"),
        (False, True): ("yours", "question.redact_extra"),
    }

    question: Redaction
    paragraphs: tuple[tuple[Part, ...], ...]
    texts: Mapping[str, str]

    def name(self, place: Span) -> str:
        """The words of the span."""
        return self.texts[place.id]

    def offer(
        self,
        surface: Surface,
        key: str,
        tick: Tick[Span],
        marked: Sequence[str],
        words: Words,
    ) -> None:
        """The passage, in which each span is a box; it can still be read, to be opened again."""
        places = {place.id: place for place in self.places}
        paper = surface.container(key=f"paper-{key}", gap="xsmall")
        paper.html(title_html(spoken(self.question.title)))
        for number, parts in enumerate(self.paragraphs, 1):
            flow = paper.container(key=f"flow-{key}-{number}", gap=None)
            for part in parts:
                if place := places.get(part.span):
                    tick(flow, place, whole(part.text))
                else:
                    flow.html(between_html(part.text))

    def picture(self, marked: Collection[str], words: Words) -> str:
        """The passage with the marked spans covered."""
        places = zip(self.places, self.marks(marked, words), strict=True)
        marks = {span.id: mark for span, mark in places}
        drawn = [
            [(part.text, marks.get(part.span)) for part in paragraph]
            for paragraph in self.paragraphs
        ]
        return passage_html(spoken(self.question.title), drawn, words("question.covered"))

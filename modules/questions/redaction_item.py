"""One redaction as it is drawn: the passage with what is covered left out of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from modules.basics import Words
from modules.questions.document_html import passage_html
from modules.questions.passages import Part
from modules.questions.places import PlacesItem
from modules.questions.question import spoken

if TYPE_CHECKING:
    from modules.questions.redaction import Redaction, Span


@dataclass(frozen=True)
class RedactionItem(PlacesItem["Span"]):
    """A passage with numbered spans, of which the covered ones are not drawn."""

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

    def picture(self, marked: Collection[str], words: Words) -> str:
        """The passage with the marked spans covered."""
        places = zip(self.places, self.marks(marked, words), strict=True)
        marks = {span.id: mark for span, mark in places}
        drawn = [
            [(part.text, marks.get(part.span)) for part in paragraph]
            for paragraph in self.paragraphs
        ]
        return passage_html(spoken(self.question.title), drawn, words("question.covered"))

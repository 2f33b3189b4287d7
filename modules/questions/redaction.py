"""Redaction: cover what must not leave, and leave open what may."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from modules.questions.document_text import Text
from modules.questions.passages import Part, paragraphs, parted
from modules.questions.places import Place, differ
from modules.questions.question import Many, Question
from modules.questions.redaction_item import RedactionItem


class Span(Place):
    """A few words of the passage; ``hide: true`` when they are to be covered."""

    hide: bool = False

    @property
    def right(self) -> bool:
        """Whether it is to be covered."""
        return self.hide


class Redaction(Question):
    """Some spans are to be covered, at least one may stay. Response: ``{"covered": ["s1"]}``.

    The passage marks its spans: ``… for [[s1|Amira Khan]], who …``. A blank line begins a
    paragraph. What is to be covered may not stand open elsewhere in the passage as well.
    """

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True
    SECONDS: ClassVar[int] = 60
    TEXT: ClassVar[frozenset[str]] = frozenset(
        {"stem", "source", "why", "title", "spans", "passage"}
    )

    kind: Literal["redaction"]
    spans: Many[Span] = Field(min_length=2, max_length=16)
    title: Text
    passage: str

    @field_validator("spans")
    @classmethod
    def _spans_differ(cls, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        differ(spans, "span", "marked “hide: true”")
        return spans

    @field_validator("passage")
    @classmethod
    def _marks_every_span(cls, passage: str, info: ValidationInfo) -> str:
        parts = parted(passage)
        marked = [part.span for part in parts if part.span]
        if twice := sorted({span for span in marked if marked.count(span) > 1}):
            raise ValueError(f"the passage marks {', '.join(twice)} twice: give each its own id")
        spans = {span.id: span for span in info.data.get("spans", ())}
        if not spans:
            return passage
        if unknown := [span for span in marked if span not in spans]:
            raise ValueError(f"the passage marks {', '.join(unknown)}, which is no span")
        if missing := [span for span in spans if span not in marked]:
            raise ValueError(
                f"the passage has no words for {', '.join(missing)}: mark them [[…|…]]"
            )
        _closed(parts, {span.id for span in spans.values() if span.hide})
        return passage

    def _item(self, seed: str) -> RedactionItem:
        """The spans as the passage has them: text has its own order, so the seed sets nothing."""
        spans = {span.id: span for span in self.spans}
        parts = parted(self.passage)
        order = tuple(spans[part.span] for part in parts if part.span)
        texts = {part.span: part.text for part in parts if part.span}
        return RedactionItem(self, order, paragraphs(parts), texts)


def _closed(parts: list[Part], hidden: set[str]) -> None:
    """Raises ValueError when words to be covered also stand in the text between the spans."""
    between = " … ".join(part.text for part in parts if not part.span)
    for part in parts:
        words = rf"(?<!\w){re.escape(part.text)}(?!\w)"
        if part.span in hidden and re.search(words, between, re.IGNORECASE):
            raise ValueError(
                f"“{part.text}” is to be covered in {part.span}, but also stands open elsewhere "
                "in the passage: mark it there too"
            )

"""A passage with marked spans, read: ``… for [[s1|Amira Khan]], who …``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from modules.questions.document_text import literal_text

_MARK = re.compile(r"\[\[([^\[\]|]*)\|([^\[\]|]*)\]\]")
_ID = re.compile(r"[a-z][a-z0-9-]{0,31}")


@dataclass(frozen=True)
class Part:
    """Some text of a passage; ``span`` is the id of the span that it is, else empty."""

    text: str
    span: str = ""


def parted(passage: str) -> list[Part]:
    """The passage as parts, in order. Raises ValueError, for a writer, for marks that fail."""
    parts, begin, text = [], 0, literal_text(passage)
    if not text:
        raise ValueError("the passage is empty: write the document")
    for found in _MARK.finditer(text):
        parts.append(Part(_between(text[begin : found.start()])))
        id_, words = found[1].strip(), found[2].strip()
        if not _ID.fullmatch(id_):
            raise ValueError(f"“{found[0]}” names no span: write [[s1|words]]")
        if not words:
            raise ValueError(f"the span {id_} has no words")
        if re.search(r"\n\s*\n", words):
            raise ValueError(f"the span {id_} runs over the end of a paragraph")
        parts.append(Part(" ".join(words.split()), id_))
        begin = found.end()
    parts.append(Part(_between(text[begin:])))
    return [part for part in parts if part.text]


def _between(text: str) -> str:
    """Text between two marks. Square brackets left in it belong to a mark that is not whole."""
    if odd := re.search(r"\[\[|\]\]", text):
        near = text[max(0, odd.start() - 20) : odd.end() + 20].strip()
        raise ValueError(f"near “{near}” a mark is nested, or is not closed: write [[s1|words]]")
    return text


def paragraphs(parts: list[Part]) -> tuple[tuple[Part, ...], ...]:
    """The parts in paragraphs, which blank lines end; a line break within one stays."""
    whole: list[list[Part]] = [[]]
    for part in parts:
        first, *more = [part.text] if part.span else re.split(r"\n\s*\n", part.text)
        whole[-1].append(Part(first, part.span))
        whole += [[Part(text)] for text in more]
    return tuple(tuple(part for part in some if part.text) for some in whole if some)
